//! The recorder of one combination: listens while it has the focus, takes a second step, or what is written.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::desk::Desk;
use super::keyboard::Pressed;
use crate::markup::{Node, view};
use crate::sections::hotkeys::Action;
use crate::sections::hotkeys::keys::{Keys, Step};
use crate::ui::summary::{focus, once_drawn};
use crate::ui::{Button, Kind, icon};
use crate::words::{Word, key, t, tf};

/// The `id` of the button that listens.
const BUTTON: &str = "hotkeys-recorder";

/// The recorder of the combination `n` of an action; behind the last it records a new one.
pub(super) fn recorder(desk: Desk, action: &'static Action, n: usize) -> Node {
    let keys = desk.keys(action);
    let text = Memo::new(move |_| keys.with(|keys| keys.get(n).cloned()));
    let listening = RwSignal::new(true);
    let second = RwSignal::new(false);
    let said = RwSignal::new(String::new());

    let set = move |text: String| {
        let mut keys = desk.keys_now(action);
        match keys.get_mut(n) {
            Some(old) => *old = text,
            None => keys.push(text),
        }
        desk.write(action.id, keys);
    };
    let remove = move || {
        let mut keys = desk.keys_now(action);
        if n < keys.len() {
            keys.remove(n);
            desk.write(action.id, keys);
        }
        desk.close();
    };
    let record = move |step: Step| {
        let first = text.get_untracked().filter(|_| second.get_untracked());
        let keys = match first.and_then(|text| Keys::parse(&text).ok()) {
            Some(keys) => Keys { second: Some(step), ..keys },
            None => Keys { first: step, second: None },
        };
        second.set(false);
        set(keys.to_text());
        said.set(tf(key::HOTKEYS_RECORDED, &[("keys", &desk.keyboard.spoken(&keys.to_text()))]));
    };
    let press = move |event: KeyboardEvent| {
        let pressed = Pressed::of(&event);
        // The focus must get away: Tab is never recorded, and can be written.
        if pressed.is_plain("Tab") {
            return;
        }
        if pressed.is_plain("Escape") || pressed.is_plain("Backspace") {
            pressed.keep();
            return if pressed.key == "Escape" { desk.close() } else { remove() };
        }
        let press = pressed.press(desk.keyboard, false);
        match press.step() {
            Some(_) if press.repeat => pressed.keep(),
            Some(step) => {
                pressed.keep();
                record(step);
            }
            None if matches!(pressed.key.as_str(), "Control" | "Shift" | "Alt" | "AltGraph" | "Meta") => {}
            None => said.set(t(key::HOTKEYS_UNKNOWN).to_owned()),
        }
    };
    let word = move || {
        let word = match (listening.get(), second.get(), text.with(Option::is_some)) {
            (true, true, _) => key::HOTKEYS_PRESS_SECOND,
            (false, _, true) => key::HOTKEYS_PRESS_AGAIN,
            _ => key::HOTKEYS_PRESS,
        };
        t(word)
    };
    let single = move || {
        text.with(|text| {
            text.as_deref().and_then(|text| Keys::parse(text).ok()).is_some_and(|keys| keys.second.is_none())
        })
    };
    let small = |name: &'static str, word: Word, act: Callback<()>| {
        view! { <Button kind=Kind::Quiet small=true icon=name word=t(word) press=move |_| act.run(())/> }
    };
    let more = Callback::new(move |()| {
        second.set(true);
        focus(BUTTON);
    });
    let forward = Callback::new(move |()| {
        let mut keys = desk.keys_now(action);
        if n < keys.len() {
            let first = keys.remove(n);
            keys.insert(0, first);
            desk.write(action.id, keys);
            desk.open.set(Some((action.id, 0)));
        }
    });
    let away = Callback::new(move |()| remove());
    let done = Callback::new(move |()| desk.close());
    let written = move |event| {
        let text = event_target_value(&event);
        if !text.trim().is_empty() {
            // What can't be read is kept: the sentence below tells why.
            set(Keys::parse(&text).map_or(text, Keys::to_text));
        }
    };
    once_drawn(|| focus(BUTTON));
    view! {
        <div class="hotkeys__recorder">
            <button class="hotkeys__listen" type="button" id=BUTTON aria-describedby="hotkeys-keys"
                on:keydown=press on:focus=move |_| listening.set(true) on:blur=move |_| {
                    listening.set(false);
                    second.set(false);
                }>
                {icon("keyboard")}
                {move || text.get().map(|text| view! { {desk.keyboard.shown(&text)} " " })}
                <span>{word}</span>
            </button>
            <div class="hotkeys__steps">
                {move || single().then(|| small("plus", key::HOTKEYS_SECOND, more))}
                {(n > 0).then(|| small("arrow-left", key::HOTKEYS_FIRST, forward))}
                {move || text.with(Option::is_some).then(|| small("trash-2", key::HOTKEYS_REMOVE, away))}
                {small("check", key::HOTKEYS_DONE, done)}
            </div>
            <label class="hotkeys__write">
                <span>{t(key::HOTKEYS_WRITE)}</span>
                <input class="input input--code" placeholder="Mod+Shift+KeyE" autocomplete="off" spellcheck="false"
                    prop:value=move || text.get().unwrap_or_default() on:change=written on:keydown=move |event| keep_enter(&event)/>
            </label>
            <p class="field__help" id="hotkeys-keys">{t(key::HOTKEYS_RECORDER_HELP)}</p>
            <p class="visually-hidden" role="status">{move || said.get()}</p>
        </div>
    }
}

/// Enter in a field would save the page; here it takes over what is written.
pub(super) fn keep_enter(event: &KeyboardEvent) {
    if event.key() == "Enter" && !event.ctrl_key() && !event.meta_key() {
        event.prevent_default();
        if let Some(field) = event.target().map(wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>)
        {
            // Leaving the field is what changes it.
            let _ = field.blur();
            let _ = field.focus();
        }
    }
}
