//! The pages beside the sections: changes, my account, signing in. Few stay on them long, so they share a chunk.

use leptos::lazy;
use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_location;

use super::apart::words_apart;
use super::{account, auth, changes, keys};
use crate::ask::Asked;
use crate::markup::Node;

/// One of them, and what it has begun to read.
#[derive(Clone, Copy)]
pub enum OtherPage {
    /// `/changes`
    Changes(Asked),
    /// `/account`
    Account(Asked),
    /// `/access/keys`
    Keys(Asked),
    /// `/sign-in`, `/set-up/<token>`, `/password/<token>`
    Auth,
    /// `/ui`, in development
    Elements,
}

impl LazyRoute for OtherPage {
    fn data() -> Self {
        let path = use_location().pathname.get_untracked();
        match path.split('/').nth(1) {
            Some("changes") => Self::Changes(changes::read()),
            Some("account") => Self::Account(account::read()),
            Some("access") => Self::Keys(keys::read()),
            Some("ui") => Self::Elements,
            _ => Self::Auth,
        }
    }

    async fn view(this: Self) -> AnyView {
        if !matches!(this, Self::Auth) {
            words_apart().await;
        }
        other_page(this).await.into_any()
    }
}

#[lazy]
fn other_page(page: OtherPage) -> Node {
    match page {
        OtherPage::Changes(asked) => changes::page(asked),
        OtherPage::Account(asked) => account::page(asked),
        OtherPage::Keys(asked) => keys::page(asked),
        OtherPage::Auth => auth::page(),
        OtherPage::Elements => elements(),
    }
}

/// Every element in every state; a release has no such page.
fn elements() -> Node {
    #[cfg(debug_assertions)]
    return super::elements::page();
    #[cfg(not(debug_assertions))]
    return crate::markup::drawn(super::NotFound());
}
