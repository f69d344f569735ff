//! One field of a form: where its value is, what its schema says, and how a widget reads and writes it.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::{Form, control_id};
use crate::markup::Node;
use crate::schema;
use crate::ui::field::{self, Row, Said};

/// What a widget is given. Cheap to clone.
#[derive(Clone)]
pub struct Field {
    /// The form it belongs to.
    pub form: Form,
    /// Where its value stands.
    pub pointer: Arc<str>,
    /// What JSON calls it.
    pub name: Arc<str>,
    /// Its part of the schema.
    pub schema: Arc<Value>,
}

impl Field {
    /// A field of the form.
    pub fn new(form: Form, pointer: &str, name: &str, schema: &Value) -> Self {
        Self { form, pointer: pointer.into(), name: name.into(), schema: Arc::new(schema.clone()) }
    }

    /// The `id` of its control.
    pub fn id(&self) -> String {
        control_id(&self.pointer)
    }

    /// What people call it.
    pub fn label(&self) -> String {
        self.text_note("title").unwrap_or(&self.name).to_owned()
    }

    /// A sentence of help; empty if there is none.
    pub fn help(&self) -> String {
        self.text_note("description").unwrap_or_default().to_owned()
    }

    /// A keyword or annotation of its schema.
    pub fn note(&self, name: &str) -> Option<&Value> {
        schema::note(&self.schema, name)
    }

    /// The same, if it is text.
    pub fn text_note(&self, name: &str) -> Option<&str> {
        self.note(name).and_then(Value::as_str)
    }

    /// The same, if it is a switch that is on.
    pub fn flag(&self, name: &str) -> bool {
        self.note(name) == Some(&Value::Bool(true))
    }

    /// Its value; `null` while there is none.
    pub fn value(&self) -> Memo<Value> {
        let (draft, pointer) = (self.form.draft, Arc::clone(&self.pointer));
        Memo::new(move |_| draft.with(|draft| draft.pointer(&pointer).cloned().unwrap_or(Value::Null)))
    }

    /// Its value as a text field shows it.
    pub fn text(&self) -> Signal<String> {
        let value = self.value();
        Memo::new(move |_| {
            value.with(|value| match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => crate::value::compact(other),
            })
        })
        .into()
    }

    /// Writes its value.
    pub fn set(&self, value: impl Into<Value>) {
        self.form.set(&self.pointer, value.into());
    }

    /// Writes text as it was typed.
    pub fn typed(&self) -> Callback<String> {
        let field = self.clone();
        Callback::new(move |text: String| field.set(text))
    }

    /// The person left it: from now on it may complain.
    pub fn left(&self) -> Callback<()> {
        let (form, pointer) = (self.form, Arc::clone(&self.pointer));
        Callback::new(move |()| form.touch(&pointer))
    }

    /// May it be edited now?
    pub fn editable(&self) -> Signal<bool> {
        let form = self.form;
        let free = self.text_note("x-widget") == Some("instance-switch");
        Signal::derive(move || form.editable.get() && (free || !form.is_fixed()))
    }

    /// What is wrong with it; of what stands inside too, unless it draws fields of its own for that.
    pub fn said(&self, below: bool) -> Signal<Vec<Said>> {
        let (form, pointer) = (self.form, Arc::clone(&self.pointer));
        Memo::new(move |_| form.said(&pointer, below)).into()
    }

    /// Does anything forbid its value?
    pub fn invalid(&self) -> Signal<bool> {
        let said = self.said(true);
        Signal::derive(move || said.with(|said| said.iter().any(|one| !one.warning)))
    }

    /// The ids of what describes its control.
    pub fn described(&self) -> Signal<Option<String>> {
        field::described(&self.id(), self.text_note("description").is_some(), self.said(true))
    }

    /// Must it be filled in?
    pub fn required(&self) -> bool {
        schema::required(&self.schema)
    }

    /// Its row, with `control` in it.
    pub fn row(&self, shape: Shape, control: Node) -> Node {
        let value = self.value();
        let default = self.note("default").cloned();
        let changed = {
            let default = default.clone().filter(|_| !self.required());
            Signal::derive(move || {
                default.as_ref().is_some_and(|default| value.with(|value| value != default))
            })
        };
        let reset = {
            let field = self.clone();
            Callback::new(move |()| field.set(default.clone().unwrap_or(Value::Null)))
        };
        let row = Row {
            id: self.id(),
            label: self.label(),
            key: self.name.to_string(),
            help: self.help(),
            required: self.required(),
            several: shape.several,
            wide: shape.wide,
            changed,
            editable: self.editable(),
            reset,
            said: self.said(shape.speaks_below),
        };
        field::field(row, control)
    }
}

/// How a widget sits in its row.
#[derive(Clone, Copy, Default)]
pub struct Shape {
    /// It consists of several controls.
    pub several: bool,
    /// It uses the whole width.
    pub wide: bool,
    /// The row also says what is wrong inside of the value.
    pub speaks_below: bool,
}

impl Shape {
    /// One control.
    pub const ONE: Self = Self { several: false, wide: false, speaks_below: true };
    /// Several controls.
    pub const SEVERAL: Self = Self { several: true, wide: false, speaks_below: true };
    /// Several controls that need room.
    pub const WIDE: Self = Self { several: true, wide: true, speaks_below: true };
    /// A list whose items hold fields with rows of their own.
    pub const LIST: Self = Self { several: true, wide: true, speaks_below: false };
}
