//! Who reads this page: one resource, shared by everything on it.

use leptos::prelude::*;

use std::sync::Arc;

use super::Page;
use crate::ask::{Asked, Question, ask};
use crate::backend::Me;
use crate::calls::question;
use crate::error::Error;

/// The person who is signed in, as the whole page knows them.
#[derive(Clone, Copy)]
pub struct Session {
    /// Them and their rights, as they are asked for; [`Session::me`] reads them.
    pub asked: Asked,
    /// The last answer that was good; empty before the first.
    known: RwSignal<Option<Arc<Me>>>,
}

impl Session {
    /// Asks once for the page, unless nobody is signed in on it.
    pub(super) fn new(page: &Page) -> Self {
        let open = page.is_open();
        let known = RwSignal::new(None);
        let asked = ask(move || if open { Question::nothing() } else { question::me() });
        Effect::new(move |_| {
            if let Some(Ok(me)) = asked.get().map(|answer| answer.read()) {
                known.set(Some(me));
            }
        });
        Self { asked, known }
    }

    /// The session of this page.
    pub fn get() -> Self {
        super::Frame::get().session
    }

    /// The person, once the answer has come. Read it under `<Suspense>` or `<Transition>` alone.
    pub fn me(self) -> Option<Result<Arc<Me>, Error>> {
        self.asked.get().map(|answer| answer.read())
    }

    /// The person, without waiting and without a Suspense: for event handlers and effects.
    pub fn known(self) -> Option<Arc<Me>> {
        self.known.get_untracked()
    }

    /// Asks again: rights or name changed.
    pub fn refetch(self) {
        self.asked.refetch();
    }
}
