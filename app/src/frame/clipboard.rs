//! Puts a text on the clipboard.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::toasts;
use crate::words::{key, t};

/// Puts a text on the clipboard and says so.
pub fn copy(text: &str) {
    // Absent on plain HTTP; then there is nothing to say.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard")).ok();
    if clipboard.is_some_and(|clipboard| !clipboard.is_undefined()) {
        let _ = window().navigator().clipboard().write_text(text);
        toasts().say(t(key::COPIED), None);
    }
}
