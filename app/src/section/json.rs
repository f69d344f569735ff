//! The JSON view of a record: the draft as text, with what is wrong at its line and column.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::save::Save;
use super::views::refusal;
use crate::editor;
use crate::form::Unread;
use crate::form::draft::FORM;
use crate::markup::{Node, view};
use crate::problem::Problem;
use crate::schema;
use crate::ui::code::{Code, Finding, Known, code};
use crate::ui::{Button, Kind};
use crate::value::{Position, Syntax, locate, parse_json, pretty};
use crate::words::{key, problem_text, t};

/// The JSON view: the same draft as text. Before the page is awake it is there to be read.
pub(super) fn json(save: Save) -> Node {
    let form = save.form();
    let schema = form.schema();
    let read = {
        let schema = Arc::clone(&schema);
        move |text: &str| parse_json(text).map(|value| schema::whole(&schema, value))
    };
    let unread_text = move || form.broken.with(|broken| broken.as_ref().map(|unread| unread.text.clone()));
    let text = RwSignal::new(untrack(unread_text).unwrap_or_else(|| form.draft.with_untracked(pretty)));
    // A change from elsewhere (a discard, a merge, a newer version, a draft brought back) is taken over; what is typed
    // here is left alone.
    let typed_value = read.clone();
    Effect::new(move |_| {
        let stands = unread_text();
        let same = form.draft.with(|draft| {
            text.with_untracked(|text| match &stands {
                Some(unread) => unread == text,
                None => typed_value(text).is_ok_and(|typed| typed == *draft),
            })
        });
        if !same {
            text.set(stands.unwrap_or_else(|| form.draft.with_untracked(pretty)));
        }
    });
    let input = Callback::new(move |typed: String| {
        match read(&typed) {
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
        let place = text.with_untracked(|text| place(text, &form.schema(), &pointer));
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
        let schema = form.schema();
        let placed = |text: &String| {
            form.problems().iter().filter_map(|problem| placed(text, &schema, problem)).collect::<Vec<_>>()
        };
        let mut found = text.with(placed);
        found.sort_by_key(|finding| finding.warning);
        found
    });
    let tidy = move |_| {
        if form.broken.with_untracked(Option::is_none) {
            text.set(form.draft.with_untracked(pretty));
        }
    };
    let known = RwSignal::new(keys(&schema));
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
            completions: known.into(),
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
            {editor::beside_json(form, known)}
        </div>
    }
}

/// The keys that a value of the section may have, and constants that may stand in it, each with its label and the key whose
/// value it is, for completion.
fn keys(schema: &Value) -> Vec<Known> {
    let mut known = Vec::new();
    collect(schema, None, &mut known);
    known.sort_by(|one, other| (&one.label, &one.key).cmp(&(&other.label, &other.key)));
    known.dedup_by(|one, other| (&one.label, &one.key) == (&other.label, &other.key));
    known
}

/// What stands in a part of the schema, which says what the value of `key` is.
fn collect(schema: &Value, key: Option<&str>, known: &mut Vec<Known>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                for (name, property) in properties {
                    let title = property.get("title").and_then(Value::as_str).unwrap_or_default();
                    let label = ["\"", name, "\""].concat();
                    known.push(Known { label, detail: title.into(), ..Known::default() });
                    collect(property, Some(name), known);
                }
            }
            let labels = object.get("x-labels");
            for list in ["enum", "examples"] {
                let constants = object.get(list).and_then(Value::as_array).into_iter().flatten();
                for constant in constants.filter_map(Value::as_str) {
                    let word = labels.and_then(|labels| labels.get(constant)).and_then(Value::as_str);
                    let label = ["\"", constant, "\""].concat();
                    let (detail, key) = (word.unwrap_or_default().into(), key.map(str::to_owned));
                    known.push(Known { label, detail, key, ..Known::default() });
                }
            }
            let others = object.iter().filter(|(name, _)| *name != "properties");
            others.for_each(|(_, inner)| collect(inner, key, known));
        }
        Value::Array(all) => all.iter().for_each(|inner| collect(inner, key, known)),
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

/// The place of a pointer in the text, which may be the bare list that the value holds.
fn place(text: &str, schema: &Value, pointer: &str) -> Option<Position> {
    match schema::bare(schema).filter(|_| text.trim_start().starts_with('[')) {
        Some(name) => locate(text, pointer.strip_prefix(&*["/", name].concat()).unwrap_or_default()),
        None => locate(text, pointer),
    }
}

/// A problem of the value at its place in the text.
fn placed(text: &str, schema: &Value, problem: &Problem) -> Option<Finding> {
    let place = place(text, schema, &problem.pointer)?;
    Some(Finding {
        line: place.line as u32,
        column: place.column as u32,
        offset: place.offset as u32,
        text: problem_text(problem),
        warning: problem.warning,
    })
}
