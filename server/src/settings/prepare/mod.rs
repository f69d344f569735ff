//! What a commit would do to a snapshot, and whether it may: pure, so that a dry run and the real thing are one.
//!
//! The order: each operation alone (right, version, value), then all of them together (links, uniqueness, rules of
//! other records, rules of whole sections). The order of operations inside a commit does not matter to the second part,
//! so a commit may make two records that point at each other.

mod keys;
mod operations;
mod own;
mod rules;
mod secrets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::backend::{Changed, Commit, Committed};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::sections::Effect;
use app::sections::registry;
use app::text;

use super::snapshot::{Held, Place, Snapshot, section_of};
use crate::access::{Actor, Rights};
pub use secrets::{Hidden, SecretChange, handle_of, origin, without_moved, without_secrets};

/// The most operations one commit may hold.
pub const MAX_OPERATIONS: usize = 20_000;
/// The most characters of a note.
pub const MAX_NOTE: usize = 500;

/// A commit that may be written.
#[derive(Debug)]
pub struct Prepared {
    /// The settings after it.
    pub next: Snapshot,
    /// What it changes, in the order in which it is recorded.
    pub changes: Vec<Change>,
    /// The answer to its caller, but for the number.
    pub outcome: Committed,
    /// Warnings about what already stood as it is: whoever saved that was asked.
    pub standing: Problems,
    /// What becomes of secrets.
    pub secrets: Vec<SecretChange>,
}

/// One record that a commit changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// `create`, `put`, `rekey`, `archive`, `restore` or `delete`.
    pub op: &'static str,
    /// The version it makes.
    pub revision: i64,
    /// The record after it; none when it is gone.
    pub after: Option<Arc<Held>>,
}

/// Works out what `commit` does to `base` in the name of `actor`.
///
/// # Errors
/// A right that the caller lacks, a version that no longer stands, rules that would be broken, warnings not accepted.
pub fn prepare(base: &Snapshot, actor: Actor, rights: &Rights, commit: &Commit) -> Result<Prepared, Error> {
    let mut work = Work {
        base,
        next: base.clone(),
        seq: base.head + 1,
        touched: BTreeMap::new(),
        order: Vec::new(),
        found: Vec::new(),
        standing: Problems::default(),
        secrets: Vec::new(),
        actor,
        rights,
        own: BTreeSet::new(),
    };
    Work::check_size(commit)?;
    for (n, operation) in commit.operations.iter().enumerate() {
        work.apply(n as u32, operation)?;
    }
    work.keep_to_own()?;
    work.refuse_errors()?;
    work.check_links();
    work.check_unique();
    work.check_rules();
    work.check_giving();
    work.refuse_errors()?;
    work.finish(commit)
}

/// One record under the hands of the commit.
struct Touched {
    /// The operation that touched it first: its problems are reported there.
    operation: u32,
    op: &'static str,
    before: Option<Arc<Held>>,
}

struct Work<'a> {
    base: &'a Snapshot,
    next: Snapshot,
    seq: i64,
    touched: BTreeMap<Place, Touched>,
    order: Vec<Place>,
    found: Vec<(u32, Problem)>,
    standing: Problems,
    secrets: Vec<SecretChange>,
    actor: Actor,
    rights: &'a Rights,
    /// The operations that are allowed because the record is the caller's own, and must leave it so.
    own: BTreeSet<u32>,
}

impl Work<'_> {
    fn check_size(commit: &Commit) -> Result<(), Error> {
        let mut problems = Problems::default();
        if commit.operations.is_empty() {
            problems.error("/operations", "no_operations");
        }
        if commit.operations.len() > MAX_OPERATIONS {
            problems.push(Problem::error("/operations", "too_many_operations").with("max", MAX_OPERATIONS));
        }
        if text::graphemes(&commit.note) > MAX_NOTE {
            problems.push(Problem::error("/note", "note_too_long").with("max", MAX_NOTE));
        }
        if let Some((position, sign)) = text::refused_char(&commit.note, text::Allow::Text) {
            let code_point = format!("U+{:04X}", u32::from(sign));
            let problem = Problem::error("/note", "control_character");
            problems.push(problem.with("position", position).with("code_point", code_point));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
    }

    fn refuse_errors(&self) -> Result<(), Error> {
        if self.found.iter().all(|(_, problem)| problem.warning) {
            return Ok(());
        }
        Err(self.refusal())
    }

    fn refusal(&self) -> Error {
        let (operations, problems) = self.found.iter().cloned().unzip();
        Error::Invalid { problems: Problems(problems), operations }
    }

    /// Uses of these records that no operation can rewrite: whoever reported them still names what goes.
    fn left_outside(&self, places: &[Place]) -> Option<Effect> {
        let reports = places.iter().flat_map(|place| self.base.outside(*place));
        let reports = reports.filter(|(_, count)| !count.is_stale());
        let (mut uses, mut sources) = (0_u64, BTreeSet::new());
        for (subject, count) in reports {
            uses = uses.saturating_add(count.uses);
            sources.insert(&*subject.source);
        }
        let sources: Vec<&str> = sources.into_iter().collect();
        let count = i64::try_from(uses).unwrap_or(i64::MAX);
        (uses > 0).then(|| Effect::new("used_outside", count).with("sources", sources.join(", ")))
    }

    /// Settings that go on referring to what is offered no more.
    fn still_used(&self, place: Place, held: &Held) -> Option<Effect> {
        let count = self.next.referrers(place).collect::<BTreeSet<_>>().len();
        (count > 0)
            .then(|| Effect::new("inactive_used", count as i64).with("name", held.facts.names[0].clone()))
    }

    fn finish(self, commit: &Commit) -> Result<Prepared, Error> {
        let accepted = |code: &str| commit.accept.iter().any(|accepted| accepted == "*" || accepted == code);
        if !commit.dry_run && self.found.iter().any(|(_, problem)| !accepted(&problem.code)) {
            return Err(self.refusal());
        }
        let mut changes = Vec::with_capacity(self.order.len());
        let mut effects: Vec<Effect> = Vec::new();
        let mut left = Vec::new();
        for place in &self.order {
            let touched = &self.touched[place];
            let section = section_of(place.0);
            let after = self.next.get(section, place.1).cloned();
            let before = touched.before.as_ref();
            if let Some(entry) = registry::entry(section) {
                let live = |held: &Arc<Held>| (!held.archived).then(|| held.data.clone());
                let (was, is) = (before.and_then(live), after.as_ref().and_then(live));
                effects.extend(entry.effects(was.as_deref(), is.as_deref(), place.1, &self.next));
                if let (Some(before), Some(held)) = (before, &after)
                    && before.facts.active
                    && !held.facts.active
                    && !held.archived
                {
                    effects.extend(self.still_used(*place, held));
                    left.push(*place);
                }
                if (was.is_some() && is.is_none()) || (before.is_some() && after.is_none()) {
                    left.push(*place);
                }
            }
            let revision = match (&after, before) {
                (Some(held), _) => held.revision,
                (None, Some(held)) => held.revision + 1,
                // Made and removed in one commit: as if it had never been.
                (None, None) => continue,
            };
            changes.push(Change { place: *place, op: touched.op, revision, after });
        }
        effects.extend(self.left_outside(&left));
        let outcome = Committed {
            seq: 0,
            changes: changes
                .iter()
                .map(|change| Changed {
                    section: section_of(change.place.0).to_owned(),
                    id: change.place.1,
                    version: change.revision,
                    op: change.op.to_owned(),
                })
                .collect(),
            warnings: Problems(self.found.into_iter().map(|(_, problem)| problem).collect()),
            effects,
        };
        Ok(Prepared { next: self.next, changes, outcome, standing: self.standing, secrets: self.secrets })
    }
}
