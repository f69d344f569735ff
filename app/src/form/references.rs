//! Links to several records: chips of those chosen, and a box that finds more.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use super::reference::{Search, name_of};
use crate::backend::Found;
use crate::markup::{Node, view};
use crate::ui::chips::{Chip, chips};
use crate::ui::combobox::{Combobox, Offer, combobox};

/// The ids in a value.
fn ids(value: &Value) -> Vec<i64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
}

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let form = field.form;
    let each = field.note("items").and_then(|items| items.get("x-ref")).and_then(Value::as_str);
    let section = field.text_note("x-ref").or(each).unwrap_or_default().to_owned();
    let search = Search::new();
    let value = field.value();
    let chosen = {
        let section = section.clone();
        Signal::derive(move || {
            let ids = value.with(ids);
            form.labels.with(|labels| {
                ids.into_iter()
                    .map(|id| {
                        let known: Option<&Found> =
                            labels.iter().find(|found| found.id == id && found.section == section);
                        Chip {
                            key: id.to_string(),
                            word: name_of(labels, &section, id),
                            href: known.map_or_else(String::new, |_| format!("/settings/{section}/{id}")),
                            colour: known.and_then(|found| found.colour.clone()),
                            inactive: known.is_some_and(|found| found.archived || !found.active),
                        }
                    })
                    .collect::<Vec<_>>()
            })
        })
    };
    let write = {
        let field = field.clone();
        move |mut now: Vec<i64>| {
            // A set is stored in ascending order; so it is no change to add what was just taken out.
            now.sort_unstable();
            now.dedup();
            field.set(now.into_iter().map(Value::from).collect::<Vec<_>>());
        }
    };
    let remove = {
        let write = write.clone();
        Callback::new(move |key: String| {
            let mut now = value.with_untracked(ids);
            now.retain(|id| id.to_string() != key);
            write(now);
        })
    };
    let pick = Callback::new(move |offer: Offer| {
        if let Some(found) = search.picked(&offer) {
            let mut now = value.with_untracked(ids);
            now.push(found.id);
            form.learn(vec![found]);
            write(now);
        }
    });
    let box_ = combobox(Combobox {
        id: field.id(),
        name: Some(field.label()),
        chosen: Signal::derive(String::new),
        offers: search.offers(move |id| value.with(|value| ids(value).contains(&id))),
        busy: search.busy.into(),
        search: Callback::new(move |q: String| search.look(section.clone(), q)),
        pick,
        clear: None,
        editable: field.editable(),
        described: field.described(),
        invalid: field.invalid(),
    });
    view! { {chips(chosen, remove, field.editable())} {box_} }
}
