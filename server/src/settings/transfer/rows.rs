//! The rows of a file as it was written, CSV or JSON, before anything is known of the records that they mean.

use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::registry::Entry;
use app::value;
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// One row of a file: its line, its key if it names one, its value or what is wrong with the row itself.
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) key: Option<String>,
    pub(super) value: Result<Map<String, Value>, Problems>,
}

/// The rows of a JSON text: a list of records or of plain names, or one record.
///
/// # Errors
/// It is no JSON.
pub(super) fn read_json(source: &str) -> Result<Vec<Row>, Error> {
    let parsed = value::parse_json(source).map_err(|syntax| {
        let problem = Problem::error("", "bad_json").with("line", syntax.line).with("column", syntax.column);
        Error::invalid(Problems(vec![problem]))
    })?;
    let list = match parsed {
        Value::Array(list) => list,
        other => vec![other],
    };
    Ok(list
        .into_iter()
        .enumerate()
        .map(|(n, row)| {
            let line = n as u32 + 1;
            match row {
                Value::Object(mut fields) => {
                    fields.shift_remove("id");
                    let key = fields.shift_remove("key").and_then(|key| key.as_str().map(str::to_owned));
                    Row { line, key: key.filter(|key| !key.is_empty()), value: Ok(fields) }
                }
                // A list of plain names is the quickest import there is.
                Value::String(name) => Row { line, key: None, value: Ok(named(name)) },
                _ => Row { line, key: None, value: Err(Problems(vec![Problem::error("", "not_readable")])) },
            }
        })
        .collect())
}

fn named(name: String) -> Map<String, Value> {
    std::iter::once(("name".to_owned(), Value::String(name))).collect()
}

/// Reads CSV with `,`, `;` or tab; a file whose first row names no field is a pasted list of names, one to a line.
pub(super) fn read_csv(entry: &dyn Entry, source: &str) -> Vec<Row> {
    // Ends of lines as spreadsheets on Windows write them would count for nothing in the number of a line.
    let source = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let first = source.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|d| first.bytes().filter(|b| b == d).count())
        .unwrap_or(b',');
    let known = |column: &str| {
        let name = column.split('.').next().unwrap_or_default();
        matches!(name, "key" | "id") || schema::fields(entry.schema()).any(|(field, _)| field == name)
    };
    let has_header = first.split(char::from(delimiter)).any(|column| known(column.trim().trim_matches('"')));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(source.as_bytes());
    let mut records = reader.records();
    let header: Vec<String> = if has_header {
        match records.next() {
            Some(Ok(record)) => record.iter().map(|column| column.trim().to_owned()).collect(),
            _ => Vec::new(),
        }
    } else {
        vec![
            if schema::fields(entry.schema()).any(|(name, _)| name == "title") { "title" } else { "name" }
                .to_owned(),
        ]
    };
    records
        .enumerate()
        .filter_map(|(n, record)| {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(n as u64 + 1, csv::Position::line) as u32;
                    return Some(Row {
                        line,
                        key: None,
                        value: Err(Problems(vec![Problem::error("", "bad_csv")])),
                    });
                }
            };
            let line = record.position().map_or(0, csv::Position::line) as u32;
            if record.iter().all(|cell| cell.trim().is_empty()) {
                return None;
            }
            Some(csv_row(entry, line, &header, &record))
        })
        .collect()
}

fn csv_row(entry: &dyn Entry, line: u32, header: &[String], record: &csv::StringRecord) -> Row {
    let mut key = None;
    let mut fields: IndexMap<String, Value> = IndexMap::new();
    let mut problems = Problems::default();
    for (column, cell) in header.iter().zip(record.iter().map(unguard)) {
        let (name, tag) =
            column.split_once('.').map_or((column.as_str(), None), |(name, tag)| (name, Some(tag)));
        match name {
            "key" => key = Some(cell.trim().to_owned()).filter(|key| !key.is_empty()),
            "id" => {}
            _ => match schema::fields(entry.schema()).find(|(field, _)| *field == name) {
                None => problems.push(Problem::error("", "unknown_column").with("name", column.as_str())),
                Some((_, property)) => {
                    if property.get("x-words").is_some() {
                        let words =
                            fields.entry(name.to_owned()).or_insert_with(|| Value::Object(Map::new()));
                        if let Some(words) = words.as_object_mut().filter(|_| !cell.is_empty()) {
                            words.insert(tag.unwrap_or("uk").to_owned(), cell.into());
                        }
                    } else {
                        fields.insert(name.to_owned(), typed(property, cell));
                    }
                }
            },
        }
    }
    let value = if problems.is_empty() { Ok(fields.into_iter().collect()) } else { Err(problems) };
    Row { line, key, value }
}

/// A cell as the schema wants it; what doesn't fit stays text, so that the check names it at its place.
fn typed(property: &Value, cell: &str) -> Value {
    let kinds: Vec<&str> = match property.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let trimmed = cell.trim();
    if trimmed.is_empty() {
        return if kinds.contains(&"null") {
            Value::Null
        } else {
            property.get("default").cloned().unwrap_or_else(|| cell.into())
        };
    }
    if property.get("x-ref").is_some() && !kinds.contains(&"array") {
        return trimmed.parse::<i64>().map_or_else(|_| trimmed.into(), Value::from);
    }
    if kinds.contains(&"boolean") {
        match trimmed.to_lowercase().as_str() {
            "true" | "1" | "yes" | "так" => return true.into(),
            "false" | "0" | "no" | "ні" => return false.into(),
            _ => return cell.into(),
        }
    }
    if kinds.contains(&"integer") || kinds.contains(&"array") || kinds.contains(&"object") {
        return value::parse_json(trimmed).unwrap_or_else(|_| cell.into());
    }
    cell.into()
}

/// What [`super::guard`] put in front is taken away.
fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => text,
    }
}
