//! Finds things in a value by its schema: the rule at a pointer, references, human text; fills what is absent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::rule::{Rest, Rule};
use super::{DEPTH, choices, fields};
use crate::problem::segment;

/// One mention of a record of another section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Where the id stands.
    pub pointer: String,
    /// The section that the record is of.
    pub section: String,
    /// The record.
    pub id: i64,
}

/// The part of `schema` that governs the place `pointer` of `value`, with the annotations around it.
///
/// `None` for a place that no schema describes. The place itself may be absent from the value.
pub fn at<'s>(schema: &'s Value, pointer: &str, value: &Value) -> Option<&'s Value> {
    let mut schema = schema;
    let mut value = Some(value);
    for name in crate::value::segments(pointer)? {
        let rule = Rule::for_value(schema, value.unwrap_or(&Value::Null));
        let is_index = name == "-" || name.parse::<usize>().is_ok();
        schema = match rule.get("items").filter(|_| is_index) {
            Some(items) => items,
            None => rule.property(&name)?,
        };
        value = value.and_then(|value| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => value.get(&name),
        });
    }
    Some(schema)
}

/// Adds what is absent: the schema's `default`, else what is natural and empty for the type.
///
/// Objects come out in the order of the schema, with properties it does not know kept last. `null` where an
/// object must stand becomes one, so that `Value::Null` turns into a new record. Values that are there stay, and an object
/// marked `x-kept` stays as it is.
pub fn fill_defaults(schema: &Value, value: &mut Value) {
    fill(schema, value, 0);
}

fn fill(schema: &Value, value: &mut Value, level: usize) {
    if level > DEPTH {
        return;
    }
    let rule = Rule::for_value(schema, value);
    if value.is_null() && !rule.nullable() && rule.type_name() == Some("object") && !rule.flag("x-secret") {
        *value = Value::Object(Map::new());
    }
    if rule.flag("x-secret") || rule.flag("x-words") || rule.flag("x-kept") {
        return;
    }
    match value {
        Value::Object(map) => {
            let mut old = std::mem::take(map);
            for (name, schema) in fields(rule.inner()) {
                let mut value = old.shift_remove(name).unwrap_or_else(|| blank(schema));
                fill(schema, &mut value, level + 1);
                map.insert(name.to_owned(), value);
            }
            for (name, mut value) in old {
                if let Rest::Map(schema) = rule.rest() {
                    fill(schema, &mut value, level + 1);
                }
                map.insert(name, value);
            }
        }
        Value::Array(items) => {
            for item in items {
                if let Some(schema) = rule.get("items") {
                    fill(schema, item, level + 1);
                }
            }
        }
        _ => {}
    }
}

/// The value of a property that nobody has set; an object still lacks its own properties.
fn blank(schema: &Value) -> Value {
    let rule = Rule::of(schema);
    if let Some(default) = rule.get("default") {
        return default.clone();
    }
    if rule.flag("x-secret") {
        return Value::Object(Map::from_iter([("set".to_owned(), Value::Bool(false))]));
    }
    if rule.nullable() {
        return Value::Null;
    }
    if let Some((first, _)) = choices(schema).first() {
        return (*first).clone();
    }
    match rule.type_name() {
        Some("string") => Value::from(""),
        Some("boolean") => Value::from(false),
        Some("array") => Value::Array(Vec::new()),
        Some("object") => Value::Object(Map::new()),
        // No record has the id 0: nothing is chosen yet.
        Some("integer" | "number") if !rule.refers() => match rule.get("minimum") {
            Some(min) if min.as_f64().is_some_and(|min| min > 0.0) => min.clone(),
            _ => Value::from(0),
        },
        _ => Value::Null,
    }
}

/// Every record that `value` refers to, in the order in which the value names them.
pub fn references(schema: &Value, value: &Value) -> Vec<Reference> {
    let mut found = Vec::new();
    visit(schema, value, &mut String::new(), 0, &mut |rule, value, pointer| {
        let Some(section) = rule.text("x-ref") else { return true };
        let mut note = |id: &Value, pointer: String| {
            if let Some(id) = id.as_i64().filter(|id| *id > 0) {
                found.push(Reference { pointer, section: section.to_owned(), id });
            }
        };
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    note(item, format!("{pointer}/{index}"));
                }
            }
            id => note(id, pointer.to_owned()),
        }
        false
    });
    found
}

/// Every file that `value` carries, with its place.
pub fn attached(schema: &Value, value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    visit(schema, value, &mut String::new(), 0, &mut |rule, value, pointer| {
        if !rule.flag("x-blob") {
            return true;
        }
        let items = value.as_array().into_iter().flatten().enumerate();
        found.extend(items.map(|(index, item)| (format!("{pointer}/{index}"), item.clone())));
        false
    });
    found
}

/// Everything in `value` that a person wrote and may search for, names of map entries included.
///
/// Left out: constants, colours, references, secrets, and what `x-search: false` marks.
pub fn texts(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(schema, value, &mut String::new(), 0, &mut |rule, value, _| {
        let silent = rule.get("x-search") == Some(&Value::Bool(false))
            || rule.flag("x-secret")
            || rule.text("format") == Some("colour")
            || rule.refers()
            || !choices(rule.inner()).is_empty();
        if silent {
            return false;
        }
        match value {
            Value::String(text) if !text.trim().is_empty() => found.push(text.clone()),
            Value::Object(map) if !rule.flag("x-words") => {
                if let Rest::Map(_) = rule.rest() {
                    found.extend(map.keys().filter(|name| rule.known(name).is_none()).cloned());
                }
            }
            _ => {}
        }
        true
    });
    found
}

/// Shows `see` each value that the schema describes, outer ones first; it answers whether to look inside.
fn visit(
    schema: &Value,
    value: &Value,
    pointer: &mut String,
    level: usize,
    see: &mut dyn FnMut(Rule<'_>, &Value, &str) -> bool,
) {
    let rule = Rule::for_value(schema, value);
    if level > DEPTH || !see(rule, value, pointer) {
        return;
    }
    let mut inside = |schema: &Value, value: &Value, name: &str| {
        let outside = pointer.len();
        pointer.push('/');
        pointer.push_str(&segment(name));
        visit(schema, value, pointer, level + 1, see);
        pointer.truncate(outside);
    };
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if let Some(schema) = rule.property(name) {
                    inside(schema, value, name);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(schema) = rule.get("items") {
                    inside(schema, item, &index.to_string());
                }
            }
        }
        _ => {}
    }
}
