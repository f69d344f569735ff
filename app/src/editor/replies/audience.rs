//! Who is offered a reply: the choice, and what comes of it together with the category, in words.

use leptos::prelude::*;
use serde_json::Value;

use super::Editor;
use crate::backend::Found;
use crate::form::property;
use crate::markup::{IntoNode, Node, view};
use crate::ui::icon;
use crate::words::{key, t, tf};

/// Draws it.
pub(super) fn audience(editor: Editor) -> Node {
    let form = editor.form;
    let owned = Memo::new(move |_| {
        form.draft.with(|draft| {
            let personal = draft.get("scope").and_then(Value::as_str) == Some("personal");
            personal || draft.get("owner").is_some_and(|owner| !owner.is_null())
        })
    });
    let owner = move || owned.get().then(|| untrack(|| property(form, "owner")));
    view! {
        <fieldset class="group">
            <legend class="group__title">{t(key::REPLY_AUDIENCE)}</legend>
            {property(form, "scope")}
            {owner}
            {said(editor)}
        </fieldset>
    }
}

/// A record that the draft links to, as far as its label is known.
fn target(editor: Editor, field: &str, section: &str) -> Option<Found> {
    let id = editor.form.draft.with(|draft| draft.get(field).and_then(Value::as_i64))?;
    editor
        .form
        .labels
        .with(|labels| labels.iter().find(|found| found.id == id && found.section == section).cloned())
}

/// Who sees it, in one sentence; if nobody does, why.
fn said(editor: Editor) -> Node {
    let sentence = Memo::new(move |_| {
        let (active, personal) = editor.form.draft.with(|draft| {
            let active = draft.get("active") == Some(&Value::Bool(true));
            (active, draft.get("scope").and_then(Value::as_str) == Some("personal"))
        });
        let gone = |found: &Found| found.archived || !found.active;
        let category = target(editor, "category", "reply-categories");
        let owner = target(editor, "owner", "users");
        if !active {
            return (false, t(key::REPLY_NOBODY_OFF).to_owned());
        }
        if let Some(category) = category.as_ref().filter(|category| gone(category)) {
            return (false, tf(key::REPLY_NOBODY_CATEGORY, &[("name", &category.name)]));
        }
        match (personal, owner) {
            (true, None) => (false, t(key::REPLY_NOBODY_OWNER).to_owned()),
            (true, Some(owner)) if gone(&owner) => {
                (false, tf(key::REPLY_NOBODY_GONE, &[("name", &owner.name)]))
            }
            (true, Some(owner)) => (true, tf(key::REPLY_OWNER_ALONE, &[("name", &owner.name)])),
            (false, _) => match category {
                Some(category) => (true, tf(key::REPLY_EVERYONE_IN, &[("name", &category.name)])),
                None => (true, t(key::REPLY_EVERYONE).to_owned()),
            },
        }
    });
    (move || {
        let (somebody, text) = sentence.get();
        let (class, picture) =
            if somebody { ("audience", "users") } else { ("audience audience--nobody", "triangle-alert") };
        view! { <p class=class role="status">{icon(picture)} <span>{text}</span></p> }
    })
    .into_node()
}
