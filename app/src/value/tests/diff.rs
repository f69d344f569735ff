//! What changed, in the terms of the schema.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{schema, shaped, wild};
use crate::value::Step;
use crate::value::diff::{Change, Difference, diff};

/// Pointer, kind, before and after of each difference.
fn told(before: &Value, after: &Value) -> Vec<(String, Change, Option<Value>, Option<Value>)> {
    let found = diff(&schema(), before, after).into_iter();
    found.map(|one| (one.pointer, one.kind, one.before, one.after)).collect()
}

#[test]
fn each_kind_of_value_is_compared_in_its_way() {
    use Change::{Added, Changed, Moved, Removed};
    for (before, after, expected) in [
        (json!({ "count": 1, "title": "а" }), json!({ "title": "а", "count": 1 }), vec![]),
        (json!({ "count": 1 }), json!({ "count": 2 }), vec![("/count", Changed, json!(1), json!(2))]),
        (
            json!({ "group": null }),
            json!({ "group": { "a": 1 } }),
            vec![("/group", Changed, json!(null), json!({ "a": 1 }))],
        ),
        (
            json!({ "words": { "uk": "а", "en": "a" } }),
            json!({ "words": { "en": "b", "uk": "а" } }),
            vec![("/words/en", Changed, json!("a"), json!("b"))],
        ),
        // A plain list is a set.
        (json!({ "tags": ["а", "б"] }), json!({ "tags": ["б", "а"] }), vec![]),
        (
            json!({ "tags": ["а", "б"] }),
            json!({ "tags": ["б", "в"] }),
            vec![("/tags/0", Removed, json!("а"), json!(null)), ("/tags/1", Added, json!(null), json!("в"))],
        ),
        // Unless its order counts, or its items have no identity.
        (
            json!({ "steps": ["а", "б"] }),
            json!({ "steps": ["б", "а"] }),
            vec![("/steps", Changed, json!(["а", "б"]), json!(["б", "а"]))],
        ),
        (
            json!({ "spans": [["09:00", "18:00"]] }),
            json!({ "spans": [["10:00", "18:00"]] }),
            vec![("/spans", Changed, json!([["09:00", "18:00"]]), json!([["10:00", "18:00"]]))],
        ),
        // Items are paired by identity, and a new order is told once.
        (
            json!({ "fields": [{ "id": 1, "name": "а" }, { "id": 2, "name": "б" }, { "id": 3, "name": "в" }] }),
            json!({ "fields": [{ "id": 3, "name": "в" }, { "id": 2, "name": "ґ" }, { "id": 4, "name": "г" }] }),
            vec![
                ("/fields/0", Removed, json!({ "id": 1, "name": "а" }), json!(null)),
                ("/fields/1/name", Changed, json!("б"), json!("ґ")),
                ("/fields/2", Added, json!(null), json!({ "id": 4, "name": "г" })),
                ("/fields", Moved, json!(["ґ", "в"]), json!(["в", "ґ"])),
            ],
        ),
        (
            json!({ "map": { "x": { "a": 1 }, "y": { "a": 1 } } }),
            json!({ "map": { "y": { "a": 2 }, "x": { "a": 1 } } }),
            vec![
                ("/map/y/a", Changed, json!(1), json!(2)),
                ("/map", Moved, json!(["x", "y"]), json!(["y", "x"])),
            ],
        ),
        // What no schema describes is compared all the same.
        (json!({ "old": [1] }), json!({ "old": [2] }), vec![("/old", Changed, json!([1]), json!([2]))]),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(pointer, kind, old, new): (&str, Change, Value, Value)| {
                let (old, new) = (Some(old).filter(|_| kind != Added), Some(new).filter(|_| kind != Removed));
                (pointer.to_owned(), kind, old, new)
            })
            .collect();
        assert_eq!(told(&before, &after), expected, "{before} → {after}");
    }
}

#[test]
fn a_secret_is_never_shown() {
    let set = json!({ "secret": { "set": true, "handle": "1" } });
    for (after, changed) in [
        (json!({ "secret": { "keep": true } }), false),
        (json!({ "secret": { "set": true } }), false),
        (json!({ "secret": { "set": true, "handle": "1" } }), false),
        (json!({ "secret": { "set": true, "handle": "2" } }), true),
        (json!({}), false),
        (json!({ "secret": { "value": "hush" } }), true),
        (json!({ "secret": { "clear": true } }), true),
    ] {
        assert_eq!(!diff(&schema(), &set, &after).is_empty(), changed, "{after}");
    }
    let before = json!({ "fields": [{ "id": 2, "secret": { "value": "hush" } }] });
    let after =
        json!({ "fields": [{ "id": 1, "secret": { "value": "hush" } }], "secret": { "value": "hush" } });
    let found = json!(diff(&schema(), &before, &after)).to_string();
    assert!(found.contains(r#"{"set":true}"#) && !found.contains("hush"), "{found}");
}

#[test]
fn the_path_names_items_as_people_do() {
    let before = json!({ "fields": [{ "id": 7, "name": "Скарга", "on": true }] });
    let after = json!({ "fields": [{ "id": 7, "name": "Скарга", "on": false }], "tags": ["а"] });
    let paths: Vec<_> = diff(&schema(), &before, &after).into_iter().map(|one| one.path).collect();
    let label = |step: &Step| match step {
        Step::Key(name) => name.clone(),
        Step::Item { label, .. } => label.clone(),
    };
    let labels: Vec<Vec<String>> = paths.iter().map(|path| path.iter().map(label).collect()).collect();
    assert_eq!(labels, [vec!["tags"], vec!["fields", "Скарга", "on"]]);
}

#[test]
fn a_difference_survives_the_wire() {
    for one in
        diff(&schema(), &json!({ "group": null, "count": 1 }), &json!({ "group": { "a": 1 }, "title": "а" }))
    {
        let wire = serde_json::to_string(&one).expect("it is plain data");
        assert_eq!(serde_json::from_str::<Difference>(&wire).expect("it was just written"), one);
    }
}

proptest! {
    #[test]
    fn a_value_does_not_differ_from_itself(value in shaped(), other in wild()) {
        prop_assert_eq!(diff(&schema(), &value, &value), []);
        prop_assert_eq!(diff(&schema(), &other, &other), []);
        prop_assert_eq!(diff(&other, &other, &other), []);
    }

    #[test]
    fn what_is_told_stands_there(before in shaped(), after in shaped()) {
        for one in diff(&schema(), &before, &after) {
            let moved = one.kind == Change::Moved;
            if let (Some(value), false) = (&one.after, moved) {
                prop_assert_eq!(after.pointer(&one.pointer), Some(value));
            }
            if one.kind == Change::Removed {
                prop_assert_eq!(before.pointer(&one.pointer), one.before.as_ref());
            }
        }
    }

    #[test]
    fn the_way_back_has_as_many_changes(before in shaped(), after in shaped()) {
        let count = |found: &[Difference], kind| found.iter().filter(|one| one.kind == kind).count();
        let (there, back) = (diff(&schema(), &before, &after), diff(&schema(), &after, &before));
        prop_assert_eq!(count(&there, Change::Added), count(&back, Change::Removed));
        prop_assert_eq!(count(&there, Change::Changed), count(&back, Change::Changed));
        prop_assert_eq!(count(&there, Change::Moved), count(&back, Change::Moved));
    }

    #[test]
    fn nothing_breaks_it(schema in wild(), before in wild(), after in wild()) {
        diff(&schema, &before, &after);
        diff(&super::schema(), &before, &after);
    }
}
