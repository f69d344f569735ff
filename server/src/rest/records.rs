//! Records and documents: `/settings/{section}` and `/settings/{section}/{id}`.

use app::backend::{Backend, ChangesQuery, Commit, Committed, ListQuery, Operation, RecordView};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::sections::users::User;
use app::sections::{Section as _, registry};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use indexmap::IndexMap;
use serde_json::{Value, json};

use super::problem::Refused;
use crate::settings::desk::Desk;
use crate::settings::{health, listing};
use crate::web::caller::RestDesk;

type Answer = Result<Response, Refused>;

/// The sections that the caller may view.
pub(super) async fn sections(RestDesk(desk): RestDesk, headers: HeaderMap) -> Answer {
    let (snapshot, rights, _) = desk.stand()?;
    let list: Vec<Value> = registry::all()
        .iter()
        .map(|entry| entry.item())
        .filter(|item| rights.may(item.key, app::sections::roles::Verb::View))
        .map(|item| {
            let one = registry::is_document(item.key);
            let count = snapshot.shelf(item.key).map_or(0, |shelf| shelf.live());
            json!({ "section": item.key, "shape": if one { "document" } else { "directory" }, "count": count })
        })
        .collect();
    Ok(tagged(&headers, snapshot.head, &format!("s{}", snapshot.head), &json!({ "sections": list })))
}

/// Pages of a directory, or the value of a document.
pub(super) async fn list(
    RestDesk(desk): RestDesk,
    Path(section): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(query): Query<IndexMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    if registry::is_document(&section) {
        return one(&desk, &section, 0, &headers).await;
    }
    let (snapshot, _, reader) = desk.reads(&section)?;
    // Lists change with any commit, because rows carry uses and labels of other sections, and with any report of uses.
    let head = snapshot.head;
    let now = (head, snapshot.reports());
    let query = read_query(query)?;
    // What ought to be looked at also changes with the day.
    let day = if query.filter.contains_key("health") { health::today(&snapshot) } else { String::new() };
    let tag = format!("l{head}-{}-{}-{}{day}", now.1, reader.user.unwrap_or_default(), reader.language.tag());
    if still_holds(&headers, &tag) {
        return Ok(not_modified(&tag, head));
    }
    let question = (
        uri.path_and_query().map_or("", |asked| asked.as_str()).to_owned() + &day,
        reader.user,
        reader.language,
    );
    let answers = &desk.console().answers;
    let bytes = match answers.get(now, &question) {
        Some(bytes) => bytes,
        None => {
            let list = if day.is_empty() {
                listing::list(&snapshot, &section, &query, reader)?
            } else {
                desk.list(&section, query).await?
            };
            let bytes =
                Bytes::from(serde_json::to_vec(&list).map_err(|_| Error::Broken { request: String::new() })?);
            answers.keep(now, question, &bytes);
            bytes
        }
    };
    let mut response = bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    label(&mut response, &tag, head);
    Ok(response)
}

fn read_query(query: IndexMap<String, String>) -> Result<ListQuery, Error> {
    let mut read = ListQuery::default();
    for (name, value) in query {
        let number = |value: &str| value.parse::<u32>().map_err(|_| bad_query(&name));
        match name.as_str() {
            "q" => read.q = value,
            "sort" => read.sort = value,
            "cursor" => read.cursor = value,
            "limit" => read.limit = number(&value)?,
            "page" => read.page = number(&value)?,
            "archived" => read.archived = matches!(value.as_str(), "1" | "true"),
            "whole" => read.whole = matches!(value.as_str(), "1" | "true"),
            "filter" => {
                for pair in value.split(',').filter(|pair| !pair.is_empty()) {
                    let (field, wanted) = pair.split_once(':').ok_or_else(|| bad_query("filter"))?;
                    read.filter.insert(field.into(), wanted.into());
                }
            }
            _ => match name.strip_prefix("f.") {
                Some(field) => {
                    read.filter.insert(field.into(), value);
                }
                None => return Err(bad_query(&name)),
            },
        }
    }
    Ok(read)
}

fn bad_query(name: &str) -> Error {
    Error::invalid(Problems(vec![Problem::error(format!("/{name}"), "bad_format").with("format", name)]))
}

/// One record.
pub(super) async fn get(
    RestDesk(desk): RestDesk,
    Path((section, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let id = desk.resolve(&section, &id)?;
    one(&desk, &section, id, &headers).await
}

async fn one(desk: &Desk, section: &str, id: i64, headers: &HeaderMap) -> Answer {
    if id < 0 {
        return Err(Error::Missing.into());
    }
    let view = desk.record(section, id).await?;
    Ok(tagged(headers, view.seq, &revision_tag(view.revision), &body(&view)))
}

fn body(view: &RecordView) -> Value {
    json!({
        "section": view.section, "id": view.id, "key": view.key, "revision": view.revision,
        "archived": view.archived, "at": view.at, "by": view.by, "value": view.value,
    })
}

fn revision_tag(revision: i64) -> String {
    format!("r{revision}")
}

/// Makes a record; the body is its value, and may name a `key`.
pub(super) async fn create(
    RestDesk(desk): RestDesk,
    Path(section): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let mut value = read_body(&bytes)?;
    let key = value.as_object_mut().and_then(|fields| fields.shift_remove("key"));
    let key = match key {
        None | Some(Value::Null) => None,
        Some(Value::String(key)) => Some(key),
        Some(_) => return Err(Error::invalid(Problems(vec![Problem::error("/key", "bad_key")])).into()),
    };
    let committed =
        write(&desk, &headers, Operation::Create { section: section.clone(), key, value }).await?;
    let id = committed.changes.first().map_or(0, |change| change.id);
    let view = desk.record(&section, id).await?;
    let mut answer = body(&view);
    // A new person sets their password by a link; whoever may not give one makes people all the same.
    if section == User::KEY
        && let Ok(link) = desk.password_link(id).await
    {
        answer["password_link"] = json!(link);
    }
    let mut response = tagged(&HeaderMap::new(), committed.seq, &revision_tag(view.revision), &answer);
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/settings/{section}/{id}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Writes a whole record.
pub(super) async fn put(
    RestDesk(desk): RestDesk,
    Path((section, id)): Path<(String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let id = desk.resolve(&section, &id)?;
    replace(&desk, section, id, &headers, &bytes).await
}

/// Writes a whole document.
pub(super) async fn put_document(
    RestDesk(desk): RestDesk,
    Path(section): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    replace(&desk, section, 0, &headers, &bytes).await
}

async fn replace(desk: &Desk, section: String, id: i64, headers: &HeaderMap, bytes: &Bytes) -> Answer {
    let value = read_body(bytes)?;
    let revision = wanted_revision(headers)?;
    finish(desk, headers, Operation::Put { section: section.clone(), id, revision, value }, &section, id)
        .await
}

/// Writes some fields of a record.
pub(super) async fn patch(
    RestDesk(desk): RestDesk,
    Path((section, id)): Path<(String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let id = desk.resolve(&section, &id)?;
    change(&desk, section, id, &headers, &bytes).await
}

/// Writes some fields of a document.
pub(super) async fn patch_document(
    RestDesk(desk): RestDesk,
    Path(section): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    change(&desk, section, 0, &headers, &bytes).await
}

async fn change(desk: &Desk, section: String, id: i64, headers: &HeaderMap, bytes: &Bytes) -> Answer {
    let patch = read_body(bytes)?;
    let revision = wanted_revision(headers)?;
    finish(desk, headers, Operation::Patch { section: section.clone(), id, revision, patch }, &section, id)
        .await
}

/// Archives a record; `?forever=1` removes one for good, where that may be.
pub(super) async fn delete(
    RestDesk(desk): RestDesk,
    Path((section, id)): Path<(String, String)>,
    Query(query): Query<IndexMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let id = desk.resolve(&section, &id)?;
    let revision = wanted_revision(&headers)?;
    let operation = if query.get("forever").is_some_and(|value| matches!(value.as_str(), "1" | "true")) {
        Operation::Delete { section, id, revision }
    } else {
        let replace_by = match query.get("replace_by") {
            Some(by) => Some(by.parse().map_err(|_| bad_query("replace_by"))?),
            None => None,
        };
        Operation::Archive { section, id, revision, replace_by }
    };
    let committed = write(&desk, &headers, operation).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert("pult-seq", committed.seq.into());
    Ok(response)
}

async fn finish(desk: &Desk, headers: &HeaderMap, operation: Operation, section: &str, id: i64) -> Answer {
    let committed = write(desk, headers, operation).await?;
    let view = desk.record(section, id).await?;
    let seq = if committed.seq == 0 { view.seq } else { committed.seq };
    Ok(tagged(&HeaderMap::new(), seq, &revision_tag(view.revision), &body(&view)))
}

async fn write(desk: &Desk, headers: &HeaderMap, operation: Operation) -> Result<Committed, Refused> {
    let text = |name: &str| match headers.get(name) {
        Some(value) => value.to_str().map_err(|_| bad_header(name)),
        None => Ok(""),
    };
    let accept = text("Pult-Accept")?
        .split(',')
        .map(|code| code.trim().to_owned())
        .filter(|code| !code.is_empty())
        .collect();
    let commit = Commit {
        note: percent_decoded(text("Pult-Note")?),
        operations: vec![operation],
        accept,
        dry_run: false,
    };
    Ok(desk.write(commit, idempotency(headers)?).await?)
}

/// The most characters of an `Idempotency-Key`.
const NAME: usize = 200;

/// The caller's own name for this write.
///
/// # Errors
/// It can't be kept: a write that is believed to be named, and is not, would be done twice.
pub(super) fn idempotency(headers: &HeaderMap) -> Result<Option<String>, Error> {
    let Some(name) = headers.get("idempotency-key") else { return Ok(None) };
    match name.to_str().map(str::trim) {
        Ok(name) if !name.is_empty() && name.len() <= NAME => Ok(Some(name.to_owned())),
        _ => Err(bad_header("Idempotency-Key")),
    }
}

fn bad_header(name: &str) -> Error {
    Error::invalid(Problems(vec![Problem::error("", "bad_header").with("name", name)]))
}

/// A header holds ASCII alone: a note in another script comes percent-encoded.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut n = 0;
    while n < bytes.len() {
        let hex = bytes
            .get(n + 1..n + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|_| bytes[n] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            n += 3;
        } else {
            decoded.push(bytes[n]);
            n += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The version that a write replaces, from `If-Match`.
fn wanted_revision(headers: &HeaderMap) -> Result<i64, Error> {
    let missing = || Error::invalid(Problems(vec![Problem::error("", "if_match_needed")]));
    let tag = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    tag.trim().trim_matches('"').trim_start_matches('r').parse().map_err(|_| missing())
}

/// The commits that changed one record.
pub(super) async fn history(
    RestDesk(desk): RestDesk,
    Path((section, id)): Path<(String, String)>,
    Query(query): Query<IndexMap<String, String>>,
) -> Answer {
    let id = desk.resolve(&section, &id)?;
    let before = query.get("before").and_then(|before| before.parse().ok());
    let changes = desk.changes(ChangesQuery { section, id: Some(id), before, limit: 100 }).await?;
    Ok(Json(changes).into_response())
}

/// A link by which a person sets a password; it works once.
pub(super) async fn password_link(RestDesk(desk): RestDesk, Path(id): Path<String>) -> Answer {
    let id = desk.resolve(User::KEY, &id)?;
    let mut response = Json(desk.password_link(id).await?).into_response();
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Who refers to a record.
pub(super) async fn uses(RestDesk(desk): RestDesk, Path((section, id)): Path<(String, String)>) -> Answer {
    let id = desk.resolve(&section, &id)?;
    Ok(Json(desk.uses(&section, id).await?).into_response())
}

/// What an integration knows of uses that no setting knows of, in place of what it said before.
pub(super) async fn report_uses(
    RestDesk(desk): RestDesk,
    Path((section, id, source)): Path<(String, String, String)>,
    Query(query): Query<IndexMap<String, String>>,
    bytes: Bytes,
) -> Answer {
    let id = desk.resolve(&section, &id)?;
    if let Some(name) = query.keys().find(|name| *name != "part") {
        return Err(bad_query(name).into());
    }
    let part = query.get("part").map(String::as_str).unwrap_or_default();
    desk.report_uses(&section, id, part, &source, read_body(&bytes)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A JSON body, read with the console's own reader: it knows line and column, and refuses repeated names.
pub(super) fn read_body(bytes: &Bytes) -> Result<Value, Error> {
    let unreadable = |problem: Problem| Error::invalid(Problems(vec![problem]));
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable(Problem::error("", "not_readable")))?;
    app::value::parse_json(text).map_err(|syntax| {
        let problem = Problem::error("", "bad_json")
            .with("line", syntax.line)
            .with("column", syntax.column)
            .with("reason", syntax.code);
        unreadable(problem)
    })
}

fn still_holds(headers: &HeaderMap, tag: &str) -> bool {
    let quoted = format!("\"{tag}\"");
    headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|tags| {
        tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == quoted || tag == "*")
    })
}

fn not_modified(tag: &str, seq: i64) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    label(&mut response, tag, seq);
    response
}

fn label(response: &mut Response, tag: &str, seq: i64) {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert("pult-seq", seq.into());
}

/// An answer with its tag; 304 when the caller already has it.
pub(super) fn tagged(asked: &HeaderMap, seq: i64, tag: &str, body: &Value) -> Response {
    if still_holds(asked, tag) {
        return not_modified(tag, seq);
    }
    let mut response = Json(body).into_response();
    label(&mut response, tag, seq);
    response
}
