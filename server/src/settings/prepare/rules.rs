//! The rules over all operations of a commit together: links, uniqueness, rules of neighbours and of whole sections.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::problem::{Problem, Problems};
use app::sections::World;
use app::sections::registry::{self, Entry};
use app::sections::roles::Role;
use app::sections::users::User;

use super::Work;
use crate::access::Actor;
use crate::access::rights::Giving;
use crate::settings::snapshot::{Held, Place, Snapshot, number, section_of};

impl Work<'_> {
    /// Every link of a touched record must lead to a record that stands; none may be left leading to one that is gone.
    pub(super) fn check_links(&mut self) {
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

    pub(super) fn check_unique(&mut self) {
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
    pub(super) fn check_rules(&mut self) {
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

    pub(super) fn check_giving(&mut self) {
        let actor = self.actor;
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
            // Nobody makes what they would not see themselves: only its owner makes a record personal.
            let owner = |held: Option<&Arc<Held>>| held.and_then(|held| held.facts.owner);
            let given = owner(after).filter(|given| owner(before) != Some(*given));
            if given
                .is_some_and(|given| !matches!(actor, Actor::Cli | Actor::Job) && actor != Actor::User(given))
            {
                problems.error("/owner", "owner_other");
            }
            found.extend(problems.0.into_iter().map(|problem| (touched.operation, problem)));
        }
        self.found.append(&mut found);
    }
}
