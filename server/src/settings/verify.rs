//! Proves that what stands is what was written: the chain from its first commit to its last, and each record by it.

use std::collections::{HashMap, HashSet};
use std::fmt;

use app::schema;
use app::sections::registry;
use sea_orm::{
    AccessMode, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IsolationLevel, QueryFilter,
    QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};

use super::{hash, service};
use crate::database::Database;
use crate::database::entities::{change, commit, feed, record, reference};

/// How many commits are read at once.
const PART: u64 = 500;

/// What holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Every one of so many commits.
    pub commits: i64,
    /// So many of their changes have lost their data, as pruning does; what stands still has its own.
    pub pruned: u64,
}

/// What does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The hash of this commit does not follow from its content and the commit before it.
    Commit(i64),
    /// The chain goes on, or ends, elsewhere than after this commit.
    End(i64),
    /// This record is not what its last change left; or it stands, or is missing, without a change that says so.
    Record(String, i64),
    /// The data of the last change of this record is gone, which pruning never takes.
    Pruned(String, i64),
    /// The links of this record are not those of its value.
    Links(String, i64),
}

impl std::error::Error for Breach {}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Commit(seq) => write!(f, "the chain breaks at commit {seq}"),
            Self::End(seq) => write!(f, "the end of the chain is not commit {seq}"),
            Self::Record(section, id) => write!(f, "{section} {id} is not what its history says"),
            Self::Pruned(section, id) => write!(f, "the history of {section} {id} has lost what stands now"),
            Self::Links(section, id) => write!(f, "the links of {section} {id} are not those of its value"),
        }
    }
}

/// The last change of a record.
struct Last {
    seq: i64,
    revision: i64,
    format: i32,
    key: String,
    archived: bool,
    /// None once its data is gone.
    salt: Option<Vec<u8>>,
    digest: Vec<u8>,
}

type Place = (String, i64);
type Lasts = HashMap<Place, Last>;

/// Checks everything, as it stands at one moment; servers may go on writing.
pub async fn verify(database: &Database) -> Result<Result<Proven, Breach>, DbErr> {
    let options = TransactionOptions {
        isolation_level: database.is_postgres().then_some(IsolationLevel::RepeatableRead),
        access_mode: database.is_postgres().then_some(AccessMode::ReadOnly),
        ..TransactionOptions::default()
    };
    let at = database.connection().begin_with_options(options).await?;
    let proven = match chain(&at).await? {
        Ok((proven, lasts)) => records(&at, lasts).await?.map(|()| proven),
        Err(breach) => Err(breach),
    };
    at.rollback().await?;
    Ok(proven)
}

/// The commits, each after the one before it.
async fn chain(at: &DatabaseTransaction) -> Result<Result<(Proven, Lasts), Breach>, DbErr> {
    let mut lasts = Lasts::new();
    let mut before = vec![0_u8; 32];
    let mut proven = Proven { commits: 0, pruned: 0 };
    loop {
        let commits = commit::Entity::find()
            .filter(commit::Column::Seq.gt(proven.commits))
            .order_by_asc(commit::Column::Seq)
            .limit(PART)
            .all(at)
            .await?;
        let Some(last) = commits.last().map(|commit| commit.seq) else { break };
        let mut changes = change::Entity::find()
            .filter(change::Column::Seq.gt(proven.commits))
            .filter(change::Column::Seq.lte(last))
            .order_by_asc(change::Column::Seq)
            .order_by_asc(change::Column::N)
            .all(at)
            .await?
            .into_iter()
            .peekable();
        for commit in commits {
            let own: Vec<change::Model> =
                std::iter::from_fn(|| changes.next_if(|change| change.seq == commit.seq)).collect();
            let sound = own.iter().all(|change| match (&change.data, &change.salt) {
                (Some(data), Some(salt)) => hash::digest(salt, data).as_slice() == change.digest,
                (None, None) => true,
                _ => false,
            });
            let follows = commit.seq == proven.commits + 1
                && hash::of(&before, &commit, &own).as_slice() == commit.hash;
            if !sound || !follows {
                return Ok(Err(Breach::Commit(commit.seq)));
            }
            before = commit.hash;
            proven.commits = commit.seq;
            for change in own {
                proven.pruned += u64::from(change.data.is_none());
                let place = (change.section, change.record);
                if change.op == "delete" {
                    lasts.remove(&place);
                    continue;
                }
                let change::Model { seq, revision, format, key, archived, salt, digest, .. } = change;
                lasts.insert(place, Last { seq, revision, format, key, archived, salt, digest });
            }
        }
        // A change of no commit.
        if let Some(change) = changes.next() {
            return Ok(Err(Breach::Commit(change.seq)));
        }
    }
    let feed = feed::Entity::find_by_id(1).one(at).await?;
    let ends = feed.is_some_and(|feed| feed.head == proven.commits && feed.hash == before);
    Ok(if ends { Ok((proven, lasts)) } else { Err(Breach::End(proven.commits)) })
}

/// The records as they stand, each by its last change.
async fn records(at: &DatabaseTransaction, mut lasts: Lasts) -> Result<Result<(), Breach>, DbErr> {
    let mut links: HashSet<reference::Model> = reference::Entity::find().all(at).await?.into_iter().collect();
    let mut after: Place = (String::new(), i64::MIN);
    loop {
        let rows = service::part(at, &after).await?;
        let Some(last) = rows.last() else { break };
        after = (last.section.clone(), last.id);
        for row in rows {
            let place = (row.section.clone(), row.id);
            match lasts.remove(&place) {
                Some(last) if last.salt.is_none() => return Ok(Err(Breach::Pruned(place.0, place.1))),
                Some(last) if fits(&row, &last) => {}
                _ => return Ok(Err(Breach::Record(place.0, place.1))),
            }
            if !links_of(&row).into_iter().all(|link| links.remove(&link)) {
                return Ok(Err(Breach::Links(place.0, place.1)));
            }
        }
    }
    if let Some((section, id)) = lasts.into_keys().min() {
        return Ok(Err(Breach::Record(section, id)));
    }
    let stray = links.into_iter().map(|link| (link.from_section, link.from_id)).min();
    Ok(stray.map_or(Ok(()), |(section, id)| Err(Breach::Links(section, id))))
}

/// Is the record what its last change left? A row that was rewritten in a newer format is not compared byte by byte.
fn fits(row: &record::Model, last: &Last) -> bool {
    let data = || {
        let salt = last.salt.as_deref().unwrap_or_default();
        hash::digest(salt, &row.data).as_slice() == last.digest
    };
    (row.seq, row.revision, row.archived) == (last.seq, last.revision, last.archived)
        && row.key == last.key
        && row.key_folded == last.key.to_lowercase()
        && (row.format > last.format || row.format == last.format && data())
}

/// The links that a value makes.
fn links_of(row: &record::Model) -> Vec<reference::Model> {
    let read = || {
        let entry = registry::entry(&row.section)?;
        let value = serde_json::from_str(&entry.stored(row.format, &row.data)?).ok()?;
        Some(schema::references(entry.schema(), &value))
    };
    let links = read().unwrap_or_default().into_iter();
    links
        .filter(|link| registry::entry(&link.section).is_some())
        .map(|link| reference::Model {
            from_section: row.section.clone(),
            from_id: row.id,
            pointer: link.pointer,
            to_section: link.section,
            to_id: link.id,
        })
        .collect()
}
