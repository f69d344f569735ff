//! Files: judged by the rules (`/check/file`), kept for records to name (`/blobs`), and given out again.

use app::error::Error;
use app::field::ATTACHMENT_BYTES;
use app::problem::{Problem, Problems};
use app::sections::files::{self, Asked, Direction, FIRST_BYTES, Family, Files, MEGABYTE, Verdict};
use app::sections::roles::Verb;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::Refused;
use crate::access::Rights;
use crate::blobs;
use crate::web::caller::RestDesk;
use crate::web::intake;

/// The largest limit that rules can set, in bytes, and one more megabyte: what is too large is to be judged so.
const JUDGED: u64 = (2_048 + 1) * MEGABYTE;
/// A name longer than this is no file's.
const NAME: usize = 255;

/// What a caller says of a file beside its bytes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    name: String,
    #[serde(default)]
    r#type: String,
    #[serde(default)]
    direction: String,
    /// The length of the whole, where only the beginning is sent.
    size: Option<u64>,
}

impl Told {
    /// The declared type: as the query says, else as the request's own header does.
    fn declared(&self, headers: &HeaderMap) -> String {
        let header =
            || headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if self.r#type.is_empty() { header().to_owned() } else { self.r#type.clone() }
    }
}

fn invalid(pointer: &str, code: &str) -> Error {
    Error::invalid(Problems(vec![Problem::error(pointer, code)]))
}

/// Judges a file by the rules as they stand. Of the body only the first bytes and the length are kept.
pub(super) async fn check(
    RestDesk(desk): RestDesk,
    Query(told): Query<Told>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let (snapshot, rights, _) = desk.stand()?;
    rights.demand("files", Verb::View)?;
    let direction = match told.direction.as_str() {
        "" => Direction::Both,
        name => Direction::of(name).ok_or_else(|| invalid("/direction", "not_readable"))?,
    };
    let taken = intake::take(body, FIRST_BYTES, JUDGED).await?;
    let rules: Files = snapshot.typed(0).unwrap_or_default();
    let declared = told.declared(&headers);
    let size = told.size.unwrap_or_default().max(taken.length);
    let asked = Asked { name: &told.name, declared: &declared, first: &taken.first, size, direction };
    Ok(Json(judged(&files::verdict(&rules, asked), &rules, size)).into_response())
}

/// A judgement as JSON: sentences are made of code and parameters by whoever reads it.
fn judged(verdict: &Verdict, rules: &Files, size: u64) -> Value {
    let rule = verdict.rule.and_then(|place| {
        let rule = rules.files.get(place as usize)?;
        Some(json!({ "index": place, "extension": rule.extension, "title": rule.title }))
    });
    json!({
        "accepted": verdict.accepted(),
        "code": verdict.refusal.as_ref().map(|problem| &problem.code),
        "params": verdict.refusal.as_ref().map(|problem| &problem.params),
        "rule": rule,
        "extension": verdict.extension,
        "declared": verdict.declared,
        "found": verdict.found,
        "found_name": verdict.found.map(Family::name),
        "size": size,
    })
}

/// May the caller edit anything that carries files?
fn may_attach(rights: &Rights, verb: Verb) -> bool {
    let carrying = blobs::sections().iter().chain(&["replies"]);
    rights.has("replies.own") || carrying.into_iter().any(|section| rights.may(section, verb))
}

/// Keeps a file that a record will name. The rules for files hold, and 10 MiB in any case.
pub(super) async fn upload(
    RestDesk(desk): RestDesk,
    Query(told): Query<Told>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let (snapshot, rights, _) = desk.stand()?;
    if !may_attach(&rights, Verb::Edit) {
        rights.demand("replies", Verb::Edit)?;
    }
    if told.name.trim().is_empty() || told.name.chars().count() > NAME {
        return Err(invalid("/name", "file_name").into());
    }
    let taken = intake::take(body, ATTACHMENT_BYTES as usize, ATTACHMENT_BYTES).await?;
    let rules: Files = snapshot.typed(0).unwrap_or_default();
    let declared = told.declared(&headers);
    let asked = Asked {
        name: &told.name,
        declared: &declared,
        first: &taken.first,
        size: taken.length,
        direction: Direction::Out,
    };
    let verdict = files::verdict(&rules, asked);
    if let Some(refusal) = verdict.refusal {
        return Err(Error::invalid(Problems(vec![refusal])).into());
    }
    // Nobody told the type: the first that the rule names is as good as any.
    let listed = verdict.rule.and_then(|place| rules.files.get(place as usize)?.mime_types.first());
    let kind = match (verdict.declared.as_str(), listed) {
        ("", Some(listed)) => listed.to_string(),
        ("", None) => "application/octet-stream".to_owned(),
        (declared, _) => declared.to_owned(),
    };
    let database = desk.console().settings.database();
    let hash = blobs::keep(database, &kind, taken.first).await.map_err(|error| desk.broken(&error))?;
    // The same bytes may have come before, under another type.
    let kept = blobs::get(database, &hash).await.map_err(|error| desk.broken(&error))?.ok_or(Error::Busy)?;
    let made = json!({ "hash": hash, "name": told.name.trim(), "type": kept.kind, "size": taken.length });
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// How a file is to be called when it is given out.
#[derive(Deserialize)]
pub(super) struct Called {
    #[serde(default)]
    name: String,
}

/// Gives a kept file out, to be saved and never to be opened in the page's own place.
pub(super) async fn download(
    RestDesk(desk): RestDesk,
    Path(hash): Path<String>,
    Query(called): Query<Called>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (_, rights, _) = desk.stand()?;
    if !may_attach(&rights, Verb::View) || !app::schema::format::sha256(&hash) {
        return Err(Error::Missing.into());
    }
    let tag = format!("\"{hash}\"");
    let row =
        blobs::get(desk.console().settings.database(), &hash).await.map_err(|error| desk.broken(&error))?;
    let row = row.ok_or(Error::Missing)?;
    let known =
        headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(tag.as_str());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { row.bytes.into_response() };
    let set = response.headers_mut();
    let mut put = |name: header::HeaderName, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            set.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, row.kind);
    put(header::CONTENT_DISPOSITION, disposition(&called.name));
    put(header::CACHE_CONTROL, "private, max-age=31536000, immutable".into());
    put(header::ETAG, tag);
    Ok(response)
}

/// `attachment`, with the name as RFC 6266 writes one that is not plain ASCII.
fn disposition(name: &str) -> String {
    use std::fmt::Write as _;
    let name: String =
        name.chars().filter(|c| !c.is_control() && !matches!(c, '/' | '\\')).take(NAME).collect();
    if name.is_empty() {
        return "attachment".into();
    }
    name.bytes().fold(String::from("attachment; filename*=UTF-8''"), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
