//! A span of time, stored in the unit that the schema names.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use crate::markup::Node;
use crate::ui::duration::{Duration, duration, seconds_in};

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let value = field.value();
    let writing = field.clone();
    let input = Callback::new(move |typed: Result<u64, String>| {
        writing.set(match typed {
            Ok(amount) => amount.into(),
            Err(text) if text.trim().is_empty() => Value::Null,
            Err(text) => text.into(),
        });
    });
    duration(Duration {
        id: field.id(),
        base: seconds_in(field.text_note("x-unit").unwrap_or_default()),
        amount: Signal::derive(move || value.with(Value::as_u64)),
        odd: field.text(),
        input,
        left: field.left(),
        editable: field.editable(),
        described: field.described(),
        invalid: field.invalid(),
    })
}
