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
    for entry in registry::all().iter().filter(|entry| shown(entry.item().key)) {
        let key = entry.item().key;
        let mut schema = entry.schema().clone();
        if let Some(schema) = schema.as_object_mut() {
            schema.shift_remove("$schema");
            schema.shift_remove("$id");
        }
        schemas.insert(key.into(), schema);
        let value =
            json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{key}") } } });
        let record = json!({ "description": "The record as it stands.", "content": { "application/json": { "schema": {
            "type": "object",
            "properties": {
                "section": { "const": key }, "id": { "type": "integer" }, "key": { "type": "string" },
                "revision": { "type": "integer" }, "archived": { "type": "boolean" }, "at": { "type": "string" },
                "by": { "type": "string" }, "value": { "$ref": format!("#/components/schemas/{key}") },
            },
        } } } });
        let if_match =
            json!({ "name": "If-Match", "in": "header", "required": true, "schema": { "type": "string" } });
        let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" }, "description": "An id, or `key:` and a key." });
        let write = |parameters: Value| {
            json!({ "parameters": parameters, "requestBody": { "required": true, "content": value },
                "responses": { "200": record, "default": problem } })
        };
        let read = json!({ "responses": { "200": record, "304": { "description": "It still holds." }, "default": problem } });
        if registry::is_document(key) {
            paths.insert(
                format!("/settings/{key}"),
                json!({ "get": read, "put": write(json!([if_match])), "patch": write(json!([if_match])) }),
            );
            paths.insert(format!("/settings/{key}/0/uses/{{source}}"), report_of_uses(&[], &problem));
            continue;
        }
        let query = ["q", "filter", "sort", "cursor"]
            .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
        paths.insert(
            format!("/settings/{key}"),
            json!({
                "get": {
                    "parameters": query,
                    "responses": { "200": { "description": "One page of records." }, "default": problem },
                },
                "post": { "requestBody": { "required": true, "content": value }, "responses": { "201": record, "default": problem } },
            }),
        );
        paths.insert(
            format!("/settings/{key}/{{id}}"),
            json!({
                "parameters": [id], "get": read, "put": write(json!([if_match])), "patch": write(json!([if_match])),
                "delete": { "parameters": [if_match], "responses": { "204": { "description": "Archived." }, "default": problem } },
            }),
        );
        paths.insert(
            format!("/settings/{key}/{{id}}/uses/{{source}}"),
            report_of_uses(std::slice::from_ref(&id), &problem),
        );
        for part in ["history", "uses"] {
            paths.insert(
                format!("/settings/{key}/{{id}}/{part}"),
                json!({ "parameters": [id], "get": { "responses": { "200": { "description": part }, "default": problem } } }),
            );
        }
    }
    for (path, methods) in [
        ("/settings", vec!["get"]),
        ("/commits", vec!["get", "post"]),
        ("/check/file", vec!["post"]),
        ("/blobs", vec!["post"]),
        ("/blobs/{hash}", vec!["get"]),
        ("/schemas", vec!["get"]),
        ("/events", vec!["get"]),
    ] {
        let methods: Map<String, Value> = methods
            .into_iter()
            .map(|method| {
                (
                    method.to_owned(),
                    json!({ "responses": { "200": { "description": "Done." }, "default": problem } }),
                )
            })
            .collect();
        paths.insert(path.into(), methods.into());
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
