//! What all parts of the editor share: the form, the reader's keyboard, and which combination is being edited.

use leptos::prelude::*;
use serde_json::Value;

use super::keyboard::Keyboard;
use crate::form::{Form, control_id};
use crate::problem::Problem;
use crate::schema;
use crate::sections::hotkeys::keys::Keys;
use crate::sections::hotkeys::{ACTIONS, Action, action};
use crate::ui::summary::{focus, once_drawn};

/// A combination by its action and its number; the number behind the last is a new one.
pub(super) type Spot = (&'static str, usize);

/// Copied into every part.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) form: Form,
    pub(super) keyboard: Keyboard,
    /// The combination that is being edited.
    pub(super) open: RwSignal<Option<Spot>>,
    labels: StoredValue<Vec<(&'static str, String)>>,
}

/// Where the keys of an action stand.
pub(super) fn place(action: &str) -> String {
    ["/bindings/", action].concat()
}

/// The `id` of what shows a combination.
pub(super) fn control(action: &str, n: usize) -> String {
    control_id(&[&place(action), "/", &n.to_string()].concat())
}

/// The name of a property of the document, by its pointer.
fn title(form: Form, pointer: &str) -> String {
    let schema = form.schema();
    let part = schema::at(&schema, pointer, &Value::Null);
    part.and_then(|part| schema::note(part, "title")).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl Desk {
    pub(super) fn new(form: Form) -> Self {
        let labels = ACTIONS.iter().map(|action| (action.id, title(form, &place(action.id)))).collect();
        Self {
            form,
            keyboard: Keyboard::of_reader(form.awake),
            open: RwSignal::new(None),
            labels: StoredValue::new(labels),
        }
    }

    /// What people call an action.
    pub(super) fn label(self, action: &str) -> String {
        self.labels.with_value(|labels| {
            labels
                .iter()
                .find(|(id, _)| *id == action)
                .map_or_else(|| action.to_owned(), |(_, label)| label.clone())
        })
    }

    /// What people call a group of actions.
    pub(super) fn group(self, group: &str) -> String {
        title(self.form, &["/groups/", group].concat())
    }

    /// Is the group switched on?
    pub(super) fn is_on(self, group: &str) -> bool {
        self.form.draft.with(|draft| draft["groups"].get(group).and_then(Value::as_bool).unwrap_or(true))
    }

    /// The keys of an action as they stand in the draft.
    pub(super) fn keys(self, action: &'static Action) -> Memo<Vec<String>> {
        let draft = self.form.draft;
        Memo::new(move |_| draft.with(|draft| keys_in(draft, action)))
    }

    /// The same without following them.
    pub(super) fn keys_now(self, action: &'static Action) -> Vec<String> {
        self.form.draft.with_untracked(|draft| keys_in(draft, action))
    }

    /// Gives an action these keys.
    pub(super) fn write(self, action: &str, keys: Vec<String>) {
        self.form.set(&place(action), keys.into());
    }

    /// Takes from the action that stands in the way what stands in the way, as the problem tells it.
    pub(super) fn take_over(self, problem: &Problem) {
        let text = |name: &str| problem.params.get(name).and_then(Value::as_str).unwrap_or_default();
        let (Some(other), Ok(keys)) = (action(text("other")), Keys::parse(text("keys"))) else { return };
        let hides = problem.code == "chord_hidden";
        let mut held = self.keys_now(other);
        held.retain(|text| {
            Keys::parse(text).map_or(true, |one| {
                let hidden = hides && one.second.is_none() && one.first.meets(keys.first);
                !hidden && (hides || !one.meets(keys))
            })
        });
        self.write(other.id, held);
    }

    /// What is wrong at a place and below it.
    pub(super) fn problems(self, pointer: String) -> Memo<Vec<Problem>> {
        let form = self.form;
        Memo::new(move |_| {
            let mut found = form.problems();
            found.retain(|one| {
                one.pointer
                    .strip_prefix(&pointer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            found
        })
    }

    /// Begins to edit a combination.
    pub(super) fn edit(self, spot: Spot) {
        if self.form.editable.get_untracked() {
            self.open.set(Some(spot));
        }
    }

    /// Ends it; the focus goes to the combination, or to where a new one is added.
    pub(super) fn close(self) {
        let Some((id, n)) = self.open.get_untracked() else { return };
        self.open.set(None);
        let count = action(id).map_or(0, |action| self.keys_now(action).len());
        let target = if n < count { control(id, n) } else { control_id(&place(id)) };
        once_drawn(move || focus(&target));
    }
}

fn keys_in(draft: &Value, action: &Action) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match draft["bindings"].get(action.id).and_then(Value::as_array) {
        Some(keys) => keys.iter().map(text).collect(),
        None => action.default.iter().map(|&keys| keys.to_owned()).collect(),
    }
}
