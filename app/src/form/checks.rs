//! Asks the server what is wrong with a draft, a moment after the last change.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use serde_json::Value;

use super::Form;
use crate::calls;

/// How long the person must have stopped for.
const PAUSE: Duration = Duration::from_millis(150);
/// The same of a draft that is long to send: longer than between two keys.
const LONG_PAUSE: Duration = Duration::from_millis(600);
/// A draft with more text than this is long, in bytes.
const LONG: usize = 16_384;

/// Keeps `form.server` up with the draft. An answer counts only for the draft that it is about.
pub(super) fn watch(form: Form) {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let drafts = StoredValue::new(0_u32);
    Effect::new(move |earlier: Option<()>| {
        let this = drafts.with_value(|drafts| drafts.wrapping_add(1));
        drafts.set_value(this);
        let pause = if form.draft.with(text_in) > LONG { LONG_PAUSE } else { PAUSE };
        // What the server knows of the value as it was read came along with it.
        if earlier.is_none() || !form.editable.get_untracked() {
            return;
        }
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let ask = move || {
            leptos::task::spawn_local(async move {
                let Some(value) = form.draft.try_get_untracked() else { return };
                let section = form.section.to_owned();
                let answer = calls::check(section, form.id_now(), value).await;
                // A failed check is not worth a word: the save will tell.
                if let (Ok(checked), true) = (answer, drafts.try_get_value() == Some(this)) {
                    form.server.try_set(checked.problems);
                }
            });
        };
        waiting.set_value(set_timeout_with_handle(ask, pause).ok());
    });
    on_cleanup(move || {
        if let Some(handle) = waiting.try_get_value().flatten() {
            handle.clear();
        }
    });
}

/// How many bytes of text stand in a value.
fn text_in(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(text_in).sum(),
        Value::Object(fields) => fields.values().map(text_in).sum(),
        _ => 0,
    }
}
