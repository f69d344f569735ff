//! Writing: a commit, what follows from it, and the check that a form asks for before it.

use app::backend::{Checked, Commit, Committed, Operation};
use app::error::Error;
use serde_json::Value;
use tracing::error;

use super::Desk;
use crate::blobs;
use crate::settings::{history, prepare};

impl Desk {
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
            blobs::check(self.console.settings.database(), &snapshot, &commit).await?;
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
        let (by, at) = history::author(&self.console.settings, seq, self.language, &snapshot.zone())
            .await
            .map_err(|error| self.broken(&error))?;
        Err(Error::Conflict { operation, revision, current, by, at })
    }

    /// What stands in the way of saving this value, and what it would do.
    pub(super) async fn tried(&self, section: &str, id: i64, value: Value) -> Result<Checked, Error> {
        let (snapshot, rights, reader) = self.reads(section)?;
        let operation = if id == -1 {
            Operation::Create { section: section.into(), key: None, value }
        } else {
            let held = Self::visible(&snapshot, section, id, reader)?;
            let revision = held.map_or(0, |held| held.revision);
            Operation::Put { section: section.into(), id, revision, value }
        };
        let commit = Commit { operations: vec![operation], dry_run: true, ..Commit::default() };
        let kept = blobs::check(self.console.settings.database(), &snapshot, &commit).await;
        match kept.and_then(|()| prepare::prepare(&snapshot, self.caller()?.actor, &rights, &commit)) {
            Ok(prepared) => {
                let mut problems = prepared.standing;
                problems.0.extend(prepared.outcome.warnings.0);
                Ok(Checked { problems, effects: prepared.outcome.effects })
            }
            Err(Error::Invalid { problems, .. }) => Ok(Checked { problems, effects: Vec::new() }),
            Err(Error::Forbidden { .. }) => Ok(Checked::default()),
            Err(error) => Err(error),
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
