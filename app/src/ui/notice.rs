//! A word to the reader that stands on the page: to know, well done, to look at, wrong.

use super::badge::Tone;
use super::icon;
use crate::markup::{Node, view};

/// A notice with a title, a text under it, and what can be done about it. An empty title or text is left out.
pub fn notice(tone: Tone, title: impl Into<String>, text: impl Into<String>, actions: Option<Node>) -> Node {
    let (class, picture) = match tone {
        Tone::Ok => ("notice notice--ok", "circle-check"),
        Tone::Warning => ("notice notice--warning", "triangle-alert"),
        Tone::Error => ("notice notice--error", "circle-alert"),
        Tone::Plain | Tone::Info | Tone::Accent => ("notice notice--info", "info"),
    };
    // A notice that is wrong interrupts a screen reader, any other waits for its turn.
    let role = if tone == Tone::Error { "alert" } else { "status" };
    let (title, text) = (title.into(), text.into());
    view! {
        <div class=class role=role>
            {icon(picture)}
            <div class="notice__text">
                {(!title.is_empty()).then(|| view! { <p class="notice__title">{title}</p> })}
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="notice__actions">{actions}</div> })}
        </div>
    }
}

/// What stands where a list would be, while there is nothing in it: why, and what to do first.
pub fn empty(
    picture: &str,
    title: impl Into<String>,
    text: impl Into<String>,
    actions: Option<Node>,
) -> Node {
    let text = text.into();
    view! {
        <div class="empty">
            {super::icon_as("icon empty__icon", picture)}
            <h2 class="empty__title">{title.into()}</h2>
            {(!text.is_empty()).then(|| view! { <p class="empty__text">{text}</p> })}
            {actions.map(|actions| view! { <div class="row">{actions}</div> })}
        </div>
    }
}
