//! A link to one record: found by typing, cleared, or made anew in another tab.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use crate::backend::Found;
use crate::calls;
use crate::frame::Session;
use crate::markup::{IntoNode, Node, view};
use crate::schema;
use crate::ui::combobox::{Combobox, Offer, combobox};
use crate::ui::icon;
use crate::words::section_text;

/// As many records are offered at once.
const OFFERED: u32 = 30;

/// What the searching of one box needs: offers, and the word on which the newest of them answer.
#[derive(Clone, Copy)]
pub(super) struct Search {
    /// What was found.
    pub found: RwSignal<Vec<Found>>,
    /// The server is being asked.
    pub busy: RwSignal<bool>,
    asked: StoredValue<u32>,
}

impl Search {
    pub(super) fn new() -> Self {
        Self { found: RwSignal::new(Vec::new()), busy: RwSignal::new(false), asked: StoredValue::new(0) }
    }

    /// Looks for records of `section`; an answer that was overtaken by another question is dropped.
    pub(super) fn look(self, section: String, q: String) {
        let turn = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let found = calls::find(section, q, OFFERED).await.unwrap_or_default();
            if self.asked.try_get_value() == turn {
                self.busy.try_set(false);
                self.found.try_set(found);
            }
        });
    }

    /// What was found, but for what is no longer offered and what `but` says.
    pub(super) fn offers(self, but: impl Fn(i64) -> bool + Send + Sync + 'static) -> Signal<Vec<Offer>> {
        Signal::derive(move || {
            self.found.with(|found| {
                found
                    .iter()
                    .filter(|found| !found.archived && !but(found.id))
                    .map(|found| Offer {
                        key: found.id.to_string(),
                        word: found.name.clone(),
                        note: note(found),
                        colour: found.colour.clone(),
                    })
                    .collect()
            })
        })
    }

    /// The record that was picked.
    pub(super) fn picked(self, offer: &Offer) -> Option<Found> {
        self.found
            .with_untracked(|found| found.iter().find(|found| found.id.to_string() == offer.key).cloned())
    }
}

/// What tells records of one name apart.
fn note(found: &Found) -> String {
    if found.key.is_empty() { format!("№ {}", found.id) } else { found.key.clone() }
}

/// How a link to `id` is called, if it is known.
pub(super) fn name_of(labels: &[Found], section: &str, id: i64) -> String {
    labels
        .iter()
        .find(|found| found.id == id && (found.section == section || found.section.is_empty()))
        .map_or_else(|| format!("№ {id}"), |found| found.name.clone())
}

/// Draws it. A parent is a link to the same section, never to the record itself.
pub(super) fn widget(field: &Field) -> Node {
    let form = field.form;
    let section = field.text_note("x-ref").unwrap_or_default().to_owned();
    let itself = field.text_note("x-widget") == Some("parent");
    let search = Search::new();
    let value = field.value();
    let chosen = {
        let section = section.clone();
        Signal::derive(move || match value.with(Value::as_i64) {
            Some(id) if id > 0 => form.labels.with(|labels| name_of(labels, &section, id)),
            _ => String::new(),
        })
    };
    let clear = {
        let field = field.clone();
        let nullable = schema::nullable(&field.schema);
        nullable.then(|| Callback::new(move |()| field.set(Value::Null)))
    };
    let pick = {
        let field = field.clone();
        Callback::new(move |offer: Offer| {
            if let Some(found) = search.picked(&offer) {
                let id = found.id;
                form.learn(vec![found]);
                field.set(id);
            }
        })
    };
    let make = fresh(field, &section);
    let control = combobox(Combobox {
        id: field.id(),
        name: None,
        chosen,
        offers: search.offers(move |id| itself && id == form.id_now()),
        busy: search.busy.into(),
        search: {
            let section = section.clone();
            Callback::new(move |q: String| search.look(section.clone(), q))
        },
        pick,
        clear,
        editable: field.editable(),
        described: field.described(),
        invalid: field.invalid(),
    });
    view! { {control} {make} }
}

/// The way to a new record of the section, in another tab so that nothing here is left; for whoever may make one.
fn fresh(field: &Field, section: &str) -> Node {
    let (editable, section) = (field.editable(), section.to_owned());
    let may = move || {
        let me = Session::get().known();
        editable.get() && me.is_some_and(|me| me.sections.get(&section).is_some_and(|can| can.edit))
    };
    let section = field.text_note("x-ref").unwrap_or_default().to_owned();
    (move || {
        may().then(|| {
            let word = section_text(&section, "new");
            view! {
                <a class="button button--quiet button--icon" target="_blank" href=["/settings/", &section, "/new"].concat()
                    aria-label=word title=word>{icon("plus")}</a>
            }
        })
    })
    .into_node()
}
