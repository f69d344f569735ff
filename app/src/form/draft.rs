//! Keeps the unsaved value of a form in this browser, and brings it back.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::Form;
use crate::backend::RecordView;
use crate::frame::drafts::{self, Draft};
use crate::frame::{Session, guard};
use crate::schema::{forget_secrets, has_secrets};

/// The id of the element of a record's form, by which the guard knows it.
pub const FORM: &str = "record-form";
/// How long after the last change a draft is written.
const PAUSE: Duration = Duration::from_millis(400);

/// The person whose drafts these are; without one nothing is kept.
pub(super) fn person() -> Option<i64> {
    Session::get().known().map(|me| me.id).filter(|id| *id > 0)
}

/// Keeps the draft of `form` up with it, and tells the guard how much is unsaved.
pub fn keep(form: Form) {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let count = form.changes.get().max(usize::from(form.broken.with(Option::is_some)));
        guard().set(FORM, u32::try_from(count).unwrap_or(u32::MAX));
    });
    Effect::new(move |earlier: Option<()>| {
        form.draft.track();
        form.broken.track();
        if earlier.is_none() {
            return;
        }
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let written = move || {
            waiting.try_set_value(None);
            write(form);
        };
        waiting.set_value(set_timeout_with_handle(written, PAUSE).ok());
    });
    // What was typed in the last moments is kept as well; the signals of the form outlive this cleanup.
    let at_once = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
            write(form);
        }
    };
    // A reload and a closed tab clean nothing up.
    Effect::new(move |_| {
        let heard = window_event_listener_untyped("pagehide", move |_| at_once());
        on_cleanup(move || heard.remove());
    });
    on_cleanup(at_once);
}

/// Under which section the draft is kept.
fn place(form: Form, base: &RecordView) -> String {
    if form.personal { drafts::OWN_REPLIES.to_owned() } else { base.section.clone() }
}

fn write(form: Form) {
    let Some(person) = person() else { return };
    let Some(base) = form.base.try_get_untracked() else { return };
    let Some(mut value) = form.draft.try_get_untracked() else { return };
    let Some(broken) = form.broken.try_get_untracked() else { return };
    let section = place(form, &base);
    // A text that can't be read may hold a secret anywhere.
    let guarded = form.schema.try_with_value(|schema| has_secrets(schema));
    let text = broken.map(|unread| unread.text).filter(|_| guarded == Some(false));
    let typed = form.schema.try_with_value(|schema| forget_secrets(schema, &mut value, &base.value));
    if typed.is_none() {
        return;
    }
    if value == base.value && text.is_none() {
        drafts::remove(person, &section, base.id);
        return;
    }
    drafts::put(
        person,
        &Draft {
            section,
            id: base.id,
            revision: base.revision,
            name: base.name,
            base: base.value,
            value,
            text,
            at: 0.0,
        },
    );
}

/// Forgets the draft: it was saved or discarded.
pub fn forget(form: Form) {
    if let Some(person) = person() {
        form.base.with_untracked(|base| drafts::remove(person, &place(form, base), base.id));
    }
}

/// The draft that was kept of this record, if it still differs from what stands.
pub fn kept(form: Form) -> Option<Draft> {
    let person = person()?;
    form.base.with_untracked(|base| {
        drafts::get(person, &place(form, base), base.id)
            .filter(|draft| draft.value != base.value || draft.text.is_some())
    })
}
