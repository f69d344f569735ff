//! What few forms have, widgets above all: two chunks, each fetched by the first form that has something of it.

use futures::FutureExt;
use futures::future::OptionFuture;
use leptos::lazy;
use serde_json::Value;

use super::{Field, Form, attachments, checks_list, items, json, list, matrix, references, secret, template};
use crate::document;
use crate::markup::{Node, later};
use crate::schema::{self, Kind};

/// The chunk that a widget comes with.
#[derive(Clone, Copy, PartialEq)]
enum Chunk {
    /// What several sections have: lists of all kinds.
    Rare,
    /// What one or two sections have.
    Single,
}

/// The chunk that draws this field; none for what comes with every form.
fn chunk(schema: &Value) -> Option<Chunk> {
    let special = schema::note(schema, "x-widget").and_then(Value::as_str);
    if matches!(special, Some("template" | "matrix" | "functions")) {
        return Some(Chunk::Single);
    }
    match schema::kind(schema) {
        Kind::Choices | Kind::Attachments => Some(Chunk::Single),
        Kind::References
        | Kind::Items
        | Kind::List
        | Kind::Languages
        | Kind::Map
        | Kind::Secret
        | Kind::Json => Some(Chunk::Rare),
        _ => None,
    }
}

/// Is the widget of this field one of them?
pub(super) fn is(schema: &Value) -> bool {
    chunk(schema).is_some()
}

/// Has a form of this schema a widget of this chunk?
fn has(schema: &Value, wanted: Chunk) -> bool {
    schema::fields(schema).any(|(_, property)| chunk(property) == Some(wanted) || has(property, wanted))
}

/// Fetches the code beforehand where a form will need it: what the server has drawn is taken over as it is. The server
/// has all of the code.
pub fn fetch_rare(schema: &Value) -> impl Future<Output = ()> + use<> {
    let wanted = |chunk| cfg!(target_arch = "wasm32") && has(schema, chunk);
    let rare = OptionFuture::from(wanted(Chunk::Rare).then(fetch));
    let single = OptionFuture::from(wanted(Chunk::Single).then(fetch_single));
    futures::future::join(rare, single).map(|_| ())
}

#[cfg(target_arch = "wasm32")]
fn fetch() -> impl Future<Output = ()> {
    __preload_rare_widget()
}

#[cfg(target_arch = "wasm32")]
fn fetch_single() -> impl Future<Output = ()> {
    __preload_single_widget()
}

#[cfg(not(target_arch = "wasm32"))]
fn fetch() -> impl Future<Output = ()> {
    std::future::ready(())
}

#[cfg(not(target_arch = "wasm32"))]
fn fetch_single() -> impl Future<Output = ()> {
    std::future::ready(())
}

/// What the chunk draws.
enum Rare {
    Widget(Field),
    TimersCourse(Form),
}

/// Draws it once its code is there.
pub(super) fn widget(field: &Field) -> Node {
    match chunk(&field.schema) {
        Some(Chunk::Single) => later(single_widget(field.clone())),
        _ => later(rare_widget(Rare::Widget(field.clone()))),
    }
}

/// What the timers do to an idle dialog, once its code is there.
pub fn timers_course(form: Form) -> Node {
    later(rare_widget(Rare::TimersCourse(form)))
}

#[lazy]
fn rare_widget(what: Rare) -> Node {
    let field = &match what {
        Rare::Widget(field) => field,
        Rare::TimersCourse(form) => return document::timers_course(form),
    };
    match schema::kind(&field.schema) {
        Kind::References => references::widget(field),
        Kind::Items => items::widget(field),
        Kind::List | Kind::Languages => list::widget(field),
        Kind::Secret => secret::control(field, true),
        _ => json::widget(field),
    }
}

#[lazy]
fn single_widget(field: Field) -> Node {
    match field.text_note("x-widget") {
        Some("template") => template::widget(&field),
        Some("matrix") => matrix::widget(&field),
        _ if schema::kind(&field.schema) == Kind::Attachments => attachments::widget(&field),
        _ => checks_list::widget(&field),
    }
}
