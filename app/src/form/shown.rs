//! A value as a person reads it, by its schema: in cells of lists, comparisons and merges.

use serde_json::Value;

use super::choice;
use super::reference::name_of;
use crate::backend::Found;
use crate::markup::{IntoNode, Node, view};
use crate::schema::{self, Kind};
use crate::ui::combobox::swatch;
use crate::ui::duration::{seconds_in, spoken};
use crate::ui::{Dot, icon, status};
use crate::words::{Language, key, language, t};

/// A text longer than this is cut where there is little room.
const SHORT: usize = 80;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A cell of a list.
    Cell,
    /// A comparison, where every character counts.
    Full,
}

/// Draws a value.
pub fn shown(schema: &Value, name: &str, value: &Value, labels: &[Found], room: Room) -> Node {
    match (schema::kind(schema), value) {
        (_, Value::Null) => nothing(),
        (Kind::Switch, Value::Bool(on)) if name == "active" => {
            let (dot, word) = if *on { (Dot::Ok, t(key::ACTIVE)) } else { (Dot::Off, t(key::INACTIVE)) };
            status(dot, word).into_node()
        }
        (Kind::Colour, Value::String(colour)) => {
            view! { {swatch(colour.clone())} " " <span class="table__code">{colour.clone()}</span> }
        }
        (Kind::Choice, Value::String(code)) if name == "icon" => {
            let word = words_of(schema, value, labels);
            view! { <span class="pictured">{icon(code)} " " {word}</span> }
        }
        _ => {
            let text = words_of(schema, value, labels);
            if text.is_empty() {
                return nothing();
            }
            match room {
                Room::Cell => cut(&text).into_node(),
                Room::Full => text.into_node(),
            }
        }
    }
}

fn nothing() -> Node {
    view! { <span aria-hidden="true">"—"</span> }
}

/// The first line of a text, shortened.
fn cut(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if line.chars().count() <= SHORT && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(SHORT).collect();
    short.push('…');
    short
}

/// A value in words.
pub fn words_of(schema: &Value, value: &Value, labels: &[Found]) -> String {
    match (schema::kind(schema), value) {
        (_, Value::Null) => String::new(),
        (Kind::Map, Value::Object(marks)) if schema::note(schema, "x-beside").is_some() => {
            marks.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
        }
        (Kind::Secret, secret) => {
            let word = if secret.get("new").is_some() {
                key::SECRET_CHANGED
            } else if schema::is_set(secret) {
                key::SECRET_SET
            } else {
                key::SECRET_UNSET
            };
            t(word).to_owned()
        }
        (_, Value::Bool(on)) => t(if *on { key::YES } else { key::NO }).to_owned(),
        (Kind::Switch, Value::String(on)) => t(if on == "true" { key::YES } else { key::NO }).to_owned(),
        (Kind::Words, Value::Object(words)) => {
            let own = words.get(language().tag()).and_then(Value::as_str).filter(|text| !text.is_empty());
            own.or_else(|| words.values().filter_map(Value::as_str).find(|text| !text.is_empty()))
                .unwrap_or_default()
                .to_owned()
        }
        (Kind::Choice, Value::String(code)) => {
            let known = choice::options(schema).into_iter().find(|(known, _)| known == code);
            known.map_or_else(|| code.clone(), |(_, word)| word)
        }
        (Kind::Reference, Value::Number(id)) => {
            let section = schema::note(schema, "x-ref").and_then(Value::as_str).unwrap_or_default();
            name_of(labels, section, id.as_i64().unwrap_or_default())
        }
        (Kind::Duration, Value::Number(amount)) => {
            let unit = schema::note(schema, "x-unit").and_then(Value::as_str).unwrap_or_default();
            amount
                .as_u64()
                .map_or_else(|| crate::value::figures(amount), |amount| spoken(seconds_in(unit), amount))
        }
        (Kind::Date, Value::String(date)) => day(date),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => figures(&crate::value::figures(number)),
        (Kind::Attachments, Value::Array(files)) => {
            let names = files.iter().filter_map(|file| file.get("name")?.as_str());
            names.collect::<Vec<_>>().join(", ")
        }
        (_, Value::Array(items)) => {
            let each = schema::note(schema, "items").cloned().unwrap_or_default();
            let section = schema::note(schema, "x-ref").cloned();
            let each = match (each, section) {
                (Value::Object(mut each), Some(section)) => {
                    each.insert("x-ref".into(), section);
                    Value::Object(each)
                }
                (each, _) => each,
            };
            let words: Vec<String> = items.iter().map(|item| words_of(&each, item, labels)).collect();
            words.join(", ")
        }
        (_, Value::Object(map)) => {
            let parts: Vec<String> = map
                .iter()
                .filter_map(|(name, value)| {
                    let part = schema::at(schema, &format!("/{}", crate::problem::segment(name)), value);
                    let part = part.cloned().unwrap_or_default();
                    let word = words_of(&part, value, labels);
                    let label = schema::note(&part, "title").and_then(Value::as_str).unwrap_or(name);
                    (!word.is_empty()).then(|| format!("{label}: {word}"))
                })
                .collect();
            parts.join("; ")
        }
    }
}

/// `2026-03-12` → `12.03.2026`, as times are written everywhere in the console.
fn day(date: &str) -> String {
    let mut parts = date.split('-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => [day, ".", month, ".", year].concat(),
        _ => date.to_owned(),
    }
}

/// A decimal number with the reader's decimal sign.
fn figures(number: &str) -> String {
    if language() == Language::Uk { number.replace('.', ",") } else { number.to_owned() }
}
