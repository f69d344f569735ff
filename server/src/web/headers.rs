//! The headers that every answer carries, and the content policy of pages.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::assets::PACK;
use crate::Console;

/// What a page may load, and who may frame it.
#[derive(Clone)]
pub(super) enum Policy {
    /// A page of the console.
    Page,
    /// The sample panel in a sandboxed frame, which has no origin: the site's own is named instead.
    Framed(String),
}

/// The policy of a page whose inline scripts carry `nonce`.
pub(super) fn page_policy(nonce: &str, policy: &Policy) -> String {
    match policy {
        Policy::Page => format!(
            "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; frame-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types default"
        ),
        Policy::Framed(origin) => format!(
            "default-src 'none'; script-src {origin}/assets/ 'nonce-{nonce}' 'wasm-unsafe-eval'; \
             style-src {origin}/assets/; img-src {origin}/assets/ data:; connect-src {origin}/assets/; \
             form-action 'none'; base-uri 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; \
             trusted-types default"
        ),
    }
}

/// The types of files that a page is made of and that a browser never opens as a document.
const PARTS: [&str; 4] =
    ["application/wasm", PACK, "text/javascript; charset=utf-8", "text/css; charset=utf-8"];

pub(super) async fn secure(State(console): State<Arc<Console>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // Code, styles and words are never documents: the policies of one would only be carried along, dozens of times for
    // each page.
    let is_part = headers.get(header::CONTENT_TYPE).is_some_and(|kind| PARTS.iter().any(|part| kind == part));
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !is_part {
        // What is no page runs nothing and is framed nowhere; pages bring their own policy.
        set(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        );
        set(header::REFERRER_POLICY, "same-origin");
        set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        set(
            header::HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=()",
        );
    }
    if console.config.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    // Answers depend on who asks unless they say otherwise.
    set(header::CACHE_CONTROL, "no-store");
    response
}
