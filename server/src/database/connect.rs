//! Opens SQLite in a file or PostgreSQL, with the options that durability rests on.

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
    /// The data folder could not be made.
    #[error("the data folder {path} cannot be made: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
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

impl Database {
    /// Opens the database of `url`, or SQLite in `data/pult.db` when there is none, and brings its tables up to date.
    pub async fn open(url: Option<&str>, data: &Path) -> Result<Self, OpenError> {
        let url = match url {
            Some(url) => url.to_owned(),
            None => {
                std::fs::create_dir_all(data)
                    .map_err(|source| OpenError::Folder { path: data.to_owned(), source })?;
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
