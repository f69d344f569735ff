//! Is the program alive, and can it answer?

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::Console;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers.
pub(super) async fn ready(State(console): State<Arc<Console>>) -> (StatusCode, &'static str) {
    let ping = console.settings.database().connection().ping();
    match tokio::time::timeout(PATIENCE, ping).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
