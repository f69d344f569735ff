//! Messages between the editor's page and the framed panel. Each side listens to one window alone.

use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use crate::value;

/// A message that has come.
pub(super) struct Message(JsValue);

impl Message {
    fn get(&self, name: &str) -> Option<JsValue> {
        js_sys::Reflect::get(&self.0, &JsValue::from_str(name)).ok()
    }

    /// A text in it.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_string()
    }

    /// A value in it.
    pub fn value(&self, name: &str) -> Option<Value> {
        let text = js_sys::JSON::stringify(&self.get(name)?).ok()?.as_string()?;
        value::parse_json(&text).ok()
    }
}

/// Sends a message to a window.
///
/// The framed panel has no origin that could be named; it is known by its window. In the other direction the page
/// around must be of this very site.
pub(super) fn send(window: &Window, message: &Value, origin: &str) {
    let Ok(message) = js_sys::JSON::parse(&message.to_string()) else { return };
    // A window that is gone hears nothing.
    let _ = window.post_message(&message, origin);
}

/// Sends a message of one text, which may be long: it goes as it is and is written as JSON by nobody.
pub(super) fn send_text(window: &Window, kind: &str, text: &str, origin: &str) {
    let message = js_sys::Object::new();
    for (name, text) in [("pult", kind), (kind, text)] {
        // An object that was just made takes every property.
        let _ = js_sys::Reflect::set(&message, &name.into(), &text.into());
    }
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
pub(super) fn listen(from: impl Fn() -> Option<Window> + 'static, hear: impl Fn(&str, &Message) + 'static) {
    let handle = window_event_listener_untyped("message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let sender = event.source().map(JsValue::from);
        if sender.is_none() || sender != from().map(JsValue::from) {
            return;
        }
        let message = Message(event.data());
        if let Some(kind) = message.text("pult") {
            hear(&kind, &message);
        }
    });
    on_cleanup(move || handle.remove());
}

/// A message without anything besides its kind.
pub(super) fn plain(kind: &str) -> Value {
    json!({ "pult": kind })
}
