//! What this browser remembers: `localStorage`, or memory where it is refused (in a frame, in a private window).

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::window;

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// The browser's own store. In a frame it is not used: its content would belong to the page around.
fn store() -> Option<web_sys::Storage> {
    let window = window();
    let framed = window.parent().ok().flatten().is_none_or(|parent| parent != window);
    if framed { None } else { window.local_storage().ok().flatten() }
}

/// What is remembered under `key`.
pub fn get(key: &str) -> Option<String> {
    MEMORY
        .with_borrow(|memory| memory.get(key).cloned())
        .or_else(|| store().and_then(|store| store.get_item(key).ok().flatten()))
}

/// Remembers `value` under `key`; a full store hands over to memory.
pub fn set(key: &str, value: &str) {
    let kept = store().is_some_and(|store| store.set_item(key, value).is_ok());
    MEMORY.with_borrow_mut(|memory| {
        if kept {
            memory.remove(key);
        } else {
            memory.insert(key.to_owned(), value.to_owned());
        }
    });
}

/// Forgets what is remembered under `key`.
pub fn remove(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
    if let Some(store) = store() {
        // A store that refuses this has refused to keep it too.
        let _ = store.remove_item(key);
    }
}

/// Every remembered key that begins with `prefix`.
pub fn keys(prefix: &str) -> Vec<String> {
    // What the store keeps is not in memory, and the other way round.
    let mut keys: Vec<String> = MEMORY.with_borrow(|memory| memory.keys().cloned().collect());
    if let Some(store) = store() {
        let length = store.length().unwrap_or(0);
        keys.extend((0..length).filter_map(|n| store.key(n).ok().flatten()));
    }
    keys.retain(|key| key.starts_with(prefix));
    keys
}
