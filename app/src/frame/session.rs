//! Who reads this page: one resource, shared by everything on it.

use leptos::prelude::*;

use super::Page;
use crate::backend::{Can, Me};
use crate::calls;
use crate::error::Error;

/// The person who is signed in, as the whole page knows them.
#[derive(Clone, Copy)]
pub struct Session {
    /// Them and their rights. Read it under `<Suspense>` or `<Transition>` alone.
    pub me: Resource<Result<Me, Error>>,
    /// The last answer that was good; empty before the first.
    known: RwSignal<Option<Me>>,
}

impl Session {
    /// Asks once for the page, unless nobody is signed in on it.
    pub(super) fn new(page: &Page) -> Self {
        let bare = page.is_bare();
        let known = RwSignal::new(None);
        let me = Resource::new(
            || (),
            move |()| async move {
                if bare {
                    return Err(Error::SignIn);
                }
                calls::me().await
            },
        );
        Effect::new(move |_| {
            if let Some(Ok(me)) = me.get() {
                known.set(Some(me));
            }
        });
        Self { me, known }
    }

    /// The session of this page.
    pub fn get() -> Self {
        super::Frame::get().session
    }

    /// What the person may do with a section; nothing while that is not known. Reads [`Session::me`].
    pub fn can(self, section: &str) -> Can {
        self.me
            .get()
            .and_then(Result::ok)
            .and_then(|me| me.sections.get(section).copied())
            .unwrap_or_default()
    }

    /// The person, without waiting and without a Suspense: for event handlers and effects.
    pub fn known(self) -> Option<Me> {
        self.known.get_untracked()
    }

    /// Asks again: rights or name changed.
    pub fn refetch(self) {
        self.me.refetch();
    }
}
