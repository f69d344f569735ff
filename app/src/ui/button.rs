//! Buttons: four kinds, with an icon and a word, or an icon alone that says its word to screen readers.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon;
use crate::markup::view;

/// What a button is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing that the page is for.
    Primary,
    /// The ordinary one.
    #[default]
    Plain,
    /// Toolbars and rows.
    Quiet,
    /// What can't be taken back.
    Danger,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button button--plain",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button with a word, and an icon before it if `icon` is not empty. While `busy` it turns and takes no press; the
/// turning ring hides the word, so it is said in another way.
#[component]
pub fn Button(
    /// What it is for.
    #[prop(optional)]
    kind: Kind,
    /// The picture before the word.
    #[prop(optional)]
    icon: &'static str,
    /// The word; says what the button does.
    #[prop(into)]
    word: Signal<String>,
    /// Fits into a row.
    #[prop(optional)]
    small: bool,
    /// Works, and takes no press meanwhile.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Takes no press.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Has the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// What a press does.
    #[prop(into)]
    press: Callback<MouseEvent>,
) -> impl IntoView {
    let picture = (!icon.is_empty()).then(|| self::icon(icon));
    view! {
        <button
            type="button"
            class=kind.class()
            class:button--small=small
            autofocus=autofocus
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            aria-label=move || busy.get().then(|| word.get())
            on:click=move |event| if !busy.get_untracked() { press.run(event) }
        >
            {picture}
            <span>{move || word.get()}</span>
        </button>
    }
}

/// A square button: a picture alone, its word for screen readers and as a tip.
#[component]
pub fn IconButton(
    /// The picture.
    icon: &'static str,
    /// The word.
    #[prop(into)]
    word: String,
    /// What it is for; quiet unless said otherwise.
    #[prop(default = Kind::Quiet)]
    kind: Kind,
    /// Fits into a row.
    #[prop(optional)]
    small: bool,
    /// Takes no press.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What a press does.
    #[prop(into)]
    press: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=[kind.class(), " button--icon"].concat()
            class:button--small=small
            title=word.clone()
            aria-label=word
            disabled=move || disabled.get()
            on:click=move |event| press.run(event)
        >
            {self::icon(icon)}
        </button>
    }
}
