//! Unsaved values, kept in this browser under the person's id for seven days and removed at sign-out.
//!
//! Who writes a draft leaves passwords and secrets out.

use leptos::prelude::window_event_listener_untyped;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::storage;
use crate::value;
use crate::words::{key, section_title, t};

/// How long a draft is kept, in milliseconds.
const KEPT: f64 = 7.0 * 86_400_000.0;
const PREFIX: &str = "draft/";
/// Where drafts of a person's own replies stand, apart from those of the section.
pub const OWN_REPLIES: &str = "account/replies";

/// An unsaved value of a record or a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its section; [`OWN_REPLIES`] of a reply that the person keeps for themselves.
    pub section: String,
    /// Its record: 0 for a document, -1 for a new one.
    pub id: i64,
    /// The version it began from.
    pub revision: i64,
    /// What a list of drafts calls it; empty for a document or before it has a name.
    pub name: String,
    /// The value as it was at `revision`, for a merge if somebody else saves meanwhile.
    pub base: Value,
    /// The unsaved value.
    pub value: Value,
    /// What was typed as JSON after it and can't be read.
    #[serde(default)]
    pub text: Option<String>,
    /// When it was written, in milliseconds since 1970; set by [`put`].
    #[serde(default)]
    pub at: f64,
}

impl Draft {
    /// Where its form is.
    pub fn href(&self) -> String {
        let above = if self.section == OWN_REPLIES { "/" } else { "/settings/" };
        match self.id {
            0 => [above, &self.section].concat(),
            -1 => [above, &self.section, "/new"].concat(),
            id => [above, &self.section, "/", &id.to_string()].concat(),
        }
    }

    /// What its list is called.
    pub fn title(&self) -> &'static str {
        if self.section == OWN_REPLIES { t(key::OWN_REPLIES) } else { section_title(&self.section) }
    }
}

/// How the places of a person's drafts begin.
fn own(person: i64) -> String {
    [PREFIX, &person.to_string(), "/"].concat()
}

fn place(person: i64, section: &str, id: i64) -> String {
    [&*own(person), section, "/", &id.to_string()].concat()
}

thread_local! {
    /// Set once the person signs out: what a form still writes on its way out is kept no more.
    static OVER: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Keeps a draft of this person in place of the one before.
pub fn put(person: i64, draft: &Draft) {
    if OVER.get() {
        return;
    }
    let draft = Draft { at: js_sys::Date::now(), ..draft.clone() };
    if let Ok(json) = serde_json::to_value(&draft) {
        storage::set(&place(person, &draft.section, draft.id), &value::compact(&json));
    }
}

/// The draft of this person for a record, unless it is too old.
pub fn get(person: i64, section: &str, id: i64) -> Option<Draft> {
    read(&place(person, section, id))
}

/// Forgets the draft of a record: it was saved or discarded.
pub fn remove(person: i64, section: &str, id: i64) {
    storage::remove(&place(person, section, id));
}

/// How many drafts of this person are kept, without a look into them.
pub fn count(person: i64) -> usize {
    storage::keys(&own(person)).len()
}

/// Every draft of this person, newest first.
pub fn all(person: i64) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for draft in storage::keys(&own(person)).iter().filter_map(|key| read(key)) {
        let place = drafts.partition_point(|newer| newer.at >= draft.at);
        drafts.insert(place, draft);
    }
    drafts
}

/// Forgets every draft of everybody, and keeps none from now on: the person signs out, and the page ends with it.
pub fn clear() {
    OVER.set(true);
    // A page that the browser brings back as it was is in use again.
    window_event_listener_untyped("pageshow", |_| OVER.set(false));
    for key in storage::keys(PREFIX) {
        storage::remove(&key);
    }
}

fn read(key: &str) -> Option<Draft> {
    let draft: Draft = value::read(value::parse_json(&storage::get(key)?).ok()?).ok()?;
    if js_sys::Date::now() - draft.at < KEPT {
        Some(draft)
    } else {
        storage::remove(key);
        None
    }
}
