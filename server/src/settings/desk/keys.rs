//! API keys, as those see them who hold the right to them.

use app::backend::{KeyView, Keys, NewKey};
use app::error::Error;
use app::problem::{Problem, Problems};
use sea_orm::DbErr;
use tracing::info;

use super::{Desk, line};
use crate::access::Rights;
use crate::clock;
use crate::settings::listing::found;
use crate::settings::snapshot::Snapshot;

/// The right to make and revoke keys.
const RIGHT: &str = "api_keys";
/// The most characters of a key's name.
const NAME: usize = 80;

impl Desk {
    /// Every key, and the roles that a new one may be given.
    pub(super) async fn all_keys(&self) -> Result<Keys, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        demand(&rights)?;
        let rows = self.console.keys.all().await.map_err(|error: DbErr| self.broken(&error))?;
        let zone = snapshot.zone();
        let now = clock::now();
        let time = |at: Option<i64>| at.map(|at| clock::rfc3339(at, &zone)).unwrap_or_default();
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            let by = match row.made_by.as_str() {
                "" => Ok(String::new()),
                by => self.console.settings.actor_name(by, self.language).await,
            };
            keys.push(KeyView {
                id: row.id,
                name: row.name,
                role: snapshot
                    .get("roles", row.role)
                    .map(|held| held.name(self.language).to_owned())
                    .unwrap_or_default(),
                by: by.map_err(|error| self.broken(&error))?,
                created: time(Some(row.created)),
                seen: time(row.seen),
                expires: time(row.expires),
                state: match row.expires {
                    _ if row.revoked => "revoked",
                    Some(expires) if expires <= now => "expired",
                    _ => "works",
                }
                .into(),
            });
        }
        let shelf = snapshot.shelf("roles");
        let roles = shelf
            .into_iter()
            .flat_map(|shelf| shelf.by_name(self.language, false))
            .filter(|held| gives(&rights, &snapshot, held.id))
            .map(|held| found("roles", held, reader))
            .collect();
        Ok(Keys { keys, roles })
    }

    /// Makes a key that may no more than its maker; answers its secret, which is never shown again.
    pub(super) async fn new_key(&self, key: NewKey) -> Result<String, Error> {
        let (snapshot, rights, _) = self.stand()?;
        demand(&rights)?;
        let mut problems = Problems::default();
        let name = line("name", &key.name, NAME, &mut problems);
        if snapshot.get("roles", key.role).is_none_or(|held| held.archived) {
            problems.error("/role", "required");
        } else if !gives(&rights, &snapshot, key.role) {
            problems.push(
                Problem::error("/role", "gives_more").with("right", lacking(&rights, &snapshot, key.role)),
            );
        }
        let expires = match key.expires.trim() {
            "" => None,
            date => match clock::end_of_day(date, &snapshot.zone()) {
                Some(end) if end > clock::now() => Some(end),
                Some(_) => {
                    problems.error("/expires", "date_past");
                    None
                }
                None => {
                    problems.push(Problem::error("/expires", "bad_format").with("format", "date"));
                    None
                }
            },
        };
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        let by = self.caller()?.actor;
        let made = self.console.keys.make(&name, key.role, expires, by).await;
        info!(%by, name, role = key.role, "an API key was made");
        made.map_err(|error| self.broken(&error))
    }

    /// Ends a key at once.
    pub(super) async fn end_key(&self, id: i64) -> Result<(), Error> {
        let (_, rights, _) = self.stand()?;
        demand(&rights)?;
        let by = self.caller()?.actor;
        let ended = self.console.keys.revoke(id).await.map_err(|error| self.broken(&error))?;
        info!(%by, key = id, ended, "an API key was revoked");
        if ended { Ok(()) } else { Err(Error::Missing) }
    }
}

/// The name of a key as it is kept.
///
/// # Errors
/// It is empty, too long, or not a line of text.
pub fn name(text: &str) -> Result<String, Error> {
    let mut problems = Problems::default();
    let name = line("name", text, NAME, &mut problems);
    if problems.is_empty() { Ok(name) } else { Err(Error::invalid(problems)) }
}

/// Whoever lacks the right does not even know of the keys.
fn demand(rights: &Rights) -> Result<(), Error> {
    if rights.has(RIGHT) { Ok(()) } else { Err(Error::Missing) }
}

/// May a key with this role be made by whoever has these rights? Nobody gives what they lack.
fn gives(rights: &Rights, snapshot: &Snapshot, role: i64) -> bool {
    lacking(rights, snapshot, role).is_empty()
}

/// The first right of a role that the caller lacks; empty if there is none.
fn lacking(rights: &Rights, snapshot: &Snapshot, role: i64) -> String {
    match (rights, snapshot.role(role)) {
        (Rights::All, _) => String::new(),
        (Rights::Role(own), Some(role)) => own.lacks(role).unwrap_or_default(),
        (Rights::Role(_), None) => RIGHT.into(),
    }
}
