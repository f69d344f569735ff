//! Reading one record, and what refers to it.

use app::backend::{List, ListQuery, RecordView, Uses};
use app::error::Error;
use app::problem::Problems;
use app::sections::replies::Reply;
use app::sections::roles::Verb;
use app::sections::{Section as _, registry};

use super::Desk;
use crate::access::Actor;
use crate::settings::health::today;
use crate::settings::history;
use crate::settings::listing::{bad_query, found, list_among};
use crate::settings::snapshot::{number, section_of};

impl Desk {
    /// A record as its page shows it.
    pub(super) async fn open(&self, section: &str, id: i64) -> Result<RecordView, Error> {
        let (snapshot, _, reader) = self.reads(section)?;
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
        let zone = snapshot.zone();
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

    /// The replies that ought to be looked at, with the reasons. Every reply may have to be read: not on this thread.
    pub(super) async fn list_health(&self, mut query: ListQuery) -> Result<List, Error> {
        let (snapshot, _, reader) = self.stand()?;
        let code = query.filter.shift_remove("health").unwrap_or_default();
        let console = self.console.clone();
        let work = move || {
            let found = console.settings.health().ask(&snapshot, &code, &today(&snapshot), reader);
            let found = found.ok_or_else(|| bad_query("health", "not_allowed"))?;
            let mut list = list_among(&snapshot, Reply::KEY, &query, reader, Some(&found.of))?;
            list.health = found.counts;
            Ok(list)
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| Error::Broken { request: self.request.clone() })?
    }

    /// What refers to a record, as far as the caller may see it.
    pub(super) async fn uses_of(&self, section: &str, id: i64) -> Result<Uses, Error> {
        let (snapshot, rights, reader) = self.reads(section)?;
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
        let zone = snapshot.zone();
        let outside = self.console.settings.outside_uses(section, id, &zone).await;
        uses.outside = outside.map_err(|error| self.broken(&error))?;
        if !uses.outside.is_empty() {
            let keys = self.console.keys.all().await.map_err(|error| self.broken(&error))?;
            for one in &mut uses.outside {
                let key = keys.iter().find(|key| Actor::Key(key.id).to_string() == one.by);
                one.by = key.map(|key| key.name.clone()).unwrap_or_default();
            }
        }
        Ok(uses)
    }
}
