//! The second block of client fields: one switch a field, "on the card", the same value as the client card has.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

use super::sheet::Sheet;
use crate::calls;
use crate::form::{Companion, Form, Means};
use crate::frame::Session;
use crate::markup::{IntoNode, Node, view};
use crate::sections::client_card::EITHER_WAY;
use crate::value::diff::diff;
use crate::value::merge::merge;
use crate::words::{key, t, tf};

/// The section of the card.
pub(super) const CARD: &str = "client-card";
/// The property that holds the rows of the card.
const ROWS: &str = "client_card_fields";
/// The property that holds the definitions.
const DEFINITIONS: &str = "client_fields_json";

/// The card is compared, merged and kept up with the definitions by code that came with this editor.
const MEANS: Means = Means {
    count: |schema, before, after| diff(schema, before, after).len(),
    merge,
    fit: without_gone,
    settles: "field_on_card",
};

/// Reads the card, if this person may see it, and tells the form that it writes it as well.
pub(super) fn fetch(form: Form) {
    let asked = StoredValue::new(false);
    Effect::new(move |_| {
        if !form.awake.get() || asked.get_value() || untrack(|| form.companion(CARD)).is_some() {
            return;
        }
        let Some(me) = Session::get().known() else { return };
        let Some(can) = me.sections.get(CARD).copied().filter(|can| can.view) else { return };
        asked.set_value(true);
        spawn_local(async move {
            let section = CARD.to_owned();
            let (Ok(view), Ok(schema)) =
                (calls::record(section.clone(), 0).await, calls::schema(section).await)
            else {
                return;
            };
            // The page may have been left meanwhile.
            if form.base.try_with_untracked(|_| ()).is_some() {
                form.join(view, Arc::new(schema), can.edit, MEANS);
            }
        });
    });
}

fn is_row(row: &Value, alias: &str) -> bool {
    row.get("field").and_then(Value::as_str) == Some(alias)
        && row.get("extra_data") == Some(&Value::Bool(true))
}

fn rows(value: &Value) -> impl Iterator<Item = &Value> {
    value.get(ROWS).and_then(Value::as_array).into_iter().flatten()
}

/// The card without the rows of fields that are no longer defined in `after`, however they went: those that `before`
/// defines, and those that came onto the card in this form. Others that nobody defines were placed on purpose.
///
/// The draft itself keeps them in their places for as long as nothing is saved: a field that comes back is on the card.
fn without_gone(card: &Value, taken: &Value, before: &Value, after: &Value) -> Value {
    let defines =
        |value: &Value, alias: &str| value.get(DEFINITIONS).is_some_and(|all| all.get(alias).is_some());
    let gone = |row: &Value| {
        let alias = row.get("field").and_then(Value::as_str).unwrap_or_default();
        is_row(row, alias)
            && !EITHER_WAY.contains(&alias)
            && !defines(after, alias)
            && (defines(before, alias) || !rows(taken).any(|row| is_row(row, alias)))
    };
    let mut card = card.clone();
    if let Some(rows) = card.get_mut(ROWS).and_then(Value::as_array_mut) {
        rows.retain(|row| !gone(row));
    }
    card
}

/// Is the field on the card, and to be seen there?
pub(super) fn is_on(card: Companion, alias: &str) -> bool {
    card.draft.with(|draft| {
        rows(draft).any(|row| is_row(row, alias) && row.get("visible") != Some(&Value::Bool(false)))
    })
}

/// Does the card name the field at all?
pub(super) fn is_named(card: Companion, alias: &str) -> bool {
    card.draft.with(|draft| rows(draft).any(|row| is_row(row, alias)))
}

/// Shows the field on the card, at its end if it has no place there yet, or hides it where it stands. One that had no
/// place before loses it again.
fn switch(card: Companion, alias: &str, on: bool) {
    let stood = card.base.with_untracked(|base| rows(&base.value).any(|row| is_row(row, alias)));
    change(card, |rows| {
        if !on && !stood {
            rows.retain(|row| !is_row(row, alias));
            return;
        }
        match rows.iter_mut().find(|row| is_row(row, alias)).and_then(Value::as_object_mut) {
            Some(row) => drop(row.insert("visible".into(), on.into())),
            None if on => rows.push(Value::Object(Map::from_iter([
                ("field".to_owned(), Value::from(alias)),
                ("visible".to_owned(), Value::Bool(true)),
                ("extra_data".to_owned(), Value::Bool(true)),
            ]))),
            None => {}
        }
    });
}

/// Takes a field that was never saved off the card; one that was saved leaves it with the save.
pub(super) fn remove(card: Companion, alias: &str) {
    change(card, |rows| rows.retain(|row| !is_row(row, alias)));
}

/// A field that was never saved has got another alias.
pub(super) fn rename(card: Companion, from: &str, to: &str) {
    change(card, |rows| {
        for row in rows.iter_mut().filter(|row| is_row(row, from)) {
            row["field"] = to.into();
        }
    });
}

fn change(card: Companion, act: impl FnOnce(&mut Vec<Value>)) {
    card.draft.update(|draft| {
        if draft.get(ROWS).and_then(Value::as_array).is_none() {
            crate::value::set(draft, "/client_card_fields", Value::Array(Vec::new()));
        }
        if let Some(rows) = draft.get_mut(ROWS).and_then(Value::as_array_mut) {
            act(rows);
        }
    });
}

/// The block: a switch for each field.
pub(super) fn block(sheet: Sheet) -> Node {
    let aliases = sheet.aliases();
    let one = move |card: Companion, alias: String| {
        let label = {
            let alias = alias.clone();
            Memo::new(move |_| sheet.name(&alias))
        };
        let (reading, writing) = (alias.clone(), alias.clone());
        let on = Memo::new(move |_| is_on(card, &reading));
        let may = move || sheet.form.editable.get() && card.may;
        view! {
            <li class="on-card__field">
                <label class="switch">
                    <input class="switch__input" type="checkbox" role="switch" checked=on.get_untracked() prop:checked=move || on.get()
                        aria-label=move || tf(key::ON_CARD_OF, &[("name", &label.get())])
                        disabled=true prop:disabled=move || !may()
                        on:change=move |ev| switch(card, &writing, event_target_checked(&ev))/>
                    <span class="switch__word" aria-hidden="true">{move || label.get()}</span>
                </label>
                <code class="table__code">{alias}</code>
            </li>
        }
    };
    (move || {
        let card = sheet.card.get()?;
        let aliases = aliases.get();
        (!aliases.is_empty()).then(|| {
            untrack(|| {
                view! {
                    <fieldset class="group on-card">
                        <legend class="group__title">{t(key::ON_CARD_TITLE)}</legend>
                        <p class="group__help">
                            {t(key::ON_CARD_TEXT)} " "
                            <a href="/settings/client-card">{t(key::ON_CARD_OPEN)}</a>
                        </p>
                        <ul class="on-card__fields">
                            {aliases.into_iter().map(|alias| one(card, alias)).collect::<Vec<_>>()}
                        </ul>
                    </fieldset>
                }
            })
        })
    })
    .into_node()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::without_gone;

    fn card(aliases: &[&str]) -> Value {
        let row = |alias: &&str| json!({ "field": alias, "extra_data": true });
        let mut rows: Vec<Value> = aliases.iter().map(row).collect();
        rows.push(json!({ "field": "phone" }));
        rows.push(json!({ "field": "clientType", "extra_data": true }));
        json!({ "client_card_fields": rows })
    }

    fn defining(aliases: &[&str]) -> Value {
        let field = |alias: &&str| ((*alias).to_owned(), json!({ "type": "STRING" }));
        json!({ "client_fields_json": aliases.iter().map(field).collect::<serde_json::Map<_, _>>() })
    }

    #[test]
    fn a_field_leaves_the_card_with_its_definition() {
        let (before, taken) = (defining(&["city", "age"]), card(&["city", "later", "age"]));
        let written = |draft: &Value, after: &Value| without_gone(draft, &taken, &before, after);
        assert_eq!(written(&taken, &before), taken);
        // One that was placed before anybody defined it stays.
        assert_eq!(written(&taken, &defining(&["age"])), card(&["later", "age"]));
        assert_eq!(written(&taken, &json!({})), card(&["later"]));
        // So does one that is new with its definition; not one whose definition went again.
        let more = card(&["city", "later", "age", "new"]);
        assert_eq!(written(&more, &defining(&["city", "age", "new"])), more);
        assert_eq!(written(&more, &before), taken);
    }
}
