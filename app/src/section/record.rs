//! The pane of an open record or document: loaded, failed, or there to be worked on.

use std::future::IntoFuture;

use leptos::prelude::*;

use super::aside;
use super::load::{Open, Opened, Shared, shared_schema};
use super::save::Save;
use super::{header, news, views};
use crate::backend::Me;
use crate::error::Error;
use crate::form::{Form, NEW, draft};
use crate::frame::{NotFound, Session, failed, live};
use crate::sections::Shape;
use crate::ui::{LoadingShape, empty, loading};
use crate::value::patch;
use crate::words::{key, t};

/// Draws it.
pub fn pane(shared: Shared, open: Open) -> AnyView {
    view! {
        <Transition fallback=waiting>
            {move || Suspend::new(async move {
                let opened = open.record.await;
                // Only another record rebuilds the form. New rights or another view must not: the draft would be lost.
                let schema = aside(shared.schema.into_future()).await;
                let me = aside(Session::get().me.into_future()).await;
                let _ = aside(open.tab.into_future()).await;
                match (schema, opened, me) {
                    (_, None, _) => ().into_any(),
                    (Ok(schema), Some(Ok(opened)), Ok(me)) => work(shared, open, start(&me, schema, opened)),
                    (Err(Error::Missing), _, _) | (_, Some(Err(Error::Missing)), _) => {
                        missing(shared)
                    }
                    (Err(error), _, _) | (_, Some(Err(error)), _) | (_, _, Err(error)) => broken(shared, open, &error),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! { <section class="pane"><div class="pane__body">{loading(LoadingShape::Fields, 8)}</div></section> }
        .into_any()
}

/// No such record. Beside a list, whose heading is the page's first, it is said a level lower.
fn missing(shared: Shared) -> AnyView {
    if shared.shape() != Some(Shape::Many) {
        return view! { <NotFound/> }.into_any();
    }
    let back =
        view! { <a class="button button--plain" href=shared.href("")>{t(key::BACK_TO_LIST)}</a> }.into_any();
    view! {
        <section class="pane">
            <div class="pane__body">{empty("search", t(key::NO_RECORD_TITLE), t(key::NO_RECORD_TEXT), Some(back))}</div>
        </section>
    }
    .into_any()
}

fn broken(shared: Shared, open: Open, error: &Error) -> AnyView {
    let retry = Callback::new(move |()| {
        shared.schema.refetch();
        open.record.refetch();
    });
    view! { <section class="pane"><div class="pane__body">{failed(error, retry)}</div></section> }.into_any()
}

/// The state of the form of a record that was just read.
fn start(me: &Me, schema: serde_json::Value, opened: Opened) -> Form {
    let Opened { view, copy } = opened;
    let may = me.sections.get(&view.section).is_some_and(|can| can.edit);
    let form = Form::new(view, shared_schema(schema), me.languages.clone(), may);
    if let Some(copy) = copy {
        form.draft.update(|draft| patch::apply(draft, copy));
    }
    form
}

/// The record at work.
fn work(shared: Shared, open: Open, form: Form) -> AnyView {
    let save = Save::new(form, shared, open);
    let clean = form.base.with_untracked(|base| base.seq);
    Effect::new(move |_| live().seen(clean));
    draft::keep(form);
    let title = header::title(form, shared);
    view! {
        <section class="pane" aria-labelledby="record-title">
            {header::head(save, title)}
            {(form.id_now() != NEW).then(|| header::views(save))}
            <div class="pane__body">
                {news::arrival(save)}
                {news::restored(save)}
                {views::body(save)}
            </div>
            {header::questions(save)}
        </section>
    }
    .into_any()
}

/// The view that the address names, of those that the record has.
pub(super) fn view_of(open: Open, form: Form) -> &'static str {
    let known = open.view.with(|view| match view.as_str() {
        "json" => "json",
        "history" => "history",
        "uses" => "uses",
        _ => "form",
    });
    // A record that is not made yet has neither past nor uses.
    if form.id() == NEW && matches!(known, "history" | "uses") { "form" } else { known }
}
