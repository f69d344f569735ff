//! Lists: which records of a section answer to a query, in which order, and which of them stand on a page.
//!
//! Everything is answered from the snapshot. The order by name is kept up as commits apply, so a page of a hundred
//! thousand records costs as much as a page of a hundred; search scans folded text.

use app::backend::{Found, List, ListQuery, Row};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::registry::{self, Entry};
use app::text;
use app::words::Language;
use memchr::memmem::Finder;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::collation::slot;
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
}

impl Reader {
    /// May this reader see the record? A personal one is its owner's alone.
    pub fn sees(&self, held: &Held) -> bool {
        held.facts.owner.is_none() || held.facts.owner == self.user
    }
}

/// One page of `section`.
///
/// # Errors
/// A filter or an order by a field that the section doesn't have.
pub fn list(snapshot: &Snapshot, section: &str, query: &ListQuery, reader: Reader) -> Result<List, Error> {
    let entry = registry::entry(section).ok_or(Error::Missing)?;
    let shelf = snapshot.shelf(section).ok_or(Error::Missing)?;
    let limit = if query.limit == 0 { 50 } else { query.limit.min(MAX_ROWS) } as usize;
    let filters = Filters::of(entry, query)?;
    let wanted =
        |held: &Arc<Held>| held.archived == query.archived && reader.sees(held) && filters.pass(held);

    let words = text::fold(&query.q);
    let mut other_layout = None;
    let mut matched = Matched::find(shelf, entry, query, &words, reader, &wanted)?;
    if matched.is_empty() && !words.is_empty() {
        // Nothing: perhaps it was typed on the other keyboard layout.
        if let Some(other) = text::other_layout(query.q.trim()) {
            let again = Matched::find(shelf, entry, query, &text::fold(&other), reader, &wanted)?;
            if !again.is_empty() {
                matched = again;
                other_layout = Some(other);
            }
        }
    }

    let total = matched.len();
    let skip = if query.cursor.is_empty() {
        (query.page.max(1) as usize - 1) * limit
    } else {
        matched.after(&query.cursor).ok_or_else(|| bad_query("cursor", "bad_format"))?
    };
    let columns = columns(entry);
    let page: Vec<&(Arc<Held>, u32)> = matched.rows(skip, limit);
    let cursor = match page.last() {
        Some((held, _)) if skip + page.len() < total => held.id.to_string(),
        _ => String::new(),
    };
    let section_number = number(section).unwrap_or_default();
    let rows: Vec<Row> = page
        .iter()
        .map(|(held, depth)| Row {
            id: held.id,
            key: held.key.clone(),
            revision: held.revision,
            name: held.name(reader.language).to_owned(),
            active: held.facts.active,
            archived: held.archived,
            depth: *depth,
            used: snapshot.referrers((section_number, held.id)).count() as u32,
            value: pick(held.value(), &columns),
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
    Ok(List {
        rows,
        total: total as u64,
        all: (shelf.live() + shelf.archived()) as u64,
        cursor,
        other_layout,
        labels,
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
    let live = |held: &Arc<Held>| !held.archived && reader.sees(held);
    let query = ListQuery { limit: limit as u32, ..ListQuery::default() };
    let take = |words: &str| -> Vec<Found> {
        let Ok(matched) = Matched::find(shelf, entry, &query, words, reader, &live) else {
            return Vec::new();
        };
        matched.rows(0, limit).iter().map(|(held, _)| found(section, held, reader)).collect()
    };
    let first = take(&text::fold(q));
    match text::other_layout(q.trim()) {
        Some(other) if first.is_empty() && !q.trim().is_empty() => take(&text::fold(&other)),
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

fn bad_query(field: &str, code: &str) -> Error {
    Error::invalid(Problems(vec![
        Problem::error(format!("/{field}"), code).with("name", field).with("format", field),
    ]))
}

/// The fields that a list shows.
fn columns(entry: &dyn Entry) -> Vec<String> {
    schema::fields(entry.schema())
        .filter(|(_, property)| {
            property.get("x-column").is_some() || property.get("x-widget") == Some(&"parent".into())
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

/// The filters of a query, checked against the schema.
struct Filters {
    active: Option<bool>,
    links: Vec<(String, i64)>,
    /// Field, wanted value, and how the pair stands in canonical JSON: a quick look before the value is read.
    fields: Vec<(String, Value, Finder<'static>)>,
}

impl Filters {
    fn of(entry: &dyn Entry, query: &ListQuery) -> Result<Self, Error> {
        let mut filters = Self { active: None, links: Vec::new(), fields: Vec::new() };
        for (name, wanted) in &query.filter {
            let property =
                schema::fields(entry.schema()).find(|(field, _)| field == name).map(|(_, property)| property);
            let Some(property) = property else { return Err(bad_query(name, "unknown_column")) };
            if name == "active" {
                filters.active = Some(wanted == "true");
            } else if property.get("x-ref").is_some() {
                let id = wanted.parse().map_err(|_| bad_query(name, "bad_format"))?;
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

    fn pass(&self, held: &Held) -> bool {
        self.active.is_none_or(|active| held.facts.active == active)
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

/// The records that answer, in order, each with its depth in the tree.
struct Matched(Vec<(Arc<Held>, u32)>);

impl Matched {
    fn find(
        shelf: &Shelf,
        entry: &dyn Entry,
        query: &ListQuery,
        words: &str,
        reader: Reader,
        wanted: &dyn Fn(&Arc<Held>) -> bool,
    ) -> Result<Self, Error> {
        if !words.is_empty() {
            let mut ranked = search(shelf, words, reader.language, wanted);
            if query.sort.is_empty() {
                ranked.sort_by_key(|(rank, _)| *rank);
            }
            let rows = ranked.into_iter().map(|(_, held)| (held, 0)).collect();
            return Self(rows).sorted(entry, &query.sort, reader);
        }
        let parent = schema::fields(entry.schema())
            .find(|(_, property)| property.get("x-widget") == Some(&"parent".into()))
            .map(|(name, _)| name.to_owned());
        if let Some(parent) = parent.filter(|_| query.sort.is_empty()) {
            return Ok(Self(tree(shelf, &parent, reader, wanted)));
        }
        let rows = shelf
            .by_name(reader.language)
            .filter(|held| wanted(held))
            .map(|held| (held.clone(), 0))
            .collect();
        Self(rows).sorted(entry, &query.sort, reader)
    }

    /// In the order asked for; what comes in is in the order of names.
    fn sorted(mut self, entry: &dyn Entry, sort: &str, reader: Reader) -> Result<Self, Error> {
        let (field, descending) = sort.strip_prefix('-').map_or((sort, false), |field| (field, true));
        match field {
            "" => return Ok(self),
            "name" => self.0.sort_by(|(a, _), (b, _)| {
                let n = slot(reader.language);
                a.sort[n].cmp(&b.sort[n])
            }),
            "id" => self.0.sort_by_key(|(held, _)| held.id),
            "changed" => self.0.sort_by_key(|(held, _)| held.seq),
            "active" => self.0.sort_by_key(|(held, _)| !held.facts.active),
            _ => {
                if !schema::fields(entry.schema()).any(|(name, _)| name == field) {
                    return Err(bad_query("sort", "unknown_column"));
                }
                self.0.sort_by_cached_key(|(held, _)| order_of(held.value().get(field), reader.language));
            }
        }
        if descending {
            self.0.reverse();
        }
        Ok(self)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// The place behind the row that a cursor names.
    fn after(&self, cursor: &str) -> Option<usize> {
        let id: i64 = cursor.parse().ok()?;
        self.0.iter().position(|(held, _)| held.id == id).map(|n| n + 1)
    }

    fn rows(&self, skip: usize, limit: usize) -> Vec<&(Arc<Held>, u32)> {
        self.0.iter().skip(skip).take(limit).collect()
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

/// Every record in which all words occur, with its rank: by its own names first, then by the start of its name, then by
/// a word of it, then by anything else.
fn search(
    shelf: &Shelf,
    words: &str,
    language: Language,
    wanted: &dyn Fn(&Arc<Held>) -> bool,
) -> Vec<(u8, Arc<Held>)> {
    let finders: Vec<Finder<'_>> = words.split(' ').map(|word| Finder::new(word.as_bytes())).collect();
    shelf
        .by_name(language)
        .filter(|held| finders.iter().all(|finder| finder.find(held.folded.as_bytes()).is_some()))
        .filter(|held| wanted(held))
        .map(|held| (rank(held, words), held.clone()))
        .collect()
}

fn rank(held: &Held, words: &str) -> u8 {
    let own = held.facts.unique.iter().map(|(_, _, value)| text::fold(value));
    let name = held.folded.split('\n').next().unwrap_or_default();
    if own.into_iter().any(|value| value == words) {
        0
    } else if held.facts.unique.iter().any(|(_, _, value)| text::fold(value).starts_with(words)) {
        1
    } else if name.starts_with(words) {
        2
    } else if name.split(' ').any(|word| word.starts_with(words)) {
        3
    } else if name.contains(words) {
        4
    } else {
        5
    }
}

/// The records of a tree, each below its parent, siblings by `order` and then by name.
fn tree(
    shelf: &Shelf,
    parent: &str,
    reader: Reader,
    wanted: &dyn Fn(&Arc<Held>) -> bool,
) -> Vec<(Arc<Held>, u32)> {
    let mut children: HashMap<i64, Vec<(i64, Arc<Held>)>> = HashMap::new();
    let shown: Vec<(Value, Arc<Held>)> = shelf
        .by_name(reader.language)
        .filter(|held| wanted(held))
        .map(|held| (held.value(), held.clone()))
        .collect();
    let ids: BTreeSet<i64> = shown.iter().map(|(_, held)| held.id).collect();
    for (value, held) in shown {
        // A child whose parent is not shown (archived, filtered out) stands at the top rather than nowhere.
        let above = value.get(parent).and_then(Value::as_i64).filter(|id| ids.contains(id)).unwrap_or(0);
        let order = value.get("order").and_then(Value::as_i64).unwrap_or(0);
        children.entry(above).or_default().push((order, held));
    }
    for siblings in children.values_mut() {
        siblings.sort_by_key(|(order, _)| *order);
    }
    let mut rows = Vec::with_capacity(ids.len());
    descend(&mut children, 0, 0, &mut rows);
    rows
}

fn descend(
    children: &mut HashMap<i64, Vec<(i64, Arc<Held>)>>,
    parent: i64,
    depth: u32,
    rows: &mut Vec<(Arc<Held>, u32)>,
) {
    for (_, held) in children.remove(&parent).unwrap_or_default() {
        let id = held.id;
        rows.push((held, depth));
        descend(children, id, depth + 1, rows);
    }
}
