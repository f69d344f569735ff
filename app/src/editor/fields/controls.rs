//! Controls for properties that are absent when they say nothing: an emptied text goes, and so does a switch that is off.

use leptos::html;
use leptos::prelude::*;
use serde_json::Value;

use crate::form::{Field, Shape};
use crate::markup::{Node, view};
use crate::sections::fields::is_on;
use crate::ui::textarea::{Textarea, textarea};
use crate::words::{key, t};

/// What a typed text is in JSON; none takes the property out.
pub(in crate::editor) type Read = fn(&str) -> Option<Value>;

/// Text as it is typed.
pub(in crate::editor) fn plain(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.into())
}

/// A whole number; what is none stays as it was typed, and is complained about.
pub(super) fn whole(text: &str) -> Option<Value> {
    let text = text.trim();
    match text.parse::<i64>() {
        Ok(number) => Some(number.into()),
        Err(_) => plain(text),
    }
}

/// Words parted by commas or spaces.
pub(super) fn words(text: &str) -> Option<Value> {
    let words: Vec<Value> = text
        .split([',', ' ', ';'])
        .map(|word| word.trim().trim_start_matches('.'))
        .filter(|word| !word.is_empty())
        .map(|word| word.to_ascii_lowercase().into())
        .collect();
    (!words.is_empty()).then_some(Value::Array(words))
}

/// Writes a property, or takes it out.
pub(super) fn write(field: &Field, value: Option<Value>) {
    match value {
        Some(value) => field.set(value),
        None => field.form.take(&field.pointer),
    }
}

/// How a value stands in its box.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            words.join(", ")
        }
        other => other.to_string(),
    }
}

/// A box for one line.
pub(super) fn input(field: &Field, class: &'static str, mode: &'static str, read: Read) -> Node {
    let value = field.value();
    let (editable, described, invalid, left) =
        (field.editable(), field.described(), field.invalid(), field.left());
    let writing = field.clone();
    // What is typed stays as it is typed while its meaning is the same: "pdf, " is on its way to "pdf, jpg".
    let typed = RwSignal::new(None::<String>);
    let text = move || {
        let now = value.get();
        match typed.get() {
            Some(text) if read(&text).unwrap_or_default() == now => text,
            _ => shown(&now),
        }
    };
    let input = move |ev| {
        let text = event_target_value(&ev);
        write(&writing, read(&text));
        typed.set(Some(text));
    };
    view! {
        <input class=class id=field.id() inputmode=mode autocomplete="off" spellcheck=(class != "input").then_some("false")
            value=value.with_untracked(shown) prop:value=text disabled=true prop:disabled=move || !editable.get()
            aria-required=field.required().then_some("true")
            aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
            on:input=input on:blur=move |_| left.run(())/>
    }
}

/// One line in its row.
pub(in crate::editor) fn line(field: &Field, read: Read) -> Node {
    field.row(Shape::ONE, input(field, "input", "text", read))
}

/// A short line in its row: a number, a day.
pub(super) fn short(field: &Field, read: Read) -> Node {
    field.row(Shape::ONE, input(field, "input input--short", "text", read))
}

/// Code in its row: a pattern, an address, a path.
pub(super) fn code(field: &Field, read: Read) -> Node {
    field.row(Shape::ONE, input(field, "input input--code", "text", read))
}

/// Paragraphs in their row.
pub(super) fn paragraphs(field: &Field) -> Node {
    let value = field.value();
    let writing = field.clone();
    let area = textarea(Textarea {
        id: field.id(),
        class: "textarea",
        name: None,
        language: None,
        rows: 2,
        value: Signal::derive(move || value.with(shown)),
        editable: field.editable(),
        described: field.described(),
        invalid: field.invalid(),
        input: Callback::new(move |text: String| write(&writing, plain(&text))),
        left: field.left(),
        place: NodeRef::<html::Textarea>::new(),
    });
    field.row(Shape::ONE, area)
}

/// A switch that is absent while it is off; one of the panel's JSON is the text `true` while it is on.
pub(in crate::editor) fn switch(field: &Field) -> Node {
    let value = field.value();
    let (editable, described) = (field.editable(), field.described());
    let writing = field.clone();
    let on: Value = if field.flag("x-switch") { "true".into() } else { true.into() };
    let control = view! {
        <label class="switch">
            <input class="switch__input" type="checkbox" role="switch" id=field.id()
                checked=value.with_untracked(|value| is_on(Some(value)))
                prop:checked=move || value.with(|value| is_on(Some(value)))
                disabled=true prop:disabled=move || !editable.get() aria-describedby=move || described.get()
                aria-label=field.label()
                on:change=move |ev| write(&writing, event_target_checked(&ev).then(|| on.clone()))/>
            <span class="switch__word" aria-hidden="true">
                {move || t(if value.with(|value| is_on(Some(value))) { key::ON } else { key::OFF })}
            </span>
        </label>
    };
    field.row(Shape::ONE, control)
}

/// One of a few, in its row; `change` is told the code.
pub(super) fn select(
    field: &Field,
    options: Vec<(String, String)>,
    empty: Option<&'static str>,
    change: Callback<String>,
) -> Node {
    let text = field.text();
    let (editable, described, invalid) = (field.editable(), field.described(), field.invalid());
    let rows: Vec<_> = options
        .into_iter()
        .map(|(code, word)| {
            let own = code.clone();
            let first = text.with_untracked(|text| *text == code);
            view! { <option value=code selected=first prop:selected=move || text.with(|text| *text == own)>{word}</option> }
        })
        .collect();
    let none = empty.map(|word| {
        view! { <option value="" selected=text.with_untracked(String::is_empty) prop:selected=move || text.with(String::is_empty)>{word}</option> }
    });
    let control = view! {
        <select class="select" id=field.id() disabled=true prop:disabled=move || !editable.get()
            aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
            on:change=move |ev| change.run(event_target_value(&ev))>{none}{rows}</select>
    };
    field.row(Shape::ONE, control)
}
