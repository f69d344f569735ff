//! Addresses of the operator panel's own settings pages, led to ours with their query.

use axum::http::Uri;
use axum::response::Redirect;

/// `/` is the start page.
pub(super) async fn home() -> Redirect {
    Redirect::permanent("/settings")
}

/// `/settings-page/…` of the panel: some sections have other names there, the rest differ by `_`.
pub(super) async fn old(uri: Uri) -> Redirect {
    let path = uri.path().trim_start_matches("/settings-page").trim_matches('/');
    let mut to = match path {
        "chat_statuses" => "/settings/dialog-statuses".to_owned(),
        "op-settings/timers" => "/settings/timers".to_owned(),
        "op-settings/files" => "/settings/files".to_owned(),
        "op-settings/client-fields" => "/settings/client-card".to_owned(),
        _ => {
            let key = path.replace('_', "-");
            if app::sections::item(&key).is_some() {
                format!("/settings/{key}")
            } else {
                "/settings".to_owned()
            }
        }
    };
    if let Some(query) = uri.query() {
        to.push('?');
        to.push_str(query);
    }
    Redirect::permanent(&to)
}
