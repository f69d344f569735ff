//! The settings as one caller sees them: every question and every write of pages and REST, with the caller's rights.

mod account;
pub mod keys;
pub mod outside;
mod reading;
mod silence;
mod sources;
mod styles;
mod undo;
mod writing;

use std::sync::Arc;

use app::backend::{
    Can, Changes, ChangesQuery, Checked, CheckedCss, Commit, Committed, Found, FoundField, ImportFile,
    ImportPlan, Keys, List, ListQuery, Me, NewKey, Overview, PanelSettings, PasswordLink, RecordView,
    SessionView, SourceAnswer, Uses,
};
use app::error::Error;
use app::problem::Problems;
use app::schema::Context;
use app::sections::replies::Reply;
use app::sections::reply_categories::ReplyCategory;
use app::sections::roles::Verb;
use app::sections::{Section as _, registry};
use app::words::Language;
use async_trait::async_trait;
use sea_orm::DbErr;
use serde_json::{Value, json};
use tracing::error;

use super::listing::{self, Reader, found};
use super::snapshot::{Held, Snapshot};
use super::{fields, history, panel, schema, transfer};
use crate::Console;
use crate::access::{Actor, Rights, Via};

/// Who asks: established once a request, by cookie or by key.
#[derive(Clone, Debug)]
pub struct Caller {
    /// In whose name.
    pub actor: Actor,
    /// The role of a key; people's roles are read from the settings.
    pub role: Option<i64>,
    /// Through which door.
    pub via: Via,
    /// The caller's session, if a browser asks.
    pub session: Option<String>,
    /// The language of answers.
    pub language: Language,
    /// The id of the request in the log.
    pub request: String,
}

/// The settings as one caller sees them.
#[derive(Clone)]
pub struct Desk {
    console: Arc<Console>,
    caller: Option<Caller>,
    language: Language,
    request: String,
}

impl Desk {
    /// A desk for `caller`; without one every question is answered with [`Error::SignIn`].
    pub fn new(console: Arc<Console>, caller: Option<Caller>, language: Language, request: String) -> Self {
        Self { console, caller, language, request }
    }

    /// Who asks.
    pub fn caller(&self) -> Result<&Caller, Error> {
        self.caller.as_ref().ok_or(Error::SignIn)
    }

    /// The settings at this moment, and what the caller may do with them.
    pub fn stand(&self) -> Result<(Arc<Snapshot>, Rights, Reader), Error> {
        let caller = self.caller()?;
        let snapshot = self.console.settings.snapshot().clone();
        let rights = Rights::of(caller.actor, caller.role, &snapshot).ok_or(Error::SignIn)?;
        let user = match caller.actor {
            Actor::User(id) => Some(id),
            _ => None,
        };
        Ok((snapshot, rights, Reader { user, language: self.language, own: false }))
    }

    /// The same for reading a section: all that its readers see, or, of quick replies, what the caller keeps there for
    /// themselves.
    ///
    /// # Errors
    /// [`Error::Missing`] to whoever may do neither.
    pub fn reads(&self, section: &str) -> Result<(Arc<Snapshot>, Rights, Reader), Error> {
        let (snapshot, rights, reader) = self.stand()?;
        let own =
            !rights.may(section, Verb::View) && rights.keeps_own(self.caller()?.actor, section).is_some();
        if !own {
            rights.demand(section, Verb::View)?;
        }
        Ok((snapshot, rights, Reader { own, ..reader }))
    }

    /// May the caller still come as they came: by this key, by this session? Not knowing just now is no reason to send
    /// anybody away.
    pub async fn lives(&self) -> bool {
        let lives = match &self.caller {
            Some(Caller { actor: Actor::Key(id), .. }) => self.console.keys.lives(*id).await,
            Some(Caller { actor: Actor::User(user), session: Some(session), .. }) => {
                self.console.sessions.lives(*user, session).await
            }
            _ => Ok(true),
        };
        lives.unwrap_or(true)
    }

    fn user(&self) -> Result<i64, Error> {
        match self.caller()?.actor {
            Actor::User(id) => Ok(id),
            _ => Err(Error::Missing),
        }
    }

    /// Logs what the database said, once, under the id that the caller is told.
    pub(crate) fn broken(&self, error: &DbErr) -> Error {
        let request = self.request.clone();
        error!(%request, %error, "the database refused a question");
        if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            return Error::Busy;
        }
        Error::Broken { request }
    }

    /// The value of a record, without what this caller may not read of it.
    fn visible<'s>(
        snapshot: &'s Snapshot,
        section: &str,
        id: i64,
        reader: Reader,
    ) -> Result<Option<&'s Arc<Held>>, Error> {
        match snapshot.get(section, id) {
            Some(held) if reader.sees(held) => Ok(Some(held)),
            None if registry::is_document(section) && id == 0 => Ok(None),
            _ => Err(Error::Missing),
        }
    }

    /// The section's own schema in the caller's language, for REST as well.
    pub fn schema_of(&self, section: &str) -> Result<Value, Error> {
        self.reads(section)?;
        registry::entry(section).map(|entry| schema::annotated(entry, self.language)).ok_or(Error::Missing)
    }

    /// Resolves an address of REST: digits are an id, `key:…` is a key, a document is 0.
    pub fn resolve(&self, section: &str, name: &str) -> Result<i64, Error> {
        let (snapshot, _, reader) = self.reads(section)?;
        match name.strip_prefix("key:") {
            Some(key) => {
                let shelf = snapshot.shelf(section).ok_or(Error::Missing)?;
                let held = shelf.by_key(key).filter(|held| reader.sees(held));
                held.map(|held| held.id).ok_or(Error::Missing)
            }
            None => name.parse().map_err(|_| Error::Missing),
        }
    }

    /// The console behind this desk.
    pub fn console(&self) -> &Arc<Console> {
        &self.console
    }

    fn can(rights: &Rights, section: &str) -> Can {
        Can {
            view: rights.may(section, Verb::View),
            edit: rights.may(section, Verb::Edit),
            delete: rights.may(section, Verb::Delete) && !registry::is_document(section),
            export: rights.may(section, Verb::Export),
        }
    }
}

/// A line that a person writes beside the settings, tidied and checked as a text of the settings is.
fn line(name: &str, text: &str, max: usize, problems: &mut Problems) -> String {
    let schema = json!({
        "type": "object",
        "properties": { name: { "type": "string", "maxLength": max, "x-required": true } },
    });
    let mut value = json!({ name: text });
    app::schema::check(&schema, &mut value, &Context { languages: &[] }, problems);
    value[name].as_str().unwrap_or_default().to_owned()
}

#[async_trait]
impl app::backend::Backend for Desk {
    async fn me(&self) -> Result<Me, Error> {
        self.person()
    }

    async fn list(&self, section: &str, query: ListQuery) -> Result<List, Error> {
        let (snapshot, rights, reader) = self.reads(section)?;
        if section == Reply::KEY && query.filter.contains_key("health") {
            rights.demand(section, Verb::View)?;
            return self.list_health(query).await;
        }
        listing::list(&snapshot, section, &query, reader)
    }

    async fn record(&self, section: &str, id: i64) -> Result<RecordView, Error> {
        self.open(section, id).await
    }

    async fn schema(&self, section: &str) -> Result<Value, Error> {
        self.schema_of(section)
    }

    async fn check(&self, section: &str, id: i64, value: Value) -> Result<Checked, Error> {
        self.tried(section, id, value).await
    }

    async fn check_styles(&self, css: String) -> Result<CheckedCss, Error> {
        self.checked_styles(css).await
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, Error> {
        self.write(commit, None).await
    }

    async fn changes(&self, query: ChangesQuery) -> Result<Changes, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        if !query.section.is_empty() {
            rights.demand(&query.section, Verb::View)?;
        }
        if let Some(id) = query.id.filter(|_| !query.section.is_empty())
            && snapshot.get(&query.section, id).is_some_and(|held| !reader.sees(held))
        {
            return Err(Error::Missing);
        }
        let changes = history::changes(&self.console.settings, &query, &rights, reader, &snapshot.zone())
            .await
            .map_err(|error| self.broken(&error))?;
        // The history of what was removed stays readable; what never was has none.
        let never = query.id.is_some_and(|id| {
            !registry::is_document(&query.section) && snapshot.get(&query.section, id).is_none()
        });
        if never && changes.commits.is_empty() && query.before.is_none() {
            Err(Error::Missing)
        } else {
            Ok(changes)
        }
    }

    async fn revision(&self, section: &str, id: i64, revision: i64) -> Result<Value, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        if snapshot.get(section, id).is_some_and(|held| !reader.sees(held)) {
            return Err(Error::Missing);
        }
        // A document has its defaults until somebody saves it.
        if revision == 0
            && registry::is_document(section)
            && let Some(entry) = registry::entry(section)
        {
            return Ok(entry.default_value());
        }
        history::revision(&self.console.settings, section, id, revision)
            .await
            .map_err(|error| self.broken(&error))?
            .ok_or(Error::Missing)
    }

    async fn revert(&self, seq: i64) -> Result<Committed, Error> {
        self.take_back(seq).await
    }

    async fn uses(&self, section: &str, id: i64) -> Result<Uses, Error> {
        self.uses_of(section, id).await
    }

    async fn find(&self, section: &str, q: &str, limit: u32) -> Result<Vec<Found>, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        let limit = limit.clamp(1, 50) as usize;
        if !section.is_empty() {
            // Choosing needs the right to view what is chosen from; whoever keeps replies chooses a category for them.
            let keeps = rights.keeps_own(self.caller()?.actor, Reply::KEY).is_some();
            if section != ReplyCategory::KEY || !keeps {
                rights.demand(section, Verb::View)?;
            }
            return Ok(listing::find(&snapshot, section, q, limit, reader));
        }
        let mut all = Vec::new();
        for entry in registry::all().iter().filter(|entry| rights.may(entry.item().key, Verb::View)) {
            all.extend(listing::find(&snapshot, entry.item().key, q, limit.min(8), reader));
        }
        all.truncate(limit);
        Ok(all)
    }

    async fn find_fields(&self, q: &str, limit: u32) -> Result<Vec<FoundField>, Error> {
        let (_, rights, _) = self.stand()?;
        let limit = limit.clamp(1, 50) as usize;
        Ok(fields::find(q, limit, self.language, |section| rights.may(section, Verb::View)))
    }

    async fn labels(&self, links: Vec<(String, i64)>) -> Result<Vec<Found>, Error> {
        let (snapshot, _, reader) = self.stand()?;
        Ok(links
            .iter()
            .take(500)
            .filter_map(|(section, id)| {
                Some(found(section, snapshot.get(section, *id).filter(|held| reader.sees(held))?, reader))
            })
            .collect())
    }

    async fn overview(&self) -> Result<Overview, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        let query = ChangesQuery { limit: 8, ..ChangesQuery::default() };
        let changes = history::changes(&self.console.settings, &query, &rights, reader, &snapshot.zone())
            .await
            .map_err(|error| self.broken(&error))?;
        let counts = registry::all()
            .iter()
            .map(|entry| entry.item().key)
            .filter(|section| rights.may(section, Verb::View) && !registry::is_document(section))
            .filter_map(|section| Some((section.to_owned(), snapshot.shelf(section)?.live() as u64)))
            .collect();
        Ok(Overview { changes: changes.commits, readiness: self.findings().await?, counts })
    }

    async fn silence(&self, finding: &str, reason: &str) -> Result<(), Error> {
        self.keep_silent(finding, reason).await
    }

    async fn unsilence(&self, finding: &str) -> Result<(), Error> {
        self.speak_again(finding).await
    }

    async fn keys(&self) -> Result<Keys, Error> {
        self.all_keys().await
    }

    async fn make_key(&self, key: NewKey) -> Result<String, Error> {
        self.new_key(key).await
    }

    async fn revoke_key(&self, id: i64) -> Result<(), Error> {
        self.end_key(id).await
    }

    async fn panel(&self) -> Result<PanelSettings, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        Ok(panel::settings(&snapshot, &rights, reader))
    }

    async fn sessions(&self) -> Result<Vec<SessionView>, Error> {
        let (snapshot, _, _) = self.stand()?;
        let current = self.caller()?.session.clone().unwrap_or_default();
        let zone = snapshot.zone();
        self.console.sessions.list(self.user()?, &current, &zone).await.map_err(|error| self.broken(&error))
    }

    async fn end_session(&self, id: &str) -> Result<(), Error> {
        self.stand()?;
        let user = self.user()?;
        let current = self.caller()?.session.clone();
        let ended = if id.is_empty() {
            self.console.sessions.end_of(user, None, current.as_deref()).await
        } else {
            self.console.sessions.end_of(user, Some(id), None).await
        };
        ended.map_err(|error| self.broken(&error))
    }

    async fn change_password(&self, current: String, new: String) -> Result<(), Error> {
        self.new_password(current, new).await?;
        self.end_session("").await
    }

    async fn password_link(&self, user: i64) -> Result<PasswordLink, Error> {
        self.link_for(user).await
    }

    async fn import_plan(&self, section: &str, file: ImportFile) -> Result<ImportPlan, Error> {
        let (snapshot, rights, _) = self.stand()?;
        rights.demand(section, Verb::Edit)?;
        let section = section.to_owned();
        tokio::task::spawn_blocking(move || transfer::plan(&snapshot, &section, &file))
            .await
            .map_err(|_| Error::Broken { request: self.request.clone() })?
    }

    async fn select_api_test(&self, source: Value, q: &str) -> Result<SourceAnswer, Error> {
        self.ask_source(source, q).await
    }

    async fn export(&self, section: &str, format: &str) -> Result<String, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::Export)?;
        transfer::export(&snapshot, section, format, reader)
    }
}
