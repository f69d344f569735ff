//! Makes typed keys of the interface's words, and stops the build when a language lacks one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// What only these say comes to the browser apart from the other words, with their code. Nothing of them is drawn before
/// `words_apart` has come.
const APART: [&str; 8] = [
    "src/editor",
    "src/panel",
    "src/history",
    "src/section/json.rs",
    "src/section/uses.rs",
    "src/frame/account.rs",
    "src/frame/changes.rs",
    "src/frame/keys.rs",
];

/// The parts of a table that must have the same keys and parameters in every language.
const SHARED: [&str; 6] = ["ui", "problems", "effects", "readiness", "groups", "options"];

fn main() {
    println!("cargo::rerun-if-changed=words");
    println!("cargo::rerun-if-changed=build.rs");
    let read = |language: &str| -> Value {
        let path = format!("words/{language}.json");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let (uk, en) = (read("uk"), read("en"));
    for part in SHARED {
        compare(part, &uk[part], &en[part]);
    }
    compare_keys("sections", &uk["sections"], &en["sections"]);
    compare_keys("shapes", &uk["shapes"], &en["shapes"]);

    let mut keys = String::new();
    for name in uk["ui"].as_object().into_iter().flat_map(serde_json::Map::keys) {
        let _ = writeln!(keys, "pub const {}: super::Word = super::Word({name:?});", name.to_uppercase());
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets it for build scripts");
    fs::write(Path::new(&out).join("keys.rs"), keys).expect("the build's own folder can be written");

    println!("cargo::rerun-if-changed=src");
    let (mut apart, mut shared) = (Said::default(), Said::default());
    said(Path::new("src"), &mut apart, &mut shared);
    let words: Vec<_> = apart.words.difference(&shared.words).collect();
    let options: Vec<_> = apart.options.difference(&shared.options).collect();
    let shared: Vec<_> = shared.options.iter().collect();
    let lists = format!(
        "/// The words that come apart.\npub static APART: &[&str] = &{words:?};\n\
         /// The options that come with them.\npub static OPTIONS_APART: &[&str] = &{options:?};\n\
         /// The options that every page is sent.\npub static OPTIONS: &[&str] = &{shared:?};\n"
    );
    fs::write(Path::new(&out).join("apart.rs"), lists).expect("the build's own folder can be written");
}

/// What sources say: words by their keys, and names of options by their sets.
#[derive(Default)]
struct Said {
    words: BTreeSet<String>,
    options: BTreeSet<String>,
}

/// What the sources of a folder say: those of [`APART`], and all others.
fn said(folder: &Path, apart: &mut Said, shared: &mut Said) {
    for entry in fs::read_dir(folder).expect("the sources can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            said(&path, apart, shared);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let said = if APART.iter().any(|place| path.starts_with(place)) { &mut *apart } else { &mut *shared };
        let named = |before: &'static str| {
            text.split(before).skip(1).filter_map(|piece| {
                let name = piece.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').next()?;
                (!name.is_empty()).then(|| name.to_lowercase())
            })
        };
        said.words.extend(named("key::"));
        said.options.extend(named("option_text(\""));
    }
}

fn names(value: &Value) -> BTreeSet<&str> {
    value.as_object().into_iter().flat_map(|map| map.keys().map(String::as_str)).collect()
}

fn compare_keys(part: &str, uk: &Value, en: &Value) {
    let (uk, en) = (names(uk), names(en));
    let odd: Vec<_> = uk.symmetric_difference(&en).collect();
    assert!(odd.is_empty(), "words/*.json: `{part}` has these in one language only: {odd:?}");
}

/// Same keys, and in each text the same parameters; plural forms may leave the number out.
fn compare(part: &str, uk: &Value, en: &Value) {
    compare_keys(part, uk, en);
    for name in names(uk) {
        if part == "options" {
            compare_keys(&format!("{part}.{name}"), &uk[name], &en[name]);
        } else {
            assert_eq!(
                params(&uk[name]),
                params(&en[name]),
                "words/*.json: parameters of `{part}.{name}` differ"
            );
        }
    }
}

fn params(value: &Value) -> BTreeSet<String> {
    let texts: Vec<&str> = match value {
        Value::String(text) => vec![text],
        Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut found = BTreeSet::new();
    for text in texts {
        for piece in text.split('{').skip(1) {
            if let Some((name, _)) = piece.split_once('}') {
                found.insert(name.to_owned());
            }
        }
    }
    if value.is_object() {
        found.remove("n");
    }
    found
}
