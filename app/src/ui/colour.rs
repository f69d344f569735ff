//! A colour: a well, its hexadecimal value, and how well it reads on the panel, light and dark.

use leptos::prelude::*;

use crate::field::contrast::{channels, contrast};
use crate::markup::{Node, view};
use crate::ui::icon;
use crate::words::{Language, Word, key, language, t};

/// The panel's surfaces that a colour is measured against.
const SURFACES: [(&str, Word); 2] = [("#ffffff", key::COLOUR_ON_LIGHT), ("#131b1d", key::COLOUR_ON_DARK)];
/// WCAG 2.2, 1.4.11: graphics and parts of controls need this contrast.
const ENOUGH: f64 = 3.0;

/// A ratio with one decimal, rounded down so that 2.96 is not said to be enough.
pub fn ratio(contrast: f64) -> String {
    let tenths = (contrast * 10.0) as u32;
    let point = if language() == Language::Uk { ',' } else { '.' };
    format!("{}{point}{}\u{a0}: 1", tenths / 10, tenths % 10)
}

/// What a colour needs.
pub struct Colour {
    /// Its `id`.
    pub id: String,
    /// The value.
    pub value: Signal<String>,
    /// The person chose or typed.
    pub input: Callback<String>,
    /// The person left it.
    pub left: Callback<()>,
    /// May be edited now.
    pub editable: Signal<bool>,
    /// The ids of what describes it.
    pub described: Signal<Option<String>>,
    /// Something is wrong with it.
    pub invalid: Signal<bool>,
}

/// Draws it.
pub fn colour(of: Colour) -> Node {
    let Colour { id, value, input, left, editable, described, invalid } = of;
    let well =
        move || value.with(|value| if channels(value).is_some() { value.clone() } else { "#000000".into() });
    let ratios =
        move || {
            let value = value.get();
            SURFACES
                .iter()
                .filter_map(|(surface, word)| {
                    let contrast = contrast(&value, surface)?;
                    let low = contrast < ENOUGH;
                    let warning = low.then(|| view! {
                    {icon("triangle-alert")}<span class="visually-hidden">{t(key::COLOUR_LOW)}" "</span>
                });
                    Some(view! {
                        <li class="colour__ratio" class:colour__ratio--low=low>
                            <svg class="colour__sample" viewBox="0 0 32 20" aria-hidden="true">
                                <rect width="32" height="20" rx="4" fill=*surface/>
                                <text x="16" y="14.5" text-anchor="middle" fill=value.clone()>"Aa"</text>
                            </svg>
                            {warning}
                            <span class="visually-hidden">{t(*word)}" "</span><span>{ratio(contrast)}</span>
                        </li>
                    })
                })
                .collect::<Vec<_>>()
        };
    view! {
        <div class="colour">
            <input class="colour__well" type="color" aria-label=t(key::COLOUR_PICK) value=untrack(well) prop:value=well
                disabled=true prop:disabled=move || !editable.get()
                on:input=move |ev| input.run(event_target_value(&ev)) on:blur=move |_| left.run(())/>
            <input class="input input--code colour__hex" id=id maxlength="7" autocomplete="off" spellcheck="false"
                value=value.get_untracked() prop:value=move || value.get()
                disabled=true prop:disabled=move || !editable.get()
                aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                on:input=move |ev| input.run(event_target_value(&ev)) on:blur=move |_| left.run(())/>
            <ul class="colour__ratios">{ratios}</ul>
        </div>
    }
}
