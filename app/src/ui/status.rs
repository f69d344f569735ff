//! A dot and a word: how a record stands. The shape of the dot says it without the colour.

use crate::markup::{Node, view};

/// The shape of the dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dot {
    /// Full: works.
    Ok,
    /// Hollow: switched off.
    Off,
    /// Half: to look at.
    Warning,
    /// Square: wrong.
    Error,
    /// To know.
    Info,
}

/// A dot and a word.
pub fn status(dot: Dot, text: impl Into<String>) -> Node {
    let class = match dot {
        Dot::Ok => "status status--ok",
        Dot::Off => "status status--off",
        Dot::Warning => "status status--warning",
        Dot::Error => "status status--error",
        Dot::Info => "status status--info",
    };
    view! { <span class=class>{text.into()}</span> }
}
