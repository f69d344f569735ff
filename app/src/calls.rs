//! The console's calls to the server; each asks the [`Backend`] of the request, which authorises, for one thing.
//!
//! Prefix and endpoint are written out, so an address survives a new build and a page of the old one keeps working.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde_json::Value;

#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::backend::{
    Changes, ChangesQuery, Checked, Commit, Committed, Found, ImportFile, ImportPlan, List, ListQuery, Me,
    Overview, PasswordLink, RecordView, SessionView, Uses,
};
use crate::error::Error;

/// The backend of this request, put into context by the server.
#[cfg(feature = "ssr")]
fn backend() -> Result<std::sync::Arc<dyn Backend>, Error> {
    use_context().ok_or(Error::Broken { request: "no backend in context".into() })
}

/// Answers with the status that belongs to the error; the wire itself always says 500.
#[cfg(feature = "ssr")]
fn answer<T>(result: Result<T, Error>) -> Result<T, Error> {
    if let (Err(error), Some(response)) = (&result, use_context::<leptos_axum::ResponseOptions>())
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}

/// Declares calls that hand their arguments to the backend's method of the same name.
macro_rules! calls {
    ($($(#[$about:meta])* $type:ident $endpoint:literal $name:ident($($arg:ident: $of:ty),*) -> $result:ty = |$backend:ident| $ask:expr;)*) => {$(
        $(#[$about])*
        #[allow(missing_docs, reason = "the fields of the generated argument struct are the arguments named here")]
        #[server(name = $type, input = Json, prefix = "/rpc", endpoint = $endpoint)]
        pub async fn $name($($arg: $of),*) -> Result<$result, Error> {
            let $backend = backend()?;
            answer($ask.await)
        }
    )*};
}

calls! {
    /// Who is signed in, and what they may do.
    MeCall "me" me() -> Me = |backend| backend.me();
    /// One page of a directory.
    ListCall "list" list(section: String, query: ListQuery) -> List = |backend| backend.list(&section, query);
    /// One record, a document (`id` 0), or the default of a new record (`id` -1).
    RecordCall "record" record(section: String, id: i64) -> RecordView = |backend| backend.record(&section, id);
    /// The JSON Schema of a section with the reader's words in it.
    SchemaCall "schema" schema(section: String) -> Value = |backend| backend.schema(&section);
    /// What is wrong with a value that isn't saved yet.
    CheckCall "check" check(section: String, id: i64, value: Value) -> Checked = |backend| backend.check(&section, id, value);
    /// Does everything in `commit`, or nothing.
    CommitCall "commit" commit(commit: Commit) -> Committed = |backend| backend.commit(commit);
    /// Commits, newest first.
    ChangesCall "changes" changes(query: ChangesQuery) -> Changes = |backend| backend.changes(query);
    /// The value of a record as of one of its revisions.
    RevisionCall "revision" revision(section: String, id: i64, revision: i64) -> Value = |backend| backend.revision(&section, id, revision);
    /// Takes a whole commit back in a new one.
    RevertCall "revert" revert(seq: i64) -> Committed = |backend| backend.revert(seq);
    /// Who refers to a record.
    UsesCall "uses" uses(section: String, id: i64) -> Uses = |backend| backend.uses(&section, id);
    /// Records that answer to `q`, for a choice or the palette; `section` empty for all.
    FindCall "find" find(section: String, q: String, limit: u32) -> Vec<Found> = |backend| backend.find(&section, &q, limit);
    /// The labels of records already linked to.
    LabelsCall "labels" labels(links: Vec<(String, i64)>) -> Vec<Found> = |backend| backend.labels(links);
    /// The start page.
    OverviewCall "overview" overview() -> Overview = |backend| backend.overview();
    /// The caller's own sessions.
    SessionsCall "sessions" sessions() -> Vec<SessionView> = |backend| backend.sessions();
    /// Ends one of the caller's sessions, or all others when `id` is empty.
    EndSessionCall "end-session" end_session(id: String) -> () = |backend| backend.end_session(&id);
    /// Changes the caller's password.
    ChangePasswordCall "change-password" change_password(current: String, new: String) -> () = |backend| backend.change_password(current, new);
    /// A one-time link with which a user sets a password.
    PasswordLinkCall "password-link" password_link(user: i64) -> PasswordLink = |backend| backend.password_link(user);
    /// What importing a file would do, row by row.
    ImportPlanCall "import-plan" import_plan(section: String, file: ImportFile) -> ImportPlan = |backend| backend.import_plan(&section, file);
    /// A section as a file.
    ExportCall "export" export(section: String, format: String) -> String = |backend| backend.export(&section, &format);
}
