//! Taking a commit back: the inverse of each of its changes, as one new commit.

use app::backend::{Commit, Committed, Operation};
use app::error::Error;
use app::sections::registry;
use app::words::Language;
use serde_json::Value;

use super::Desk;
use crate::database::entities::change;
use crate::settings::history;
use crate::settings::prepare::without_moved;
use crate::settings::snapshot::Snapshot;

impl Desk {
    /// Each change of the commit is undone: what it made is archived, or removed if it was never offered; what it
    /// changed gets the value from before. What changed since goes through the three-way merge.
    pub(super) async fn take_back(&self, seq: i64) -> Result<Committed, Error> {
        let (snapshot, _, _) = self.stand()?;
        let pairs =
            history::with_before(&self.console.settings, seq).await.map_err(|error| self.broken(&error))?;
        if pairs.is_empty() {
            return Err(Error::Missing);
        }
        let mut operations = Vec::new();
        for (change, before) in pairs {
            // A conflict would tell what stands.
            let (_, _, reader) = self.reads(&change.section)?;
            if snapshot.get(&change.section, change.record).is_some_and(|held| !reader.sees(held)) {
                return Err(Error::Missing);
            }
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
}

/// The operations that take one change back, over what stands now.
fn undo(
    snapshot: &Snapshot,
    change: &change::Model,
    before: Option<&change::Model>,
) -> Result<Vec<Operation>, Error> {
    let section = change.section.clone();
    let id = change.record;
    let entry = registry::entry(&section).ok_or(Error::Missing)?;
    let read = |row: &change::Model| -> Option<Value> {
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
    let mut value = merged.value;
    without_moved(entry.schema(), &mut value, &held.value());
    Ok(vec![Operation::Put { section, id, revision, value }])
}
