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
    /// What a save writes of the draft: given the draft, the value with which the form took the document in, and the form's
    /// own value before and after the save.
    pub fit: fn(&Value, &Value, &Value, &Value) -> Value,
    /// The warning about the form's own document that has nothing to warn of where this one is written along.
    pub settles: &'static str,
}

/// The state of that document, as signals. An editor that shows a part of another section makes one and tells its form.
#[derive(Clone, Copy)]
pub struct Companion {
    schema: StoredValue<Arc<Value>>,
    /// The version that the draft started from.
    pub base: RwSignal<RecordView>,
    /// What the person has made of it.
    pub draft: RwSignal<Value>,
    /// May the person change it?
    pub may: bool,
    /// What the form began with: what stood, or the draft that was kept.
    taken: StoredValue<Value>,
    means: Means,
}

impl Companion {
    /// The state for a document that was just read.
    pub fn new(view: RecordView, schema: Arc<Value>, may: bool, means: Means) -> Self {
        let (draft, taken) = (RwSignal::new(view.value.clone()), StoredValue::new(view.value.clone()));
        Self { schema: StoredValue::new(schema), base: RwSignal::new(view), draft, may, taken, means }
    }

    /// Is it the document of this section?
    pub fn is_of(self, section: &str) -> bool {
        self.base.with_untracked(|base| base.section == section)
    }

    /// Has this warning about the form's own document nothing to warn of?
    pub(super) fn settles(self, code: &str) -> bool {
        self.may && self.means.settles == code
    }

    /// What a save writes that makes `after` of the form's own value `before`.
    fn written(self, before: &Value, after: &Value) -> Value {
        self.draft.with(|draft| {
            if self.may {
                self.taken.with_value(|taken| (self.means.fit)(draft, taken, before, after))
            } else {
                draft.clone()
            }
        })
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
            self.taken.set_value(merged.value.clone());
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

    /// How many places differ from what stands in what a save would write.
    pub fn changes(self, before: &Value, after: &Value) -> usize {
        let written = self.written(before, after);
        self.schema
            .with_value(|schema| self.base.with(|base| (self.means.count)(schema, &base.value, &written)))
    }

    /// What a save has to do that makes `after` of the form's own value `before`; nothing while nothing changes.
    pub fn operation(self, before: &Value, after: &Value) -> Option<Operation> {
        if untrack(|| self.changes(before, after)) == 0 {
            return None;
        }
        let value = untrack(|| self.written(before, after));
        Some(self.base.with_untracked(|base| Operation::Put {
            section: base.section.clone(),
            id: base.id,
            revision: base.revision,
            value,
        }))
    }

    /// Forgets every change.
    pub fn discard(self) {
        let value = self.base.with_untracked(|base| base.value.clone());
        self.taken.set_value(value.clone());
        self.draft.set(value);
    }

    /// It was written as `revision`, by the save that made `after` of the form's own value `before`.
    pub fn saved(self, revision: i64, before: &Value, after: &Value) {
        let value = untrack(|| self.written(before, after));
        self.taken.set_value(value.clone());
        self.draft.set(value.clone());
        self.base.update(|base| {
            base.revision = revision;
            base.value = value;
        });
    }

    /// Somebody has written `theirs` meanwhile: what was changed here is done to that; false, and theirs holds, if both
    /// changed the same.
    pub fn meet(self, theirs: Value, revision: i64) -> bool {
        let onto = |mine: &Value| {
            self.schema.with_value(|schema| {
                self.base.with_untracked(|base| (self.means.merge)(schema, &base.value, mine, &theirs))
            })
        };
        let merged = self.draft.with_untracked(onto);
        // What they placed counts as placed before this form began.
        let taken = self.taken.with_value(onto).value;
        self.taken.set_value(taken);
        let clean = merged.conflicts.is_empty();
        self.draft.set(if clean { merged.value } else { theirs.clone() });
        self.base.update(|base| {
            base.revision = revision;
            base.value = theirs;
        });
        clean
    }
}
