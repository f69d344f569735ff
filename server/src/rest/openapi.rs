//! The OpenAPI document: routes written here once, values from the schemas of the sections.

use app::sections::registry;
use app::sections::roles::Verb;
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::problem::Refused;
use crate::settings::desk::outside::REPORT;
use crate::web::caller::RestDesk;

/// The document, with the sections that the caller may view.
pub(super) async fn document(RestDesk(desk): RestDesk) -> Result<Response, Refused> {
    let (_, rights, _) = desk.stand()?;
    Ok(Json(describe(&|section| rights.may(section, Verb::View))).into_response())
}

/// OpenAPI 3.1 of the sections for which `shown` says yes.
pub fn describe(shown: &dyn Fn(&str) -> bool) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let problem = json!({ "description": "A problem document, RFC 9457.", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    let about_writes = about_writes();
    for entry in registry::all().iter().filter(|entry| shown(entry.item().key)) {
        let key = entry.item().key;
        let mut schema = entry.schema().clone();
        if let Some(schema) = schema.as_object_mut() {
            schema.shift_remove("$schema");
            schema.shift_remove("$id");
        }
        without_wrong_defaults(&mut schema);
        schemas.insert(key.into(), schema);
        let whole = format!("#/components/schemas/{key}");
        let taken = match app::schema::bare(entry.schema()) {
            Some(list) => {
                json!({ "anyOf": [{ "$ref": whole }, { "$ref": format!("{whole}/properties/{list}") }] })
            }
            None => json!({ "$ref": whole }),
        };
        let value = json!({ "application/json": { "schema": taken } });
        let record = json!({ "description": "The record as it stands.", "content": { "application/json": { "schema": {
            "type": "object",
            "properties": {
                "section": { "const": key }, "id": { "type": "integer" }, "key": { "type": "string" },
                "revision": { "type": "integer" }, "archived": { "type": "boolean" }, "at": { "type": "string" },
                "by": { "type": "string" }, "value": { "$ref": format!("#/components/schemas/{key}") },
            },
        } } } });
        let if_match = json!({ "name": "If-Match", "in": "header", "required": true, "schema": { "type": "string" },
            "description": "The version that is replaced: `\"r3\"`." });
        let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" }, "description": "An id, or `key:` and a key." });
        let write = |own: &[&Value]| {
            let parameters: Vec<&Value> = own.iter().copied().chain(&about_writes).collect();
            json!({ "parameters": parameters, "requestBody": { "required": true, "content": value },
                "responses": { "200": record, "default": problem } })
        };
        let read = json!({ "responses": { "200": record, "304": { "description": "It still holds." }, "default": problem } });
        if registry::is_document(key) {
            paths.insert(
                format!("/settings/{key}"),
                json!({ "get": read, "put": write(&[&if_match]), "patch": write(&[&if_match]) }),
            );
            for part in ["history", "uses"] {
                paths.insert(format!("/settings/{key}/0/{part}"), reading(part, &[], &problem));
            }
            paths.insert(format!("/settings/{key}/0/uses/{{source}}"), report_of_uses(&[], &problem));
            continue;
        }
        let asked = query([
            ("q", "string", "Words that records hold; read on the other keyboard layout where nothing does."),
            ("filter", "string", "`field:value`, several separated by commas."),
            ("sort", "string", "A field; `-` before it turns the order."),
            ("cursor", "string", "Where the page before this one ended."),
            ("limit", "integer", "Rows a page, at most 500; 50 when absent."),
            ("archived", "boolean", "What is in the archive in place of what is not."),
            ("whole", "boolean", "Rows with whole values, not only what the list shows."),
        ]);
        paths.insert(
            format!("/settings/{key}"),
            json!({
                "get": {
                    "parameters": asked,
                    "responses": { "200": { "description": "One page of records." }, "default": problem },
                },
                "post": { "parameters": about_writes, "requestBody": { "required": true, "content": value }, "responses": { "201": record, "default": problem } },
            }),
        );
        let way = query([
            ("forever", "boolean", "For good, where that may be; archived otherwise."),
            ("replace_by", "integer", "What takes its place wherever settings refer to it."),
        ]);
        let leaving: Vec<&Value> = std::iter::once(&if_match).chain(&way).chain(&about_writes).collect();
        paths.insert(
            format!("/settings/{key}/{{id}}"),
            json!({
                "parameters": [id], "get": read, "put": write(&[&if_match]), "patch": write(&[&if_match]),
                "delete": { "parameters": leaving, "responses": { "204": { "description": "Archived." }, "default": problem } },
            }),
        );
        paths.insert(
            format!("/settings/{key}/{{id}}/uses/{{source}}"),
            report_of_uses(std::slice::from_ref(&id), &problem),
        );
        for part in ["history", "uses"] {
            paths.insert(format!("/settings/{key}/{{id}}/{part}"), reading(part, &[&id], &problem));
        }
    }
    paths.extend(shared_paths(&about_writes, &problem));
    if shown("users") {
        let id = parameter("id", "path", "string", "An id, or `key:` and an e-mail.");
        paths.insert("/settings/users/{id}/password-link".into(), json!({ "parameters": [id], "post": {
            "description": "A link by which the person sets a password; it works once.",
            "responses": { "201": { "description": "Its address, and until when it works." }, "default": problem },
        } }));
    }
    if shown("styles") {
        paths.insert("/check/styles".into(), json!({ "post": {
            "description": "What is wrong with a style sheet of the panel, and the sheet as it would be published.",
            "requestBody": { "required": true, "content": { "application/json": { "schema": {
                "type": "object", "required": ["css"], "properties": { "css": { "type": "string" } },
            } } } },
            "responses": { "200": { "description": "The findings, each at line and column." }, "default": problem },
        } }));
    }
    schemas.insert("Problem".into(), json!({
        "type": "object",
        "properties": {
            "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
            "errors": { "type": "array", "items": { "type": "object", "properties": {
                "pointer": { "type": "string" }, "code": { "type": "string" }, "params": { "type": "object" },
                "warning": { "type": "boolean" }, "operation": { "type": "integer" },
            } } },
        },
    }));
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Pult", "version": env!("CARGO_PKG_VERSION"), "description": "Settings of a contact centre." },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } } },
    })
}

/// A parameter that may be left out, unless it is a part of the path.
fn parameter(name: &str, place: &str, kind: &str, about: &str) -> Value {
    json!({ "name": name, "in": place, "required": place == "path", "schema": { "type": kind }, "description": about })
}

/// What the query may say: name, kind and meaning.
fn query<const N: usize>(all: [(&str, &str, &str); N]) -> [Value; N] {
    all.map(|(name, kind, about)| parameter(name, "query", kind, about))
}

/// What every write may say of itself.
fn about_writes() -> [Value; 4] {
    [
        ("Pult-Accept", "Codes of warnings that the caller accepts, separated by commas; without them a write that is warned of is refused."),
        ("Pult-Note", "Why, for history; percent-encoded where it is not ASCII."),
        ("Idempotency-Key", "The caller's own name for this write, at most 200 characters: repeated within a day it is not done again."),
        ("Pult-After", "Answer from a state that holds this commit."),
    ]
    .map(|(name, about)| parameter(name, "header", "string", about))
}

/// History or uses of a record.
fn reading(part: &str, path: &[&Value], problem: &Value) -> Value {
    let (about, query) = match part {
        "history" => {
            let before = parameter("before", "query", "integer", "Only commits before this one.");
            ("The commits that changed it, newest first, a hundred at most.", vec![before])
        }
        _ => ("Who refers to it, and what integrations report of its uses.", Vec::new()),
    };
    let parameters: Vec<&Value> = path.iter().copied().chain(&query).collect();
    json!({ "get": { "parameters": parameters, "responses": { "200": { "description": about }, "default": problem } } })
}

/// What is the same for every section.
fn shared_paths(about_writes: &[Value], problem: &Value) -> Map<String, Value> {
    let done = |about: &str| json!({ "200": { "description": about }, "default": problem });
    let bytes = json!({ "required": true, "content": { "application/octet-stream": {} } });
    let file = query([
        ("name", "string", "Its name; required."),
        ("type", "string", "The type that is declared for it; else the request's own."),
        ("direction", "string", "`in` from clients, `out` to them."),
        ("size", "integer", "Its whole length, where only its beginning is sent."),
    ]);
    let commits = query([
        ("section", "string", "Only those that changed this section."),
        ("id", "integer", "And this record of it."),
        ("before", "integer", "Only commits before this one."),
        ("limit", "integer", "At most 200; 50 when absent."),
    ]);
    let commit = json!({ "type": "object", "required": ["operations"], "properties": {
        "note": { "type": "string", "maxLength": 500 },
        "operations": { "type": "array", "minItems": 1, "items": { "type": "object" },
            "description": "Each names what it does: `{\"op\": \"create\", \"section\": \"tags\", \"value\": {}}`; `put`, `patch`, `rekey`, `archive`, `restore` and `delete` name `id` and `revision` too." },
        "accept": { "type": "array", "items": { "type": "string" }, "description": "Codes of warnings that the caller accepts." },
        "dry_run": { "type": "boolean", "description": "Say what it would do, and do nothing." },
    } });
    let since = [
        parameter("since", "query", "integer", "Resume after this commit."),
        parameter("Last-Event-ID", "header", "integer", "The same, as browsers say it."),
    ];
    let described = json!({
        "/settings": { "get": { "responses": done("The sections that the caller may view.") } },
        "/commits": {
            "get": { "parameters": commits, "responses": done("Commits, newest first.") },
            "post": {
                "parameters": about_writes,
                "requestBody": { "required": true, "content": { "application/json": { "schema": commit } } },
                "responses": done("Everything was done; its number, changes, warnings and effects."),
            },
        },
        "/check/file": { "post": { "parameters": file, "requestBody": bytes, "responses": done("The judgement of the rules for files.") } },
        "/blobs": { "post": { "parameters": file, "requestBody": bytes, "responses": done("It is kept for a record to name.") } },
        "/blobs/{hash}": { "get": {
            "parameters": [parameter("hash", "path", "string", "As a record names it.")],
            "responses": done("The file, as an attachment."),
        } },
        "/schemas": { "get": { "responses": done("The sections that have a schema.") } },
        "/schemas/{section}": { "get": {
            "parameters": [parameter("section", "path", "string", "Its key.")],
            "responses": done("The JSON Schema that draws its form, with the words of the reader's language."),
        } },
        "/events": { "get": { "parameters": since, "responses": done("Server-sent events, one a commit.") } },
    });
    let Value::Object(paths) = described else { return Map::new() };
    paths
}

/// A default that a new record must replace is none to those who read the document.
fn without_wrong_defaults(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let wanted =
                object.contains_key("format") || object.get("minLength").and_then(Value::as_u64) > Some(0);
            if wanted && object.get("default") == Some(&Value::from("")) {
                object.shift_remove("default");
            }
            object.values_mut().for_each(without_wrong_defaults);
        }
        Value::Array(all) => all.iter_mut().for_each(without_wrong_defaults),
        _ => {}
    }
}

/// How an integration reports uses that no setting knows of.
fn report_of_uses(parameters: &[Value], problem: &Value) -> Value {
    let text = json!({ "type": "string" });
    let source = json!({ "name": "source", "in": "path", "required": true, "schema": text,
        "description": "What the integration calls itself." });
    let part = json!({ "name": "part", "in": "query", "schema": text,
        "description": "Of a document, the part that is used: for example the alias of a field." });
    let parameters: Vec<&Value> = parameters.iter().chain([&source, &part]).collect();
    json!({ "put": {
        "description": "Uses elsewhere, in place of what was reported before; 0 takes it back.",
        "parameters": parameters,
        "requestBody": { "required": true, "content": { "application/json": { "schema": *REPORT } } },
        "responses": { "204": { "description": "Taken." }, "default": problem },
    } })
}
