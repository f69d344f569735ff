//! What is set, as the panel is told: what is saved, and over it the value that is being edited.

use serde_json::Value;

use crate::backend::{PanelRecord, PanelSettings};
use crate::words::language;

/// A value that is being edited and not saved yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    /// Its section.
    pub section: String,
    /// Its record; 0 for a document, below 0 for one that is not made yet.
    pub id: i64,
    /// The value.
    pub value: Value,
}

/// The settings of the panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settings {
    saved: PanelSettings,
    /// Counts the states of what is saved.
    state: u32,
    /// At most one of a section.
    drafts: Vec<Draft>,
}

/// A record of a directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// Its id.
    pub id: i64,
    /// Its value.
    pub value: &'a Value,
    /// It is the one that is being edited.
    pub edited: bool,
}

impl Settings {
    /// What is saved.
    pub fn new(saved: PanelSettings) -> Self {
        Self { saved, ..Self::default() }
    }

    /// Takes another state of what is saved.
    pub fn take_saved(&mut self, saved: PanelSettings) {
        self.saved = saved;
        self.state += 1;
    }

    /// Which state of what is saved this is; none if no record of the section is.
    pub fn state_of(&self, section: &str) -> Option<u32> {
        self.held(section).first().map(|_| self.state)
    }

    /// The saved records of a directory that the panel was given.
    pub fn held(&self, section: &str) -> &[PanelRecord] {
        self.saved.sections.get(section).map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes the value that is being edited.
    pub fn take_draft(&mut self, draft: Draft) {
        self.drafts.retain(|known| known.section != draft.section);
        self.drafts.push(draft);
    }

    /// The saved style sheet, confined to the panel.
    pub fn css(&self) -> &str {
        let saved = self.saved.sections.get("styles").and_then(|held| held.first());
        saved.map(|held| text(&held.value, "css")).unwrap_or_default()
    }

    /// Is a value of this section being edited?
    pub fn is_edited(&self, section: &str) -> bool {
        self.draft(section).is_some()
    }

    fn draft(&self, section: &str) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.section == section)
    }

    /// The value of a document as it would stand.
    pub fn document(&self, section: &str) -> Option<&Value> {
        let draft = self.draft(section);
        let saved = || self.saved.sections.get(section)?.first();
        draft.map(|draft| &draft.value).or_else(|| Some(&saved()?.value))
    }

    /// The active records of a directory as they would stand, in the order in which they were given.
    pub fn records(&self, section: &str) -> Vec<Entry<'_>> {
        self.over(section, self.held(section))
    }

    /// The active ones of these records as they would stand, with the one that is being edited.
    pub fn over<'a>(
        &'a self,
        section: &str,
        saved: impl IntoIterator<Item = &'a PanelRecord>,
    ) -> Vec<Entry<'a>> {
        let draft = self.draft(section);
        let mut all: Vec<Entry<'a>> =
            saved.into_iter().map(|held| Entry { id: held.id, value: &held.value, edited: false }).collect();
        if let Some(draft) = draft {
            let entry = Entry { id: draft.id, value: &draft.value, edited: true };
            match all.iter_mut().find(|held| held.id == draft.id) {
                Some(held) => *held = entry,
                None => all.insert(0, entry),
            }
        }
        all.retain(|entry| entry.value.get("active") != Some(&Value::Bool(false)));
        all
    }
}

/// A text of a value; empty where there is none.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A text per language, in the reader's; else whichever comes first. A plain text is itself.
pub(super) fn in_language<'v>(value: &'v Value, name: &str) -> &'v str {
    match value.get(name) {
        Some(Value::String(text)) => text,
        Some(Value::Object(texts)) => {
            let filled = |text: &&'v Value| text.as_str().is_some_and(|text| !text.trim().is_empty());
            let own = texts.get(language().tag()).filter(filled);
            own.or_else(|| texts.values().find(filled)).and_then(Value::as_str).unwrap_or_default()
        }
        _ => "",
    }
}

/// The colour of a value, if it is one that can be drawn.
pub(super) fn colour(value: &Value) -> Option<String> {
    let colour = text(value, "colour");
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| colour.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Draft, Settings, colour};
    use crate::backend::{PanelRecord, PanelSettings};

    fn saved() -> PanelSettings {
        let tag = |id: i64, name: &str, active: bool| PanelRecord {
            id,
            value: json!({ "name": name, "active": active }),
        };
        let mut saved = PanelSettings::default();
        saved.sections.insert("tags".into(), vec![tag(1, "a", true), tag(2, "b", false), tag(3, "c", true)]);
        saved.sections.insert("files".into(), vec![PanelRecord { id: 0, value: json!({ "max": 1 }) }]);
        saved
    }

    fn names(settings: &Settings) -> Vec<&str> {
        settings.records("tags").iter().map(|entry| super::text(entry.value, "name")).collect()
    }

    #[test]
    fn what_is_edited_stands_over_what_is_saved() {
        let mut settings = Settings::new(saved());
        assert_eq!(names(&settings), ["a", "c"]);
        let draft = |id, value| Draft { section: "tags".into(), id, value };
        settings.take_draft(draft(2, json!({ "name": "B", "active": true })));
        assert_eq!(names(&settings), ["a", "B", "c"]);
        settings.take_draft(draft(-1, json!({ "name": "new" })));
        assert_eq!(names(&settings), ["new", "a", "c"]);
        settings.take_draft(draft(1, json!({ "name": "a", "active": false })));
        assert_eq!(names(&settings), ["c"]);
    }

    #[test]
    fn a_document_is_the_edited_one_or_the_saved_one() {
        let mut settings = Settings::new(saved());
        assert_eq!(settings.document("files"), Some(&json!({ "max": 1 })));
        assert_eq!(settings.document("styles"), None);
        settings.take_draft(Draft { section: "files".into(), id: 0, value: json!({ "max": 2 }) });
        assert_eq!(settings.document("files"), Some(&json!({ "max": 2 })));
        assert_eq!(names(&settings), ["a", "c"]);
    }

    #[test]
    fn only_colours_are_drawn() {
        assert_eq!(colour(&json!({ "colour": "#c0392b" })).as_deref(), Some("#c0392b"));
        for wrong in ["", "red", "#12345", "#12345g", "url(#x)", "#ї1234"] {
            assert_eq!(colour(&json!({ "colour": wrong })), None, "{wrong}");
        }
    }
}
