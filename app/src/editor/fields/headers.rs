//! The headers that a source is asked with: names that everybody sees, values that nobody sees again.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use crate::form::{Field, Shape, secret};
use crate::markup::{IntoNode, Node, view};
use crate::problem::segment;
use crate::ui::items::{Item, Items, items};
use crate::ui::summary::{focus, once_drawn};
use crate::words::{key, t, tf};

/// Draws them.
pub(super) fn headers(field: &Field) -> Node {
    let value = field.value();
    let names = Memo::new(move |_| {
        value.with(|value| {
            value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let change = {
        let field = field.clone();
        move |act: &dyn Fn(Map<String, Value>) -> Map<String, Value>| {
            let now = act(value.with_untracked(|value| value.as_object().cloned()).unwrap_or_default());
            // Without any the panel's JSON says nothing of them.
            if now.is_empty() { field.form.take(&field.pointer) } else { field.set(Value::Object(now)) }
        }
    };
    let item = {
        let (field, change) = (field.clone(), change.clone());
        Callback::new(move |n: usize| {
            let name = Memo::new(move |_| {
                let name = names.with(|names| names.get(n).cloned().unwrap_or_default());
                if name.is_empty() { tf(key::ITEM_NUMBER, &[("n", &(n + 1).to_string())]) } else { name }
            });
            let (field, change) = (field.clone(), change.clone());
            Item {
                name: name.into(),
                note: Signal::derive(String::new),
                body: Callback::new(|()| Node::Nothing),
                head: Some(Callback::new(move |()| head(&field, n, names, &change))),
            }
        })
    };
    let remove = {
        let change = change.clone();
        Callback::new(move |n: usize| {
            change(&|mut now| {
                now.shift_remove_entry(
                    &names.with_untracked(|names| names.get(n).cloned().unwrap_or_default()),
                );
                now
            });
        })
    };
    let add = {
        let id = field.id();
        Callback::new(move |()| {
            change(&|mut now| {
                now.entry("").or_insert_with(|| json!({ "set": false }));
                now
            });
            // The one that has no name yet is there once.
            let n = names.with_untracked(|names| names.iter().position(String::is_empty)).unwrap_or_default();
            let id = name_id(&id, n);
            once_drawn(move || focus(&id));
        })
    };
    let drawn = items(Items {
        id: field.id(),
        count: Memo::new(move |_| names.with(Vec::len)).into(),
        item,
        shift: None,
        remove,
        add,
        add_word: t(key::HEADER_ADD).to_owned(),
        plain: true,
        editable: field.editable(),
    });
    field.row(Shape { speaks_below: true, ..Shape::LIST }, drawn)
}

fn name_id(list: &str, n: usize) -> String {
    [list, "-", &n.to_string(), "-name"].concat()
}

/// One header: its name, and its value that is only written.
fn head(
    field: &Field,
    n: usize,
    names: Memo<Vec<String>>,
    change: &(impl Fn(&dyn Fn(Map<String, Value>) -> Map<String, Value>) + Clone + Send + Sync + 'static),
) -> Node {
    let name = Memo::new(move |_| names.with(|names| names.get(n).cloned().unwrap_or_default()));
    let (editable, id) = (field.editable(), name_id(&field.id(), n));
    let taken = RwSignal::new(false);
    let rename = {
        let change = change.clone();
        move |ev| {
            let wanted = event_target_value(&ev).trim().to_owned();
            let old = name.get_untracked();
            let same = |one: &String| *one != old && one.eq_ignore_ascii_case(&wanted);
            taken.set(names.with_untracked(|names| names.iter().any(same)));
            if !taken.get_untracked() && wanted != old {
                let renamed =
                    |(name, value): (String, Value)| (if name == old { wanted.clone() } else { name }, value);
                change(&|now| now.into_iter().map(renamed).collect());
            }
        }
    };
    let value = {
        let field = field.clone();
        move || {
            let name = name.get();
            let pointer = [&*field.pointer, "/", &segment(&name)].concat();
            let label = tf(key::HEADER_VALUE, &[("name", &name)]);
            let mut schema = field.note("additionalProperties").cloned().unwrap_or_default();
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("title".into(), label.into());
            }
            untrack(|| secret::control(&Field::new(field.form, &pointer, &name, &schema), false))
        }
    };
    view! {
        <span class="options__pair">
            <input class="input input--code" id=id aria-label=t(key::HEADER_NAME) placeholder="Authorization"
                autocomplete="off" spellcheck="false" maxlength="64"
                value=name.get_untracked() prop:value=move || name.get()
                disabled=true prop:disabled=move || !editable.get() aria-invalid=move || taken.get().then_some("true")
                on:change=rename/>
            {value}
        </span>
        {move || taken.get().then(|| view! { <p class="field__problem">{t(key::HEADER_TAKEN)}</p> })}
    }
    .into_node()
}
