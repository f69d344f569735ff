//! What keeps a form from being saved, with a jump to each place.

use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::markup::{Node, view};
use crate::ui::icon;

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where it is, as the caller knows places; empty if nothing shows it.
    pub place: String,
    /// "Назва: така вже є".
    pub text: String,
}

/// The list of complaints; `place` lets the caller move the focus to it.
pub fn summary(
    place: NodeRef<html::Div>,
    title: Signal<String>,
    complaints: Signal<Vec<Complaint>>,
    jump: Callback<String>,
) -> Node {
    view! {
        <div class="summary" role="alert" tabindex="-1" aria-labelledby="summary-title" node_ref=place>
            <h3 class="summary__title" id="summary-title">{icon("circle-alert")} {move || title.get()}</h3>
            <ul class="summary__list">
                {move || {
                    complaints
                        .get()
                        .into_iter()
                        .map(|one| {
                            if one.place.is_empty() {
                                return view! { <li>{one.text}</li> };
                            }
                            let go = move |ev: leptos::ev::MouseEvent| {
                                ev.prevent_default();
                                jump.run(one.place.clone());
                            };
                            view! { <li><a href="#" on:click=go>{one.text}</a></li> }
                        })
                        .collect::<Vec<_>>()
                }}
            </ul>
        </div>
    }
}

/// Runs `act` once what was changed just now is drawn, and before the next key or click: whoever types fast loses nothing.
pub fn once_drawn(act: impl FnOnce() + 'static) {
    spawn_local(async move {
        tick().await;
        act();
    });
}

/// Moves the focus to the control `id`, or to the first control inside of what bears it.
pub fn focus(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let control = "input, select, textarea, button";
    let target = if element.matches(control).unwrap_or(false) {
        Some(element)
    } else {
        let inside = element.query_selector(control).ok().flatten();
        inside.or(Some(element))
    };
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
        target.scroll_into_view_with_bool(false);
    }
}
