//! The keys of a list: arrows go from row to row, `/` goes to the search.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The `id` of the search of the list.
pub(super) const SEARCH: &str = "list-search";

/// Listens for `/` as long as the list is shown.
pub(super) fn listen() {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, |ev: KeyboardEvent| {
            if ev.key() != "/" || ev.ctrl_key() || ev.meta_key() || ev.alt_key() {
                return;
            }
            let typing = document().active_element().is_some_and(|element| {
                element.matches("input, textarea, select, [contenteditable], code-editor").unwrap_or(false)
                    || element.closest("dialog").ok().flatten().is_some()
            });
            if !typing && let Some(search) = element(SEARCH) {
                ev.prevent_default();
                let _ = search.focus();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Up and down between the links of the rows.
pub(super) fn walk(ev: &KeyboardEvent) {
    let step = match ev.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(from) = ev.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    // In a handle of the tree the arrows move the record itself.
    if from.matches(".items__handle").unwrap_or(false) {
        return;
    }
    let Some(row) = from.closest(".table__row").ok().flatten() else { return };
    let next = if step > 0 { row.next_element_sibling() } else { row.previous_element_sibling() };
    let link = next.and_then(|next| next.query_selector(".table__link").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        ev.prevent_default();
        let _ = link.focus();
    }
}
