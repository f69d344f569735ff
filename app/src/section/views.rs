//! The views of a record: form, JSON, history, and where it is used.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::record::view_of;
use super::save::Save;
use crate::ask::Asked;
use crate::backend::{Changes, Uses};
use crate::document;
use crate::error::Error;
use crate::form::draft::FORM;
use crate::form::{Form, control_id, fields};
use crate::frame::failed;
use crate::history;
use crate::markup::{IntoNode, Node, view};
use crate::problem::Problem;
use crate::schema;
use crate::ui::code::{Code, Finding, code};
use crate::ui::combobox::swatch;
use crate::ui::summary::{Complaint, focus, summary};
use crate::ui::{Button, Kind, LoadingShape, Tone, badge, loading, notice};
use crate::value::{Syntax, locate, parse_json, pretty};
use crate::words::{key, problem_text, section_title, t, tf, tn};

/// The view that is open.
pub(super) fn body(save: Save) -> Node {
    let (form, open) = (save.form(), save.open());
    let view = Memo::new(move |_| view_of(open, form));
    (move || {
        let view = view.get();
        untrack(|| match view {
            "json" => json(form),
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
    view! {
        <form class="form" id=FORM novalidate on:submit=move |ev| {
            ev.prevent_default();
            save.start();
        }>
            {refusal(save)}
            {unread}
            {fields(form)}
        </form>
        {document::aside(form)}
    }
}

/// Why the save was refused, until it is put right.
fn refusal(save: Save) -> Node {
    let form = save.form();
    let complaints = Signal::derive(move || {
        save.problems().iter().map(|problem| complaint(form, problem)).collect::<Vec<_>>()
    });
    let title = Signal::derive(move || tn(key::NOT_SAVED, complaints.with(Vec::len) as i64));
    let shown = Memo::new(move |_| save.refused().get() && complaints.with(|all| !all.is_empty()));
    let jump = Callback::new(move |id: String| focus(&id));
    (move || shown.get().then(|| summary(save.summary(), title, complaints, jump))).into_node()
}

/// A problem as the summary tells it: which field, what is wrong, where to go.
fn complaint(form: Form, problem: &Problem) -> Complaint {
    let text = problem_text(problem);
    if problem.pointer.is_empty() {
        return Complaint { id: String::new(), text };
    }
    let schema = form.schema();
    let label = form.draft.with_untracked(|draft| {
        let place = schema::at(&schema, &problem.pointer, draft)?;
        schema::note(place, "title").and_then(Value::as_str).map(str::to_owned)
    });
    let top = problem.pointer.split('/').nth(1).unwrap_or_default();
    let outer = || {
        let place = schema.get("properties")?.get(top)?;
        schema::note(place, "title").and_then(Value::as_str).map(str::to_owned)
    };
    let name = label.or_else(outer).unwrap_or_else(|| top.to_owned());
    Complaint { id: nearest_control(&problem.pointer), text: [&name, ": ", &text].concat() }
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

/// The JSON view: the same draft as text. Before the page is awake it is there to be read.
fn json(form: Form) -> Node {
    let text = RwSignal::new(form.draft.with_untracked(pretty));
    // A change from elsewhere (a discard, a merge, a newer version) is taken over; what is typed here is left alone.
    Effect::new(move |_| {
        let same = form.draft.with(|draft| {
            text.with_untracked(|text| {
                parse_json(text).map_or(form.broken.with_untracked(Option::is_some), |typed| typed == *draft)
            })
        });
        if !same {
            text.set(form.draft.with_untracked(pretty));
        }
    });
    let input = Callback::new(move |typed: String| {
        match parse_json(&typed) {
            Ok(value) => {
                form.broken.set(None);
                form.draft.set(value);
            }
            Err(syntax) => form.broken.set(Some(syntax)),
        }
        text.set(typed);
    });
    let findings = Signal::derive(move || {
        if let Some(syntax) = form.broken.get() {
            return vec![unread(&syntax)];
        }
        text.with(|text| form.problems().iter().filter_map(|problem| placed(text, problem)).collect())
    });
    let tidy = move |_| {
        if form.broken.with_untracked(Option::is_none) {
            text.set(form.draft.with_untracked(pretty));
        }
    };
    let editor = move || {
        if !form.awake.get() {
            return view! { <pre class="source"><code>{text.get_untracked()}</code></pre> };
        }
        code(Code {
            id: "record-json".into(),
            name: "JSON",
            value: text.into(),
            input,
            editable: form.writable.into(),
            findings,
        })
    };
    let off = Signal::derive(move || !form.editable.get());
    view! {
        <div class="stack" id=FORM>
            <div class="row row--end">
                <Button kind=Kind::Quiet icon="braces" word=t(key::JSON_TIDY) disabled=off press=tidy/>
            </div>
            {editor}
        </div>
    }
}

/// Why a text can't be read, at its place.
fn unread(syntax: &Syntax) -> Finding {
    let problem = Problem::error("", syntax.code).with("found", syntax.found.clone());
    Finding {
        line: syntax.line as u32,
        column: syntax.column as u32,
        offset: syntax.offset as u32,
        text: problem_text(&problem),
        warning: false,
    }
}

/// A problem of the value at its place in the text.
fn placed(text: &str, problem: &Problem) -> Option<Finding> {
    let place = locate(text, &problem.pointer)?;
    Some(Finding {
        line: place.line as u32,
        column: place.column as u32,
        offset: place.offset as u32,
        text: problem_text(problem),
        warning: problem.warning,
    })
}

/// History and uses: what they read comes beside the record.
fn other(save: Save) -> Node {
    let (form, open) = (save.form(), save.open());
    let view = Memo::new(move |_| view_of(open, form));
    let retry = Callback::new(move |()| open.again());
    let past = move || match open.tab.changes.get().map(|answer| answer.read::<Changes>()) {
        Some(Ok(changes)) => {
            let picked = at(open.tab.version, open.tab.picked)?;
            let against = at(open.tab.against, open.tab.other)?;
            Some(history::timeline(save, &changes, picked, against))
        }
        Some(Err(Error::Missing)) | None => None,
        Some(Err(error)) => Some(failed(&error, retry)),
    };
    let users = move || match open.tab.uses.get().map(|answer| answer.read::<Uses>()) {
        Some(Ok(found)) => Some(uses(&found)),
        Some(Err(Error::Missing)) | None => None,
        Some(Err(error)) => Some(failed(&error, retry)),
    };
    (move || {
        let drawn = match view.try_get().unwrap_or_default() {
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
fn at(version: Memo<Option<i64>>, asked: Asked) -> Option<Option<(i64, Arc<Value>)>> {
    match version.get() {
        None => Some(None),
        // Before the first version there was nothing to compare with.
        Some(0) => Some(Some((0, Arc::new(Value::Object(Map::new()))))),
        Some(version) => {
            let answer = asked
                .get()
                .filter(|answer| answer.question.arguments.get("revision") == Some(&version.into()))?;
            Some(Some((version, answer.read().ok()?)))
        }
    }
}

/// Who refers to the record.
pub(super) fn uses(found: &Uses) -> Node {
    if found.records.is_empty() && found.hidden == 0 {
        return view! { <p>{t(key::USES_NONE)}</p> };
    }
    let rows: Vec<_> = found
        .records
        .iter()
        .map(|record| {
            let href = match record.id {
                0 => ["/settings/", &record.section].concat(),
                id => ["/settings/", &record.section, "/", &id.to_string()].concat(),
            };
            let section = section_title(&record.section);
            let name = if record.name.is_empty() { section.to_owned() } else { record.name.clone() };
            view! {
                <li class="links__item">
                    {record.colour.clone().map(|colour| view! { {swatch(colour)} " " })} <a href=href>{name}</a> " "
                    <span class="links__note">{section}</span> " "
                    {record.archived.then(|| badge(Tone::Warning, t(key::ARCHIVED)))}
                </li>
            }
        })
        .collect();
    let hidden = (found.hidden > 0)
        .then(|| view! { <p>{tf(key::USES_HIDDEN, &[("n", &found.hidden.to_string())])}</p> });
    view! { <ul class="links">{rows}</ul> {hidden} }
}
