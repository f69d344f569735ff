//! Import and export: a section as CSV or JSON, and what reading such a file back would do.
//!
//! Files name records by `key` and refer to others by key, never by id. A row whose key stands changes that record;
//! any other row makes one.

mod rows;

use std::collections::{HashMap, HashSet};

use app::backend::{ImportFile, ImportPlan, ImportRow, Operation};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::registry::{self, Entry};
use app::text;
use app::value;
use serde_json::{Map, Value};

use self::rows::{Row, read_csv, read_json};
use super::Snapshot;
use super::listing::Reader;
use super::prepare::without_secrets;

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 32 * 1024 * 1024;

/// A section as `json` or `csv`, ordered by key so that two exports can be compared.
///
/// # Errors
/// No such section or format.
pub fn export(snapshot: &Snapshot, section: &str, format: &str, reader: Reader) -> Result<String, Error> {
    let entry = registry::entry(section).ok_or(Error::Missing)?;
    let shelf = snapshot.shelf(section).ok_or(Error::Missing)?;
    if registry::is_document(section) {
        let mut value = shelf.get(0).map_or_else(|| entry.default_value(), |held| held.value());
        without_secrets(entry.schema(), &mut value);
        return Ok(value::pretty(&value) + "\n");
    }
    let mut rows: Vec<(String, Value)> = shelf
        .records()
        .filter(|held| !held.archived && reader.sees(held))
        .map(|held| (held.key.clone(), with_keys(snapshot, entry, held.value())))
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    match format {
        "json" => {
            let list: Vec<Value> = rows
                .into_iter()
                .map(|(key, value)| {
                    let mut row = Map::new();
                    row.insert("key".into(), key.into());
                    if let Value::Object(fields) = value {
                        row.extend(fields);
                    }
                    row.into()
                })
                .collect();
            Ok(value::pretty(&list.into()) + "\n")
        }
        "csv" => Ok(to_csv(entry, rows)),
        _ => Err(Error::Missing),
    }
}

/// The value with `key:…` in place of the ids that it links to.
fn with_keys(snapshot: &Snapshot, entry: &dyn Entry, mut value: Value) -> Value {
    for link in schema::references(entry.schema(), &value) {
        let key = snapshot.get(&link.section, link.id).map(|held| held.key.clone());
        if let (Some(key), Some(place)) = (key, value.pointer_mut(&link.pointer)) {
            *place = format!("key:{key}").into();
        }
    }
    if entry.has_secrets() {
        without_secrets(entry.schema(), &mut value);
    }
    value
}

/// Columns: `key`, then each field; a text in several languages has one column a language (`name.uk`), a list or an
/// object is JSON in its cell.
fn to_csv(entry: &dyn Entry, rows: Vec<(String, Value)>) -> String {
    let mut columns: Vec<String> = vec!["key".into()];
    // Marks beside texts are for programs: a file of tables leaves them out, and they stay as they are.
    let shown = schema::fields(entry.schema()).filter(|(_, property)| property.get("x-beside").is_none());
    for (name, property) in shown {
        if property.get("x-words").is_some() {
            let mut tags: Vec<String> = Vec::new();
            for (_, row) in &rows {
                for tag in row.get(name).and_then(Value::as_object).into_iter().flat_map(Map::keys) {
                    if !tags.contains(tag) {
                        tags.push(tag.clone());
                    }
                }
            }
            columns.extend(tags.into_iter().map(|tag| format!("{name}.{tag}")));
        } else {
            columns.push(name.to_owned());
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    // A write into memory has no way to fail.
    let _ = writer.write_record(&columns);
    for (key, row) in rows {
        let cells = columns.iter().map(|column| match column.split_once('.') {
            _ if column == "key" => guard(&key),
            Some((name, tag)) => cell(row.get(name).and_then(|words| words.get(tag))),
            None => cell(row.get(column)),
        });
        let _ = writer.write_record(cells);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => guard(text),
        Some(other) => other.to_string(),
    }
}

/// A spreadsheet runs a cell that begins like a formula; an apostrophe in front keeps it text. Reading takes it away.
fn guard(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// What importing `file` into `section` would do.
///
/// # Errors
/// The file as a whole can't be read: too large, no CSV, no JSON.
pub fn plan(snapshot: &Snapshot, section: &str, file: &ImportFile) -> Result<ImportPlan, Error> {
    let entry = registry::entry(section).filter(|_| !registry::is_document(section)).ok_or(Error::Missing)?;
    let shelf = snapshot.shelf(section).ok_or(Error::Missing)?;
    if file.text.len() > MAX_FILE {
        return Err(Error::TooLarge);
    }
    let rows = match file.format.as_str() {
        "json" => read_json(&file.text)?,
        _ => read_csv(entry, &file.text),
    };
    let order = in_order(snapshot, entry, &rows);
    let mut plan = ImportPlan::default();
    // Keys of the rows that will be made, so far.
    let mut made: HashSet<String> = HashSet::new();
    let mut keys: HashMap<String, u32> = HashMap::new();
    let mut names: HashMap<(&'static str, String, String), u32> = HashMap::new();
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let mut reports: Vec<Option<ImportRow>> = vec![None; rows.len()];
    for n in order {
        let Some(row) = rows[n].take() else { continue };
        let mut report = ImportRow { line: row.line, ..ImportRow::default() };
        let standing = row.key.as_deref().and_then(|key| shelf.by_key(key)).cloned();
        if let Some(key) = &row.key
            && let Some(line) = keys.insert(key.to_lowercase(), row.line)
        {
            report.problems.push(Problem::error("/key", "import_key_twice").with("line", line));
        }
        let mut fields = match row.value {
            Ok(fields) => fields,
            Err(problems) => {
                report.problems.0.extend(problems.0);
                Map::new()
            }
        };
        // A file may hold some of the columns: what it leaves out stays as it is.
        if let Some(held) = &standing
            && let Value::Object(mut whole) = held.value()
        {
            for (name, mut value) in fields {
                // Of a text, too, the languages that the file leaves out stay.
                if let (Some(Value::Object(words)), Value::Object(given)) = (whole.get_mut(&name), &mut value)
                    && is_words(entry, &name)
                {
                    words.append(given);
                } else {
                    whole.insert(name, value);
                }
            }
            fields = whole;
        }
        let mut value = Value::Object(fields);
        // A refused row is known by what it calls itself.
        report.name = called(&value);
        let awaited = from_keys(snapshot, entry, &made, &mut value, &mut report.problems);
        schema::fill_defaults(entry.schema(), &mut value);
        let read = if report.problems.has_errors() {
            None
        } else {
            entry.read(value.clone(), snapshot.languages(), &mut report.problems)
        };
        if let Some(read) = read {
            let facts = entry.facts(&read.data);
            report.name.clone_from(&facts.names[0]);
            for unique in facts.unique.into_iter().filter(|unique| !unique.2.is_empty()) {
                let id = standing.as_ref().map_or(0, |held| held.id);
                if let Some(other) = shelf.holder(&unique, id) {
                    let problem =
                        Problem::error(unique.0, "not_unique").with("name", other.facts.names[0].clone());
                    report.problems.push(problem);
                } else if let Some(line) =
                    names.insert((unique.0, unique.1, text::skeleton(&unique.2)), row.line)
                {
                    report.problems.push(Problem::error(unique.0, "import_key_twice").with("line", line));
                }
            }
            if !report.problems.has_errors() {
                let mut value: Value = serde_json::from_str(&read.data).unwrap_or_default();
                // A link to what is made along with it goes by key: its id is given when both are.
                for (pointer, key) in awaited {
                    value::set(&mut value, &pointer, key.into());
                }
                let section = section.to_owned();
                report.outcome = match standing {
                    Some(held) if *held.data == *read.data => "same".into(),
                    Some(held) => {
                        plan.operations.push(Operation::Put {
                            section,
                            id: held.id,
                            revision: held.revision,
                            value,
                        });
                        "change".into()
                    }
                    None => {
                        made.extend(row.key.as_deref().map(str::to_lowercase));
                        plan.operations.push(Operation::Create { section, key: row.key, value });
                        "create".into()
                    }
                };
            }
        }
        if report.outcome.is_empty() {
            report.outcome = "refused".into();
        }
        reports[n] = Some(report);
    }
    plan.rows = reports.into_iter().flatten().collect();
    Ok(plan)
}

/// The rows of a file, each after those of the same file that it refers to, as the branches of a tree do; a circle stands
/// as in the file, and is refused there.
fn in_order(snapshot: &Snapshot, entry: &dyn Entry, rows: &[Row]) -> Vec<usize> {
    let section = entry.item().key;
    let own: Vec<&str> = schema::fields(entry.schema())
        .filter(|(_, property)| property.get("x-ref").and_then(Value::as_str) == Some(section))
        .map(|(name, _)| name)
        .collect();
    let all = 0..rows.len();
    if own.is_empty() {
        return all.collect();
    }
    let by_key: HashMap<String, usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(n, row)| Some((row.key.as_deref()?.to_lowercase(), n)))
        .filter(|(key, _)| snapshot.shelf(section).is_none_or(|shelf| shelf.by_key(key).is_none()))
        .collect();
    let above = |n: usize| {
        let fields = rows[n].value.as_ref().ok();
        let named = own.iter().filter_map(move |name| fields?.get(*name)?.as_str());
        named.filter_map(|name| by_key.get(&key_of(name).to_lowercase()).copied())
    };
    let (mut order, mut stands) = (Vec::with_capacity(rows.len()), vec![false; rows.len()]);
    for start in all {
        // From the row up to the first that stands, then down again.
        let mut way = Vec::new();
        let mut next = Some(start);
        while let Some(n) = next.filter(|n| !stands[*n]) {
            stands[n] = true;
            way.push(n);
            next = above(n).next();
        }
        order.extend(way.into_iter().rev());
    }
    order
}

/// The key in `key:…`, or the whole where a bare one stands.
fn key_of(name: &str) -> &str {
    name.strip_prefix("key:").unwrap_or(name).trim()
}

/// Does this field hold a text per language?
fn is_words(entry: &dyn Entry, name: &str) -> bool {
    schema::fields(entry.schema()).any(|(field, property)| field == name && property.get("x-words").is_some())
}

/// The record that a file calls `name`: by its key, by its name in either language, or by the way to it from the top of a
/// tree (`Оплата / Повернення`). None if there is none, or several.
fn named_record(snapshot: &Snapshot, section: &str, name: &str) -> Option<i64> {
    let shelf = snapshot.shelf(section)?;
    if let Some(held) = shelf.by_key(name) {
        return Some(held.id);
    }
    let step = |step: &str, above: Option<i64>| {
        let wanted = text::fold(step);
        let mut found = shelf.records().filter(|held| {
            let parent = held.links.iter().find(|(at, _)| at == "/parent").map(|(_, place)| place.1);
            !held.archived
                && above.is_none_or(|above| parent == Some(above))
                && held.facts.names.iter().any(|name| text::fold(name) == wanted)
        });
        found.next().filter(|_| found.next().is_none()).map(|held| held.id)
    };
    step(name, None).or_else(|| {
        let mut way = name.split(['/', '›', '>']).map(str::trim);
        let first = step(way.next()?, None)?;
        way.try_fold(first, |above, name| step(name, Some(above)))
    })
}

/// What a row that can't be read is called, so that a person finds it in the file.
fn called(value: &Value) -> String {
    let name = ["name", "title", "email"].into_iter().find_map(|field| value.get(field));
    let text = match name {
        Some(Value::Object(words)) => words.values().find_map(Value::as_str),
        name => name.and_then(Value::as_str),
    };
    text.unwrap_or_default().chars().take(80).collect()
}

/// Ids in place of the keys (`key:…`, or a bare key where a link belongs) and names that a file refers by. Links to rows
/// that the file makes itself are taken out, and answered as pointer and key.
fn from_keys(
    snapshot: &Snapshot,
    entry: &dyn Entry,
    made: &HashSet<String>,
    value: &mut Value,
    problems: &mut Problems,
) -> Vec<(String, String)> {
    let mut awaited = Vec::new();
    let mut resolve = |pointer: String, section: &str, place: &mut Value| {
        let Some(name) = place.as_str() else { return };
        let name = key_of(name);
        if section == entry.item().key && made.contains(&name.to_lowercase()) {
            awaited.push((pointer, format!("key:{name}")));
            *place = Value::Null;
            return;
        }
        if name.is_empty() {
            *place = Value::Null;
            return;
        }
        match named_record(snapshot, section, name) {
            Some(id) => *place = id.into(),
            None => problems.push(Problem::error(pointer, "missing_target").with("name", name)),
        }
    };
    for (name, property) in schema::fields(entry.schema()) {
        let Some(section) = property.get("x-ref").and_then(Value::as_str) else { continue };
        match value.get_mut(name) {
            Some(Value::Array(list)) => {
                for (n, place) in list.iter_mut().enumerate() {
                    resolve(format!("/{name}/{n}"), section, place);
                }
            }
            Some(place) => resolve(format!("/{name}"), section, place),
            None => {}
        }
    }
    awaited
}
