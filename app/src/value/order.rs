//! Keeps the order in which another program has written the properties of its JSON.

use serde_json::Value;

use super::list;
use super::merge::weave;

/// Puts the properties of every object in the order that `model` has them, item by item in lists. What `model` lacks comes
/// behind the property that it follows; lists keep the order of their items.
///
/// ```
/// use serde_json::json;
/// let mut rule = json!({ "title": "", "extension": "pdf", "allow": true, "note": 1 });
/// app::value::order_like(&mut rule, &json!({ "note": 1, "allow": true, "title": "" }));
/// assert_eq!(rule.to_string(), r#"{"note":1,"allow":true,"title":"","extension":"pdf"}"#);
/// ```
pub fn order_like(value: &mut Value, model: &Value) {
    match (value, model) {
        (Value::Object(map), Value::Object(model)) => {
            let known: Vec<String> = model.keys().filter(|name| map.contains_key(*name)).cloned().collect();
            let names = weave(&known, &list::names(map));
            let mut parts = std::mem::take(map);
            for name in names {
                let Some(mut part) = parts.get_mut(&name).map(Value::take) else { continue };
                if let Some(model) = model.get(&name) {
                    order_like(&mut part, model);
                }
                map.insert(name, part);
            }
        }
        (Value::Array(items), Value::Array(models)) => {
            for (item, model) in items.iter_mut().zip(models) {
                order_like(item, model);
            }
        }
        _ => {}
    }
}
