//! Views of one thing as links, so that each has an address and works without JavaScript.

use crate::markup::{Node, view};
use leptos::prelude::*;

/// One view.
pub struct Tab {
    /// Its name.
    pub word: &'static str,
    /// Its address.
    pub href: Signal<String>,
    /// Is it the one that is shown?
    pub current: Signal<bool>,
    /// How much is wrong in it.
    pub problems: Signal<usize>,
}

/// Draws the tabs; `name` says what they are views of.
pub fn tabs(name: &'static str, all: Vec<Tab>) -> Node {
    let links: Vec<_> = all
        .into_iter()
        .map(|tab| {
            let Tab { word, href, current, problems } = tab;
            view! {
                <a class="tabs__tab" href=move || href.get() aria-current=move || current.get().then_some("page")>
                    {word}
                    {move || {
                        let n = problems.get();
                        (n > 0).then(|| view! { " "<span class="badge badge--error">{n}</span> })
                    }}
                </a>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label=name>{links}</nav> }
}
