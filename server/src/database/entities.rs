//! The tables as types. Times are microseconds since 1970 in UTC: one integer, the same on both databases.

#![expect(missing_docs, reason = "the columns are described where they are made, in migrations.rs")]

/// One entity a table, with no relations: the store reads and writes whole rows.
macro_rules! entity {
    ($(#[$about:meta])* $module:ident $table:literal { $($(#[$column:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$about])*
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $($(#[$column])* pub $field: $type,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

entity! {
    /// One save: who, when, from where, why; chained by `hash`.
    commit "commit" {
        #[sea_orm(primary_key, auto_increment = false)] seq: i64,
        at: i64, by: String, via: String, note: String, idempotency: Option<String>, asked: Option<Vec<u8>>, hash_format: i32, hash: Vec<u8>,
    }
}
entity! {
    /// One changed record of a commit; never altered but for pruning, which takes `data` and `salt` away.
    change "change" {
        #[sea_orm(primary_key, auto_increment = false)] seq: i64,
        #[sea_orm(primary_key, auto_increment = false)] n: i32,
        section: String, record: i64, revision: i64, op: String, format: i32, key: String, archived: bool,
        data: Option<String>, salt: Option<Vec<u8>>, digest: Vec<u8>,
    }
}
entity! {
    /// A record as it stands.
    record "record" {
        #[sea_orm(primary_key, auto_increment = false)] section: String,
        #[sea_orm(primary_key, auto_increment = false)] id: i64,
        key: String, key_folded: String, revision: i64, seq: i64, archived: bool, replaced_by: Option<i64>, ever_active: bool, format: i32,
        data: String,
    }
}
entity! {
    /// A link from one record to another, kept so that the database itself refuses a dangling one.
    reference "reference" {
        #[sea_orm(primary_key, auto_increment = false)] from_section: String,
        #[sea_orm(primary_key, auto_increment = false)] from_id: i64,
        #[sea_orm(primary_key, auto_increment = false)] pointer: String,
        to_section: String, to_id: i64,
    }
}
entity! {
    /// The end of the chain; its lock orders the writers of all nodes.
    feed "feed" {
        #[sea_orm(primary_key, auto_increment = false)] one: i32,
        head: i64, hash: Vec<u8>,
    }
}
entity! {
    /// What a person of `users` signs in with.
    account "account" {
        #[sea_orm(primary_key, auto_increment = false)] user_id: i64,
        password: Option<String>, failures: i32, wait_until: i64,
    }
}
entity! {
    /// A link that works once: set-up, invitation, reset.
    one_time "one_time" {
        #[sea_orm(primary_key, auto_increment = false)] hash: Vec<u8>,
        purpose: String, user_id: Option<i64>, expires: i64, used: bool,
    }
}
entity! {
    /// A signed-in browser.
    session "session" {
        #[sea_orm(primary_key, auto_increment = false)] hash: Vec<u8>,
        id: String, user_id: i64, created: i64, seen: i64, expires: i64, agent: String, address: String,
    }
}
entity! {
    /// A file that records may carry, known by its bytes.
    blob "blob" {
        #[sea_orm(primary_key, auto_increment = false)] hash: String,
        #[sea_orm(column_name = "type")] kind: String,
        size: i64, bytes: Vec<u8>, at: i64,
    }
}
entity! {
    /// A key of an integration, stored hashed.
    api_key "api_key" {
        #[sea_orm(primary_key, auto_increment = false)] id: i64,
        hash: Vec<u8>, name: String, role: i64, created: i64, expires: Option<i64>, revoked: bool,
        made_by: String, seen: Option<i64>,
    }
}
entity! {
    /// A readiness finding that somebody has silenced, and why.
    silence "silence" {
        #[sea_orm(primary_key, auto_increment = false)] finding: String,
        by: String, at: i64, reason: String,
    }
}
entity! {
    /// Uses of a record that no setting knows of, as one integration has counted them.
    outside_use "outside_use" {
        #[sea_orm(primary_key, auto_increment = false)] section: String,
        #[sea_orm(primary_key, auto_increment = false)] record: i64,
        #[sea_orm(primary_key, auto_increment = false)] part: String,
        #[sea_orm(primary_key, auto_increment = false)] source: String,
        number: i64, by: String, count: i64, last_at: Option<i64>, places: String, reported: i64,
    }
}
entity! {
    /// A secret, sealed.
    secret "secret" {
        #[sea_orm(primary_key, auto_increment = false)] handle: String,
        section: String, record: i64, sent_to: String, key_id: String, ciphertext: Vec<u8>,
    }
}
