//! API keys of integrations: shown once, stored hashed, each with a role and perhaps an end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::tokens;
use crate::clock;
use crate::database::Database;
use crate::database::entities::api_key;

/// How long memory is believed without asking the database again: a second.
const FRESH: i64 = 1_000_000;

/// The API keys of this instance.
#[derive(Debug)]
pub struct Keys {
    database: Database,
    memory: Mutex<HashMap<Vec<u8>, (i64, i64, i64)>>,
}

impl Keys {
    /// An empty memory over `database`.
    pub fn new(database: Database) -> Self {
        Self { database, memory: Mutex::new(HashMap::new()) }
    }

    /// Id and role of a key that works.
    pub async fn of(&self, secret: &str) -> Result<Option<(i64, i64)>, DbErr> {
        let hash = tokens::hash(secret);
        let now = clock::now();
        let remembered = self.memory.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).copied();
        if let Some((id, role, read)) = remembered
            && now - read < FRESH
        {
            return Ok(Some((id, role)));
        }
        let row = api_key::Entity::find()
            .filter(api_key::Column::Hash.eq(hash.clone()))
            .filter(api_key::Column::Revoked.eq(false))
            .one(self.database.connection())
            .await?
            .filter(|row| row.expires.is_none_or(|expires| expires > now));
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        match row {
            Some(row) => {
                memory.insert(hash, (row.id, row.role, now));
                Ok(Some((row.id, row.role)))
            }
            None => {
                memory.remove(&hash);
                Ok(None)
            }
        }
    }

    /// Makes a key with a role; answers its secret, which is never shown again.
    pub async fn make(&self, name: &str, role: i64, expires: Option<i64>) -> Result<String, DbErr> {
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
        })
        .exec_without_returning(db)
        .await?;
        Ok(secret)
    }
}
