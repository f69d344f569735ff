//! The JSON view of a record: the draft as text, with what is wrong at its line and column.

use leptos::prelude::*;
use serde_json::Value;

use super::save::Save;
use super::views::refusal;
use crate::form::Unread;
use crate::form::draft::FORM;
use crate::markup::{Node, view};
use crate::problem::Problem;
use crate::ui::code::{Code, Finding, Known, code};
use crate::ui::{Button, Kind};
use crate::value::{Syntax, locate, parse_json, pretty};
use crate::words::{key, problem_text, t};

/// The JSON view: the same draft as text. Before the page is awake it is there to be read.
pub(super) fn json(save: Save) -> Node {
    let form = save.form();
    let unread_text = move || form.broken.with(|broken| broken.as_ref().map(|unread| unread.text.clone()));
    let text = RwSignal::new(untrack(unread_text).unwrap_or_else(|| form.draft.with_untracked(pretty)));
    // A change from elsewhere (a discard, a merge, a newer version, a draft brought back) is taken over; what is typed
    // here is left alone.
    Effect::new(move |_| {
        let stands = unread_text();
        let same = form.draft.with(|draft| {
            text.with_untracked(|text| match &stands {
                Some(unread) => unread == text,
                None => parse_json(text).is_ok_and(|typed| typed == *draft),
            })
        });
        if !same {
            text.set(stands.unwrap_or_else(|| form.draft.with_untracked(pretty)));
        }
    });
    let input = Callback::new(move |typed: String| {
        match parse_json(&typed) {
            Ok(value) => {
                form.broken.set(None);
                form.draft.set(value);
            }
            Err(syntax) => form.broken.set(Some(Unread { text: typed.clone(), syntax })),
        }
        text.set(typed);
    });
    let go = RwSignal::new(None);
    let jump = Callback::new(move |pointer: String| {
        let place = text.with_untracked(|text| locate(text, &pointer));
        go.set(place.map(|place| (place.offset as u32, place.offset as u32)));
    });
    // A save that was refused for a text that can't be read leads to the place.
    Effect::new(move |_| {
        if save.refused().get()
            && let Some(unread) = form.broken.get_untracked()
        {
            let at = unread.syntax.offset as u32;
            go.set(Some((at, at)));
        }
    });
    let findings = Signal::derive(move || {
        if let Some(unread) = form.broken.get() {
            return vec![why(&unread.syntax)];
        }
        let mut found: Vec<Finding> =
            text.with(|text| form.problems().iter().filter_map(|problem| placed(text, problem)).collect());
        found.sort_by_key(|finding| finding.warning);
        found
    });
    let tidy = move |_| {
        if form.broken.with_untracked(Option::is_none) {
            text.set(form.draft.with_untracked(pretty));
        }
    };
    let completions = Signal::stored(keys(&form.schema()));
    let editor = move || {
        if !form.awake.get() {
            return view! { <pre class="source"><code>{text.get_untracked()}</code></pre> };
        }
        code(Code {
            id: "record-json".into(),
            name: "JSON",
            language: "json",
            keep: [form.section, "/", &form.id_now().to_string()].concat(),
            value: text.into(),
            input,
            editable: form.writable.into(),
            findings,
            completions,
            go,
        })
    };
    let off = Signal::derive(move || !form.editable.get());
    view! {
        <div class="stack" id=FORM>
            {refusal(save, jump)}
            <div class="row row--end">
                <Button kind=Kind::Quiet icon="braces" word=t(key::JSON_TIDY) disabled=off press=tidy/>
            </div>
            {editor}
        </div>
    }
}

/// The keys that a value of the section may have, and constants that may stand in it, each with its label, for completion.
fn keys(schema: &Value) -> Vec<Known> {
    let mut known = Vec::new();
    collect(schema, &mut known);
    known.sort_by(|one, other| one.label.cmp(&other.label));
    known.dedup_by(|one, other| one.label == other.label);
    known
}

fn collect(schema: &Value, known: &mut Vec<Known>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                for (name, property) in properties {
                    let title = property.get("title").and_then(Value::as_str).unwrap_or_default();
                    let label = ["\"", name, "\""].concat();
                    known.push(Known { label, detail: title.into(), colour: None });
                }
            }
            let labels = object.get("x-labels");
            for list in ["enum", "examples"] {
                let constants = object.get(list).and_then(Value::as_array).into_iter().flatten();
                for constant in constants.filter_map(Value::as_str) {
                    let word = labels.and_then(|labels| labels.get(constant)).and_then(Value::as_str);
                    let label = ["\"", constant, "\""].concat();
                    known.push(Known { label, detail: word.unwrap_or_default().into(), colour: None });
                }
            }
            object.values().for_each(|inner| collect(inner, known));
        }
        Value::Array(all) => all.iter().for_each(|inner| collect(inner, known)),
        _ => {}
    }
}

/// Why a text can't be read, at its place.
fn why(syntax: &Syntax) -> Finding {
    let problem = Problem::error("", syntax.code)
        .with("found", syntax.found.clone())
        .with("code_point", syntax.found.clone())
        .with("position", syntax.column);
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
