//! The tables, in the order in which releases brought them. Migrations only add.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::prelude::*;

pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(First),
            Box::new(Blobs),
            Box::new(KeysAndSilence),
            Box::new(OutsideUses),
            Box::new(Asked),
            Box::new(Secrets),
        ]
    }
}

/// A migration: its name in the code, its name in the database, and its statements.
macro_rules! migration {
    ($(#[$about:meta])* $migration:ident, $name:literal, $sql:ident) => {
        $(#[$about])*
        struct $migration;

        impl MigrationName for $migration {
            fn name(&self) -> &'static str {
                $name
            }
        }

        #[async_trait::async_trait]
        #[expect(
            elided_lifetimes_in_paths,
            reason = "the trait elides it too, and async_trait must see the same signature"
        )]
        impl MigrationTrait for $migration {
            /// SQLite runs a migration without a transaction unless told otherwise, and a half-made schema can't be mended.
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                run(manager, $sql).await
            }
        }
    };
}

migration! {
    /// The store, and access to it.
    First, "2026_11_22_first", FIRST
}

/// Plain SQL that both databases read alike but for the type of bytes: the tables can be read here as they are, and
/// the deferred foreign keys of `reference` have no other way.
const FIRST: &str = r#"
CREATE TABLE "commit" (
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  by TEXT NOT NULL,
  via TEXT NOT NULL,
  note TEXT NOT NULL,
  idempotency TEXT,
  hash_format INTEGER NOT NULL,
  hash {bytes} NOT NULL
);
CREATE INDEX commit_idempotency ON "commit" (idempotency);
CREATE TABLE change (
  seq BIGINT NOT NULL REFERENCES "commit" (seq),
  n INTEGER NOT NULL,
  section TEXT NOT NULL,
  record BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  op TEXT NOT NULL,
  format INTEGER NOT NULL,
  key TEXT NOT NULL,
  archived BOOLEAN NOT NULL,
  data TEXT,
  salt {bytes},
  digest {bytes} NOT NULL,
  PRIMARY KEY (seq, n)
);
CREATE UNIQUE INDEX change_record ON change (section, record, revision);
CREATE TABLE record (
  section TEXT NOT NULL,
  id BIGINT NOT NULL,
  key TEXT NOT NULL,
  key_folded TEXT NOT NULL,
  revision BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  archived BOOLEAN NOT NULL,
  replaced_by BIGINT,
  ever_active BOOLEAN NOT NULL,
  format INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (section, id)
);
CREATE UNIQUE INDEX record_key ON record (section, key_folded);
CREATE TABLE reference (
  from_section TEXT NOT NULL,
  from_id BIGINT NOT NULL,
  pointer TEXT NOT NULL,
  to_section TEXT NOT NULL,
  to_id BIGINT NOT NULL,
  PRIMARY KEY (from_section, from_id, pointer),
  FOREIGN KEY (from_section, from_id) REFERENCES record (section, id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (to_section, to_id) REFERENCES record (section, id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX reference_to ON reference (to_section, to_id);
CREATE TABLE feed (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  head BIGINT NOT NULL,
  hash {bytes} NOT NULL
);
CREATE TABLE account (
  user_id BIGINT NOT NULL PRIMARY KEY,
  password TEXT,
  failures INTEGER NOT NULL,
  wait_until BIGINT NOT NULL
);
CREATE TABLE one_time (
  hash {bytes} NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  user_id BIGINT,
  expires BIGINT NOT NULL,
  used BOOLEAN NOT NULL
);
CREATE TABLE session (
  hash {bytes} NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  agent TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE UNIQUE INDEX session_name ON session (id);
CREATE INDEX session_of_user ON session (user_id);
CREATE TABLE api_key (
  id BIGINT NOT NULL PRIMARY KEY,
  hash {bytes} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role BIGINT NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT,
  revoked BOOLEAN NOT NULL
);
"#;

migration! {
    /// Files that records carry. `at` is when one was last uploaded or named by a commit.
    Blobs, "2026_11_25_blobs", BLOBS
}

const BLOBS: &str = r"
CREATE TABLE blob (
  hash TEXT NOT NULL PRIMARY KEY,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  bytes {bytes} NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX blob_at ON blob (at);
";

/// Runs statements of plain SQL.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let bytes = match connection.get_database_backend() {
        DbBackend::Postgres => "BYTEA",
        _ => "BLOB",
    };
    for statement in sql.replace("{bytes}", bytes).split(';').filter(|sql| !sql.trim().is_empty()) {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}

migration! {
    /// Who made an API key and when it was last used; readiness findings that somebody has silenced.
    KeysAndSilence, "2026_11_25_keys_and_silence", KEYS_AND_SILENCE
}

const KEYS_AND_SILENCE: &str = r"
ALTER TABLE api_key ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
ALTER TABLE api_key ADD COLUMN seen BIGINT;
CREATE TABLE silence (
  finding TEXT NOT NULL PRIMARY KEY,
  by TEXT NOT NULL,
  at BIGINT NOT NULL,
  reason TEXT NOT NULL
);
";

migration! {
    /// What integrations report of uses that no setting knows of. `part` is a part of a document, or empty;
    /// `number` grows with every report, so that a node knows what it has not seen.
    OutsideUses, "2026_11_27_outside_uses", OUTSIDE_USES
}

const OUTSIDE_USES: &str = r"
CREATE TABLE outside_use (
  section TEXT NOT NULL,
  record BIGINT NOT NULL,
  part TEXT NOT NULL,
  source TEXT NOT NULL,
  number BIGINT NOT NULL,
  by TEXT NOT NULL,
  count BIGINT NOT NULL,
  last_at BIGINT,
  places TEXT NOT NULL,
  reported BIGINT NOT NULL,
  PRIMARY KEY (section, record, part, source)
);
CREATE UNIQUE INDEX outside_use_number ON outside_use (number);
";

migration! {
    /// What a write with an `Idempotency-Key` asked for, as SHA-256: another one under the same name is refused.
    Asked, "2026_11_28_asked", ASKED
}

const ASKED: &str = r#"ALTER TABLE "commit" ADD COLUMN asked {bytes};"#;

migration! {
    /// Values of secret fields, sealed. Records hold the handle alone; `sent_to` is the origin that a secret may be sent to.
    Secrets, "2026_11_28_secrets", SECRETS
}

const SECRETS: &str = r"
CREATE TABLE secret (
  handle TEXT NOT NULL PRIMARY KEY,
  section TEXT NOT NULL,
  record BIGINT NOT NULL,
  sent_to TEXT NOT NULL,
  key_id TEXT NOT NULL,
  ciphertext {bytes} NOT NULL
);
CREATE INDEX secret_of ON secret (section, record);
";
