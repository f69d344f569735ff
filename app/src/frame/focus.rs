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
    let location = use_location();
    let (pathname, query) = (location.pathname, location.query);
    let field = Memo::new(move |_| query.with(|query| query.get_str("field").and_then(field_of)));
    Effect::new(move |before: Option<(String, Option<String>)>| {
        let (path, field) = (pathname.get(), field.get());
        let moved = before.as_ref().is_some_and(|(before, _)| *before != path);
        if moved {
            hide_popover("nav");
            hide_popover("me");
        }
        match &field {
            // A single setting was looked for, on this page or the next.
            Some(sought) if moved || before.is_none_or(|(_, before)| before != field) => {
                seek_field(routing, sought.clone(), heading_of(&path), PATIENCE);
            }
            _ if moved => seek(routing, heading_of(&path), PATIENCE),
            _ => {}
        }
        (path, field)
    });
    routing
}

/// The `id` of the control of a field that the address names: the outermost one, if it stands in a list.
fn field_of(path: &str) -> Option<String> {
    let plain =
        !path.is_empty() && path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    plain.then(|| ["field-", &path.replace('.', "-")].concat())
}

/// Looks for the field, and for the one around it where it stands in a list or behind another; without either the
/// heading has to do.
fn seek_field(routing: RwSignal<bool>, id: String, heading: &'static str, patience: u32) {
    request_animation_frame(move || {
        let waits = routing.try_get_untracked().unwrap_or(true)
            || document().query_selector("form :enabled, .form :enabled").ok().flatten().is_none();
        let mut found = None;
        let mut name = (!waits).then_some(&*id);
        while let Some(this) = name.filter(|name| *name != "field") {
            found = control(this);
            name = if found.is_some() { None } else { this.rsplit_once('-').map(|(outer, _)| outer) };
        }
        match found {
            Some(control) => {
                let _ = control.focus();
                let nearest = web_sys::ScrollIntoViewOptions::new();
                nearest.set_block(web_sys::ScrollLogicalPosition::Center);
                control.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
            None if patience > 0 => seek_field(routing, id, heading, patience - 1),
            None => seek(routing, heading, PATIENCE),
        }
    });
}

/// What takes the focus for a field: its control, or the first one in it.
fn control(id: &str) -> Option<HtmlElement> {
    const TAKES: &str =
        "input:enabled, select:enabled, textarea:enabled, button:enabled, [tabindex], code-editor";
    let by_label =
        || document().query_selector(&["[aria-labelledby='", id, "-label']"].concat()).ok().flatten();
    let element = document().get_element_by_id(id).or_else(by_label)?;
    let itself = element.matches(TAKES).unwrap_or(false).then(|| element.clone());
    let inside = || element.query_selector(TAKES).ok().flatten();
    itself.or_else(inside)?.dyn_into().ok()
}

/// A record's form stands beside its list and has a heading of its own; anywhere else it is the first.
fn heading_of(path: &str) -> &'static str {
    let mut parts = path.trim_matches('/').split('/');
    if parts.next() == Some("settings") && parts.nth(1).is_some() { "#record-title" } else { "main h1" }
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
