//! A picture of the sprite: 16 px, beside a word.

use std::sync::Arc;

use crate::markup::{Node, view};
use leptos::prelude::*;

/// Where the sprite of icons lies; the frame puts it into context once for a page.
#[derive(Clone, Debug, Default)]
pub struct Sprite(pub Arc<str>);

impl Sprite {
    /// Makes it known to every icon of this page.
    pub fn provide(self) {
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        browser::SPRITE.set(self.clone());
        provide_context(self);
    }

    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// In the browser there is one page, so an icon drawn by an event handler, outside every owner, finds it too.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    fn here() -> Self {
        browser::SPRITE.with_borrow(Clone::clone)
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod browser {
    use std::cell::RefCell;

    thread_local! {
        pub(super) static SPRITE: RefCell<super::Sprite> = RefCell::default();
    }
}

/// The icon of this name, hidden from screen readers: a word or an `aria-label` says the same.
pub fn icon(name: &str) -> Node {
    drawn("icon", name)
}

/// The same, 20 px.
pub fn large_icon(name: &str) -> Node {
    drawn("icon icon--large", name)
}

/// The icon of this name in a class of its own, for example `empty__icon`.
pub fn icon_as(class: &'static str, name: &str) -> Node {
    drawn(class, name)
}

/// The icon of this name in a colour that comes from data.
pub fn icon_in(colour: String, class: &'static str, name: &str) -> Node {
    let href = [&*Sprite::here().0, "/icons.svg#", name].concat();
    view! { <svg class=class color=colour aria-hidden="true"><use href=href/></svg> }
}

fn drawn(class: &'static str, name: &str) -> Node {
    let href = [&*Sprite::here().0, "/icons.svg#", name].concat();
    view! { <svg class=class aria-hidden="true"><use href=href/></svg> }
}
