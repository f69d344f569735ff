//! Draws a schema: groups as fieldsets, properties in their order, each with the widget that its schema asks for.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::field::Shape;
use super::{Field, Form, choice, colour, duration, number, rare, reference, switch, text, words};
use crate::markup::{IntoNode, Node, view};
use crate::problem::segment;
use crate::schema::{self, Kind};

/// The fields of the whole record.
pub fn fields(form: Form) -> Node {
    let schema = form.schema();
    let titles = schema.get("x-groups").cloned().unwrap_or_default();
    let mut groups: Vec<(String, Vec<Node>)> = Vec::new();
    for (name, property) in schema::fields(&schema) {
        let group = schema::note(property, "x-group").and_then(Value::as_str).unwrap_or_default();
        let Some(drawn) = property_of(form, "", name, property) else { continue };
        match groups.iter_mut().find(|(known, _)| known == group) {
            Some((_, fields)) => fields.push(drawn),
            None => groups.push((group.to_owned(), vec![drawn])),
        }
    }
    groups
        .into_iter()
        .map(|(group, fields)| {
            let title = titles.get(&group).and_then(Value::as_str).unwrap_or_default().to_owned();
            if title.is_empty() {
                view! { <div class="group">{fields}</div> }
            } else {
                view! {
                    <fieldset class="group"><legend class="group__title">{title}</legend>{fields}</fieldset>
                }
            }
        })
        .collect::<Vec<_>>()
        .into_node()
}

/// One property of the record with its generated row, for an editor that draws the others itself.
pub(crate) fn property(form: Form, name: &str) -> Option<Node> {
    let schema = form.schema();
    let property = schema::fields(&schema).find(|(known, _)| *known == name)?.1;
    property_of(form, "", name, property)
}

/// The fields of one object, `but` some: of an item of a list, of a nested group, of the record itself beside an editor.
pub fn inner(form: Form, pointer: &str, schema: &Value, but: &[&str]) -> Vec<Node> {
    schema::fields(schema)
        .filter(|(name, _)| !but.contains(name))
        .filter_map(|(name, property)| property_of(form, pointer, name, property))
        .collect()
}

/// One property of an object, shown only while its condition holds; none if nobody edits it.
fn property_of(form: Form, parent: &str, name: &str, property: &Value) -> Option<Node> {
    let field = Field::new(form, &format!("{parent}/{}", segment(name)), name, property);
    if matches!(field.text_note("x-widget"), Some("hidden" | "order")) {
        return None;
    }
    let when: Option<(Arc<str>, Value)> = match field.text_note("x-widget") {
        Some("instance-switch") => Some((format!("{parent}/built_in").into(), "administrator".into())),
        _ => {
            field.text_note("x-when").map(|when| (format!("{parent}/{}", segment(when)).into(), true.into()))
        }
    };
    let Some((place, wanted)) = when else { return Some(draw(&field)) };
    let shown = Memo::new(move |_| form.draft.with(|draft| draft.pointer(&place) == Some(&wanted)));
    Some((move || shown.get().then(|| untrack(|| draw(&field)))).into_node())
}

/// The widget of a field in its row.
fn draw(field: &Field) -> Node {
    let kind = schema::kind(&field.schema);
    let shape = match (field.text_note("x-widget"), kind) {
        (Some("template" | "matrix" | "functions"), _) | (_, Kind::Map | Kind::Secret | Kind::Json) => {
            Shape::WIDE
        }
        (_, Kind::Words | Kind::Choices | Kind::References | Kind::Attachments) => Shape::SEVERAL,
        (_, Kind::Items | Kind::List | Kind::Languages) => Shape::LIST,
        (_, Kind::Choice) if choice::is_open(field) => Shape::SEVERAL,
        (_, Kind::Group) => return nested(field),
        _ => Shape::ONE,
    };
    let control = if rare::is(&field.schema) {
        rare::widget(field)
    } else {
        match kind {
            Kind::LongText | Kind::Code => text::paragraphs(field),
            Kind::Words => words::widget(field),
            Kind::Number => number::widget(field),
            Kind::Duration => duration::widget(field),
            Kind::Colour => colour::widget(field),
            Kind::Switch => switch::widget(field),
            Kind::Choice => choice::widget(field),
            Kind::Reference => reference::widget(field),
            _ => text::line(field),
        }
    };
    field.row(shape, control)
}

/// An object inside of an object: a fieldset of its own.
fn nested(field: &Field) -> Node {
    let inside = inner(field.form, &field.pointer, &field.schema, &[]);
    let help = field.help();
    view! {
        <fieldset class="group" id=field.id()>
            <legend class="group__title">{field.label()}</legend>
            {(!help.is_empty()).then(|| view! { <p class="group__help">{help}</p> })}
            {inside}
        </fieldset>
    }
}
