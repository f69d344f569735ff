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

/// Has the words that only editors and the sample panel say; fetched once. The browser has one thread, so what it waits for
/// may be said to be `Send`.
#[cfg(not(feature = "ssr"))]
pub fn words_apart() -> impl Future<Output = ()> + Send {
    send_wrapper::SendWrapper::new(async {
        if crate::words::has_apart() {
            return;
        }
        let file = ["/words.", crate::words::language().tag(), ".apart.json"].concat();
        let page = leptos::prelude::document().document_element();
        let assets = page.and_then(|html| html.get_attribute("data-assets")).unwrap_or_default();
        let answer = read(&[assets, file].concat()).await;
        if let Some(table) = answer.and_then(|answer| crate::words::Table::parse(&answer.text).ok()) {
            crate::words::take_apart(table);
        }
    })
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
