//! The form of one record: its state, and the drawing of its schema; one file a widget.

mod attachments;
mod checks;
mod checks_list;
mod choice;
mod colour;
mod companion;
pub mod draft;
mod draw;
mod duration;
mod engines;
mod field;
pub(crate) mod items;
mod json;
mod list;
mod matrix;
mod number;
mod rare;
mod reference;
mod references;
pub(crate) mod secret;
pub mod shown;
mod switch;
mod template;
mod text;
mod upload;
pub(crate) mod words;

pub use choice::options;
pub use companion::{Companion, Means};
pub(crate) use draw::property;
pub use draw::{fields, inner};
pub use field::{Field, Shape};
pub use rare::{fetch_rare, timers_course};

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use serde_json::Value;

use crate::backend::{Found, RecordView};
use crate::problem::{Problem, Problems};
use crate::schema::Context;
use crate::sections;
use crate::ui::field::Said;
use crate::value::Syntax;
use crate::words::problem_text;

/// What an editor and the sample panel beside it tell each other, besides the draft.
#[derive(Clone, Copy)]
pub struct Sample {
    /// The style sheet of the draft as the server has confined it.
    pub css: RwSignal<Option<String>>,
    /// The class of the part of the panel that was pressed.
    pub picked: RwSignal<Option<String>>,
}

/// The id by which the server knows a record that is not made yet.
pub const NEW: i64 = -1;

/// One open record or document, as signals: what stands, what the person has made of it, and what is wrong.
///
/// The form and the JSON view are two views of `draft`. The state outlives the tabs; it is made once for each record
/// that is opened and reseeded when a newer version is taken over.
#[derive(Clone, Copy)]
pub struct Form {
    /// The section's key.
    pub section: &'static str,
    /// It is what the person keeps for themselves: whose it is stays as it is.
    pub personal: bool,
    /// The section's schema with the reader's words.
    schema: StoredValue<Arc<Value>>,
    /// The languages in which texts are kept; the first is required.
    languages: StoredValue<Arc<Vec<String>>>,
    /// The version that the draft started from.
    pub base: RwSignal<RecordView>,
    /// What a save would write.
    pub draft: RwSignal<Value>,
    /// A text of the JSON view that can't be read; while there is one, the form waits.
    pub broken: RwSignal<Option<Unread>>,
    /// Labels of the records that the value links to.
    pub labels: RwSignal<Vec<Found>>,
    /// What the server found in the draft.
    pub server: RwSignal<Problems>,
    /// The pointers of the fields that the person has left or changed.
    touched: RwSignal<Vec<String>>,
    /// A save was tried: every field may complain now.
    pub tried: RwSignal<bool>,
    /// The page is awake: before that nothing can be edited.
    pub awake: Signal<bool>,
    /// The person may edit this section.
    pub may: RwSignal<bool>,
    /// What the browser itself finds in the draft.
    own: Memo<Problems>,
    /// The same, then what only the server can know.
    found: Memo<Problems>,
    /// How many places of the draft differ from the base, those of its companions included.
    pub changes: Memo<usize>,
    /// Other documents that an editor changes along with this one.
    also: RwSignal<Vec<Companion>>,
    /// What the form belongs to, and they with it: an editor that took one in may be left for another view.
    owner: StoredValue<Option<WeakOwner>>,
    /// May the person change the value now, in one view or the other?
    pub writable: Memo<bool>,
    /// May the fields be edited now?
    pub editable: Memo<bool>,
    /// What the sample beside it shows and says.
    pub sample: Sample,
}

/// A text of the JSON view that can't be read: it is kept as it was typed, wherever the person goes meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// The text.
    pub text: String,
    /// Why it can't be read.
    pub syntax: Syntax,
}

impl Unread {
    /// What keeps a text from being read, if anything does.
    pub fn of(text: String) -> Option<Self> {
        crate::value::parse_json(&text).err().map(|syntax| Self { text, syntax })
    }
}

impl Form {
    /// The state for a record that was just read.
    pub fn new(view: RecordView, schema: Arc<Value>, languages: Vec<String>, may_edit: bool) -> Self {
        let languages = Arc::new(languages);
        let section = sections::item(&view.section).map_or("", |item| item.key);
        let draft = RwSignal::new(view.value.clone());
        let labels = RwSignal::new(view.labels.clone());
        let server = RwSignal::new(view.problems.clone());
        let base = RwSignal::new(view);
        let may = RwSignal::new(may_edit);
        let awake = crate::ui::awake();
        let there = engines::follow();
        let broken = RwSignal::new(None::<Unread>);
        let own = {
            let (schema, languages) = (Arc::clone(&schema), Arc::clone(&languages));
            Memo::new(move |_| {
                let mut found = Problems::default();
                if let Some(engines) = engines::get(there) {
                    let mut value = draft.get();
                    (engines.check)(&schema, &mut value, &Context { languages: &languages }, &mut found);
                }
                found
            })
        };
        let also = RwSignal::new(Vec::<Companion>::new());
        let found = Memo::new(move |_| {
            let mut found = own.get();
            let settled =
                |problem: &Problem| also.with(|also| also.iter().any(|other| other.settles(&problem.code)));
            server.with(|server| {
                for problem in server.iter().filter(|problem| !settled(problem)) {
                    let same =
                        |known: &Problem| known.pointer == problem.pointer && known.code == problem.code;
                    if !found.iter().any(same) {
                        found.push(problem.clone());
                    }
                }
            });
            found
        });
        let changes = {
            let schema = Arc::clone(&schema);
            Memo::new(move |_| {
                base.with(|base| {
                    draft.with(|draft| {
                        let own = match engines::get(there) {
                            Some(engines) => (engines.count)(&schema, &base.value, draft),
                            None => usize::from(base.value != *draft),
                        };
                        let others = |also: &Vec<Companion>| {
                            also.iter().map(|other| other.changes(&base.value, draft)).sum::<usize>()
                        };
                        own + also.with(others)
                    })
                })
            })
        };
        let writable = Memo::new(move |_| awake.get() && may.get() && base.with(|base| !base.archived));
        let editable = Memo::new(move |_| writable.get() && broken.with(Option::is_none));
        let form = Self {
            section,
            personal: false,
            schema: StoredValue::new(schema),
            languages: StoredValue::new(languages),
            base,
            draft,
            broken,
            labels,
            server,
            touched: RwSignal::new(Vec::new()),
            tried: RwSignal::new(false),
            awake,
            may,
            own,
            found,
            changes,
            also,
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
            writable,
            editable,
            sample: Sample { css: RwSignal::new(None), picked: RwSignal::new(None) },
        };
        checks::watch(form);
        form
    }

    /// The section's schema.
    pub fn schema(self) -> Arc<Value> {
        self.schema.get_value()
    }

    /// The languages in which texts are kept.
    pub fn languages(self) -> Arc<Vec<String>> {
        self.languages.get_value()
    }

    /// The record's id, reactive; 0 for a document, [`NEW`] before the first save.
    pub fn id(self) -> i64 {
        self.base.with(|base| base.id)
    }

    /// The same without following it.
    pub fn id_now(self) -> i64 {
        self.base.with_untracked(|base| base.id)
    }

    /// Has the person changed anything, or typed JSON that can't be read?
    pub fn is_dirty(self) -> bool {
        self.changes.get() > 0 || self.broken.with(Option::is_some)
    }

    /// Takes a newer version over and forgets the draft.
    pub fn reseed(self, view: RecordView) {
        self.broken.set(None);
        self.tried.set(false);
        self.touched.set(Vec::new());
        self.labels.set(view.labels.clone());
        self.server.set(view.problems.clone());
        let value = view.value.clone();
        self.base.set(view);
        self.draft.set(value);
        for other in self.also.get_untracked() {
            other.discard();
        }
    }

    /// Takes another document in, of which an editor shows a part: one save writes both, whatever view it is made in.
    pub fn join(self, view: RecordView, schema: Arc<Value>, may_edit: bool, means: Means) {
        let Some(owner) = self.owner.try_get_value().flatten().and_then(|owner| owner.upgrade()) else {
            return;
        };
        if untrack(|| self.companion(&view.section)).is_some() {
            return;
        }
        let other = owner.with(|| {
            let other = Companion::new(view, schema, may_edit, means);
            other.keep();
            other
        });
        self.also.update(|also| also.push(other));
    }

    /// The document of this section, if it was taken in.
    pub fn companion(self, section: &str) -> Option<Companion> {
        self.also.with(|also| also.iter().copied().find(|other| other.is_of(section)))
    }

    /// The documents that are changed along with this one.
    pub fn companions(self) -> Vec<Companion> {
        self.also.get_untracked()
    }

    /// Takes a newer version over as the one that the draft is measured against, and keeps the draft.
    pub fn rebase(self, view: RecordView) {
        self.learn(view.labels.clone());
        self.base.set(view);
    }

    /// Forgets every change.
    pub fn discard(self) {
        let view = self.base.get_untracked();
        self.reseed(view);
    }

    /// Writes one place of the draft; `null` takes an entry of a map or an optional value away.
    pub fn set(self, pointer: &str, value: Value) {
        let same = self.draft.with_untracked(|draft| draft.pointer(pointer) == Some(&value));
        if !same {
            self.draft.update(|draft| {
                crate::value::set(draft, pointer, value);
            });
            // The server's word about this field is about its old value; the new one is being asked for.
            let stale =
                |problem: &Problem| covers(pointer, &problem.pointer) || covers(&problem.pointer, pointer);
            if self.server.with_untracked(|server| server.iter().any(stale)) {
                self.server.update(|server| server.0.retain(|problem| !stale(problem)));
            }
        }
        self.touch(pointer);
    }

    /// Takes one place out of the draft: a property that says nothing any more.
    pub fn take(self, pointer: &str) {
        if self.draft.with_untracked(|draft| draft.pointer(pointer).is_some()) {
            self.draft.update(|draft| {
                crate::value::remove(draft, pointer);
            });
        }
        self.touch(pointer);
    }

    /// The person has been at this field: it may complain.
    pub fn touch(self, pointer: &str) {
        let known = self.touched.with_untracked(|touched| touched.iter().any(|known| known == pointer));
        if !known {
            self.touched.update(|touched| touched.push(pointer.to_owned()));
        }
    }

    /// Adds labels of records that were just chosen.
    pub fn learn(self, found: Vec<Found>) {
        self.labels.update(|labels| {
            for one in found {
                labels.retain(|known| known.section != one.section || known.id != one.id);
                labels.push(one);
            }
        });
    }

    /// Everything that is wrong.
    pub fn problems(self) -> Vec<Problem> {
        self.found.get().0
    }

    /// What to say at the field of `pointer`; of what stands below it too, when no field there does.
    pub fn said(self, pointer: &str, below: bool) -> Vec<Said> {
        let shout = self.tried.get() || self.id() != NEW;
        let shout = shout || self.touched.with(|touched| touched.iter().any(|known| covers(known, pointer)));
        if !shout {
            return Vec::new();
        }
        let here =
            |problem: &&Problem| problem.pointer == pointer || (below && covers(pointer, &problem.pointer));
        let said = |problem: &Problem| Said { text: problem_text(problem), warning: problem.warning };
        self.found.with(|found| found.iter().filter(here).map(said).collect())
    }

    /// Does the browser itself know that the draft can't be saved? The server's word may be about an earlier draft.
    pub fn is_wrong(self) -> bool {
        self.own.with(Problems::has_errors)
    }

    /// How many errors there are.
    pub fn errors(self) -> usize {
        self.found.with(|found| found.iter().filter(|problem| !problem.warning).count())
    }

    /// The built-in owner and administrator are fixed but for one switch.
    pub fn is_fixed(self) -> bool {
        self.section == "roles"
            && self.draft.with(|draft| {
                matches!(draft.get("built_in").and_then(Value::as_str), Some("owner" | "administrator"))
            })
    }
}

/// Does `pointer` stand at `outer` or below it?
fn covers(outer: &str, pointer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The `id` of the control at `pointer`; the same on the server and in the browser.
pub fn control_id(pointer: &str) -> String {
    let name: String = pointer
        .trim_start_matches('/')
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' })
        .collect();
    format!("field-{name}")
}
