//! What a person may write without the right to its section: records of their own, which stay their own.

use app::backend::Operation;
use app::error::Error;
use app::sections::roles::Verb;

use super::Work;
use crate::settings::snapshot::section_of;

impl Work<'_> {
    /// The right to an operation: the role gives it, or the record is the caller's own.
    pub(super) fn demand(&mut self, n: u32, operation: &Operation, verb: Verb) -> Result<(), Error> {
        let section = operation.section();
        let owner = self.rights.keeps_own(self.actor, section);
        let Some(owner) = owner.filter(|_| !self.rights.may(section, verb)) else {
            return self.rights.demand(section, verb);
        };
        let (id, by) = match operation {
            Operation::Create { .. } => (None, None),
            Operation::Put { id, .. }
            | Operation::Patch { id, .. }
            | Operation::Restore { id, .. }
            | Operation::Delete { id, .. } => (Some(*id), None),
            Operation::Archive { id, replace_by, .. } => (Some(*id), *replace_by),
            // Keys are shared by the whole section.
            Operation::Rekey { .. } => return Err(beyond(section)),
        };
        // As it stood before the commit and as it stands by now: nothing becomes one's own on the way.
        let is_own = |id: i64| {
            [self.base, &self.next]
                .into_iter()
                .filter_map(|world| world.get(section, id))
                .all(|held| held.facts.owner == Some(owner))
        };
        if !id.into_iter().chain(by).all(is_own) {
            // To whoever sees none but their own, others' are missing.
            return Err(self.rights.demand(section, verb).err().unwrap_or(Error::Missing));
        }
        self.own.insert(n);
        Ok(())
    }

    /// What was allowed as the caller's own must be that afterwards.
    pub(super) fn keep_to_own(&self) -> Result<(), Error> {
        let by_own = self.touched.iter().filter(|(_, touched)| self.own.contains(&touched.operation));
        for (place, _) in by_own {
            let section = section_of(place.0);
            let owner = self.rights.keeps_own(self.actor, section);
            if self.next.get(section, place.1).is_some_and(|held| held.facts.owner != owner) {
                return Err(beyond(section));
            }
        }
        Ok(())
    }
}

/// The refusal of what needs the right to the section itself.
fn beyond(section: &str) -> Error {
    Error::Forbidden { right: format!("{section}.edit") }
}
