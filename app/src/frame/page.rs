//! What the page knows of itself before anything is read: theme, build, address.

use leptos::prelude::*;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which the button goes through them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in `data-theme`, in the cookie and in the form.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.key() == key)
    }

    /// The theme after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Its picture.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::System => "monitor",
            Self::Light => "sun",
            Self::Dark => "moon",
        }
    }
}

/// What the page knows of itself: given by the server as context, read from `<html>` in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The theme that the reader chose.
    pub theme: Theme,
    /// Where the built files lie: `/assets/<build>`, no slash at the end.
    pub assets: String,
    /// Names the build.
    pub build: String,
    /// A development build: shows more when something breaks.
    pub development: bool,
    /// The path names a section that the reader may not know of; known on the server before anything is drawn.
    pub hidden: bool,
    /// The path that was asked for.
    pub path: String,
    /// The code of what a posted form failed with, from the query.
    pub problem: Option<String>,
    /// What was typed into the fields of a posted form that failed, by their names, passwords left out; known to the server
    /// alone, which has drawn them by the time the page wakes.
    pub typed: Vec<(String, String)>,
    /// The sample panel inside a frame without an origin: it belongs to nobody and asks for nothing.
    pub framed: bool,
}

impl Page {
    /// The page that is being drawn. Outside a request, as when routes are listed, it is empty.
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// Stands alone, without header and menu.
    pub fn is_bare(&self) -> bool {
        self.is_open() || self.is_preview()
    }

    /// Nobody is signed in on it: signing in, the first account, a new password, the framed sample.
    pub fn is_open(&self) -> bool {
        matches!(self.first(), "sign-in" | "set-up" | "password") || (self.framed && self.is_preview())
    }

    /// The sample operator panel, which has a style sheet of its own.
    pub fn is_preview(&self) -> bool {
        self.first() == "preview"
    }

    fn first(&self) -> &str {
        self.path.trim_start_matches('/').split('/').next().unwrap_or_default()
    }

    /// What the server wrote into the document.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    pub fn of_document() -> Self {
        let html = document().document_element();
        let read = |name: &str| html.as_ref().and_then(|html| html.get_attribute(name));
        let location = window().location();
        let search = location.search().unwrap_or_default();
        let query = web_sys::UrlSearchParams::new_with_str(&search).ok();
        let asked = |name: &str| query.as_ref().and_then(|query| query.get(name));
        let problem = asked("problem");
        let framed = asked("framed").as_deref() == Some("1");
        Self {
            theme: read("data-theme").and_then(|key| Theme::of(&key)).unwrap_or_default(),
            assets: read("data-assets").unwrap_or_default(),
            build: read("data-build").unwrap_or_default(),
            development: read("data-development").is_some(),
            hidden: false,
            path: location.pathname().unwrap_or_default(),
            problem,
            typed: Vec::new(),
            framed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Theme};

    #[test]
    fn a_bare_page_is_known_by_its_path() {
        for (path, bare) in [
            ("/sign-in", true),
            ("/set-up/abc", true),
            ("/password/abc", true),
            ("/preview", true),
            ("/settings", false),
            ("/", false),
            ("/sign-in-log", false),
        ] {
            assert_eq!(Page { path: path.into(), ..Page::default() }.is_bare(), bare, "{path}");
        }
    }

    #[test]
    fn the_framed_sample_belongs_to_nobody() {
        let page = |path: &str, framed| Page { path: path.into(), framed, ..Page::default() };
        assert!(page("/preview", true).is_open() && !page("/preview", false).is_open());
        assert!(!page("/settings", true).is_open() && !page("/settings", true).is_bare());
    }

    #[test]
    fn the_button_goes_through_every_theme() {
        let mut theme = Theme::System;
        for _ in Theme::ALL {
            assert_eq!(Theme::of(theme.key()), Some(theme));
            theme = theme.next();
        }
        assert_eq!(theme, Theme::System);
    }
}
