//! Another document that a form changes along with its own: one save writes both, in one commit.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::draft::person;
use crate::backend::{Operation, RecordView};
use crate::frame::drafts::{self, Draft};
use crate::value::merge::Merged;

/// What compares and merges, handed in by the editor: it came with the editor's own code, and few pages need it.
#[derive(Clone, Copy)]
pub struct Means {
    /// How many places of two values differ.
    pub count: fn(&Value, &Value, &Value) -> usize,
    /// Two people's changes to one value.
    pub merge: fn(&Value, &Value, &Value, &Value) -> Merged,
}

/// The state of that document, as signals. An editor that shows a part of another section makes one and tells its form.
#[derive(Clone, Copy)]
pub struct Companion {
    schema: StoredValue<Arc<Value>>,
    /// The version that the draft started from.
    pub base: RwSignal<RecordView>,
    /// What the save would write.
    pub draft: RwSignal<Value>,
    /// May the person change it?
    pub may: bool,
    means: Means,
}

impl Companion {
    /// The state for a document that was just read.
    pub fn new(view: RecordView, schema: Arc<Value>, may: bool, means: Means) -> Self {
        let draft = RwSignal::new(view.value.clone());
        Self { schema: StoredValue::new(schema), base: RwSignal::new(view), draft, may, means }
    }

    /// Brings back the draft that was kept of the document, and keeps it from now on: it is the one of the document's own page.
    pub(super) fn keep(self) {
        let Some(person) = person() else { return };
        let kept = self.base.with_untracked(|base| drafts::get(person, &base.section, base.id));
        if let Some(kept) = kept {
            // What others saved meanwhile stays, unless the draft has changed the same.
            let merged = self.schema.with_value(|schema| {
                self.base
                    .with_untracked(|base| (self.means.merge)(schema, &kept.base, &kept.value, &base.value))
            });
            self.draft.set(merged.value);
        }
        Effect::new(move |_| {
            self.base.with(|base| {
                self.draft.with(|value| {
                    if *value == base.value {
                        return drafts::remove(person, &base.section, base.id);
                    }
                    let draft = Draft {
                        section: base.section.clone(),
                        id: base.id,
                        revision: base.revision,
                        name: base.name.clone(),
                        base: base.value.clone(),
                        value: value.clone(),
                        text: None,
                        at: 0.0,
                    };
                    drafts::put(person, &draft);
                });
            });
        });
    }

    /// How many places of its draft differ from what stands.
    pub fn changes(self) -> usize {
        self.schema.with_value(|schema| {
            self.base.with(|base| self.draft.with(|draft| (self.means.count)(schema, &base.value, draft)))
        })
    }

    /// What a save has to do; nothing while nothing was changed.
    pub fn operation(self) -> Option<Operation> {
        if untrack(|| self.changes()) == 0 {
            return None;
        }
        let value = self.draft.get_untracked();
        Some(self.base.with_untracked(|base| Operation::Put {
            section: base.section.clone(),
            id: base.id,
            revision: base.revision,
            value,
        }))
    }

    /// Forgets every change.
    pub fn discard(self) {
        self.draft.set(self.base.with_untracked(|base| base.value.clone()));
    }

    /// The draft was written as `revision`.
    pub fn saved(self, revision: i64) {
        let value = self.draft.get_untracked();
        self.base.update(|base| {
            base.revision = revision;
            base.value = value;
        });
    }

    /// Somebody has written `theirs` meanwhile: what was changed here is done to that; false, and theirs holds, if both
    /// changed the same.
    pub fn meet(self, theirs: Value, revision: i64) -> bool {
        let merged = self.schema.with_value(|schema| {
            self.base.with_untracked(|base| {
                self.draft.with_untracked(|mine| (self.means.merge)(schema, &base.value, mine, &theirs))
            })
        });
        let clean = merged.conflicts.is_empty();
        self.draft.set(if clean { merged.value } else { theirs.clone() });
        self.base.update(|base| {
            base.revision = revision;
            base.value = theirs;
        });
        clean
    }
}
