//! The schema's promises, as tables, and that no value breaks them.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Context, Kind, at, check, choices, fields, fill_defaults, kind, nullable, references, required, texts,
};
use crate::problem::{Problem, Problems};
use crate::value::tests::wild;

/// A section with one field of each sort, as schemars writes them.
fn schema() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["age"],
        "properties": {
            "name": {
                "type": "object", "x-words": true, "x-required": true,
                "additionalProperties": { "type": "string", "maxLength": 5 },
            },
            "code": { "type": "string", "format": "alias", "x-required": true },
            "note": { "type": "string", "x-multiline": true, "default": "—" },
            "css": { "type": "string", "x-code": true, "maxLength": 100, "x-search": false },
            "age": { "type": "integer", "format": "uint8", "minimum": 1 },
            "rate": { "type": ["number", "null"], "maximum": 1 },
            "colour": { "type": "string", "format": "colour", "default": "#6b7c85" },
            "active": { "type": "boolean", "default": true },
            "mood": { "oneOf": [
                { "const": "calm", "description": "Calm." },
                { "type": "string", "enum": ["angry", "sad"] },
            ] },
            "group": { "anyOf": [{ "type": "integer", "minimum": 1, "x-ref": "groups" }, { "type": "null" }] },
            "bots": { "type": "array", "x-ref": "bots", "uniqueItems": true, "items": { "type": "integer" } },
            "mails": {
                "type": "array", "minItems": 1, "maxItems": 2, "default": ["a@b.ua"],
                "items": { "type": "string", "format": "email" },
            },
            "channels": { "type": "array", "x-identity": "id", "items": {
                "type": "object", "additionalProperties": false,
                "properties": { "id": { "type": "string" }, "limit": { "type": "integer", "format": "int64" } },
            } },
            "limits": { "type": "object", "additionalProperties": { "type": "integer" } },
            "key": { "type": "object", "x-secret": true },
            "price": { "type": "string", "format": "decimal-string" },
            "more": { "anyOf": [
                { "type": "object", "properties": { "idle": { "type": "integer", "x-unit": "minutes" } } },
                { "type": "null" },
            ], "x-group": "extra" },
        },
    })
}

fn valid() -> Value {
    json!({ "name": { "uk": "Тег" }, "code": "tag", "age": 5 })
}

fn found(schema: &Value, value: &mut Value) -> Vec<Problem> {
    let languages = ["uk".to_owned(), "en".to_owned()];
    let mut problems = Problems::default();
    check(schema, value, &Context { languages: &languages }, &mut problems);
    problems.0
}

/// The findings in a valid value with one property replaced: pointer, code.
fn with(name: &str, part: Value) -> Vec<(String, String)> {
    let mut value = valid();
    value[name] = part;
    found(&schema(), &mut value).into_iter().map(|problem| (problem.pointer, problem.code)).collect()
}

#[test]
fn each_rule_has_its_code_and_place() {
    let emoji = "👩‍💻".repeat(5);
    for (name, part, expected) in [
        ("name", json!({ "uk": "Тег", "en": "Tag" }), &[][..]),
        ("name", json!({ "uk": emoji }), &[]),
        ("name", json!({ "en": "Tag" }), &[("/name/uk", "required")]),
        ("name", json!({ "uk": "  " }), &[("/name/uk", "required")]),
        ("name", json!(null), &[("/name/uk", "required")]),
        ("name", json!({ "uk": "Тег", "e": "x" }), &[("/name/e", "bad_language")]),
        ("name", json!({ "uk": "Тегtagи" }), &[("/name/uk", "too_long"), ("/name/uk", "mixed_scripts")]),
        ("name", json!({ "uk": 1 }), &[("/name/uk", "wrong_type")]),
        ("name", json!("Тег"), &[("/name", "wrong_type")]),
        ("code", json!(" "), &[("/code", "required")]),
        ("code", json!("мій"), &[("/code", "bad_format")]),
        ("code", json!("a\u{202e}b"), &[("/code", "control_character")]),
        ("note", json!("a\r\nb\n"), &[]),
        ("note", json!("a\tb"), &[("/note", "control_character")]),
        ("note", json!("саfе"), &[]),
        ("css", json!("a {\n\tb: c }"), &[]),
        ("css", json!("я".repeat(101)), &[("/css", "too_long")]),
        ("age", json!(0), &[("/age", "too_small")]),
        ("age", json!(256), &[("/age", "too_large")]),
        ("age", json!(2.0), &[]),
        ("age", json!(2.5), &[("/age", "wrong_type")]),
        ("age", json!("2"), &[("/age", "wrong_type")]),
        ("age", json!(null), &[("/age", "wrong_type")]),
        ("rate", json!(null), &[]),
        ("rate", json!(1.5), &[("/rate", "too_large")]),
        ("mood", json!("sad"), &[]),
        ("mood", json!("glad"), &[("/mood", "not_allowed")]),
        ("mood", json!(null), &[("/mood", "required")]),
        ("group", json!(null), &[]),
        ("group", json!(0), &[("/group", "too_small")]),
        ("bots", json!([3, 1, 3]), &[("/bots/2", "repeated")]),
        ("bots", json!([-1, null]), &[("/bots/0", "too_small"), ("/bots/1", "required")]),
        ("mails", json!([]), &[("/mails", "too_few_items")]),
        ("mails", json!([" a@b.ua ", ""]), &[("/mails/1", "bad_format")]),
        ("mails", json!(["a@b.ua", "b@b.ua", "c@b.ua"]), &[("/mails", "too_many_items")]),
        ("channels", json!([{ "id": "a" }, { "id": "" }, { "id": "" }, {}]), &[]),
        (
            "channels",
            json!([{ "id": "a" }, { "id": "a", "x~/": 1 }]),
            &[("/channels/1/x~0~1", "unknown_property"), ("/channels/1/id", "repeated")],
        ),
        (
            "channels",
            json!([{ "limit": 9_223_372_036_854_775_808_u64 }]),
            &[("/channels/0/limit", "too_large")],
        ),
        ("limits", json!({ "a": 1, "b": null }), &[("/limits/b", "wrong_type")]),
        ("key", json!({ "keep": true }), &[]),
        ("key", json!({ "value": " s " }), &[]),
        ("key", json!({ "value": "s\n" }), &[("/key", "control_character")]),
        ("key", json!({ "keep": false }), &[("/key", "not_allowed")]),
        ("key", json!({ "set": true, "value": "s" }), &[("/key", "not_allowed")]),
        ("key", json!("s"), &[("/key", "wrong_type")]),
        ("price", json!("1,50"), &[]),
        ("price", json!(""), &[]),
        ("more", json!(null), &[]),
        (
            "more",
            json!({ "idle": true, "x": 1 }),
            &[("/more/idle", "wrong_type"), ("/more/x", "unknown_property")],
        ),
    ] {
        let expected: Vec<_> =
            expected.iter().map(|(at, code)| ((*at).to_owned(), (*code).to_owned())).collect();
        assert_eq!(with(name, part.clone()), expected, "{name} = {part}");
    }
}

#[test]
fn all_problems_are_found_at_once_in_the_order_of_the_form() {
    let mut value = json!({ "colur": "x", "colour": "red", "code": "2" });
    let found = found(&schema(), &mut value);
    let told: Vec<_> = found.iter().map(|problem| format!("{} {}", problem.pointer, problem.code)).collect();
    assert_eq!(
        told,
        [
            "/name/uk required",
            "/code bad_format",
            "/age required",
            "/colour bad_format",
            "/colur unknown_property"
        ]
    );
    assert_eq!(found[4].params["name"], "colur");
    assert_eq!(found[4].params["nearest"], "colour");
}

#[test]
fn the_params_say_what_the_sentence_needs() {
    let mut value = valid();
    value["name"]["uk"] = json!("Тег сонця");
    value["note"] = json!("аб\u{0}");
    value["mood"] = json!("glad");
    value["bots"] = json!([1, 1]);
    value["active"] = json!(1);
    let params: Vec<_> = found(&schema(), &mut value).iter().map(|problem| json!(problem.params)).collect();
    assert_eq!(
        params,
        [
            json!({ "max": 5, "length": 9 }),
            json!({ "position": 2, "code_point": "U+0000" }),
            json!({ "expected": "boolean", "found": "integer" }),
            json!({ "allowed": ["calm", "angry", "sad"] }),
            json!({ "value": 1, "first": 0 }),
        ]
    );
}

#[test]
fn a_mixed_word_is_a_warning() {
    let mut value = valid();
    value["name"]["uk"] = json!("cпам");
    let found = found(&schema(), &mut value);
    assert!(found.len() == 1 && found[0].warning && found[0].params["word"] == "cпам", "{found:?}");
}

#[test]
fn texts_are_tidied_in_place() {
    let mut value = json!({
        "name": { "uk": " Тег " }, "code": " tag\n", "note": " a\r\nb ", "css": " x\r\n", "age": 3.0,
        "mails": [" a@b.ua "], "price": " 1,5 ", "key": { "value": " s " },
    });
    assert_eq!(found(&schema(), &mut value), []);
    let tidy = json!({
        "name": { "uk": "Тег" }, "code": "tag", "note": " a\nb ", "css": " x\n", "age": 3,
        "mails": ["a@b.ua"], "price": "1.5", "key": { "value": " s " },
    });
    assert_eq!(value, tidy);
}

#[test]
fn an_identity_of_two_properties_tells_two_fields_apart() {
    let schema =
        json!({ "type": "array", "x-identity": ["field", "extra_data"], "items": { "type": "object" } });
    let mut value = json!([
        { "field": "phone" }, { "field": "phone", "extra_data": true }, { "field": "phone", "extra_data": false },
    ]);
    let found = found(&schema, &mut value);
    assert!(found.len() == 1 && found[0].pointer == "/2/field", "{found:?}");
}

#[test]
fn hostile_values_are_refused_quickly() {
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let open = json!({ "type": "object" });
    let started = std::time::Instant::now();
    for (value, code) in [
        (json!({ "a": deep }), "too_deep"),
        (json!({ "a": "я".repeat(1_000_000) }), "too_long"),
        (json!({ "a": vec![1; 100_000] }), "too_many_items"),
        (json!({ "n".repeat(100_000): 1 }), "too_long"),
    ] {
        let found = found(&open, &mut value.clone());
        assert!(found.len() == 1 && found[0].code == code, "{code}: {found:?}");
        assert!(found[0].pointer.len() < 1_000);
    }
    let mut value = valid();
    value["note"] = json!("я".repeat(1_000_000));
    value["limits"] = (0..1_000_000).map(|index| (index.to_string(), json!("x"))).collect();
    let codes: Vec<_> = found(&schema(), &mut value).into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["too_long", "too_many_items"]);
    // Generous: the debug build takes a fraction of it, and a quadratic walk would take minutes.
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn the_findings_are_bounded() {
    let schema = json!({ "type": "array", "items": { "type": "array", "items": { "type": "integer" } } });
    let mut value = json!(vec![vec!["x"; 200]; 200]);
    assert_eq!(found(&schema, &mut value).len(), 10_000);
}

#[test]
fn a_new_record_is_filled_from_its_schema() {
    let mut value = Value::Null;
    fill_defaults(&schema(), &mut value);
    let expected = json!({
        "name": {}, "code": "", "note": "—", "css": "", "age": 1, "rate": null, "colour": "#6b7c85", "active": true,
        "mood": "calm", "group": null, "bots": [], "mails": ["a@b.ua"], "channels": [], "limits": {},
        "key": { "set": false }, "price": "", "more": null,
    });
    assert_eq!(value.to_string(), expected.to_string());
}

#[test]
fn filling_keeps_what_is_there_and_puts_unknown_properties_last() {
    let mut value =
        json!({ "x": 1, "more": {}, "age": 7, "channels": [{ "limit": 2 }], "name": { "uk": "Т" } });
    fill_defaults(&schema(), &mut value);
    assert_eq!(value["more"], json!({ "idle": 0 }));
    assert_eq!(value["channels"].to_string(), r#"[{"id":"","limit":2}]"#);
    assert_eq!((&value["age"], &value["name"]), (&json!(7), &json!({ "uk": "Т" })));
    let names: Vec<_> = value.as_object().into_iter().flat_map(serde_json::Map::keys).cloned().collect();
    assert_eq!((names[0].as_str(), names.last().map(String::as_str)), ("name", Some("x")));
}

#[test]
fn a_pointer_leads_to_its_rule() {
    let schema = schema();
    let value = json!({ "channels": [{ "id": "a" }], "more": { "idle": 1 }, "limits": { "a": 1 } });
    for (pointer, path) in [
        ("", Some("")),
        ("/code", Some("/properties/code")),
        ("/name/uk", Some("/properties/name/additionalProperties")),
        ("/channels/0/limit", Some("/properties/channels/items/properties/limit")),
        ("/channels/-/id", Some("/properties/channels/items/properties/id")),
        ("/channels/x", None),
        ("/limits/z", Some("/properties/limits/additionalProperties")),
        ("/more", Some("/properties/more")),
        ("/more/idle", Some("/properties/more/anyOf/0/properties/idle")),
        ("/nothing", None),
        ("code", None),
    ] {
        assert_eq!(at(&schema, pointer, &value), path.and_then(|path| schema.pointer(path)), "{pointer}");
    }
}

#[test]
fn every_kind_has_its_widget() {
    let schema = schema();
    let kinds: Vec<_> = fields(&schema).map(|(name, property)| (name, kind(property))).collect();
    let expected = [
        ("name", Kind::Words),
        ("code", Kind::Text),
        ("note", Kind::LongText),
        ("css", Kind::Code),
        ("age", Kind::Number),
        ("rate", Kind::Number),
        ("colour", Kind::Colour),
        ("active", Kind::Switch),
        ("mood", Kind::Choice),
        ("group", Kind::Reference),
        ("bots", Kind::References),
        ("mails", Kind::List),
        ("channels", Kind::Items),
        ("limits", Kind::Map),
        ("key", Kind::Secret),
        ("price", Kind::Text),
        ("more", Kind::Group),
    ];
    assert_eq!(kinds, expected);
    for (schema, expected) in [
        (json!({ "type": "integer", "x-unit": "seconds" }), Kind::Duration),
        (json!({ "type": "array", "items": { "type": "string", "format": "language" } }), Kind::Languages),
        (json!({ "type": "array", "items": { "enum": ["a", "b"] } }), Kind::Choices),
        (json!({ "type": "array", "items": { "type": "array", "items": {} } }), Kind::Json),
        (json!({ "type": ["string", "null"], "enum": ["a", null] }), Kind::Choice),
        (json!({ "type": "string", "x-widget": "code" }), Kind::Code),
        (json!({ "type": "string", "x-widget": "template" }), Kind::Text),
        (json!(true), Kind::Json),
    ] {
        assert_eq!(kind(&schema), expected, "{schema}");
    }
}

#[test]
fn a_schema_is_read_through_its_null() {
    let schema = schema();
    let property = |name: &str| &schema["properties"][name];
    assert!(nullable(property("group")) && nullable(property("rate")) && !nullable(property("age")));
    assert!(required(property("code")) && !required(property("age")));
    let offered: Vec<_> =
        choices(property("mood")).into_iter().map(|(value, said)| (value.clone(), said)).collect();
    assert_eq!(offered, [(json!("calm"), Some("Calm.")), (json!("angry"), None), (json!("sad"), None)]);
}

#[test]
fn references_and_texts_are_gathered() {
    let value = json!({
        "name": { "uk": "Тег", "en": "" }, "code": "tag", "note": "два\nрядки", "css": "a {}", "mood": "sad",
        "colour": "#ffffff", "group": 4, "bots": [7, 0, 9], "channels": [{ "id": "tg" }], "limits": { "night": 1 },
        "key": { "value": "s" }, "unknown": "x",
    });
    let found: Vec<_> =
        references(&schema(), &value).into_iter().map(|one| (one.pointer, one.section, one.id)).collect();
    let expected = [("/group", "groups", 4), ("/bots/0", "bots", 7), ("/bots/2", "bots", 9)];
    assert_eq!(found, expected.map(|(at, section, id)| (at.to_owned(), section.to_owned(), id)));
    assert_eq!(texts(&schema(), &value), ["Тег", "tag", "два\nрядки", "tg", "night"]);
}

proptest! {
    #[test]
    fn no_value_and_no_schema_breaks_anything(value in wild(), schema in wild()) {
        for schema in [&schema, &self::schema(), &value] {
            let mut value = value.clone();
            found(schema, &mut value);
            references(schema, &value);
            texts(schema, &value);
            kind(schema);
            fill_defaults(schema, &mut value);
        }
    }

    #[test]
    fn checking_twice_finds_the_same(part in wild(), field in 0..17_usize) {
        let schema = schema();
        let mut value = valid();
        let name = fields(&schema).nth(field).map_or("x", |(name, _)| name);
        value[name] = part;
        let first = found(&schema, &mut value);
        let tidy = value.clone();
        prop_assert_eq!(found(&schema, &mut value), first);
        prop_assert_eq!(value, tidy);
    }

    #[test]
    fn filling_twice_changes_nothing(mut value in wild()) {
        fill_defaults(&schema(), &mut value);
        let once = value.to_string();
        fill_defaults(&schema(), &mut value);
        prop_assert_eq!(value.to_string(), once);
    }
}

/// A document of another program: what it has beside ours stays where it is, absent stays absent, and switches are text.
#[test]
fn what_another_program_wrote_is_kept() {
    let schema = json!({
        "type": "object", "additionalProperties": false,
        "properties": { "fields": {
            "type": "object", "propertyNames": { "format": "alias" },
            "additionalProperties": {
                "type": "object", "x-kept": true, "required": ["type"],
                "properties": {
                    "type": { "type": "string", "enum": ["A", "B"] },
                    "label": { "type": "string", "maxLength": 5 },
                    "unique": { "type": ["string", "boolean"], "x-switch": true },
                },
            },
        } },
    });
    let mut value = json!({ "fields": {
        "b": { "zz": { "deep": [1] }, "unique": true, "type": "A" },
        "a": { "type": "B", "label": " ok ", "unique": "false" },
    } });
    fill_defaults(&schema, &mut value);
    let problems = found(&schema, &mut value);
    let told: Vec<_> = problems.iter().map(|p| (p.pointer.as_str(), p.code.as_str(), p.warning)).collect();
    assert_eq!(told, [("/fields/b/zz", "unknown_kept", true)]);
    assert_eq!(
        value.to_string(),
        r#"{"fields":{"b":{"zz":{"deep":[1]},"unique":"true","type":"A"},"a":{"type":"B","label":"ok","unique":"false"}}}"#
    );
    let mut value = json!({ "fields": { "1a": { "type": "C" }, "ok": { "unique": "yes" } } });
    let codes: Vec<_> = found(&schema, &mut value).into_iter().map(|p| (p.pointer, p.code)).collect();
    let at = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(
        codes,
        [
            at("/fields/1a", "bad_format"),
            at("/fields/1a/type", "not_allowed"),
            at("/fields/ok/type", "required"),
            at("/fields/ok/unique", "not_allowed"),
        ]
    );
}
