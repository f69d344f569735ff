//! Pointing at parts: while it is on, a press names the part below the pointer and does nothing else.

use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

use super::state::Panel;
use super::talk;

/// What a press is made of, from its beginning to what it does.
const PRESS: [&str; 3] = ["pointerdown", "mousedown", "click"];

/// Catches presses on their way down, before any part hears of them. It stays as long as the page.
pub(super) fn follow(panel: Panel) {
    let catch = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if !panel.pick.get_untracked() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if event.type_() == "click"
            && let Some(part) = part(&event)
        {
            talk::tell_parent(&json!({ "pult": "picked", "part": part }));
        }
    })
    .into_js_value();
    for kind in PRESS {
        // Refused by no window.
        let _ = window().add_event_listener_with_callback_and_bool(kind, catch.unchecked_ref(), true);
    }
}

/// The innermost part that was pressed.
fn part(event: &Event) -> Option<String> {
    let mut element = event.target()?.dyn_into::<Element>().ok()?;
    loop {
        let class = element.get_attribute("class").unwrap_or_default();
        if let Some(part) = class.split_whitespace().find(|class| class.starts_with("op-")) {
            return Some(part.to_owned());
        }
        element = element.parent_element()?;
    }
}
