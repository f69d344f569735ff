//! The scripts: edited by whoever has the right of their own, to be read by everybody else.

use leptos::prelude::*;
use serde_json::Value;

use crate::form::{Form, property};
use crate::frame::Session;
use crate::markup::{Node, view};
use crate::sections::styles::SCRIPTS;
use crate::ui::{Dot, Tone, notice, status};
use crate::words::{key, t};

/// Draws them.
pub(super) fn scripts(form: Form) -> Node {
    // The tab is opened by a person, so who they are is known by then.
    let may =
        Session::get().known().is_some_and(|me| me.functions.iter().any(|function| function == SCRIPTS));
    if may {
        return view! {
            <div class="stack">
                {notice(Tone::Warning, t(key::STYLES_SCRIPTS_TITLE), t(key::STYLES_SCRIPTS_TEXT), None)}
                {property(form, "scripts")}
            </div>
        };
    }
    let list = form
        .draft
        .with_untracked(|draft| draft.get("scripts").and_then(Value::as_array).cloned().unwrap_or_default());
    let rows: Vec<_> = list
        .iter()
        .map(|script| {
            let text = |name: &str| script.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let on = script.get("enabled") == Some(&Value::Bool(true));
            let (dot, word) = if on { (Dot::Ok, key::STYLES_ON) } else { (Dot::Off, key::STYLES_OFF) };
            view! {
                <li class="links__item">
                    <strong>{text("name")}</strong> {status(dot, t(word))}
                    <code class="links__note">{text("address")}</code>
                </li>
            }
        })
        .collect();
    let none = rows.is_empty().then(|| view! { <p>{t(key::STYLES_NO_SCRIPTS)}</p> });
    view! {
        <div class="stack">
            {notice(Tone::Info, t(key::STYLES_SCRIPTS_LOCKED), t(key::STYLES_SCRIPTS_LOCKED_TEXT), None)}
            {none}
            <ul class="links">{rows}</ul>
        </div>
    }
}
