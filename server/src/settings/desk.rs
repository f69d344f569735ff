//! The settings as one caller sees them: every question and every write of pages and REST, with the caller's rights.

use std::sync::Arc;

use app::backend::{
    Can, Changes, ChangesQuery, Checked, Commit, Committed, Finding, Found, ImportFile, ImportPlan, List,
    ListQuery, Me, Operation, Overview, PasswordLink, RecordView, SessionView, Uses,
};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::sections::instance::Instance;
use app::sections::registry;
use app::sections::roles::{BuiltIn, FUNCTIONS, Role, Verb};
use app::sections::users::User;
use app::words::Language;
use async_trait::async_trait;
use indexmap::IndexMap;
use sea_orm::DbErr;
use serde_json::Value;
use tracing::error;

use super::listing::{self, Reader, found};
use super::snapshot::{Held, Snapshot, number, section_of};
use super::{history, prepare, schema, transfer};
use crate::access::one_time::{self, Purpose};
use crate::access::{Actor, Rights, Via, passwords};
use crate::{Console, clock};

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
        Ok((snapshot, rights, Reader { user, language: self.language }))
    }

    fn user(&self) -> Result<i64, Error> {
        match self.caller()?.actor {
            Actor::User(id) => Ok(id),
            _ => Err(Error::Missing),
        }
    }

    /// Logs what the database said, once, under the id that the caller is told.
    fn broken(&self, error: &DbErr) -> Error {
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

    fn zone(snapshot: &Snapshot) -> String {
        snapshot.typed::<Instance>(0).unwrap_or_default().instance_timezone.0
    }

    /// A commit as [`app::backend::Backend::commit`], remembered under `idempotency`.
    pub async fn write(&self, commit: Commit, idempotency: Option<String>) -> Result<Committed, Error> {
        let caller = self.caller()?;
        // A personal record of somebody else is missing to this caller, whatever their rights.
        let (snapshot, rights, reader) = self.stand()?;
        for operation in &commit.operations {
            if let Some((section, id)) = target(operation)
                && snapshot.get(section, id).is_some_and(|held| !reader.sees(held))
            {
                return Err(Error::Missing);
            }
        }
        if commit.dry_run {
            return self
                .name_conflict(prepare::prepare(&snapshot, caller.actor, &rights, &commit))
                .await
                .map(|p| p.outcome);
        }
        let outcome =
            self.console.settings.commit(caller.actor, caller.role, caller.via, commit, idempotency).await;
        let committed = self.name_conflict(outcome).await?;
        self.after(&committed).await;
        Ok(committed)
    }

    /// What follows from a commit outside the settings: people who may no longer sign in lose their sessions.
    async fn after(&self, committed: &Committed) {
        let snapshot = self.console.settings.snapshot().clone();
        for change in committed.changes.iter().filter(|change| change.section == "users") {
            let stays =
                snapshot.get("users", change.id).is_some_and(|held| held.facts.active && !held.archived);
            if !stays && let Err(error) = self.console.sessions.end_of(change.id, None, None).await {
                error!(%error, user = change.id, "sessions of a deactivated user could not be removed; they are refused all the same");
            }
        }
    }

    /// A conflict names its author and time, which live outside the snapshot.
    async fn name_conflict<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        let Err(Error::Conflict { operation, revision, current, at, .. }) = outcome else { return outcome };
        let snapshot = self.console.settings.snapshot().clone();
        let seq = at.parse().unwrap_or_default();
        let (by, at) = history::author(&self.console.settings, seq, self.language, &Self::zone(&snapshot))
            .await
            .map_err(|error| self.broken(&error))?;
        Err(Error::Conflict { operation, revision, current, by, at })
    }

    /// The section's own schema in the caller's language, for REST as well.
    pub fn schema_of(&self, section: &str) -> Result<Value, Error> {
        let (_, rights, _) = self.stand()?;
        rights.demand(section, Verb::View)?;
        registry::entry(section).map(|entry| schema::annotated(entry, self.language)).ok_or(Error::Missing)
    }

    /// Resolves an address of REST: digits are an id, `key:…` is a key, a document is 0.
    pub fn resolve(&self, section: &str, name: &str) -> Result<i64, Error> {
        let (snapshot, rights, _) = self.stand()?;
        rights.demand(section, Verb::View)?;
        match name.strip_prefix("key:") {
            Some(key) => {
                let shelf = snapshot.shelf(section).ok_or(Error::Missing)?;
                shelf.by_key(key).map(|held| held.id).ok_or(Error::Missing)
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

fn target(operation: &Operation) -> Option<(&str, i64)> {
    match operation {
        Operation::Create { .. } => None,
        Operation::Put { section, id, .. }
        | Operation::Patch { section, id, .. }
        | Operation::Rekey { section, id, .. }
        | Operation::Archive { section, id, .. }
        | Operation::Restore { section, id, .. }
        | Operation::Delete { section, id, .. } => Some((section, *id)),
    }
}

#[async_trait]
impl app::backend::Backend for Desk {
    async fn me(&self) -> Result<Me, Error> {
        let (snapshot, rights, _) = self.stand()?;
        let user = self.user()?;
        let held = snapshot.get("users", user).ok_or(Error::SignIn)?;
        let value: User = snapshot.typed(user).ok_or(Error::SignIn)?;
        let instance: Instance = snapshot.typed(0).unwrap_or_default();
        let role = value.role.and_then(|role| snapshot.typed::<Role>(role.0)).unwrap_or_default();
        let sections = registry::all()
            .iter()
            .map(|entry| (entry.item().key.to_owned(), Self::can(&rights, entry.item().key)))
            .filter(|(_, can)| can.view)
            .collect();
        Ok(Me {
            id: user,
            name: held.name(self.language).to_owned(),
            email: value.email.0,
            role: role.name.in_language(self.language.tag()).to_owned(),
            sections,
            functions: FUNCTIONS
                .iter()
                .filter(|name| rights.has(name))
                .map(|name| (*name).to_owned())
                .collect(),
            project: instance.name.0,
            languages: snapshot.languages().to_vec(),
            time_zone: instance.instance_timezone.0,
        })
    }

    async fn list(&self, section: &str, query: ListQuery) -> Result<List, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        listing::list(&snapshot, section, &query, reader)
    }

    async fn record(&self, section: &str, id: i64) -> Result<RecordView, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        let entry = registry::entry(section).ok_or(Error::Missing)?;
        let mut view =
            RecordView { section: section.into(), id, seq: snapshot.head, ..RecordView::default() };
        if id == -1 {
            view.value = entry.default_value();
            return Ok(view);
        }
        let Some(held) = Self::visible(&snapshot, section, id, reader)? else {
            view.value = entry.default_value();
            return Ok(view);
        };
        let zone = Self::zone(&snapshot);
        let (by, at) = history::author(&self.console.settings, held.seq, self.language, &zone)
            .await
            .map_err(|error| self.broken(&error))?;
        let mut problems = Problems::default();
        entry.check_in(id, &held.data, &*snapshot, &mut problems);
        view.key.clone_from(&held.key);
        view.revision = held.revision;
        held.name(self.language).clone_into(&mut view.name);
        view.archived = held.archived;
        view.removable = id != 0
            && held.facts.keep.is_none()
            && (!held.ever_active || (held.archived && entry.removable()));
        view.value = held.value();
        view.problems = problems;
        view.labels = held
            .links
            .iter()
            .filter_map(|(_, place)| {
                Some(found(section_of(place.0), snapshot.get(section_of(place.0), place.1)?, reader))
            })
            .collect();
        view.by = by;
        view.at = at;
        Ok(view)
    }

    async fn schema(&self, section: &str) -> Result<Value, Error> {
        self.schema_of(section)
    }

    async fn check(&self, section: &str, id: i64, value: Value) -> Result<Checked, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        let operation = if id == -1 {
            Operation::Create { section: section.into(), key: None, value }
        } else {
            let held = Self::visible(&snapshot, section, id, reader)?;
            let revision = held.map_or(0, |held| held.revision);
            Operation::Put { section: section.into(), id, revision, value }
        };
        let commit = Commit { operations: vec![operation], dry_run: true, ..Commit::default() };
        match prepare::prepare(&snapshot, self.caller()?.actor, &rights, &commit) {
            Ok(prepared) => {
                Ok(Checked { problems: prepared.outcome.warnings, effects: prepared.outcome.effects })
            }
            Err(Error::Invalid { problems, .. }) => Ok(Checked { problems, effects: Vec::new() }),
            Err(Error::Forbidden { .. }) => Ok(Checked::default()),
            Err(error) => Err(error),
        }
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
        let changes =
            history::changes(&self.console.settings, &query, &rights, reader, &Self::zone(&snapshot))
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
        history::revision(&self.console.settings, section, id, revision)
            .await
            .map_err(|error| self.broken(&error))?
            .ok_or(Error::Missing)
    }

    /// Each change of the commit is undone: what it made is archived, or removed if it was never offered; what it
    /// changed gets the value from before. What changed since goes through the three-way merge.
    async fn revert(&self, seq: i64) -> Result<Committed, Error> {
        let (snapshot, _, _) = self.stand()?;
        let pairs =
            history::with_before(&self.console.settings, seq).await.map_err(|error| self.broken(&error))?;
        if pairs.is_empty() {
            return Err(Error::Missing);
        }
        let mut operations = Vec::new();
        for (change, before) in pairs {
            operations.extend(undo(&snapshot, &change, before.as_ref())?);
        }
        // Records that refer to each other are taken back in the opposite order.
        operations.reverse();
        let note = match self.language {
            Language::Uk => format!("Скасовано зміну {seq}"),
            Language::En => format!("Change {seq} undone"),
        };
        self.write(Commit { note, operations, accept: vec!["*".into()], dry_run: false }, None).await
    }

    async fn uses(&self, section: &str, id: i64) -> Result<Uses, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        Self::visible(&snapshot, section, id, reader)?;
        let mut uses = Uses::default();
        let place = (number(section).ok_or(Error::Missing)?, id);
        for (from, from_id) in snapshot.referrers(place) {
            let from = section_of(from);
            let Some(held) = snapshot.get(from, from_id) else { continue };
            if uses.records.len() < 200 && rights.may(from, Verb::View) && reader.sees(held) {
                uses.records.push(found(from, held, reader));
            } else {
                uses.hidden += 1;
            }
        }
        Ok(uses)
    }

    async fn find(&self, section: &str, q: &str, limit: u32) -> Result<Vec<Found>, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        let limit = limit.clamp(1, 50) as usize;
        if !section.is_empty() {
            // Choosing needs the right to view what is chosen from.
            rights.demand(section, Verb::View)?;
            return Ok(listing::find(&snapshot, section, q, limit, reader));
        }
        let mut all = Vec::new();
        for entry in registry::all().iter().filter(|entry| rights.may(entry.item().key, Verb::View)) {
            all.extend(listing::find(&snapshot, entry.item().key, q, limit.min(8), reader));
        }
        all.truncate(limit);
        Ok(all)
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
        let changes =
            history::changes(&self.console.settings, &query, &rights, reader, &Self::zone(&snapshot))
                .await
                .map_err(|error| self.broken(&error))?;
        let counts = registry::all()
            .iter()
            .map(|entry| entry.item().key)
            .filter(|section| rights.may(section, Verb::View) && !registry::is_document(section))
            .filter_map(|section| Some((section.to_owned(), snapshot.shelf(section)?.live() as u64)))
            .collect();
        Ok(Overview { changes: changes.commits, readiness: readiness(&snapshot, &rights, reader), counts })
    }

    async fn sessions(&self) -> Result<Vec<SessionView>, Error> {
        let (snapshot, _, _) = self.stand()?;
        let current = self.caller()?.session.clone().unwrap_or_default();
        let zone = Self::zone(&snapshot);
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
        self.stand()?;
        let user = self.user()?;
        if !passwords::acceptable(&new) {
            return Err(Error::invalid(Problems(vec![Problem::error("/new", "sign_in_short")])));
        }
        if !self.console.accounts.check(user, current).await.map_err(|error| self.broken(&error))? {
            return Err(Error::Forbidden { right: "password".into() });
        }
        let hash = passwords::hash(new).await;
        let db = self.console.settings.database().connection();
        self.console.accounts.set(db, user, hash).await.map_err(|error| self.broken(&error))?;
        self.end_session("").await
    }

    async fn password_link(&self, user: i64) -> Result<PasswordLink, Error> {
        let (snapshot, rights, _) = self.stand()?;
        rights.demand("users", Verb::View)?;
        if !rights.has("users.reset_password") {
            return Err(Error::Forbidden { right: "users.reset_password".into() });
        }
        let held = snapshot.get("users", user).filter(|held| !held.archived).ok_or(Error::Missing)?;
        let value: User = serde_json::from_str(&held.data).map_err(|_| Error::Missing)?;
        if let (Rights::Role(own), Some(role)) = (&rights, value.role.and_then(|role| snapshot.role(role.0)))
            && own.lacks(role).is_some()
        {
            return Err(Error::Forbidden { right: "users.reset_password".into() });
        }
        let db = self.console.settings.database().connection();
        let made = async {
            let purpose = if self.console.accounts.has_password(user).await? {
                Purpose::Reset
            } else {
                Purpose::Invite
            };
            one_time::make(db, purpose, Some(user)).await
        };
        let link = made.await.map_err(|error: DbErr| self.broken(&error))?;
        Ok(PasswordLink {
            url: format!("{}/password/{}", self.console.url(), link.secret),
            expires: clock::rfc3339(link.expires, &Self::zone(&snapshot)),
        })
    }

    async fn import_plan(&self, section: &str, file: ImportFile) -> Result<ImportPlan, Error> {
        let (snapshot, rights, _) = self.stand()?;
        rights.demand(section, Verb::Edit)?;
        let section = section.to_owned();
        tokio::task::spawn_blocking(move || transfer::plan(&snapshot, &section, &file))
            .await
            .map_err(|_| Error::Broken { request: self.request.clone() })?
    }

    async fn export(&self, section: &str, format: &str) -> Result<String, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::Export)?;
        transfer::export(&snapshot, section, format, reader)
    }
}

/// The operations that take one change back, over what stands now.
fn undo(
    snapshot: &Snapshot,
    change: &crate::database::entities::change::Model,
    before: Option<&crate::database::entities::change::Model>,
) -> Result<Vec<Operation>, Error> {
    let section = change.section.clone();
    let id = change.record;
    let entry = registry::entry(&section).ok_or(Error::Missing)?;
    let read = |row: &crate::database::entities::change::Model| -> Option<Value> {
        serde_json::from_str(&entry.stored(row.format, row.data.as_deref()?)?).ok()
    };
    let Some(held) = snapshot.get(&section, id) else {
        // A record that was removed for good comes back under a new id: its own is never used again.
        let value = before.and_then(read).ok_or(Error::Missing)?;
        return Ok(vec![Operation::Create { section, key: before.map(|row| row.key.clone()), value }]);
    };
    let revision = held.revision;
    let Some(before) = before else {
        if id == 0 {
            return Ok(vec![Operation::Put { section, id, revision, value: entry.default_value() }]);
        }
        return Ok(match (held.archived, held.ever_active) {
            (_, false) => vec![Operation::Delete { section, id, revision }],
            (false, true) => vec![Operation::Archive { section, id, revision, replace_by: None }],
            (true, true) => Vec::new(),
        });
    };
    match change.op.as_str() {
        "archive" if held.archived => return Ok(vec![Operation::Restore { section, id, revision }]),
        "restore" if !held.archived => {
            return Ok(vec![Operation::Archive { section, id, revision, replace_by: None }]);
        }
        "rekey" => return Ok(vec![Operation::Rekey { section, id, revision, key: before.key.clone() }]),
        _ => {}
    }
    let (was, made) = (read(before).ok_or(Error::Missing)?, read(change).ok_or(Error::Missing)?);
    let merged = app::value::merge::merge(entry.schema(), &made, &was, &held.value());
    if !merged.conflicts.is_empty() {
        return Err(Error::Conflict {
            operation: 0,
            revision,
            current: held.value(),
            by: String::new(),
            at: held.seq.to_string(),
        });
    }
    Ok(vec![Operation::Put { section, id, revision, value: merged.value }])
}

/// What stands in the way of work, worst first, as far as the viewer may see it.
fn readiness(snapshot: &Snapshot, rights: &Rights, reader: Reader) -> Vec<Finding> {
    let mut findings = Vec::new();
    let finding = |grade: &str, code: &str, href: &str, params: &[(&str, Value)]| Finding {
        grade: grade.into(),
        code: code.into(),
        href: href.into(),
        params: params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect::<IndexMap<_, _>>(),
    };
    let roles: Vec<(i64, Role)> = snapshot
        .shelf("roles")
        .into_iter()
        .flat_map(|shelf| shelf.records().filter(|held| !held.archived))
        .filter_map(|held| Some((held.id, serde_json::from_str(&held.data).ok()?)))
        .collect();
    if rights.may("users", Verb::View) {
        let takes = roles.iter().filter(|(_, role)| role.has("dialogs.take")).any(|(id, _)| {
            number("roles").is_some_and(|roles| {
                snapshot.referrers((roles, *id)).any(|(section, user)| {
                    section_of(section) == "users"
                        && snapshot.get("users", user).is_some_and(|held| held.facts.active && !held.archived)
                })
            })
        });
        if !takes {
            findings.push(finding("blocks", "nobody_takes_dialogs", "/settings/users", &[]));
        }
    }
    if rights.may("roles", Verb::View) {
        for (id, role) in roles.iter().filter(|(_, role)| role.built_in == BuiltIn::No) {
            let held = number("roles").is_some_and(|roles| snapshot.referrers((roles, *id)).next().is_some());
            if !held {
                let href = format!("/settings/roles/{id}");
                findings.push(finding(
                    "note",
                    "role_unused",
                    &href,
                    &[("name", role.name.in_language(reader.language.tag()).into())],
                ));
            }
        }
    }
    if rights.may("replies", Verb::View)
        && let Some(shelf) = snapshot.shelf("replies").filter(|shelf| shelf.live() <= 2_000)
    {
        let today = &clock::rfc3339(clock::now(), &Desk::zone(snapshot))[..10];
        for held in shelf.records().filter(|held| !held.archived && held.facts.active && reader.sees(held)) {
            let value = held.value();
            let review = value.get("review_on").and_then(Value::as_str).filter(|date| !date.is_empty());
            if review.is_some_and(|date| date < today) {
                let href = format!("/settings/replies/{}", held.id);
                let name = held.name(reader.language);
                findings.push(finding("note", "reply_review", &href, &[("name", name.into())]));
                if findings.len() > 50 {
                    break;
                }
            }
        }
    }
    findings
}
