//! Messages between the editor's page and the framed panel. Each side listens to one window alone.

use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use crate::value;

/// Sends a message to a window.
///
/// The framed panel has no origin that could be named; it is known by its window. In the other direction the page
/// around must be of this very site.
pub(super) fn send(window: &Window, message: &Value, origin: &str) {
    let Ok(message) = js_sys::JSON::parse(&message.to_string()) else { return };
    // A window that is gone hears nothing.
    let _ = window.post_message(&message, origin);
}

/// Tells the page around, if this page is framed.
pub(super) fn tell_parent(message: &Value) {
    if let Some(parent) = parent() {
        send(&parent, message, &own_origin());
    }
}

/// The window around this page.
pub(super) fn parent() -> Option<Window> {
    let window = window();
    window.parent().ok().flatten().filter(|parent| *parent != window)
}

/// The site's origin as the address names it: a sandboxed page has none of its own.
fn own_origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Hears messages of `from` until the owner is gone. In the browser only.
pub(super) fn listen(from: impl Fn() -> Option<Window> + 'static, hear: impl Fn(&str, &Value) + 'static) {
    let handle = window_event_listener_untyped("message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let sender = event.source().map(JsValue::from);
        if sender.is_none() || sender != from().map(JsValue::from) {
            return;
        }
        let text = js_sys::JSON::stringify(&event.data()).ok().and_then(|text| text.as_string());
        let Some(message) = text.and_then(|text| value::parse_json(&text).ok()) else { return };
        if let Some(kind) = message.get("pult").and_then(Value::as_str) {
            hear(kind, &message);
        }
    });
    on_cleanup(move || handle.remove());
}

/// A message without anything besides its kind.
pub(super) fn plain(kind: &str) -> Value {
    json!({ "pult": kind })
}
