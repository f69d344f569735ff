//! Grey lines where content is about to be, so that nothing shifts when it comes.

use crate::markup::{Node, view};
use crate::words::{key, t};

/// What is about to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    #[default]
    Lines,
    /// Rows of a table.
    Rows,
    /// Rows of a form.
    Fields,
}

/// `count` grey lines.
pub fn loading(shape: Shape, count: usize) -> Node {
    let class = match shape {
        Shape::Lines => "loading",
        Shape::Rows => "loading loading--rows",
        Shape::Fields => "loading loading--fields",
    };
    let lines = (0..count)
        .map(|n| {
            let short = n % 3 == 2;
            view! { <span class="loading__line" class:loading__line--short=short></span> }
        })
        .collect::<Vec<_>>();
    view! {
        <div class=class aria-busy="true">
            <span class="visually-hidden">{t(key::LOADING)}</span>
            {lines}
        </div>
    }
}
