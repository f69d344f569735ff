//! The only writer of a node: takes the commits that wait, writes them in one durable transaction, answers.
//!
//! Group commit: up to [`BATCH`] commits share one sync to disk. Each is prepared against the snapshot that the ones
//! before it leave, so a batch behaves as if they had come one by one. The row `feed` is locked first: on several nodes
//! it orders the writers, and tells this one what it has not seen yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::backend::{Commit, Committed};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::sections::registry;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use tracing::{error, warn};

use super::hash;
use super::outside::{self, Report};
use super::prepare::{self, Prepared, SecretChange};
use super::secrets;
use super::service::{Notice, Settings, changed, load_places};
use super::snapshot::{Place, Snapshot, section_of};
use crate::access::{Actor, Rights, Via};
use crate::database::entities::{change, commit, feed, outside_use, record, reference};
use crate::vault::Vault;

/// How many commits share one sync at most.
const BATCH: usize = 64;
/// Rows of one statement: below SQLite's limit on bound values with the widest table.
const ROWS: usize = 400;
/// How long an `Idempotency-Key` is remembered, in microseconds: a day.
const REMEMBERED: i64 = 24 * 3600 * 1_000_000;

/// A commit on its way to the writer.
pub struct Waiting {
    /// Who.
    pub actor: Actor,
    /// The role of a key; people's roles are read from the settings.
    pub role: Option<i64>,
    /// Through which door.
    pub via: Via,
    /// What.
    pub commit: Commit,
    /// The caller's name for this write, so that a repetition gets the first answer.
    pub idempotency: Option<String>,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<Committed, Error>>,
}

/// What the writer is asked for.
pub enum Order {
    /// Write this.
    Commit(Box<Waiting>),
    /// Write this down: it is no setting.
    Report(Report),
    /// Another node wrote: read what this one has not seen.
    CatchUp,
}

/// Runs until the last sender is gone.
pub async fn run(settings: Arc<Settings>, mut orders: mpsc::Receiver<Order>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while orders.recv_many(&mut waiting, BATCH).await > 0 {
        let mut batch = Vec::new();
        let mut reports = Vec::new();
        let mut catch_up = false;
        for order in waiting.drain(..) {
            match order {
                Order::Commit(commit) => batch.push(*commit),
                Order::Report(report) => reports.push(report),
                Order::CatchUp => catch_up = true,
            }
        }
        if !reports.is_empty() {
            settings.take_reports(reports).await;
        }
        if batch.is_empty() && catch_up {
            if let Err(problem) = settings.catch_up().await {
                warn!(error = %problem, "could not read another node's commits; the next notice or poll tries again");
            }
            continue;
        }
        if !batch.is_empty() {
            write(&settings, batch).await;
        }
    }
}

/// Writes a batch; when the database refuses it, each commit again alone, so that one can't take the others down.
async fn write(settings: &Settings, mut batch: Vec<Waiting>) {
    batch.retain(|waiting| !waiting.answer.is_closed() || !waiting.commit.dry_run);
    match attempt(settings, &batch).await {
        Ok(outcomes) => answer(batch, outcomes),
        Err(problem) if batch.len() == 1 => {
            error!(error = %problem, "a commit could not be written");
            answer(batch, vec![Err(Error::Busy)]);
        }
        Err(problem) => {
            warn!(error = %problem, commits = batch.len(), "a batch could not be written; trying its commits one by one");
            for waiting in batch {
                let outcome = attempt(settings, std::slice::from_ref(&waiting)).await;
                let outcome = outcome.map_or_else(
                    |problem| {
                        error!(error = %problem, "a commit could not be written");
                        Err(Error::Busy)
                    },
                    |mut outcomes| outcomes.pop().unwrap_or(Err(Error::Busy)),
                );
                answer(vec![waiting], vec![outcome]);
            }
        }
    }
}

fn answer(batch: Vec<Waiting>, outcomes: Vec<Result<Committed, Error>>) {
    for (waiting, outcome) in batch.into_iter().zip(outcomes) {
        // A caller who hung up does not cancel: the commit stands.
        let _ = waiting.answer.send(outcome);
    }
}

/// The rows of a transaction, gathered so that each table is written by few statements.
#[derive(Default)]
struct Rows {
    commits: Vec<commit::ActiveModel>,
    changes: Vec<change::ActiveModel>,
    /// The records that the batch touched; their last state is in the snapshot.
    records: BTreeSet<Place>,
    /// What becomes of secrets.
    secrets: Vec<SecretChange>,
}

async fn attempt(settings: &Settings, batch: &[Waiting]) -> Result<Vec<Result<Committed, Error>>, DbErr> {
    let transaction = settings.database().write().await?;
    let head = lock_feed(&transaction).await?;
    let mut next: Snapshot = (**settings.snapshot()).clone();
    let mut notices = Vec::new();
    if head.head > next.head {
        notices = settings.read_new(&transaction, &mut next).await?;
    }
    if settings.database().is_postgres() {
        // A wake-up that came along with these commits may have been for a report of another node.
        outside::read_new(&transaction, &mut next).await?;
    }

    let mut rows = Rows::default();
    let mut outcomes = Vec::with_capacity(batch.len());
    let start = next.head;
    for waiting in batch {
        if let Some(earlier) = remembered(&transaction, &settings.vault, waiting).await? {
            outcomes.push(earlier);
            continue;
        }
        let outcome = match Rights::of(waiting.actor, waiting.role, &next) {
            None => Err(Error::SignIn),
            Some(rights) => prepare::prepare(&next, waiting.actor, &rights, &waiting.commit),
        };
        outcomes.push(
            outcome.map(|prepared| accept(settings, waiting, prepared, &mut next, &mut rows, &mut notices)),
        );
    }

    if next.head > start {
        let mut secrets = std::mem::take(&mut rows.secrets);
        // What one operation or commit kept, a later one of the batch may have replaced or removed.
        secrets.retain(|change| match change {
            SecretChange::Keep { handle, place, .. } => next.secret(*place, handle).is_some(),
            SecretChange::Drop { .. } => true,
        });
        store(&transaction, &next, rows).await?;
        secrets::store(&transaction, &settings.vault, secrets).await?;
        if settings.database().is_postgres() {
            transaction.execute_unprepared(&format!("SELECT pg_notify('pult', '{}')", next.head)).await?;
        }
        transaction.commit().await?;
    } else {
        transaction.rollback().await?;
    }
    settings.publish(next, notices);
    Ok(outcomes)
}

/// Takes the turn among the writers of all nodes, until the transaction ends.
pub(super) async fn lock_feed(transaction: &DatabaseTransaction) -> Result<feed::Model, DbErr> {
    feed::Entity::find_by_id(1)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the feed row".into()))
}

/// The answer to a write that the same actor already made under the same name within a day; a refusal if it was another.
async fn remembered(
    transaction: &DatabaseTransaction,
    vault: &Vault,
    waiting: &Waiting,
) -> Result<Option<Result<Committed, Error>>, DbErr> {
    let Some(name) = idempotency(waiting) else { return Ok(None) };
    let Some(commit) = commit::Entity::find()
        .filter(commit::Column::Idempotency.eq(name))
        .filter(commit::Column::At.gt(crate::clock::now() - REMEMBERED))
        .order_by_desc(commit::Column::Seq)
        .one(transaction)
        .await?
    else {
        return Ok(None);
    };
    if commit.asked.as_ref().is_some_and(|before| !is_asked(vault, waiting, before)) {
        let problem = Problem::error("", "idempotency_reused");
        return Ok(Some(Err(Error::invalid(Problems(vec![problem])))));
    }
    let changes = change::Entity::find()
        .filter(change::Column::Seq.eq(commit.seq))
        .order_by_asc(change::Column::N)
        .all(transaction)
        .await?;
    let changes = changes.iter().map(changed).collect();
    Ok(Some(Ok(Committed { seq: commit.seq, changes, ..Committed::default() })))
}

/// What a write with a name asks for, to know it again.
///
/// Where it may hold a secret, nobody without the key can try what the secret was.
fn asked(vault: &Vault, waiting: &Waiting) -> Option<Vec<u8>> {
    waiting.idempotency.as_ref()?;
    let operations = serde_json::to_vec(&waiting.commit.operations).ok()?;
    let print = if may_hold_secrets(waiting) {
        vault.fingerprint(&operations)
    } else {
        Sha256::digest(operations).into()
    };
    Some(print.to_vec())
}

/// Is `before` what this write asks for? It may have been noted with another key of the vault.
fn is_asked(vault: &Vault, waiting: &Waiting, before: &[u8]) -> bool {
    let Ok(operations) = serde_json::to_vec(&waiting.commit.operations) else { return false };
    if may_hold_secrets(waiting) {
        vault.knows_print(before, &operations)
    } else {
        Sha256::digest(operations).as_slice() == before
    }
}

fn may_hold_secrets(waiting: &Waiting) -> bool {
    let mut entries =
        waiting.commit.operations.iter().filter_map(|operation| registry::entry(operation.section()));
    entries.any(registry::Entry::has_secrets)
}

fn idempotency(waiting: &Waiting) -> Option<String> {
    waiting.idempotency.as_ref().map(|name| format!("{} {name}", waiting.actor))
}

/// Takes a prepared commit over: gives it its number and hash, and its rows to the transaction.
fn accept(
    settings: &Settings,
    waiting: &Waiting,
    prepared: Prepared,
    next: &mut Snapshot,
    rows: &mut Rows,
    notices: &mut Vec<Arc<Notice>>,
) -> Committed {
    let mut outcome = prepared.outcome;
    if waiting.commit.dry_run || prepared.changes.is_empty() {
        return outcome;
    }
    let seq = next.head + 1;
    let mut commit = commit::Model {
        seq,
        at: settings.next_time(),
        by: waiting.actor.to_string(),
        via: waiting.via.code().to_owned(),
        note: waiting.commit.note.trim().to_owned(),
        idempotency: idempotency(waiting),
        asked: asked(&settings.vault, waiting),
        hash_format: hash::FORMAT,
        hash: Vec::new(),
    };
    let mut changes = Vec::with_capacity(prepared.changes.len());
    for (n, made) in prepared.changes.iter().enumerate() {
        let section = section_of(made.place.0);
        let salt = hash::salt();
        let data: &str = made.after.as_ref().map_or("null", |held| &held.data);
        changes.push(change::Model {
            seq,
            n: n as i32,
            section: section.to_owned(),
            record: made.place.1,
            revision: made.revision,
            op: made.op.to_owned(),
            format: registry::entry(section).map_or(1, registry::Entry::format),
            key: made.after.as_ref().map(|held| held.key.clone()).unwrap_or_default(),
            archived: made.after.as_ref().is_some_and(|held| held.archived),
            data: Some(data.to_owned()),
            digest: hash::digest(&salt, data).to_vec(),
            salt: Some(salt.to_vec()),
        });
        rows.records.insert(made.place);
    }
    let hash = hash::of(&next.hash, &commit, &changes);
    commit.hash = hash.to_vec();
    rows.secrets.extend(prepared.secrets);
    *next = prepared.next;
    next.head = seq;
    next.hash = hash;
    outcome.seq = seq;
    notices.push(Arc::new(Notice {
        seq,
        at: commit.at,
        actor: waiting.actor,
        changes: outcome.changes.clone(),
    }));
    rows.commits.push(commit.into_active_model());
    rows.changes.extend(changes.into_iter().map(IntoActiveModel::into_active_model));
    outcome
}

async fn store(transaction: &DatabaseTransaction, next: &Snapshot, rows: Rows) -> Result<(), DbErr> {
    insert::<commit::Entity>(transaction, rows.commits, None).await?;
    insert::<change::Entity>(transaction, rows.changes, None).await?;

    let mut records = Vec::new();
    let mut links = Vec::new();
    for place in &rows.records {
        let (section, id) = (section_of(place.0), place.1);
        reference::Entity::delete_many()
            .filter(reference::Column::FromSection.eq(section))
            .filter(reference::Column::FromId.eq(id))
            .exec(transaction)
            .await?;
        let Some(held) = next.get(section, id) else {
            record::Entity::delete_by_id((section.to_owned(), id)).exec(transaction).await?;
            secrets::forget(transaction, section, id).await?;
            outside_use::Entity::delete_many()
                .filter(outside_use::Column::Section.eq(section))
                .filter(outside_use::Column::Record.eq(id))
                .exec(transaction)
                .await?;
            continue;
        };
        records.push(
            record::Model {
                section: section.to_owned(),
                id,
                key: held.key.clone(),
                key_folded: held.key.to_lowercase(),
                revision: held.revision,
                seq: held.seq,
                archived: held.archived,
                replaced_by: held.replaced_by,
                ever_active: held.ever_active,
                format: registry::entry(section).map_or(1, registry::Entry::format),
                data: held.data.to_string(),
            }
            .into_active_model(),
        );
        links.extend(held.links.iter().map(|(pointer, target)| {
            reference::Model {
                from_section: section.to_owned(),
                from_id: id,
                pointer: pointer.clone(),
                to_section: section_of(target.0).to_owned(),
                to_id: target.1,
            }
            .into_active_model()
        }));
    }
    let conflict = OnConflict::columns([record::Column::Section, record::Column::Id])
        .update_columns([
            record::Column::Key,
            record::Column::KeyFolded,
            record::Column::Revision,
            record::Column::Seq,
            record::Column::Archived,
            record::Column::ReplacedBy,
            record::Column::EverActive,
            record::Column::Format,
            record::Column::Data,
        ])
        .to_owned();
    insert::<record::Entity>(transaction, records, Some(conflict)).await?;
    insert::<reference::Entity>(transaction, links, None).await?;

    feed::Entity::update_many()
        .col_expr(feed::Column::Head, next.head.into())
        .col_expr(feed::Column::Hash, next.hash.to_vec().into())
        .filter(feed::Column::One.eq(1))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn insert<E: EntityTrait>(
    transaction: &DatabaseTransaction,
    rows: Vec<E::ActiveModel>,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    E::ActiveModel: Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut statement = E::insert_many(rows.by_ref().take(ROWS));
        if let Some(conflict) = &conflict {
            statement = statement.on_conflict(conflict.clone());
        }
        statement.exec_without_returning(transaction).await?;
    }
    Ok(())
}

impl Settings {
    /// Reads the commits that `snapshot` has not seen into it.
    ///
    /// Their records are read as they stand, not step by step: what matters is the last state, and `lock_feed` or a
    /// single statement keeps it from moving meanwhile.
    pub(super) async fn read_new<C: ConnectionTrait>(
        &self,
        connection: &C,
        snapshot: &mut Snapshot,
    ) -> Result<Vec<Arc<Notice>>, DbErr> {
        let commits = commit::Entity::find()
            .filter(commit::Column::Seq.gt(snapshot.head))
            .order_by_asc(commit::Column::Seq)
            .all(connection)
            .await?;
        let changes = change::Entity::find()
            .filter(change::Column::Seq.gt(snapshot.head))
            .order_by_asc(change::Column::Seq)
            .order_by_asc(change::Column::N)
            .all(connection)
            .await?;
        load_places(
            connection,
            snapshot,
            changes.iter().map(|change| (change.section.as_str(), change.record)),
        )
        .await?;
        if let Some(last) = commits.last() {
            snapshot.head = last.seq;
            snapshot.hash = last.hash.as_slice().try_into().unwrap_or_default();
        }
        Ok(Notice::of(&commits, &changes))
    }
}
