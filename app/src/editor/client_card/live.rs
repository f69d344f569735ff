//! The card of a sample client as the draft draws it, for any role.

use leptos::prelude::*;

use super::Card;
use crate::markup::{Node, view};
use crate::sections::client_card::{Label, Row, sample_card};
use crate::ui::{Tone, badge, icon};
use crate::words::{key, language, option_text, t, tf};

/// Draws it, once the page is awake: the definitions of its fields come then.
pub(super) fn live(card: Card) -> Node {
    let role = RwSignal::new(None::<i64>);
    let drawn = move || {
        card.form.awake.get().then(|| {
            let found = card.form.draft.with(|draft| {
                card.fields.with(|fields| sample_card(draft, fields, language().tag(), role.get()))
            });
            let fields = card.fields.get();
            let known = move |row: &Row| row.extra && row.undefined && !fields.0.is_empty();
            if found.is_empty() {
                return view! { <p class="client-card__none">{t(key::CARD_EMPTY)}</p> };
            }
            let blocks: Vec<_> = found
                .into_iter()
                .map(|block| {
                    let rows: Vec<_> = block.rows.iter().map(|one| row(one, known(one))).collect();
                    let heading = (!block.heading.is_empty())
                        .then(|| view! { <p class="client-card__group">{block.heading}</p> });
                    view! { {heading} {rows} }
                })
                .collect();
            view! { <div class="client-card__rows">{blocks}</div> }
        })
    };
    let seen_by = move || {
        let roles = card.roles.get();
        (!roles.is_empty()).then(|| {
            let options: Vec<_> = roles
                .into_iter()
                .map(|found| view! { <option value=found.id.to_string()>{found.name}</option> })
                .collect();
            view! {
                <label class="client-card__role">
                    <span>{t(key::CARD_AS_ROLE)}</span>
                    <select class="select" on:change=move |ev| role.set(event_target_value(&ev).parse().ok())>
                        <option value="">{t(key::CARD_ANY_ROLE)}</option>
                        {options}
                    </select>
                </label>
            }
        })
    };
    view! {
        <section class="client-card" aria-labelledby="client-card-title">
            <header class="client-card__head">
                <h2 class="group__title" id="client-card-title">{t(key::CARD_SAMPLE)}</h2>
                {seen_by}
            </header>
            {drawn}
        </section>
    }
}

fn row(row: &Row, undefined: bool) -> Node {
    let label = match &row.label {
        Label::Text(text) => text.clone(),
        Label::Native(native) => option_text("native_fields", native).to_owned(),
    };
    // The sample's own value is nothing to copy: the picture tells where the button is.
    let copy = row.copy.then(|| {
        view! { <span class="client-card__copy" role="img" aria-label=tf(key::CARD_COPY_OF, &[("name", &label)])>{icon("copy")}</span> }
    });
    view! {
        <div class="client-card__row" class:client-card__row--pinned=row.pinned>
            <span class="client-card__label">{row.pinned.then(|| icon("pin"))} {label} {undefined.then(|| badge(Tone::Warning, t(key::CARD_UNDEFINED)))}</span>
            <span class="client-card__value"><span>{row.shown().to_owned()}</span> {copy}</span>
        </div>
    }
}
