//! Every section, without being named here: default, round trip, schema, words.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use app::problem::Problems;
use app::sections::registry;
use app::words::{Language, table};
use proptest::prelude::*;
use serde_json::{Value, json};
use server::settings::schema::annotated;

const LANGUAGES: [&str; 2] = ["uk", "en"];

fn languages() -> Vec<String> {
    LANGUAGES.map(str::to_owned).to_vec()
}

/// A default is valid, or each thing wrong with it is a field that must be filled in.
#[test]
fn a_default_is_valid_or_says_what_to_fill_in() {
    for entry in registry::all() {
        let mut problems = Problems::default();
        let read = entry.read(entry.default_value(), &languages(), &mut problems);
        for problem in &problems {
            assert_eq!(problem.code, "required", "{}: {problem:?}", entry.item().key);
        }
        assert_eq!(read.is_some(), !problems.has_errors(), "{}", entry.item().key);
    }
}

/// What is stored reads back to the same bytes.
#[test]
fn a_stored_value_round_trips() {
    for entry in registry::all() {
        let text = entry.default_value().to_string();
        let once = entry.rewrite(serde_json::from_str(&text).unwrap()).unwrap();
        let twice = entry.rewrite(serde_json::from_str(&once).unwrap()).unwrap();
        assert_eq!(once, twice, "{}", entry.item().key);
        assert_eq!(once, text, "{}", entry.item().key);
    }
}

/// These properties and two that nobody here knows, in any order.
fn shuffled(known: Vec<(&'static str, Value)>) -> impl Strategy<Value = Value> {
    let strangers = [("z_other", json!({ "b": [1], "a": null })), ("a_note", json!("x"))];
    let all: Vec<_> = known.into_iter().chain(strangers).collect();
    let object =
        |all: Vec<(&str, Value)>| all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Just(all).prop_shuffle().prop_map(object)
}

proptest! {
    /// The panel's documents keep every property where it was written, unknown ones among them.
    #[test]
    fn the_panels_documents_keep_their_order(
        (fields, files) in (
            shuffled(vec![("type", json!("TEXT")), ("label", json!("Ім’я")), ("unique", json!("true")), ("hint", json!("?"))]),
            shuffled(vec![
                ("title", json!("PDF")), ("extension", json!("pdf")), ("mime_types", json!(["application/pdf"])),
                ("allow", json!(true)), ("max_mb", json!(5)), ("direction", json!("in")),
            ]),
        ).prop_flat_map(|(field, rule)| (
            shuffled(vec![("custom_fields_json", json!({ "z": field, "a": field }))]),
            shuffled(vec![("max_file_size_mb", json!(25)), ("files", json!([rule]))]),
        )),
    ) {
        for (key, value) in [("user-fields", fields), ("files", files)] {
            let entry = registry::entry(key).unwrap();
            let text = value.to_string();
            let mut problems = Problems::default();
            let read = entry.read(value.clone(), &languages(), &mut problems).map(|read| read.data);
            prop_assert_eq!(read.as_ref(), Some(&text), "{:?}", problems);
            prop_assert_eq!(entry.rewrite(value), Some(text));
        }
    }
}

/// The schemas are an agreement with integrations: a change of one is seen in review. `UPDATE=1` writes them anew.
#[test]
fn schemas_are_as_agreed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    for entry in registry::all() {
        let path = folder.join(format!("{}.json", entry.item().key));
        let now = app::value::pretty(entry.schema()) + "\n";
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &now).unwrap();
        }
        let agreed = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(agreed, now, "{}: the schema changed; UPDATE=1 takes it over", entry.item().key);
    }
}

/// Every field, every choice and every group has its words in both languages.
#[test]
fn words_are_complete() {
    for language in Language::ALL {
        for entry in registry::all() {
            let key = entry.item().key;
            let words = table(language)
                .section_words(key)
                .unwrap_or_else(|| panic!("{key} has no words in {language:?}"));
            for name in ["title", "about", "one", "new"] {
                assert!(
                    words[name].as_str().is_some_and(|text| !text.is_empty()),
                    "{key}.{name} in {language:?}"
                );
            }
            complete(&annotated(*entry, language), words, key, "", language);
        }
    }
}

fn complete(schema: &Value, words: &Value, section: &str, path: &str, language: Language) {
    if schema["additionalProperties"].is_object() {
        complete(&schema["additionalProperties"], words, section, path, language);
    }
    let shape = schema["x-shape"].as_str().map(|shape| {
        table(language)
            .shape(shape)
            .unwrap_or_else(|| panic!("{section}: no words of shape {shape} in {language:?}"))
    });
    let (words, path) = shape.map_or((words, path), |shape| (shape, ""));
    let Some(properties) = schema["properties"].as_object() else { return };
    for (name, property) in properties {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let label = words["fields"][&path]["label"].as_str();
        assert!(label.is_some(), "{section}: no label of {path} in {language:?}");
        for choice in [property, &property["items"]] {
            let codes = choice["enum"].as_array();
            for code in codes.into_iter().flatten().filter_map(Value::as_str) {
                let own = words["options"][&path][code].as_str();
                let shared = || table(language).option(choice["x-options"].as_str()?, code);
                let word = own.or_else(shared);
                assert!(word.is_some(), "{section}: no word of {path} = {code} in {language:?}");
                assert_eq!(
                    choice["x-labels"][code].as_str(),
                    word,
                    "{section}: {path} = {code} in {language:?}"
                );
            }
        }
        if let Some(group) = property["x-group"].as_str() {
            assert!(
                words["groups"][group].is_string(),
                "{section}: no title of group {group} in {language:?}"
            );
        }
        complete(property, words, section, &path, language);
        if property["x-blob"] == true {
            for (name, part) in property["items"]["properties"].as_object().unwrap() {
                assert_ne!(part["title"], **name, "{section}: no word of {path}.{name} in {language:?}");
            }
            continue;
        }
        complete(&property["items"], words, section, &path, language);
    }
}

/// A code that a rule gives has its sentence in both languages.
#[test]
fn every_code_has_its_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut codes: BTreeSet<String> =
        app::sections::replies::template::CODES.iter().map(|code| (*code).to_owned()).collect();
    codes.extend(app::sections::fields::pattern::CODES.iter().map(|code| (*code).to_owned()));
    for folder in ["app/src/sections", "app/src/schema", "server/src"] {
        crate::house::each_source(&root.join(folder), &mut |path, text| {
            if path.ends_with("tests.rs") {
                return;
            }
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for call in ["Problem::error(", "Problem::warning(", "problems.error(", "problems.warning("] {
                for piece in text.split(call).skip(1) {
                    let literals: Vec<&str> =
                        piece.split(')').next().unwrap_or_default().split('"').collect();
                    // `…(pointer, "code")`: the last string literal before the parenthesis closes.
                    if let Some(code) = literals.iter().skip(1).step_by(2).next_back()
                        && !code.is_empty()
                        && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                    {
                        codes.insert((*code).to_owned());
                    }
                }
            }
        });
    }
    assert!(codes.len() > 40, "the search for codes finds too few: {codes:?}");
    for language in Language::ALL {
        for code in &codes {
            let sentence = table(language).problem(&app::problem::Problem::error("", code));
            assert_ne!(&sentence, code, "no sentence of {code} in {language:?}");
        }
    }
}
