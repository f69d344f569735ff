//! HTTP: every route of the console in one list, and the layers around them.

pub mod assets;
pub mod caller;
mod csrf;
pub mod forms;
mod headers;
mod health;
pub mod intake;
mod moved;
mod overlong;
mod pages;
mod styles;

use std::sync::Arc;

use app::error::Error;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderName;
use axum::middleware;
use axum::response::Response;
use axum::routing::{any, get, post};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use tracing::info_span;

use self::pages::status;
use crate::{Console, rest};

/// The name of a request in the log and in the answer.
pub static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Every route.
pub fn router(console: Arc<Console>) -> Router {
    // Reactive effects of pages run on the same threads as everything else; a second console in one process finds it set.
    let _ = any_spawner::Executor::init_tokio();
    let id = REQUEST_ID.clone();
    // Compression waits for a full block: an event would sit in it. What is compressed already stays as it is.
    let compress = DefaultPredicate::new()
        .and(NotForContentType::const_new("text/event-stream"))
        .and(NotForContentType::const_new("application/wasm"));

    Router::new()
        .route("/", get(moved::home))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/settings-page", get(moved::old))
        .route("/settings-page/{*old}", get(moved::old))
        .route("/sign-in", get(pages::page).post(forms::sign_in))
        .route("/sign-out", post(forms::sign_out))
        .route("/language", post(forms::language))
        .route("/theme", post(forms::theme))
        .route("/set-up/{token}", get(pages::page).post(forms::set_up))
        .route("/password/{token}", get(pages::page).post(forms::password))
        .route("/rpc/{*call}", any(pages::call))
        .route("/panel/styles.css", get(styles::current))
        .route("/panel/styles/{file}", get(styles::named))
        .route("/robots.txt", get(assets::robots))
        .route("/favicon.ico", get(assets::favicon))
        .fallback(pages::page)
        .nest("/api/v1", rest::router())
        .route("/api/v1/", any(|| async { rest::problem::Refused(Error::Missing) }))
        .layer(middleware::from_fn_with_state(console.clone(), csrf::refuse_foreign))
        // Brotli's next step is as quick as its usual one, and a tenth shorter.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)).compress_when(compress))
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(overlong::hear_out))
        .layer(CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::new(id.clone()))
        // A file of the build is the same for every request: it carries nothing that only one of them needs.
        .route("/assets/{build}/{*path}", get(assets::serve))
        .layer(middleware::from_fn_with_state(console.clone(), headers::secure))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(|request: &Request| {
                    let id = request
                        .headers()
                        .get(&REQUEST_ID)
                        .and_then(|id| id.to_str().ok())
                        .unwrap_or_default();
                    info_span!("request", %id, method = %request.method(), path = %request.uri().path())
                })
                .on_response(log),
        )
        .layer(SetRequestIdLayer::new(id, MakeRequestUuid))
        .with_state(console)
}

/// One line a request, quiet unless it failed.
fn log(response: &Response, took: std::time::Duration, _span: &tracing::Span) {
    let status = response.status().as_u16();
    if status >= 500 {
        tracing::error!(status, ms = took.as_millis() as u64, "failed");
    } else {
        tracing::debug!(status, ms = took.as_millis() as u64, "answered");
    }
}
