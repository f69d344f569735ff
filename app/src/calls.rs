//! The console's calls to the server; each asks the [`Backend`] of the request, which authorises, for one thing.
//!
//! Prefix and endpoint are written out, so an address survives a new build and a page of the old one keeps working.
//!
//! On the server a call is a server function. The browser's half is ours and the same for every call, because Leptos's
//! would compile request, answer and error anew for each (docs/decisions/0005-answers-without-types.md).

use serde_json::Value;

use crate::ask::{Answer, Question};
#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::backend::{
    Changes, ChangesQuery, Checked, CheckedCss, Commit, Committed, Found, FoundField, ImportFile, ImportPlan,
    Keys, List, ListQuery, Me, NewKey, Overview, PanelSettings, PasswordLink, RecordView, SessionView,
    SourceAnswer, Uses,
};
use crate::error::Error;

#[cfg(feature = "ssr")]
mod side {
    use std::sync::Arc;

    use leptos::prelude::use_context;
    use serde::de::DeserializeOwned;

    use super::{Backend, Error, Question, Value};

    /// The backend of this request, put into context by the server.
    pub(super) fn backend() -> Result<Arc<dyn Backend>, Error> {
        use_context().ok_or(Error::Broken { request: "no backend in context".into() })
    }

    /// Answers with the status that belongs to the error; the wire itself always says 500.
    pub(super) fn answered<T>(result: Result<T, Error>) -> Result<T, Error> {
        if let (Err(error), Some(response)) = (&result, use_context::<leptos_axum::ResponseOptions>())
            && let Ok(status) = http::StatusCode::from_u16(error.status())
        {
            response.set_status(status);
        }
        result
    }

    /// An argument of a question as its type.
    pub(super) fn argument<T: DeserializeOwned>(question: &Question, name: &str) -> Result<T, Error> {
        let value = question.arguments.get(name).cloned().unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|_| Error::Missing)
    }
}

#[cfg(not(feature = "ssr"))]
mod side {
    use gloo_net::http::Request;
    use serde::de::DeserializeOwned;

    use super::{Error, Question, Value};
    use crate::value;

    /// Asks over the network.
    pub(super) async fn post(question: &Question) -> Result<Value, Error> {
        let url = ["/rpc/", &question.call].concat();
        let body = value::compact(&Value::Object(question.arguments.clone()));
        // Bytes as they are: a text would be turned into the browser's kind of text and back.
        let body = js_sys::Uint8Array::from(body.as_bytes());
        let request = Request::post(&url).header("Content-Type", "application/json").body(body);
        let answer = match request {
            Ok(request) => request.send().await,
            Err(error) => Err(error),
        };
        // Nothing answered, or not to the end.
        let answer = answer.map_err(|_| Error::Busy)?;
        let text = answer.text().await.map_err(|_| Error::Busy)?;
        match (value::parse_json(&text), answer.ok()) {
            (Ok(json), true) => Ok(json),
            (Ok(json), false) => Err(Error::of(json)),
            // What stands between answers for itself: a proxy, a limit.
            (Err(_), _) => Err(Error::of_status(answer.status())),
        }
    }

    /// The answer as its type.
    pub(super) async fn typed<T: DeserializeOwned>(question: Question) -> Result<T, Error> {
        value::read(post(&question).await?).map_err(|_| Error::Broken { request: String::new() })
    }
}

/// Declares calls that hand their arguments to the backend's method of the same name, and the question for each.
macro_rules! calls {
    ($($(#[$about:meta])* $type:ident $endpoint:literal $name:ident($($arg:ident: $of:ty),*) -> $result:ty = |$backend:ident| $ask:expr;)*) => {
        $(
            $(#[$about])*
            #[cfg(feature = "ssr")]
            #[allow(missing_docs, reason = "the fields of the generated argument struct are the arguments named here")]
            #[leptos::server(name = $type, input = leptos::server_fn::codec::Json, prefix = "/rpc", endpoint = $endpoint)]
            pub async fn $name($($arg: $of),*) -> Result<$result, Error> {
                let $backend = side::backend()?;
                side::answered($ask.await)
            }

            $(#[$about])*
            #[cfg(not(feature = "ssr"))]
            pub async fn $name($($arg: $of),*) -> Result<$result, Error> {
                side::typed(question::$name($($arg),*)).await
            }
        )*

        /// The calls as questions, for whoever asks without knowing the type of the answer.
        pub mod question {
            use super::*;

            $(
                $(#[$about])*
                pub fn $name($($arg: $of),*) -> Question {
                    #[allow(unused_mut, reason = "some calls have no arguments")]
                    let mut question = Question { call: $endpoint.into(), ..Question::default() };
                    $(question.arguments.insert(stringify!($arg).into(), serde_json::to_value($arg).unwrap_or_default());)*
                    question
                }
            )*
        }

        /// Answers a question: in this process, because the page is drawn here.
        #[cfg(feature = "ssr")]
        pub async fn answer(question: Question) -> Answer {
            match &*question.call {
                $($endpoint => {
                    let ask = async {
                        $(let $arg: $of = side::argument(&question, stringify!($arg))?;)*
                        self::$name($($arg),*).await
                    };
                    let result = ask.await;
                    Answer::of(question, result)
                })*
                _ => Answer::of(question, Err::<(), _>(Error::Missing)),
            }
        }
    };
}

/// Answers a question over the network. The browser has one thread, so what it waits for may be said to be `Send`.
#[cfg(not(feature = "ssr"))]
pub fn answer(question: Question) -> impl Future<Output = Answer> + Send {
    send_wrapper::SendWrapper::new(async {
        let result = if question.call.is_empty() { Err(Error::Missing) } else { side::post(&question).await };
        Answer::of(question, result)
    })
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
    /// Single settings that answer to `q`, for the palette.
    FindFieldsCall "find-fields" find_fields(q: String, limit: u32) -> Vec<FoundField> = |backend| backend.find_fields(&q, limit);
    /// The labels of records already linked to.
    LabelsCall "labels" labels(links: Vec<(String, i64)>) -> Vec<Found> = |backend| backend.labels(links);
    /// The start page.
    OverviewCall "overview" overview() -> Overview = |backend| backend.overview();
    /// What the sample operator panel acts on.
    PanelCall "panel" panel() -> PanelSettings = |backend| backend.panel();
    /// Silences a readiness finding for everybody.
    SilenceCall "silence" silence(finding: String, reason: String) -> () = |backend| backend.silence(&finding, &reason);
    /// Brings a silenced finding back.
    UnsilenceCall "unsilence" unsilence(finding: String) -> () = |backend| backend.unsilence(&finding);
    /// The API keys.
    KeysCall "keys" keys() -> Keys = |backend| backend.keys();
    /// Makes an API key; answers its secret.
    MakeKeyCall "make-key" make_key(key: NewKey) -> String = |backend| backend.make_key(key);
    /// Ends an API key.
    RevokeKeyCall "revoke-key" revoke_key(id: i64) -> () = |backend| backend.revoke_key(id);
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
    /// What the source of a SELECTAPI field answers.
    SelectApiTestCall "select-api-test" select_api_test(source: Value, q: String) -> SourceAnswer = |backend| backend.select_api_test(source, &q);
    /// What is wrong with a style sheet of the panel, and what it would become.
    CheckStylesCall "check-styles" check_styles(css: String) -> CheckedCss = |backend| backend.check_styles(css);
    /// A section as a file.
    ExportCall "export" export(section: String, format: String) -> String = |backend| backend.export(&section, &format);
}
