//! Sessions: a random token in a cookie, its hash in the database, and a memory so that a request costs no query.

use app::backend::SessionView;
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use super::memory::Memory;
use super::one_time::HOUR;
use super::{agent, tokens};
use crate::clock;
use crate::database::Database;
use crate::database::entities::session;

/// A session ends so long after its last use, in microseconds.
const LIFE: i64 = 14 * 24 * HOUR;
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
}

/// The sessions of this node.
#[derive(Debug)]
pub struct Sessions {
    database: Database,
    memory: Memory<Session>,
}

impl Sessions {
    /// An empty memory over `database`.
    pub fn new(database: Database) -> Self {
        Self { database, memory: Memory::default() }
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
        let session = self.memory.get(&hash, self.read(&hash)).await?;
        Ok(session.filter(|session| session.expires > clock::now()))
    }

    async fn read(&self, hash: &[u8]) -> Result<Option<Session>, DbErr> {
        let now = clock::now();
        let db = self.database.connection();
        let row = session::Entity::find_by_id(hash.to_vec()).one(db).await?;
        let Some(row) = row.filter(|row| row.expires > now) else { return Ok(None) };
        let mut session = Session { id: row.id, user: row.user_id, expires: row.expires };
        if now - row.seen > SEEN {
            session.expires = now + LIFE;
            session::Entity::update_many()
                .col_expr(session::Column::Seen, now.into())
                .col_expr(session::Column::Expires, session.expires.into())
                .filter(session::Column::Hash.eq(hash))
                .exec(db)
                .await?;
        }
        Ok(Some(session))
    }

    /// Does this session of a person still live?
    pub async fn lives(&self, user: i64, id: &str) -> Result<bool, DbErr> {
        if self.memory.has(|session| session.id == id) {
            return Ok(true);
        }
        let row = session::Entity::find()
            .filter(session::Column::UserId.eq(user))
            .filter(session::Column::Id.eq(id))
            .filter(session::Column::Expires.gt(clock::now()))
            .one(self.database.connection())
            .await?;
        Ok(row.is_some())
    }

    /// Ends the session of a token.
    pub async fn end(&self, token: &str) -> Result<(), DbErr> {
        let hash = tokens::hash(token);
        self.memory.keep(hash.clone(), None);
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
        self.memory.forget(|session| session.user == user);
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
