//! The options of a list: value, label, order; one that was saved leaves for the archive, not for good.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::controls::{plain, select, write};
use super::sheet::Sheet;
use crate::form::{Field, Shape};
use crate::markup::{Node, view};
use crate::sections::fields::is_on;
use crate::ui::items::{Item, Items, items};
use crate::ui::reorder::shift;
use crate::ui::{Tone, badge, icon};
use crate::words::{key, t, tf};

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn text<'v>(option: &'v Value, name: &str) -> &'v str {
    option.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Draws them.
pub(super) fn options(sheet: Sheet, alias: &str) -> Node {
    let field = sheet.field(alias, "options");
    let value = field.value();
    let count = Memo::new(move |_| value.with(|value| value.as_array().map_or(0, Vec::len)));
    // The values that stand saved: they never change.
    let saved = {
        let pointer = field.pointer.clone();
        let base = sheet.form.base;
        Memo::new(move |_| {
            base.with(|base| {
                let options = base.value.pointer(&pointer).and_then(Value::as_array);
                options
                    .into_iter()
                    .flatten()
                    .map(|option| text(option, "value").to_owned())
                    .collect::<Vec<_>>()
            })
        })
    };
    let is_saved =
        move |option: &Value| saved.with(|saved| saved.iter().any(|known| known == text(option, "value")));
    let change = {
        let field = field.clone();
        move |act: &dyn Fn(&mut Vec<Value>)| {
            let mut now = value.with_untracked(list);
            act(&mut now);
            field.set(now);
        }
    };
    let item = {
        let field = field.clone();
        Callback::new(move |n: usize| {
            let name = Memo::new(move |_| {
                value.with(|value| {
                    let option = value.get(n).unwrap_or(&Value::Null);
                    let word = [text(option, "label"), text(option, "value")]
                        .into_iter()
                        .find(|word| !word.is_empty());
                    word.map_or_else(|| tf(key::ITEM_NUMBER, &[("n", &(n + 1).to_string())]), str::to_owned)
                })
            });
            let field = field.clone();
            Item {
                name: name.into(),
                note: Signal::derive(String::new),
                body: Callback::new(|()| Node::Nothing),
                head: Some(Callback::new(move |()| head(&field, n, value, is_saved, name))),
            }
        })
    };
    let moved = {
        let change = change.clone();
        Callback::new(move |(from, to): (usize, usize)| change(&|now| shift(now, from, to)))
    };
    let remove = {
        let change = change.clone();
        Callback::new(move |n: usize| {
            change(&|now| match now.get_mut(n) {
                Some(Value::Object(option)) if untrack(|| is_saved(&Value::Object(option.clone()))) => {
                    option.insert("archived".into(), "true".into());
                }
                Some(_) => drop(now.remove(n)),
                None => {}
            });
        })
    };
    let add = Callback::new(move |()| {
        change(&|now| now.push(Value::Object(Map::from_iter([("value".to_owned(), Value::from(""))]))));
    });
    let drawn = items(Items {
        id: field.id(),
        count: count.into(),
        item,
        shift: Some(moved),
        remove,
        add,
        add_word: t(key::FIELDS_OPTIONS_ADD).to_owned(),
        plain: true,
        editable: field.editable(),
    });
    field.row(Shape { speaks_below: true, ..Shape::LIST }, drawn)
}

/// One option: its value, which stays once saved, and its label.
fn head(
    field: &Field,
    n: usize,
    value: Memo<Value>,
    is_saved: impl Fn(&Value) -> bool + Copy + Send + Sync + 'static,
    name: Memo<String>,
) -> Node {
    let part = |name: &str| {
        let pointer = [&*field.pointer, "/", &n.to_string(), "/", name].concat();
        let items =
            field.note("items").and_then(|items| items.get("properties")).and_then(|all| all.get(name));
        Field::new(field.form, &pointer, name, items.unwrap_or(&Value::Null))
    };
    let (code, label, archived) = (part("value"), part("label"), part("archived"));
    let fixed = Memo::new(move |_| value.with(|value| value.get(n).is_some_and(is_saved)));
    let (code_text, editable, invalid) = (code.text(), code.editable(), code.invalid());
    let (code_name, code_id, left) = (code.label(), code.id(), code.left());
    let state = archived.value();
    let gone = move || state.with(|state| is_on(Some(state)));
    let back = {
        let archived = archived.clone();
        Callback::new(move |()| write(&archived, None))
    };
    view! {
        <span class="options__pair" class:options__pair--archived=gone>
            <input class="input input--code" id=code_id aria-label=code_name autocomplete="off" spellcheck="false"
                value=code_text.get_untracked() prop:value=move || code_text.get()
                disabled=true prop:disabled=move || !editable.get() || fixed.get()
                aria-invalid=move || invalid.get().then_some("true")
                on:input=move |ev| code.set(event_target_value(&ev)) on:blur=move |_| left.run(())/>
            {labelled(&label)}
            {move || gone().then(|| view! {
                {badge(Tone::Plain, t(key::ARCHIVED))}
                <button class="button button--quiet button--icon button--small" type="button"
                    aria-label=tf(key::FIELDS_OPTION_RESTORE, &[("name", &name.get())])
                    on:click=move |_| back.run(())>{icon("archive-restore")}</button>
            })}
        </span>
    }
}

fn labelled(label: &Field) -> Node {
    let (text, editable, name) = (label.text(), label.editable(), label.label());
    let writing = label.clone();
    view! {
        <input class="input" id=label.id() aria-label=name.clone() placeholder=name autocomplete="off"
            value=text.get_untracked() prop:value=move || text.get()
            disabled=true prop:disabled=move || !editable.get()
            on:input=move |ev| write(&writing, plain(&event_target_value(&ev)))/>
    }
}

/// The default: one of the options that are offered.
pub(super) fn default(sheet: Sheet, alias: &str) -> Node {
    let options = sheet.field(alias, "options").value();
    let field = sheet.field(alias, "default");
    let offered = Memo::new(move |_| {
        options.with(|options| {
            let all = options.as_array().into_iter().flatten();
            let offered =
                all.filter(|option| !is_on(option.get("archived")) && !text(option, "value").is_empty());
            offered
                .map(|option| {
                    let (value, label) = (text(option, "value"), text(option, "label"));
                    (value.to_owned(), if label.is_empty() { value } else { label }.to_owned())
                })
                .collect::<Vec<_>>()
        })
    });
    let drawn = move || {
        let options = offered.get();
        let (field, writing) = (field.clone(), field.clone());
        let change = Callback::new(move |code: String| write(&writing, plain(&code)));
        untrack(|| select(&field, options, Some(t(key::NOT_CHOSEN)), change))
    };
    view! { {drawn} }
}
