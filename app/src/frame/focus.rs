//! After a navigation the focus goes to the heading of what is new, as it would on a fresh page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::ui::hide_popover;

/// Is the router waiting for the next page?
#[derive(Clone, Copy)]
pub(super) struct Routing(pub RwSignal<bool>);

/// How many pictures to wait for a heading: two seconds.
const PATIENCE: u32 = 120;

/// Follows the address; answers whether the next page is being waited for.
pub(super) fn follow() -> RwSignal<bool> {
    let routing = use_context::<Routing>().map_or_else(|| RwSignal::new(false), |routing| routing.0);
    let pathname = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = pathname.get();
        if let Some(before) = before
            && before != path
        {
            hide_popover("nav");
            hide_popover("me");
            seek(routing, heading_of(&path), PATIENCE);
        }
        path
    });
    routing
}

/// A record's form stands beside its list, so its heading is the last one; anywhere else it is the first.
fn heading_of(path: &str) -> &'static str {
    let mut parts = path.trim_matches('/').split('/');
    if parts.next() == Some("settings") && parts.nth(1).is_some() {
        ".split > .pane:last-child .pane__title"
    } else {
        "main h1"
    }
}

/// Looks for the heading, picture by picture, while the router works and until the page has drawn it.
fn seek(routing: RwSignal<bool>, selector: &'static str, patience: u32) {
    request_animation_frame(move || {
        let heading = if routing.try_get_untracked().unwrap_or(true) {
            None
        } else {
            document()
                .query_selector(selector)
                .ok()
                .flatten()
                .and_then(|it| it.dyn_into::<HtmlElement>().ok())
        };
        match heading {
            Some(heading) => {
                // A heading takes no focus by itself; -1 lets a script give it.
                heading.set_tab_index(-1);
                let _ = heading.focus();
            }
            None if patience > 0 => seek(routing, selector, patience - 1),
            None => {}
        }
    });
}
