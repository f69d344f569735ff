//! Draws a schema: groups as fieldsets, properties in their order, each with the widget that its schema asks for.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::field::Shape;
use super::{
    Field, Form, checks_list, choice, colour, duration, items, json, list, matrix, number, reference,
    references, switch, template, text, words,
};
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

/// The fields of one object inside of the record: an item of a list, a nested group.
pub(super) fn inner(form: Form, pointer: &str, schema: &Value, but: &[&str]) -> Vec<Node> {
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
    let row = |shape: Shape, control: Node| field.row(shape, control);
    match field.text_note("x-widget") {
        Some("template") => return row(Shape::WIDE, template::widget(field)),
        Some("matrix") => return row(Shape::WIDE, matrix::widget(field)),
        Some("functions") => return row(Shape::WIDE, checks_list::widget(field)),
        _ => {}
    }
    match schema::kind(&field.schema) {
        Kind::Text | Kind::Language | Kind::TimeZone | Kind::Date | Kind::Time => {
            row(Shape::ONE, text::line(field))
        }
        Kind::LongText | Kind::Code => row(Shape::ONE, text::paragraphs(field)),
        Kind::Words => row(Shape::SEVERAL, words::widget(field)),
        Kind::Number => row(Shape::ONE, number::widget(field)),
        Kind::Duration => row(Shape::ONE, duration::widget(field)),
        Kind::Colour => row(Shape::ONE, colour::widget(field)),
        Kind::Switch => row(Shape::ONE, switch::widget(field)),
        Kind::Choice => {
            let (several, control) = choice::widget(field);
            row(if several { Shape::SEVERAL } else { Shape::ONE }, control)
        }
        Kind::Choices => row(Shape::SEVERAL, checks_list::widget(field)),
        Kind::Reference => row(Shape::ONE, reference::widget(field)),
        Kind::References => row(Shape::SEVERAL, references::widget(field)),
        Kind::Items => row(Shape::LIST, items::widget(field)),
        Kind::List | Kind::Languages => row(Shape::LIST, list::widget(field)),
        Kind::Group => nested(field),
        Kind::Map | Kind::Secret | Kind::Json => row(Shape::WIDE, json::widget(field)),
    }
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
