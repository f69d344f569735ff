//! The style sheet of operator panels: an address that changes with the text, and one that leads to it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::Console;

/// How it is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// Without any styles of the instance: the way back when they make the panel unusable.
    #[serde(default)]
    safe: String,
}

impl Asked {
    fn is_safe(&self) -> bool {
        self.safe == "1"
    }
}

/// Leads to the style sheet of this moment.
pub(super) async fn current(State(console): State<Arc<Console>>, Query(asked): Query<Asked>) -> Response {
    if asked.is_safe() {
        return text(String::new(), "no-cache");
    }
    match console.styles.sheet(&console.settings).await {
        Ok(sheet) => lead(&format!("/panel/styles/{}.css", sheet.hash)),
        Err(error) => {
            tracing::error!(%error, "the style sheet could not be made");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// A style sheet by its name, which may be kept forever. An older one leads to the present one: a panel without styles is
/// worse than one with newer ones.
pub(super) async fn named(
    State(console): State<Arc<Console>>,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let hash = file
        .strip_suffix(".css")
        .filter(|hash| hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit()));
    let Some(hash) = hash else { return StatusCode::NOT_FOUND.into_response() };
    if asked.is_safe() {
        return text(String::new(), "no-cache");
    }
    match console.styles.sheet(&console.settings).await {
        Ok(sheet) if sheet.hash == hash => text(sheet.css.clone(), "public, max-age=31536000, immutable"),
        Ok(_) => lead("/panel/styles.css"),
        Err(error) => {
            tracing::error!(%error, "the style sheet could not be made");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn lead(to: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    let headers = response.headers_mut();
    if let Ok(to) = HeaderValue::from_str(to) {
        headers.insert(header::LOCATION, to);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    open(headers);
    response
}

fn text(css: String, keep: &'static str) -> Response {
    let mut response = css.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    open(headers);
    response
}

/// Panels stand on pages of other origins.
fn open(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
}
