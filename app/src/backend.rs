//! What the console asks of the world, and the shapes of the answers.
//!
//! The server binds a [`Backend`] to each request: it knows who asks, so no call names an actor and every call
//! authorises itself.

use async_trait::async_trait;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Error;
use crate::problem::{Problem, Problems};
use crate::sections::Effect;

/// The dozen things the console asks of the world.
#[async_trait]
pub trait Backend: Send + Sync {
    /// Who is signed in, and what they may do.
    async fn me(&self) -> Result<Me, Error>;
    /// One page of a directory.
    async fn list(&self, section: &str, query: ListQuery) -> Result<List, Error>;
    /// One record, a document (`id` 0), or the default of a record to be made (`id` -1).
    async fn record(&self, section: &str, id: i64) -> Result<RecordView, Error>;
    /// The JSON Schema of a section with the reader's words in it.
    async fn schema(&self, section: &str) -> Result<Value, Error>;
    /// What is wrong with a value that isn't saved yet; `id` -1 for a new record.
    async fn check(&self, section: &str, id: i64, value: Value) -> Result<Checked, Error>;
    /// Does everything in `commit`, or nothing.
    async fn commit(&self, commit: Commit) -> Result<Committed, Error>;
    /// The commits of everything, of a section, or of one record, newest first.
    async fn changes(&self, query: ChangesQuery) -> Result<Changes, Error>;
    /// The value of a record as of one of its revisions.
    async fn revision(&self, section: &str, id: i64, revision: i64) -> Result<Value, Error>;
    /// Takes a whole commit back in a new one.
    async fn revert(&self, seq: i64) -> Result<Committed, Error>;
    /// Who refers to a record.
    async fn uses(&self, section: &str, id: i64) -> Result<Uses, Error>;
    /// Records whose name, key or text answers to `q`, for a choice or the palette; `section` empty for all.
    async fn find(&self, section: &str, q: &str, limit: u32) -> Result<Vec<Found>, Error>;
    /// Single settings whose label, help or JSON key answers to `q` in either language, for the palette.
    async fn find_fields(&self, q: &str, limit: u32) -> Result<Vec<FoundField>, Error>;
    /// The labels of these records, for links already chosen.
    async fn labels(&self, links: Vec<(String, i64)>) -> Result<Vec<Found>, Error>;
    /// The start page: last changes and what stands in the way of work.
    async fn overview(&self) -> Result<Overview, Error>;
    /// What the sample operator panel acts on, as far as the caller may view it.
    async fn panel(&self) -> Result<PanelSettings, Error>;
    /// Silences a readiness finding for everybody, with a reason.
    async fn silence(&self, finding: &str, reason: &str) -> Result<(), Error>;
    /// Brings a silenced finding back.
    async fn unsilence(&self, finding: &str) -> Result<(), Error>;
    /// The API keys, and the roles that a new one may be given.
    async fn keys(&self) -> Result<Keys, Error>;
    /// Makes an API key; answers its secret, which is never shown again.
    async fn make_key(&self, key: NewKey) -> Result<String, Error>;
    /// Ends an API key.
    async fn revoke_key(&self, id: i64) -> Result<(), Error>;
    /// The caller's own sessions.
    async fn sessions(&self) -> Result<Vec<SessionView>, Error>;
    /// Ends one of the caller's sessions, or all others when `id` is empty.
    async fn end_session(&self, id: &str) -> Result<(), Error>;
    /// Changes the caller's password; every other session of theirs ends.
    async fn change_password(&self, current: String, new: String) -> Result<(), Error>;
    /// A one-time link with which a user sets a password: an invitation or a reset.
    async fn password_link(&self, user: i64) -> Result<PasswordLink, Error>;
    /// What importing a file would do to a section, row by row; nothing is written.
    async fn import_plan(&self, section: &str, file: ImportFile) -> Result<ImportPlan, Error>;
    /// What is wrong with a style sheet of the operator panel, and what it would become.
    async fn check_styles(&self, css: String) -> Result<CheckedCss, Error>;
    /// A section as a file.
    async fn export(&self, section: &str, format: &str) -> Result<String, Error>;
    /// What the `source` of a SELECTAPI field, saved or not, answers to `q`.
    async fn select_api_test(&self, source: Value, q: &str) -> Result<SourceAnswer, Error>;
}

/// The person who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// Their record in `users`.
    pub id: i64,
    /// Given and family name.
    pub name: String,
    /// Their login.
    pub email: String,
    /// The name of their role.
    pub role: String,
    /// What they may do, per section that they may view.
    pub sections: IndexMap<String, Can>,
    /// The functions they hold.
    pub functions: Vec<String>,
    /// The project's name.
    pub project: String,
    /// The languages in which texts are kept; the first is required.
    pub languages: Vec<String>,
    /// The zone in which times are shown.
    pub time_zone: String,
}

impl Me {
    /// Do they hold this function?
    pub fn has(&self, function: &str) -> bool {
        self.functions.iter().any(|held| held == function)
    }
}

/// What may be done with a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "four rights, each on its own")]
pub struct Can {
    /// See it.
    pub view: bool,
    /// Create, change, archive, restore.
    pub edit: bool,
    /// Remove for good.
    pub delete: bool,
    /// Take it out as a file.
    pub export: bool,
}

/// Which records of a directory, in which order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Words to find.
    pub q: String,
    /// Field → wanted value; a choice by its code, a switch by `true` or `false`, a link by id, one to whoever asks also as
    /// `me`. Of replies also `health`: what they suffer from, or `any`.
    pub filter: IndexMap<String, String>,
    /// Archived records instead of the others.
    pub archived: bool,
    /// A field, with `-` in front for descending; empty for the section's own order.
    pub sort: String,
    /// Page number from 1.
    pub page: u32,
    /// Rows a page: 50, 100 or 200 in the console, up to 500 over REST.
    pub limit: u32,
    /// Instead of `page`: go on after the row that this names.
    pub cursor: String,
    /// Rows carry whole values, not only the fields that the list shows.
    pub whole: bool,
}

/// One page of a directory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// How many records the query answers to.
    pub total: u64,
    /// How many there are when nothing is asked for: an empty section is told apart from an empty answer.
    pub all: u64,
    /// Names the row after which the next page begins; empty on the last.
    pub cursor: String,
    /// Nothing answered to what was typed; this is what would have been typed on the other keyboard layout.
    pub other_layout: Option<String>,
    /// Labels of the records that the rows link to.
    pub labels: Vec<Found>,
    /// How many records suffer from what, whatever the other filters; told only where the health of records was asked.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub health: IndexMap<String, u64>,
    /// Integrations have counted uses of records of this section.
    #[serde(default)]
    pub reported: bool,
    /// The last commit that this answer knows.
    pub seq: i64,
}

/// One record in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// The version that stands.
    pub revision: i64,
    /// Its name in the reader's language.
    pub name: String,
    /// Offered for new work.
    pub active: bool,
    /// Out of lists and choices.
    pub archived: bool,
    /// How deep in the tree, 0 at the top or where there is no tree.
    pub depth: u32,
    /// How many records refer to it; of a tree, those of other sections.
    pub used: u32,
    /// The same of it and all that stands in it; 0 where there is no tree.
    #[serde(default)]
    pub branch: u32,
    /// How many uses integrations have counted elsewhere.
    #[serde(default)]
    pub outside: u64,
    /// When the last of those was, RFC 3339; empty if nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_used: String,
    /// The fields that the list shows; all of them where that was asked.
    pub value: Value,
    /// Why it ought to be looked at; told only where that was asked.
    #[serde(default, skip_serializing_if = "Problems::is_empty")]
    pub ailments: Problems,
}

/// One record, or a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    /// Its section.
    pub section: String,
    /// Its id; 0 for a document, -1 for a record not made yet.
    pub id: i64,
    /// Its key; empty for a document.
    pub key: String,
    /// The version that stands; 0 if it was never saved.
    pub revision: i64,
    /// Its name in the reader's language.
    pub name: String,
    /// Out of lists and choices; read only.
    pub archived: bool,
    /// Was it never active, so that it may be removed for good? Or its section allows that.
    pub removable: bool,
    /// The value.
    pub value: Value,
    /// What is already wrong with it.
    pub problems: Problems,
    /// Labels of the records that it links to.
    pub labels: Vec<Found>,
    /// Who saved it last; empty if nobody.
    pub by: String,
    /// When, RFC 3339; empty if never.
    pub at: String,
    /// The last commit that this answer knows.
    pub seq: i64,
}

/// The outcome of a check.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// What is wrong.
    pub problems: Problems,
    /// What saving it would do.
    pub effects: Vec<Effect>,
}

/// A style sheet of the operator panel as its check left it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckedCss {
    /// What was found, from top to bottom.
    pub findings: Vec<CssFinding>,
    /// The style sheets that it imports, as they would be published. Empty if there are errors.
    pub imports: String,
    /// The sheet itself, likewise: confined to the panel, in its layer, minified.
    pub css: String,
}

/// Something found in a style sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CssFinding {
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters.
    pub column: u32,
    /// The place in the text, in UTF-16 units as browsers count.
    pub offset: u32,
    /// What it is, at `/css`.
    pub problem: Problem,
}

/// A write: all of its operations, or none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Commit {
    /// Why; at most 500 characters.
    pub note: String,
    /// What to do, in order.
    pub operations: Vec<Operation>,
    /// The codes of the warnings that the caller accepts; `*` for all.
    pub accept: Vec<String>,
    /// Say what would happen, and write nothing.
    pub dry_run: bool,
}

/// One step of a commit. `revision` is the version that it replaces; any other that stands is a conflict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    /// Make a record.
    Create {
        /// Its section.
        section: String,
        /// Its key; made of its name if absent.
        #[serde(default)]
        key: Option<String>,
        /// Its value; what is absent takes its default.
        value: Value,
    },
    /// Write the whole value.
    Put {
        /// Its section.
        section: String,
        /// Its id; 0 for a document.
        id: i64,
        /// The version that it replaces; 0 for a document never saved.
        revision: i64,
        /// The new value.
        value: Value,
    },
    /// Write some fields: JSON Merge Patch, RFC 7396.
    Patch {
        /// Its section.
        section: String,
        /// Its id; 0 for a document.
        id: i64,
        /// The version that it replaces.
        revision: i64,
        /// The fields to change; `null` takes one back to its default.
        patch: Value,
    },
    /// Give the record another key.
    Rekey {
        /// Its section.
        section: String,
        /// Its id.
        id: i64,
        /// The version that it replaces.
        revision: i64,
        /// The new key.
        key: String,
    },
    /// Take it out of lists and choices.
    Archive {
        /// Its section.
        section: String,
        /// Its id.
        id: i64,
        /// The version that it replaces.
        revision: i64,
        /// Put this record in its place wherever settings refer to it.
        #[serde(default)]
        replace_by: Option<i64>,
    },
    /// Bring an archived record back.
    Restore {
        /// Its section.
        section: String,
        /// Its id.
        id: i64,
        /// The version that it replaces.
        revision: i64,
    },
    /// Remove it for good.
    Delete {
        /// Its section.
        section: String,
        /// Its id.
        id: i64,
        /// The version that it replaces.
        revision: i64,
    },
}

impl Operation {
    /// The section it writes to.
    pub fn section(&self) -> &str {
        match self {
            Self::Create { section, .. }
            | Self::Put { section, .. }
            | Self::Patch { section, .. }
            | Self::Rekey { section, .. }
            | Self::Archive { section, .. }
            | Self::Restore { section, .. }
            | Self::Delete { section, .. } => section,
        }
    }
}

/// A commit that was written, or would be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Committed {
    /// Its number; 0 for a dry run or when nothing changed.
    pub seq: i64,
    /// What it changed.
    pub changes: Vec<Changed>,
    /// The warnings that were accepted.
    pub warnings: Problems,
    /// What it does to people's work.
    pub effects: Vec<Effect>,
}

/// One changed record of a commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// Its section.
    pub section: String,
    /// Its id.
    pub id: i64,
    /// The version that stands now.
    pub version: i64,
    /// `create`, `put`, `rekey`, `archive`, `restore` or `delete`.
    pub op: String,
}

/// Which commits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangesQuery {
    /// Only this section; empty for all that the caller may see.
    pub section: String,
    /// Only this record of the section.
    pub id: Option<i64>,
    /// Older than this commit.
    pub before: Option<i64>,
    /// At most so many; 50 if 0.
    pub limit: u32,
}

/// Commits, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The commits.
    pub commits: Vec<CommitView>,
    /// Are there older ones?
    pub more: bool,
}

/// One commit as history shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CommitView {
    /// Its number.
    pub seq: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// Through which door: `ui`, `rest`, `cli`, `embed`.
    pub via: String,
    /// Why; empty if the caller may not see all of the commit.
    pub note: String,
    /// What changed, as far as the caller may see it.
    pub changes: Vec<ChangeView>,
}

/// One change of a commit as history shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Its section.
    pub section: String,
    /// Its id.
    pub id: i64,
    /// The version it made.
    pub revision: i64,
    /// `create`, `put`, `rekey`, `archive`, `restore` or `delete`.
    pub op: String,
    /// The record's name after it, in the reader's language.
    pub name: String,
}

/// A record as a link shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Its section.
    pub section: String,
    /// Its id.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// Its name in the reader's language.
    pub name: String,
    /// Its colour, if it has one.
    pub colour: Option<String>,
    /// Offered for new work.
    pub active: bool,
    /// Out of lists and choices.
    pub archived: bool,
}

/// Who refers to a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Uses {
    /// The referring records that the caller may view.
    pub records: Vec<Found>,
    /// How many more there are.
    pub hidden: u32,
    /// What integrations have counted elsewhere.
    #[serde(default)]
    pub outside: Vec<OutsideUse>,
}

/// Uses that no setting knows of, as one integration has counted them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutsideUse {
    /// Which part of a document is used, for example the alias of a field; else empty.
    pub part: String,
    /// What the integration calls itself.
    pub source: String,
    /// The name of the key that reported.
    pub by: String,
    /// How many uses.
    pub count: u64,
    /// When the last of them was, RFC 3339; empty if it didn't say.
    pub last_at: String,
    /// When it was reported, RFC 3339.
    pub reported: String,
    /// Nothing has been heard of it for 30 days.
    pub stale: bool,
    /// Where some of them are.
    pub places: Vec<OutsidePlace>,
}

/// A place where something is used, outside of the console.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutsidePlace {
    /// What people call it.
    pub label: String,
    /// Its address, `https` or `http`.
    pub url: String,
}

/// The start page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The last commits that the caller may see.
    pub changes: Vec<CommitView>,
    /// What stands in the way of work, worst first.
    pub readiness: Vec<Finding>,
    /// How many records each directory holds.
    pub counts: IndexMap<String, u64>,
}

/// One thing that stands in the way of work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `blocks`, `should_fix` or `note`.
    pub grade: String,
    /// The key of its words.
    pub code: String,
    /// Names and numbers for the sentence.
    pub params: IndexMap<String, Value>,
    /// Where its cure is.
    pub href: String,
    /// Names it: the same finding has the same name tomorrow.
    pub id: String,
    /// The section of its cure; whoever may edit it may silence the finding.
    pub section: String,
    /// May the reader silence it and bring it back?
    pub may_silence: bool,
    /// Somebody has silenced it.
    pub silenced: Option<Silenced>,
}

/// Why a readiness finding is not told any more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Silenced {
    /// Who has silenced it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// A single setting, for the palette.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FoundField {
    /// Its section.
    pub section: String,
    /// JSON names from the section down, with dots.
    pub path: String,
    /// What people call it, and what is around it.
    pub label: String,
}

/// The API keys of the instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Keys {
    /// Every key, newest first.
    pub keys: Vec<KeyView>,
    /// The roles that a new one may be given: none that may more than the reader.
    pub roles: Vec<Found>,
}

/// An API key as its list shows it. Its secret is known to nobody any more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeyView {
    /// Its id; history names it `key:<id>`.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// The name of its role.
    pub role: String,
    /// Who has made it; empty if that is not known.
    pub by: String,
    /// When, RFC 3339.
    pub created: String,
    /// When it was last used, to the minute; empty for never.
    pub seen: String,
    /// Until when it works; empty for no end.
    pub expires: String,
    /// `works`, `expired` or `revoked`.
    pub state: String,
}

/// An API key to be made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NewKey {
    /// What it is for; at most 80 characters.
    pub name: String,
    /// Its role.
    pub role: i64,
    /// The last day on which it works, as `2026-12-31`; empty for no end.
    pub expires: String,
}

/// The settings that the sample operator panel acts on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PanelSettings {
    /// Per section that the caller may view its records; a document is one, with the id 0.
    pub sections: IndexMap<String, Vec<PanelRecord>>,
}

/// A record as the sample panel reads it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PanelRecord {
    /// Its id.
    pub id: i64,
    /// Its value.
    pub value: Value,
}

/// What a source of options answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceAnswer {
    /// The request that was made: method and address.
    pub request: String,
    /// The status of the answer; 0 if there was none.
    pub status: u32,
    /// The beginning of the answer as it came.
    pub raw: String,
    /// The options that it holds, or the last good ones.
    pub options: Vec<SourceOption>,
    /// The options are of an earlier answer.
    pub from_cache: bool,
    /// What is wrong; its pointer leads into the source.
    pub error: Option<Problem>,
}

/// One option of a source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceOption {
    /// What is stored.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// A session of the caller.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionView {
    /// Names it for ending it; not the token.
    pub id: String,
    /// Is it the one that asks?
    pub current: bool,
    /// When it began, RFC 3339.
    pub created: String,
    /// When it was last used, RFC 3339.
    pub seen: String,
    /// The browser and its system, as a person calls them.
    pub browser: String,
    /// What the browser calls itself.
    pub agent: String,
    /// The address it came from.
    pub address: String,
}

/// A one-time link for setting a password.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PasswordLink {
    /// The whole address; shown once.
    pub url: String,
    /// Until when it may be used, RFC 3339.
    pub expires: String,
}

/// A file to import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportFile {
    /// `csv` or `json`.
    pub format: String,
    /// Its text.
    pub text: String,
}

/// What importing a file would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportPlan {
    /// Each row, in the order of the file.
    pub rows: Vec<ImportRow>,
    /// The operations of the rows without errors.
    pub operations: Vec<Operation>,
}

/// One row of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The record's name.
    pub name: String,
    /// `create`, `change`, `same` or `refused`.
    pub outcome: String,
    /// What is wrong with it.
    pub problems: Problems,
}
