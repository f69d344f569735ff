//! Two people's changes to one value.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{schema, shaped, wild};
use crate::value::diff::{Change, diff};
use crate::value::merge::{Choice, Merged, merge, resolve};

fn merged(base: &Value, mine: &Value, theirs: &Value) -> Merged {
    merge(&schema(), base, mine, theirs)
}

/// Merges one property; the merged property as text, so that order counts, and the pointers of the conflicts.
fn part(name: &str, base: Value, mine: Value, theirs: Value) -> (String, Vec<String>) {
    let whole = |value: Value| json!({ name: value });
    let result = merged(&whole(base), &whole(mine), &whole(theirs));
    (result.value[name].to_string(), result.conflicts.into_iter().map(|conflict| conflict.pointer).collect())
}

fn field(id: i64, name: &str) -> Value {
    json!({ "id": id, "name": name })
}

#[test]
fn different_fields_merge_by_themselves() {
    let base = json!({ "title": "а", "count": 1, "group": { "a": 1, "b": 1 }, "words": { "uk": "а" } });
    let mine = json!({ "title": "б", "count": 1, "group": { "a": 2, "b": 1 }, "words": { "uk": "б" } });
    let theirs =
        json!({ "title": "а", "count": 2, "group": { "a": 1, "b": 2 }, "words": { "uk": "а", "en": "a" } });
    let result = merged(&base, &mine, &theirs);
    assert_eq!(result.conflicts, []);
    let both =
        json!({ "title": "б", "count": 2, "group": { "a": 2, "b": 2 }, "words": { "uk": "б", "en": "a" } });
    assert_eq!(result.value, both);
}

#[test]
fn the_same_field_is_asked_about() {
    let mut result = merged(&json!({ "count": 1 }), &json!({ "count": 2 }), &json!({ "count": 3 }));
    assert_eq!(result.value, json!({ "count": 2 }));
    let conflict = &result.conflicts[0];
    assert_eq!(
        (conflict.pointer.as_str(), &conflict.base, &conflict.mine, &conflict.theirs),
        ("/count", &Some(json!(1)), &Some(json!(2)), &Some(json!(3)))
    );
    assert!(!resolve(&mut result, "/title", Choice::Theirs));
    assert!(resolve(&mut result, "/count", Choice::Theirs));
    assert_eq!(result, Merged { value: json!({ "count": 3 }), conflicts: vec![] });
}

#[test]
fn lists_merge_by_their_kind() {
    for (name, base, mine, theirs, value, conflicts) in [
        // Sets take additions and removals of both.
        (
            "tags",
            json!(["а", "б"]),
            json!(["б", "в"]),
            json!(["а", "б", "г"]),
            json!(["б", "г", "в"]),
            vec![],
        ),
        ("tags", json!(["а"]), json!(["а", "б"]), json!(["а", "б"]), json!(["а", "б"]), vec![]),
        ("tags", json!(null), json!(["а"]), json!(["б"]), json!(["б", "а"]), vec![]),
        // A list whose order counts is one value.
        ("steps", json!(["а"]), json!(["а", "б"]), json!(["в", "а"]), json!(["а", "б"]), vec!["/steps"]),
        ("spans", json!([["а"]]), json!([["б"]]), json!([["в"]]), json!([["б"]]), vec!["/spans"]),
        // Items merge one by one.
        (
            "fields",
            json!([field(1, "а"), field(2, "б")]),
            json!([field(1, "в"), field(2, "б"), field(3, "г")]),
            json!([field(4, "ґ"), field(1, "а"), field(2, "д")]),
            json!([field(4, "ґ"), field(1, "в"), field(2, "д"), field(3, "г")]),
            vec![],
        ),
        ("fields", json!([field(1, "а")]), json!([]), json!([field(1, "а")]), json!([]), vec![]),
        (
            "fields",
            json!([field(1, "а")]),
            json!([field(1, "б")]),
            json!([]),
            json!([field(1, "б")]),
            vec!["/fields/0"],
        ),
        (
            "fields",
            json!([field(1, "а"), field(2, "б")]),
            json!([field(2, "б")]),
            json!([field(1, "в"), field(2, "б")]),
            json!([field(2, "б")]),
            vec!["/fields/1"],
        ),
        (
            "fields",
            json!([field(1, "а")]),
            json!([field(1, "а"), field(2, "б")]),
            json!([field(1, "а"), field(2, "в")]),
            json!([field(1, "а"), field(2, "б")]),
            vec!["/fields/1/name"],
        ),
        // New items without an id are known by what they hold.
        (
            "fields",
            json!([]),
            json!([{ "name": "а" }, { "id": 0, "name": "б" }]),
            json!([{ "name": "а" }, { "name": "в" }]),
            json!([{ "name": "а" }, { "name": "в" }, { "id": 0, "name": "б" }]),
            vec![],
        ),
        // One new order is taken, with the items that the other side added.
        (
            "fields",
            json!([field(1, "а"), field(2, "б")]),
            json!([field(1, "а"), field(2, "в"), field(3, "г")]),
            json!([field(2, "б"), field(1, "а")]),
            json!([field(2, "в"), field(3, "г"), field(1, "а")]),
            vec![],
        ),
        (
            "fields",
            json!([field(1, "а"), field(2, "б"), field(3, "в")]),
            json!([field(2, "б"), field(1, "а"), field(3, "в")]),
            json!([field(3, "в"), field(1, "а"), field(2, "г")]),
            json!([field(2, "г"), field(1, "а"), field(3, "в")]),
            vec!["/fields"],
        ),
        (
            "map",
            json!({ "x": { "a": 1 } }),
            json!({ "x": { "a": 2 }, "y": {} }),
            json!({ "z": {}, "x": { "a": 1, "b": 1 } }),
            json!({ "z": {}, "x": { "a": 2, "b": 1 }, "y": {} }),
            vec![],
        ),
        ("map", json!({ "x": { "a": 1 } }), json!({}), json!({ "x": { "a": 2 } }), json!({}), vec!["/map/x"]),
        // Secrets.
        (
            "secret",
            json!({ "set": true }),
            json!({ "keep": true }),
            json!({ "set": false }),
            json!({ "set": false }),
            vec![],
        ),
        (
            "secret",
            json!({ "set": true }),
            json!({ "value": "s" }),
            json!({ "set": true }),
            json!({ "value": "s" }),
            vec![],
        ),
        (
            "secret",
            json!({ "set": true }),
            json!({ "value": "s" }),
            json!({ "set": false }),
            json!({ "value": "s" }),
            vec!["/secret"],
        ),
    ] {
        let told = format!("{name}: {base} → {mine} | {theirs}");
        let conflicts: Vec<_> = conflicts.into_iter().map(ToOwned::to_owned).collect();
        assert_eq!(part(name, base, mine, theirs), (value.to_string(), conflicts), "{told}");
    }
}

#[test]
fn conflicts_of_one_list_are_worked_off_in_any_order() {
    let base = json!({ "fields": [field(1, "а"), field(2, "б"), field(3, "в"), field(4, "г")] });
    let mine = json!({ "fields": [field(2, "м"), field(4, "м")] });
    let theirs = json!({ "fields": [field(1, "т"), field(3, "т"), field(4, "т")] });
    let start = merged(&base, &mine, &theirs);
    let mut pointers: Vec<_> = start.conflicts.iter().map(|conflict| conflict.pointer.clone()).collect();
    assert_eq!(pointers, ["/fields/2", "/fields/0", "/fields/3", "/fields/1/name"]);
    for _ in 0..pointers.len() {
        pointers.rotate_left(1);
        let mut result = start.clone();
        for pointer in &pointers {
            assert!(resolve(&mut result, pointer, Choice::Theirs));
        }
        assert_eq!(result, Merged { value: theirs.clone(), conflicts: vec![] });
    }
    let mut result = start;
    for pointer in &pointers {
        assert!(resolve(&mut result, pointer, Choice::Base));
    }
    assert_eq!(result.value, base);
}

#[test]
fn an_order_is_resolved_without_losing_what_merged() {
    let base = json!({ "fields": [field(1, "а"), field(2, "б"), field(3, "в")] });
    let mine = json!({ "fields": [field(2, "м"), field(1, "а"), field(3, "в"), field(5, "н")] });
    let theirs = json!({ "fields": [field(3, "т"), field(1, "а"), field(2, "б")] });
    let mut result = merged(&base, &mine, &theirs);
    assert!(result.conflicts.len() == 1 && result.conflicts[0].order);
    assert!(resolve(&mut result, "/fields", Choice::Theirs));
    assert_eq!(
        result.value,
        json!({ "fields": [field(3, "т"), field(5, "н"), field(1, "а"), field(2, "м")] })
    );
}

/// Path, mine and theirs of each conflict, without regard to the order in which they were met.
fn sides(result: &Merged, turned: bool) -> Vec<String> {
    let mut told: Vec<_> = result
        .conflicts
        .iter()
        .map(|conflict| {
            let keys: Vec<_> = conflict
                .path
                .iter()
                .map(|step| format!("{step:?}").split("label").next().map(ToOwned::to_owned))
                .collect();
            let (mine, theirs) = (&conflict.mine, &conflict.theirs);
            let (mine, theirs) = if turned { (theirs, mine) } else { (mine, theirs) };
            format!("{keys:?} {mine:?} {theirs:?}")
        })
        .collect();
    told.sort();
    told
}

fn resolve_all(mut result: Merged, choice: Choice) -> Value {
    for conflict in result.conflicts.clone() {
        assert!(resolve(&mut result, &conflict.pointer, choice));
    }
    result.value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn one_side_alone_wins(base in shaped(), other in shaped()) {
        for (mine, theirs, result) in [(&base, &other, &other), (&other, &base, &other), (&other, &other, &other)] {
            let found = merged(&base, mine, theirs);
            prop_assert_eq!(found.value.to_string(), result.to_string());
            prop_assert_eq!(found.conflicts, []);
        }
    }

    #[test]
    fn both_sides_see_the_same_conflicts(base in shaped(), mine in shaped(), theirs in shaped()) {
        let (one, other) = (merged(&base, &mine, &theirs), merged(&base, &theirs, &mine));
        prop_assert_eq!(sides(&one, false), sides(&other, true));
    }

    #[test]
    fn a_conflict_holds_mine_under_a_pointer_of_its_own(base in shaped(), mine in shaped(), theirs in shaped()) {
        let result = merged(&base, &mine, &theirs);
        let mut met = std::collections::BTreeSet::new();
        for conflict in &result.conflicts {
            prop_assert!(met.insert(&conflict.pointer));
            if !conflict.order {
                prop_assert_eq!(result.value.pointer(&conflict.pointer), conflict.mine.as_ref());
            }
        }
    }

    #[test]
    fn taking_theirs_everywhere_is_their_merge(base in shaped(), mine in shaped(), theirs in shaped()) {
        let taken = resolve_all(merged(&base, &mine, &theirs), Choice::Theirs);
        let turned = merged(&base, &theirs, &mine).value;
        let other = diff(&schema(), &taken, &turned);
        prop_assert!(other.iter().all(|one| one.kind == Change::Moved), "{:?}", other);
    }

    #[test]
    fn edits_of_different_fields_are_both_there(base in shaped(), other in shaped(), mask in any::<u16>()) {
        let (mut mine, mut theirs, mut both) = (base.clone(), base.clone(), base.clone());
        for (index, (name, value)) in other.as_object().into_iter().flatten().enumerate() {
            let side = if mask & (1 << index) == 0 { &mut mine } else { &mut theirs };
            side[name] = value.clone();
            both[name] = value.clone();
        }
        let result = merged(&base, &mine, &theirs);
        prop_assert_eq!(result.value.to_string(), both.to_string());
        prop_assert_eq!(result.conflicts, []);
    }

    #[test]
    fn nothing_breaks_it(schema in wild(), base in wild(), mine in wild(), theirs in wild()) {
        for schema in [schema, super::schema()] {
            let result = merge(&schema, &base, &mine, &theirs);
            resolve_all(result.clone(), Choice::Theirs);
            resolve_all(result, Choice::Base);
        }
    }

    #[test]
    fn the_wire_keeps_a_merge(base in shaped(), mine in shaped(), theirs in shaped()) {
        let result = merged(&base, &mine, &theirs);
        let wire = serde_json::to_string(&result).expect("it is plain data");
        prop_assert_eq!(serde_json::from_str::<Merged>(&wire).expect("it was just written"), result);
    }
}
