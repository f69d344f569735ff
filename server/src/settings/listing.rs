//! Lists: which records of a section answer to a query, in which order, and which of them stand on a page.
//!
//! Everything is answered from the snapshot. The order by name is kept up as commits apply, so a page of a hundred
//! thousand records costs as much as a page of a hundred; search scans folded text.

use app::backend::{Found, List, ListQuery, Row};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::Section as _;
use app::sections::registry::{self, Entry};
use app::sections::users::User;
use app::text;
use app::words::Language;
use indexmap::IndexMap;
use memchr::memmem::Finder;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

use super::collation::slot;
use super::search::{Rank, Words};
use super::snapshot::{Held, Shelf, Snapshot, number, section_of};

/// The most rows of one page.
pub const MAX_ROWS: u32 = 500;

/// Who reads, and in which language.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The person; programs have none.
    pub user: Option<i64>,
    /// The language of names and of the alphabet.
    pub language: Language,
    /// Sees what is their own, and nothing else.
    pub own: bool,
}

impl Reader {
    /// May this reader see the record? A personal one is its owner's alone.
    pub fn sees(&self, held: &Held) -> bool {
        match held.facts.owner {
            None => !self.own,
            owner => owner == self.user,
        }
    }
}

/// One page of `section`.
///
/// # Errors
/// A filter or an order by a field that the section doesn't have.
pub fn list(snapshot: &Snapshot, section: &str, query: &ListQuery, reader: Reader) -> Result<List, Error> {
    list_among(snapshot, section, query, reader, None)
}

/// The same of those records alone that `among` names, each with what is said of it there.
///
/// # Errors
/// A filter or an order by a field that the section doesn't have.
pub(super) fn list_among(
    snapshot: &Snapshot,
    section: &str,
    query: &ListQuery,
    reader: Reader,
    among: Option<&HashMap<i64, Problems>>,
) -> Result<List, Error> {
    let entry = registry::entry(section).ok_or(Error::Missing)?;
    let shelf = snapshot.shelf(section).ok_or(Error::Missing)?;
    let limit = if query.limit == 0 { 50 } else { query.limit.min(MAX_ROWS) } as usize;
    let number = number(section).unwrap_or_default();
    let filters = Filters { among, ..Filters::of(entry, query, reader)? };
    let tree = parent_field(entry).map(|parent| Branches::of(snapshot, shelf, number, parent));
    let asked = Asked { snapshot, number, tree, shelf, entry, query, filters, reader };

    let mut other_layout = None;
    let mut matched = asked.matched(&query.q)?;
    if matched.total == 0 && !query.q.trim().is_empty() {
        // Nothing: perhaps it was typed on the other keyboard layout.
        if let Some(other) = text::other_layout(query.q.trim()) {
            let again = asked.matched(&other)?;
            if again.total > 0 {
                matched = again;
                other_layout = Some(other);
            }
        }
    }
    let total = matched.total;
    let skip = match query.cursor.as_str() {
        "" => (query.page.max(1) as usize - 1).saturating_mul(limit),
        cursor => matched.after(cursor).ok_or_else(|| bad_query("cursor", "bad_format"))?,
    };
    let page = matched.page(skip, limit);

    let columns = columns(entry);
    let zone = snapshot.zone();
    let cursor = match page.last() {
        Some((held, _)) if skip + page.len() < total => held.id.to_string(),
        _ => String::new(),
    };
    let rows: Vec<Row> = page
        .iter()
        .map(|(held, depth)| (held, depth, snapshot.used_outside((number, held.id))))
        .map(|(held, depth, outside)| Row {
            id: held.id,
            key: held.key.clone(),
            revision: held.revision,
            name: held.name(reader.language).to_owned(),
            active: held.facts.active,
            archived: held.archived,
            depth: *depth,
            used: asked.used(held),
            outside: outside.uses,
            last_used: outside.last_at.map(|at| crate::clock::rfc3339(at, &zone)).unwrap_or_default(),
            branch: asked.tree.as_ref().map_or(0, |tree| tree.whole(held.id)),
            ailments: among.and_then(|among| among.get(&held.id)).cloned().unwrap_or_default(),
            value: if query.whole { held.value() } else { pick(held.value(), &columns) },
        })
        .collect();
    let links: BTreeSet<(u8, i64)> =
        page.iter().flat_map(|(held, _)| held.links.iter().map(|(_, place)| *place)).collect();
    let labels = links
        .into_iter()
        .filter_map(|(section, id)| {
            Some(found(section_of(section), snapshot.get(section_of(section), id)?, reader))
        })
        .collect();
    let all = if reader.own {
        shelf.records().filter(|held| reader.sees(held)).count()
    } else {
        shelf.live() + shelf.archived()
    };
    Ok(List {
        rows,
        total: total as u64,
        all: all as u64,
        cursor,
        other_layout,
        labels,
        health: IndexMap::new(),
        reported: snapshot.is_reported(number),
        seq: snapshot.head,
    })
}

/// Records of `section` whose name, key or text answers to `q`, best first.
pub fn find(snapshot: &Snapshot, section: &str, q: &str, limit: usize, reader: Reader) -> Vec<Found> {
    let (Some(shelf), Some(entry)) = (snapshot.shelf(section), registry::entry(section)) else {
        return Vec::new();
    };
    if registry::is_document(section) {
        return Vec::new();
    }
    let query = ListQuery::default();
    let Ok(filters) = Filters::of(entry, &query, reader) else { return Vec::new() };
    let number = number(section).unwrap_or_default();
    let asked = Asked { snapshot, number, tree: None, shelf, entry, query: &query, filters, reader };
    let take = |words: &str| -> Vec<Found> {
        let Ok(mut matched) = asked.matched(words) else { return Vec::new() };
        matched.page(0, limit).iter().map(|(held, _)| found(section, held, reader)).collect()
    };
    let first = take(q);
    match text::other_layout(q.trim()) {
        Some(other) if first.is_empty() && !q.trim().is_empty() => take(&other),
        _ => first,
    }
}

/// A record as a link shows it.
pub fn found(section: &str, held: &Held, reader: Reader) -> Found {
    let colour = held.value().get("colour").and_then(Value::as_str).map(str::to_owned);
    Found {
        section: section.to_owned(),
        id: held.id,
        key: held.key.clone(),
        name: held.name(reader.language).to_owned(),
        colour,
        active: held.facts.active,
        archived: held.archived,
    }
}

/// A question that names what there is not.
pub(super) fn bad_query(field: &str, code: &str) -> Error {
    Error::invalid(Problems(vec![
        Problem::error(format!("/{field}"), code).with("name", field).with("format", field),
    ]))
}

/// The fields that a list shows.
fn columns(entry: &dyn Entry) -> Vec<String> {
    schema::fields(entry.schema())
        .filter(|(_, property)| {
            let widget = property.get("x-widget").and_then(Value::as_str);
            property.get("x-column").is_some() || matches!(widget, Some("parent" | "order"))
        })
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn pick(value: Value, columns: &[String]) -> Value {
    let Value::Object(mut fields) = value else { return value };
    let picked: Map<String, Value> =
        columns.iter().filter_map(|name| fields.remove(name).map(|value| (name.clone(), value))).collect();
    Value::Object(picked)
}

/// The field that names the parent of a record, in a section that is a tree.
fn parent_field(entry: &dyn Entry) -> Option<&str> {
    schema::fields(entry.schema())
        .find(|(_, property)| property.get("x-widget") == Some(&"parent".into()))
        .map(|(name, _)| name)
}

/// How many records of other sections refer to each record of a tree, and to all that stands in it.
struct Branches {
    own: HashMap<i64, u32>,
    children: HashMap<i64, Vec<i64>>,
}

impl Branches {
    fn of(snapshot: &Snapshot, shelf: &Shelf, section: u8, parent: &str) -> Self {
        let pointer = format!("/{parent}");
        let mut branches = Self { own: HashMap::new(), children: HashMap::new() };
        for held in shelf.records() {
            // What is archived is used no more.
            let from = |(from, id): &(u8, i64)| {
                *from != section && snapshot.get(section_of(*from), *id).is_some_and(|held| !held.archived)
            };
            let own = snapshot.referrers((section, held.id)).filter(from).count();
            branches.own.insert(held.id, own as u32);
            let above = held.links.iter().find(|(at, _)| *at == pointer);
            if let Some((_, (_, above))) = above.filter(|_| !held.archived) {
                branches.children.entry(*above).or_default().push(held.id);
            }
        }
        branches
    }

    fn own(&self, id: i64) -> u32 {
        self.own.get(&id).copied().unwrap_or_default()
    }

    /// Rules keep circles out of what is stored, so this ends.
    fn whole(&self, id: i64) -> u32 {
        let inside = self.children.get(&id).into_iter().flatten();
        self.own(id) + inside.map(|child| self.whole(*child)).sum::<u32>()
    }
}

/// The filters of a query, checked against the schema.
struct Filters<'a> {
    /// Only these, if it is there.
    among: Option<&'a HashMap<i64, Problems>>,
    active: Option<bool>,
    links: Vec<(String, i64)>,
    /// Field, wanted value, and how the pair stands in canonical JSON: a quick look before the value is read.
    fields: Vec<(String, Value, Finder<'static>)>,
}

impl Filters<'_> {
    fn of(entry: &dyn Entry, query: &ListQuery, reader: Reader) -> Result<Self, Error> {
        let mut filters = Self { among: None, active: None, links: Vec::new(), fields: Vec::new() };
        for (name, wanted) in &query.filter {
            let property =
                schema::fields(entry.schema()).find(|(field, _)| field == name).map(|(_, property)| property);
            let Some(property) = property else { return Err(bad_query(name, "unknown_column")) };
            if name == "active" {
                filters.active = Some(wanted == "true");
            } else if property.get("x-ref").is_some() {
                let me = reader.user.filter(|_| wanted == "me" && property["x-ref"] == User::KEY);
                let id = me.or_else(|| wanted.parse().ok()).ok_or_else(|| bad_query(name, "bad_format"))?;
                filters.links.push((format!("/{name}"), id));
            } else {
                let value = match wanted.as_str() {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    text => Value::String(text.to_owned()),
                };
                let needle = format!("{}:{value}", Value::from(name.as_str()));
                filters.fields.push((name.clone(), value, Finder::new(&needle).into_owned()));
            }
        }
        Ok(filters)
    }

    fn is_empty(&self) -> bool {
        self.among.is_none() && self.active.is_none() && self.links.is_empty() && self.fields.is_empty()
    }

    fn pass(&self, held: &Held) -> bool {
        self.among.is_none_or(|among| among.contains_key(&held.id))
            && self.active.is_none_or(|active| held.facts.active == active)
            && self.links.iter().all(|(pointer, id)| {
                held.links.iter().any(|(at, place)| {
                    place.1 == *id && (at == pointer || at.starts_with(&format!("{pointer}/")))
                })
            })
            && self.fields.iter().all(|(name, value, finder)| {
                finder.find(held.data.as_bytes()).is_some() && held.value().get(name) == Some(value)
            })
    }
}

/// A question to a shelf.
struct Asked<'a> {
    snapshot: &'a Snapshot,
    /// The section's, by which links name it.
    number: u8,
    /// Of a tree, how much each branch is used; without it a tree is not told or ordered by use.
    tree: Option<Branches>,
    shelf: &'a Shelf,
    entry: &'a dyn Entry,
    query: &'a ListQuery,
    filters: Filters<'a>,
    reader: Reader,
}

/// A row in the making: the record, and its depth in the tree.
type Line<'a> = (&'a Held, u32);

/// The records that answer.
struct Matched<'a> {
    total: usize,
    rows: Rows<'a>,
}

/// Where the rows come from.
enum Rows<'a> {
    /// In order already.
    Sorted(Vec<Line<'a>>),
    /// By rank and within a rank by name; only as many as a page needs are brought into order.
    Ranked { ranks: Ranks, shelf: &'a Shelf, language: Language, archived: bool },
    /// The whole shelf by name, walked only as far as the page.
    Whole { shelf: &'a Shelf, language: Language, archived: bool, descending: bool },
}

impl<'a> Asked<'a> {
    fn wants(&self, held: &Held) -> bool {
        held.archived == self.query.archived && self.reader.sees(held) && self.filters.pass(held)
    }

    /// How many records refer to it; in a tree, from outside of the tree.
    fn used(&self, held: &Held) -> u32 {
        match &self.tree {
            Some(tree) => tree.own(held.id),
            None => self.snapshot.referrers((self.number, held.id)).count() as u32,
        }
    }

    fn matched(&self, words: &str) -> Result<Matched<'a>, Error> {
        let (field, descending) = match self.query.sort.strip_prefix('-') {
            Some(field) => (field, true),
            None => (self.query.sort.as_str(), false),
        };
        if let Some(words) = Words::new(words) {
            let ranks = self.search(&words);
            if field.is_empty() {
                let total = ranks.iter().map(Vec::len).sum();
                let (shelf, language, archived) = (self.shelf, self.reader.language, self.query.archived);
                return Ok(Matched { total, rows: Rows::Ranked { ranks, shelf, language, archived } });
            }
            let found = ranks.into_iter().flatten().filter_map(|id| self.shelf.get(id));
            let lines = found.map(|held| (&**held, 0)).collect();
            return self.sorted(lines, field, descending);
        }
        if let Some(parent) = parent_field(self.entry).filter(|_| field.is_empty()) {
            let lines = self.tree(parent);
            return Ok(Matched { total: lines.len(), rows: Rows::Sorted(lines) });
        }
        let whole = !self.reader.own && self.shelf.is_open_to(self.reader.user);
        if matches!(field, "" | "name") && self.filters.is_empty() && whole {
            let archived = self.query.archived;
            let total = if archived { self.shelf.archived() } else { self.shelf.live() };
            let rows =
                Rows::Whole { shelf: self.shelf, language: self.reader.language, archived, descending };
            return Ok(Matched { total, rows });
        }
        let lines = self
            .shelf
            .by_name(self.reader.language, self.query.archived)
            .filter(|held| self.wants(held))
            .map(|held| (&**held, 0))
            .collect();
        self.sorted(lines, if field.is_empty() { "name" } else { field }, descending)
    }

    /// In the order asked for.
    fn sorted(&self, mut lines: Vec<Line<'a>>, field: &str, descending: bool) -> Result<Matched<'a>, Error> {
        let language = self.reader.language;
        match field {
            "name" => lines.sort_by(|(a, _), (b, _)| a.sort[slot(language)].cmp(&b.sort[slot(language)])),
            "id" => lines.sort_by_key(|(held, _)| held.id),
            "changed" => lines.sort_by_key(|(held, _)| held.seq),
            "used" => lines.sort_by_cached_key(|(held, _)| {
                self.snapshot.used_outside((self.number, held.id)).uses.saturating_add(self.used(held).into())
            }),
            "last_used" => {
                lines.sort_by_cached_key(|(held, _)| {
                    self.snapshot.used_outside((self.number, held.id)).last_at
                });
            }
            "active" => lines.sort_by_key(|(held, _)| !held.facts.active),
            _ => {
                if !schema::fields(self.entry.schema()).any(|(name, _)| name == field) {
                    return Err(bad_query("sort", "unknown_column"));
                }
                lines.sort_by_cached_key(|(held, _)| order_of(held.value().get(field), language));
            }
        }
        if descending {
            lines.reverse();
        }
        Ok(Matched { total: lines.len(), rows: Rows::Sorted(lines) })
    }

    /// Every wanted record in which all words occur. A large shelf is searched in as many parts as there are cores.
    fn search(&self, words: &Words) -> Ranks {
        let scan = |part: std::ops::Range<i64>| -> Ranks {
            let mut ranks = Ranks::default();
            self.shelf.texts().search(part, words, self.query.archived, |id, rank, personal| {
                let plain = !personal && !self.reader.own && self.filters.is_empty();
                if plain || self.shelf.get(id).is_some_and(|held| self.wants(held)) {
                    ranks[rank as usize].push(id);
                }
            });
            ranks
        };
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as i64;
        let mut parts = self.shelf.texts().parts(threads).into_iter();
        let Some(first) = parts.next() else { return Ranks::default() };
        std::thread::scope(|scope| {
            let scan = &scan;
            let others: Vec<_> = parts.map(|part| scope.spawn(move || scan(part))).collect();
            let mut all = scan(first);
            for part in others {
                let part = part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                for (rank, found) in all.iter_mut().zip(part) {
                    rank.extend(found);
                }
            }
            all
        })
    }

    /// The records of a tree, each below its parent, siblings by `order` and then by name.
    fn tree(&self, parent: &str) -> Vec<Line<'a>> {
        let shown: Vec<(Value, &'a Held)> = self
            .shelf
            .by_name(self.reader.language, self.query.archived)
            .filter(|held| self.wants(held))
            .map(|held| (held.value(), &**held))
            .collect();
        let ids: BTreeSet<i64> = shown.iter().map(|(_, held)| held.id).collect();
        let mut children: HashMap<i64, Vec<(i64, &'a Held)>> = HashMap::new();
        for (value, held) in shown {
            // A child whose parent is not shown (archived, filtered out) stands at the top rather than nowhere.
            let above = value.get(parent).and_then(Value::as_i64).filter(|id| ids.contains(id)).unwrap_or(0);
            let order = value.get("order").and_then(Value::as_i64).unwrap_or(0);
            children.entry(above).or_default().push((order, held));
        }
        for siblings in children.values_mut() {
            siblings.sort_by_key(|(order, _)| *order);
        }
        let mut lines = Vec::with_capacity(ids.len());
        descend(&mut children, 0, 0, &mut lines);
        lines
    }
}

fn descend<'a>(
    children: &mut HashMap<i64, Vec<(i64, &'a Held)>>,
    parent: i64,
    depth: u32,
    lines: &mut Vec<Line<'a>>,
) {
    for (_, held) in children.remove(&parent).unwrap_or_default() {
        lines.push((held, depth));
        descend(children, held.id, depth + 1, lines);
    }
}

impl<'a> Matched<'a> {
    /// The place behind the row that a cursor names.
    fn after(&mut self, cursor: &str) -> Option<usize> {
        let id: i64 = cursor.parse().ok()?;
        self.page(0, self.total).iter().position(|(held, _)| held.id == id).map(|n| n + 1)
    }

    fn page(&mut self, skip: usize, limit: usize) -> Vec<Line<'a>> {
        match &mut self.rows {
            Rows::Sorted(lines) => lines.iter().skip(skip).take(limit).copied().collect(),
            Rows::Ranked { ranks, shelf, language, archived } => {
                let (mut skip, mut page) = (skip, Vec::new());
                for rank in ranks {
                    let rows = in_order(rank, shelf, *language, *archived, skip, limit - page.len());
                    page.extend(rows.into_iter().map(|held| (held, 0)));
                    skip = skip.saturating_sub(rank.len());
                }
                page
            }
            Rows::Whole { shelf, language, archived, descending } => {
                // Only the records of the page are looked up.
                let ids = shelf.ids_by_name(*language, *archived);
                let ids: Vec<i64> = if *descending {
                    ids.rev().skip(skip).take(limit).collect()
                } else {
                    ids.skip(skip).take(limit).collect()
                };
                ids.into_iter().filter_map(|id| shelf.get(id)).map(|held| (&**held, 0)).collect()
            }
        }
    }
}

/// How a field's value is ordered: numbers as numbers, text by the alphabet, what is empty last.
fn order_of(value: Option<&Value>, language: Language) -> (u8, i64, Box<[u8]>) {
    match value {
        Some(Value::Number(number)) => (0, number.as_i64().unwrap_or_default(), Box::default()),
        Some(Value::Bool(on)) => (0, i64::from(!*on), Box::default()),
        Some(Value::String(text)) if !text.is_empty() => (1, 0, super::collation::sort_key(text, language)),
        Some(Value::Object(words)) => {
            let text = words.get(language.tag()).or_else(|| words.values().next()).and_then(Value::as_str);
            text.map_or((2, 0, Box::default()), |text| (1, 0, super::collation::sort_key(text, language)))
        }
        _ => (2, 0, Box::default()),
    }
}

/// Those found at each [`Rank`](super::search::Rank).
type Ranks = [Vec<i64>; Rank::ALL.len()];

/// A part of some records of a shelf in the order of names. Few are sorted; of many, those are picked that the order
/// kept by the shelf meets first.
fn in_order<'a>(
    found: &[i64],
    shelf: &'a Shelf,
    language: Language,
    archived: bool,
    skip: usize,
    limit: usize,
) -> Vec<&'a Held> {
    const FEW: usize = 1000;
    if found.len() <= skip || limit == 0 {
        return Vec::new();
    }
    let held = |id: i64| shelf.get(id).map(|held| &**held);
    if found.len() <= FEW {
        let mut all: Vec<&Held> = found.iter().filter_map(|id| held(*id)).collect();
        let n = slot(language);
        all.sort_unstable_by(|a, b| (&a.sort[n], a.id).cmp(&(&b.sort[n], b.id)));
        return all.into_iter().skip(skip).take(limit).collect();
    }
    let mut members = vec![0_u64; shelf.last_id() as usize / 64 + 1];
    for id in found {
        members[*id as usize / 64] |= 1 << (id % 64);
    }
    shelf
        .ids_by_name(language, archived)
        .filter(|id| members[*id as usize / 64] >> (id % 64) & 1 == 1)
        .skip(skip)
        .take(limit)
        .filter_map(held)
        .collect()
}
