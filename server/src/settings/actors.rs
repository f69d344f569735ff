//! Who made a commit, as people read it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use app::words::{Language, key, table};
use sea_orm::{DbErr, EntityTrait};

use super::Settings;
use crate::access::Actor;
use crate::database::entities::api_key;

/// What API keys are called. A key keeps its name, so each is read once.
#[derive(Debug, Default)]
pub(super) struct KeyNames(Mutex<HashMap<i64, String>>);

impl Settings {
    /// The name of whoever made a commit: a person's, a key's, or what stands for the server itself.
    pub async fn actor_name(&self, by: &str, language: Language) -> Result<String, DbErr> {
        Ok(match by.parse() {
            Ok(Actor::User(id)) => {
                let snapshot = self.snapshot();
                snapshot.get("users", id).map_or_else(|| by.to_owned(), |held| held.name(language).to_owned())
            }
            Ok(Actor::Key(id)) => self.key_name(id).await?.unwrap_or_else(|| by.to_owned()),
            Ok(Actor::Cli) => table(language).word(key::VIA_CLI).to_owned(),
            Ok(Actor::Job) => "Pult".to_owned(),
            Err(()) => by.to_owned(),
        })
    }

    async fn key_name(&self, id: i64) -> Result<Option<String>, DbErr> {
        let names = || self.key_names.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = names().get(&id).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let row = api_key::Entity::find_by_id(id).one(self.database().connection()).await?;
        Ok(row.map(|row| names().entry(id).or_insert(row.name).clone()))
    }
}
