//! Some of a few constants: a box to tick for each.

use leptos::prelude::*;
use serde_json::Value;

use super::{Field, choice};
use crate::markup::{Node, view};
use crate::schema;

/// Draws it. Codes are kept in the order in which the schema offers them.
pub(super) fn widget(field: &Field) -> Node {
    let each = schema::note(&field.schema, "items").cloned().unwrap_or_default();
    let options = choice::options(&each);
    let codes: Vec<String> = options.iter().map(|(code, _)| code.clone()).collect();
    let value = field.value();
    let editable = field.editable();
    let boxes: Vec<_> = options
        .into_iter()
        .map(|(code, word)| {
            let ticked = {
                let code = code.clone();
                move |value: &Value| value.as_array().is_some_and(|held| held.iter().any(|held| *held == code.as_str()))
            };
            let first = value.with_untracked(&ticked);
            let (writing, codes) = (field.clone(), codes.clone());
            let change = move |ev| {
                let on = event_target_checked(&ev);
                let held = value.get_untracked();
                let holds = |code: &str| held.as_array().is_some_and(|held| held.iter().any(|held| *held == code));
                let now = codes.iter().filter(|known| if **known == code { on } else { holds(known) });
                writing.set(now.map(|code| Value::from(code.as_str())).collect::<Vec<_>>());
            };
            view! {
                <label class="check">
                    <input class="check__box" type="checkbox" checked=first prop:checked=move || value.with(&ticked)
                        disabled=true prop:disabled=move || !editable.get() on:change=change/>
                    <span class="check__word">{word}</span>
                </label>
            }
        })
        .collect();
    view! { <div class="choices" id=field.id()>{boxes}</div> }
}
