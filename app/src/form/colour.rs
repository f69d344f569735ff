//! A colour of the schema's kind.

use leptos::prelude::*;

use super::Field;
use crate::markup::Node;
use crate::ui::colour::{Colour, colour};

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let writing = field.clone();
    colour(Colour {
        id: field.id(),
        value: field.text(),
        input: Callback::new(move |text: String| writing.set(text.trim().to_ascii_lowercase())),
        left: field.left(),
        editable: field.editable(),
        described: field.described(),
        invalid: field.invalid(),
    })
}
