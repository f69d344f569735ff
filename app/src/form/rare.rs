//! What few forms have, widgets above all: one chunk, fetched by the first form that has one of them.

use futures::FutureExt;
use futures::future::OptionFuture;
use leptos::lazy;
use serde_json::Value;

use super::{Field, Form, attachments, checks_list, items, json, list, matrix, references, template};
use crate::document;
use crate::markup::{Node, later};
use crate::schema::{self, Kind};

/// Is the widget of this field one of them?
pub(super) fn is(schema: &Value) -> bool {
    let special = schema::note(schema, "x-widget").and_then(Value::as_str);
    matches!(special, Some("template" | "matrix" | "functions"))
        || matches!(
            schema::kind(schema),
            Kind::Choices
                | Kind::References
                | Kind::Items
                | Kind::List
                | Kind::Languages
                | Kind::Map
                | Kind::Secret
                | Kind::Attachments
                | Kind::Json
        )
}

/// Has a form of this schema one of them?
fn has(schema: &Value) -> bool {
    schema::fields(schema).any(|(_, property)| is(property) || has(property))
}

/// Fetches the code beforehand where a form will need it: what the server has drawn is taken over as it is. The server
/// has all of the code.
pub fn fetch_rare(schema: &Value) -> impl Future<Output = ()> + use<> {
    let wanted = cfg!(target_arch = "wasm32") && has(schema);
    OptionFuture::from(wanted.then(fetch)).map(|_| ())
}

#[cfg(target_arch = "wasm32")]
fn fetch() -> impl Future<Output = ()> {
    __preload_rare_widget()
}

#[cfg(not(target_arch = "wasm32"))]
fn fetch() -> impl Future<Output = ()> {
    std::future::ready(())
}

/// What the chunk draws.
enum Rare {
    Widget(Field),
    TimersCourse(Form),
}

/// Draws it once its code is there.
pub(super) fn widget(field: &Field) -> Node {
    later(rare_widget(Rare::Widget(field.clone())))
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
    match field.text_note("x-widget") {
        Some("template") => return template::widget(field),
        Some("matrix") => return matrix::widget(field),
        Some("functions") => return checks_list::widget(field),
        _ => {}
    }
    match schema::kind(&field.schema) {
        Kind::Choices => checks_list::widget(field),
        Kind::References => references::widget(field),
        Kind::Items => items::widget(field),
        Kind::List | Kind::Languages => list::widget(field),
        Kind::Attachments => attachments::widget(field),
        _ => json::widget(field),
    }
}
