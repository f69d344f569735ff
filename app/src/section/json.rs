//! The JSON view of a record: the draft as text, with what is wrong at its line and column.

use leptos::prelude::*;

use crate::form::Form;
use crate::form::draft::FORM;
use crate::markup::{Node, view};
use crate::problem::Problem;
use crate::ui::code::{Code, Finding, code};
use crate::ui::{Button, Kind};
use crate::value::{Syntax, locate, parse_json, pretty};
use crate::words::{key, problem_text, t};

/// The JSON view: the same draft as text. Before the page is awake it is there to be read.
pub(super) fn json(form: Form) -> Node {
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
