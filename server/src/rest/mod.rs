//! The door for integrations: `/api/v1`. It knows HTTP and nothing of settings: every handler asks the caller's desk.

pub mod answers;
mod check;
mod commits;
mod events;
mod files;
mod openapi;
pub mod problem;
mod records;
mod schemas;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post, put};

use crate::Console;

pub use openapi::describe;

/// The most that a check may carry, in bytes: the longest style sheet, escaped in JSON.
const CHECKED: usize = 2 * 1024 * 1024;

/// Every route below `/api/v1`.
pub fn router() -> Router<Arc<Console>> {
    Router::new()
        .route("/settings", get(records::sections))
        .route(
            "/settings/{section}",
            get(records::list)
                .post(records::create)
                .put(records::put_document)
                .patch(records::patch_document),
        )
        .route(
            "/settings/{section}/{id}",
            get(records::get).put(records::put).patch(records::patch).delete(records::delete),
        )
        .route("/settings/users/{id}/password-link", post(records::password_link))
        .route("/settings/{section}/{id}/history", get(records::history))
        .route("/settings/{section}/{id}/uses", get(records::uses))
        .route("/settings/{section}/{id}/uses/{source}", put(records::report_uses))
        .route("/commits", get(commits::list).post(commits::create))
        .route("/check/file", post(files::check))
        .route("/blobs", post(files::upload))
        .route("/blobs/{hash}", get(files::download))
        .route("/check/styles", post(check::styles).layer(DefaultBodyLimit::max(CHECKED)))
        .route("/schemas", get(schemas::list))
        .route("/schemas/{section}", get(schemas::get))
        .route("/events", get(events::stream))
        .route("/openapi.json", get(openapi::document))
        .fallback(|| async { problem::Refused(app::error::Error::Missing) })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(middleware::map_response(problem::told))
}
