//! Where on the pages of the sections the reader is, read from the address alone.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::query::ListState;
use crate::form::NEW;

/// How the addresses of the reader's own records begin.
const OWN: &str = "/account/";

/// `/settings/<section>/<record>?<query>`, or the same of what the reader keeps for themselves, `/account/<section>/…`
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Address {
    /// The section's key.
    pub section: String,
    /// Only what is the reader's own.
    pub own: bool,
    /// The record that is open; [`NEW`] for one to be made.
    pub record: Option<i64>,
    /// What of the list is shown.
    pub list: ListState,
    /// Which view of the record: `json`, `history` or `uses`; empty is the form.
    pub view: String,
    /// The version that is looked at.
    pub version: Option<i64>,
    /// The version that it is compared with.
    pub against: Option<i64>,
    /// The record that a new one is a copy of.
    pub copy: Option<i64>,
}

impl Address {
    /// The address of the page. Once the reader is on the way to another page it stays as it was: this page is still
    /// drawn until the other has come, and must not take its address for one of its own.
    pub fn follow() -> Memo<Self> {
        let location = use_location();
        let own = location.pathname.with_untracked(|path| path.starts_with(OWN));
        let above = if own { "account" } else { "settings" };
        Memo::new(move |before: Option<&Self>| {
            let path = location.pathname.get();
            let mut parts = path.trim_start_matches('/').split('/');
            let section = match (parts.next(), parts.next()) {
                (Some(first), Some(section)) if first == above && !section.is_empty() => section.to_owned(),
                _ => return before.cloned().unwrap_or_default(),
            };
            let record = match parts.next() {
                None | Some("") => None,
                Some("new") => Some(NEW),
                // No record has this id: the answer says that there is none.
                Some(id) => Some(id.parse().unwrap_or(i64::MAX)),
            };
            location.query.with(|query| {
                let number = |name: &str| query.get_str(name).and_then(|text| text.parse().ok());
                Self {
                    section,
                    own,
                    record,
                    list: ListState::read(query),
                    view: view(query.get_str("view").filter(|_| !own), record).to_owned(),
                    version: number("version"),
                    against: number("against"),
                    copy: number("copy"),
                }
            })
        })
    }
}

/// The view that is asked for, of those that the record has: one that is not made yet has neither past nor uses.
fn view(asked: Option<&str>, record: Option<i64>) -> &'static str {
    match asked {
        Some("json") => "json",
        Some("history") if record != Some(NEW) => "history",
        Some("uses") if record != Some(NEW) => "uses",
        _ => "",
    }
}
