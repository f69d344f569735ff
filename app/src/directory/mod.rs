//! The page of a section with many records: the list, its filters, bulk actions, order, import and export.

mod bulk;
mod cells;
mod filters;
mod health;
mod import;
mod keys;
mod list;
mod moves;
mod toolbar;
mod tools;
mod transfer;

pub(crate) use bulk::bar as bulk_bar;
pub(crate) use import::import_dialog;

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::Value;

use crate::backend::{Can, Row};
use crate::form::NEW;
use crate::frame::{News, Session, failed, live, storage};
use crate::markup::{Node, awaited, view};
use crate::section::{ListState, Shared};
use crate::ui::{LoadingShape, loading};

/// How many rows a page may have.
pub const SIZES: &[u32] = &[50, 100, 200];
/// Under which name this browser remembers how many rows a person likes.
const ROWS: &str = "list.rows";

/// The list of a section at work.
#[derive(Clone, Copy)]
pub(crate) struct Directory {
    /// What it shares with the record beside it.
    pub shared: Shared,
    /// The section's key.
    pub section: &'static str,
    /// The rows that are shown, for bulk actions and moves.
    pub rows: RwSignal<Vec<Row>>,
    /// The records that are picked.
    pub picked: RwSignal<BTreeSet<i64>>,
    /// The columns that the person has hidden, by their first field.
    pub hidden: RwSignal<Vec<String>>,
    /// The branches of a tree that are folded.
    pub folded: RwSignal<BTreeSet<i64>>,
    /// The moving of records in a tree.
    pub moving: moves::Moving,
    go: Callback<String>,
}

impl Directory {
    fn new(shared: Shared, section: &'static str) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |to: String| {
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        });
        Self {
            shared,
            section,
            rows: RwSignal::new(Vec::new()),
            picked: RwSignal::new(BTreeSet::new()),
            hidden: RwSignal::new(Vec::new()),
            folded: RwSignal::new(BTreeSet::new()),
            moving: moves::Moving::new(),
            go,
        }
    }

    /// Shows another part of the list; the record beside it stays.
    pub fn show(self, state: &ListState) {
        let query = state.query();
        let record = match self.shared.current.get_untracked() {
            None => String::new(),
            Some(NEW) => "/new".to_owned(),
            Some(id) => format!("/{id}"),
        };
        self.go.run([self.shared.above(), self.section, &record, &query].concat());
    }

    /// The address of another part of the list.
    pub fn href(self, state: &ListState) -> String {
        [self.shared.above(), self.section, &state.query()].concat()
    }

    /// Opens a record beside the list.
    pub fn open(self, id: i64) {
        self.go.run(self.shared.href(&id.to_string()));
    }
}

/// Draws the list of a section.
pub fn list_pane(shared: Shared, section: &'static str) -> Node {
    let title = shared.title(section);
    let directory = Directory::new(shared, section);
    remember(directory);
    follow(directory);
    keys::listen();
    // What needs the schema alone is not drawn again with every answer, so that the search keeps its focus.
    let head = move || {
        let (_, can) = about(directory).filter(|_| !shared.own)?;
        Some(untrack(|| tools::tool(directory, tools::Tool::Menu(can))))
    };
    let toolbar =
        move || about(directory).map(|(schema, can)| untrack(|| toolbar::toolbar(directory, &schema, can)));
    let list = move || shared.list_of(section);
    let table = move || match (list(), about(directory)) {
        (Some(Ok(found)), Some((schema, can))) => untrack(|| list::table(directory, &schema, can, &found)),
        (Some(Err(error)), _) => failed(&error, Callback::new(move |()| shared.list.refetch())),
        _ => loading(LoadingShape::Rows, 12),
    };
    let foot = move || {
        let total = list()?.ok()?.total;
        untrack(|| list::pager_of(directory, &shared.state.get(), total))
    };
    view! {
        <section class="pane" aria-labelledby="title">
            <header class="pane__head">
                <h1 class="pane__title" id="title">{title}</h1>
                <div class="pane__actions">{awaited(|| Node::Nothing, head)}</div>
            </header>
            <div class="pane__body">
                {awaited(|| loading(LoadingShape::Lines, 1), toolbar)}
                {awaited(|| loading(LoadingShape::Rows, 12), table)}
            </div>
            {awaited(|| Node::Nothing, foot)}
        </section>
    }
}

/// The schema of the section and what the reader may do with it, once both have come.
fn about(directory: Directory) -> Option<(Arc<Value>, Can)> {
    let schema = directory.shared.schema_of(directory.section)?.ok()?;
    let me = Session::get().me()?.ok()?;
    let can = directory.shared.can(&me, directory.section);
    Some((schema, can))
}

/// Brings back how many rows and which columns the person likes in this browser.
fn remember(directory: Directory) {
    Effect::new(move |_| {
        if let Some(rows) =
            storage::get(ROWS).and_then(|rows| rows.parse().ok()).filter(|rows| SIZES.contains(rows))
        {
            directory.shared.rows.set(rows);
        }
        let hidden = storage::get(&columns_key(directory)).unwrap_or_default();
        directory.hidden.set(hidden.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect());
    });
}

/// Under which name this browser remembers the hidden columns of a section.
fn columns_key(directory: Directory) -> String {
    ["list.columns.", directory.section].concat()
}

/// Reads the list anew when somebody changes a record of the section.
fn follow(directory: Directory) {
    let hear = Callback::new(move |news: News| {
        if news.touches(directory.section) {
            directory.shared.again();
        }
    });
    Effect::new(move |_| live().subscribe(hear));
}
