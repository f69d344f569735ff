//! Keeps unsaved work from being lost silently: asks before a page with changes is left, and dispatches Ctrl/⌘+S.

use indexmap::IndexMap;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Element, HtmlAnchorElement, KeyboardEvent, MouseEvent};

use super::{Frame, Live};
use crate::markup::view;
use crate::ui::Confirm;
use crate::words::{key, t, tn};

/// What is unsaved on this page.
#[derive(Clone, Copy)]
pub struct Guard {
    /// Forms with changes, by the id of their element, and how many.
    dirty: RwSignal<IndexMap<String, u32>>,
    /// What Ctrl/⌘+S does in each form, by the id of its element.
    saves: StoredValue<Vec<(String, Callback<()>)>>,
    /// The question is open.
    asking: RwSignal<bool>,
    /// So many drafts would be lost by what the person wants; 0 where they are kept.
    lost: RwSignal<u32>,
    /// What the person wanted when they were asked.
    then: StoredValue<Option<Callback<()>>>,
    /// They said that they want to go: don't ask again.
    leaving: StoredValue<bool>,
    /// Where the page is, and how it goes elsewhere; known once the router is there.
    place: StoredValue<Option<Place>>,
}

#[derive(Clone, Copy)]
struct Place {
    pathname: Memo<String>,
    search: Memo<String>,
    go: Callback<String>,
}

impl Guard {
    pub(super) fn new() -> Self {
        Self {
            dirty: RwSignal::default(),
            saves: StoredValue::default(),
            asking: RwSignal::new(false),
            lost: RwSignal::new(0),
            then: StoredValue::default(),
            leaving: StoredValue::new(false),
            place: StoredValue::new(None),
        }
    }

    /// The form whose element has this id holds so many unsaved changes; 0 for none.
    pub fn set(self, id: &str, count: u32) {
        let before = self.dirty.with_untracked(|dirty| dirty.get(id).copied().unwrap_or(0));
        if before != count {
            self.dirty.update(|dirty| {
                if count == 0 {
                    dirty.shift_remove(id);
                } else {
                    dirty.insert(id.to_owned(), count);
                }
            });
        }
    }

    /// How many unsaved changes there are on the page.
    pub fn count(self) -> u32 {
        self.dirty.with(|dirty| dirty.values().sum())
    }

    /// Ctrl/⌘+S in the form whose element has this id runs `save`, until the form's owner is gone.
    ///
    /// Without focus in any form the one that came last is meant.
    pub fn on_save(self, id: impl Into<String>, save: Callback<()>) {
        let id = id.into();
        let name = id.clone();
        self.saves.update_value(|saves| {
            saves.retain(|(other, _)| *other != name);
            saves.push((name, save));
        });
        on_cleanup(move || {
            self.set(&id, 0);
            self.saves.try_update_value(|saves| saves.retain(|(other, _)| *other != id));
        });
    }

    /// Does `then` at once when nothing is unsaved; asks before otherwise.
    pub fn leave(self, then: Callback<()>) {
        if self.dirty.with_untracked(IndexMap::is_empty) {
            then.run(());
        } else {
            self.ask(then, 0);
        }
    }

    /// The same for what takes `drafts` drafts of this browser with it, those of other pages included.
    pub(super) fn lose(self, drafts: u32, then: Callback<()>) {
        let here = u32::from(!self.dirty.with_untracked(IndexMap::is_empty));
        match drafts.max(here) {
            0 => then.run(()),
            lost => self.ask(then, lost),
        }
    }

    fn ask(self, then: Callback<()>, lost: u32) {
        self.lost.set(lost);
        self.then.set_value(Some(then));
        self.asking.set(true);
    }

    fn is_dirty(self) -> bool {
        !self.leaving.get_value() && !self.dirty.with_untracked(IndexMap::is_empty)
    }

    fn left(self) {
        self.leaving.set_value(true);
        if let Some(then) = self.then.try_update_value(Option::take).flatten() {
            then.run(());
        }
        // The forms of the page that is left take their counts with them; the next page is guarded again.
        self.dirty.update(IndexMap::clear);
        self.leaving.set_value(false);
    }

    /// What Ctrl/⌘+S does: saves the form that has the focus, or the one that came last.
    pub fn save(self) {
        let focused = document().active_element();
        let inside = |id: &str| {
            let form = document().get_element_by_id(id);
            form.zip(focused.as_ref()).is_some_and(|(form, focused)| form.contains(Some(focused)))
        };
        let save = self.saves.with_value(|saves| {
            saves.iter().rev().find(|(id, _)| inside(id)).or_else(|| saves.last()).map(|(_, save)| *save)
        });
        if let Some(save) = save {
            save.run(());
        }
    }
}

/// The question, and the listeners that ask it; one on a page.
#[component]
pub fn GuardView() -> impl IntoView {
    let Frame { guard, live, .. } = Frame::get();
    let navigate = use_navigate();
    let location = use_location();
    // A Callback is asked to be Send, which the browser's navigate is, in its one thread.
    let go = Callback::new(move |to: String| navigate(&to, leptos_router::NavigateOptions::default()));
    guard.place.set_value(Some(Place { pathname: location.pathname, search: location.search, go }));
    Effect::new(move |_| listen(guard, live, go));
    view! {
        <Confirm
            open=guard.asking
            id="leave"
            title=t(key::UNSAVED_TITLE)
            text=Signal::derive(move || match guard.lost.get() {
                0 => tn(key::N_UNSAVED, i64::from(guard.count())),
                lost => tn(key::N_LOST, i64::from(lost)),
            })
            cancel=Signal::stored(t(key::STAY).to_owned())
            word=t(key::LEAVE)
            run=move |()| guard.left()
        />
    }
}

/// Is it Ctrl/⌘+S?
pub fn is_save(event: &KeyboardEvent) -> bool {
    let command = event.ctrl_key() || event.meta_key();
    command && !event.shift_key() && !event.alt_key() && event.code() == "KeyS"
}

fn listen(guard: Guard, live: Live, go: Callback<String>) {
    window_event_listener_untyped("beforeunload", move |event| {
        if guard.is_dirty() {
            event.prevent_default();
            // Browsers before 2023 ask only if this is set too.
            event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("unsaved");
        }
    });
    window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if is_save(&event) {
            event.prevent_default();
            guard.save();
        }
    });
    capture("click", move |event| {
        let event: &MouseEvent = event.unchecked_ref();
        let Some(link) = followed_link(event) else { return };
        if live.is_stale() && !guard.is_dirty() {
            // Another build runs by now: take the whole page from it.
            event.prevent_default();
            event.stop_propagation();
            let _ = window().location().set_href(&link.href());
        } else if guard.is_dirty() && link.pathname() != window().location().pathname().unwrap_or_default() {
            event.prevent_default();
            event.stop_propagation();
            let (external, href) = (link.rel() == "external", link.href());
            let to = [link.pathname(), link.search(), link.hash()].concat();
            guard.leave(Callback::new(move |()| {
                if external {
                    let _ = window().location().set_href(&href);
                } else {
                    go.run(to.clone());
                }
            }));
        }
    });
}

/// The router has no way to refuse a step back, so it is undone before the router hears of it.
///
/// On the window browsers call listeners in the order of their coming, capturing or not: this one comes before the
/// router's.
pub(super) fn watch_steps_back(guard: Guard) {
    capture("popstate", move |event| {
        let Some(Place { pathname, search, go }) = guard.place.get_value() else { return };
        let here = pathname.get_untracked();
        let there = window().location();
        if !guard.is_dirty() || there.pathname().unwrap_or_default() == here {
            return;
        }
        event.stop_immediate_propagation();
        let to = [there.pathname(), there.search(), there.hash()].into_iter().flatten().collect::<String>();
        let query = search.get_untracked();
        let back = if query.is_empty() { here } else { [&here, "?", &query].concat() };
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&back));
        }
        guard.leave(Callback::new(move |()| go.run(to.clone())));
    });
}

/// Listens on the window before anybody else does. For the life of the page, so it is never taken off.
fn capture(name: &str, run: impl Fn(web_sys::Event) + 'static) {
    let run = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(run).into_js_value();
    let _ = window().add_event_listener_with_callback_and_bool(name, run.unchecked_ref(), true);
}

/// The link that a click is about to follow in this tab, inside this site.
fn followed_link(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
        && !event.default_prevented();
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let ours = link.target().is_empty()
        && !link.has_attribute("download")
        && link.origin() == window().location().origin().unwrap_or_default();
    (plain && ours).then_some(link)
}
