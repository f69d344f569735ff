//! JSON as a person types it.

use proptest::prelude::*;
use serde_json::json;

use crate::value::{Position, locate, locate_key, parse_json, pretty};

#[test]
fn what_is_json_is_read() {
    for (text, value) in [
        ("null", json!(null)),
        (" [ ] ", json!([])),
        ("{}", json!({})),
        ("[-0, 10, -2.5e3, 1E2]", json!([0, 10, -2500.0, 100.0])),
        (r#""а\n\"\\\/\u0456\ud83d\ude00\t""#, json!("а\n\"\\/і😀\t")),
        ("\u{feff}{\"b\": 1, \"a\": {\"b\": [true, false]}}", json!({ "b": 1, "a": { "b": [true, false] } })),
        ("9223372036854775807", json!(i64::MAX)),
    ] {
        assert_eq!(parse_json(text), Ok(value), "{text}");
    }
    let ordered = parse_json(r#"{"b":1,"a":2}"#).map(|value| value.to_string());
    assert_eq!(ordered.as_deref(), Ok(r#"{"b":1,"a":2}"#));
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (text, line, column, code, found) in [
        ("", 1, 1, "unexpected_end", ""),
        ("{\n  \"а\": 1,\n  \"б\" 2\n}", 3, 7, "colon_expected", "2"),
        ("{\"a\": 1, \"b\": 2, \"a\": 3}", 1, 18, "duplicate_key", "a"),
        ("{\"a\": {\"x\": 1},\r\n \"\\u0061\": 3}", 2, 2, "duplicate_key", "a"),
        ("[1, 2,]", 1, 6, "trailing_comma", ","),
        ("{\"a\": 1,\n}", 1, 8, "trailing_comma", ","),
        ("[1 2]", 1, 4, "comma_expected", "2"),
        ("[1, 2", 1, 6, "unexpected_end", ""),
        ("{a: 1}", 1, 2, "key_expected", "a"),
        ("{'a': 1}", 1, 2, "key_expected", "'"),
        ("[True]", 1, 2, "bad_literal", "True"),
        ("[01]", 1, 2, "bad_number", "01"),
        ("[1.]", 1, 2, "bad_number", "1."),
        ("[- 1]", 1, 2, "bad_number", "-"),
        ("[.5]", 1, 2, "unexpected", "."),
        ("[9223372036854775808]", 1, 2, "number_out_of_range", "9223372036854775808"),
        ("[1e999]", 1, 2, "number_out_of_range", "1e999"),
        ("\"😀\\x\"", 1, 3, "bad_escape", "\\x"),
        ("\"\\ud83d\"", 1, 2, "bad_escape", "\\u"),
        ("\"\\u12г4\"", 1, 2, "bad_escape", "\\u"),
        ("\"\\", 1, 2, "bad_escape", "\\"),
        ("\"a\tb\"", 1, 3, "control_character", "U+0009"),
        ("[\n\"open", 2, 1, "open_string", ""),
        ("{} x", 1, 4, "after_the_end", "x"),
        ("ї", 1, 1, "unexpected", "ї"),
        ("// note\n1", 1, 1, "unexpected", "/"),
    ] {
        let fault = parse_json(text).expect_err(text);
        assert_eq!(
            (fault.line, fault.column, fault.code, fault.found.as_str()),
            (line, column, code, found),
            "{text}"
        );
        assert!(!fault.message.is_empty());
    }
    let fault = parse_json("{\"😀\": ?}").expect_err("a question mark is no value");
    assert_eq!((fault.column, fault.offset), (7, 7));
}

#[test]
fn nesting_ends_at_64() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(parse_json(&nested(64)).is_ok());
    assert_eq!(parse_json(&nested(65)).map_err(|fault| (fault.code, fault.column)), Err(("too_deep", 65)));
    assert_eq!(parse_json(&"[{\"a\":".repeat(1_000_000)).map_err(|fault| fault.code), Err("too_deep"));
}

const TEXT: &str = "{\n  \"name\": { \"uk\": \"Тег 😀\", \"en\": \"Tag\" },\n  \"a/b\": [ 10, {\"x\": [\"]\"]}, \"кінець\" ]\n}";

#[test]
fn a_value_is_found_by_its_pointer() {
    let place = |pointer: &str| {
        let position = locate(TEXT, pointer)?;
        let units: Vec<u16> = TEXT.encode_utf16().skip(position.offset).take(position.length).collect();
        Some((position.line, position.column, String::from_utf16_lossy(&units)))
    };
    for (pointer, line, column, text) in [
        ("/name/uk", 2, 19, "\"Тег 😀\""),
        ("/name/en", 2, 34, "\"Tag\""),
        ("/a~1b/0", 3, 12, "10"),
        ("/a~1b/1/x", 3, 22, "[\"]\"]"),
        ("/a~1b/2", 3, 30, "\"кінець\""),
        // What is absent is told at the nearest parent.
        ("/name/fr", 2, 3, "\"name\""),
        ("/name/uk/x", 2, 13, "\"uk\""),
        ("/a~1b/3", 3, 3, "\"a/b\""),
        ("/a~1b/1/y", 3, 16, "{"),
        ("/missing", 1, 1, "{"),
    ] {
        assert_eq!(place(pointer), Some((line, column, text.to_owned())), "{pointer}");
    }
    assert_eq!(place("").map(|(line, column, text)| (line, column, text.len())), Some((1, 1, TEXT.len())));
    assert_eq!(locate("  ", "/a"), None);
    assert_eq!(locate(TEXT, "name"), None);
}

#[test]
fn a_key_is_found_by_its_pointer() {
    let place = locate_key(TEXT, "/name/en");
    assert_eq!(place, Some(Position { line: 2, column: 28, offset: 30, length: 4 }));
    assert_eq!(locate_key(TEXT, "/a~1b/0"), None);
    assert_eq!(locate_key(TEXT, "/none"), None);
}

#[test]
fn a_text_being_typed_is_searched_as_far_as_it_goes() {
    for text in [
        "{\"a\": [1, {\"b\": ",
        "{\"a\": [1, {\"b\"",
        "{\"a\": [1, {\"b",
        "{\"a\" [",
        "{\"a\": \"open",
        "[,,",
        "{,",
    ] {
        for pointer in ["", "/a", "/a/1", "/a/1/b", "/0", "/1", "/2"] {
            let _found = locate(text, pointer);
        }
    }
    assert_eq!(locate("{\"a\": [1, {\"b\": ", "/a/0").map(|place| place.column), Some(8));
}

#[test]
fn pretty_has_two_spaces() {
    let text = "{\n  \"b\": [\n    1\n  ],\n  \"a\": {}\n}";
    assert_eq!(pretty(&json!({ "b": [1], "a": {} })), text);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in super::wild()) {
        prop_assert_eq!(parse_json(&pretty(&value)), Ok(value.clone()));
        prop_assert_eq!(parse_json(&value.to_string()), Ok(value));
    }

    #[test]
    fn reads_what_serde_reads(text in r#"[\[\]{}:,"a\\u0-9eE.+\-tn \n]{0,24}"#) {
        // Ours is the stricter one: it refuses repeated keys and numbers that would be changed.
        // `-0` is the number 0 to us, a float to serde.
        let told = |value: serde_json::Value| value.to_string().replace("-0.0", "0");
        if let Ok(value) = parse_json(&text) {
            prop_assert_eq!(serde_json::from_str(&text).map(told).ok(), Some(told(value)));
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".{0,40}", pointer in "(/[a~01]{0,2}){0,3}") {
        let _read = parse_json(&text);
        let _found = (locate(&text, &pointer), locate_key(&text, &pointer));
    }

    #[test]
    fn every_value_is_found_where_it_stands(value in super::wild()) {
        let text = pretty(&value);
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut places = vec![(String::new(), &value)];
        while let Some((pointer, value)) = places.pop() {
            let place = locate(&text, &pointer).expect("it is written there");
            let there = String::from_utf16_lossy(&units[place.offset..place.offset + place.length]);
            prop_assert_eq!(parse_json(&there), Ok(value.clone()));
            match value {
                serde_json::Value::Array(items) => {
                    places.extend(items.iter().enumerate().map(|(at, item)| (format!("{pointer}/{at}"), item)));
                }
                serde_json::Value::Object(map) => places.extend(
                    map.iter().map(|(name, item)| (format!("{pointer}/{}", crate::problem::segment(name)), item)),
                ),
                _ => {}
            }
        }
    }
}
