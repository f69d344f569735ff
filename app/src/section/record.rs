//! The pane of an open record or document: loaded, failed, or there to be worked on.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Value, json};

use super::load::{Open, Shared};
use super::questions::Questions;
use super::save::Save;
use super::{header, news, views};
use crate::backend::{Me, RecordView};
use crate::error::Error;
use crate::form::{Form, NEW, draft};
use crate::frame::{NotFound, Session, failed, live};
use crate::markup::{Node, awaited, view};
use crate::ui::{LoadingShape, empty, loading};
use crate::value::patch;
use crate::words::{key, t};

/// Draws it; of a document the caller knows the section.
///
/// Everything is read at once, not awaited inside: a view that waits for its successor would go on listening to
/// signals that are gone.
pub fn pane(shared: Shared, open: Open, section: Option<&'static str>) -> Node {
    let content = move || {
        let opened = match open.record.get().map(|answer| answer.read::<RecordView>()) {
            // The answer for another document is still there.
            Some(Ok(view)) if section.is_some_and(|section| section != view.section) => None,
            opened => opened,
        };
        match opened {
            None => waiting(),
            Some(Err(Error::Missing)) if section.is_some() => view! { <NotFound/> },
            Some(Err(Error::Missing)) => missing(shared),
            Some(Err(error)) => broken(shared, open, &error),
            Some(Ok(view)) => {
                // Only another record rebuilds the form. New rights must not: the draft would be lost.
                let schema = once(|| shared.schema_of(&view.section));
                let me = once(|| Session::get().me());
                let copied = once(|| open.copied.get());
                match (schema, me) {
                    (Some(_), Some(Ok(me))) if shared.own && is_foreign(&me, &view) => missing(shared),
                    (Some(Ok(schema)), Some(Ok(me))) => {
                        let copied = copied.and_then(|answer| answer.read().ok());
                        untrack(|| work(shared, open, start(shared, &me, schema, &view, copied.as_deref())))
                    }
                    (Some(Err(error)), _) | (_, Some(Err(error))) => broken(shared, open, &error),
                    _ => waiting(),
                }
            }
        }
    };
    awaited(waiting, content)
}

/// Follows what is read only until it is there.
fn once<T>(read: impl Fn() -> Option<T>) -> Option<T> {
    untrack(&read).or_else(read)
}

pub(super) fn waiting() -> Node {
    view! { <section class="pane"><div class="pane__body">{loading(LoadingShape::Fields, 8)}</div></section> }
}

/// No such record. It stands beside a list or a document whose heading is the page's first, so it is said a level lower.
fn missing(shared: Shared) -> Node {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let back = view! { <a class="button button--plain" href=shared.href("")>{t(key::BACK_TO_LIST)}</a> };
    view! {
        <section class="pane">
            <div class="pane__body">{empty("search", t(key::NO_RECORD_TITLE), t(key::NO_RECORD_TEXT), Some(back))}</div>
        </section>
    }
}

fn broken(shared: Shared, open: Open, error: &Error) -> Node {
    let retry = Callback::new(move |()| {
        shared.schema.refetch();
        open.record.refetch();
    });
    view! { <section class="pane"><div class="pane__body">{failed(error, retry)}</div></section> }
}

/// Is this somebody else's record, or everybody's?
fn is_foreign(me: &Me, view: &RecordView) -> bool {
    view.id != NEW && view.value.get("owner") != Some(&me.id.into())
}

/// The state of the form of a record that was just read.
fn start(
    shared: Shared,
    me: &Me,
    schema: Arc<Value>,
    view: &RecordView,
    copied: Option<&RecordView>,
) -> Form {
    let may = shared.can(me, &view.section).edit;
    let mut view = view.clone();
    if shared.own && view.id == NEW {
        patch::apply(&mut view.value, json!({ "scope": "personal", "owner": me.id }));
    }
    let mut form = Form::new(view, schema, me.languages.clone(), may);
    form.personal = shared.own;
    if let Some(copied) = copied {
        form.learn(copied.labels.clone());
        form.draft.update(|draft| patch::apply(draft, copied.value.clone()));
    }
    form
}

/// The record at work.
fn work(shared: Shared, open: Open, form: Form) -> Node {
    let save = Save::new(form, shared, open);
    let questions = Questions::new(save);
    let clean = form.base.with_untracked(|base| base.seq);
    Effect::new(move |_| live().seen(clean));
    draft::keep(form);
    let title = header::title(form);
    view! {
        <section class="pane" aria-labelledby="record-title">
            {header::head(save, questions, title)}
            {(form.id_now() != NEW && !form.personal).then(|| header::views(save))}
            <div class="pane__body">
                {news::arrival(save)}
                {news::restored(save)}
                {views::body(save)}
            </div>
            {questions.place()}
        </section>
    }
}
