//! Success, said once and quietly, with the way back; failure, until it is closed.

use std::time::Duration;

use leptos::prelude::*;

use super::{Button, IconButton, Kind, icon};
use crate::markup::{Node, view};
use crate::words::{key, t};

/// How long a success stands; longer when it can be taken back.
const SECONDS: u64 = 6;
const SECONDS_WITH_UNDO: u64 = 15;

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    error: bool,
    undo: Option<Callback<()>>,
}

/// What is said at the foot of the page.
#[derive(Clone, Copy)]
pub struct Toasts {
    all: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self { all: RwSignal::default(), next: StoredValue::new(0) }
    }

    /// Says that something was done; with `undo`, offers to take it back.
    pub fn say(self, text: impl Into<String>, undo: Option<Callback<()>>) {
        let seconds = if undo.is_some() { SECONDS_WITH_UNDO } else { SECONDS };
        let number = self.add(text.into(), false, undo);
        set_timeout(move || self.close(number), Duration::from_secs(seconds));
    }

    /// Says that something failed; stands until it is closed.
    pub fn fail(self, text: impl Into<String>) {
        self.add(text.into(), true, None);
    }

    fn add(self, text: String, error: bool, undo: Option<Callback<()>>) -> u32 {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        // Said again, it stands once, and what it takes back is the last.
        self.all.update(|all| {
            all.retain(|toast| toast.text != text);
            all.push(Toast { number, text, error, undo });
        });
        number
    }

    fn close(self, number: u32) {
        self.all.update(|all| all.retain(|toast| toast.number != number));
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

/// The place where toasts stand; one on a page.
#[component]
pub fn ToastsView(
    /// What is said.
    toasts: Toasts,
) -> impl IntoView {
    let one = move |toast: Toast| {
        let Toast { number, text, error, undo } = toast;
        let undo = undo.map(|undo| {
            let press = move |_| {
                toasts.close(number);
                undo.run(());
            };
            view! { <Button kind=Kind::Quiet small=true word=t(key::UNDO) press=press/> }
        });
        view! {
            <div class="toast" class:toast--error=error>
                {icon(if error { "circle-alert" } else { "circle-check" })}
                <span class="toast__text">{text}</span>
                {undo}
                <IconButton icon="x" word=t(key::CLOSE) small=true press=move |_| toasts.close(number)/>
            </div>
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || Node::Keyed(toasts.all.get().into_iter().map(|toast| (toast.number.into(), one(toast))).collect())}
        </div>
    }
}
