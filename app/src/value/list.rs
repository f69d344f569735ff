//! Pairs the items of two lists, and names them for people.

use std::fmt::Write;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::schema::{Rest, Rule};

/// One step of the way to a place; unlike a segment of a pointer it survives when a list changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// A property of an object, or an entry of a map.
    Key(String),
    /// An item of a list.
    Item {
        /// The properties that identify the item; empty when the item is its own identity.
        by: Vec<String>,
        /// What tells the item from the others of its list.
        key: String,
        /// What a person calls the item.
        label: String,
    },
}

/// How the items of two lists are matched.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pairing {
    /// By these properties.
    Items(Vec<String>),
    /// Each plain value by itself; order means nothing.
    Set,
    /// Not at all: the list is one value.
    Whole,
}

/// How lists of this schema are matched. Objects without identity, and values no schema knows, are not.
pub(super) fn pairing(rule: Option<Rule<'_>>, lists: &[&[Value]]) -> Pairing {
    let Some(rule) = rule else { return Pairing::Whole };
    let identity = rule.identity();
    let structured = |item: &Value| item.is_object() || item.is_array();
    if rule.flag("x-ordered") {
        Pairing::Whole
    } else if !identity.is_empty() {
        Pairing::Items(identity.into_iter().map(ToOwned::to_owned).collect())
    } else if rule.get("items").is_none() || lists.iter().any(|list| list.iter().any(structured)) {
        Pairing::Whole
    } else {
        Pairing::Set
    }
}

/// A text that two values share exactly when they are equal, whatever the order of their keys.
pub(crate) fn signature(value: &Value) -> String {
    let mut text = String::new();
    sign(value, &mut text);
    text
}

fn sign(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (name, value) in entries {
                // Debug quotes and escapes: the name can't run into what follows.
                write!(text, "{name:?}:").expect("writing into a String does not fail");
                sign(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                sign(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => write!(text, "{plain}").expect("writing into a String does not fail"),
    }
}

/// The identity of an item, if it has one already: a new item's generated `id` is absent, `null`, 0 or empty.
///
/// Of an identity of several properties the first must be there; the others may be absent.
pub(crate) fn identity<N: AsRef<str>>(by: &[N], item: &Value) -> Option<String> {
    let first = item.get(by.first()?.as_ref())?;
    let unset = match first {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => by[0].as_ref() == "id" && number.as_f64() == Some(0.0),
        _ => false,
    };
    if unset {
        return None;
    }
    let parts: Vec<String> = by
        .iter()
        // An absent switch is the same as one that is off: a `phone` field of either form is one field.
        .map(|name| {
            item.get(name.as_ref()).filter(|value| !matches!(value, Value::Null | Value::Bool(false)))
        })
        .map(|value| value.map_or_else(String::new, signature))
        .collect();
    Some(parts.join(" "))
}

/// The keys of a list's items, each different from the others.
///
/// An item without identity is known by its content, a repeated one by its number among its like.
pub(super) fn keys(by: &[String], list: &[Value]) -> Vec<String> {
    let mut met: IndexMap<String, usize> = IndexMap::with_capacity(list.len());
    list.iter()
        .map(|item| {
            let key = identity(by, item).unwrap_or_else(|| format!("={}", signature(item)));
            let times = met.entry(key.clone()).or_insert(0);
            *times += 1;
            if *times == 1 { key } else { format!("{key}#{times}") }
        })
        .collect()
}

/// The step to an item.
pub(super) fn step(by: &[String], key: &str, item: &Value) -> Step {
    Step::Item { by: by.to_vec(), key: key.to_owned(), label: label(by, item) }
}

/// What a person calls an item: what identifies it, or its name when that is a generated `id`.
pub(super) fn label(by: &[String], item: &Value) -> String {
    match by {
        [] => plain(item),
        [id] if id == "id" => ["name", "title", "label", "key", "alias", "value"]
            .iter()
            .filter_map(|name| item.get(*name))
            .map(plain)
            .find(|name| !name.is_empty())
            .or_else(|| item.get(id).map(plain))
            .unwrap_or_default(),
        names => {
            let parts: Vec<String> = names
                .iter()
                .filter_map(|name| match item.get(name)? {
                    Value::Bool(true) => Some(name.clone()),
                    Value::Bool(false) => None,
                    value => Some(plain(value)),
                })
                .collect();
            parts.join(", ")
        }
    }
}

/// A value as a word: text as it is, words in their first language.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(map) => map
            .values()
            .filter_map(Value::as_str)
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned(),
        other => super::compact(other),
    }
}

/// Equal, the order of keys included: in a map it is a person's choice.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((x, a), (y, b))| x == y && same(a, b))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => a == b,
    }
}

/// The place of each key.
pub(super) fn places(keys: &[String]) -> IndexMap<&str, usize> {
    keys.iter().enumerate().map(|(index, key)| (key.as_str(), index)).collect()
}

/// The keys of `list` that also stand in `other`, in the order of `list`.
pub(super) fn common<'k>(list: &'k [String], other: &[String]) -> Vec<&'k str> {
    let other = places(other);
    list.iter().map(String::as_str).filter(|key| other.contains_key(key)).collect()
}

/// Do the keys that both lists have stand in another order?
pub(super) fn reordered(before: &[String], after: &[String]) -> bool {
    common(before, after) != common(after, before)
}

/// The keys of an object, in order.
pub(super) fn names(map: &Map<String, Value>) -> Vec<String> {
    map.keys().cloned().collect()
}

/// Does a person name the keys of this object, so that their order is a person's choice too?
pub(super) fn is_map(rule: Option<Rule<'_>>) -> bool {
    rule.is_none_or(|rule| {
        !rule.flag("x-words") && rule.get("properties").is_none() && !matches!(rule.rest(), Rest::Closed)
    })
}
