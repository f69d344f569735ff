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
