//! Commits: many operations at once, and the list of what was done.

use app::backend::{Backend, ChangesQuery, Commit};
use app::error::Error;
use axum::Json;
use axum::body::Bytes;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::problem::Refused;
use super::records::{idempotency, read_body};
use crate::web::caller::RestDesk;

/// Which commits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    section: String,
    id: Option<i64>,
    before: Option<i64>,
    #[serde(default)]
    limit: u32,
}

/// Commits, newest first.
pub(super) async fn list(RestDesk(desk): RestDesk, Query(which): Query<Which>) -> Result<Response, Refused> {
    let Which { section, id, before, limit } = which;
    let changes = desk.changes(ChangesQuery { section, id, before, limit }).await?;
    Ok(Json(changes).into_response())
}

/// Does everything in the body, or nothing.
pub(super) async fn create(
    RestDesk(desk): RestDesk,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refused> {
    // Whoever may not write at all learns nothing of the body's faults.
    desk.stand()?;
    let commit: Commit =
        serde_json::from_value(read_body(&bytes)?).map_err(|error| Error::unreadable(&error))?;
    let committed = desk.write(commit, idempotency(&headers)?).await?;
    let mut response = Json(&committed).into_response();
    response.headers_mut().insert("pult-seq", committed.seq.into());
    Ok(response)
}
