//! A number, typed; what is no number stays in the draft as it was typed, and is complained about.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use crate::markup::{Node, view};
use crate::value::decimal;

/// Reads what was typed: empty is nothing, a comma is a point.
fn read(text: &str, whole: bool) -> Value {
    let text = text.trim();
    if text.is_empty() {
        return Value::Null;
    }
    if let Ok(n) = text.parse::<i64>() {
        return n.into();
    }
    match decimal(&text.replace(',', ".")) {
        Some(number) if !whole => number.into(),
        _ => text.into(),
    }
}

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let whole = field.text_note("type") != Some("number");
    let (value, editable, described, invalid) =
        (field.text(), field.editable(), field.described(), field.invalid());
    let (writing, left) = (field.clone(), field.left());
    view! {
        <input class="input input--number" id=field.id() inputmode=if whole { "numeric" } else { "decimal" }
            autocomplete="off" value=value.get_untracked() prop:value=move || value.get()
            disabled=true prop:disabled=move || !editable.get()
            aria-required=field.required().then_some("true")
            aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
            on:input=move |ev| writing.set(read(&event_target_value(&ev), whole)) on:blur=move |_| left.run(())/>
    }
}
