//! The printed sheet: every action with its keys, for the wall beside a desk. On the screen it is not shown.

use leptos::prelude::*;

use super::desk::Desk;
use crate::markup::{Node, view};
use crate::sections::hotkeys::{ACTIONS, GROUPS, TRIGGERS};
use crate::words::{key, t};

/// The sheet as the draft stands; what is off or without keys is left out.
pub(super) fn sheet(desk: Desk) -> Node {
    let rows = move || {
        let groups = GROUPS.iter().filter(|group| desk.is_on(group));
        groups.map(|group| part(desk, group)).collect::<Vec<_>>()
    };
    view! { <section class="hotkeys__sheet" aria-hidden="true">{rows}</section> }
}

/// One group.
fn part(desk: Desk, group: &'static str) -> Node {
    let rows: Vec<_> = ACTIONS
        .iter()
        .filter(|action| action.place.group() == group)
        .filter_map(|action| {
            let keys = desk.keys(action).get();
            let sign = sign_of(desk, action.id);
            if keys.is_empty() && sign.is_empty() {
                return None;
            }
            let sign = (!sign.is_empty())
                .then(|| view! { <span class="hotkeys__then">{t(key::HOTKEYS_OR_SIGN)}</span> " " <kbd class="kbd">{sign}</kbd> });
            let keys = (!keys.is_empty()).then(|| desk.keyboard.all(&keys));
            Some(view! { <tr><th scope="row">{desk.label(action.id)}</th><td>{keys} {sign}</td></tr> })
        })
        .collect();
    view! {
        <table class="hotkeys__table">
            <caption>{desk.group(group)}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The character that triggers an action; empty for none.
fn sign_of(desk: Desk, action: &str) -> String {
    let Some((id, default)) = TRIGGERS.iter().find(|(id, _)| *id == action) else { return String::new() };
    desk.form.draft.with(|draft| {
        draft["triggers"].get(*id).and_then(serde_json::Value::as_str).unwrap_or(default).to_owned()
    })
}
