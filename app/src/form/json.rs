//! A value of a kind that no widget draws: edited as JSON.

use leptos::html;
use leptos::prelude::*;

use super::Field;
use crate::markup::Node;
use crate::ui::textarea::{Textarea, textarea};
use crate::value::{parse_json, pretty};

/// Draws it. A text that is not JSON yet is kept here and not written to the draft.
pub(super) fn widget(field: &Field) -> Node {
    let value = field.value();
    let typed = RwSignal::new(None::<String>);
    let text = move || typed.get().unwrap_or_else(|| value.with(pretty));
    let writing = field.clone();
    let input = Callback::new(move |text: String| {
        match parse_json(&text) {
            Ok(value) => writing.set(value),
            Err(syntax) => leptos::logging::debug_warn!("{}", syntax.message),
        }
        typed.set(Some(text));
    });
    let invalid = field.invalid();
    let unread = move || typed.with(|text| text.as_deref().is_some_and(|text| parse_json(text).is_err()));
    textarea(Textarea {
        id: field.id(),
        class: "textarea textarea--code",
        name: None,
        language: None,
        rows: 3,
        value: Signal::derive(text),
        editable: field.editable(),
        described: field.described(),
        invalid: Signal::derive(move || invalid.get() || unread()),
        input,
        left: field.left(),
        place: NodeRef::<html::Textarea>::new(),
    })
}
