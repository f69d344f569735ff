//! History: commits and the versions of a record, read from the database as one caller may see them.

use std::collections::HashMap;

use app::backend::{ChangeView, Changes, ChangesQuery, CommitView};
use app::sections::registry;
use app::sections::roles::Verb;
use app::words::Language;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use super::collation::slot;
use super::listing::Reader;
use super::{Settings, Snapshot};
use crate::access::Rights;
use crate::clock;
use crate::database::entities::{change, commit};

/// Commits, newest first, as far as `rights` let them be seen.
pub async fn changes(
    settings: &Settings,
    query: &ChangesQuery,
    rights: &Rights,
    reader: Reader,
    zone: &str,
) -> Result<Changes, DbErr> {
    let limit = if query.limit == 0 { 50 } else { query.limit.min(200) } as usize;
    let connection = settings.database().connection();
    let seen: Vec<&str> = registry::all()
        .iter()
        .map(|entry| entry.item().key)
        .filter(|section| rights.may(section, Verb::View))
        .collect();
    let mut condition = Condition::all().add(change::Column::Section.is_in(seen.iter().copied()));
    if !query.section.is_empty() {
        condition = condition.add(change::Column::Section.eq(query.section.as_str()));
    }
    if let Some(id) = query.id {
        condition = condition.add(change::Column::Record.eq(id));
    }
    if let Some(before) = query.before {
        condition = condition.add(change::Column::Seq.lt(before));
    }
    let numbers: Vec<i64> = change::Entity::find()
        .select_only()
        .column(change::Column::Seq)
        .distinct()
        .filter(condition)
        .order_by_desc(change::Column::Seq)
        .limit(limit as u64 + 1)
        .into_tuple()
        .all(connection)
        .await?;
    let more = numbers.len() > limit;
    let numbers: Vec<i64> = numbers.into_iter().take(limit).collect();
    let commits = commit::Entity::find()
        .filter(commit::Column::Seq.is_in(numbers.clone()))
        .order_by_desc(commit::Column::Seq)
        .all(connection)
        .await?;
    let mut rows: HashMap<i64, Vec<change::Model>> = HashMap::new();
    for row in change::Entity::find()
        .filter(change::Column::Seq.is_in(numbers))
        .order_by_asc(change::Column::N)
        .all(connection)
        .await?
    {
        rows.entry(row.seq).or_default().push(row);
    }
    let snapshot = settings.snapshot();
    let mut views = Vec::with_capacity(commits.len());
    for commit in commits {
        let all = rows.remove(&commit.seq).unwrap_or_default();
        let visible = |change: &change::Model| {
            seen.contains(&change.section.as_str()) && !hidden(&snapshot, change, reader)
        };
        let whole = all.iter().all(visible);
        views.push(CommitView {
            seq: commit.seq,
            at: clock::rfc3339(commit.at, zone),
            by: settings.actor_name(&commit.by, reader.language).await?,
            via: commit.via,
            note: match whole {
                true if commit.note == super::fresh::NOTE[0] => {
                    super::fresh::NOTE[slot(reader.language)].into()
                }
                true => commit.note,
                false => String::new(),
            },
            changes: all
                .iter()
                .filter(|change| visible(change))
                .map(|change| view(change, reader.language))
                .collect(),
        });
    }
    Ok(Changes { commits: views, more })
}

/// A personal record of somebody else leaves no trace in what others read.
fn hidden(snapshot: &Snapshot, change: &change::Model, reader: Reader) -> bool {
    snapshot.get(&change.section, change.record).is_some_and(|held| !reader.sees(held))
}

fn view(change: &change::Model, language: Language) -> ChangeView {
    let name = change
        .data
        .as_deref()
        .and_then(|data| {
            Some(
                registry::entry(&change.section)?
                    .facts(&registry::entry(&change.section)?.stored(change.format, data)?),
            )
        })
        .map(|mut facts| std::mem::take(&mut facts.names[slot(language)]))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| change.key.clone());
    ChangeView {
        section: change.section.clone(),
        id: change.record,
        revision: change.revision,
        op: change.op.clone(),
        name,
    }
}

/// The value of one version of a record; none if there is none, or its data was pruned.
pub async fn revision(
    settings: &Settings,
    section: &str,
    id: i64,
    revision: i64,
) -> Result<Option<Value>, DbErr> {
    let row = change::Entity::find()
        .filter(change::Column::Section.eq(section))
        .filter(change::Column::Record.eq(id))
        .filter(change::Column::Revision.eq(revision))
        .one(settings.database().connection())
        .await?;
    Ok(row.and_then(|row| {
        let data = registry::entry(section)?.stored(row.format, row.data.as_deref()?)?;
        serde_json::from_str(&data).ok()
    }))
}

/// Who made commit `seq`, and when.
pub async fn author(
    settings: &Settings,
    seq: i64,
    language: Language,
    zone: &str,
) -> Result<(String, String), DbErr> {
    let commit = commit::Entity::find_by_id(seq).one(settings.database().connection()).await?;
    let Some(commit) = commit else { return Ok(Default::default()) };
    Ok((settings.actor_name(&commit.by, language).await?, clock::rfc3339(commit.at, zone)))
}

/// The changes of one commit, and the state of each record before it.
pub async fn with_before(
    settings: &Settings,
    seq: i64,
) -> Result<Vec<(change::Model, Option<change::Model>)>, DbErr> {
    let connection = settings.database().connection();
    let changes = change::Entity::find()
        .filter(change::Column::Seq.eq(seq))
        .order_by_asc(change::Column::N)
        .all(connection)
        .await?;
    let mut pairs = Vec::with_capacity(changes.len());
    for change in changes {
        let before = change::Entity::find()
            .filter(change::Column::Section.eq(change.section.as_str()))
            .filter(change::Column::Record.eq(change.record))
            .filter(change::Column::Revision.lt(change.revision))
            .order_by_desc(change::Column::Revision)
            .one(connection)
            .await?;
        pairs.push((change, before));
    }
    Ok(pairs)
}
