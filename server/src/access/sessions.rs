//! Sessions: a random token in a cookie, its hash in the database, and a memory so that a request costs no query.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::backend::SessionView;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use super::one_time::HOUR;
use super::{agent, tokens};
use crate::clock;
use crate::database::Database;
use crate::database::entities::session;

/// A session ends so long after its last use, in microseconds.
const LIFE: i64 = 14 * 24 * HOUR;
/// How long memory is believed without asking the database again: a second.
const FRESH: i64 = 1_000_000;
/// `seen` is written at most so often: a minute.
const SEEN: i64 = 60 * 1_000_000;

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// Names it, for its owner's list.
    pub id: String,
    /// Whose it is.
    pub user: i64,
    expires: i64,
    seen: i64,
    read: i64,
}

/// The sessions of this node.
#[derive(Debug)]
pub struct Sessions {
    database: Database,
    memory: Mutex<HashMap<Vec<u8>, Session>>,
}

impl Sessions {
    /// An empty memory over `database`.
    pub fn new(database: Database) -> Self {
        Self { database, memory: Mutex::new(HashMap::new()) }
    }

    fn memory(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Session>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session; answers the token for the cookie.
    pub async fn begin(&self, user: i64, agent: &str, address: &str) -> Result<String, DbErr> {
        let token = tokens::new();
        let now = clock::now();
        session::Entity::insert(session::ActiveModel {
            hash: Set(tokens::hash(&token)),
            id: Set(tokens::name()),
            user_id: Set(user),
            created: Set(now),
            seen: Set(now),
            expires: Set(now + LIFE),
            agent: Set(agent.chars().take(300).collect()),
            address: Set(address.to_owned()),
        })
        .exec_without_returning(self.database.connection())
        .await?;
        Ok(token)
    }

    /// The session of a token, if it lives.
    pub async fn of(&self, token: &str) -> Result<Option<Session>, DbErr> {
        let hash = tokens::hash(token);
        let now = clock::now();
        if let Some(session) = self.memory().get(&hash)
            && now - session.read < FRESH
        {
            return Ok(Some(session.clone()).filter(|session| session.expires > now));
        }
        let db = self.database.connection();
        let Some(row) =
            session::Entity::find_by_id(hash.clone()).one(db).await?.filter(|row| row.expires > now)
        else {
            self.memory().remove(&hash);
            return Ok(None);
        };
        let mut session =
            Session { id: row.id, user: row.user_id, expires: row.expires, seen: row.seen, read: now };
        if now - session.seen > SEEN {
            session.seen = now;
            session.expires = now + LIFE;
            session::Entity::update_many()
                .col_expr(session::Column::Seen, now.into())
                .col_expr(session::Column::Expires, session.expires.into())
                .filter(session::Column::Hash.eq(hash.clone()))
                .exec(db)
                .await?;
        }
        let mut memory = self.memory();
        if memory.len() > 10_000 {
            memory.retain(|_, session| now - session.read < FRESH);
        }
        memory.insert(hash, session.clone());
        Ok(Some(session))
    }

    /// Ends the session of a token.
    pub async fn end(&self, token: &str) -> Result<(), DbErr> {
        let hash = tokens::hash(token);
        self.memory().remove(&hash);
        session::Entity::delete_by_id(hash).exec(self.database.connection()).await?;
        Ok(())
    }

    /// Ends one session of a person by its name, or all but `keep` when there is none.
    pub async fn end_of(&self, user: i64, id: Option<&str>, keep: Option<&str>) -> Result<(), DbErr> {
        let mut which = Condition::all().add(session::Column::UserId.eq(user));
        if let Some(id) = id {
            which = which.add(session::Column::Id.eq(id));
        }
        if let Some(keep) = keep {
            which = which.add(session::Column::Id.ne(keep));
        }
        session::Entity::delete_many().filter(which).exec(self.database.connection()).await?;
        self.memory().retain(|_, session| session.user != user);
        Ok(())
    }

    /// The living sessions of a person, last used first.
    pub async fn list(&self, user: i64, current: &str, zone: &str) -> Result<Vec<SessionView>, DbErr> {
        let rows = session::Entity::find()
            .filter(session::Column::UserId.eq(user))
            .filter(session::Column::Expires.gt(clock::now()))
            .order_by_desc(session::Column::Seen)
            .all(self.database.connection())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| SessionView {
                current: row.id == current,
                id: row.id,
                created: clock::rfc3339(row.created, zone),
                seen: clock::rfc3339(row.seen, zone),
                browser: agent::name(&row.agent),
                agent: row.agent,
                address: row.address,
            })
            .collect())
    }
}
