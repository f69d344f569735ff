//! A list of plain values, one to a line: origins, hosts, languages.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use super::words::language_name;
use crate::markup::{IntoNode, Node, view};
use crate::schema::{self, Kind};
use crate::ui::items::{Item, Items, items};
use crate::ui::reorder::shift;
use crate::words::{key, t, tf};

/// The values as texts.
fn texts(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Draws it. Only a list whose order counts can be reordered.
pub(super) fn widget(field: &Field) -> Node {
    let form = field.form;
    let languages =
        schema::kind(&field.schema) == Kind::Languages || field.text_note("x-widget") == Some("languages");
    let value = field.value();
    let count = Memo::new(move |_| value.with(|value| value.as_array().map_or(0, Vec::len)));
    let each = Arc::new(schema::note(&field.schema, "items").cloned().unwrap_or_default());
    let label = field.label();
    let item = {
        let field = field.clone();
        Callback::new(move |n: usize| {
            let at = format!("{}/{n}", field.pointer);
            let one = Field::new(form, &at, "", &each);
            let name = one.text();
            let label = tf(key::ITEM_OF, &[("name", &label), ("n", &(n + 1).to_string())]);
            let head = Callback::new(move |()| input(&one, label.clone(), languages));
            Item {
                name,
                note: Signal::derive(String::new),
                body: Callback::new(|()| ().into_node()),
                head: Some(head),
            }
        })
    };
    let change = {
        let field = field.clone();
        move |act: &dyn Fn(&mut Vec<Value>)| {
            let mut now = value.with_untracked(texts);
            act(&mut now);
            field.set(now);
        }
    };
    let ordered = languages || field.flag("x-ordered");
    let moved = ordered.then(|| {
        let change = change.clone();
        Callback::new(move |(from, to): (usize, usize)| change(&|now| shift(now, from, to)))
    });
    let remove = {
        let change = change.clone();
        Callback::new(move |n: usize| change(&|now| drop(now.remove(n))))
    };
    items(Items {
        id: field.id(),
        count: count.into(),
        item,
        shift: moved,
        remove,
        add: Callback::new(move |()| change(&|now| now.push("".into()))),
        add_word: t(key::ADD_ITEM).to_owned(),
        plain: true,
        editable: field.editable(),
    })
}

/// One value.
fn input(field: &Field, label: String, language: bool) -> Node {
    let value = field.text();
    let (editable, described, invalid) = (field.editable(), field.described(), field.invalid());
    let (typed, left) = (field.typed(), field.left());
    let said = field.said(true);
    let problem_id = field.id();
    let name = move || value.with(|tag| language_name(tag));
    view! {
        <input class="input input--code" class:input--short=language id=field.id() aria-label=label autocomplete="off"
            spellcheck="false" value=value.get_untracked() prop:value=move || value.get()
            disabled=true prop:disabled=move || !editable.get()
            aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
            on:input=move |ev| typed.run(event_target_value(&ev)) on:blur=move |_| left.run(())/>
        {language.then(|| view! { <span class="items__note">{name}</span> })}
        {move || crate::ui::field::sentences(&format!("{problem_id}-problem"), &said.get())}
    }
}
