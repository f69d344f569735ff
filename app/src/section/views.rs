//! The views of a record: form, JSON, history, and where it is used.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::extra::{Extra, extra};
use super::save::Save;
use crate::ask::Asked;
use crate::backend::{Changes, Uses};
use crate::document;
use crate::editor;
use crate::error::Error;
use crate::form::draft::FORM;
use crate::form::{Form, control_id, fields};
use crate::frame::failed;
use crate::markup::{IntoNode, Node, view};
use crate::panel;
use crate::problem::Problem;
use crate::schema;
use crate::ui::summary::{Complaint, focus, summary};
use crate::ui::{LoadingShape, Tone, loading, notice};
use crate::words::{key, problem_text, t, tn};

/// The view that is open.
pub(super) fn body(save: Save) -> Node {
    let open = save.open();
    let view = Memo::new(move |_| open.view.get());
    (move || {
        let view = view.get();
        untrack(|| match view.as_str() {
            "json" => extra(Extra::Json(save)),
            "history" | "uses" => other(save),
            _ => form_view(save),
        })
    })
    .into_node()
}

/// The form, and beside it what makes its value easier to grasp.
fn form_view(save: Save) -> Node {
    let form = save.form();
    let unread = move || {
        form.broken
            .with(Option::is_some)
            .then(|| notice(Tone::Warning, t(key::JSON_BROKEN), t(key::JSON_BROKEN_TEXT), None))
    };
    let drawn = view! {
        <form class="form" id=FORM novalidate on:submit=move |ev| {
            ev.prevent_default();
            save.start();
        }>
            {refusal(save, Callback::new(|pointer: String| focus(&nearest_control(&pointer))))}
            {unread}
            {editor::draw(form).unwrap_or_else(|| fields(form))}
        </form>
        {document::aside(form)}
    };
    if panel::SECTIONS.contains(&form.section) { beside(save, drawn) } else { drawn }
}

/// The form and the sample of what it sets; on a narrow screen one of the two, as a press chooses.
fn beside(save: Save, drawn: Node) -> Node {
    let form = save.form();
    let sample = RwSignal::new(false);
    // What is wrong, and the rule of a part that was picked, stand in the form.
    Effect::new(move |_| {
        if save.refused().get() || form.sample.picked.with(Option::is_some) {
            sample.set(false);
        }
    });
    let side = move |on: bool, word: &'static str| {
        view! {
            <button class="button button--plain" type="button" disabled=true prop:disabled=move || !form.awake.get()
                aria-pressed=move || (sample.get() == on).to_string() on:click=move |_| sample.set(on)>{word}</button>
        }
    };
    view! {
        <div class="beside" class:beside--sample=move || sample.get()>
            <div class="buttons beside__switch" role="group" aria-label=t(key::VIEWS)>
                {side(false, t(key::VIEW_FORM))} {side(true, t(key::VIEW_SAMPLE))}
            </div>
            <div class="beside__columns"><div class="beside__form">{drawn}</div> {panel::beside(form)}</div>
        </div>
    }
}

/// Why the save was refused, until it is put right; `jump` goes to the place that a pointer names.
pub(super) fn refusal(save: Save, jump: Callback<String>) -> Node {
    let form = save.form();
    let complaints = Signal::derive(move || {
        save.problems().iter().map(|problem| complaint(form, problem)).collect::<Vec<_>>()
    });
    let title = Signal::derive(move || tn(key::NOT_SAVED, complaints.with(Vec::len) as i64));
    let shown = Memo::new(move |_| save.refused().get() && complaints.with(|all| !all.is_empty()));
    (move || shown.get().then(|| summary(save.summary(), title, complaints, jump))).into_node()
}

/// A problem as the summary tells it: which field, what is wrong, where to go.
fn complaint(form: Form, problem: &Problem) -> Complaint {
    let text = problem_text(&named(form, problem));
    if problem.pointer.is_empty() {
        return Complaint { place: String::new(), text };
    }
    let schema = form.schema();
    let title = |pointer: &str| {
        form.draft.with_untracked(|draft| {
            let place = schema::at(&schema, pointer, draft)?;
            schema::note(place, "title").and_then(Value::as_str).map(str::to_owned)
        })
    };
    // An item of a plain list has no name of its own: the list's says where it is.
    let mut named = title(&problem.pointer);
    let mut pointer = problem.pointer.as_str();
    while let (None, Some(at)) = (&named, pointer.rfind('/').filter(|at| *at > 0)) {
        pointer = &pointer[..at];
        named = title(pointer);
    }
    let name = named.unwrap_or_else(|| pointer.trim_start_matches('/').to_owned());
    Complaint { place: problem.pointer.clone(), text: [&name, ": ", &text].concat() }
}

/// The problem with the name of the other entry of a map that it speaks of, in place of its key.
fn named(form: Form, problem: &Problem) -> Problem {
    let mut told = problem.clone();
    let map = problem.pointer.split('/').nth(1).unwrap_or_default();
    if let Some(Value::String(other)) = told.params.get_mut("other") {
        let schema = form.schema();
        let place = schema::at(&schema, &["/", map, "/", other].concat(), &Value::Null);
        if let Some(title) = place.and_then(|place| schema::note(place, "title")).and_then(Value::as_str) {
            title.clone_into(other);
        }
    }
    told
}

/// The control that draws a place, or the nearest one around it.
fn nearest_control(pointer: &str) -> String {
    let mut pointer = pointer;
    loop {
        let id = control_id(pointer);
        match pointer.rfind('/') {
            Some(at) if at > 0 && document().get_element_by_id(&id).is_none() => pointer = &pointer[..at],
            _ => return id,
        }
    }
}

/// History and uses: what they read comes beside the record.
fn other(save: Save) -> Node {
    let (form, open) = (save.form(), save.open());
    let view = Memo::new(move |_| open.view.get());
    let retry = Callback::new(move |()| open.again());
    let past = move || match open.tab.changes.get().map(|answer| answer.read::<Changes>()) {
        Some(Ok(changes)) => {
            let document = form.base.with_untracked(|base| base.id == 0);
            let picked = at(document, open.tab.version, open.tab.picked)?;
            let against = at(document, open.tab.against, open.tab.other)?;
            Some(extra(Extra::History(save, changes, picked, against)))
        }
        Some(Err(Error::Missing)) | None => None,
        Some(Err(error)) => Some(failed(&error, retry)),
    };
    let users = move || match open.tab.uses.get().map(|answer| answer.read::<Uses>()) {
        Some(Ok(found)) => Some(extra(Extra::Uses(found))),
        Some(Err(Error::Missing)) | None => None,
        Some(Err(error)) => Some(failed(&error, retry)),
    };
    (move || {
        let drawn = match view.try_get().unwrap_or_default().as_str() {
            "history" => past(),
            "uses" => users(),
            _ => None,
        };
        drawn.unwrap_or_else(|| loading(LoadingShape::Lines, 4))
    })
    .into_node()
}

/// The version that the address names, with its value: none if it names none, nothing while the value is on its way.
#[expect(clippy::option_option, reason = "not named and not there yet are two things")]
fn at(document: bool, version: Memo<Option<i64>>, asked: Asked) -> Option<Option<(i64, Arc<Value>)>> {
    match version.get() {
        None => Some(None),
        // Before the first version of a record there was nothing to compare with; a document had its defaults.
        Some(0) if !document => Some(Some((0, Arc::new(Value::Object(Map::new()))))),
        Some(version) => {
            let answer = asked
                .get()
                .filter(|answer| answer.question.arguments.get("revision") == Some(&version.into()))?;
            Some(Some((version, answer.read().ok()?)))
        }
    }
}
