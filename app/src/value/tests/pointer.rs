//! Reading and writing by pointer.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::value::{get, get_mut, remove, segments, set};

#[test]
fn a_pointer_is_unescaped_in_the_right_order() {
    assert_eq!(segments(""), Some(vec![]));
    assert_eq!(segments("/"), Some(vec![String::new()]));
    assert_eq!(segments("/a~1b/~01/~0"), Some(vec!["a/b".to_owned(), "~1".to_owned(), "~".to_owned()]));
    assert_eq!(segments("a"), None);
}

#[test]
fn set_makes_the_parents_and_keeps_the_order() {
    for (before, pointer, after) in [
        (json!({ "b": 1, "a": 2 }), "/b", r#"{"b":9,"a":2}"#),
        (json!({ "b": 1, "a": 2 }), "/c", r#"{"b":1,"a":2,"c":9}"#),
        (json!(null), "/a/b", r#"{"a":{"b":9}}"#),
        (json!({ "a": null }), "/a/0/b", r#"{"a":[{"b":9}]}"#),
        (json!({}), "/a/-", r#"{"a":[9]}"#),
        (json!({}), "/a/7", r#"{"a":{"7":9}}"#),
        (json!([1, 2]), "/1", "[1,9]"),
        (json!([1, 2]), "/2", "[1,2,9]"),
        (json!([1, 2]), "/-", "[1,2,9]"),
        (json!(1), "", "9"),
        (json!({}), "/a~1b", r#"{"a/b":9}"#),
    ] {
        let mut value = before;
        assert!(set(&mut value, pointer, json!(9)), "{pointer}");
        assert_eq!(value.to_string(), after, "{pointer}");
    }
}

#[test]
fn a_place_that_can_not_be_is_refused_and_changes_nothing() {
    let before = json!({ "a": 1, "list": [1], "none": null });
    for pointer in ["/a/b", "/list/2", "/list/x", "/list/01", "/list/+1", "/list/-1", "a"] {
        let mut value = before.clone();
        assert!(!set(&mut value, pointer, json!(9)), "{pointer}");
        assert_eq!(value, before);
    }
    assert!(!set(&mut Value::Null, &"/a".repeat(65), json!(9)));
}

#[test]
fn remove_keeps_the_order_of_the_rest() {
    let mut value = json!({ "c": 1, "a": [1, 2, 3], "b": 3 });
    assert_eq!(remove(&mut value, "/c"), Some(json!(1)));
    assert_eq!(remove(&mut value, "/a/1"), Some(json!(2)));
    for pointer in ["/a/2", "/a/-", "/a/01", "/x", "/b/x", "/x/y", "b"] {
        assert_eq!(remove(&mut value, pointer), None, "{pointer}");
    }
    assert_eq!(value.to_string(), r#"{"a":[1,3],"b":3}"#);
    assert_eq!(remove(&mut value, ""), Some(json!({ "a": [1, 3], "b": 3 })));
    assert_eq!(value, Value::Null);
}

#[test]
fn a_place_can_be_changed() {
    let mut value = json!({ "a": [1] });
    *get_mut(&mut value, "/a/0").expect("it is there") = json!(2);
    assert_eq!(get(&value, "/a/0"), Some(&json!(2)));
}

proptest! {
    #[test]
    fn what_is_set_is_there_and_what_is_removed_is_not(
        before in super::wild(),
        names in prop::collection::vec("[ab0-~/1]{0,2}", 0..4),
        new in super::wild(),
    ) {
        let pointer: String = names.iter().flat_map(|name| ["/".to_owned(), crate::problem::segment(name)]).collect();
        let mut value = before.clone();
        if set(&mut value, &pointer, new.clone()) {
            if !names.iter().any(|name| name == "-") {
                prop_assert_eq!(get(&value, &pointer), Some(&new));
                prop_assert_eq!(remove(&mut value, &pointer), Some(new));
            }
        } else {
            prop_assert_eq!(value, before);
        }
    }
}
