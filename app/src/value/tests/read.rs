//! A value is read as its type exactly as `serde_json` reads it.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::wild;
use crate::value::read;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    #[default]
    Plain,
    Number(i64),
    Named {
        name: String,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Wrapped(Vec<u8>);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Thing {
    id: i64,
    count: u32,
    share: f64,
    name: String,
    note: Option<String>,
    kind: Kind,
    pair: (String, i64),
    wrapped: Wrapped,
    map: indexmap::IndexMap<String, bool>,
    value: Value,
    on: bool,
}

fn thing() -> impl Strategy<Value = Thing> {
    let kind = prop_oneof![
        Just(Kind::Plain),
        any::<i64>().prop_map(Kind::Number),
        ".{0,3}".prop_map(|name| Kind::Named { name }),
    ];
    let plain = (any::<i64>(), any::<u32>(), -1e9..1e9_f64, ".{0,5}", any::<bool>());
    (
        plain,
        prop::option::of(".{0,3}"),
        kind,
        any::<Vec<u8>>(),
        prop::collection::hash_map(".{0,3}", any::<bool>(), 0..4),
        wild(),
    )
        .prop_map(|((id, count, share, name, on), note, kind, bytes, map, value)| Thing {
            id,
            count,
            share,
            pair: (name.clone(), id),
            name,
            note,
            kind,
            wrapped: Wrapped(bytes),
            map: map.into_iter().collect(),
            value,
            on,
        })
}

proptest! {
    #[test]
    fn what_was_written_is_read(thing in thing()) {
        let value = serde_json::to_value(&thing).unwrap();
        prop_assert_eq!(read::<Thing>(value), Ok(thing));
    }

    #[test]
    fn nonsense_is_refused_or_read_as_the_library_reads_it(value in wild()) {
        // The library takes a list of its fields for a struct as well; nothing is ever sent so.
        let library = serde_json::from_value::<Thing>(value.clone()).ok().filter(|_| !value.is_array());
        prop_assert_eq!(read::<Thing>(value).ok(), library);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    for value in
        [json!({ "id": "1" }), json!({ "count": -1 }), json!({ "kind": "odd" }), json!({ "pair": ["a"] })]
    {
        assert!(read::<Thing>(value.clone()).is_err(), "{value}");
    }
    assert_eq!(read::<Thing>(json!({ "unknown": [1, { "a": null }], "id": 3 })).unwrap().id, 3);
}
