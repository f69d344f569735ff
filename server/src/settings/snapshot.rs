//! All settings at one moment: immutable, shared, cheap to change a copy of.
//!
//! The maps are persistent: a copy costs nothing, and applying a change costs what it changes. A record is held once,
//! as its canonical JSON beside what lists, search and rules need of it.

use std::borrow::Cow;
use std::sync::Arc;

use app::problem::Problems;
use app::schema;
use app::sections::instance::Instance;
use app::sections::registry::{self, Entry, Facts};
use app::sections::roles::Role;
use app::sections::{Section as _, Standing, World};
use app::words::Language;
use imbl::{OrdMap, OrdSet};
use serde_json::Value;

use super::collation::sort_key;
use super::outside::{Count, Subject, Total};
use super::search::{Marks, Text, Texts};

/// A record's place in the store: the number of its section in the registry, and its id.
pub type Place = (u8, i64);

/// One record, as the store holds it.
#[derive(Debug)]
pub struct Held {
    /// Its id; 0 for a document.
    pub id: i64,
    /// Its key; empty for a document.
    pub key: String,
    /// The version that stands, from 1.
    pub revision: i64,
    /// The commit that wrote it.
    pub seq: i64,
    /// Out of lists and choices.
    pub archived: bool,
    /// What took its place when it was archived.
    pub replaced_by: Option<i64>,
    /// Was it ever offered for work?
    pub ever_active: bool,
    /// Canonical JSON in the current format.
    pub data: Arc<str>,
    /// What rules and lists need of the value.
    pub facts: Facts,
    /// Where it points to: pointer, place.
    pub links: Box<[(String, Place)]>,
    /// Its sort keys, per language.
    pub sort: [Arc<[u8]>; 2],
}

impl Held {
    /// The value.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.data).unwrap_or_default()
    }

    /// Its name in `language`.
    pub fn name(&self, language: Language) -> &str {
        &self.facts.names[super::collation::slot(language)]
    }
}

/// What the rows of the database say of a record, before what is made of its value.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its id; 0 for a document.
    pub id: i64,
    /// Its key; empty for a document.
    pub key: String,
    /// The version.
    pub revision: i64,
    /// The commit that wrote it.
    pub seq: i64,
    /// Out of lists and choices.
    pub archived: bool,
    /// What took its place.
    pub replaced_by: Option<i64>,
    /// Was it offered for work before this version?
    pub ever_active: bool,
    /// Canonical JSON in the current format.
    pub data: Arc<str>,
}

impl Stored {
    /// Works out what the store keeps beside the value.
    pub fn hold(self, entry: &dyn Entry) -> Made {
        let facts = entry.facts(&self.data);
        let value: Value = serde_json::from_str(&self.data).unwrap_or_default();
        let links = schema::references(entry.schema(), &value)
            .into_iter()
            .filter_map(|link| Some((link.pointer, (number(&link.section)?, link.id))))
            .collect();
        let texts = schema::texts(entry.schema(), &value);
        let text = Text::new(
            &facts.names[0],
            facts.unique.iter().map(|(_, _, value)| value.as_str()),
            std::iter::once(self.key.as_str()).chain(texts.iter().map(String::as_str)),
        );
        let uk: Arc<[u8]> = sort_key(&facts.names[0], Language::Uk).into();
        let en: Arc<[u8]> = sort_key(&facts.names[1], Language::En).into();
        let held = Held {
            id: self.id,
            key: self.key,
            revision: self.revision,
            seq: self.seq,
            archived: self.archived,
            replaced_by: self.replaced_by,
            ever_active: self.ever_active || (facts.active && !self.archived),
            data: self.data,
            facts,
            links,
            sort: [uk, en],
        };
        Made { held: Arc::new(held), text }
    }
}

/// A record with what the store keeps of it apart.
#[derive(Debug)]
pub struct Made {
    held: Arc<Held>,
    /// All its human text, for search.
    text: Text,
}

/// Ids by sort key.
type Order = OrdSet<(Arc<[u8]>, i64)>;

/// The records of one section.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    records: OrdMap<i64, Arc<Held>>,
    texts: Texts,
    keys: OrdMap<Arc<str>, i64>,
    unique: OrdSet<(Arc<str>, i64)>,
    /// Ids in the order of names, per language: first those that are not archived, then those that are.
    order: [[Order; 2]; 2],
    /// How many records belong to one person alone, by person: archived ones included.
    personal: OrdMap<i64, usize>,
    last_id: i64,
}

impl Shelf {
    /// One record, archived or not.
    pub fn get(&self, id: i64) -> Option<&Arc<Held>> {
        self.records.get(&id)
    }
    /// The record of this key, whatever its case.
    pub fn by_key(&self, key: &str) -> Option<&Arc<Held>> {
        self.keys.get(key.to_lowercase().as_str()).and_then(|id| self.records.get(id))
    }
    /// Every record, by id.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Held>> {
        self.records.values()
    }
    /// Every record that is archived or isn't, in the order of names in a language.
    pub fn by_name(&self, language: Language, archived: bool) -> impl DoubleEndedIterator<Item = &Arc<Held>> {
        self.ids_by_name(language, archived).filter_map(|id| self.records.get(&id))
    }
    /// Their ids alone: whoever wants few of them looks up only those.
    pub fn ids_by_name(&self, language: Language, archived: bool) -> impl DoubleEndedIterator<Item = i64> {
        self.order[usize::from(archived)][super::collation::slot(language)].iter().map(|(_, id)| *id)
    }
    /// The texts that search scans.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }
    /// How many are not archived.
    pub fn live(&self) -> usize {
        self.order[0][0].len()
    }
    /// How many are archived.
    pub fn archived(&self) -> usize {
        self.order[1][0].len()
    }
    /// Does every record belong to everybody, or to this person?
    pub fn is_open_to(&self, user: Option<i64>) -> bool {
        self.personal.keys().all(|owner| Some(*owner) == user)
    }
    /// The highest id ever used.
    pub fn last_id(&self) -> i64 {
        self.last_id
    }
    /// Another live record that holds this unique value.
    pub fn holder(&self, unique: &(&'static str, String, String), but: i64) -> Option<&Arc<Held>> {
        let name: Arc<str> = unique_name(unique)?.into();
        self.unique
            .range((name.clone(), i64::MIN)..=(name, i64::MAX))
            .find(|(_, id)| *id != but)
            .and_then(|(_, id)| self.records.get(id))
    }

    fn put(&mut self, Made { held, text }: Made) {
        self.take(held.id);
        let marks = Marks { archived: held.archived, personal: held.facts.owner.is_some() };
        self.texts.put(held.id, &text, marks);
        self.last_id = self.last_id.max(held.id);
        if !held.key.is_empty() {
            self.keys.insert(held.key.to_lowercase().into(), held.id);
        }
        if !held.archived {
            for name in held.facts.unique.iter().filter_map(unique_name) {
                self.unique.insert((name.into(), held.id));
            }
        }
        if let Some(owner) = held.facts.owner {
            *self.personal.entry(owner).or_insert(0) += 1;
        }
        for (order, key) in self.order[usize::from(held.archived)].iter_mut().zip(&held.sort) {
            order.insert((key.clone(), held.id));
        }
        self.records.insert(held.id, held);
    }

    fn take(&mut self, id: i64) -> Option<Arc<Held>> {
        let held = self.records.remove(&id)?;
        self.texts.take(id);
        self.keys.remove(held.key.to_lowercase().as_str());
        if !held.archived {
            for name in held.facts.unique.iter().filter_map(unique_name) {
                self.unique.remove(&(name.into(), id));
            }
        }
        if let Some(owner) = held.facts.owner {
            match self.personal.get(&owner).copied() {
                Some(count) if count > 1 => drop(self.personal.insert(owner, count - 1)),
                _ => drop(self.personal.remove(&owner)),
            }
        }
        for (order, key) in self.order[usize::from(held.archived)].iter_mut().zip(&held.sort) {
            order.remove(&(key.clone(), id));
        }
        Some(held)
    }
}

/// A unique value as one string; none for an empty value, which never clashes.
fn unique_name((pointer, scope, value): &(&'static str, String, String)) -> Option<String> {
    (!value.is_empty()).then(|| format!("{pointer}\n{scope}\n{}", app::text::skeleton(value)))
}

/// All settings at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The last commit in it.
    pub head: i64,
    /// The hash of that commit.
    pub hash: [u8; 32],
    shelves: imbl::Vector<Arc<Shelf>>,
    referrers: OrdSet<(Place, Place)>,
    /// Uses that no setting knows of.
    outside: OrdMap<Subject, Count>,
    /// The number of the newest report in it.
    reports: i64,
    languages: Arc<[String]>,
    /// Roles as their type: every request asks one what it allows.
    roles: OrdMap<i64, Arc<Role>>,
    /// The kept secrets, by whose they are and their handles: the origins that they may be sent to.
    secrets: OrdMap<(Place, Arc<str>), Arc<str>>,
}

impl Default for Snapshot {
    fn default() -> Self {
        let mut snapshot = Self {
            head: 0,
            hash: [0; 32],
            shelves: registry::all().iter().map(|_| Arc::default()).collect(),
            referrers: OrdSet::new(),
            outside: OrdMap::new(),
            reports: 0,
            languages: Arc::default(),
            roles: OrdMap::new(),
            secrets: OrdMap::new(),
        };
        snapshot.read_languages();
        snapshot
    }
}

/// The number of a section in the registry.
pub fn number(section: &str) -> Option<u8> {
    registry::all().iter().position(|entry| entry.item().key == section).map(|n| n as u8)
}

/// The section of this number.
pub fn section_of(number: u8) -> &'static str {
    registry::all()[usize::from(number)].item().key
}

impl Snapshot {
    /// The time zone in which this instance tells times.
    pub fn zone(&self) -> String {
        self.typed::<Instance>(0).unwrap_or_default().instance_timezone.0
    }

    /// The records of a section.
    pub fn shelf(&self, section: &str) -> Option<&Arc<Shelf>> {
        self.shelves.get(usize::from(number(section)?))
    }

    /// One record, archived or not.
    pub fn get(&self, section: &str, id: i64) -> Option<&Arc<Held>> {
        self.shelf(section)?.get(id)
    }

    /// The value of a document or record, read as its type; the default when it was never saved.
    pub fn typed<S: app::sections::Section>(&self, id: i64) -> Option<S> {
        match self.get(S::KEY, id) {
            Some(held) => serde_json::from_str(&held.data).ok(),
            None if id == 0 => Some(S::default()),
            None => None,
        }
    }

    /// A role, archived or not.
    pub fn role(&self, id: i64) -> Option<&Arc<Role>> {
        self.roles.get(&id)
    }

    /// The languages in which texts are kept; the first is required.
    pub fn languages(&self) -> &Arc<[String]> {
        &self.languages
    }

    /// The records that link to `place`, each once.
    pub fn referrers(&self, place: Place) -> impl Iterator<Item = Place> {
        self.referrers.range((place, (0, i64::MIN))..=(place, (u8::MAX, i64::MAX))).map(|(_, from)| *from)
    }

    /// What was reported on `place`, by part and source.
    pub fn outside(&self, place: Place) -> impl Iterator<Item = (&Subject, &Count)> {
        let first = Subject { place, part: "".into(), source: "".into() };
        self.outside.range(first..).take_while(move |(subject, _)| subject.place == place)
    }

    /// All of that, added up.
    pub fn used_outside(&self, place: Place) -> Total {
        self.outside(place).fold(Total::default(), |total, (_, count)| Total {
            uses: total.uses.saturating_add(count.uses),
            last_at: total.last_at.max(count.last_at),
        })
    }

    /// The number of the newest report of uses in it; 0 without any.
    pub fn reports(&self) -> i64 {
        self.reports
    }

    /// Writes a report into this copy; without a subject it is on nothing that stands here.
    pub fn report(&mut self, number: i64, subject: Option<Subject>, count: Count) {
        self.reports = self.reports.max(number);
        let Some(subject) = subject else { return };
        if count.uses == 0 {
            self.outside.remove(&subject);
        } else {
            self.outside.insert(subject, count);
        }
    }

    /// Has anybody reported on records of this section?
    pub fn is_reported(&self, section: u8) -> bool {
        let first = Subject { place: (section, i64::MIN), part: "".into(), source: "".into() };
        self.outside.range(first..).next().is_some_and(|(subject, _)| subject.place.0 == section)
    }

    /// The origin that the secret of `place` with this handle may be sent to; none if no such one is kept.
    pub fn secret(&self, place: Place, handle: &str) -> Option<&Arc<str>> {
        self.secrets.get(&(place, handle.into()))
    }

    /// Notes in this copy that a secret is kept.
    pub fn keep_secret(&mut self, place: Place, handle: &str, sent_to: &str) {
        self.secrets.insert((place, handle.into()), sent_to.into());
    }

    /// Notes in this copy that a secret is kept no longer.
    pub fn drop_secret(&mut self, place: Place, handle: &str) {
        self.secrets.remove(&(place, handle.into()));
    }

    /// Notes in this copy that no secret of a record is kept.
    pub fn drop_secrets(&mut self, place: Place) {
        let of = |(whose, _): &&(Place, Arc<str>)| *whose == place;
        let own: Vec<_> =
            self.secrets.range((place, "".into())..).map(|(kept, _)| kept).take_while(of).cloned().collect();
        for kept in own {
            self.secrets.remove(&kept);
        }
    }

    /// Writes a record into this copy.
    pub fn put(&mut self, section: u8, made: Made) {
        let id = made.held.id;
        self.unlink(section, id);
        for (_, target) in &made.held.links {
            self.referrers.insert((*target, (section, id)));
        }
        if let Some(shelf) = self.shelves.get_mut(usize::from(section)) {
            Arc::make_mut(shelf).put(made);
        }
        match section_of(section) {
            "instance" => self.read_languages(),
            Role::KEY => self.read_role(id),
            _ => {}
        }
    }

    /// Removes a record from this copy; its id stays used.
    pub fn remove(&mut self, section: u8, id: i64) {
        self.unlink(section, id);
        let reports: Vec<Subject> = self.outside((section, id)).map(|(subject, _)| subject.clone()).collect();
        for subject in &reports {
            self.outside.remove(subject);
        }
        if let Some(shelf) = self.shelves.get_mut(usize::from(section)) {
            Arc::make_mut(shelf).take(id);
        }
        if section_of(section) == Role::KEY {
            self.roles.remove(&id);
        }
        self.drop_secrets((section, id));
    }

    /// Notes that ids up to `id` were used, by records that may be gone.
    pub fn used(&mut self, section: u8, id: i64) {
        if let Some(shelf) = self.shelves.get_mut(usize::from(section)) {
            let shelf = Arc::make_mut(shelf);
            shelf.last_id = shelf.last_id.max(id);
        }
    }

    fn unlink(&mut self, section: u8, id: i64) {
        let Some(held) = self.shelves.get(usize::from(section)).and_then(|shelf| shelf.get(id)).cloned()
        else {
            return;
        };
        for (_, target) in &held.links {
            self.referrers.remove(&(*target, (section, id)));
        }
    }

    fn read_role(&mut self, id: i64) {
        match self.typed::<Role>(id) {
            Some(role) => drop(self.roles.insert(id, Arc::new(role))),
            None => drop(self.roles.remove(&id)),
        }
    }

    fn read_languages(&mut self) {
        let instance: Instance = self.typed(0).unwrap_or_default();
        self.languages = instance.languages.into_iter().map(|tag| tag.0).collect();
    }
}

impl World for Snapshot {
    fn standing(&self, section: &str, id: i64) -> Option<Standing> {
        let held = self.get(section, id)?;
        Some(Standing { id, data: held.data.clone(), archived: held.archived, active: held.facts.active })
    }

    fn ids(&self, section: &str) -> Vec<i64> {
        self.shelf(section).map(|shelf| shelf.records.keys().copied().collect()).unwrap_or_default()
    }

    fn referrers(&self, section: &str, id: i64) -> Vec<(&'static str, i64)> {
        number(section)
            .map(|n| {
                Snapshot::referrers(self, (n, id)).map(|(section, id)| (section_of(section), id)).collect()
            })
            .unwrap_or_default()
    }

    fn languages(&self) -> Cow<'_, [String]> {
        Cow::Borrowed(&self.languages)
    }

    fn has_zone(&self, name: &str) -> bool {
        crate::clock::zone_exists(name)
    }

    fn check_css(&self, css: &str, problems: &mut Problems) {
        crate::styles::problems(css, &crate::styles::hosts(self), problems);
    }
}
