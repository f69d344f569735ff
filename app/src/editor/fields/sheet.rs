//! The definitions of a form's draft, and what may be done with them as a whole: add, move, rename, take out.

use std::time::Duration;

use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::on_card;
use crate::form::{Companion, Field, Form, control_id};
use crate::problem::segment;
use crate::sections::fields::FieldType;

/// The definitions at work: a handle that every part of the editor may hold.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    /// The form of the document.
    pub(super) form: Form,
    /// The property of the document that holds the definitions.
    pub(super) root: &'static str,
    /// The aliases of the rows that are unfolded.
    open: RwSignal<Vec<String>>,
    /// The client card, once it has come; none beside other fields than a client's.
    pub(super) card: Signal<Option<Companion>>,
    /// The field that somebody wants to take out.
    pub(super) leaving: RwSignal<Option<String>>,
    /// A pointer is pressed on the rows: they stay as they are until its click has been heard.
    pub(super) pressed: StoredValue<bool>,
    /// What waits for that.
    pub(super) after_press: StoredValue<Option<Callback<()>>>,
}

impl Sheet {
    pub(super) fn new(form: Form) -> Self {
        let root = if form.section == "client-fields" { "client_fields_json" } else { "custom_fields_json" };
        Self {
            form,
            root,
            open: RwSignal::new(Vec::new()),
            card: Signal::derive(move || form.companion(on_card::CARD)),
            leaving: RwSignal::new(None),
            pressed: StoredValue::new(false),
            after_press: StoredValue::new(None),
        }
    }

    /// A pointer is pressed on a row.
    pub(super) fn press(self) {
        if self.pressed.get_value() {
            return;
        }
        self.pressed.set_value(true);
        let ears = StoredValue::new(Vec::<WindowListenerHandle>::new());
        let let_go = move || {
            for ear in ears.try_update_value(std::mem::take).unwrap_or_default() {
                ear.remove();
            }
            // The click comes right after it.
            set_timeout(
                move || {
                    self.pressed.try_set_value(false);
                    if let Some(act) = self.after_press.try_update_value(Option::take).flatten() {
                        act.run(());
                    }
                },
                Duration::ZERO,
            );
        };
        ears.set_value(
            ["pointerup", "pointercancel"]
                .map(|name| window_event_listener_untyped(name, move |_| let_go()))
                .into(),
        );
    }

    /// The aliases, in their order.
    pub(super) fn aliases(self) -> Memo<Vec<String>> {
        Memo::new(move |_| self.form.draft.with(|draft| self.names(draft)))
    }

    fn names(self, value: &Value) -> Vec<String> {
        let map = value.get(self.root).and_then(Value::as_object);
        map.into_iter().flat_map(Map::keys).cloned().collect()
    }

    /// Has another field than `own` this alias, in whatever case? Without following it.
    pub(super) fn is_taken(self, alias: &str, own: &str) -> bool {
        let names = self.form.draft.with_untracked(|draft| self.names(draft));
        names.iter().any(|known| known != own && known.eq_ignore_ascii_case(alias))
    }

    /// Where a definition stands.
    pub(super) fn pointer(self, alias: &str) -> String {
        ["/", self.root, "/", &segment(alias)].concat()
    }

    /// The id of what names a row: problems are led there.
    pub(super) fn row_id(self, alias: &str) -> String {
        control_id(&self.pointer(alias))
    }

    /// One property of a definition as a field of the form.
    pub(super) fn field(self, alias: &str, name: &str) -> Field {
        let pointer = [&*self.pointer(alias), "/", name].concat();
        let schema = self.form.schema();
        let part = ["/properties/", self.root, "/additionalProperties/properties/", name].concat();
        let nothing = Value::Null;
        Field::new(self.form, &pointer, name, schema.pointer(&part).unwrap_or(&nothing))
    }

    /// The same without its sentence of help, which speaks of another type.
    pub(super) fn bare(self, alias: &str, name: &str) -> Field {
        let field = self.field(alias, name);
        let mut schema = Value::clone(&field.schema);
        if let Some(map) = schema.as_object_mut() {
            map.shift_remove("description");
        }
        Field { schema: schema.into(), ..field }
    }

    /// A property as it stands.
    pub(super) fn property(self, alias: &str, name: &str) -> Signal<Value> {
        let pointer = [&*self.pointer(alias), "/", name].concat();
        let draft = self.form.draft;
        Memo::new(move |_| draft.with(|draft| draft.pointer(&pointer).cloned().unwrap_or_default())).into()
    }

    /// What people call a field: its label, or its alias before it has one. Reactive.
    pub(super) fn name(self, alias: &str) -> String {
        let pointer = [&*self.pointer(alias), "/label"].concat();
        self.form.draft.with(|draft| {
            let label = draft.pointer(&pointer).and_then(Value::as_str).filter(|label| !label.is_empty());
            label.unwrap_or(alias).to_owned()
        })
    }

    /// The type of a field.
    pub(super) fn kind(self, alias: &str) -> Memo<Option<FieldType>> {
        let value = self.property(alias, "type");
        Memo::new(move |_| value.with(|value| FieldType::of(value.as_str().unwrap_or_default())))
    }

    /// Was the field saved under this alias? Then it keeps it.
    pub(super) fn is_saved(self, alias: &str) -> bool {
        let pointer = self.pointer(alias);
        self.form.base.with(|base| base.value.pointer(&pointer).is_some())
    }

    pub(super) fn is_open(self, alias: &str) -> bool {
        self.open.with(|open| open.iter().any(|one| one == alias))
    }

    pub(super) fn fold(self, alias: &str, open: bool) {
        self.open.update(|all| {
            all.retain(|one| one != alias);
            if open {
                all.push(alias.to_owned());
            }
        });
    }

    fn change(self, act: impl FnOnce(&mut Map<String, Value>)) {
        self.form.draft.update(|draft| {
            if draft.get(self.root).and_then(Value::as_object).is_none() {
                crate::value::set(draft, &["/", self.root].concat(), Value::Object(Map::new()));
            }
            if let Some(map) = draft.get_mut(self.root).and_then(Value::as_object_mut) {
                act(map);
            }
        });
    }

    /// Adds a field of a type at the end, under an alias that is free, and unfolds it.
    pub(super) fn add(self, kind: FieldType) -> String {
        let taken = self.form.draft.with_untracked(|draft| self.names(draft));
        let stem = kind.code().to_ascii_lowercase();
        let free = |alias: &String| !taken.iter().any(|known| known.eq_ignore_ascii_case(alias));
        let numbered = (2_u32..).map(|n| [&*stem, "_", &n.to_string()].concat());
        let alias = std::iter::once(stem.clone()).chain(numbered).find(free).unwrap_or_default();
        let mut field = Map::new();
        field.insert("type".into(), kind.code().into());
        field.insert("label".into(), "".into());
        match kind {
            FieldType::Select => drop(field.insert("options".into(), Value::Array(Vec::new()))),
            FieldType::SelectApi => {
                let source = Map::from_iter([("url".to_owned(), Value::from(""))]);
                field.insert("source".into(), Value::Object(source));
            }
            _ => {}
        }
        self.change(|map| drop(map.insert(alias.clone(), Value::Object(field))));
        self.fold(&alias, true);
        alias
    }

    /// Puts the field at `from` to `to`, counted without it.
    pub(super) fn shift(self, from: usize, to: usize) {
        self.change(|map| {
            if from < map.len()
                && to < map.len()
                && let Some((alias, field)) =
                    map.iter().nth(from).map(|(alias, field)| (alias.clone(), field.clone()))
            {
                map.shift_remove(&alias);
                map.shift_insert(to, alias, field);
            }
        });
    }

    /// Gives a field that was never saved another alias, in its place.
    pub(super) fn rename(self, from: &str, to: &str) {
        self.change(|map| {
            let place = map.keys().position(|known| known == from);
            if let (Some(place), Some(field)) = (place, map.shift_remove(from)) {
                map.shift_insert(place, to.to_owned(), field);
            }
        });
        if let Some(card) = self.card.get_untracked() {
            on_card::rename(card, from, to);
        }
        if self.open.with_untracked(|open| open.iter().any(|one| one == from)) {
            self.fold(from, false);
            self.fold(to, true);
        }
    }

    /// Takes a field out.
    pub(super) fn remove(self, alias: &str) {
        self.change(|map| drop(map.shift_remove(alias)));
        self.fold(alias, false);
    }
}
