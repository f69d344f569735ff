//! `pult export`: sections as JSON, by key, sorted, so that two exports can be compared.

use app::sections::registry;
use app::words::Language;
use clap::Args;
use serde_json::{Map, Value};

use super::{Failure, say};
use crate::settings::listing::Reader;
use crate::settings::transfer;
use crate::{Config, Console};

#[derive(Args, Debug)]
pub(super) struct Export {
    /// Sections; all of them when none is named.
    sections: Vec<String>,
}

impl Export {
    pub(super) async fn run(self, config: Config) -> Result<(), Failure> {
        let console = Console::open(config).await?;
        let snapshot = console.settings.snapshot();
        let reader = Reader { user: None, language: Language::Uk, own: false };
        let mut all = Map::new();
        for entry in registry::all() {
            let key = entry.item().key;
            if self.sections.is_empty() || self.sections.iter().any(|section| section == key) {
                let text = transfer::export(&snapshot, key, "json", reader).map_err(super::user::refusal)?;
                all.insert(key.into(), serde_json::from_str(&text)?);
            }
        }
        if let Some(unknown) = self.sections.iter().find(|section| !all.contains_key(*section)) {
            return Err(format!("there is no section {unknown}").into());
        }
        say(&app::value::pretty(&Value::Object(all)))
    }
}
