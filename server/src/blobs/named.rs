//! The files that a commit names: each must be kept here, be what the commit says, and be allowed by the rules for files.

use std::collections::HashMap;
use std::sync::OnceLock;

use app::backend::{Commit, Operation};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema;
use app::sections::files::{self, Asked, Direction, Files};
use app::sections::registry;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::Value;

use super::{Known, known};
use crate::clock;
use crate::database::Database;
use crate::database::entities::blob;
use crate::settings::Snapshot;

/// The sections whose records may carry files.
pub fn sections() -> &'static [&'static str] {
    static SECTIONS: OnceLock<Vec<&'static str>> = OnceLock::new();
    SECTIONS.get_or_init(|| {
        registry::all().iter().filter(|entry| carries(entry.schema())).map(|entry| entry.item().key).collect()
    })
}

fn carries(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => map.get("x-blob") == Some(&Value::Bool(true)) || map.values().any(carries),
        Value::Array(items) => items.iter().any(carries),
        _ => false,
    }
}

/// A file that a commit names and the record did not name before.
struct Named {
    operation: u32,
    pointer: String,
    file: Value,
}

impl Named {
    fn text(&self, name: &str) -> &str {
        self.file.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Refuses a commit that names a file which is not kept, or which the rules for files don't let an operator send. What
/// a record carries already stays, whatever the rules say by now.
///
/// # Errors
/// [`Error::Invalid`] with each such file at its place.
pub async fn check(database: &Database, snapshot: &Snapshot, commit: &Commit) -> Result<(), Error> {
    let named: Vec<Named> = commit
        .operations
        .iter()
        .enumerate()
        .flat_map(|(n, operation)| newly_named(n as u32, operation, snapshot))
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let mut hashes: Vec<String> = named.iter().map(|named| named.text("hash").to_owned()).collect();
    hashes.sort();
    hashes.dedup();
    let kept = look_up(database, &hashes).await.map_err(|error| {
        tracing::error!(%error, "files that a commit names could not be looked up");
        Error::Busy
    })?;
    let rules: Files = snapshot.typed(0).unwrap_or_default();
    let (mut problems, mut operations) = (Problems::default(), Vec::new());
    for named in &named {
        if let Some(problem) = objection(named, kept.get(named.text("hash")), &rules) {
            problems.push(problem);
            operations.push(named.operation);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid { problems, operations }) }
}

/// The files of an operation's value that its record does not carry yet. A value that is no value yet names none: the
/// check of its schema says what is wrong with it.
fn newly_named(operation: u32, of: &Operation, snapshot: &Snapshot) -> Vec<Named> {
    let (section, id, value) = match of {
        Operation::Create { section, value, .. } => (section, -1, value),
        Operation::Put { section, id, value, .. } | Operation::Patch { section, id, patch: value, .. } => {
            (section, *id, value)
        }
        _ => return Vec::new(),
    };
    let Some(entry) = registry::entry(section).filter(|entry| sections().contains(&entry.item().key)) else {
        return Vec::new();
    };
    let hash = |file: &Value| file.get("hash").and_then(Value::as_str).map(str::to_owned);
    let carried: Vec<String> = snapshot
        .get(section, id)
        .map(|held| schema::attached(entry.schema(), &held.value()))
        .unwrap_or_default()
        .iter()
        .filter_map(|(_, file)| hash(file))
        .collect();
    schema::attached(entry.schema(), value)
        .into_iter()
        .filter(|(_, file)| hash(file).is_some_and(|hash| !carried.contains(&hash)))
        .map(|(pointer, file)| Named { operation, pointer, file })
        .collect()
}

/// What is known of the files, each with its first bytes. They are fresh again: none is swept before the commit.
async fn look_up(database: &Database, hashes: &[String]) -> Result<HashMap<String, (Known, Vec<u8>)>, DbErr> {
    let connection = database.connection();
    blob::Entity::update_many()
        .col_expr(blob::Column::At, Expr::value(clock::now()))
        .filter(blob::Column::Hash.is_in(hashes))
        .exec(connection)
        .await?;
    let mut found = HashMap::new();
    for one in known(database, hashes).await? {
        let bytes = super::get(database, &one.hash).await?.map(|row| row.bytes).unwrap_or_default();
        let first = bytes[..bytes.len().min(files::FIRST_BYTES)].to_vec();
        found.insert(one.hash.clone(), (one, first));
    }
    Ok(found)
}

/// What is wrong with a file that a commit names.
fn objection(named: &Named, kept: Option<&(Known, Vec<u8>)>, rules: &Files) -> Option<Problem> {
    let Some((known, first)) = kept else {
        return Some(Problem::error(&named.pointer, "blob_unknown"));
    };
    if named.file.get("size").and_then(Value::as_i64) != Some(known.size) || named.text("type") != known.kind
    {
        return Some(Problem::error(&named.pointer, "blob_differs"));
    }
    let asked = Asked {
        name: named.text("name"),
        declared: &known.kind,
        first,
        size: known.size.unsigned_abs(),
        direction: Direction::Out,
    };
    let refusal = files::verdict(rules, asked).refusal?;
    Some(Problem { pointer: named.pointer.clone(), ..refusal })
}
