//! API keys of integrations: shown once, stored hashed, each with a role and perhaps an end.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::memory::Memory;
use super::{Actor, tokens};
use crate::clock;
use crate::database::Database;
use crate::database::entities::api_key;

/// When a key was used is written at most so often: a minute.
const SEEN: i64 = 60 * 1_000_000;

/// The most keys of one list.
const LISTED: u64 = 1_000;

/// The API keys of this instance.
#[derive(Debug)]
pub struct Keys {
    database: Database,
    /// Id and role of those that were used.
    memory: Memory<(i64, i64)>,
}

impl Keys {
    /// An empty memory over `database`.
    pub fn new(database: Database) -> Self {
        Self { database, memory: Memory::default() }
    }

    /// Id and role of a key that works.
    pub async fn of(&self, secret: &str) -> Result<Option<(i64, i64)>, DbErr> {
        let hash = tokens::hash(secret);
        self.memory.get(&hash, self.read(&hash)).await
    }

    async fn read(&self, hash: &[u8]) -> Result<Option<(i64, i64)>, DbErr> {
        let now = clock::now();
        let row = api_key::Entity::find()
            .filter(api_key::Column::Hash.eq(hash))
            .one(self.database.connection())
            .await?
            .filter(|row| works(row, now));
        if let Some(row) = row.as_ref().filter(|row| row.seen.is_none_or(|seen| now - seen > SEEN)) {
            api_key::Entity::update_many()
                .col_expr(api_key::Column::Seen, Expr::value(now))
                .filter(api_key::Column::Id.eq(row.id))
                .exec(self.database.connection())
                .await?;
        }
        Ok(row.map(|row| (row.id, row.role)))
    }

    /// Does the key of this id still work?
    pub async fn lives(&self, id: i64) -> Result<bool, DbErr> {
        if self.memory.has(|(known, _)| *known == id) {
            return Ok(true);
        }
        let row = api_key::Entity::find_by_id(id).one(self.database.connection()).await?;
        let row = row.filter(|row| works(row, clock::now()));
        let lives = row.is_some();
        if let Some(row) = row {
            self.memory.keep(row.hash, Some((row.id, row.role)));
        }
        Ok(lives)
    }

    /// Every key that was ever made, newest first.
    pub async fn all(&self) -> Result<Vec<api_key::Model>, DbErr> {
        api_key::Entity::find()
            .order_by_desc(api_key::Column::Id)
            .limit(LISTED)
            .all(self.database.connection())
            .await
    }

    /// Ends a key; answers whether there is such a key. Other nodes may believe it for a second more.
    pub async fn revoke(&self, id: i64) -> Result<bool, DbErr> {
        let outcome = api_key::Entity::update_many()
            .col_expr(api_key::Column::Revoked, Expr::value(true))
            .filter(api_key::Column::Id.eq(id))
            .exec(self.database.connection())
            .await?;
        self.memory.forget(|(known, _)| *known == id);
        Ok(outcome.rows_affected == 1)
    }

    /// Makes a key with a role in somebody's name; answers its secret, which is never shown again.
    pub async fn make(
        &self,
        name: &str,
        role: i64,
        expires: Option<i64>,
        by: Actor,
    ) -> Result<String, DbErr> {
        let secret = format!("pult_{}", tokens::new());
        let db = self.database.connection();
        let last: Option<i64> = api_key::Entity::find()
            .select_only()
            .column(api_key::Column::Id)
            .order_by_desc(api_key::Column::Id)
            .into_tuple()
            .one(db)
            .await?;
        api_key::Entity::insert(api_key::ActiveModel {
            id: Set(last.unwrap_or(0) + 1),
            hash: Set(tokens::hash(&secret)),
            name: Set(name.to_owned()),
            role: Set(role),
            created: Set(clock::now()),
            expires: Set(expires),
            revoked: Set(false),
            made_by: Set(by.to_string()),
            seen: Set(None),
        })
        .exec_without_returning(db)
        .await?;
        Ok(secret)
    }
}

/// Is it neither revoked nor past its end?
fn works(row: &api_key::Model, now: i64) -> bool {
    !row.revoked && row.expires.is_none_or(|expires| expires > now)
}
