//! The three views of the value: a tab is chosen by being focused, with the arrow keys or by a press.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::checked::Checked;
use crate::markup::{Node, view};
use crate::words::{Word, key, t};

/// The `id` of what the tabs show.
pub(super) const PANEL: &str = "styles-panel";

/// One view.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Tokens,
    Css,
    Scripts,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Tokens, Self::Css, Self::Scripts];

    /// Its `id`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tokens => "styles-tokens",
            Self::Css => "styles-css",
            Self::Scripts => "styles-scripts",
        }
    }

    const fn word(self) -> Word {
        match self {
            Self::Tokens => key::STYLES_TOKENS,
            Self::Css => key::STYLES_CSS,
            Self::Scripts => key::STYLES_SCRIPTS,
        }
    }

    /// The tab so many places further on, round and round.
    fn beside(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self).unwrap_or_default();
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

/// Draws them.
pub(super) fn tabs(tab: RwSignal<Tab>, checked: Checked) -> Node {
    let all: Vec<_> = Tab::ALL
        .into_iter()
        .map(|one| {
            let on = move || tab.get() == one;
            let wrong = move || {
                let n = if one == Tab::Css { checked.errors() } else { 0 };
                (n > 0).then(|| view! { " "<span class="badge badge--error">{n}</span> })
            };
            view! {
                <button type="button" class="tabs__tab" role="tab" id=one.id() aria-controls=PANEL
                    aria-selected=move || if on() { "true" } else { "false" }
                    tabindex=move || if on() { "0" } else { "-1" }
                    on:click=move |_| tab.set(one) on:focus=move |_| tab.set(one)
                    on:keydown=move |ev| turn(tab, &ev)>
                    {t(one.word())} {wrong}
                </button>
            }
        })
        .collect();
    view! { <div class="tabs styles__tabs" role="tablist" aria-label=t(key::STYLES_VIEWS)>{all}</div> }
}

/// The keys of a list of tabs.
fn turn(tab: RwSignal<Tab>, ev: &KeyboardEvent) {
    let now = tab.get_untracked();
    let next = match ev.key().as_str() {
        "ArrowRight" => now.beside(1),
        "ArrowLeft" => now.beside(Tab::ALL.len() - 1),
        "Home" => Tab::Tokens,
        "End" => Tab::Scripts,
        _ => return,
    };
    ev.prevent_default();
    crate::ui::summary::focus(next.id());
}
