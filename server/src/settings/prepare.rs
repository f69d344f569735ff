//! What a commit would do to a snapshot, and whether it may: pure, so that a dry run and the real thing are one.
//!
//! The order: each operation alone (right, version, value), then all of them together (links, uniqueness, rules of
//! other records, rules of whole sections). The order of operations inside a commit does not matter to the second part,
//! so a commit may make two records that point at each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::backend::{Changed, Commit, Committed, Operation};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::registry::{self, Entry};
use app::sections::roles::{Role, Verb};
use app::sections::users::User;
use app::sections::{Effect, World};
use app::value;
use serde_json::Value;

use super::snapshot::{Held, Place, Snapshot, Stored, number, section_of};
use crate::access::rights::Giving;
use crate::access::{Actor, Rights};

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
        rights,
    };
    Work::check_size(commit)?;
    for (n, operation) in commit.operations.iter().enumerate() {
        work.apply(n as u32, operation)?;
    }
    work.refuse_errors()?;
    work.check_links();
    work.check_unique();
    work.check_rules();
    work.check_giving(actor);
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
    rights: &'a Rights,
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
        if app::text::graphemes(&commit.note) > MAX_NOTE {
            problems.push(Problem::error("/note", "note_too_long").with("max", MAX_NOTE));
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
    }

    fn apply(&mut self, n: u32, operation: &Operation) -> Result<(), Error> {
        let verb = if matches!(operation, Operation::Delete { .. }) { Verb::Delete } else { Verb::Edit };
        self.rights.demand(operation.section(), verb)?;
        let entry = registry::entry(operation.section()).ok_or(Error::Missing)?;
        match operation {
            Operation::Create { key, value, .. } => self.create(n, entry, key.as_deref(), value.clone()),
            Operation::Put { id, revision, value, .. } => {
                self.put(n, entry, *id, *revision, value.clone())?;
            }
            Operation::Patch { id, revision, patch, .. } => {
                let mut value = match self.current(n, entry, *id, *revision)? {
                    Some(held) => held.value(),
                    None => entry.default_value(),
                };
                value::patch::apply(&mut value, patch.clone());
                self.put(n, entry, *id, *revision, value)?;
            }
            Operation::Rekey { id, revision, key, .. } => self.rekey(n, entry, *id, *revision, key)?,
            Operation::Archive { id, revision, replace_by, .. } => {
                self.archive(n, entry, *id, *revision, *replace_by)?;
            }
            Operation::Restore { id, revision, .. } => self.restore(n, entry, *id, *revision)?,
            Operation::Delete { id, revision, .. } => self.delete(n, entry, *id, *revision)?,
        }
        Ok(())
    }

    /// The record that an operation names, if its version is the one the caller read. None for a document never saved.
    fn current(&self, n: u32, entry: &dyn Entry, id: i64, revision: i64) -> Result<Option<Arc<Held>>, Error> {
        let section = entry.item().key;
        let held = self.next.get(section, id).cloned();
        if held.is_none() && !(registry::is_document(section) && id == 0) {
            return Err(Error::Missing);
        }
        // Versions are compared with what stood before this commit: two operations on one record name the same one.
        let stood = self.base.get(section, id);
        let standing = stood.map_or(0, |held| held.revision);
        if standing == revision {
            return Ok(held);
        }
        Err(Error::Conflict {
            operation: n,
            revision: standing,
            current: stood.map_or_else(|| entry.default_value(), |held| held.value()),
            // Names and times live outside the snapshot; the desk fills them in before the answer leaves.
            by: String::new(),
            at: stood.map_or(0, |held| held.seq).to_string(),
        })
    }

    fn create(&mut self, n: u32, entry: &dyn Entry, key: Option<&str>, value: Value) {
        let section = entry.item().key;
        if registry::is_document(section) {
            self.found.push((n, Problem::error("", "document_operation")));
            return;
        }
        let Some(read) = self.read(n, entry, value) else { return };
        let Some(shelf) = self.next.shelf(section) else { return };
        let id = shelf.last_id() + 1;
        let key = match key {
            Some(key) => match self.free_key(n, section, id, key) {
                Some(key) => key,
                None => return,
            },
            None => self.make_key(section, id, &read.key),
        };
        self.write(
            n,
            "create",
            entry,
            Stored {
                id,
                key,
                revision: 1,
                seq: self.seq,
                archived: false,
                replaced_by: None,
                ever_active: false,
                data: read.data.into(),
            },
        );
    }

    fn put(&mut self, n: u32, entry: &dyn Entry, id: i64, revision: i64, value: Value) -> Result<(), Error> {
        let held = self.current(n, entry, id, revision)?;
        if held.as_ref().is_some_and(|held| held.archived) {
            self.found.push((n, Problem::error("", "already_archived")));
            return Ok(());
        }
        let Some(read) = self.read(n, entry, value) else { return Ok(()) };
        if held.as_ref().is_some_and(|held| *held.data == *read.data) {
            return Ok(());
        }
        // The key of a user is the e-mail and follows it; every other key stays when its record is renamed.
        let key = match &held {
            Some(held) if entry.item().key == "users" => {
                if read.key == held.key {
                    held.key.clone()
                } else {
                    self.make_email_key(id, &read.key)
                }
            }
            Some(held) => held.key.clone(),
            None => String::new(),
        };
        self.write(
            n,
            "put",
            entry,
            Stored {
                id,
                key,
                revision: self.next_revision(entry, id),
                seq: self.seq,
                archived: false,
                replaced_by: None,
                ever_active: held.is_some_and(|held| held.ever_active),
                data: read.data.into(),
            },
        );
        Ok(())
    }

    fn rekey(&mut self, n: u32, entry: &dyn Entry, id: i64, revision: i64, key: &str) -> Result<(), Error> {
        let section = entry.item().key;
        let Some(held) = self.current(n, entry, id, revision)?.filter(|_| !registry::is_document(section))
        else {
            self.found.push((n, Problem::error("", "document_operation")));
            return Ok(());
        };
        if section == "users" {
            self.found.push((n, Problem::error("/email", "bad_key")));
            return Ok(());
        }
        let Some(key) = self.free_key(n, section, id, key) else { return Ok(()) };
        if key != held.key {
            let stored = Stored { key, ..stored(&held, self.seq, self.next_revision(entry, id)) };
            self.write(n, "rekey", entry, stored);
        }
        Ok(())
    }

    /// The record that is to be archived or removed, if it is one that may go.
    fn leaving(
        &mut self,
        n: u32,
        entry: &dyn Entry,
        id: i64,
        revision: i64,
    ) -> Result<Option<Arc<Held>>, Error> {
        let held = self.current(n, entry, id, revision)?.filter(|_| id != 0);
        let refusal = held.as_ref().map_or(Some("document_operation"), |held| held.facts.keep);
        if let Some(code) = refusal {
            self.found.push((n, Problem::error("", code)));
            return Ok(None);
        }
        Ok(held)
    }

    fn archive(
        &mut self,
        n: u32,
        entry: &dyn Entry,
        id: i64,
        revision: i64,
        by: Option<i64>,
    ) -> Result<(), Error> {
        let section = entry.item().key;
        let Some(held) = self.leaving(n, entry, id, revision)? else { return Ok(()) };
        if held.archived {
            self.found.push((n, Problem::error("", "already_archived")));
            return Ok(());
        }
        if let Some(by) = by {
            let target = self.next.get(section, by);
            if by == id {
                self.found.push((n, Problem::error("/replace_by", "replace_by_itself")));
                return Ok(());
            }
            if target.is_none_or(|target| target.archived) {
                self.found.push((n, Problem::error("/replace_by", "missing_target")));
                return Ok(());
            }
            self.replace_links(n, section, id, by)?;
        }
        let revision = self.next_revision(entry, id);
        let stored = Stored { archived: true, replaced_by: by, ..stored(&held, self.seq, revision) };
        self.write(n, "archive", entry, stored);
        Ok(())
    }

    /// Rewrites every link to `id` into a link to `by`, with the right to edit each section that holds one.
    fn replace_links(&mut self, n: u32, section: &'static str, id: i64, by: i64) -> Result<(), Error> {
        let Some(target) = number(section) else { return Ok(()) };
        let referrers: Vec<Place> = self.next.referrers((target, id)).collect();
        for (from, from_id) in referrers {
            let from_section = section_of(from);
            self.rights.demand(from_section, Verb::Edit)?;
            let Some(entry) = registry::entry(from_section) else { continue };
            let Some(held) = self.next.get(from_section, from_id).cloned() else { continue };
            let mut value = held.value();
            for (pointer, _) in held.links.iter().filter(|(_, place)| *place == (target, id)) {
                if let Some(link) = value.pointer_mut(pointer) {
                    *link = by.into();
                }
            }
            let Some(data) = entry.rewrite(value) else { continue };
            let revision = self.next_revision(entry, from_id);
            let stored = Stored { data: data.into(), ..stored(&held, self.seq, revision) };
            self.write(n, "put", entry, stored);
        }
        Ok(())
    }

    fn restore(&mut self, n: u32, entry: &dyn Entry, id: i64, revision: i64) -> Result<(), Error> {
        let Some(held) = self.current(n, entry, id, revision)? else { return Ok(()) };
        if !held.archived {
            self.found.push((n, Problem::error("", "not_archived")));
            return Ok(());
        }
        let revision = self.next_revision(entry, id);
        let stored = Stored { archived: false, replaced_by: None, ..stored(&held, self.seq, revision) };
        self.write(n, "restore", entry, stored);
        Ok(())
    }

    fn delete(&mut self, n: u32, entry: &dyn Entry, id: i64, revision: i64) -> Result<(), Error> {
        let section = entry.item().key;
        let Some(held) = self.leaving(n, entry, id, revision)? else { return Ok(()) };
        if held.ever_active && !(held.archived && entry.removable()) {
            self.found.push((n, Problem::error("", "not_deletable")));
            return Ok(());
        }
        let Some(number) = number(section) else { return Ok(()) };
        self.touch(n, "delete", (number, id));
        self.next.remove(number, id);
        Ok(())
    }

    fn read(&mut self, n: u32, entry: &dyn Entry, mut value: Value) -> Option<registry::Read> {
        let mut problems = Problems::default();
        if value.is_object() {
            schema::fill_defaults(entry.schema(), &mut value);
        }
        let languages = self.next.languages().clone();
        let read = entry.read(value, &languages, &mut problems);
        self.found.extend(problems.0.into_iter().map(|problem| (n, problem)));
        read
    }

    fn next_revision(&self, entry: &dyn Entry, id: i64) -> i64 {
        self.base.get(entry.item().key, id).map_or(1, |held| held.revision + 1)
    }

    fn write(&mut self, n: u32, op: &'static str, entry: &dyn Entry, stored: Stored) {
        let Some(number) = number(entry.item().key) else { return };
        self.touch(n, op, (number, stored.id));
        self.next.put(number, stored.hold(entry));
    }

    fn touch(&mut self, operation: u32, op: &'static str, place: Place) {
        if let Some(touched) = self.touched.get_mut(&place) {
            // A record made and changed in one commit is still made by it.
            if touched.op != "create" {
                touched.op = op;
            }
            return;
        }
        let before = self.base.get(section_of(place.0), place.1).cloned();
        self.touched.insert(place, Touched { operation, op, before });
        self.order.push(place);
    }

    /// A key that a caller asked for, if it is well formed and free.
    fn free_key(&mut self, n: u32, section: &str, id: i64, key: &str) -> Option<String> {
        let key = key.trim();
        let refused = key.is_empty()
            || app::text::graphemes(key) > 64
            || key.chars().all(|c| c.is_ascii_digit())
            || key.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/');
        if refused {
            self.found.push((n, Problem::error("/key", "bad_key")));
            return None;
        }
        let taken = self.next.shelf(section)?.by_key(key).is_some_and(|held| held.id != id);
        if taken {
            self.found.push((n, Problem::error("/key", "key_taken").with("key", key)));
            return None;
        }
        Some(key.to_owned())
    }

    /// A free key made of a record's own name: its slug, with a number behind it when that is taken.
    fn make_key(&self, section: &str, id: i64, name: &str) -> String {
        if section == "users" {
            return self.make_email_key(id, name);
        }
        let slug = app::text::slug(name);
        let base =
            if slug.is_empty() || slug.chars().all(|c| c.is_ascii_digit()) { format!("r{id}") } else { slug };
        self.numbered(section, id, &base)
    }

    /// The key of a user: the e-mail. One that another user holds is reported as not unique, so here it only must not
    /// break the store.
    fn make_email_key(&self, id: i64, email: &str) -> String {
        self.numbered("users", id, email)
    }

    fn numbered(&self, section: &str, id: i64, base: &str) -> String {
        let Some(shelf) = self.next.shelf(section) else { return base.to_owned() };
        let free = |key: &str| shelf.by_key(key).is_none_or(|held| held.id == id);
        if free(base) {
            return base.to_owned();
        }
        // One of the first so many is free: a shelf holds no more records than that.
        let numbers = 2..=shelf.live() + shelf.archived() + 2;
        numbers.map(|n| format!("{base}-{n}")).find(|key| free(key)).unwrap_or_else(|| base.to_owned())
    }

    /// Every link of a touched record must lead to a record that stands; none may be left leading to one that is gone.
    fn check_links(&mut self) {
        let mut found = Vec::new();
        for (place, touched) in &self.touched {
            let section = section_of(place.0);
            let standing = self.next.get(section, place.1);
            if let Some(held) = standing.filter(|held| !held.archived) {
                for (pointer, target) in &held.links {
                    let problem = match self.next.get(section_of(target.0), target.1) {
                        None => Problem::error(pointer.clone(), "missing_target"),
                        Some(target) if target.archived => Problem::error(pointer.clone(), "archived_target")
                            .with("name", target.facts.names[0].clone()),
                        Some(_) => continue,
                    };
                    found.push((touched.operation, problem));
                }
            }
            if standing.is_none_or(|held| held.archived) {
                let uses = self
                    .next
                    .referrers(*place)
                    .filter(|from| {
                        self.next
                            .get(section_of(from.0), from.1)
                            .is_some_and(|held| !held.archived || standing.is_none())
                    })
                    .filter(|from| from != place)
                    .count();
                if uses > 0 {
                    found.push((touched.operation, Problem::error("", "in_use").with("count", uses)));
                }
            }
        }
        self.found.append(&mut found);
    }

    fn check_unique(&mut self) {
        let mut found = Vec::new();
        for ((number, id), touched) in &self.touched {
            let Some(shelf) = self.next.shelf(section_of(*number)) else { continue };
            let Some(held) = shelf.get(*id).filter(|held| !held.archived) else { continue };
            for unique in &held.facts.unique {
                if let Some(other) = shelf.holder(unique, *id) {
                    let problem = Problem::error(unique.0, "not_unique")
                        .with("name", other.facts.names[0].clone())
                        .with("id", other.id);
                    found.push((touched.operation, problem));
                }
            }
        }
        self.found.append(&mut found);
    }

    /// The rules of what changed, of what refers to it, and of whole sections: only what the commit adds is refused.
    fn check_rules(&mut self) {
        let mut found = Vec::new();
        let mut sections = BTreeSet::new();
        let mut neighbours: BTreeMap<Place, u32> = BTreeMap::new();
        for (place, touched) in &self.touched {
            sections.insert(place.0);
            let Some(entry) = registry::entry(section_of(place.0)) else { continue };
            if let Some(held) = self.next.get(section_of(place.0), place.1).filter(|held| !held.archived) {
                let mut problems = Problems::default();
                entry.check_change(
                    touched.before.as_ref().map(|held| &*held.data),
                    &held.data,
                    &mut problems,
                );
                found.extend(problems.0.into_iter().map(|problem| (touched.operation, problem)));
                found.extend(
                    self.added(entry, *place).into_iter().map(|problem| (touched.operation, problem)),
                );
            }
            for from in self.next.referrers(*place).take(2_000) {
                if !self.touched.contains_key(&from) {
                    neighbours.entry(from).or_insert(touched.operation);
                }
            }
        }
        for (place, operation) in neighbours {
            let Some(entry) = registry::entry(section_of(place.0)) else { continue };
            let name = self.next.get(section_of(place.0), place.1).map(|held| held.facts.names[0].clone());
            for mut problem in self.added(entry, place).into_iter().filter(|problem| !problem.warning) {
                // A cycle is found at each record on it; the caller's own is enough.
                if found
                    .iter()
                    .any(|(at, known): &(u32, Problem)| *at == operation && known.code == problem.code)
                {
                    continue;
                }
                // It stands in another record: the sentence names it, and the pointer is not one of the caller's value.
                problem.pointer = String::new();
                problem.params.insert("name".into(), name.clone().unwrap_or_default().into());
                found.push((operation, problem));
            }
        }
        let first = self.touched.values().next().map_or(0, |touched| touched.operation);
        for (n, entry) in registry::all().iter().enumerate() {
            let reads = entry.reads().iter().filter_map(|section| number(section));
            if !sections.contains(&(n as u8)) && !reads.into_iter().any(|section| sections.contains(&section))
            {
                continue;
            }
            let (mut before, mut after) = (Problems::default(), Problems::default());
            entry.check_all(self.base, &mut before);
            entry.check_all(&self.next, &mut after);
            found.extend(
                after
                    .0
                    .into_iter()
                    .filter(|problem| !before.0.contains(problem))
                    .map(|problem| (first, problem)),
            );
        }
        self.found.append(&mut found);
    }

    /// What `check_in` finds in a record now and did not find before.
    fn added(&self, entry: &dyn Entry, place: Place) -> Vec<Problem> {
        let section = section_of(place.0);
        let check = |world: &Snapshot| {
            let mut problems = Problems::default();
            if let Some(held) = world.get(section, place.1).filter(|held| !held.archived) {
                entry.check_in(place.1, &held.data, world as &dyn World, &mut problems);
            }
            problems.0
        };
        let mut after = check(&self.next);
        if !after.is_empty() {
            let before = check(self.base);
            after.retain(|problem| !before.contains(problem));
        }
        after
    }

    fn check_giving(&mut self, actor: Actor) {
        let mut found = Vec::new();
        for (place, touched) in &self.touched {
            let mut problems = Problems::default();
            let before = touched.before.as_ref();
            let after = self.next.get(section_of(place.0), place.1).filter(|held| !held.archived);
            match section_of(place.0) {
                "users" => {
                    let read = |held: &Arc<Held>| serde_json::from_str::<User>(&held.data).ok();
                    let (before, after) = (before.and_then(read), after.and_then(read));
                    let change = Giving::User { id: place.1, before: before.as_ref(), after: after.as_ref() };
                    self.rights.check_giving(actor, change, &self.next, &mut problems);
                }
                "roles" => {
                    let read = |held: &Arc<Held>| serde_json::from_str::<Role>(&held.data).ok();
                    let (before, after) = (before.and_then(read), after.and_then(read));
                    let change = Giving::Role { before: before.as_ref(), after: after.as_ref() };
                    self.rights.check_giving(actor, change, &self.next, &mut problems);
                }
                _ => {}
            }
            found.extend(problems.0.into_iter().map(|problem| (touched.operation, problem)));
        }
        self.found.append(&mut found);
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

    fn finish(self, commit: &Commit) -> Result<Prepared, Error> {
        let accepted = |code: &str| commit.accept.iter().any(|accepted| accepted == "*" || accepted == code);
        if !commit.dry_run && self.found.iter().any(|(_, problem)| !accepted(&problem.code)) {
            return Err(self.refusal());
        }
        let mut changes = Vec::with_capacity(self.order.len());
        let mut effects: Vec<Effect> = Vec::new();
        for place in &self.order {
            let touched = &self.touched[place];
            let section = section_of(place.0);
            let after = self.next.get(section, place.1).cloned();
            let before = touched.before.as_ref();
            if let Some(entry) = registry::entry(section) {
                let live = |held: &Arc<Held>| (!held.archived).then(|| held.data.clone());
                let (was, is) = (before.and_then(live), after.as_ref().and_then(live));
                effects.extend(entry.effects(was.as_deref(), is.as_deref(), place.1, &self.next));
            }
            let revision = match (&after, before) {
                (Some(held), _) => held.revision,
                (None, Some(held)) => held.revision + 1,
                // Made and removed in one commit: as if it had never been.
                (None, None) => continue,
            };
            changes.push(Change { place: *place, op: touched.op, revision, after });
        }
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
        Ok(Prepared { next: self.next, changes, outcome })
    }
}

/// A record's stored part, to be written again by commit `seq` as `revision`.
fn stored(held: &Held, seq: i64, revision: i64) -> Stored {
    Stored {
        id: held.id,
        key: held.key.clone(),
        revision,
        seq,
        archived: held.archived,
        replaced_by: held.replaced_by,
        ever_active: held.ever_active,
        data: held.data.clone(),
    }
}
