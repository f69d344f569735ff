//! What a section page reads: it starts loading beside the code of the page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde_json::Value;

use super::query::{ListState, ROWS};
use crate::ask::{Asked, Question, ask};
use crate::backend::{ChangesQuery, List};
use crate::calls::question;
use crate::error::Error;
use crate::form::NEW;
use crate::sections::{self, Shape};

/// What list and record of a section share.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The section's key as the address names it.
    pub key: Memo<String>,
    /// Its schema with the reader's words.
    pub schema: Asked,
    /// One page of its records; of a document nothing.
    pub list: Asked,
    /// What of the list is shown.
    pub state: Memo<ListState>,
    /// Rows a page where the address does not say.
    pub rows: RwSignal<u32>,
    /// The record that is open.
    pub current: Memo<Option<i64>>,
}

impl Shared {
    /// Starts reading the section of the address.
    pub fn read() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let location = leptos_router::hooks::use_location();
        let key = Memo::new(move |_| params.with(|params| params.get("section").unwrap_or_default()));
        let state = Memo::new(move |_| query.with(ListState::read));
        let rows = RwSignal::new(ROWS);
        // The child's part of the address belongs to another route; the path itself tells it without waiting.
        let current = Memo::new(move |_| {
            location.pathname.with(|path| match path.split('/').nth(3).unwrap_or_default() {
                "" => None,
                "new" => Some(NEW),
                id => Some(id.parse().unwrap_or(i64::MAX)),
            })
        });
        let schema = ask(move || {
            let key = key.get();
            sections::item(&key).map_or_else(Question::nothing, |_| question::schema(key))
        });
        let list = ask(move || {
            let key = key.get();
            match sections::item(&key).map(|item| item.shape) {
                Some(Shape::Many) => question::list(key, state.get().ask(rows.get())),
                _ => Question::nothing(),
            }
        });
        Self { key, schema, list, state, rows, current }
    }

    /// The schema of a section, once it has come. Read it under `<Transition>` alone.
    pub fn schema_of(self, section: &str) -> Option<Result<Arc<Value>, Error>> {
        self.schema.get().filter(|answer| answer.question.is_of(section)).map(|answer| answer.read())
    }

    /// The list of a section, once it has come. Read it under `<Transition>` alone.
    pub fn list_of(self, section: &str) -> Option<Result<Arc<List>, Error>> {
        self.list.get().filter(|answer| answer.question.is_of(section)).map(|answer| answer.read())
    }

    /// Many records or one document; none of an unknown section.
    pub fn shape(self) -> Option<Shape> {
        self.key.with(|key| sections::item(key)).map(|item| item.shape)
    }

    /// Reads the list anew.
    pub fn again(self) {
        self.list.refetch();
    }

    /// Where a record is, with the list as it stands.
    pub fn href(self, record: &str) -> String {
        self.key.with_untracked(|key| {
            let query = self.state.with_untracked(ListState::query);
            if record.is_empty() {
                ["/settings/", key, &query].concat()
            } else {
                ["/settings/", key, "/", record, &query].concat()
            }
        })
    }
}

/// Which record is open, and in which view.
#[derive(Clone, Copy)]
pub struct Open {
    /// The section's key.
    pub key: Memo<String>,
    /// The record; none if there is nothing to draw here.
    pub id: Memo<Option<i64>>,
    /// `form`, `json`, `history` or `uses`.
    pub view: Memo<String>,
    /// The record.
    pub record: Asked,
    /// The record whose value a new one begins with, if it is a copy.
    pub copied: Asked,
    /// What the view needs beside the record.
    pub tab: Tab,
}

/// What another view of a record than form and JSON reads; nothing of it is asked for while its view is not open.
#[derive(Clone, Copy)]
pub struct Tab {
    /// The commits that changed it, newest first.
    pub changes: Asked,
    /// The version that is looked at; 0 is the time before the first.
    pub version: Memo<Option<i64>>,
    /// The value of that version.
    pub picked: Asked,
    /// The version that it is compared with.
    pub against: Memo<Option<i64>>,
    /// The value of that version.
    pub other: Asked,
    /// Who refers to it.
    pub uses: Asked,
}

impl Open {
    /// The document of the address, if its section is one.
    pub fn document() -> Self {
        let params = use_params_map();
        Self::of(Memo::new(move |_| {
            let item = params.with(|params| sections::item(&params.get("section").unwrap_or_default()));
            // An unknown section is read too: the answer says that there is none.
            (item.is_none_or(|item| item.shape == Shape::One)).then_some(0)
        }))
    }

    /// The record of the address.
    pub fn record() -> Self {
        let params = use_params_map();
        Self::of(Memo::new(move |_| {
            Some(params.with(|params| match params.get_str("record") {
                Some("new") => NEW,
                Some(id) => id.parse().unwrap_or(i64::MAX),
                None => i64::MAX,
            }))
        }))
    }

    fn of(id: Memo<Option<i64>>) -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let key = Memo::new(move |_| params.with(|params| params.get("section").unwrap_or_default()));
        let said =
            move |name: &'static str| query.with(|query| query.get_str(name).unwrap_or_default().to_owned());
        let number = move |name: &'static str| Memo::new(move |_| said(name).parse::<i64>().ok());
        let view = Memo::new(move |_| said("view"));
        let (version, against, copy) = (number("version"), number("against"), number("copy"));
        let record = ask(move || match id.get() {
            Some(id) => record_of(key.get(), id),
            None => Question::nothing(),
        });
        let copied = ask(move || match (id.get(), copy.get()) {
            (Some(NEW), Some(copy)) => record_of(key.get(), copy),
            _ => Question::nothing(),
        });
        // A question of the view that is open, about a record that exists.
        let of_view = move |name: &str, question: &dyn Fn(String, i64) -> Question| match id.get() {
            Some(id) if id >= 0 && view.with(|view| view == name) => question(key.get(), id),
            _ => Question::nothing(),
        };
        let at = move |version: Memo<Option<i64>>| {
            ask(move || match version.get() {
                Some(version) if version > 0 => {
                    of_view("history", &move |key, id| question::revision(key, id, version))
                }
                _ => Question::nothing(),
            })
        };
        let tab = Tab {
            changes: ask(move || {
                of_view("history", &|section, id| {
                    question::changes(ChangesQuery { section, id: Some(id), before: None, limit: 100 })
                })
            }),
            version,
            picked: at(version),
            against,
            other: at(against),
            uses: ask(move || of_view("uses", &question::uses)),
        };
        Self { key, id, view, record, copied, tab }
    }

    /// Reads the part of the view anew, after the record has changed.
    pub fn again(self) {
        self.tab.changes.refetch();
        self.tab.uses.refetch();
    }
}

/// A record of a directory, or the document; nothing where the two don't go together.
fn record_of(section: String, id: i64) -> Question {
    match sections::item(&section).map(|item| item.shape == Shape::One) {
        Some(document) if document == (id == 0) => question::record(section, id),
        _ => Question::nothing(),
    }
}
