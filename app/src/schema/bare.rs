//! A document whose value may also be given as the bare list that it holds: `"x-bare" = "rows"` on its root.

use serde_json::{Map, Value};

/// The property that a bare list stands for; none of a section that takes no list.
pub fn bare(schema: &Value) -> Option<&str> {
    schema.get("x-bare").and_then(Value::as_str)
}

/// The document that a bare list stands for; any other value as it is.
///
/// ```
/// use serde_json::json;
/// let schema = json!({ "type": "object", "x-bare": "rows" });
/// assert_eq!(app::schema::whole(&schema, json!([1])), json!({ "rows": [1] }));
/// assert_eq!(app::schema::whole(&schema, json!({ "rows": [] })), json!({ "rows": [] }));
/// ```
pub fn whole(schema: &Value, value: Value) -> Value {
    match bare(schema).filter(|_| value.is_array()) {
        Some(name) => Value::Object(Map::from_iter([(name.to_owned(), value)])),
        None => value,
    }
}
