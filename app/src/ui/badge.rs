//! A word about a state, in a box of its colour.

use crate::markup::{Node, view};

/// What the colour of a word means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// To know.
    Info,
    /// Well.
    Ok,
    /// To look at.
    Warning,
    /// Wrong.
    Error,
    /// What can be acted on.
    Accent,
}

/// A word in a box.
pub fn badge(tone: Tone, text: impl Into<String>) -> Node {
    let class = match tone {
        Tone::Plain => "badge",
        Tone::Info => "badge badge--info",
        Tone::Ok => "badge badge--ok",
        Tone::Warning => "badge badge--warning",
        Tone::Error => "badge badge--error",
        Tone::Accent => "badge badge--accent",
    };
    view! { <span class=class>{text.into()}</span> }
}
