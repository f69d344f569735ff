//! The operations of a commit, each alone: right, version, value.

use std::sync::Arc;

use app::backend::Operation;
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::registry::{self, Entry};
use app::sections::roles::Verb;
use app::value;
use serde_json::Value;

use super::{Touched, Work};
use crate::settings::snapshot::{Held, Place, Stored, number, section_of};

impl Work<'_> {
    pub(super) fn apply(&mut self, n: u32, operation: &Operation) -> Result<(), Error> {
        let verb = if matches!(operation, Operation::Delete { .. }) { Verb::Delete } else { Verb::Edit };
        self.demand(n, operation, verb)?;
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
                super::secrets::order_by_patch(entry.schema(), &mut value);
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
        let Some(shelf) = self.next.shelf(section) else { return };
        let id = shelf.last_id() + 1;
        let Some(read) = self.read(n, entry, id, value, None) else { return };
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
        let mut value = value;
        self.leave_guarded(entry, &mut value, held.as_deref());
        let Some(read) = self.read(n, entry, id, value, held.as_deref()) else { return Ok(()) };
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

    /// What a function of its own guards stays as it is for whoever lacks it.
    fn leave_guarded(&self, entry: &dyn Entry, value: &mut Value, held: Option<&Held>) {
        let Some(object) = value.as_object_mut() else { return };
        for (property, _) in entry.guarded().iter().filter(|(_, function)| !self.rights.has(function)) {
            let mut stands = held.map_or_else(|| entry.default_value(), Held::value);
            match stands.get_mut(*property) {
                Some(standing) => drop(object.insert((*property).to_owned(), standing.take())),
                None => drop(object.shift_remove(*property)),
            }
        }
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

    /// Reads a value that shall stand in place of `held`; a warning that `held` has as well is not asked about again.
    fn read(
        &mut self,
        n: u32,
        entry: &dyn Entry,
        id: i64,
        mut value: Value,
        held: Option<&Held>,
    ) -> Option<registry::Read> {
        let mut problems = Problems::default();
        if value.is_object() {
            self.find_by_key(entry, &mut value, &mut problems);
            schema::fill_defaults(entry.schema(), &mut value);
            if entry.has_secrets() {
                let before = held.map(Held::value);
                self.keep_secrets(entry, id, &mut value, before.as_ref(), &mut problems);
            }
        }
        let languages = self.next.languages().clone();
        let read = entry.read(value, &languages, &mut problems);
        if let Some(held) = held.filter(|_| problems.iter().any(|problem| problem.warning)) {
            let mut before = Problems::default();
            entry.read(held.value(), &languages, &mut before);
            let (old, new) =
                problems.0.into_iter().partition(|problem| problem.warning && before.0.contains(problem));
            self.standing.0.extend::<Vec<Problem>>(old);
            problems = Problems(new);
        }
        self.found.extend(problems.0.into_iter().map(|problem| (n, problem)));
        let mut read = read?;
        if let Some(settled) = entry.settle(held.map(|held| &*held.data), &read.data, &languages) {
            read.data = settled;
        }
        Some(read)
    }

    /// A link may name its target by key, as `key:…`; also one that an operation before this one made.
    fn find_by_key(&self, entry: &dyn Entry, value: &mut Value, problems: &mut Problems) {
        for (name, property) in schema::fields(entry.schema()) {
            let Some(section) = property.get("x-ref").and_then(Value::as_str) else { continue };
            let Some(place) = value.get_mut(name) else { continue };
            let Some(key) = place.as_str().and_then(|text| text.strip_prefix("key:")) else { continue };
            match self.next.shelf(section).and_then(|shelf| shelf.by_key(key)) {
                Some(held) => *place = held.id.into(),
                None => {
                    problems.push(Problem::error(format!("/{name}"), "missing_target").with("name", key));
                    *place = Value::Null;
                }
            }
        }
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
