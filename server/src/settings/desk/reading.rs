//! Reading one record, and what refers to it.

use app::backend::{RecordView, Uses};
use app::error::Error;
use app::problem::Problems;
use app::sections::registry;
use app::sections::roles::Verb;

use super::Desk;
use crate::settings::history;
use crate::settings::listing::found;
use crate::settings::snapshot::{number, section_of};

impl Desk {
    /// A record as its page shows it.
    pub(super) async fn open(&self, section: &str, id: i64) -> Result<RecordView, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        let entry = registry::entry(section).ok_or(Error::Missing)?;
        let mut view =
            RecordView { section: section.into(), id, seq: snapshot.head, ..RecordView::default() };
        if id == -1 {
            view.value = entry.default_value();
            return Ok(view);
        }
        let Some(held) = Self::visible(&snapshot, section, id, reader)? else {
            view.value = entry.default_value();
            return Ok(view);
        };
        let zone = Self::zone(&snapshot);
        let (by, at) = history::author(&self.console.settings, held.seq, self.language, &zone)
            .await
            .map_err(|error| self.broken(&error))?;
        let mut problems = Problems::default();
        entry.check_in(id, &held.data, &*snapshot, &mut problems);
        view.key.clone_from(&held.key);
        view.revision = held.revision;
        held.name(self.language).clone_into(&mut view.name);
        view.archived = held.archived;
        view.removable = id != 0
            && held.facts.keep.is_none()
            && (!held.ever_active || (held.archived && entry.removable()));
        view.value = held.value();
        view.problems = problems;
        view.labels = held
            .links
            .iter()
            .filter_map(|(_, place)| {
                Some(found(section_of(place.0), snapshot.get(section_of(place.0), place.1)?, reader))
            })
            .collect();
        view.by = by;
        view.at = at;
        Ok(view)
    }

    /// What refers to a record, as far as the caller may see it.
    pub(super) fn uses_of(&self, section: &str, id: i64) -> Result<Uses, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        Self::visible(&snapshot, section, id, reader)?;
        let mut uses = Uses::default();
        let place = (number(section).ok_or(Error::Missing)?, id);
        for (from, from_id) in snapshot.referrers(place) {
            let from = section_of(from);
            let Some(held) = snapshot.get(from, from_id) else { continue };
            if uses.records.len() < 200 && rights.may(from, Verb::View) && reader.sees(held) {
                uses.records.push(found(from, held, reader));
            } else {
                uses.hidden += 1;
            }
        }
        Ok(uses)
    }
}
