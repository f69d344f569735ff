//! Saving one record: what it would do is asked and told first, then it is done, and what was refused is shown.

use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::Value;

use super::load::{Open, Shared};
use crate::backend::{Commit, Committed, Operation};
use crate::calls;
use crate::error::Error;
use crate::form::{Companion, Form, NEW, draft};
use crate::frame::{error_text, report, report_and, toasts, undo};
use crate::problem::{Problem, Problems};
use crate::schema::settle_secrets;
use crate::sections::Effect;
use crate::words::{key, t};

/// What a person is asked before a save.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What would be written.
    pub value: Value,
    /// What it does to people's work.
    pub effects: Vec<Effect>,
    /// What it is warned of.
    pub warnings: Vec<Problem>,
}

/// Somebody else's version, met by a save.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// What was about to be written.
    pub mine: Value,
    /// What stands now.
    pub theirs: Value,
    /// Its version.
    pub revision: i64,
    /// Who made it.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// Was it met by a save, which goes on once the two are one?
    pub saving: bool,
}

/// The saving of one form: a handle that every part of its pane may hold.
#[derive(Clone, Copy)]
pub struct Save(StoredValue<Parts>);

/// What a [`Save`] consists of.
#[derive(Clone, Copy)]
struct Parts {
    /// The form that is saved.
    form: Form,
    /// Its list and schema.
    shared: Shared,
    /// Its views.
    open: Open,
    /// A save is on its way.
    busy: RwSignal<bool>,
    /// A write that failed, in words.
    failed: RwSignal<Option<String>>,
    /// What the person is asked before the save.
    asked: RwSignal<Option<Asked>>,
    /// Is the question open?
    asking: RwSignal<bool>,
    /// Why, for history.
    note: RwSignal<String>,
    /// The question is wanted even if there is nothing to tell, for the note.
    with_note: RwSignal<bool>,
    /// The save was refused: the summary shows.
    refused: RwSignal<bool>,
    /// The summary, for the focus.
    summary: NodeRef<html::Div>,
    /// Somebody else's version.
    clash: RwSignal<Option<Clash>>,
    go: Callback<String>,
}

/// Lets each part be read through the handle.
macro_rules! parts {
    ($($(#[$about:meta])* $part:ident: $type:ty;)*) => {
        impl Save {$(
            $(#[$about])*
            pub fn $part(self) -> $type {
                self.0.with_value(|parts| parts.$part)
            }
        )*}
    };
}

parts! {
    /// The form that is saved.
    form: Form;
    /// Its list and schema.
    shared: Shared;
    /// Its views.
    open: Open;
    /// Is a save on its way?
    busy: RwSignal<bool>;
    /// A write that failed, in words.
    failed: RwSignal<Option<String>>;
    /// What the person is asked before the save.
    asked: RwSignal<Option<Asked>>;
    /// Is the question open?
    asking: RwSignal<bool>;
    /// Why, for history.
    note: RwSignal<String>;
    /// Is the question wanted even if there is nothing to tell, for the note?
    with_note: RwSignal<bool>;
    /// The save was refused: the summary shows.
    refused: RwSignal<bool>;
    /// The summary, for the focus.
    summary: NodeRef<html::Div>;
    /// Somebody else's version.
    clash: RwSignal<Option<Clash>>;
    /// Goes to another address in place of this one.
    go: Callback<String>;
}

impl Save {
    /// The saving of a form.
    pub fn new(form: Form, shared: Shared, open: Open) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |to: String| {
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        });
        Self(StoredValue::new(Parts {
            form,
            shared,
            open,
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            asked: RwSignal::new(None),
            asking: RwSignal::new(false),
            note: RwSignal::new(String::new()),
            with_note: RwSignal::new(false),
            refused: RwSignal::new(false),
            summary: NodeRef::new(),
            clash: RwSignal::new(None),
            go,
        }))
    }

    /// Is the pane still there? What waits for the server may outlive it.
    pub fn is_alive(self) -> bool {
        self.0.try_with_value(|_| ()).is_some()
    }

    /// Saves the draft, after its effects and warnings were accepted.
    pub fn start(self) {
        if self.busy().get_untracked() {
            return;
        }
        self.form().tried.set(true);
        self.failed().set(None);
        if untrack(|| self.form().is_wrong()) || self.form().broken.with_untracked(Option::is_some) {
            return self.refuse();
        }
        if self.form().id_now() != NEW && untrack(|| self.form().changes.get()) == 0 {
            return;
        }
        self.write(self.form().draft.get_untracked());
    }

    /// Writes `value` as the next version of the record: the draft, a merge, or a version of old.
    pub fn write(self, value: Value) {
        self.busy().set(true);
        spawn_local(async move {
            // Everything is accepted here, so that only what forbids the save comes back as an error.
            let trial = self.commit(value.clone(), vec!["*".into()], true);
            let answer = calls::commit(trial).await;
            if !self.is_alive() {
                return;
            }
            match answer {
                Err(error) => self.fail(value, error),
                Ok(outcome) => {
                    let quiet = outcome.effects.is_empty() && outcome.warnings.is_empty();
                    if quiet && !self.with_note().get_untracked() {
                        self.finish(value, Vec::new()).await;
                    } else {
                        self.busy().set(false);
                        let (effects, warnings) = (outcome.effects, outcome.warnings.0);
                        self.asked().set(Some(Asked { value, effects, warnings }));
                        self.asking().set(true);
                    }
                }
            }
        });
    }

    /// The person has accepted what the save does.
    pub fn accept(self) {
        let Some(asked) = self.asked().get_untracked() else { return };
        self.asking().set(false);
        self.busy().set(true);
        spawn_local(async move {
            let accept = asked.warnings.into_iter().map(|warning| warning.code).collect();
            self.finish(asked.value, accept).await;
        });
    }

    /// Goes back to the list: the record is no more.
    pub async fn leave(self) {
        self.form().discard();
        // What shows the form has to hear of that while the form is still there.
        tick().await;
        if self.is_alive() {
            self.go().run(self.shared().href(""));
        }
    }

    /// Forgets every change and the draft that was kept of them.
    pub fn discard(self) {
        self.failed().set(None);
        self.refused().set(false);
        self.form().discard();
        draft::forget(self.form());
    }

    fn commit(self, value: Value, accept: Vec<String>, dry_run: bool) -> Commit {
        let section = self.form().section.to_owned();
        let (id, revision) = self.form().base.with_untracked(|base| (base.id, base.revision));
        let also: Vec<Operation> = self.along(&value).map(|(_, operation)| operation).collect();
        let operation = if id == NEW {
            Operation::Create { section, key: None, value }
        } else {
            Operation::Put { section, id, revision, value }
        };
        let operations = std::iter::once(operation).chain(also).collect();
        let note = if dry_run { String::new() } else { self.note().get_untracked() };
        Commit { note, operations, accept, dry_run }
    }

    /// The other documents that change along with `value`, and how.
    fn along(self, value: &Value) -> impl Iterator<Item = (Companion, Operation)> {
        let before = self.form().base.with_untracked(|base| base.value.clone());
        let companions = self.form().companions().into_iter();
        companions.filter_map(move |other| Some((other, other.operation(&before, value)?)))
    }

    async fn finish(self, value: Value, accept: Vec<String>) {
        match (calls::commit(self.commit(value.clone(), accept, false)).await, self.is_alive()) {
            (Err(error), true) => self.fail(value, error),
            (Ok(committed), true) => self.saved(value, committed).await,
            // The person has gone on meanwhile; how it ended is said all the same.
            (Err(error), false) => report(&error),
            (Ok(committed), false) => toasts().say(t(key::SAVED), undo(committed.seq)),
        }
    }

    async fn saved(self, value: Value, committed: Committed) {
        self.note().set(String::new());
        self.with_note().set(false);
        self.refused().set(false);
        draft::forget(self.form());
        let was = self.form().id_now();
        let section = self.form().section.to_owned();
        let changed = committed
            .changes
            .iter()
            .find(|change| change.section == section && (was == NEW || change.id == was));
        let (id, revision) = changed.map_or_else(
            || self.form().base.with_untracked(|base| (base.id, base.revision)),
            |change| (change.id, change.version),
        );
        let before = self.form().base.with_untracked(|base| base.value.clone());
        for other in self.form().companions() {
            let place = other.base.with_untracked(|base| (base.section.clone(), base.id));
            let change =
                committed.changes.iter().find(|change| (&change.section, change.id) == (&place.0, place.1));
            if let Some(change) = change {
                other.saved(change.version, &before, &value);
            }
        }
        // What was written is the new base at once; its canonical form follows.
        let mut base = self.form().base.get_untracked();
        base.revision = revision;
        base.value = value.clone();
        let schema = self.form().schema();
        settle_secrets(&schema, &mut base.value, &value);
        let (stands, sealed) = (base.value.clone(), base.value != value);
        // A version of old is written past the draft: one that held no change has none now.
        let clean = untrack(|| !self.form().is_dirty());
        self.form().rebase(base);
        if clean {
            self.form().draft.set(stands);
        } else if sealed {
            self.form().draft.update(|draft| settle_secrets(&schema, draft, &value));
        }
        toasts().say(t(key::SAVED), undo(committed.seq));
        self.shared().again();
        if was == NEW {
            self.form().discard();
            self.busy().set(false);
            self.go().run(self.shared().href(&id.to_string()));
            return;
        }
        self.open().again();
        self.refresh().await;
        if self.is_alive() {
            self.busy().set(false);
        }
    }

    /// Reads the record anew: into the form if nothing is unsaved, else as its new base.
    pub async fn refresh(self) {
        // It may be asked for by what outlives the pane, and the pane may go while the answer is on its way.
        let Some(form) = self.0.try_with_value(|parts| parts.form) else { return };
        let Some(id) = form.base.try_with_untracked(|base| base.id) else { return };
        let answer = calls::record(form.section.to_owned(), id).await;
        if !self.is_alive() {
            return;
        }
        let dirty = untrack(|| form.is_dirty());
        match answer {
            Ok(view) if dirty => self.form().rebase(view),
            Ok(view) => self.form().reseed(view),
            // The commit that made it was taken back, or it was removed for good.
            Err(Error::Missing) if !dirty => self.leave().await,
            // What is shown stays as it is; the next save will tell.
            Err(_) => {}
        }
    }

    fn fail(self, mine: Value, error: Error) {
        self.busy().set(false);
        match error {
            Error::Invalid { problems, .. } => {
                self.form().server.set(problems);
                self.refuse();
            }
            Error::Conflict { operation, revision, current, by, at } if operation > 0 => {
                self.meet(mine, operation, Error::Conflict { operation, revision, current, by, at });
            }
            Error::Conflict { revision, current, by, at, .. } => {
                self.clash().set(Some(Clash { mine, theirs: current, revision, by, at, saving: true }));
            }
            Error::SignIn => {
                let retry = Callback::new(move |()| self.write(mine.clone()));
                report_and(&Error::SignIn, Some(retry));
            }
            error => self.failed().set(Some(error_text(&error))),
        }
    }

    /// Somebody has changed a document that this save changes along with its own: if both changes can stand, it goes on.
    fn meet(self, mine: Value, operation: u32, error: Error) {
        let other = self.along(&mine).nth(operation as usize - 1);
        if let (Some((other, _)), Error::Conflict { revision, current, .. }) = (other, &error)
            && other.meet(current.clone(), *revision)
        {
            self.write(mine);
        } else {
            self.failed().set(Some(error_text(&error)));
        }
    }

    fn refuse(self) {
        self.refused().set(true);
        let place = self.summary();
        // Once the summary has been drawn.
        request_animation_frame(move || {
            if let Some(summary) = place.try_get_untracked().flatten() {
                let _ = summary.focus();
            }
        });
    }

    /// What was found, for the summary.
    pub fn problems(self) -> Problems {
        Problems(self.form().problems().into_iter().filter(|problem| !problem.warning).collect())
    }
}
