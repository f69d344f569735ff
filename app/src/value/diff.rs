//! Tells what changed between two values of one schema, in the terms of the schema.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::list::{self, Pairing, Step};
use crate::problem::segment;
use crate::schema::{Rule, fields, is_set};

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Where it stands: in the value after, or in the value before if it was removed.
    pub pointer: String,
    /// The same way for a reader: items of lists by their identity, not by their number.
    pub path: Vec<Step>,
    /// What was there. Of a moved list, the names of its items in their order.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub before: Option<Value>,
    /// What is there now.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub after: Option<Value>,
    /// What happened to it.
    pub kind: Change,
}

/// What happened to a place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// It holds another value.
    Changed,
    /// The items that stayed stand in another order.
    Moved,
}

/// Reads `null` as a value that is there; serde alone would take it for nothing.
pub(super) fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

/// The changes that make `after` of `before`, in the order of the schema.
///
/// Items with an identity and entries of maps are paired by it, and a new order of those that stayed is told
/// once. A plain list is a set, unless its order counts: then it is one value, as is a list of objects without
/// identity. Of a secret only the fact is told.
pub fn diff(schema: &Value, before: &Value, after: &Value) -> Vec<Difference> {
    let mut walk = Walk { found: Vec::new(), pointer: String::new(), path: Vec::new() };
    walk.value(Some(schema), Some(before), Some(after));
    walk.found
}

struct Walk {
    found: Vec<Difference>,
    pointer: String,
    path: Vec<Step>,
}

impl Walk {
    fn value(&mut self, schema: Option<&Value>, before: Option<&Value>, after: Option<&Value>) {
        let rule = schema.zip(after.or(before)).map(|(schema, value)| Rule::for_value(schema, value));
        if rule.is_some_and(|rule| rule.flag("x-secret")) {
            return self.secret(before, after);
        }
        match (before, after) {
            (Some(before), Some(after)) if list::same(before, after) => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) => self.object(rule, before, after),
            (Some(Value::Array(before)), Some(Value::Array(after))) => self.list(rule, before, after),
            (before, after) => self.note(schema, before, after),
        }
    }

    fn object(&mut self, rule: Option<Rule<'_>>, before: &Map<String, Value>, after: &Map<String, Value>) {
        let known = rule.into_iter().flat_map(|rule| fields(rule.inner())).map(|(name, _)| name);
        let known: Vec<&str> = known.collect();
        let now = after.keys().map(String::as_str);
        let gone = before.keys().map(String::as_str).filter(|name| !after.contains_key(*name));
        let others = gone.chain(now).filter(|name| rule.is_none_or(|rule| rule.known(name).is_none()));
        for name in known.iter().copied().chain(others) {
            let schema = rule.and_then(|rule| rule.property(name));
            let sister = schema.and_then(|schema| Rule::of(schema).text("x-beside"));
            let (before, after) = match sister {
                Some(sister) => (
                    &without_sisters(name, sister, before, after),
                    &without_sisters(name, sister, after, before),
                ),
                None => (before, after),
            };
            self.inside(name, Step::Key(name.to_owned()), |walk| {
                walk.value(schema, before.get(name), after.get(name));
            });
        }
        if list::is_map(rule) {
            self.order(&list::names(before), &list::names(after), ToOwned::to_owned);
        }
    }

    fn list(&mut self, rule: Option<Rule<'_>>, before: &[Value], after: &[Value]) {
        let by = match list::pairing(rule, &[before, after]) {
            Pairing::Items(by) => by,
            Pairing::Set => Vec::new(),
            Pairing::Whole => {
                let schema = rule.map(Rule::inner);
                return self.note(schema, Some(&Value::from(before)), Some(&Value::from(after)));
            }
        };
        let schema = rule.and_then(|rule| rule.get("items"));
        let (old, new) = (list::keys(&by, before), list::keys(&by, after));
        let (was, is) = (list::places(&old), list::places(&new));
        for (key, index) in was.iter().filter(|(key, _)| !is.contains_key(*key)) {
            let item = &before[*index];
            self.inside(&index.to_string(), list::step(&by, key, item), |walk| {
                walk.value(schema, Some(item), None);
            });
        }
        for (key, index) in &is {
            let item = &after[*index];
            let before = was.get(key).map(|index| &before[*index]);
            self.inside(&index.to_string(), list::step(&by, key, item), |walk| {
                walk.value(schema, before, Some(item));
            });
        }
        if !by.is_empty() {
            self.order(&old, &new, |key| {
                is.get(key).map_or_else(String::new, |at| list::label(&by, &after[*at]))
            });
        }
    }

    fn order(&mut self, before: &[String], after: &[String], label: impl Fn(&str) -> String) {
        let (old, new) = (list::common(before, after), list::common(after, before));
        if old != new {
            let named =
                |keys: Vec<&str>| keys.into_iter().map(|key| Value::from(label(key))).collect::<Value>();
            self.push(Some(named(old)), Some(named(new)), Change::Moved);
        }
    }

    fn secret(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let was = before.is_some_and(is_set);
        // Export leaves secrets out, and what is left out is kept.
        let Some(after) = after.filter(|after| after.get("keep").is_none()) else { return };
        let handles = (before.and_then(|before| before.get("handle")), after.get("handle"));
        let other = after.get("value").is_some() || matches!(handles, (Some(old), Some(new)) if old != new);
        if is_set(after) != was {
            self.push(Some(told(was)), Some(told(is_set(after))), Change::Changed);
        } else if other {
            let new = Map::from_iter([("set".to_owned(), true.into()), ("new".to_owned(), true.into())]);
            self.push(Some(told(was)), Some(new.into()), Change::Changed);
        }
    }

    fn note(&mut self, schema: Option<&Value>, before: Option<&Value>, after: Option<&Value>) {
        let kind = match (before, after) {
            (None, None) => return,
            (None, Some(_)) => Change::Added,
            (Some(_), None) => Change::Removed,
            (Some(_), Some(_)) => Change::Changed,
        };
        let shown = |value: &Value| masked(schema, value);
        self.push(before.map(shown), after.map(shown), kind);
    }

    fn push(&mut self, before: Option<Value>, after: Option<Value>, kind: Change) {
        let (pointer, path) = (self.pointer.clone(), self.path.clone());
        self.found.push(Difference { pointer, path, before, after, kind });
    }

    fn inside(&mut self, name: &str, step: Step, look: impl FnOnce(&mut Self)) {
        let outside = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&segment(name));
        self.path.push(step);
        look(self);
        self.path.pop();
        self.pointer.truncate(outside);
    }
}

/// The map `name` of one side, without the entries whose sister in the map `sister` differs between the sides: a change
/// of what stands beside a text goes without saying when the text itself has changed.
fn without_sisters(
    name: &str,
    sister: &str,
    side: &Map<String, Value>,
    other: &Map<String, Value>,
) -> Map<String, Value> {
    let text = |side: &Map<String, Value>, key: &str| side.get(sister).and_then(|map| map.get(key)).cloned();
    let mut map = side.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    map.retain(|key, _| text(side, key) == text(other, key));
    Map::from_iter([(name.to_owned(), Value::Object(map))])
}

fn told(set: bool) -> Value {
    Value::Object(Map::from_iter([("set".to_owned(), Value::Bool(set))]))
}

/// The value with every secret inside reduced to whether it is set.
fn masked(schema: Option<&Value>, value: &Value) -> Value {
    let Some(rule) = schema.map(|schema| Rule::for_value(schema, value)) else { return value.clone() };
    match value {
        secret if rule.flag("x-secret") => told(is_set(secret)),
        Value::Object(map) => {
            map.iter().map(|(name, value)| (name.clone(), masked(rule.property(name), value))).collect()
        }
        Value::Array(items) => items.iter().map(|item| masked(rule.get("items"), item)).collect(),
        plain => plain.clone(),
    }
}
