//! Fetches a script of ours that is no part of the program, once it is needed.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};

/// The function of the page that imports a module: only a script that came with the page may (`frame/shell.rs`).
pub const IMPORT: &str = "pultImport";

/// Fetches and runs the module at `path` below the built files; a second call finds it there. If it doesn't come, what
/// would use it does without.
pub fn fetch(path: &str) {
    let Some(html) = document().document_element() else { return };
    let Some(root) = html.get_attribute("data-assets") else { return };
    let import = js_sys::Reflect::get(&window(), &JsValue::from_str(IMPORT)).ok();
    if let Some(import) = import.and_then(|import| import.dyn_into::<js_sys::Function>().ok()) {
        let _ = import.call1(&JsValue::NULL, &JsValue::from_str(&[&root, "/", path].concat()));
    }
}
