//! The columns that a section's schema asks for, and what stands in their cells.

use serde_json::Value;

use crate::backend::{Found, Row};
use crate::form::shown::{Room, shown};
use crate::markup::{Node, view};
use crate::schema::{self, Kind};

/// One column: fields of one number share it.
#[derive(Clone)]
pub(super) struct Column {
    /// The field by which it sorts, and by which it is hidden.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// Its fields, with their schemas.
    pub fields: Vec<(String, Value)>,
    /// It holds figures.
    pub figures: bool,
    /// It gives way where there is little room.
    pub extra: bool,
}

impl Column {
    /// The class of its heading and its cells.
    pub const fn class(&self) -> Option<&'static str> {
        match (self.figures, self.extra) {
            (false, false) => None,
            (true, false) => Some("table__number"),
            (false, true) => Some("table__extra"),
            (true, true) => Some("table__number table__extra"),
        }
    }
}

/// How many columns stay where there is little room: the name, and two that tell what it is about.
const KEPT: usize = 3;

/// The columns of a schema, in their order; the first one carries the link to the record.
pub(super) fn columns(schema: &Value) -> Vec<Column> {
    let mut numbered: Vec<(u64, Column)> = Vec::new();
    for (name, property) in schema::fields(schema) {
        let Some(number) = schema::note(property, "x-column").and_then(Value::as_u64) else { continue };
        let title = schema::note(property, "title").and_then(Value::as_str).unwrap_or(name).to_owned();
        let field = (name.to_owned(), property.clone());
        if let Some((_, column)) = numbered.iter_mut().find(|(known, _)| *known == number) {
            column.fields.push(field);
        } else {
            let figures = matches!(schema::kind(property), Kind::Number | Kind::Duration);
            let place = numbered.partition_point(|(before, _)| *before < number);
            numbered.insert(
                place,
                (number, Column { name: name.to_owned(), title, fields: vec![field], figures, extra: false }),
            );
        }
    }
    let extra = |(n, (_, column)): (usize, (u64, Column))| Column { extra: n >= KEPT, ..column };
    numbered.into_iter().enumerate().map(extra).collect()
}

/// What a row shows in a column.
pub(super) fn cell(column: &Column, row: &Row, labels: &[Found]) -> Node {
    let parts: Vec<_> = column
        .fields
        .iter()
        .map(|(name, schema)| {
            let value = row.value.get(name).unwrap_or(&Value::Null);
            view! { {shown(schema, name, value, labels, Room::Cell)} " " }
        })
        .collect();
    view! { <td class=column.class() data-label=column.title.clone()>{parts}</td> }
}

/// Is the section a tree?
pub(super) fn is_tree(schema: &Value) -> bool {
    parent_field(schema).is_some()
}

/// The field that names the parent of a record.
pub(super) fn parent_field(schema: &Value) -> Option<&str> {
    with_widget(schema, "parent")
}

/// How many levels the tree may have; none if nothing limits it.
pub(super) fn deepest(schema: &Value) -> Option<u64> {
    let (_, property) = schema::fields(schema).find(|(name, _)| Some(*name) == parent_field(schema))?;
    schema::note(property, "x-depth")?.as_u64()
}

/// The field that gives a record its place among its sisters.
pub(super) fn order_field(schema: &Value) -> Option<&str> {
    with_widget(schema, "order")
}

fn with_widget<'s>(schema: &'s Value, widget: &str) -> Option<&'s str> {
    schema::fields(schema)
        .find(|(_, property)| schema::note(property, "x-widget").and_then(Value::as_str) == Some(widget))
        .map(|(name, _)| name)
}

/// May records of the section be switched off?
pub(super) fn has_switch(schema: &Value) -> bool {
    schema::fields(schema).any(|(name, _)| name == "active")
}
