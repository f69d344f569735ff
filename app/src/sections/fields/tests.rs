//! What definitions, their values and patterns promise, as tables, and that no JSON breaks them.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::pattern::Pattern;
use super::{
    Definition, FieldType, Fields, accept, check, check_change, day, decimal, effects, property_types,
};
use crate::problem::Problems;
use crate::value::tests::wild;

const TODAY: &str = "2026-03-12";

fn fields(value: Value) -> Fields {
    serde_json::from_value(value).unwrap()
}

fn one(value: Value) -> Definition {
    serde_json::from_value(value).unwrap()
}

/// Pointer and code of everything that the rules find, warnings with a `?`.
fn found(value: Value) -> Vec<String> {
    let mut problems = Problems::default();
    check("", &fields(value), &mut problems);
    told(&problems)
}

fn told(problems: &Problems) -> Vec<String> {
    problems.iter().map(|p| format!("{} {}{}", p.pointer, p.code, if p.warning { "?" } else { "" })).collect()
}

/// The panel's own JSON: order of fields and of properties, switches as text, and what nobody here knows.
const PANEL: &str = r#"{"department":{"type":"STRING","label":"Відділ","unique":"true","x_panel":{"b":1,"a":[2]}},"birthday":{"label":"День народження","type":"DATE","max":"today"},"a_first":{"sortable":"true","type":"FLOAT","label":"Знижка","min":"0","max":"99.90","decimals":2}}"#;

#[test]
fn the_panels_json_comes_back_byte_for_byte() {
    let read: Fields = serde_json::from_str(PANEL).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), PANEL);
}

#[test]
fn switches_are_written_as_the_panel_writes_them() {
    let read = fields(json!({ "a": {
        "unique": true, "type": "SELECT", "sortable": false, "required": "false", "label": "A", "pinned": "", "non_editable": null,
        "options": [{ "archived": true, "value": "x" }, { "value": "y", "archived": false }],
    }, "b": { "type": "BOOLEAN", "default": true }, "c": { "type": "BOOLEAN", "default": false } }));
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#"{"a":{"unique":"true","type":"SELECT","label":"A","options":[{"archived":"true","value":"x"},{"value":"y"}]},"b":{"type":"BOOLEAN","default":"true"},"c":{"type":"BOOLEAN","default":"false"}}"#
    );
}

#[test]
fn each_type_has_its_rules() {
    let field = |mut value: Value| {
        value["label"] = "A".into();
        found(json!({ "a": value }))
    };
    let none: [&str; 0] = [];
    for (value, wanted) in [
        (json!({ "type": "STRING", "pattern": "\\d{3}", "min_length": 3, "max_length": 3 }), &none[..]),
        (
            json!({ "type": "STRING", "pattern": "(", "min_length": 4, "max_length": 3 }),
            &["/a/min_length min_over_max", "/a/pattern pattern_unclosed"],
        ),
        (json!({ "type": "STRING", "min": 1 }), &["/a/min not_of_type?"]),
        (json!({ "type": "TEXT", "options": [] }), &["/a/options not_of_type?"]),
        (json!({ "type": "STRING", "default": "abcd", "max_length": 3 }), &["/a/default too_long"]),
        (json!({ "type": "STRING", "default": "a\nb" }), &["/a/default control_character"]),
        (json!({ "type": "TEXT", "default": "a\nb" }), &none),
        (json!({ "type": "STRING", "default": 5 }), &["/a/default wrong_type"]),
        (json!({ "type": "SELECT" }), &["/a/options options_needed"]),
        (
            json!({ "type": "SELECT", "options": [{ "value": "x", "archived": "true" }] }),
            &["/a/options options_needed"],
        ),
        (
            json!({ "type": "SELECT", "options": [{ "value": "x" }], "default": "z" }),
            &["/a/default value_no_option"],
        ),
        (json!({ "type": "SELECTAPI" }), &["/a/source source_needed"]),
        (
            json!({ "type": "SELECTAPI", "source": { "url": "https://a.ua", "headers": {
                "X-Key": { "value": "x" }, "x-key": { "set": false }, "Host": { "set": true, "handle": "7" },
            } } }),
            &[
                "/a/source/headers/X-Key header_twice",
                "/a/source/headers/x-key header_twice",
                "/a/source/headers/x-key header_unset?",
                "/a/source/headers/Host header_reserved",
            ],
        ),
        (json!({ "type": "SELECTAPI", "source": { "url": "ftp://a.ua" } }), &["/a/source/url bad_format"]),
        (
            json!({ "type": "SELECTAPI", "source": { "url": "http://a.ua/x" } }),
            &["/a/source/url source_not_https?"],
        ),
        (
            json!({ "type": "SELECTAPI", "source": { "url": "https://a.ua/x?y" }, "default": "x" }),
            &["/a/default no_default_here?"],
        ),
        (json!({ "type": "FILE", "extensions": ["pdf", ".doc"] }), &["/a/extensions/1 bad_extension"]),
        (json!({ "type": "INTEGER", "min": 5, "max": 3 }), &["/a/min min_over_max"]),
        (json!({ "type": "INTEGER", "min": "x", "max": "7" }), &["/a/min bound_no_number"]),
        (json!({ "type": "INTEGER", "min": 1.5 }), &["/a/min bound_no_number"]),
        (json!({ "type": "INTEGER", "default": 5, "max": 3 }), &["/a/default too_large"]),
        (json!({ "type": "BIGINT", "min": 5 }), &["/a/min wrong_type"]),
        (json!({ "type": "BIGINT", "min": "9223372036854775808" }), &["/a/min bound_no_number"]),
        (json!({ "type": "BIGINT", "max": "9223372036854775807", "default": "9223372036854775807" }), &none),
        (json!({ "type": "FLOAT", "min": "0,5", "max": "0.25" }), &["/a/min min_over_max"]),
        (json!({ "type": "FLOAT", "default": 0.5 }), &["/a/default wrong_type"]),
        (json!({ "type": "FLOAT", "default": "0,55", "decimals": 1 }), &["/a/default value_too_precise"]),
        (
            json!({ "type": "DATE", "min": "2026-02-30", "max": "today+" }),
            &["/a/min bound_no_date", "/a/max bound_no_date"],
        ),
        (json!({ "type": "DATE", "min": "2026-03-01", "max": "2026-02-01" }), &["/a/min min_over_max"]),
        (json!({ "type": "DATE", "min": "today+2", "max": "today-2" }), &["/a/min min_over_max"]),
        (json!({ "type": "DATE", "min": "2030-01-01", "max": "today" }), &none),
        (json!({ "type": "DATE", "default": "today" }), &none),
        (json!({ "type": "DATE", "default": "soon" }), &["/a/default value_no_date"]),
        (json!({ "type": "BOOLEAN", "default": true, "required": "true" }), &none),
        (json!({ "type": "BOOLEAN", "default": "yes" }), &["/a/default value_no_switch"]),
        (json!({ "type": "BOOLEAN", "default": "false", "required": "true" }), &none),
    ] {
        assert_eq!(field(value.clone()), wanted, "{value}");
    }
    let twins = json!({ "Age": { "type": "DATE", "label": "A" }, "age": { "type": "DATE", "label": "B" } });
    assert_eq!(found(twins), ["/age alias_differs_by_case"]);
}

#[test]
fn values_are_taken_as_their_type_stores_them() {
    let field = |value: Value| one(value);
    for (definition, given, stored) in [
        (json!({ "type": "STRING" }), json!("  a  "), json!("a")),
        (json!({ "type": "STRING", "required": "true" }), json!("x"), json!("x")),
        (json!({ "type": "STRING" }), json!(" "), Value::Null),
        (json!({ "type": "TEXT" }), json!("a\r\nb"), json!("a\nb")),
        (
            json!({ "type": "SELECT", "options": [{ "value": "x", "archived": "true" }] }),
            json!("x"),
            json!("x"),
        ),
        (json!({ "type": "INTEGER" }), json!("1 000"), json!(1000)),
        (json!({ "type": "INTEGER" }), json!(-7), json!(-7)),
        (json!({ "type": "BIGINT" }), json!("+0009223372036854775807"), json!("9223372036854775807")),
        (json!({ "type": "FLOAT" }), json!("12,50"), json!("12.50")),
        (json!({ "type": "FLOAT", "decimals": 1 }), json!("12,50"), json!("12.50")),
        (json!({ "type": "FLOAT" }), json!("-,5"), json!("-0.5")),
        (json!({ "type": "DATE", "max": "today" }), json!("12.3.2026"), json!("2026-03-12")),
        (json!({ "type": "BOOLEAN" }), json!("true"), json!(true)),
        (json!({ "type": "BOOLEAN" }), json!(false), json!(false)),
        (
            json!({ "type": "FILE", "extensions": ["PDF"], "max_mb": 1 }),
            json!({ "name": "a.pdf", "size": 1_048_576 }),
            json!({ "name": "a.pdf", "size": 1_048_576 }),
        ),
    ] {
        assert_eq!(accept(&field(definition.clone()), &given, TODAY), Ok(stored), "{definition} {given}");
    }
}

#[test]
fn each_rule_of_a_value_has_its_code() {
    for (definition, given, code) in [
        (json!({ "type": "STRING", "required": "true" }), json!(" "), "required"),
        (json!({ "type": "BOOLEAN", "required": "true" }), json!(false), "required"),
        (json!({ "type": "STRING" }), json!(5), "wrong_type"),
        (json!({ "type": "STRING" }), json!("a\u{202e}b"), "control_character"),
        (json!({ "type": "STRING", "max_length": 2 }), json!("абв"), "too_long"),
        (json!({ "type": "STRING", "min_length": 2 }), json!("а"), "too_short"),
        (json!({ "type": "STRING", "pattern": "\\+380\\d{9}" }), json!("+38044"), "value_differs"),
        (json!({ "type": "SELECT", "options": [{ "value": "x" }] }), json!("y"), "value_no_option"),
        (json!({ "type": "FILE", "extensions": ["pdf"] }), json!({ "name": "a.exe" }), "value_bad_extension"),
        (
            json!({ "type": "FILE", "max_mb": 1 }),
            json!({ "name": "a", "size": 1_048_577 }),
            "value_file_too_large",
        ),
        (json!({ "type": "INTEGER" }), json!("1.5"), "value_no_integer"),
        (json!({ "type": "INTEGER" }), json!("9007199254740992"), "value_no_integer"),
        (json!({ "type": "INTEGER", "min": 3 }), json!(2), "too_small"),
        (json!({ "type": "INTEGER", "max": "3" }), json!(10), "too_large"),
        (json!({ "type": "BIGINT" }), json!(5), "wrong_type"),
        (json!({ "type": "BIGINT" }), json!("9223372036854775808"), "value_no_bigint"),
        (json!({ "type": "FLOAT" }), json!(0.5), "wrong_type"),
        (json!({ "type": "FLOAT" }), json!("1e5"), "value_no_decimal"),
        (json!({ "type": "FLOAT", "decimals": 1 }), json!("0,55"), "value_too_precise"),
        (json!({ "type": "FLOAT", "max": "9,99" }), json!("10"), "too_large"),
        (json!({ "type": "DATE" }), json!("31.02.2026"), "value_no_date"),
        (json!({ "type": "DATE", "min": "today-1" }), json!("2026-03-10"), "value_too_early"),
        (json!({ "type": "DATE", "max": "today" }), json!("2026-03-13"), "value_too_late"),
        (json!({ "type": "BOOLEAN" }), json!("yes"), "value_no_switch"),
    ] {
        let code_of = |problem: crate::problem::Problem| problem.code;
        let refused = accept(&one(definition.clone()), &given, TODAY).map_err(code_of);
        assert_eq!(refused, Err(code.to_owned()), "{definition} {given}");
    }
}

#[test]
fn an_alias_and_an_option_never_change_once_saved() {
    let before = fields(json!({
        "city": { "type": "SELECT", "label": "Місто", "options": [{ "value": "kyiv", "label": "Київ" }, { "value": "lviv" }] },
        "age": { "type": "INTEGER", "label": "Вік" },
    }));
    let step = |after: Value| {
        let mut problems = Problems::default();
        check_change("", &before, &fields(after), &mut problems);
        told(&problems)
    };
    let city = json!({ "type": "SELECT", "label": "Місто", "options": [{ "value": "kyiv", "label": "Київ" }, { "value": "lviv" }] });
    let age = json!({ "type": "INTEGER", "label": "Вік" });
    assert_eq!(step(json!({ "town": city, "age": age })), ["/town alias_changed"]);
    assert!(step(json!({ "age": age, "city": city })).is_empty());
    assert!(step(json!({ "city": city, "age": age, "new": age })).is_empty());
    assert_eq!(
        step(json!({ "city": city, "age": { "type": "DATE", "label": "Вік" } })),
        ["/age/type type_changed?"]
    );
    assert!(step(json!({ "city": city, "age": { "type": "BIGINT", "label": "Вік" } })).is_empty());
    let renamed = json!({ "type": "SELECT", "label": "Місто", "options": [{ "value": "kiev", "label": "Київ" }, { "value": "lviv" }] });
    assert_eq!(step(json!({ "city": renamed, "age": age })), ["/city/options/0/value option_changed"]);

    let less = fields(json!({
        "city": { "type": "SELECT", "label": "Місто", "required": true, "options": [{ "value": "kyiv" }, { "value": "lviv", "archived": true }] },
    }));
    let told: Vec<(String, i64, Value)> = effects(&before, &less)
        .into_iter()
        .map(|effect| (effect.code, effect.count, effect.params["names"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("fields_removed".to_owned(), 1, json!("Вік")),
            ("options_archived".to_owned(), 1, json!("lviv")),
            ("fields_required".to_owned(), 1, json!("Місто")),
        ]
    );
}

#[test]
fn patterns_match_whole_texts() {
    for (pattern, fits, differs) in [
        ("", &[""][..], &["a"][..]),
        ("abc", &["abc"], &["ab", "abcd", ""]),
        ("^a.c$", &["abc", "aїc"], &["ac", "a\nc"]),
        ("a|bc|", &["a", "bc", ""], &["b", "abc"]),
        ("(ab)+", &["ab", "abab"], &["", "aba"]),
        ("(?:ab)*c?", &["", "ababc", "c"], &["abcc"]),
        ("\\+380\\d{9}", &["+380441234567"], &["+38044123456", "380441234567"]),
        ("[А-ЯІЇЄҐ][а-яіїєґ']+", &["Їжак", "Об'єкт"], &["їжак", "Ab"]),
        ("[^0-9]{2,3}", &["ab", "абв"], &["a", "abcd", "a1"]),
        ("[\\d.-]+", &["1-2.3"], &["1,2"]),
        ("[]a]+", &["]a"], &["b"]),
        ("\\p{L}\\p{Lu}?\\P{N}", &["їІ.", "a."], &["1.", "aa1"]),
        ("\\w\\W\\s\\S\\D", &["a. bc"], &["ї. bc"]),
        ("a{2,}?", &["aa", "aaaa"], &["a"]),
        ("\\u0457", &["ї"], &["i"]),
        ("(a*)*", &["", "aaaa"], &["b"]),
        ("a$b", &[], &["ab", "a"]),
    ] {
        let read = Pattern::new(pattern).unwrap_or_else(|fault| panic!("{pattern}: {fault:?}"));
        for text in fits {
            assert!(read.matches(text), "{pattern} fits {text:?}");
        }
        for text in differs {
            assert!(!read.matches(text), "{pattern} differs from {text:?}");
        }
    }
}

#[test]
fn what_is_no_pattern_says_where() {
    for (pattern, at, code) in [
        ("a)", 2, "pattern_unopened"),
        ("(a", 1, "pattern_unclosed"),
        ("[a", 1, "pattern_unclosed"),
        ("*a", 1, "pattern_nothing_repeats"),
        ("a**", 3, "pattern_nothing_repeats"),
        ("a{3,1}", 2, "pattern_bad_count"),
        ("a{x}", 2, "pattern_bad_count"),
        ("a{1001}", 2, "pattern_bad_count"),
        ("(?=a)", 1, "pattern_not_linear"),
        ("(a)\\1", 4, "pattern_not_linear"),
        ("a\\", 2, "pattern_bad_escape"),
        ("\\q", 1, "pattern_bad_escape"),
        ("[z-a]", 4, "pattern_bad_range"),
        ("(a{1000}){1000}", 1, "pattern_too_large"),
    ] {
        let fault = Pattern::new(pattern).expect_err(pattern);
        assert_eq!((fault.at, fault.code), (at, code), "{pattern}");
    }
}

/// A pattern at which engines that go back fail takes this one no longer than any other.
#[test]
fn no_pattern_holds_the_matcher() {
    let read = Pattern::new("(a|a)*(a|aa)+b").unwrap();
    assert!(!read.matches(&"a".repeat(20_000)));
}

#[test]
fn decimals_are_compared_exactly() {
    for (a, b, wanted) in [
        ("0,1", "0.10", 0),
        ("-1", "1", -1),
        ("-2", "-10", 1),
        ("9007199254740993", "9007199254740992", 1),
        ("0.30000000000000000004", "0.3", 1),
        ("-0", "0", 0),
    ] {
        let (a, b) = (decimal::read(a).unwrap(), decimal::read(b).unwrap());
        assert_eq!(decimal::compare(&a, &b) as i32, wanted, "{a} {b}");
    }
    for text in ["", "-", ".", ",", "1,2,3", "1e5", "0x1", "١", &"1".repeat(41)] {
        assert_eq!(decimal::read(text), None, "{text}");
    }
}

#[test]
fn bounds_move_with_the_day() {
    for (bound, wanted) in [
        ("today", "2026-03-12"),
        ("today+20", "2026-04-01"),
        ("today-12", "2026-02-28"),
        ("today-740", "2024-03-02"),
        ("today-741", "2024-03-01"),
        ("today-742", "2024-02-29"),
        ("today+100000", "2299-12-26"),
        ("1999-12-31", "1999-12-31"),
    ] {
        assert_eq!(day::resolve(bound, TODAY).as_deref(), Some(wanted), "{bound}");
    }
    for bound in ["", "tomorrow", "today+", "today 1", "today+1d", "2026-2-1", "today-99999999"] {
        assert_eq!(day::resolve(bound, TODAY), None, "{bound}");
    }
}

/// A definition of any type with any properties.
fn definition() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "type",
        "label",
        "default",
        "unique",
        "required",
        "options",
        "source",
        "extensions",
        "max_mb",
        "min",
        "max",
        "decimals",
        "pattern",
        "min_length",
        "max_length",
        "other",
    ]);
    let kind = prop::sample::select(FieldType::ALL.map(FieldType::code).to_vec());
    (kind, prop::collection::vec((name, wild()), 0..6)).prop_map(|(kind, rest)| {
        let mut map = serde_json::Map::new();
        map.insert("type".into(), kind.into());
        map.extend(
            rest.into_iter()
                .filter(|(name, _)| *name != "type")
                .map(|(name, value)| (name.to_owned(), value)),
        );
        Value::Object(map)
    })
}

proptest! {
    /// Whatever is there, it is read, written, checked and tried without a panic; written once, it stays as it is.
    #[test]
    fn no_json_breaks_the_engine(definition in definition(), value in wild()) {
        let read = Fields::read(&json!({ "a": definition }));
        let once = serde_json::to_string(&read).unwrap();
        let again: Fields = serde_json::from_str(&once).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), once);
        let mut problems = Problems::default();
        check("", &read, &mut problems);
        check_change("", &read, &again, &mut problems);
        if let Some(field) = read.get("a") {
            let _ = super::sample(field, TODAY, "x");
            if let Ok(stored) = accept(field, &value, TODAY) {
                // What is stored is taken again, unchanged.
                prop_assert_eq!(accept(field, &stored, TODAY), Ok(stored.clone()));
            }
        }
    }

    /// Order and unknown properties survive; only switches change.
    #[test]
    fn order_and_strangers_stay(names in prop::collection::vec("[a-z]{1,6}", 1..8)) {
        let mut map = serde_json::Map::new();
        for name in names.iter().filter(|name| property_types(name).is_none()) {
            map.insert(name.clone(), json!({ name: 1, "type": "STRING", "zz": [true, null] }));
        }
        let text = Value::Object(map).to_string();
        let read: Fields = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    /// A pattern made of anything is read or refused, and matches or not, at once.
    #[test]
    fn no_pattern_panics(pattern in "[abї(){}\\[\\]|*+?^$.,0-9\\\\dpLu-]{0,24}", text in "[abї0-9]{0,12}") {
        if let Ok(read) = Pattern::new(&pattern) {
            read.matches(&text);
        }
    }

    /// A text without signs of its own matches itself and nothing longer.
    #[test]
    fn plain_text_matches_itself(text in "[a-zа-яїієґ0-9 ]{0,20}") {
        let read = Pattern::new(&text).unwrap();
        prop_assert!(read.matches(&text));
        let longer = text + "x";
        prop_assert!(!read.matches(&longer));
    }

    /// Going so many days back and forth comes home.
    #[test]
    fn days_come_home(days in 0_i64..700_000) {
        let there = day::resolve(&format!("today-{days}"), "2026-03-12").unwrap();
        prop_assert_eq!(day::resolve(&format!("today+{days}"), &there).unwrap(), "2026-03-12");
    }
}
