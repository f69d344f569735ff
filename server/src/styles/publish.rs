//! The style sheet that operator panels load, and the name under which it may be kept forever.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use app::sections::styles::sheet;
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use crate::settings::{Settings, Snapshot};

/// A style sheet as it is published.
#[derive(Debug)]
pub struct Sheet {
    /// Names it; nobody can guess it who has not been told.
    pub hash: String,
    /// Its text.
    pub css: String,
}

/// Which versions of the settings a sheet is made of: of the styles, and of the instance that names the hosts.
type Versions = (i64, i64);

/// The sheet of the settings as they stand, made when it is first asked for.
#[derive(Debug, Default)]
pub struct Published {
    key: OnceCell<Vec<u8>>,
    sheet: Mutex<Option<(Versions, Arc<Sheet>)>>,
}

impl Published {
    /// The sheet of this moment.
    ///
    /// # Errors
    /// The database could not be asked for what makes names unguessable.
    pub async fn sheet(&self, settings: &Settings) -> Result<Arc<Sheet>, DbErr> {
        // The first commit's hash covers random salts, is never told to anybody, and is the same on every node.
        let key = self.key.get_or_try_init(|| crate::settings::first_hash(settings)).await?;
        let snapshot = settings.snapshot().clone();
        let version = |section| snapshot.get(section, 0).map_or(0, |held| held.revision);
        let versions = (version("styles"), version("instance"));
        let known = self.sheet.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, sheet)) = known.filter(|(known, _)| *known == versions) {
            return Ok(sheet);
        }
        let key = key.clone();
        let made = tokio::task::spawn_blocking(move || Arc::new(make(&snapshot, &key))).await;
        let sheet = made.map_err(|error| DbErr::Custom(error.to_string()))?;
        *self.sheet.lock().unwrap_or_else(PoisonError::into_inner) = Some((versions, Arc::clone(&sheet)));
        Ok(sheet)
    }
}

/// Makes the sheet. A text that broke a later rule is left out; the tokens are not.
fn make(snapshot: &Snapshot, key: &[u8]) -> Sheet {
    let value = snapshot.get("styles", 0).map(|held| held.value()).unwrap_or_default();
    let text = value.get("css").and_then(serde_json::Value::as_str).unwrap_or_default();
    let checked = super::check(text, &super::hosts(snapshot));
    let css = [checked.imports.as_str(), &sheet(&value, &checked.css)].concat();
    let digest = Sha256::new().chain_update(key).chain_update([0]).chain_update(&css).finalize();
    let hash = digest[..16].iter().fold(String::with_capacity(32), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    });
    Sheet { hash, css }
}
