//! Errors as RFC 9457 problem documents.

use app::error::Error;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An error on its way out of the REST door.
#[derive(Debug)]
pub struct Refused(pub Error);

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = Map::new();
        body.insert("type".into(), format!("/problems/{}", self.0.code()).into());
        body.insert("title".into(), title(&self.0).into());
        body.insert("status".into(), status.as_u16().into());
        match self.0 {
            Error::Invalid { problems, operations } => {
                let errors: Vec<Value> = problems
                    .iter()
                    .zip(operations)
                    .map(|(problem, operation)| {
                        json!({
                            "pointer": problem.pointer,
                            "code": problem.code,
                            "params": problem.params,
                            "warning": problem.warning,
                            "operation": operation,
                        })
                    })
                    .collect();
                body.insert("errors".into(), errors.into());
            }
            Error::Conflict { operation, revision, current, by, at } => {
                body.insert("operation".into(), operation.into());
                body.insert("revision".into(), revision.into());
                body.insert("current".into(), current);
                body.insert("by".into(), by.into());
                body.insert("at".into(), at.into());
            }
            Error::Forbidden { right } => {
                body.insert("right".into(), right.into());
            }
            Error::Broken { request } => {
                body.insert("request".into(), request.into());
            }
            Error::SignIn | Error::Missing | Error::TooLarge | Error::Busy => {}
        }
        let mut response = (status, Value::Object(body).to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Makes a problem document of a refusal that the layers below told in their own way.
pub(super) async fn told(response: Response) -> Response {
    /// The longest reason that is handed on, in bytes.
    const REASON: usize = 4096;
    let status = response.status();
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    if !(status.is_client_error() || status.is_server_error())
        || media.is_some_and(|media| media.starts_with("application/problem+json"))
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let reason = axum::body::to_bytes(body, REASON).await.unwrap_or_default();
    let reason = String::from_utf8_lossy(&reason);
    let name = status.canonical_reason().unwrap_or("Refused");
    let mut document = json!({
        "type": format!("/problems/{}", name.to_lowercase().replace(' ', "-")),
        "title": name,
        "status": status.as_u16(),
    });
    if !reason.trim().is_empty() {
        document["detail"] = reason.trim().into();
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    Response::from_parts(parts, document.to_string().into())
}

/// One English sentence for whoever reads logs; people of the console get words made from the codes.
const fn title(error: &Error) -> &'static str {
    match error {
        Error::SignIn => "Sign in, or send an API key",
        Error::Forbidden { .. } => "A right is missing",
        Error::Missing => "There is no such thing",
        Error::Invalid { .. } => "The value breaks rules",
        Error::Conflict { .. } => "The record changed since it was read",
        Error::TooLarge => "Too large",
        Error::Busy => "Not now; try again",
        Error::Broken { .. } => "A defect or an outage",
    }
}
