//! Text of several lines. The only place that draws a `<textarea>`, because Leptos 0.8 writes its children unescaped.

use crate::markup::{Node, view};
use leptos::html;
use leptos::prelude::*;

/// What a textarea needs.
pub struct Textarea {
    /// Its `id`.
    pub id: String,
    /// Its classes.
    pub class: &'static str,
    /// What it is called, where no label says so.
    pub name: Option<String>,
    /// The language of the text.
    pub language: Option<String>,
    /// Lines at first; it grows with the text.
    pub rows: u32,
    /// The text.
    pub value: Signal<String>,
    /// May be edited now.
    pub editable: Signal<bool>,
    /// The ids of what describes it.
    pub described: Signal<Option<String>>,
    /// Something is wrong with it.
    pub invalid: Signal<bool>,
    /// The person typed.
    pub input: Callback<String>,
    /// The person left it.
    pub left: Callback<()>,
    /// Lets the caller find the caret.
    pub place: NodeRef<html::Textarea>,
}

/// How many lines a textarea shows at most before it scrolls.
const TALLEST: usize = 16;

/// Draws it. Without JavaScript, where no property can be set, the text stands beside the empty box.
pub fn textarea(of: Textarea) -> Node {
    let Textarea { id, class, name, language, rows, value, editable, described, invalid, input, left, place } =
        of;
    let lines = move || value.with(|text| text.lines().count() + 1).clamp(rows as usize, TALLEST).to_string();
    view! {
        <textarea class=class id=id lang=language aria-label=name rows=lines disabled=true
            prop:disabled=move || !editable.get() prop:value=move || value.get() node_ref=place
            aria-describedby=move || described.get()
            aria-invalid=move || invalid.get().then_some("true")
            on:input=move |ev| input.run(event_target_value(&ev)) on:blur=move |_| left.run(())></textarea>
        <noscript>{value.get_untracked()}</noscript>
    }
}
