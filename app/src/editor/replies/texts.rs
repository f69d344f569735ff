//! The texts of a reply, or of one of its channels, in every language side by side.

use std::sync::Arc;

use indexmap::IndexMap;
use leptos::prelude::*;
use serde_json::Value;

use super::{Editor, column};
use crate::field::Channel;
use crate::form::words::{tags, text_in, write_in};
use crate::form::{Field, Form};
use crate::markup::{Node, view};
use crate::problem::segment;
use crate::schema;
use crate::sections::replies::translation::{State, mark, settle, state};

/// A place that holds a text per language, with the marks of its translations beside it.
#[derive(Clone)]
pub(super) struct Texts {
    /// The map of texts.
    pub field: Field,
    /// Where the marks stand.
    marks: Arc<str>,
    /// The language that leads.
    pub leading: Arc<str>,
    /// The channel it is for; none for the text of all.
    pub channel: Option<Signal<Option<Channel>>>,
}

/// A map of texts as it stands at `pointer`.
fn map_at(value: &Value, pointer: &str) -> IndexMap<String, String> {
    let map = value.pointer(pointer).and_then(Value::as_object);
    map.into_iter()
        .flatten()
        .filter_map(|(tag, text)| Some((tag.clone(), text.as_str()?.to_owned())))
        .collect()
}

impl Texts {
    /// The texts at `{parent}/text`.
    pub fn at(
        form: Form,
        parent: &str,
        schema: &Value,
        channel: Option<Signal<Option<Channel>>>,
    ) -> Option<Self> {
        let property = schema::fields(schema).find(|(name, _)| *name == "text")?.1;
        let leading = form.languages().first().cloned().unwrap_or_default();
        Some(Self {
            field: Field::new(form, &[parent, "/text"].concat(), "text", property),
            marks: [parent, "/translated"].concat().into(),
            leading: leading.into(),
            channel,
        })
    }

    /// The text in one language.
    pub fn text(&self, tag: &str) -> Signal<String> {
        text_in(&self.field, tag)
    }

    /// Writes it. A translation notes what it was made of.
    pub fn write(&self, tag: &str, text: String) {
        let leading = untrack(|| self.text(&self.leading).get());
        let noted = if text.trim().is_empty() || leading.trim().is_empty() {
            Value::Null
        } else {
            mark(&leading, &text).into()
        };
        write_in(&self.field, tag, text);
        self.note(tag, noted);
    }

    /// The translation says the same as the leading text does now.
    pub fn confirm(&self, tag: &str) {
        let (leading, text) = untrack(|| (self.text(&self.leading).get(), self.text(tag).get()));
        self.note(tag, mark(&leading, &text).into());
    }

    fn note(&self, tag: &str, noted: Value) {
        if tag != &*self.leading {
            self.field.form.set(&format!("{}/{}", self.marks, segment(tag)), noted);
        }
    }

    /// How a translation stands, as the save will see it.
    pub fn state(&self, tag: &str) -> Memo<State> {
        let (form, tag, of) = (self.field.form, tag.to_owned(), self.clone());
        Memo::new(move |_| {
            form.draft.with(|draft| {
                let (texts, mut marks) = (map_at(draft, &of.field.pointer), map_at(draft, &of.marks));
                form.base.with(|base| {
                    let (stood, noted) =
                        (map_at(&base.value, &of.field.pointer), map_at(&base.value, &of.marks));
                    settle(&texts, &mut marks, Some((&stood, &noted)), &of.leading);
                });
                state(&texts, &marks, &of.leading, &tag)
            })
        })
    }
}

/// The text for all channels.
pub(super) fn main(editor: Editor) -> Option<Node> {
    let schema = editor.form.schema();
    Some(columns(editor, &Texts::at(editor.form, "", &schema, None)?))
}

/// A column for each language.
pub(super) fn columns(editor: Editor, texts: &Texts) -> Node {
    let all: Vec<_> = tags(&texts.field).into_iter().map(|tag| column::column(editor, texts, &tag)).collect();
    let said = texts.field.said(false);
    let id = texts.field.id();
    let problem = [&id, "-problem"].concat();
    view! {
        <div class="languages" id=id>{all}</div>
        {move || crate::ui::field::sentences(&problem, &said.get())}
    }
}
