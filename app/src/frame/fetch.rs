//! What the page asks for itself, besides the calls: a built file, and forms posted in the background.

use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response, UrlSearchParams};

/// Status and body of an answer.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub text: String,
}

/// Reads a file. `None` when nothing answered.
pub async fn read(url: &str) -> Option<Answer> {
    answer(Request::new_with_str(url).ok()?).await
}

/// Has the words that only editors, the sample panel and rarer pages say; fetched once. The browser has one thread, so what
/// it waits for may be said to be `Send`.
#[cfg(not(feature = "ssr"))]
pub fn words_apart() -> impl Future<Output = ()> + Send {
    send_wrapper::SendWrapper::new(async {
        if crate::words::has_apart() {
            return;
        }
        if let Some(table) = words(".apart").await {
            crate::words::take_apart(table);
        }
    })
}

/// A part of the reader's words: `""`, `".apart"` or `".later"`. `None` when nothing answered.
#[cfg(not(feature = "ssr"))]
pub async fn words(part: &str) -> Option<crate::words::Table> {
    let html = leptos::prelude::document().document_element()?;
    let (assets, language) = (html.get_attribute("data-assets")?, html.get_attribute("lang")?);
    let answer = read(&[&assets, "/words.", &language, part, ".json"].concat()).await?;
    crate::words::Table::parse(&answer.text).ok()
}

/// Has what every editor needs beside its code: the words and the style sheet of editors.
#[cfg(not(feature = "ssr"))]
pub fn for_editors() -> impl Future<Output = ()> + Send {
    send_wrapper::SendWrapper::new(async {
        futures::join!(words_apart(), sheet());
    })
}

/// Has the style sheet of editors; the server has named it in the document if it was an editor that was asked for.
#[cfg(not(feature = "ssr"))]
async fn sheet() {
    let document = leptos::prelude::document();
    let (Some(head), Some(html)) = (document.head(), document.document_element()) else { return };
    if document.get_element_by_id(SHEET).is_some() {
        return;
    }
    let assets = html.get_attribute("data-assets").unwrap_or_default();
    let Ok(link) = document.create_element("link") else { return };
    let link: web_sys::HtmlElement = link.unchecked_into();
    link.set_id(SHEET);
    for (name, value) in [("rel", "stylesheet"), ("href", &[&assets, SHEET_FILE].concat())] {
        // Both names are well formed.
        let _ = link.set_attribute(name, value);
    }
    // Without it the editor is plain, but it works.
    let come = js_sys::Promise::new(&mut |come, _| {
        link.set_onload(Some(&come));
        link.set_onerror(Some(&come));
    });
    if head.append_child(&link).is_ok() {
        let _ = JsFuture::from(come).await;
    }
}

/// The `id` of the link to the style sheet of editors.
pub const SHEET: &str = "editors-sheet";
/// That sheet, among the built files.
pub const SHEET_FILE: &str = "/built/editors.css";

/// The server has all words at hand, and names the sheet in the document.
#[cfg(feature = "ssr")]
pub fn for_editors() -> std::future::Ready<()> {
    std::future::ready(())
}

/// The server has all words at hand.
#[cfg(feature = "ssr")]
pub fn words_apart() -> std::future::Ready<()> {
    std::future::ready(())
}

/// Posts a form as the browser would, asking for JSON instead of the next page. `None` when nothing answered.
pub async fn post(url: &str, fields: &[(&str, &str)]) -> Option<Answer> {
    let body = UrlSearchParams::new().ok()?;
    for (name, value) in fields {
        body.append(name, value);
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body);
    let request = Request::new_with_str_and_init(url, &init).ok()?;
    request.headers().set("Accept", "application/json").ok()?;
    answer(request).await
}

async fn answer(request: Request) -> Option<Answer> {
    let promise = leptos::prelude::window().fetch_with_request(&request);
    let response: Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(Answer { status: response.status(), text })
}
