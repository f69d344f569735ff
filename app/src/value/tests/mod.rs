//! What the engines over values promise, and the values they are tried with.

mod diff;
mod json;
mod merge;
mod order;
mod pointer;
mod read;
mod write;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON, with the keys that schemas and our fields use more often than others.
pub(crate) fn wild() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[abії0-9~/ ]{0,4}",
        prop::sample::select(vec!["string", "object", "array", "null", "integer", "id", " a\r\n", "#ffffff"])
            .prop_map(ToOwned::to_owned),
    ];
    let key = prop_oneof![
        "[abї~/0]{0,3}",
        prop::sample::select(vec![
            "id",
            "type",
            "items",
            "properties",
            "oneOf",
            "anyOf",
            "const",
            "enum",
            "default",
            "minimum",
            "format",
            "x-words",
            "x-secret",
            "x-ref",
            "x-identity",
            "additionalProperties",
            "set",
            "keep",
            "value",
            "name",
            "group",
            "bots",
            "channels",
            "limits",
            "key",
            "more",
            "uk",
        ])
        .prop_map(ToOwned::to_owned),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..5).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, move |inner| {
        let map = prop::collection::vec((key.clone(), inner.clone()), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            map.prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
    .boxed()
}

/// A section with everything that merges in its own way.
pub(super) fn schema() -> Value {
    json!({
        "type": "object", "additionalProperties": false,
        "properties": {
            "title": { "type": "string" },
            "count": { "type": "integer" },
            "words": { "type": "object", "x-words": true, "additionalProperties": { "type": "string" } },
            "tags": { "type": "array", "uniqueItems": true, "items": { "type": "string" } },
            "steps": { "type": "array", "x-ordered": true, "items": { "type": "string" } },
            "spans": { "type": "array", "items": { "type": "array", "items": { "type": "string" } } },
            "fields": { "type": "array", "x-identity": "id", "items": {
                "type": "object",
                "properties": {
                    "id": { "type": "integer" },
                    "name": { "type": "string" },
                    "on": { "type": "boolean" },
                    "secret": { "type": "object", "x-secret": true },
                },
            } },
            "map": { "type": "object", "additionalProperties": { "type": "object", "properties": {
                "a": { "type": "integer" }, "b": { "type": "integer" },
            } } },
            "group": { "anyOf": [
                { "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "integer" } } },
                { "type": "null" },
            ] },
            "secret": { "type": "object", "x-secret": true },
        },
    })
}

/// A value of [`schema`], out of so few parts that two of them often meet in the same place.
pub(super) fn shaped() -> impl Strategy<Value = Value> {
    let word = || prop::sample::select(vec!["а", "б", "в"]);
    let number = || 0..3_i64;
    let pair = (number(), number()).prop_map(|(a, b)| json!({ "a": a, "b": b }));
    let words = prop::collection::btree_map(prop::sample::select(vec!["uk", "en"]), word(), 0..3);
    let tags = prop::sample::subsequence(vec!["а", "б", "в", "г", "ґ"], 0..5).prop_shuffle();
    let steps = prop::collection::vec(word(), 0..3);
    let spans = prop::collection::vec(prop::collection::vec(word(), 0..2), 0..2);
    let ids = prop::sample::subsequence(vec![1, 2, 3, 4], 0..5).prop_shuffle();
    let fields = ids.prop_flat_map(move |ids| {
        ids.into_iter()
            .map(|id| {
                (word(), any::<bool>())
                    .prop_map(move |(name, on)| json!({ "id": id, "name": name, "on": on }))
            })
            .collect::<Vec<_>>()
    });
    let keys = prop::sample::subsequence(vec!["x", "y", "z~/"], 0..4).prop_shuffle();
    let map = (keys, prop::collection::vec(pair.clone(), 3)).prop_map(|(keys, pairs)| {
        Value::Object(keys.into_iter().map(ToOwned::to_owned).zip(pairs).collect::<Map<_, _>>())
    });
    let group = prop_oneof![Just(Value::Null), pair];
    let secret = any::<bool>().prop_map(|set| json!({ "set": set }));
    (word(), number(), words, tags, steps, spans, fields, map, group, secret).prop_map(
        |(title, count, words, tags, steps, spans, fields, map, group, secret)| {
            json!({
                "title": title, "count": count, "words": words, "tags": tags, "steps": steps, "spans": spans,
                "fields": fields, "map": map, "group": group, "secret": secret,
            })
        },
    )
}
