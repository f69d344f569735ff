//! The store as a running thing: opened, kept current, watched.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use app::backend::{Changed, Commit, Committed};
use app::error::Error;
use app::sections::registry;
use arc_swap::{ArcSwap, Guard};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::actors::KeyNames;
use super::health::Health;
use super::snapshot::{Made, Snapshot, Stored, number};
use super::writer::{self, Order, Waiting};
use super::{outside, secrets};
use crate::access::{Actor, Via};
use crate::database::Database;
use crate::database::entities::{change, commit, feed, record};
use crate::vault::Vault;

/// One commit as listeners hear of it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its number.
    pub seq: i64,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Who.
    pub actor: Actor,
    /// What it changed.
    pub changes: Vec<Changed>,
}

impl Notice {
    /// The notices of these commits, from their rows; both come in order.
    pub(crate) fn of(commits: &[commit::Model], changes: &[change::Model]) -> Vec<Arc<Self>> {
        let mut changes = changes.iter().peekable();
        let notice = |commit: &commit::Model| {
            let mut own = Vec::new();
            while let Some(change) = changes.next_if(|change| change.seq <= commit.seq) {
                own.push(changed(change));
            }
            let actor = commit.by.parse().unwrap_or(Actor::Job);
            Arc::new(Self { seq: commit.seq, at: commit.at, actor, changes: own })
        };
        commits.iter().map(notice).collect()
    }
}

/// The hash of the first commit: random, the same on every node, and told to nobody.
///
/// # Errors
/// The database could not be asked.
pub async fn first_hash(settings: &Settings) -> Result<Vec<u8>, DbErr> {
    let first = commit::Entity::find_by_id(1_i64).one(settings.database().connection()).await?;
    Ok(first.map(|first| first.hash).unwrap_or_default())
}

/// A row of history as callers and listeners are told of it.
pub(super) fn changed(change: &change::Model) -> Changed {
    Changed {
        section: change.section.clone(),
        id: change.record,
        version: change.revision,
        op: change.op.clone(),
    }
}

/// The settings of an instance on this node.
pub struct Settings {
    database: Database,
    snapshot: ArcSwap<Snapshot>,
    orders: mpsc::Sender<Order>,
    notices: broadcast::Sender<Arc<Notice>>,
    head: watch::Sender<i64>,
    last_time: AtomicI64,
    health: Health,
    pub(super) key_names: KeyNames,
    pub(super) vault: Vault,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("head", &self.snapshot.load().head).finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads the whole store into memory and starts the writer; a fresh database gets its first commit.
    pub async fn open(database: Database, vault: Vault, stop: CancellationToken) -> Result<Arc<Self>, DbErr> {
        let snapshot = load(&database).await?;
        secrets::warn_of_lost_keys(database.connection(), &vault).await?;
        let (orders, received) = mpsc::channel(1024);
        let settings = Arc::new(Self {
            head: watch::Sender::new(snapshot.head),
            database,
            snapshot: ArcSwap::from_pointee(snapshot),
            orders,
            notices: broadcast::Sender::new(1024),
            last_time: AtomicI64::new(0),
            health: Health::default(),
            key_names: KeyNames::default(),
            vault,
        });
        tokio::spawn(writer::run(settings.clone(), received));
        if settings.database.is_postgres() {
            tokio::spawn(listen(Arc::downgrade(&settings), stop));
        } else {
            tokio::spawn(poll(Arc::downgrade(&settings), stop));
        }
        if settings.snapshot().head == 0 {
            super::fresh::fill(&settings)
                .await
                .map_err(|error| DbErr::Custom(format!("the first commit: {error:?}")))?;
        }
        Ok(settings)
    }

    /// All settings at this moment.
    pub fn snapshot(&self) -> Guard<Arc<Snapshot>> {
        self.snapshot.load()
    }

    /// What is known of the health of quick replies.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// The database behind the settings.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Hears of every commit from now on, those of other nodes included.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.notices.subscribe()
    }

    /// Waits until commit `seq` is in the snapshot, at most two seconds.
    pub async fn reach(&self, seq: i64) {
        let mut head = self.head.subscribe();
        let reached = head.wait_for(|head| *head >= seq);
        let _ = tokio::time::timeout(Duration::from_secs(2), reached).await;
    }

    /// Writes `commit` in the name of `actor`; returns when it is durable.
    pub async fn commit(
        &self,
        actor: Actor,
        role: Option<i64>,
        via: Via,
        commit: Commit,
        idempotency: Option<String>,
    ) -> Result<Committed, Error> {
        let snapshot = self.snapshot().clone();
        crate::blobs::check(&self.database, &snapshot, &commit).await?;
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { actor, role, via, commit, idempotency, answer };
        self.order(Order::Commit(Box::new(waiting))).await?;
        answered.await.map_err(|_| Error::Busy)?
    }

    /// Hands the writer something to do.
    pub(super) async fn order(&self, order: Order) -> Result<(), Error> {
        self.orders.send(order).await.map_err(|_| Error::Busy)
    }

    /// A time for the next commit: now, but never before an earlier commit of this node.
    pub(super) fn next_time(&self) -> i64 {
        let now = crate::clock::now();
        self.last_time.fetch_max(now, Ordering::Relaxed).max(now)
    }

    /// Shows the next snapshot to every reader, then tells the listeners why.
    pub(super) fn publish(&self, next: Snapshot, notices: Vec<Arc<Notice>>) {
        let now = self.snapshot.load();
        if next.head == now.head && next.reports() == now.reports() {
            return;
        }
        drop(now);
        let head = next.head;
        self.snapshot.store(Arc::new(next));
        self.head.send_replace(head);
        for notice in notices {
            // Nobody listening is no failure.
            let _ = self.notices.send(notice);
        }
    }

    /// Reads what other nodes wrote. Only the writer task calls it, so snapshots are published in order.
    pub(super) async fn catch_up(&self) -> Result<(), DbErr> {
        let mut next = (**self.snapshot()).clone();
        let transaction = self.database.write().await?;
        let notices = self.read_new(&transaction, &mut next).await?;
        outside::read_new(&transaction, &mut next).await?;
        transaction.rollback().await?;
        self.publish(next, notices);
        Ok(())
    }
}

/// Looks every second whether a command of the command line wrote to the same file, until `stop`.
async fn poll(settings: std::sync::Weak<Settings>, stop: CancellationToken) {
    const POLL: Duration = Duration::from_secs(1);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(POLL) => {}
        }
        let Some(settings) = settings.upgrade() else { return };
        let feed = feed::Entity::find_by_id(1).one(settings.database.connection()).await;
        let moved = feed.is_ok_and(|feed| feed.is_some_and(|feed| feed.head > settings.snapshot().head));
        if moved && settings.orders.send(Order::CatchUp).await.is_err() {
            return;
        }
    }
}

/// Listens for notices of other nodes until `stop`; re-reads on every reconnection, and slowly in any case.
async fn listen(settings: std::sync::Weak<Settings>, stop: CancellationToken) {
    const POLL: Duration = Duration::from_secs(5);
    loop {
        let Some(strong) = settings.upgrade() else { return };
        let orders = strong.orders.clone();
        let listener = strong.database.listener().await;
        drop(strong);
        if let Some(mut listener) = listener
            && listener.listen("pult").await.is_ok()
        {
            info!("listening to other nodes");
            let _ = orders.send(Order::CatchUp).await;
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    // None: the connection was lost and made anew; what was sent meanwhile is read like a notice.
                    received = listener.try_recv() => if received.is_err() { break },
                    () = tokio::time::sleep(POLL) => {}
                }
                if orders.send(Order::CatchUp).await.is_err() {
                    return;
                }
            }
        }
        warn!("the connection that hears of other nodes is lost; polling until it is back");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
        if orders.send(Order::CatchUp).await.is_err() {
            return;
        }
    }
}

/// Reads the whole store.
async fn load(database: &Database) -> Result<Snapshot, DbErr> {
    let connection = database.connection();
    let mut snapshot = Snapshot::default();
    let Some(feed) = feed::Entity::find_by_id(1).one(connection).await? else {
        let first = feed::ActiveModel {
            one: sea_orm::Set(1),
            head: sea_orm::Set(0),
            hash: sea_orm::Set(vec![0; 32]),
        };
        feed::Entity::insert(first)
            .on_conflict(sea_orm::sea_query::OnConflict::column(feed::Column::One).do_nothing().to_owned())
            .exec_without_returning(connection)
            .await?;
        return Ok(snapshot);
    };
    snapshot.head = feed.head;
    snapshot.hash = feed.hash.as_slice().try_into().unwrap_or_default();
    // In parts, each read while the one before it is worked on: else all of the store would be in memory twice.
    let mut working: Option<JoinHandle<Vec<(u8, Made)>>> = None;
    let mut last = (String::new(), i64::MIN);
    loop {
        let rows = part(connection, &last).await?;
        let end = rows.last().map(|row| (row.section.clone(), row.id));
        let next = (!rows.is_empty()).then(|| tokio::task::spawn_blocking(move || hold_all(&rows)));
        if let Some(worked) = std::mem::replace(&mut working, next) {
            for (section, made) in worked.await.map_err(|error| DbErr::Custom(error.to_string()))? {
                snapshot.put(section, made);
            }
        }
        match end {
            Some(end) => last = end,
            None if working.is_none() => break,
            None => {}
        }
    }
    let used: Vec<(String, i64)> = change::Entity::find()
        .select_only()
        .column(change::Column::Section)
        .column_as(change::Column::Record.max(), "last")
        .group_by(change::Column::Section)
        .into_tuple()
        .all(connection)
        .await?;
    for (section, last) in used {
        if let Some(section) = number(&section) {
            snapshot.used(section, last);
        }
    }
    secrets::read_all(connection, &mut snapshot).await?;
    outside::read_new(connection, &mut snapshot).await?;
    Ok(snapshot)
}

/// The records that follow `last` by section and id, as many as are worked on at once.
pub(super) async fn part<C: ConnectionTrait>(
    connection: &C,
    (section, id): &(String, i64),
) -> Result<Vec<record::Model>, DbErr> {
    const PART: u64 = 4000;
    record::Entity::find()
        .filter(
            Condition::any().add(record::Column::Section.gt(section)).add(
                Condition::all().add(record::Column::Section.eq(section)).add(record::Column::Id.gt(*id)),
            ),
        )
        .order_by_asc(record::Column::Section)
        .order_by_asc(record::Column::Id)
        .limit(PART)
        .all(connection)
        .await
}

/// Works out what the store keeps beside each value, on as many threads as there are cores: a large store would else
/// be slow to start.
fn hold_all(rows: &[record::Model]) -> Vec<(u8, Made)> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let size = rows.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = rows
            .chunks(size)
            .map(|rows| scope.spawn(move || rows.iter().filter_map(hold).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

fn hold(row: &record::Model) -> Option<(u8, Made)> {
    let section = number(&row.section)?;
    let entry = registry::entry(&row.section)?;
    let data = entry.stored(row.format, &row.data)?;
    let stored = Stored {
        id: row.id,
        key: row.key.clone(),
        revision: row.revision,
        seq: row.seq,
        archived: row.archived,
        replaced_by: row.replaced_by,
        ever_active: row.ever_active,
        data: data.into(),
    };
    Some((section, stored.hold(entry)))
}

/// Reads these records as they stand into `snapshot`; those that are gone are removed from it.
pub(super) async fn load_places<C: ConnectionTrait>(
    connection: &C,
    snapshot: &mut Snapshot,
    places: impl Iterator<Item = (&str, i64)>,
) -> Result<(), DbErr> {
    let places: BTreeSet<(&str, i64)> = places.collect();
    let mut sections: std::collections::BTreeMap<&str, Vec<i64>> = std::collections::BTreeMap::new();
    for (section, id) in &places {
        sections.entry(section).or_default().push(*id);
    }
    for (section, ids) in sections {
        let Some(number) = number(section) else { continue };
        for ids in ids.chunks(500) {
            let rows = record::Entity::find()
                .filter(
                    Condition::all()
                        .add(record::Column::Section.eq(section))
                        .add(record::Column::Id.is_in(ids.to_vec())),
                )
                .all(connection)
                .await?;
            for id in ids {
                match rows.iter().find(|row| row.id == *id).and_then(hold) {
                    Some((_, made)) => snapshot.put(number, made),
                    None => snapshot.remove(number, *id),
                }
                snapshot.used(number, *id);
            }
            secrets::read_of(connection, snapshot, section, ids).await?;
        }
    }
    Ok(())
}
