//! The things chosen out of many, each with its way to be taken out.

use leptos::prelude::*;

use crate::markup::{IntoNode, Node, view};
use crate::ui::combobox::swatch;
use crate::ui::icon;
use crate::words::{key, tf};

/// One chosen thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Names it for the owner.
    pub key: String,
    /// What people call it.
    pub word: String,
    /// Where it is; empty if it may not be seen.
    pub href: String,
    /// Its colour, if it has one.
    pub colour: Option<String>,
    /// Not offered anew: inactive or archived.
    pub inactive: bool,
}

/// Draws the chips.
pub fn chips(all: Signal<Vec<Chip>>, remove: Callback<String>, editable: Signal<bool>) -> Node {
    let one = move |chip: Chip| {
        let Chip { key, word, href, colour, inactive } = chip;
        let name = tf(key::REMOVE_NAMED, &[("name", &word)]);
        let inside = if href.is_empty() {
            view! { <span class="chip__word">{word}</span> }
        } else {
            view! { <a class="chip__word" href=href>{word}</a> }
        };
        view! {
            <li class="chip" class:chip--inactive=inactive>
                {colour.map(swatch)} {inside}
                {move || {
                    let (key, name) = (key.clone(), name.clone());
                    editable.get().then(|| view! {
                        <button class="chip__remove" type="button" aria-label=name
                            on:click=move |_| remove.run(key.clone())>{icon("x")}</button>
                    })
                }}
            </li>
        }
    };
    let list = move || {
        let chips = all.get();
        (!chips.is_empty()).then(|| {
            view! { <ul class="chips">{chips.into_iter().map(one).collect::<Vec<_>>()}</ul> }
        })
    };
    list.into_node()
}
