//! The editor of the client card: its rows in their order, what is not placed yet, and the card of a sample client.

mod live;
mod row;

use std::sync::Arc;

use leptos::lazy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

use super::Part;
use crate::backend::Found;
use crate::calls;
use crate::form::Form;
use crate::frame::Session;
use crate::markup::{IntoNode, Node, view};
use crate::sections::client_card::{EITHER_WAY, NATIVE};
use crate::sections::fields::{Definition, Fields};
use crate::ui::code::Known;
use crate::ui::icon;
use crate::ui::reorder::{Reorder, shift};
use crate::words::{key, option_text, t, tf};

/// The property that holds the rows.
pub(super) const ROWS: &str = "client_card_fields";
/// The list, for the focus.
const LIST: &str = "field-client_card_fields";

/// The card at work: a handle that every part of the editor may hold.
#[derive(Clone, Copy)]
struct Card {
    form: Form,
    /// The definitions of the client fields, once they have come.
    fields: RwSignal<Arc<Fields>>,
    /// The roles, once they have come.
    roles: RwSignal<Vec<Found>>,
    /// The rows that are unfolded, each by field and origin.
    open: RwSignal<Vec<(String, bool)>>,
}

/// Draws it.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "only the browser waits for the chunk")
)]
#[lazy]
pub fn editor(form: Form, part: Part) -> Node {
    let card = Card {
        form,
        fields: RwSignal::new(Arc::default()),
        roles: RwSignal::new(Vec::new()),
        open: RwSignal::new(Vec::new()),
    };
    card.fetch();
    if let Part::Json(known) = part {
        return beside_json(card, known);
    }
    let said = RwSignal::new(String::new());
    let moved = Callback::new(move |(from, to): (usize, usize)| {
        let name = card.name(from);
        card.change(|rows| shift(rows, from, to));
        said.set(tf(key::MOVED_TO, &[("name", &name), ("n", &(to + 1).to_string())]));
    });
    let order = Reorder::new(LIST, moved);
    // Who stands where: the rows are drawn anew only when that changes, so that a box keeps its focus.
    let ids = card.ids();
    let rows = move || {
        let ids = ids.get();
        let count = ids.len();
        let rows = ids.into_iter().enumerate();
        rows.map(|(n, id)| untrack(|| row::row(card, n, count, id, order))).collect::<Vec<_>>()
    };
    let nothing = move || {
        ids.with(Vec::is_empty).then(|| view! { <p class="card-editor__none">{t(key::CARD_EMPTY)}</p> })
    };
    view! {
        <div class="card-editor">
            <div class="card-editor__rows">
                <ol class="items" id=LIST>{rows}</ol>
                {nothing}
                {offers(card)}
                <span class="visually-hidden" role="status">{move || said.get()}</span>
            </div>
            {live::live(card)}
        </div>
    }
}

impl Card {
    /// Reads what the rows refer to, as far as this person may see it.
    fn fetch(self) {
        let asked = StoredValue::new(false);
        Effect::new(move |_| {
            if !self.form.awake.get() || asked.get_value() {
                return;
            }
            let Some(me) = Session::get().known() else { return };
            asked.set_value(true);
            let may = |section: &str| me.sections.get(section).is_some_and(|can| can.view);
            let (fields, roles) = (may("client-fields"), may("roles"));
            spawn_local(async move {
                if fields && let Ok(view) = calls::record("client-fields".into(), 0).await {
                    let read = Fields::read(view.value.get("client_fields_json").unwrap_or(&Value::Null));
                    self.fields.try_set(Arc::new(read));
                }
                if roles && let Ok(found) = calls::find("roles".into(), String::new(), 50).await {
                    self.roles.try_set(found);
                }
            });
        });
    }

    /// Field and origin of each row.
    fn ids(self) -> Memo<Vec<(String, bool)>> {
        let draft = self.form.draft;
        Memo::new(move |_| draft.with(|draft| rows(draft).iter().map(id_of).collect()))
    }

    fn change(self, act: impl FnOnce(&mut Vec<Value>)) {
        self.form.draft.update(|draft| {
            if draft.get(ROWS).and_then(Value::as_array).is_none() {
                crate::value::set(draft, &["/", ROWS].concat(), Value::Array(Vec::new()));
            }
            if let Some(rows) = draft.get_mut(ROWS).and_then(Value::as_array_mut) {
                act(rows);
            }
        });
    }

    /// The fields that are there and not on the card: the panel's, then the client fields in their order.
    fn free(self) -> Memo<Vec<(String, bool)>> {
        Memo::new(move |_| {
            let placed: Vec<(String, bool)> =
                self.form.draft.with(|draft| rows(draft).iter().map(id_of).collect());
            let is_placed = |field: &str, extra: bool| {
                placed
                    .iter()
                    .any(|(known, from)| known == field && (*from == extra || EITHER_WAY.contains(&field)))
            };
            let natives = NATIVE.into_iter().map(|field| (field.to_owned(), false));
            let extras = self.fields.get();
            let extras = extras.0.keys().map(|alias| (alias.clone(), true));
            natives.chain(extras).filter(|(field, extra)| !is_placed(field, *extra)).collect::<Vec<_>>()
        })
    }

    /// What people call a field; reactive.
    fn word(self, field: &str, extra: bool) -> String {
        match native(field).filter(|_| !extra || EITHER_WAY.contains(&field)) {
            Some(native) => option_text("native_fields", native).to_owned(),
            None => self.fields.with(|fields| {
                let label = fields.get(field).map(Definition::label).filter(|label| !label.is_empty());
                label.unwrap_or(field).to_owned()
            }),
        }
    }

    /// The same of the row at `n`, now.
    fn name(self, n: usize) -> String {
        let id = self.form.draft.with_untracked(|draft| rows(draft).get(n).map(id_of));
        id.map(|(field, extra)| untrack(|| self.word(&field, extra))).unwrap_or_default()
    }
}

fn native(field: &str) -> Option<&'static str> {
    NATIVE.into_iter().find(|name| *name == field)
}

fn rows(value: &Value) -> &[Value] {
    value.get(ROWS).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn id_of(row: &Value) -> (String, bool) {
    let field = row.get("field").and_then(Value::as_str).unwrap_or_default();
    (field.to_owned(), row.get("extra_data") == Some(&Value::Bool(true)))
}

/// What stands beside the JSON: it is completed with the fields that are not on the card yet, where one is named.
fn beside_json(card: Card, known: RwSignal<Vec<Known>>) -> Node {
    const FIELD: &str = "field";
    let free = card.free();
    Effect::new(move |_| {
        let one = |(field, extra): (String, bool)| {
            let origin = if extra { " · extra_data" } else { "" };
            let detail = [&*card.word(&field, extra), origin].concat();
            Known {
                label: ["\"", &field, "\""].concat(),
                detail,
                key: Some(FIELD.to_owned()),
                ..Known::default()
            }
        };
        let fields: Vec<Known> = free.get().into_iter().map(one).collect();
        known.update(|known| {
            known.retain(|known| known.key.as_deref() != Some(FIELD));
            known.extend(fields);
        });
    });
    view! { <p class="field__help">{t(key::CARD_JSON)}</p> }
}

/// What is offered for the card.
fn offers(card: Card) -> Node {
    let free = card.free();
    let one = move |(field, extra): (String, bool)| {
        let word = untrack(|| card.word(&field, extra));
        let name = tf(key::CARD_ADD_OF, &[("name", &word)]);
        let pick = move |_| {
            let mut row = Map::new();
            row.insert("field".into(), field.clone().into());
            row.insert("visible".into(), true.into());
            if extra {
                row.insert("extra_data".into(), true.into());
            }
            card.change(|rows| rows.push(Value::Object(row)));
        };
        let editable = card.form.editable;
        view! {
            <li>
                <button class="button button--plain button--small" type="button" aria-label=name
                    disabled=true prop:disabled=move || !editable.get() on:click=pick>
                    {icon("plus")} <span>{word}</span> {extra.then(|| icon("text-cursor-input"))}
                </button>
            </li>
        }
    };
    let list = move || {
        let free = free.get();
        if free.is_empty() {
            return view! { <p>{t(key::CARD_OFFERS_NONE)}</p> };
        }
        view! { <ul class="card-editor__offers">{free.into_iter().map(one).collect::<Vec<_>>()}</ul> }
    };
    view! {
        <section class="group" aria-labelledby="card-offers">
            <h2 class="group__title" id="card-offers">{t(key::CARD_OFFERS)}</h2>
            {list}
        </section>
    }
    .into_node()
}
