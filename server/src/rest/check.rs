//! Checks of values that are not saved: what is wrong with a style sheet.

use app::backend::Backend;
use app::error::Error;
use axum::Json;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::problem::Refused;
use super::records::read_body;
use crate::web::caller::RestDesk;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    css: String,
}

/// What is wrong with a style sheet of the panel, at line and column, and the sheet as it would be published.
pub(super) async fn styles(RestDesk(desk): RestDesk, bytes: Bytes) -> Result<Response, Refused> {
    // Whoever may not view styles learns nothing of the body's faults.
    desk.may_check_styles()?;
    let Sheet { css } =
        serde_json::from_value(read_body(&bytes)?).map_err(|error| Error::unreadable(&error))?;
    Ok(Json(desk.check_styles(css).await?).into_response())
}
