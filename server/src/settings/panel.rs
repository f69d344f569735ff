//! What the sample operator panel acts on: whole documents, and of the directories as much as a panel shows.

use app::backend::{PanelRecord, PanelSettings};
use app::sections::registry;
use app::sections::roles::Verb;

use serde_json::Value;

use super::listing::Reader;
use super::snapshot::Snapshot;
use crate::access::Rights;

/// The directories of the panel, and how many records of each it is given at most.
const DIRECTORIES: [(&str, usize); 7] = [
    ("topics", 200),
    ("statuses", 50),
    ("dialog-statuses", 50),
    ("priorities", 50),
    ("tags", 200),
    ("reply-categories", 200),
    ("replies", 300),
];

/// The panel knows nothing of the instance itself.
const KEPT_BACK: &str = "instance";

/// Puts the style sheet as panels get it in the place of the one that was written. The sample runs no scripts.
fn confine(snapshot: &Snapshot, value: &mut Value) {
    let written = value.get("css").and_then(Value::as_str).unwrap_or_default();
    let css = crate::styles::check(written, &crate::styles::hosts(snapshot)).css.clone();
    if let Some(object) = value.as_object_mut() {
        object.insert("css".into(), css.into());
        object.shift_remove("scripts");
    }
}

/// The settings of the panel that a caller may view, by name; of personal records only those that are theirs.
pub fn settings(snapshot: &Snapshot, rights: &Rights, reader: Reader) -> PanelSettings {
    let mut settings = PanelSettings::default();
    for entry in registry::all() {
        let section = entry.item().key;
        let limit = match DIRECTORIES.iter().find(|(directory, _)| *directory == section) {
            Some((_, limit)) => *limit,
            None if registry::is_document(section) && section != KEPT_BACK => 1,
            None => continue,
        };
        if !rights.may(section, Verb::View) {
            continue;
        }
        let mut records: Vec<PanelRecord> = snapshot
            .shelf(section)
            .into_iter()
            .flat_map(|shelf| shelf.by_name(reader.language, false))
            .filter(|held| held.facts.active && reader.sees(held))
            .take(limit)
            .map(|held| PanelRecord { id: held.id, value: held.value() })
            .collect();
        if records.is_empty() && registry::is_document(section) {
            records.push(PanelRecord { id: 0, value: entry.default_value() });
        }
        if section == "styles" {
            for record in &mut records {
                confine(snapshot, &mut record.value);
            }
        }
        settings.sections.insert(section.to_owned(), records);
    }
    settings
}
