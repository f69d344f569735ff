//! Ctrl/⌘+K: sections, records and actions by a few letters. What searches is a chunk of its own, loaded at first use.

use leptos::ev::{self, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

use super::Frame;
use super::find::search;
use crate::markup::{later, view};
use crate::words::{key, t};

/// The dialog of the palette; one on a page, empty until it is opened.
#[component]
pub fn Palette() -> impl IntoView {
    let open = Frame::get().palette;
    let wanted = RwSignal::new(false);
    let early = StoredValue::new(String::new());
    let dialog = NodeRef::<html::Dialog>::new();
    let navigate = use_navigate();
    let go = Callback::new(move |to: String| navigate(&to, NavigateOptions::default()));
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open {
            early.set_value(String::new());
            // Said once: said again, it would be drawn anew.
            if !wanted.get_untracked() {
                wanted.set(true);
            }
            if !dialog.open() {
                // Refused only for a dialog that is shown already or not on the page.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    Effect::new(move |_| {
        window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            let command = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !event.alt_key();
            if command && event.code() == "KeyK" {
                event.prevent_default();
                open.update(|open| *open = !*open);
            }
        });
    });
    // A press beside the dialog lands on the dialog itself, which has no padding.
    let press = move |event: MouseEvent| {
        let on_dialog = event.target().is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>());
        if on_dialog {
            open.set(false);
        }
    };
    // Until the box is there, the dialog itself hears what is typed.
    let typed = move |event: KeyboardEvent| {
        let on_dialog = event.target().is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>());
        let command = event.ctrl_key() || event.meta_key() || event.alt_key();
        match event.key() {
            key if on_dialog && !command && key.chars().count() == 1 => {
                event.prevent_default();
                early.update_value(|early| early.push_str(&key));
            }
            _ => {}
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="palette"
            id="palette"
            aria-label=t(key::FIND)
            on:close=move |_: ev::Event| open.set(false)
            on:click=press
            on:keydown=typed
        >
            {move || wanted.get().then(|| later(search(open, go, early)))}
        </dialog>
    }
}
