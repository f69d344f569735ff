//! A panic is a defect: says so, keeps what is unsaved, and offers to reload.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, Window};

use super::Page;

/// A chunk of another build no longer fits: the page is loaded anew once, and this remembers for which build.
const RELOADED: &str = "frame.reloaded";

thread_local! {
    static SAID: Cell<bool> = const { Cell::new(false) };
}

/// From now on a panic shows a dialog.
pub(super) fn set_hook() {
    std::panic::set_hook(Box::new(move |info| {
        let text = info.to_string();
        web_sys::console::error_1(&text.as_str().into());
        let Some(window) = web_sys::window() else { return };
        if text.contains("SplitLoaderError") && reload_once(&window) {
            return;
        }
        if !SAID.replace(true) {
            // The page may be broken in any way, so nothing of it is used and every step may fail.
            let _ = window.document().as_ref().and_then(say);
        }
    }));
}

/// Loads the page anew, unless that was tried for this build already.
fn reload_once(window: &Window) -> bool {
    let build = Page::of_document().build;
    let Ok(Some(store)) = window.session_storage() else { return false };
    if store.get_item(RELOADED).ok().flatten().as_ref() == Some(&build) {
        return false;
    }
    store.set_item(RELOADED, &build).is_ok() && window.location().reload().is_ok()
}

/// A plain dialog. Words are not at hand if they are what is broken, so these few stand here.
fn say(document: &Document) -> Option<()> {
    let uk = document.document_element()?.get_attribute("lang").as_deref() != Some("en");
    let (title, text, word) = if uk {
        (
            "Сталася помилка в програмі",
            "Незбережене лишилося чернеткою в цьому браузері. Перезавантажте сторінку, щоб продовжити.",
            "Перезавантажити",
        )
    } else {
        (
            "The program ran into an error",
            "What you have not saved is kept as a draft in this browser. Reload the page to go on.",
            "Reload",
        )
    };
    let dialog: HtmlDialogElement = element(document, "dialog", "dialog", "")?.dyn_into().ok()?;
    dialog.set_attribute("aria-label", title).ok()?;
    let head = element(document, "header", "dialog__head", "")?;
    head.append_child(&element(document, "h2", "dialog__title", title)?.into()).ok()?;
    let body = element(document, "div", "dialog__body", "")?;
    body.append_child(&element(document, "p", "", text)?.into()).ok()?;
    let foot = element(document, "footer", "dialog__foot", "")?;
    let button: HtmlElement = element(document, "button", "button button--primary", word)?.dyn_into().ok()?;
    let reload = Closure::<dyn Fn()>::new(|| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    });
    button.set_onclick(Some(reload.into_js_value().unchecked_ref()));
    foot.append_child(&button).ok()?;
    for part in [&head, &body, &foot] {
        dialog.append_child(part).ok()?;
    }
    document.body()?.append_child(&dialog).ok()?;
    dialog.show_modal().ok()
}

fn element(document: &Document, tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Some(element)
}
