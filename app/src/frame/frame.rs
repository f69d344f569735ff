//! The handles that every part of a page shares: who reads it, what is said on it, what is unsaved, what is new.

use leptos::prelude::*;

use super::guard::Guard;
use super::live::Live;
use super::page::{Page, Theme};
use super::session::Session;
use super::sign_in_again::SignInAgain;
use super::title::Titles;
use crate::ui::{Awake, Sprite, Toasts};

/// The handles of a page; all of them can be copied into any closure.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Who reads it.
    pub session: Session,
    /// What is said at its foot.
    pub toasts: Toasts,
    /// What is unsaved on it.
    pub guard: Guard,
    /// What others change meanwhile.
    pub live: Live,
    /// Asks for the password when the session ended.
    pub sign_in: SignInAgain,
    /// The reader's theme.
    pub theme: RwSignal<Theme>,
    /// Has it taken over from the server's HTML?
    pub awake: RwSignal<bool>,
    /// Is the palette open?
    pub palette: RwSignal<bool>,
    /// The titles of what is on it.
    pub(super) titles: Titles,
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
thread_local! {
    /// In the browser there is one page, so what runs outside every owner (an event, the end of a call) finds it too.
    static FRAME: std::cell::Cell<Option<Frame>> = const { std::cell::Cell::new(None) };
}

impl Frame {
    /// Makes the handles of this page and puts them into context.
    pub(super) fn provide() -> Self {
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        provide_context(Page::of_document());
        let page = Page::current();
        Sprite(page.assets.as_str().into()).provide();
        let awake = RwSignal::new(false);
        provide_context(Awake(awake));
        let frame = Self {
            session: Session::new(&page),
            toasts: Toasts::new(),
            guard: Guard::new(),
            live: Live::new(),
            sign_in: SignInAgain::new(),
            theme: RwSignal::new(page.theme),
            awake,
            palette: RwSignal::new(false),
            titles: Titles::new(),
        };
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        FRAME.set(Some(frame));
        provide_context(frame);
        frame
    }

    /// The handles of this page.
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    pub fn get() -> Self {
        use_context().expect("`App` puts it into context before anything is drawn")
    }

    /// The handles of this page.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    pub fn get() -> Self {
        FRAME.get().expect("`App` makes it before anything is drawn")
    }
}

/// The toasts of this page, from anywhere: `toasts().say(t(key::SAVED), None)`.
pub fn toasts() -> Toasts {
    Frame::get().toasts
}

/// What is unsaved on this page, from anywhere.
pub fn guard() -> Guard {
    Frame::get().guard
}

/// What others change meanwhile, from anywhere.
pub fn live() -> Live {
    Frame::get().live
}
