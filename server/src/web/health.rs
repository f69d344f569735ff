//! Is the program alive, and can it answer?

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::Console;

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers.
pub(super) async fn ready(State(console): State<Arc<Console>>) -> (StatusCode, &'static str) {
    match console.settings.database().connection().ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
