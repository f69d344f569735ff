//! Rights as a matrix: a row for each section or module, a column for each verb.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::Field;
use crate::markup::{Node, view};
use crate::words::{key, t, tf};

/// One row.
#[derive(Clone)]
struct Subject {
    key: String,
    title: String,
    group: String,
    /// The verbs that make sense here; empty for all.
    verbs: Vec<String>,
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The verbs that a subject is granted, implied ones included: edit implies view, delete implies edit.
fn granted(value: &Value, subject: &str) -> Vec<String> {
    let held = value.get(subject).and_then(Value::as_array).into_iter().flatten();
    held.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn allows(held: &[String], verb: &str) -> bool {
    let has = |verb: &str| held.iter().any(|held| held == verb);
    match verb {
        "view" => !held.is_empty(),
        "edit" => has("edit") || has("delete"),
        other => has(other),
    }
}

/// Grants or takes a verb, and with it what it implies or what rests on it.
fn with(held: &[String], verb: &str, on: bool, verbs: &[String]) -> Vec<Value> {
    verbs
        .iter()
        .filter(|known| {
            let now = allows(held, known);
            match (on, verb, known.as_str()) {
                (true, "delete", "edit" | "view") | (true, _, "view") => true,
                (false, "view", _) | (false, "edit", "delete") => false,
                (_, verb, known) if verb == known => on,
                _ => now,
            }
        })
        .map(|verb| Value::from(verb.as_str()))
        .collect()
}

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let rows: Vec<Subject> = field
        .note("x-rows")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|row| Subject {
            key: text(row, "key"),
            title: text(row, "title"),
            group: text(row, "group"),
            verbs: granted(row, "verbs"),
        })
        .collect();
    let verbs: Vec<(String, String)> = field
        .note("x-verbs")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|verb| (text(verb, "key"), text(verb, "title")))
        .collect();
    // Sections come in the groups of the menu.
    let subject =
        if rows.iter().any(|row| row.group.is_empty()) { key::MATRIX_MODULE } else { key::MATRIX_SUBJECT };
    let keys: Vec<String> = verbs.iter().map(|(key, _)| key.clone()).collect();
    let columns = verbs.len() + 1;
    let (value, editable) = (field.value(), field.editable());
    let base = field.form.base;
    let pointer = field.pointer.clone();

    let write = {
        let (field, keys) = (field.clone(), keys.clone());
        move |changes: &[(&str, &str, bool)]| {
            let mut map: Map<String, Value> =
                value.with_untracked(|value| value.as_object().cloned()).unwrap_or_default();
            for (subject, verb, on) in changes {
                let now = granted(&Value::Object(map.clone()), subject);
                let held = with(&now, verb, *on, &keys);
                if held.is_empty() {
                    map.shift_remove(*subject);
                } else {
                    map.insert((*subject).to_owned(), held.into());
                }
            }
            field.set(Value::Object(map));
        }
    };

    let heads: Vec<_> = verbs
        .iter()
        .map(|(verb, title)| {
            let (write, verb) = (write.clone(), verb.clone());
            let subjects: Vec<String> =
                rows.iter().filter(|row| fits(row, &verb)).map(|row| row.key.clone()).collect();
            let all = move |_| {
                let every =
                    value.with_untracked(|value| subjects.iter().all(|row| allows(&granted(value, row), &verb)));
                let changes: Vec<_> = subjects.iter().map(|row| (row.as_str(), verb.as_str(), !every)).collect();
                write(&changes);
            };
            view! {
                <th scope="col">
                    <button class="matrix__all" type="button" disabled=true prop:disabled=move || !editable.get()
                        title=t(key::MATRIX_ALL) on:click=all>{title.clone()}</button>
                </th>
            }
        })
        .collect();

    let mut group = String::new();
    let mut body: Vec<Node> = Vec::new();
    for row in rows {
        if row.group != group {
            group.clone_from(&row.group);
            let title = group.clone();
            body.push(
                view! { <tr class="matrix__group"><th scope="rowgroup" colspan=columns>{title}</th></tr> },
            );
        }
        let cells: Vec<_> = verbs
            .iter()
            .map(|(verb, title)| {
                if !fits(&row, verb) {
                    let none = t(key::MATRIX_NONE);
                    return view! {
                        <td class="matrix__cell matrix__cell--none"><span class="visually-hidden">{none}</span></td>
                    };
                }
                let on = {
                    let (subject, verb) = (row.key.clone(), verb.clone());
                    move |value: &Value| allows(&granted(value, &subject), &verb)
                };
                let first = value.with_untracked(&on);
                let ticked = {
                    let on = on.clone();
                    move || value.with(&on)
                };
                let changed = {
                    let (pointer, nothing) = (pointer.clone(), Value::Null);
                    move || {
                        let was = base.with(|base| on(base.value.pointer(&pointer).unwrap_or(&nothing)));
                        was != value.with(&on)
                    }
                };
                let (write, subject, verb) = (write.clone(), row.key.clone(), verb.clone());
                let name = tf(key::MATRIX_CELL, &[("row", &row.title), ("column", title)]);
                view! {
                    <td class="matrix__cell" class:matrix__cell--changed=changed>
                        <input class="check__box" type="checkbox" aria-label=name checked=first prop:checked=ticked
                            disabled=true prop:disabled=move || !editable.get()
                            on:change=move |ev| write(&[(&subject, &verb, event_target_checked(&ev))])/>
                    </td>
                }
            })
            .collect();
        body.push(view! { <tr><th scope="row">{row.title}</th>{cells}</tr> });
    }
    view! {
        <div class="matrix" id=field.id() role="region" tabindex="0" aria-label=field.label()>
            <table class="matrix__table">
                <thead><tr><th scope="col">{t(subject)}</th>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// Does the verb make sense for this row? A document can't be deleted.
fn fits(row: &Subject, verb: &str) -> bool {
    if !row.verbs.is_empty() {
        return row.verbs.iter().any(|known| known == verb);
    }
    let document =
        crate::sections::item(&row.key).is_some_and(|item| item.shape == crate::sections::Shape::One);
    !(verb == "delete" && document)
}
