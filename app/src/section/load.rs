//! What a section page reads: it starts loading beside the code of the page.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::address::Address;
use super::query::{ListState, ROWS};
use crate::ask::{Asked, Question, ask};
use crate::backend::{Can, ChangesQuery, List, Me};
use crate::calls::question;
use crate::error::Error;
use crate::form::NEW;
use crate::sections::{self, Shape};
use crate::words::{key, section_title, t};

/// What list and record of a section share.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The section's key as the address names it.
    pub key: Memo<String>,
    /// Only what is the reader's own.
    pub own: bool,
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
    pub(super) fn read(address: Memo<Address>) -> Self {
        let key = Memo::new(move |_| address.with(|address| address.section.clone()));
        let own = address.with_untracked(|address| address.own);
        let state = Memo::new(move |_| address.with(|address| address.list.clone()));
        let current = Memo::new(move |_| address.with(|address| address.record));
        let rows = RwSignal::new(ROWS);
        let schema = ask(move || {
            let key = key.get();
            sections::item(&key).map_or_else(Question::nothing, |_| question::schema(key))
        });
        let list = ask(move || {
            let key = key.get();
            match sections::item(&key).map(|item| item.shape) {
                Some(Shape::Many) => {
                    let mut query = state.get().ask(rows.get());
                    if own {
                        query.filter.insert("owner".to_owned(), "me".to_owned());
                    }
                    question::list(key, query)
                }
                _ => Question::nothing(),
            }
        });
        Self { key, own, schema, list, state, rows, current }
    }

    /// The schema of a section, once it has come. Read it under `awaited` alone.
    pub fn schema_of(self, section: &str) -> Option<Result<Arc<Value>, Error>> {
        self.schema.get().filter(|answer| answer.question.is_of(section)).map(|answer| answer.read())
    }

    /// The list of a section, once it has come. Read it under `awaited` alone.
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
            let line = if record.is_empty() { "" } else { "/" };
            [self.above(), key, line, record, &query].concat()
        })
    }

    /// What stands before a section's key in the address.
    pub fn above(self) -> &'static str {
        if self.own { "/account/" } else { "/settings/" }
    }

    /// What the list is called.
    pub fn title(self, section: &str) -> &'static str {
        if self.own { t(key::OWN_REPLIES) } else { section_title(section) }
    }

    /// What a person may do with the records that are shown.
    pub fn can(self, me: &Me, section: &str) -> Can {
        if self.own {
            let keeps = me.has("replies.own");
            return Can { view: keeps, edit: keeps, delete: keeps, export: false };
        }
        me.sections.get(section).copied().unwrap_or_default()
    }
}

/// Which record is open, and in which view.
#[derive(Clone, Copy)]
pub struct Open {
    /// `json`, `history` or `uses`; empty is the form.
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
    /// Starts reading the record of the address, or the document.
    pub(super) fn read(address: Memo<Address>) -> Self {
        // A document is record 0; of an unknown section there is neither.
        let place = move || {
            address.with(|address| {
                let id = match sections::item(&address.section)?.shape {
                    Shape::One => address.record.is_none().then_some(0),
                    Shape::Many => address.record,
                };
                id.map(|id| (address.section.clone(), id))
            })
        };
        let part = move |read: fn(&Address) -> Option<i64>| Memo::new(move |_| address.with(read));
        let view = Memo::new(move |_| address.with(|address| address.view.clone()));
        let (version, against) = (part(|address| address.version), part(|address| address.against));
        let record =
            ask(move || place().map_or_else(Question::nothing, |(key, id)| question::record(key, id)));
        let copied = ask(move || match (place(), address.with(|address| address.copy)) {
            (Some((key, NEW)), Some(copy)) => question::record(key, copy),
            _ => Question::nothing(),
        });
        // A question of the view that is open, about a record that exists.
        let of_view = move |name: &str, question: &dyn Fn(String, i64) -> Question| match place() {
            Some((key, id)) if id >= 0 && view.with(|view| view == name) => question(key, id),
            _ => Question::nothing(),
        };
        let at = move |version: Memo<Option<i64>>| {
            ask(move || match version.get() {
                Some(version) => of_view("history", &move |key, id| {
                    if version > 0 || id == 0 {
                        question::revision(key, id, version)
                    } else {
                        Question::nothing()
                    }
                }),
                None => Question::nothing(),
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
        Self { view, record, copied, tab }
    }

    /// Reads the part of the view anew, after the record has changed.
    pub fn again(self) {
        self.tab.changes.refetch();
        self.tab.uses.refetch();
    }
}
