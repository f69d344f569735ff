//! On or off.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use crate::markup::{Node, view};
use crate::words::{key, t};

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let value = field.value();
    let on = move || value.with(|value| *value == Value::Bool(true));
    let (editable, described, invalid) = (field.editable(), field.described(), field.invalid());
    let writing = field.clone();
    view! {
        <label class="switch">
            <input class="switch__input" type="checkbox" role="switch" id=field.id()
                checked=value.with_untracked(|value| *value == Value::Bool(true)) prop:checked=on
                disabled=true prop:disabled=move || !editable.get()
                aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                aria-label=field.label()
                on:change=move |ev| writing.set(event_target_checked(&ev))/>
            <span class="switch__word" aria-hidden="true">{move || if on() { t(key::ON) } else { t(key::OFF) }}</span>
        </label>
    }
}
