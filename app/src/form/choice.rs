//! One of a few constants: radio buttons up to four, a list above; pictures show themselves.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use crate::markup::{Node, view};
use crate::schema;
use crate::ui::icon;
use crate::words::{key, t};

/// As many options are shown at once.
const RADIOS: usize = 4;

/// The options of a schema: code and word.
pub fn options(schema: &Value) -> Vec<(String, String)> {
    let labels = schema::note(schema, "x-labels");
    let word = |code: &str| {
        let known = labels.and_then(|labels| labels.get(code)).and_then(Value::as_str);
        known.unwrap_or(code).to_owned()
    };
    schema::choices(schema)
        .into_iter()
        .filter_map(|(code, _)| code.as_str())
        .map(|code| (code.to_owned(), word(code)))
        .collect()
}

/// Do the options stand beside each other? Pictures do, however many: they are chosen by their looks.
pub(super) fn is_open(field: &Field) -> bool {
    &*field.name == "icon" || schema::choices(&field.schema).len() <= RADIOS
}

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let options = options(&field.schema);
    if is_open(field) { radios(field, options) } else { list(field, options) }
}

fn radios(field: &Field, options: Vec<(String, String)>) -> Node {
    let pictures = &*field.name == "icon";
    let value = field.text();
    let editable = field.editable();
    let group = field.id();
    let dots: Vec<_> = options
        .into_iter()
        .map(|(code, word)| {
            let chosen = {
                let code = code.clone();
                move || value.with(|value| *value == code)
            };
            let first = value.with_untracked(|value| *value == code);
            let picture = pictures.then(|| icon(&code));
            let writing = field.clone();
            view! {
                <label class="radio">
                    <input class="radio__dot" type="radio" name=group.clone() value=code.clone()
                        checked=first prop:checked=chosen disabled=true prop:disabled=move || !editable.get()
                        on:change=move |_| writing.set(code.clone())/>
                    {picture}
                    <span class="radio__word">{word}</span>
                </label>
            }
        })
        .collect();
    view! { <div class="choices choices--row" id=field.id()>{dots}</div> }
}

fn list(field: &Field, options: Vec<(String, String)>) -> Node {
    let value = field.text();
    let (editable, described, invalid) = (field.editable(), field.described(), field.invalid());
    let nullable = schema::nullable(&field.schema);
    let unset = move || value.with(String::is_empty);
    let rows: Vec<_> = options
        .into_iter()
        .map(|(code, word)| {
            let chosen = {
                let code = code.clone();
                move || value.with(|value| *value == code)
            };
            let first = value.with_untracked(|value| *value == code);
            view! { <option value=code selected=first prop:selected=chosen>{word}</option> }
        })
        .collect();
    let empty = (nullable || value.with_untracked(String::is_empty)).then(|| {
        view! { <option value="" selected=value.with_untracked(String::is_empty) prop:selected=unset>{t(key::NOT_CHOSEN)}</option> }
    });
    let writing = field.clone();
    let change = move |ev| {
        let code = event_target_value(&ev);
        if code.is_empty() && nullable { writing.set(Value::Null) } else { writing.set(code) }
    };
    view! {
        <select class="select" id=field.id() disabled=true prop:disabled=move || !editable.get()
            aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
            on:change=change>{empty}{rows}</select>
    }
}
