//! What was true a moment ago: an answer without the database, and through an outage of it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sea_orm::DbErr;

use crate::clock;

/// How long an answer is believed without asking the database again, in microseconds: a second.
const FRESH: i64 = 1_000_000;
/// How long it is believed while the database is silent, in microseconds: five minutes.
const OUTAGE: i64 = 300 * 1_000_000;
/// How long the database is waited for where an answer is remembered.
const PATIENCE: Duration = Duration::from_secs(1);
/// Beyond so many answers those that are not fresh are forgotten.
const MANY: usize = 10_000;

/// Answers of the database by the hash of a secret.
#[derive(Debug)]
pub(super) struct Memory<T>(Mutex<HashMap<Vec<u8>, Known<T>>>);

#[derive(Debug)]
struct Known<T> {
    value: T,
    /// When the database said so.
    told: i64,
    /// When it was last asked, whether it answered or not.
    asked: i64,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Memory<T> {
    fn known(&self) -> MutexGuard<'_, HashMap<Vec<u8>, Known<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What belongs to `hash`: remembered while it is fresh, else as `ask` says, else, while the database is silent,
    /// as it last said.
    pub(super) async fn get(
        &self,
        hash: &[u8],
        ask: impl Future<Output = Result<Option<T>, DbErr>>,
    ) -> Result<Option<T>, DbErr> {
        let now = clock::now();
        let known = self.known().get(hash).map(|known| (known.value.clone(), known.told, known.asked));
        let answer = match known.filter(|(_, told, _)| now - told < OUTAGE) {
            Some((value, _, asked)) if now - asked < FRESH => return Ok(Some(value)),
            Some((value, _, _)) => match tokio::time::timeout(PATIENCE, ask).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(_)) | Err(_) => {
                    if let Some(known) = self.known().get_mut(hash) {
                        known.asked = clock::now();
                    }
                    return Ok(Some(value));
                }
            },
            None => ask.await?,
        };
        self.keep(hash.to_vec(), answer.clone());
        Ok(answer)
    }

    /// Takes over what the database has just said.
    pub(super) fn keep(&self, hash: Vec<u8>, answer: Option<T>) {
        let now = clock::now();
        let mut known = self.known();
        if known.len() > MANY {
            known.retain(|_, known| now - known.told < FRESH);
        }
        match answer {
            Some(value) => drop(known.insert(hash, Known { value, told: now, asked: now })),
            None => drop(known.remove(&hash)),
        }
    }

    /// Is something of this kind remembered, and fresh?
    pub(super) fn has(&self, is: impl Fn(&T) -> bool) -> bool {
        let now = clock::now();
        self.known().values().any(|known| now - known.asked < FRESH && is(&known.value))
    }

    /// Forgets whatever is of this kind.
    pub(super) fn forget(&self, is: impl Fn(&T) -> bool) {
        self.known().retain(|_, known| !is(&known.value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silence() -> DbErr {
        DbErr::Custom("silence".into())
    }

    #[tokio::test]
    async fn what_is_remembered_lasts_through_an_outage() {
        let memory = Memory::default();
        let hash = [1_u8];
        // Nothing is known yet: an outage is one.
        assert!(memory.get(&hash, async { Err::<Option<u8>, _>(silence()) }).await.is_err());
        assert_eq!(memory.get(&hash, async { Ok(Some(7)) }).await.unwrap(), Some(7));
        // Fresh: nobody is asked.
        assert_eq!(memory.get(&hash, async { panic!("asked") }).await.unwrap(), Some(7));
        let stale = || memory.known().values_mut().for_each(|known| known.asked -= FRESH);
        stale();
        assert_eq!(memory.get(&hash, async { Err(silence()) }).await.unwrap(), Some(7));
        // For five minutes, not longer.
        memory.known().values_mut().for_each(|known| known.told -= OUTAGE);
        assert!(memory.get(&hash, async { Err(silence()) }).await.is_err());
        // What is gone is gone.
        memory.keep(hash.to_vec(), Some(7));
        stale();
        assert_eq!(memory.get(&hash, async { Ok(None) }).await.unwrap(), None);
        assert!(!memory.has(|_| true));
    }
}
