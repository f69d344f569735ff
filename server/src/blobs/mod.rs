//! Files that records carry: kept by the hash of their bytes, checked when a commit names them, swept when nothing does.

mod named;

use app::field::ATTACHMENT_BYTES;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, Statement,
};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::clock;
use crate::database::Database;
use crate::database::entities::blob;

pub use named::{check, sections};

/// A file that nothing names is kept for a day: whoever uploaded it may not have saved yet.
const UNUSED: i64 = 24 * 60 * 60 * 1_000_000;
/// How often unused files are looked for.
const SWEEP: std::time::Duration = std::time::Duration::from_hours(1);

/// What is known of a kept file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Known {
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub hash: String,
    /// Its media type.
    pub kind: String,
    /// Its length in bytes.
    pub size: i64,
}

/// Keeps a file; answers its hash. The same bytes are kept once, under the type that they first came with.
///
/// # Errors
/// The database could not be written.
pub async fn keep(database: &Database, kind: &str, bytes: Vec<u8>) -> Result<String, DbErr> {
    debug_assert!(bytes.len() as u64 <= ATTACHMENT_BYTES, "the door has counted them");
    let hash = hex::encode(Sha256::digest(&bytes));
    let row = blob::ActiveModel {
        hash: Set(hash.clone()),
        kind: Set(kind.to_owned()),
        size: Set(bytes.len() as i64),
        bytes: Set(bytes),
        at: Set(clock::now()),
    };
    // Uploaded again, it is as fresh as a new one.
    let again = OnConflict::column(blob::Column::Hash).update_column(blob::Column::At).to_owned();
    blob::Entity::insert(row).on_conflict(again).exec_without_returning(database.connection()).await?;
    Ok(hash)
}

/// A kept file, with its bytes.
///
/// # Errors
/// The database could not be read.
pub async fn get(database: &Database, hash: &str) -> Result<Option<blob::Model>, DbErr> {
    blob::Entity::find_by_id(hash.to_owned()).one(database.connection()).await
}

/// What is known of these files; of those that are not kept, nothing.
async fn known(database: &Database, hashes: &[String]) -> Result<Vec<Known>, DbErr> {
    blob::Entity::find()
        .select_only()
        .columns([blob::Column::Hash, blob::Column::Size])
        // The column is called `type`.
        .column_as(blob::Column::Kind, "kind")
        .filter(blob::Column::Hash.is_in(hashes))
        .into_model::<Known>()
        .all(database.connection())
        .await
}

/// Removes files that are a day old and that no version of any record names; answers how many.
///
/// # Errors
/// The database could not be asked.
pub async fn sweep(database: &Database, now: i64) -> Result<u64, DbErr> {
    let connection = database.connection();
    let old: Vec<String> = blob::Entity::find()
        .select_only()
        .column(blob::Column::Hash)
        .filter(blob::Column::At.lt(now - UNUSED))
        .into_tuple()
        .all(connection)
        .await?;
    let backend = connection.get_database_backend();
    let places = sections().iter().map(|section| format!("'{section}'")).collect::<Vec<_>>().join(", ");
    let mut removed = 0;
    for hash in old {
        // History too: an earlier version may be brought back. A hash holds no sign that LIKE would take for another.
        let named = if places.is_empty() {
            None
        } else {
            let sql =
                format!("SELECT 1 FROM change WHERE section IN ({places}) AND data LIKE '%{hash}%' LIMIT 1");
            connection.query_one_raw(Statement::from_string(backend, sql)).await?
        };
        if named.is_none() {
            // A commit that has just looked at it made it fresh again.
            let gone = blob::Entity::delete_many()
                .filter(blob::Column::Hash.eq(&hash))
                .filter(blob::Column::At.lt(now - UNUSED))
                .exec(connection)
                .await?;
            removed += gone.rows_affected;
        }
    }
    Ok(removed)
}

/// Sweeps every hour until `stop`.
pub fn sweep_hourly(database: Database, stop: CancellationToken) {
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(SWEEP) => {}
            }
            if let Err(error) = sweep(&database, clock::now()).await {
                error!(%error, "unused files could not be swept");
            }
        }
    });
}
