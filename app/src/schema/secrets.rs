//! Secrets inside a value: found by the schema, each with what stands at its place and the address that it is sent to.

use serde_json::{Map, Value};

use super::rule::{Rest, Rule};
use super::{DEPTH, fields};
use crate::problem::segment;

/// A secret of a value.
pub struct Secret<'v> {
    /// Where it stands.
    pub pointer: &'v str,
    /// Its schema.
    pub schema: &'v Value,
    /// What stands at the same place of the value before.
    pub before: Option<&'v Value>,
    /// The address that it is sent to, as the value says; empty where the schema names none.
    pub sent_to: &'v str,
    /// The same, as the value before says.
    pub was_sent_to: &'v str,
}

/// Is there a secret anywhere in values of this schema?
pub fn has_secrets(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => {
            map.get("x-secret") == Some(&Value::Bool(true)) || map.values().any(has_secrets)
        }
        Value::Array(items) => items.iter().any(has_secrets),
        _ => false,
    }
}

/// Shows `look` each secret of `value`, which it may replace. Items of lists are paired with those before by their identity.
///
/// A property marked `x-sent-to` names its sister that holds the address which the secrets below are sent to.
pub fn each_secret(
    schema: &Value,
    value: &mut Value,
    before: Option<&Value>,
    look: &mut dyn FnMut(&Secret<'_>, &mut Value),
) {
    if has_secrets(schema) {
        let mut walk = Walk { look, pointer: String::new(), level: 0 };
        walk.value(schema, value, before, ["", ""]);
    }
}

struct Walk<'w> {
    look: &'w mut dyn FnMut(&Secret<'_>, &mut Value),
    pointer: String,
    level: usize,
}

impl Walk<'_> {
    fn value(
        &mut self,
        schema: &Value,
        value: &mut Value,
        before: Option<&Value>,
        [sent_to, was_sent_to]: [&str; 2],
    ) {
        if self.level > DEPTH {
            return;
        }
        let rule = Rule::for_value(schema, value);
        if rule.flag("x-secret") {
            let secret =
                Secret { pointer: &self.pointer, schema: rule.inner(), before, sent_to, was_sent_to };
            return (self.look)(&secret, value);
        }
        match value {
            Value::Object(map) => {
                let before = before.and_then(Value::as_object);
                for (name, part) in fields(rule.inner()) {
                    let sister = Rule::of(part).text("x-sent-to");
                    let address = |map: &Map<String, Value>| Some(map.get(sister?)?.as_str()?.to_owned());
                    let now = address(map);
                    let was = before.and_then(address);
                    let sent = match sister {
                        Some(_) => [now.as_deref().unwrap_or_default(), was.as_deref().unwrap_or_default()],
                        None => [sent_to, was_sent_to],
                    };
                    if let Some(value) = map.get_mut(name) {
                        let before = before.and_then(|before| before.get(name));
                        self.inside(name, |walk| walk.value(part, value, before, sent));
                    }
                }
                if let Rest::Map(part) = rule.rest() {
                    for (name, value) in map.iter_mut().filter(|(name, _)| rule.known(name).is_none()) {
                        let before = before.and_then(|before| before.get(name));
                        self.inside(name, |walk| walk.value(part, value, before, [sent_to, was_sent_to]));
                    }
                }
            }
            Value::Array(items) => {
                let Some(part) = rule.get("items") else { return };
                let identity = rule.identity();
                let known = before.and_then(Value::as_array);
                for (n, value) in items.iter_mut().enumerate() {
                    let key = crate::value::identity(&identity, value).filter(|_| !identity.is_empty());
                    let is_it = |old: &&Value| crate::value::identity(&identity, old) == key;
                    let before = known.filter(|_| key.is_some()).and_then(|known| known.iter().find(is_it));
                    self.inside(&n.to_string(), |walk| {
                        walk.value(part, value, before, [sent_to, was_sent_to]);
                    });
                }
            }
            _ => {}
        }
    }

    fn inside(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        let outside = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&segment(name));
        self.level += 1;
        look(self);
        self.level -= 1;
        self.pointer.truncate(outside);
    }
}

/// Is there a secret, as its wire form tells?
pub fn is_set(secret: &Value) -> bool {
    secret.get("set") == Some(&Value::Bool(true))
        || secret.get("value").and_then(Value::as_str).is_some_and(|text| !text.is_empty())
        || secret.get("keep").is_some()
}

/// Shows `look` each secret of `value` whose text was typed, with what stands at the same place of `other`, and whether a
/// list is on the way there: items are not paired. What the browser needs of [`each_secret`], without what pairs.
fn each_typed(
    schema: &Value,
    value: &mut Value,
    other: Option<&Value>,
    listed: bool,
    look: &dyn Fn(&mut Value, Option<&Value>, bool),
) {
    let rule = Rule::for_value(schema, value);
    if rule.flag("x-secret") {
        if value.get("value").is_some() {
            look(value, other, listed);
        }
        return;
    }
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                if let Some(part) = rule.property(name) {
                    let other = other.and_then(|other| other.get(name));
                    each_typed(part, value, other, listed, look);
                }
            }
        }
        Value::Array(items) => {
            if let Some(part) = rule.get("items") {
                for item in items {
                    each_typed(part, item, None, true, look);
                }
            }
        }
        _ => {}
    }
}

fn one(order: &str, is: bool) -> Value {
    Value::Object(Map::from_iter([(order.to_owned(), is.into())]))
}

/// Takes the texts of secrets that were typed out of a value, over the value `before` that stands: what is kept at their
/// places stays.
pub fn forget_secrets(schema: &Value, value: &mut Value, before: &Value) {
    each_typed(schema, value, Some(before), false, &|secret, before, listed| {
        let kept = listed || before.is_some_and(is_set);
        *secret = one(if kept { "keep" } else { "set" }, kept);
    });
}

/// The texts of secrets that a save has sent are kept by now: `value` says so of each that is still the one in `sent`.
pub fn settle_secrets(schema: &Value, value: &mut Value, sent: &Value) {
    each_typed(schema, value, Some(sent), false, &|secret, sent, listed| {
        if listed || sent == Some(&*secret) {
            *secret = one("set", true);
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        let secret = json!({ "type": "object", "x-secret": true });
        let server = json!({
            "type": "object",
            "properties": { "name": { "type": "string" }, "url": { "type": "string" }, "word": secret.clone() },
        });
        json!({
            "type": "object",
            "properties": {
                "servers": { "type": "array", "x-identity": "name", "items": server },
                "headers": { "type": "object", "x-sent-to": "url", "additionalProperties": secret },
                "url": { "type": "string" },
            },
        })
    }

    #[test]
    fn each_is_met_with_what_stood_there_and_where_it_goes() {
        let before = json!({
            "servers": [{ "name": "a", "word": { "set": true, "handle": "1" } }],
            "headers": { "x/y": { "set": true, "handle": "2" } }, "url": "https://old",
        });
        let mut now = json!({
            "servers": [{ "name": "b", "word": { "value": "new" } }, { "name": "a", "word": { "keep": true } }],
            "headers": { "x/y": { "keep": true } }, "url": "https://new",
        });
        let mut met = Vec::new();
        each_secret(&schema(), &mut now, Some(&before), &mut |secret, _| {
            let handle = secret.before.and_then(|before| before.get("handle")?.as_str()).unwrap_or_default();
            met.push([secret.pointer, handle, secret.was_sent_to, secret.sent_to].join(" "));
        });
        assert_eq!(
            met,
            ["/servers/0/word   ", "/servers/1/word 1  ", "/headers/x~1y 2 https://old https://new"]
        );

        assert!(has_secrets(&schema()) && !has_secrets(&json!({ "type": "object", "x-secret": false })));
    }
    #[test]
    fn what_was_typed_is_kept_nowhere_else() {
        let before = json!({ "headers": { "a": { "set": true, "handle": "1" }, "b": { "set": false } } });
        let typed = json!({
            "headers": { "a": { "value": "x" }, "b": { "value": "y" }, "c": { "keep": true } },
            "servers": [{ "name": "n", "word": { "value": "z" } }],
        });
        let mut draft = typed.clone();
        forget_secrets(&schema(), &mut draft, &before);
        let wanted = json!({ "a": { "keep": true }, "b": { "set": false }, "c": { "keep": true } });
        assert_eq!(draft["headers"], wanted);
        assert_eq!(draft["servers"][0]["word"], json!({ "keep": true }));

        let mut later = typed.clone();
        later["headers"]["b"] = json!({ "value": "typed meanwhile" });
        settle_secrets(&schema(), &mut later, &typed);
        assert_eq!(later["headers"]["a"], json!({ "set": true }));
        assert_eq!(later["headers"]["b"], json!({ "value": "typed meanwhile" }));
    }
}
