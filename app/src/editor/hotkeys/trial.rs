//! A field to press keys in, which names the action that a press would fire in the place chosen.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::desk::Desk;
use super::keyboard::Pressed;
use crate::markup::{Node, view};
use crate::sections::hotkeys::Place;
use crate::sections::hotkeys::keys::{Bindings, Chord, Keys, Outcome};
use crate::words::{key, t};

/// How long the second step of a chord may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The places to choose from; the one with quick replies on offer is the composer's.
const PLACES: [(&str, Place); 5] = [
    ("composer", Place::Composer),
    ("suggestions", Place::Suggestions),
    ("dialog", Place::Dialog),
    ("list", Place::List),
    ("everywhere", Place::Everywhere),
];

/// What the last press did.
#[derive(Clone, PartialEq)]
enum Shown {
    /// Nothing was pressed yet.
    Idle,
    /// These keys do this.
    Fires(String, &'static str),
    /// This character does this.
    Triggers(String, &'static str),
    /// A chord has begun with these keys.
    Waits(String),
    /// It was called off.
    Cancelled,
    /// These keys do nothing.
    Nothing(String),
}

/// The field and what it says.
pub(super) fn trial(desk: Desk) -> Node {
    let form = desk.form;
    let place = RwSignal::new(Place::Composer);
    let shown = RwSignal::new(Shown::Idle);
    let chord = StoredValue::new(Chord::default());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let forget = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        chord.try_update_value(Chord::forget);
    };
    on_cleanup(forget);
    // The draft is read anew when it has changed, not at every press.
    let bindings = Memo::new_with_compare(move |_| form.draft.with(Bindings::of), |_, _| true);
    let writes = move || matches!(place.get_untracked(), Place::Composer | Place::Suggestions);

    let press = move |event: KeyboardEvent| {
        let pressed = Pressed::of(&event);
        // Whatever Tab is bound to, the focus must get away.
        if pressed.is_plain("Tab") {
            return;
        }
        let press = pressed.press(desk.keyboard, writes());
        let Some(step) = press.step() else { return };
        let text = Keys { first: step, second: None }.to_text();
        let outcome = bindings.with_untracked(|bindings| {
            chord.try_update_value(|chord| bindings.press(chord, &press, place.get_untracked()))
        });
        if outcome != Some(Outcome::Pending) {
            forget();
        }
        let before = match shown.get_untracked() {
            Shown::Waits(first) => [&first, " ", &text].concat(),
            _ => text.clone(),
        };
        match outcome.unwrap_or(Outcome::Nothing) {
            Outcome::Action(id) => {
                pressed.keep();
                shown.set(Shown::Fires(before, id));
            }
            Outcome::Held(_) => pressed.keep(),
            Outcome::Pending => {
                pressed.keep();
                if press.repeat {
                    return;
                }
                shown.set(Shown::Waits(text));
                let late = move || {
                    forget();
                    shown.try_set(Shown::Idle);
                };
                waiting.set_value(set_timeout_with_handle(late, PATIENCE).ok());
            }
            Outcome::Cancelled => {
                pressed.keep();
                shown.set(Shown::Cancelled);
            }
            Outcome::Nothing => {
                // Outside of a text field nothing is written.
                if !writes() && pressed.key.chars().count() == 1 && !press.ctrl && !press.meta {
                    event.prevent_default();
                }
                // Enter in a field would save the page.
                if pressed.key == "Enter" {
                    event.prevent_default();
                }
                shown.set(Shown::Nothing(text));
            }
        }
    };
    let typed = move |event: leptos::ev::Event| {
        let Some(field) = event.target().map(JsCast::unchecked_into::<HtmlInputElement>) else { return };
        let text = field.value();
        let Some(sign) = text.chars().next_back() else { return };
        let before = &text[..text.len() - sign.len_utf8()];
        let sign = sign.to_string();
        if let Some(id) = bindings.with_untracked(|bindings| bindings.trigger(before, &sign)) {
            shown.set(Shown::Triggers(sign, id));
        }
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let found =
            PLACES.iter().find(|(code, _)| *code == chosen).map_or(Place::Composer, |(_, place)| *place);
        forget();
        shown.set(Shown::Idle);
        place.set(found);
    };
    let places: Vec<_> = PLACES
        .iter()
        .map(|(code, _)| {
            let word = if *code == "suggestions" {
                t(key::HOTKEYS_SUGGESTIONS).to_owned()
            } else {
                desk.group(code)
            };
            view! { <option value=*code selected=*code == "composer">{word}</option> }
        })
        .collect();
    let answer = move || match shown.get() {
        Shown::Idle => view! { <span class="hotkeys__hint">{t(key::HOTKEYS_IDLE)}</span> },
        Shown::Fires(keys, id) => fires(desk.keyboard.shown(&keys), desk.label(id)),
        Shown::Triggers(sign, id) => fires(view! { <kbd class="kbd">{sign}</kbd> " " }, desk.label(id)),
        Shown::Waits(keys) => view! { {desk.keyboard.shown(&keys)} <span>{t(key::HOTKEYS_WAITING)}</span> },
        Shown::Cancelled => view! { <span>{t(key::HOTKEYS_CANCELLED)}</span> },
        Shown::Nothing(keys) => view! { {desk.keyboard.shown(&keys)} <span>{t(key::HOTKEYS_NOTHING)}</span> },
    };
    let off = move || !form.awake.get();
    view! {
        <section class="hotkeys__part hotkeys__trial" aria-labelledby="hotkeys-trial">
            <h2 class="group__title" id="hotkeys-trial">{t(key::HOTKEYS_TRIAL)}</h2>
            <div class="hotkeys__try">
                <label class="hotkeys__label" for="hotkeys-place">{t(key::HOTKEYS_PLACE)}</label>
                <select class="select" id="hotkeys-place" disabled=true prop:disabled=off on:change=choose>{places}</select>
                <label class="hotkeys__label" for="hotkeys-press">{t(key::HOTKEYS_FIELD)}</label>
                <input class="input" id="hotkeys-press" autocomplete="off" spellcheck="false" disabled=true prop:disabled=off
                    on:keydown=press on:input=typed on:blur=move |_| forget()/>
            </div>
            <p class="hotkeys__answer" role="status">{answer}</p>
        </section>
    }
}

/// Keys, an arrow, and what they do.
fn fires(keys: Node, label: String) -> Node {
    view! { {keys} <span aria-hidden="true">"→ "</span> <strong>{label}</strong> }
}
