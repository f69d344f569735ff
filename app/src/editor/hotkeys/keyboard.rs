//! The reader's keyboard: what stands on its keys, whether it is a Mac's, and what was pressed on it.

use js_sys::{Function, JsString, Map, Promise, Reflect};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::markup::{IntoNode, Node, view};
use crate::sections::hotkeys::keys::{Caps, Code, Keys, Press, caps};
use crate::words::{key, t};

/// What is known of the keyboard: nothing on the server, and the American layout where the browser does not tell.
#[derive(Clone, Copy)]
pub(super) struct Keyboard {
    mac: RwSignal<bool>,
    layout: RwSignal<Vec<(&'static str, String)>>,
}

impl Keyboard {
    /// Asks the browser once the page is awake.
    pub(super) fn of_reader(awake: Signal<bool>) -> Self {
        let keyboard = Self { mac: RwSignal::new(false), layout: RwSignal::new(Vec::new()) };
        Effect::new(move |_| {
            if awake.get() {
                keyboard.mac.set(is_mac());
                leptos::task::spawn_local(async move {
                    if let Some(layout) = layout().await {
                        keyboard.layout.try_set(layout);
                    }
                });
            }
        });
        keyboard
    }

    /// The caps of a combination.
    fn caps(self, keys: Keys) -> Caps {
        self.layout.with(|layout| {
            let cap =
                |code: &str| layout.iter().find(|(known, _)| *known == code).map(|(_, cap)| cap.clone());
            caps(keys, self.mac.get(), &cap)
        })
    }

    /// A combination as a sentence names it: `Ctrl+K`; as it is written if it can't be read.
    pub(super) fn spoken(self, text: &str) -> String {
        let Ok(keys) = Keys::parse(text) else { return text.to_owned() };
        let joint = if self.mac.get() { "" } else { "+" };
        let steps: Vec<String> = self.caps(keys).iter().map(|step| step.join(joint)).collect();
        steps.join(", ")
    }

    /// A combination as boxes.
    pub(super) fn shown(self, text: &str) -> Node {
        let Ok(keys) = Keys::parse(text) else {
            return view! { <code class="hotkeys__unread">{text.to_owned()}</code> };
        };
        let steps = self.caps(keys).into_iter().enumerate().map(|(n, step)| {
            let caps: Vec<_> =
                step.into_iter().map(|cap| view! { <kbd class="kbd">{cap}</kbd> " " }).collect();
            let then =
                (n > 0).then(|| view! { <span class="hotkeys__then">{t(key::HOTKEYS_THEN)}</span> " " });
            view! { {then} {caps} }
        });
        let steps: Vec<_> = steps.collect();
        view! { <span class="hotkeys__caps">{steps}</span> }
    }

    /// Several combinations as boxes; a dash for none.
    pub(super) fn all(self, texts: &[String]) -> Node {
        if texts.is_empty() {
            return view! { <span class="hotkeys__none">"—"</span> };
        }
        texts.iter().map(|text| view! { {self.shown(text)} " " }).collect::<Vec<_>>().into_node()
    }
}

/// A key event, taken out of the browser.
pub(super) struct Pressed {
    code: String,
    /// What the key prints.
    pub(super) key: String,
    event: KeyboardEvent,
}

impl Pressed {
    /// Reads the event.
    pub(super) fn of(event: &KeyboardEvent) -> Self {
        Self { code: event.code(), key: event.key(), event: event.clone() }
    }

    /// The same for the engine. `in_text`: text is being written.
    pub(super) fn press(&self, keyboard: Keyboard, in_text: bool) -> Press<'_> {
        let event = &self.event;
        Press {
            code: &self.code,
            key: &self.key,
            ctrl: event.ctrl_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
            meta: event.meta_key(),
            alt_graph: event.get_modifier_state("AltGraph"),
            composing: event.is_composing(),
            repeat: event.repeat(),
            in_text,
            mac: keyboard.mac.get_untracked(),
        }
    }

    /// Is it this key without Ctrl, Alt and ⌘?
    pub(super) fn is_plain(&self, key: &str) -> bool {
        let event = &self.event;
        self.key == key && !event.ctrl_key() && !event.alt_key() && !event.meta_key()
    }

    /// The page does not get it.
    pub(super) fn keep(&self) {
        self.event.prevent_default();
        self.event.stop_propagation();
    }
}

fn is_mac() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// What stands on the keys that print. Chromium alone tells, and only a page of its own.
async fn layout() -> Option<Vec<(&'static str, String)>> {
    let navigator: JsValue = window().navigator().into();
    let keyboard = Reflect::get(&navigator, &"keyboard".into()).ok()?;
    let ask: Function = Reflect::get(&keyboard, &"getLayoutMap".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = ask.call0(&keyboard).ok()?.dyn_into().ok()?;
    let map: Map = JsFuture::from(promise).await.ok()?.unchecked_into();
    let cap = |code: &'static str| {
        let printed: JsString = map.get(&code.into()).dyn_into().ok()?;
        Some((code, String::from(printed.to_upper_case())))
    };
    Some(Code::names().filter_map(cap).collect())
}
