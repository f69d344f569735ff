//! Changing an order by pointer and by keys. HTML's own dragging knows neither touch nor keyboard.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::summary::once_drawn;

/// An order that is being changed: which place is dragged, and over which one it hangs.
#[derive(Clone, Copy)]
pub struct Reorder {
    dragged: RwSignal<Option<usize>>,
    target: RwSignal<Option<usize>>,
    moved: Callback<(usize, usize)>,
    /// The `id` of the list whose items carry the handles.
    list: StoredValue<String>,
    /// Where the thing moved last stands, until the focus is there too: keys may come faster than that.
    heading: StoredValue<Option<usize>>,
}

impl Reorder {
    /// `list` is the `id` of the list. `moved` is told `(from, to)`: the thing at `from` shall stand at `to`, counted
    /// without it.
    pub fn new(list: &str, moved: Callback<(usize, usize)>) -> Self {
        Self {
            dragged: RwSignal::new(None),
            target: RwSignal::new(None),
            moved,
            list: StoredValue::new(list.to_owned()),
            heading: StoredValue::new(None),
        }
    }

    /// Moves the thing at `from` to `to`; the focus follows it.
    pub fn put(self, from: usize, to: usize) {
        self.moved.run((from, to));
        self.heading.set_value(Some(to));
        let nth = (to + 1).to_string();
        let handle =
            self.list.with_value(|list| ["#", list, " > :nth-child(", &nth, ") .items__handle"].concat());
        once_drawn(move || {
            let handle = document().query_selector(&handle).ok().flatten();
            if let Some(handle) = handle.and_then(|handle| handle.dyn_into::<HtmlElement>().ok()) {
                let _ = handle.focus();
            }
            self.heading.try_update_value(|heading| {
                // A later move looks after itself.
                if *heading == Some(to) {
                    *heading = None;
                }
            });
        });
    }

    /// Is the thing at `index` under the pointer?
    pub fn is_dragged(self, index: usize) -> bool {
        self.dragged.get() == Some(index)
    }

    /// Would the dragged thing land at `index`?
    pub fn is_target(self, index: usize) -> bool {
        self.target.get() == Some(index) && self.dragged.get() != Some(index)
    }

    /// The handle was pressed.
    pub fn lift(self, ev: &PointerEvent, index: usize) {
        if ev.button() != 0 {
            return;
        }
        ev.prevent_default();
        capture(ev);
        self.dragged.set(Some(index));
        self.target.set(Some(index));
    }

    /// The pointer moved while the handle held it; `row` selects the things among which it moves.
    pub fn over(self, ev: &PointerEvent, row: &str) {
        if self.dragged.get_untracked().is_some() {
            let at = under(ev, row);
            if at.is_some() && at != self.target.get_untracked() {
                self.target.set(at);
            }
        }
    }

    /// The handle was let go.
    pub fn drop(self) {
        let (from, to) = (self.dragged.get_untracked(), self.target.get_untracked());
        self.cancel();
        if let (Some(from), Some(to)) = (from, to)
            && from != to
        {
            self.put(from, to);
        }
    }

    /// Nothing shall move after all.
    pub fn cancel(self) {
        self.dragged.set(None);
        self.target.set(None);
    }

    /// A key on the handle: up and down move by one place, Escape forgets a drag.
    pub fn key(self, ev: &KeyboardEvent, index: usize, count: usize) {
        let index = self.heading.get_value().unwrap_or(index);
        let to = match ev.key().as_str() {
            "ArrowUp" if index > 0 => index - 1,
            "ArrowDown" if index + 1 < count => index + 1,
            "Escape" if self.dragged.get_untracked().is_some() => {
                ev.stop_propagation();
                return self.cancel();
            }
            _ => return,
        };
        ev.prevent_default();
        self.put(index, to);
    }
}

/// Puts the item at `from` to `to`, counted without it.
pub fn shift<T>(items: &mut Vec<T>, from: usize, to: usize) {
    if from < items.len() {
        let item = items.remove(from);
        items.insert(to.min(items.len()), item);
    }
}

fn capture(ev: &PointerEvent) {
    if let Some(handle) = ev.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        let _ = handle.set_pointer_capture(ev.pointer_id());
    }
}

/// The number of the row, among its sisters, in whose height the pointer is.
fn under(ev: &PointerEvent, row: &str) -> Option<usize> {
    let handle = ev.current_target()?.dyn_into::<Element>().ok()?;
    let own = handle.closest(row).ok()??;
    let sisters = own.parent_element()?.children();
    let y = f64::from(ev.client_y());
    (0..sisters.length())
        .find(|n| {
            sisters.item(*n).is_some_and(|sister| {
                let place = sister.get_bounding_client_rect();
                y >= place.top() && y < place.bottom()
            })
        })
        .map(|n| n as usize)
}
