//! What hangs from a button: the browser's own popover, which works before the page is awake.

use crate::markup::{Node, view};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// Any content in a popover; the button names it by `popovertarget`.
pub fn popover(id: &'static str, content: Node) -> Node {
    popover_class(id, "popover", content)
}

/// A popover of another class, for example `popover popover--end menu`.
pub fn popover_class(id: &'static str, class: &'static str, content: Node) -> Node {
    view! { <div class=class id=id popover="auto" on:toggle=place>{content}</div> }
}

/// Closes the popover of this id, if it is open.
pub fn hide_popover(id: &str) {
    if let Some(popover) = document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok())
        && popover.matches(":popover-open").unwrap_or(false)
    {
        // Refused only for a popover that is closed already.
        let _ = popover.hide_popover();
    }
}

/// Where CSS has no anchors, puts an opening popover below its button, inside the window.
fn place(event: ev::Event) {
    let Some(popover) = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
    let style = popover.style();
    if js_sys::Reflect::has(&style, &JsValue::from_str("positionArea")).unwrap_or(false) {
        return;
    }
    let selector = ["[popovertarget='", &popover.id(), "']"].concat();
    let Ok(Some(button)) = document().query_selector(&selector) else { return };
    let (x, y) = below(&button, &popover);
    let _ = style.set_property("--popover-x", &px(x));
    let _ = style.set_property("--popover-y", &px(y));
}

/// Whole pixels: writing fractions takes more code than they are worth.
fn px(length: f64) -> String {
    [&(length.round() as i32).to_string(), "px"].concat()
}

fn below(button: &Element, popover: &HtmlElement) -> (f64, f64) {
    let (button, width) = (button.get_bounding_client_rect(), f64::from(popover.offset_width()));
    let window = window().inner_width().ok().and_then(|it| it.as_f64()).unwrap_or(width);
    let start =
        if popover.class_list().contains("popover--end") { button.right() - width } else { button.left() };
    (start.min(window - width - 8.0).max(8.0), button.bottom())
}
