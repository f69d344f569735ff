//! Opens SQLite in a file or PostgreSQL, with the options that durability rests on.

use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use super::migrations::Migrator;

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder, or a file in it, could not be made.
    #[error("{path} cannot be made: {source}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Two servers over one SQLite file would not hear of each other's commits.
    #[error("another server uses {0}; several need PostgreSQL")]
    Held(PathBuf),
    /// The address names a database that Pult doesn't know.
    #[error("DATABASE_URL must begin with sqlite: or postgres:, not {0}")]
    Unknown(String),
    /// The database refused.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DbErr),
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Database {
    connection: DatabaseConnection,
}

/// The file of the SQLite database that `url` names, or of the one in `data` when there is none; none on PostgreSQL.
fn file_of(url: Option<&str>, data: &Path) -> Option<PathBuf> {
    match url {
        None => Some(data.join("pult.db")),
        Some(url) => {
            let path = url.strip_prefix("sqlite:")?.trim_start_matches("//");
            Some(path.split('?').next().unwrap_or(path).into())
        }
    }
}

/// Is there a database to read? Commands that only read make none.
pub fn is_there(url: Option<&str>, data: &Path) -> bool {
    file_of(url, data).is_none_or(|file| file.exists())
}

/// Holds the SQLite file for one server, as long as what it answers lives: two would not hear of each other's commits.
/// On PostgreSQL there is nothing to hold.
///
/// # Errors
/// Another server holds it, or the file beside the database that stands for it can't be made.
pub fn hold(url: Option<&str>, data: &Path) -> Result<Option<File>, OpenError> {
    let Some(file) = file_of(url, data) else { return Ok(None) };
    if let Some(folder) = file.parent() {
        make_folder(folder)?;
    }
    let path = file.with_added_extension("lock");
    let lock = File::create(&path).map_err(|source| OpenError::Folder { path: path.clone(), source })?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Err(OpenError::Held(file)),
        Err(TryLockError::Error(source)) => Err(OpenError::Folder { path, source }),
    }
}

/// Makes a folder that nobody else may look into: hashes of passwords will lie there.
fn make_folder(path: &Path) -> Result<(), OpenError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| OpenError::Folder { path: path.to_owned(), source })
}

impl Database {
    /// Opens the database of `url`, or SQLite in `data/pult.db` when there is none, and brings its tables up to date.
    pub async fn open(url: Option<&str>, data: &Path) -> Result<Self, OpenError> {
        let url = match url {
            Some(url) => url.to_owned(),
            None => {
                make_folder(data)?;
                format!("sqlite://{}?mode=rwc", data.join("pult.db").display())
            }
        };
        let mut options = ConnectOptions::new(url.clone());
        options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
        if url.starts_with("sqlite:") {
            // One writer at a time is all that SQLite has, and the writer task is the only one of ours; readers of
            // history and sessions need few.
            options.max_connections(4).min_connections(1);
            options.map_sqlx_sqlite_opts(|options| {
                options
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(10))
            });
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            options.max_connections(8).min_connections(1);
        } else {
            return Err(OpenError::Unknown(url.split(':').next().unwrap_or_default().to_owned()));
        }
        let connection = sea_orm::Database::connect(options).await?;
        Migrator::up(&connection, None).await?;
        Ok(Self { connection })
    }

    /// For reading, and for writes of one statement.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Is it PostgreSQL?
    pub fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }

    /// Begins a transaction that will write. SQLite takes its lock at once: a transaction that begins by reading is
    /// refused when it later wants to write, whatever the busy timeout.
    pub async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        self.connection
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await
    }

    /// A new node's listener for notices of other nodes; none on SQLite, which has one node.
    pub async fn listener(&self) -> Option<sea_orm::sqlx::postgres::PgListener> {
        if !self.is_postgres() {
            return None;
        }
        let pool = self.connection.get_postgres_connection_pool();
        sea_orm::sqlx::postgres::PgListener::connect_with(pool).await.ok()
    }
}
