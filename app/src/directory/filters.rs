//! The filters that a section's schema asks for, and the one for what is archived.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::Directory;
use super::tools::{Tool, tool};
use crate::backend::Found;
use crate::calls;
use crate::markup::{IntoNode, Node, view};
use crate::schema::{self, Kind};
use crate::ui::awake;
use crate::ui::combobox::{Combobox, Offer, combobox};
use crate::words::{key, t, tf};

/// Draws them.
pub(super) fn filters(directory: Directory, schema: &Value) -> Node {
    let shared = directory.shared;
    let mut all: Vec<Node> = schema::fields(schema)
        .filter(|(_, property)| schema::note(property, "x-filter") == Some(&Value::Bool(true)))
        // What is one's own has one scope.
        .filter(|(name, _)| !shared.own || *name != "scope")
        .filter_map(|(name, property)| one(directory, name, property))
        .collect();
    let archived = move || shared.state.with(|state| state.archived);
    all.push(view! {
        <label class="check">
            <input class="check__box" type="checkbox" name="archived" value="1"
                checked=shared.state.with_untracked(|state| state.archived) prop:checked=archived
                on:change=move |ev| {
                    let on = event_target_checked(&ev);
                    directory.show(&shared.state.get_untracked().with(|state| state.archived = on));
                }/>
            <span class="check__word">{t(key::ARCHIVE_FILTER)}</span>
        </label>
    });
    if !shared.own {
        all.extend(super::health::way(directory));
    }
    all.into_node()
}

fn title(name: &str, property: &Value) -> String {
    schema::note(property, "title").and_then(Value::as_str).unwrap_or(name).to_owned()
}

fn one(directory: Directory, name: &str, property: &Value) -> Option<Node> {
    let title = title(name, property);
    match schema::kind(property) {
        Kind::Switch => {
            let (on, off) =
                if name == "active" { (key::ACTIVE_MANY, key::INACTIVE_MANY) } else { (key::YES, key::NO) };
            let options =
                vec![("true".to_owned(), t(on).to_owned()), ("false".to_owned(), t(off).to_owned())];
            Some(select(directory, name, title, options))
        }
        Kind::Choice => Some(select(directory, name, title, crate::form::options(property))),
        Kind::Reference => Some(tool(directory, Tool::Reference(name.to_owned(), title, property.clone()))),
        Kind::Text => Some(text(directory, name, title)),
        _ => None,
    }
}

fn want(directory: Directory, field: &str, value: &str) {
    let state = directory.shared.state.get_untracked().with(|state| state.want(field, value));
    directory.show(&state);
}

fn select(directory: Directory, name: &str, title: String, options: Vec<(String, String)>) -> Node {
    let shared = directory.shared;
    let wanted = {
        let name = name.to_owned();
        Memo::new(move |_| shared.state.with(|state| state.wanted(&name).to_owned()))
    };
    let any = tf(key::FILTER_ANY, &[("name", &title)]);
    let rows: Vec<_> = options
        .into_iter()
        .map(|(code, word)| {
            let first = wanted.with_untracked(|wanted| *wanted == code);
            let chosen = {
                let code = code.clone();
                move || wanted.with(|wanted| *wanted == code)
            };
            view! { <option value=code selected=first prop:selected=chosen>{word}</option> }
        })
        .collect();
    let field = name.to_owned();
    view! {
        <select class="select select--short" name=["f.", name].concat() aria-label=title
            on:change=move |ev| want(directory, &field, &event_target_value(&ev))>
            <option value="" selected=wanted.with_untracked(String::is_empty)
                prop:selected=move || wanted.with(String::is_empty)>{any}</option>
            {rows}
        </select>
    }
}

fn text(directory: Directory, name: &str, title: String) -> Node {
    let shared = directory.shared;
    let wanted = {
        let name = name.to_owned();
        Memo::new(move |_| shared.state.with(|state| state.wanted(&name).to_owned()))
    };
    let field = name.to_owned();
    view! {
        <input class="input input--short" name=["f.", name].concat() aria-label=title.clone() placeholder=title
            autocomplete="off" value=wanted.get_untracked() prop:value=move || wanted.get()
            on:change=move |ev| want(directory, &field, event_target_value(&ev).trim())/>
    }
}

/// Without a script the wanted record is kept, not chosen.
pub(super) fn reference(directory: Directory, name: &str, title: String, property: &Value) -> Node {
    let shared = directory.shared;
    let section = schema::note(property, "x-ref").and_then(Value::as_str).unwrap_or_default().to_owned();
    let wanted = {
        let name = name.to_owned();
        Memo::new(move |_| shared.state.with(|state| state.wanted(&name).to_owned()))
    };
    let found = RwSignal::new(Vec::<Found>::new());
    let known = RwSignal::new(Vec::<Found>::new());
    let busy = RwSignal::new(false);
    // The name of a record that the address wants is asked for once the page is awake.
    {
        let section = section.clone();
        Effect::new(move |_| {
            let Ok(id) = wanted.get().parse::<i64>() else { return };
            if known.with_untracked(|known| known.iter().any(|record| record.id == id)) {
                return;
            }
            let section = section.clone();
            spawn_local(async move {
                if let Ok(labels) = calls::labels(vec![(section, id)]).await {
                    known.try_update(|known| known.extend(labels));
                }
            });
        });
    }
    let chosen = Signal::derive(move || match wanted.get().parse::<i64>() {
        Ok(id) => known.with(|known| {
            known
                .iter()
                .find(|record| record.id == id)
                .map_or_else(|| format!("№ {id}"), |record| record.name.clone())
        }),
        Err(_) => String::new(),
    });
    let offers = Signal::derive(move || {
        found.with(|found| {
            found
                .iter()
                .filter(|record| !record.archived)
                .map(|record| Offer {
                    key: record.id.to_string(),
                    word: record.name.clone(),
                    note: String::new(),
                    colour: record.colour.clone(),
                })
                .collect::<Vec<_>>()
        })
    });
    let search = Callback::new(move |q: String| {
        let section = section.clone();
        busy.set(true);
        spawn_local(async move {
            let records = calls::find(section, q, 20).await.unwrap_or_default();
            busy.try_set(false);
            found.try_set(records);
        });
    });
    let (picking, clearing) = (name.to_owned(), name.to_owned());
    let hidden_name = ["f.", name].concat();
    let hidden = move || {
        let value = wanted.get();
        let name = hidden_name.clone();
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value/> })
    };
    let control = combobox(Combobox {
        id: ["filter-", name].concat(),
        name: Some(title),
        chosen,
        offers,
        busy: busy.into(),
        search,
        pick: Callback::new(move |offer: Offer| {
            let record = found.with_untracked(|found| {
                found.iter().find(|found| found.id.to_string() == offer.key).cloned()
            });
            known.update(|known| known.extend(record));
            want(directory, &picking, &offer.key);
        }),
        clear: Some(Callback::new(move |()| want(directory, &clearing, ""))),
        editable: awake(),
        described: Signal::derive(|| None),
        invalid: Signal::derive(|| false),
    });
    view! { {hidden} {control} }
}
