//! The schemas: the very ones that draw the forms.

use app::backend::Backend;
use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::problem::Refused;
use super::records::tagged;
use crate::web::assets;
use crate::web::caller::RestDesk;

/// The names of the schemas that the caller may read.
pub(super) async fn list(RestDesk(desk): RestDesk) -> Result<Response, Refused> {
    let me: Vec<&str> = {
        let (_, rights, _) = desk.stand()?;
        app::sections::ALL
            .iter()
            .map(|item| item.key)
            .filter(|section| rights.may(section, app::sections::roles::Verb::View))
            .collect()
    };
    Ok(Json(json!({ "schemas": me })).into_response())
}

/// The schema of one section, with the words of the caller's language.
pub(super) async fn get(
    RestDesk(desk): RestDesk,
    Path(section): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let schema = desk.schema(&section).await?;
    let (snapshot, _, reader) = desk.stand()?;
    let tag = format!("{}-{}", assets::build(), reader.language.tag());
    Ok(tagged(&headers, snapshot.head, &tag, &schema))
}
