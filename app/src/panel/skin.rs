//! The style of the panel: tokens and rules of the settings, in a sheet that no text of the page carries.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CssStyleSheet;

use super::state::Panel;
use crate::sections::styles::sheet as sheet_of;

/// Keeps the sheet up with the settings and the value that is being edited.
pub(super) fn follow(panel: Panel) {
    // The sheet belongs to the browser's one thread; a server drops what it has drawn on any.
    if cfg!(feature = "ssr") {
        return;
    }
    let sheet = StoredValue::new_local(None::<CssStyleSheet>);
    // Of the value that is being edited once it was checked, else of what is saved. Most of what is edited changes nothing of it.
    let css: Memo<Option<String>> = Memo::new(move |_| {
        panel.settings.with(|settings| {
            let value = settings.document("styles")?;
            Some(
                panel.css.with(|edited| sheet_of(value, edited.as_deref().unwrap_or_else(|| settings.css()))),
            )
        })
    });
    Effect::new(move |_| {
        let css = css.get().unwrap_or_default();
        if css.is_empty() && sheet.with_value(Option::is_none) {
            return;
        }
        if sheet.with_value(Option::is_none) {
            sheet.set_value(adopted());
        }
        sheet.with_value(|sheet| {
            if let Some(sheet) = sheet {
                // What can't be read is left out by the browser, rule by rule.
                let _ = sheet.replace_sync(&css);
            }
        });
    });
}

/// A new sheet, the last of the document.
fn adopted() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    let document = document();
    let name = JsValue::from_str("adoptedStyleSheets");
    let all = js_sys::Array::from(&js_sys::Reflect::get(&document, &name).ok()?);
    all.push(sheet.unchecked_ref());
    js_sys::Reflect::set(&document, &name, &all).ok()?;
    Some(sheet)
}
