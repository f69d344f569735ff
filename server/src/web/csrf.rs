//! Refuses writes that another site's page sends with this person's cookie.
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`), older ones at least the origin of its page. A program
//! that sends neither carries no cookie of ours, or was given it by its owner.

use std::sync::Arc;

use app::error::Error;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Console;
use crate::rest::problem::Refused;

pub(super) async fn refuse_foreign(
    State(console): State<Arc<Console>>,
    request: Request,
    next: Next,
) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_own(&console, request.headers()) {
        return next.run(request).await;
    }
    if request.uri().path().starts_with("/api/") {
        return Refused(Error::Forbidden { right: "origin".into() }).into_response();
    }
    (StatusCode::FORBIDDEN, "This request comes from another site.\n").into_response()
}

fn is_own(console: &Console, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match text("origin") {
            None => true,
            Some(origin) => {
                let host = text(header::HOST.as_str()).unwrap_or_default();
                origin == console.url()
                    || origin.split_once("://").is_some_and(|(_, own)| own == host && !host.is_empty())
            }
        },
    }
}
