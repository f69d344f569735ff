//! The client card: the rows that the settings place on it, filled in for the sample client.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::draw::avatar;
use super::picture::picture;
use super::sample::{EARLIER, OLENA};
use super::settings::Settings;
use super::state::Panel;
use super::words;
use crate::markup::{Node, view};
use crate::sections::client_card::{Block, Label, Row, sample_card};
use crate::sections::fields::Fields;
use crate::words::{language, option_text};

/// The card as the settings arrange it; of one that was never arranged what every panel shows.
fn blocks_of(settings: &Settings) -> Vec<Block> {
    let usual = || {
        let row = |field: &str, copy: bool| json!({ "field": field, "visible": true, "copy": copy });
        let rows =
            [("fullName", true), ("phone", true), ("email", true), ("channel", false), ("created_at", false)];
        json!({ "client_card_fields": rows.map(|(field, copy)| row(field, copy)) })
    };
    let arranged = settings.document("client-card").filter(|card| {
        let edited = settings.is_edited("client-card");
        edited
            || card.get("client_card_fields").and_then(Value::as_array).is_some_and(|rows| !rows.is_empty())
    });
    let fields = settings.document("client-fields").and_then(|document| document.get("client_fields_json"));
    let fields = fields.map(Fields::read).unwrap_or_default();
    let draw = |card: &Value| sample_card(card, &fields, language().tag(), None);
    arranged.map_or_else(|| draw(&usual()), draw)
}

/// Draws it.
pub(super) fn card(panel: Panel) -> Node {
    let groups = move || {
        let blocks = panel.settings.with(blocks_of);
        if blocks.is_empty() {
            return view! { <p class="op-card__empty">{words::CARD_EMPTY.now()}</p> };
        }
        let drawn: Vec<_> = blocks
            .into_iter()
            .map(|Block { heading: name, rows }| {
                let fields: Vec<_> = rows.iter().map(|row| field(panel, row)).collect();
                let title = (!name.is_empty()).then(|| view! { <h3 class="op-card__title">{name}</h3> });
                view! { <div class="op-card__group">{title} <dl>{fields}</dl></div> }
            })
            .collect();
        crate::markup::IntoNode::into_node(drawn)
    };
    let earlier = EARLIER.map(|(what, how)| {
        view! { <li class="op-history__item"><span>{what.now()}</span> <span>{how.now()}</span></li> }
    });
    view! {
        <div class="op-card">
            <header class="op-card__head">{avatar(OLENA.now(), 10_245)} <h2 class="op-card__name">{OLENA.now()}</h2></header>
            {groups}
            <section class="op-history">
                <h3 class="op-card__title">{words::EARLIER.now()}</h3>
                <ul>{earlier}</ul>
            </section>
        </div>
    }
}

fn field(panel: Panel, row: &Row) -> Node {
    let Row { pinned, masked, copy, .. } = *row;
    let label = match &row.label {
        Label::Text(text) => text.clone(),
        Label::Native(name) => option_text("native_fields", name).to_owned(),
    };
    let empty = row.value.is_none();
    let pin = pinned.then(|| picture("pin"));
    let copies = (copy && !empty).then(|| {
        let name = words::COPY.with(&label);
        let label = label.clone();
        // A frame without an origin may not reach the clipboard; the sample says what would happen.
        let press = move |_| panel.say(words::COPIED.with(&label));
        view! {
            <button type="button" class="op-field__copy" aria-label=name.clone() title=name on:click=press>{picture("copy")}</button>
        }
    });
    view! {
        <div class="op-field" class:op-field--pinned=pinned class:op-field--masked=masked class:op-field--empty=empty>
            <dt class="op-field__label">{pin} {label}</dt>
            <dd class="op-field__value"><span>{row.shown().to_owned()}</span> {copies}</dd>
        </div>
    }
}
