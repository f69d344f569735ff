//! A list of objects: exceptions for channels, texts for channels.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::shown::words_of;
use super::{Field, draw};
use crate::markup::{IntoNode, Node};
use crate::schema;
use crate::ui::items::{Item, Items, items};
use crate::ui::reorder::shift;
use crate::words::{key, t, tf};

/// The items of a value.
fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Draws it: each item is known by its identity, and holds the fields of its object.
pub(super) fn widget(field: &Field) -> Node {
    let form = field.form;
    widget_of(
        field,
        Callback::new(move |(at, each): (String, Arc<Value>)| draw::inner(form, &at, &each, &[]).into_node()),
    )
}

/// The same with bodies that somebody else draws: of the item at a pointer, by its schema.
pub(crate) fn widget_of(field: &Field, body: Callback<(String, Arc<Value>), Node>) -> Node {
    let each = Arc::new(schema::note(&field.schema, "items").cloned().unwrap_or_default());
    let identity: Vec<String> = match field.note("x-identity") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let value = field.value();
    let count = Memo::new(move |_| value.with(|value| value.as_array().map_or(0, Vec::len)));
    let named = {
        let each = Arc::clone(&each);
        move |item: &Value| {
            let words = |name: &String| {
                let part = schema::at(&each, &format!("/{name}"), item)?;
                let word = words_of(part, item.get(name)?, &[]);
                (!word.is_empty()).then_some(word)
            };
            let parts: Vec<String> = identity.iter().filter_map(words).collect();
            parts.join(", ")
        }
    };
    let item = {
        let (each, pointer) = (Arc::clone(&each), Arc::clone(&field.pointer));
        Callback::new(move |n: usize| {
            let named = named.clone();
            let name = Memo::new(move |_| {
                let name = value.with(|value| value.get(n).map(&named).unwrap_or_default());
                if name.is_empty() { tf(key::ITEM_NUMBER, &[("n", &(n + 1).to_string())]) } else { name }
            });
            let (each, at) = (Arc::clone(&each), format!("{pointer}/{n}"));
            Item {
                name: name.into(),
                note: Signal::derive(String::new),
                body: Callback::new(move |()| body.run((at.clone(), Arc::clone(&each)))),
                head: None,
            }
        })
    };
    let change = {
        let field = field.clone();
        move |act: &dyn Fn(&mut Vec<Value>)| {
            let mut now = value.with_untracked(list);
            act(&mut now);
            field.set(now);
        }
    };
    let moved = {
        let change = change.clone();
        Callback::new(move |(from, to): (usize, usize)| change(&|now| shift(now, from, to)))
    };
    let remove = {
        let change = change.clone();
        Callback::new(move |n: usize| change(&|now| drop(now.remove(n))))
    };
    let add = Callback::new(move |()| {
        let mut fresh = Value::Null;
        schema::fill_defaults(&each, &mut fresh);
        change(&|now| {
            let mut fresh = fresh.clone();
            choose_free(&each, now, &mut fresh);
            now.push(fresh);
        });
    });
    items(Items {
        id: field.id(),
        count: count.into(),
        item,
        shift: Some(moved),
        remove,
        add,
        add_word: t(key::ADD_ITEM).to_owned(),
        plain: false,
        editable: field.editable(),
    })
}

/// A new item whose identity is a choice takes the first option that no other item has.
fn choose_free(each: &Value, others: &[Value], fresh: &mut Value) {
    for (name, property) in schema::fields(each) {
        let choices = schema::choices(property);
        let taken = |code: &Value| others.iter().any(|other| other.get(name) == Some(code));
        if fresh.get(name).is_some_and(taken)
            && let Some((free, _)) = choices.into_iter().find(|(code, _)| !taken(code))
        {
            fresh[name] = free.clone();
            return;
        }
    }
}
