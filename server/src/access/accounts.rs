//! Accounts: what a person of `users` signs in with, and how trying is slowed down.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set};

use super::passwords;
use crate::clock;
use crate::database::Database;
use crate::database::entities::account;
use crate::settings::Snapshot;

/// Wrong attempts that cost nothing, per account.
const FREE: i32 = 4;
/// Wrong attempts of one address within [`WINDOW`] after which it waits.
const FREE_OF_ADDRESS: u32 = 30;
/// Ten minutes, in microseconds.
const WINDOW: i64 = 600 * 1_000_000;
/// The longest wait after wrong attempts: fifteen minutes.
const LONGEST: i64 = 900 * 1_000_000;

/// Beyond so many names or addresses those that wait no longer are forgotten.
const MANY: usize = 10_000;

/// Why nobody was signed in. Both answers are the same whether the account exists or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The e-mail or the password doesn't fit.
    Wrong,
    /// Too many attempts; wait.
    Slow,
}

/// The accounts of this instance.
#[derive(Debug)]
pub struct Accounts {
    database: Database,
    /// Wrong attempts per address: how many, since when.
    attempts: Mutex<HashMap<String, (u32, i64)>>,
    /// Wrong attempts at names that have no account, slowed like those that have one, so that nobody learns which is
    /// which: how many, and until when they wait.
    strangers: Mutex<HashMap<String, (i32, i64)>>,
}

impl Accounts {
    /// The accounts in `database`.
    pub fn new(database: Database) -> Self {
        Self { database, attempts: Mutex::default(), strangers: Mutex::default() }
    }

    /// Who signs in with this e-mail and password from this address.
    pub async fn sign_in(
        &self,
        snapshot: &Snapshot,
        email: &str,
        password: String,
        address: &str,
    ) -> Result<Result<i64, Refusal>, DbErr> {
        if self.attempts_of(address) >= FREE_OF_ADDRESS {
            return Ok(Err(Refusal::Slow));
        }
        let user = snapshot
            .shelf("users")
            .and_then(|shelf| shelf.by_key(email.trim()))
            .filter(|held| held.facts.active && !held.archived)
            .map(|held| held.id);
        let row = match user {
            Some(user) => account::Entity::find_by_id(user).one(self.database.connection()).await?,
            None => None,
        };
        let now = clock::now();
        let name = email.trim().to_lowercase();
        let (failures, wait_until) = match &row {
            Some(row) => (row.failures, row.wait_until),
            None => self.strangers().get(&name).copied().unwrap_or_default(),
        };
        if wait_until > now {
            return Ok(Err(Refusal::Slow));
        }
        let fits = passwords::verify(password, row.as_ref().and_then(|row| row.password.clone())).await;
        let account = user.filter(|_| row.is_some());
        if let Some(user) = account.filter(|_| fits) {
            if failures > 0 {
                self.note(user, 0, 0).await?;
            }
            return Ok(Ok(user));
        }
        self.count(address);
        let failures = failures.saturating_add(1);
        let wait =
            if failures > FREE { (1_000_000_i64 << (failures - FREE).min(20)).min(LONGEST) } else { 0 };
        match account {
            Some(user) => self.note(user, failures, now + wait).await?,
            None => {
                let mut strangers = self.strangers();
                if strangers.len() > MANY {
                    strangers.retain(|_, (_, until)| now - *until < LONGEST);
                }
                strangers.insert(name, (failures, now + wait));
            }
        }
        Ok(Err(Refusal::Wrong))
    }

    /// Is this the password of this person?
    pub async fn check(&self, user: i64, password: String) -> Result<bool, DbErr> {
        let row = account::Entity::find_by_id(user).one(self.database.connection()).await?;
        Ok(passwords::verify(password, row.and_then(|row| row.password)).await)
    }

    /// Has this person a password?
    pub async fn has_password(&self, user: i64) -> Result<bool, DbErr> {
        let row = account::Entity::find_by_id(user).one(self.database.connection()).await?;
        Ok(row.is_some_and(|row| row.password.is_some()))
    }

    /// Gives this person a password, already hashed.
    pub async fn set<C: ConnectionTrait>(&self, db: &C, user: i64, hash: String) -> Result<(), DbErr> {
        let row = account::ActiveModel {
            user_id: Set(user),
            password: Set(Some(hash)),
            failures: Set(0),
            wait_until: Set(0),
        };
        let all = [account::Column::Password, account::Column::Failures, account::Column::WaitUntil];
        account::Entity::insert(row)
            .on_conflict(OnConflict::column(account::Column::UserId).update_columns(all).to_owned())
            .exec_without_returning(db)
            .await?;
        Ok(())
    }

    async fn note(&self, user: i64, failures: i32, wait_until: i64) -> Result<(), DbErr> {
        use sea_orm::{ColumnTrait, QueryFilter};
        account::Entity::update_many()
            .col_expr(account::Column::Failures, failures.into())
            .col_expr(account::Column::WaitUntil, wait_until.into())
            .filter(account::Column::UserId.eq(user))
            .exec(self.database.connection())
            .await?;
        Ok(())
    }

    fn attempts_of(&self, name: &str) -> u32 {
        let attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.get(name).filter(|(_, since)| clock::now() - since < WINDOW).map_or(0, |(count, _)| *count)
    }

    fn count(&self, name: &str) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = clock::now();
        if attempts.len() > MANY {
            attempts.retain(|_, (_, since)| now - *since < WINDOW);
        }
        let entry = attempts.entry(name.to_owned()).or_insert((0, now));
        if now - entry.1 >= WINDOW {
            *entry = (0, now);
        }
        entry.0 += 1;
    }

    fn strangers(&self) -> MutexGuard<'_, HashMap<String, (i32, i64)>> {
        self.strangers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
