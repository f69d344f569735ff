//! Definitions of additional fields, as `user-fields`, `client-fields` and the library of ticket fields hold them.
//!
//! A definition is kept as the operator panel's JSON has it: the order of the fields and of their properties, properties that
//! are absent, and ones that nobody here knows. So it is a map that is read through methods, not a struct.

pub mod day;
pub mod decimal;
mod definition;
pub mod pattern;
mod rules;
mod steps;
#[cfg(test)]
mod tests;
mod value;

pub use definition::{Definition, FieldType, is_on};
pub use rules::{check, is_reserved, property_types};
pub use steps::{check_change, effects};
pub use value::{accept, sample};

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The most fields that one document defines.
const FIELDS: u32 = 500;
/// The most headers that a source is asked with.
pub const HEADERS: usize = 20;
/// The most characters of a pattern.
pub(crate) const PATTERN: usize = 500;

/// Fields by their alias; their order is the order in which people see them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub IndexMap<String, Definition>);

impl Fields {
    /// The definitions of a document's value, as far as they can be read.
    pub fn read(value: &Value) -> Self {
        let map = value.as_object().into_iter().flatten();
        Self(map.filter_map(|(alias, one)| Some((alias.clone(), Definition::read(one)?))).collect())
    }

    /// The definition of an alias.
    pub fn get(&self, alias: &str) -> Option<&Definition> {
        self.0.get(alias)
    }
}

impl JsonSchema for Fields {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Fields".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "maxProperties": FIELDS,
            "propertyNames": { "format": "alias" },
            "additionalProperties": definition(),
        })
    }
}

/// The schema of one definition. Which property belongs to which type is a rule: see [`property_types`].
fn definition() -> Value {
    let switch = || json!({ "type": ["string", "boolean"], "x-switch": true });
    let text = |max: u32| json!({ "type": "string", "maxLength": max });
    let scalar = || json!({ "type": ["string", "integer", "number", "boolean"] });
    json!({
        "type": "object",
        "x-kept": true,
        "x-shape": "field_definition",
        "required": ["type"],
        "properties": {
            "type": { "type": "string", "enum": FieldType::ALL.map(FieldType::code), "x-options": "field_types" },
            "label": { "type": "string", "maxLength": 120, "x-required": true },
            // A TEXT field starts with paragraphs; the other types refuse a line feed by their own rule.
            "default": { "type": ["string", "integer", "number", "boolean"], "x-multiline": true },
            "unique": switch(),
            "non_editable": switch(),
            "sortable": switch(),
            "required": switch(),
            "hint": text(300),
            "pinned": switch(),
            "group": text(60),
            "options": {
                "type": "array", "maxItems": 1000, "x-identity": "value",
                "items": {
                    "type": "object", "x-kept": true,
                    "properties": {
                        "value": { "type": "string", "maxLength": 120, "x-required": true },
                        "label": text(120),
                        "archived": switch(),
                    },
                },
            },
            "source": {
                "type": "object", "x-kept": true,
                "properties": {
                    "url": { "type": "string", "maxLength": 2000, "x-required": true },
                    "query_parameter": text(64),
                    "headers": {
                        "type": "object", "maxProperties": HEADERS, "propertyNames": { "format": "header" },
                        "x-sent-to": "url",
                        "additionalProperties": crate::field::secret(4000),
                    },
                    "list_path": text(200),
                    "value_path": text(200),
                    "label_path": text(200),
                    "cache_seconds": { "type": "integer", "minimum": 0, "maximum": 86_400, "x-unit": "s" },
                    "timeout": { "type": "integer", "minimum": 1, "maximum": 30, "x-unit": "s" },
                },
            },
            "extensions": { "type": "array", "uniqueItems": true, "maxItems": 100, "items": text(16) },
            "max_mb": { "type": "integer", "minimum": 1, "maximum": 2048 },
            "min": scalar(),
            "max": scalar(),
            "decimals": { "type": "integer", "minimum": 0, "maximum": 10 },
            "pattern": { "type": "string", "maxLength": PATTERN, "x-code": true },
            "min_length": { "type": "integer", "minimum": 0, "maximum": 65_536 },
            "max_length": { "type": "integer", "minimum": 1, "maximum": 65_536 },
        },
    })
}
