//! What fuzz targets share: a section's document, taken from text through schema, type and rules, as a save takes it.

use app::problem::Problems;
use app::schema::{self, Context};
use app::sections::{Record, Section};
use app::value::parse_json;
use serde_json::Value;

/// Takes a value of `S` the way of a save. What passes the schema must be readable as the type; what the type writes
/// must be read again as the same.
pub fn document<S: Section + Record>(schema: &Value, text: &str) {
    let Ok(mut value) = parse_json(text) else { return };
    let languages = ["uk".to_owned(), "en".to_owned()];
    let mut problems = Problems::default();
    schema::fill_defaults(schema, &mut value);
    schema::check(schema, &mut value, &Context { languages: &languages }, &mut problems);
    schema::texts(schema, &value);
    schema::references(schema, &value);
    schema::attached(schema, &value);
    if problems.has_errors() {
        return;
    }
    let typed: S = serde_json::from_value(value).expect("what passes the schema is readable as the type");
    typed.check(&mut problems);
    typed.check_change(Some(&S::default()), &mut problems);
    let written = serde_json::to_value(&typed).expect("a setting is writable as JSON");
    let again: S = serde_json::from_value(written.clone()).expect("what was written is readable");
    assert_eq!(serde_json::to_value(&again).ok(), Some(written));
}

/// The schema of a section, as the server makes it.
pub fn schema<S: Section>() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<S>().to_value()
}

/// The text of some bytes, if they are text.
pub fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// The parts of some bytes, cut at zeros.
pub fn parts<const N: usize>(data: &[u8]) -> Option<[&str; N]> {
    let mut parts = data.splitn(N, |byte| *byte == 0).map(text);
    let mut taken = [""; N];
    for part in &mut taken {
        *part = parts.next()??;
    }
    Some(taken)
}

/// A value of a text; none if it is no JSON.
pub fn value(text: &str) -> Option<Value> {
    parse_json(text).ok()
}
