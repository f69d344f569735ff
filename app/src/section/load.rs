//! What a section page reads: it starts loading beside the code of the page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::query::{ListState, ROWS};
use crate::backend::{Changes, ChangesQuery, List, RecordView, Uses};
use crate::calls;
use crate::error::Error;
use crate::form::NEW;
use crate::sections::{self, Shape};

/// What list and record of a section share.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The section's key as the address names it.
    pub key: Memo<String>,
    /// Its schema with the reader's words, and of which section it is.
    pub schema: Resource<(String, Result<Arc<Value>, Error>)>,
    /// One page of its records, and of which section they are; of a document nothing.
    pub list: Resource<(String, Result<List, Error>)>,
    /// What of the list is shown.
    pub state: Memo<ListState>,
    /// Rows a page where the address does not say.
    pub rows: RwSignal<u32>,
    /// Raised to read the list anew.
    pub tick: RwSignal<u32>,
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
        let tick = RwSignal::new(0_u32);
        // The child's part of the address belongs to another route; the path itself tells it without waiting.
        let current = Memo::new(move |_| {
            location.pathname.with(|path| match path.split('/').nth(3).unwrap_or_default() {
                "" => None,
                "new" => Some(NEW),
                id => Some(id.parse().unwrap_or(i64::MAX)),
            })
        });
        let schema = Resource::new(
            move || key.get(),
            |key| async move {
                let answer = match sections::item(&key) {
                    Some(_) => calls::schema(key.clone()).await.map(Arc::new),
                    None => Err(Error::Missing),
                };
                (key, answer)
            },
        );
        let list = Resource::new(
            move || (key.get(), state.get().ask(rows.get()), tick.get()),
            |(key, query, _)| async move {
                let answer = match sections::item(&key).map(|item| item.shape) {
                    Some(Shape::Many) => calls::list(key.clone(), query).await,
                    Some(Shape::One) => Ok(List::default()),
                    None => Err(Error::Missing),
                };
                (key, answer)
            },
        );
        Self { key, schema, list, state, rows, tick, current }
    }

    /// The schema of a section, once it has come. Read it under `<Transition>` alone.
    pub fn schema_of(self, section: &str) -> Option<Result<Arc<Value>, Error>> {
        self.schema.get().filter(|(key, _)| key == section).map(|(_, schema)| schema)
    }

    /// The list of a section, once it has come. Read it under `<Transition>` alone.
    pub fn list_of(self, section: &str) -> Option<Result<List, Error>> {
        self.list.get().filter(|(key, _)| key == section).map(|(_, list)| list)
    }

    /// Many records or one document; none of an unknown section.
    pub fn shape(self) -> Option<Shape> {
        self.key.with(|key| sections::item(key)).map(|item| item.shape)
    }

    /// Reads the list anew.
    pub fn again(self) {
        self.tick.update(|tick| *tick = tick.wrapping_add(1));
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

/// A record that was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// As it stands.
    pub view: RecordView,
    /// The value that a new record begins with, when it is a copy.
    pub copy: Option<Value>,
}

/// What another view of a record than form and JSON reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Tab {
    /// The form and the JSON view need no more than the record.
    Nothing,
    /// Its history, and two versions to compare if the address names them.
    History {
        /// The commits that changed it, newest first.
        changes: Changes,
        /// The version that is looked at, and its value.
        picked: Option<(i64, Value)>,
        /// The version it is compared with, and its value.
        against: Option<(i64, Value)>,
    },
    /// Who refers to it.
    Uses(Uses),
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
    pub record: Resource<Option<Result<Opened, Error>>>,
    /// What its view needs beside it.
    pub tab: Resource<Result<Tab, Error>>,
    /// Raised to read the view's part anew.
    pub tick: RwSignal<u32>,
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
        let said = move |name: &'static str| {
            Memo::new(move |_| query.with(|query| query.get_str(name).unwrap_or_default().to_owned()))
        };
        let (view, version, against, copy) = (said("view"), said("version"), said("against"), said("copy"));
        let tick = RwSignal::new(0_u32);
        let copied =
            Memo::new(move |_| if id.get() == Some(NEW) { copy.get().parse::<i64>().ok() } else { None });
        let record = Resource::new(
            move || (key.get(), id.get(), copied.get()),
            |(key, id, copied)| async move {
                let id = id?;
                Some(open(key, id, copied).await)
            },
        );
        let tab = Resource::new(
            move || {
                let at = |text: String| text.parse::<i64>().ok();
                (key.get(), id.get(), view.get(), at(version.get()), at(against.get()), tick.get())
            },
            |(key, id, view, version, against, _)| async move {
                match id {
                    Some(id) if id >= 0 => look(key, id, &view, version, against).await,
                    _ => Ok(Tab::Nothing),
                }
            },
        );
        Self { key, id, view, record, tab, tick }
    }

    /// Reads the part of the view anew, after the record has changed.
    pub fn again(self) {
        self.tick.update(|tick| *tick = tick.wrapping_add(1));
    }
}

async fn open(key: String, id: i64, copied: Option<i64>) -> Result<Opened, Error> {
    let shape = sections::item(&key).map(|item| item.shape).ok_or(Error::Missing)?;
    if (shape == Shape::One) != (id == 0) {
        return Err(Error::Missing);
    }
    let mut view = calls::record(key.clone(), id).await?;
    let copy = match copied {
        None => None,
        Some(from) => {
            let from = calls::record(key, from).await?;
            view.labels = from.labels;
            Some(from.value)
        }
    };
    Ok(Opened { view, copy })
}

async fn look(
    key: String,
    id: i64,
    view: &str,
    version: Option<i64>,
    against: Option<i64>,
) -> Result<Tab, Error> {
    match view {
        "history" => {
            let query = ChangesQuery { section: key.clone(), id: Some(id), before: None, limit: 100 };
            let changes = calls::changes(query).await?;
            let picked = at(&key, id, version).await?;
            let against = at(&key, id, against).await?;
            Ok(Tab::History { changes, picked, against })
        }
        "uses" => calls::uses(key, id).await.map(Tab::Uses),
        _ => Ok(Tab::Nothing),
    }
}

async fn at(key: &str, id: i64, version: Option<i64>) -> Result<Option<(i64, Value)>, Error> {
    match version {
        None => Ok(None),
        // Before the first version there was nothing to compare with.
        Some(0) => Ok(Some((0, Value::Object(Map::new())))),
        Some(version) => Ok(Some((version, calls::revision(key.to_owned(), id, version).await?))),
    }
}
