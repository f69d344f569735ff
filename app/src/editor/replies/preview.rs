//! A text as the sample client gets it: what was filled in, what the operator still fills in, and where the cursor stands.

use leptos::prelude::*;

use super::{Editor, Who};
use crate::markup::{Node, view};
use crate::sections::replies::template::{EXTRA, Rendered, Template, Variable};
use crate::ui::icon;
use crate::words::{key, t};

/// The value of a variable for the sample client, in a language.
pub(super) fn sample_value(editor: Editor, name: &str, language: &str) -> Option<String> {
    let who = editor.who.get();
    if name.starts_with(EXTRA) {
        // Nobody knows what a field of their own holds: its name stands for it.
        return (who == Who::Known).then(|| ["«", &editor.meaning(name), "»"].concat());
    }
    let variable = Variable::named(name)?;
    (who == Who::Known || !variable.optional).then(|| variable.sample(language).to_owned())
}

/// A text filled in for the sample client.
pub(super) fn rendered(editor: Editor, text: &str, language: &str) -> Rendered {
    Template::parse(text).render(&|name| sample_value(editor, name, language))
}

/// Draws it.
pub(super) fn preview(editor: Editor, text: Signal<String>, tag: String, name: String) -> Node {
    let drawn = move || {
        let rendered = text.with(|text| rendered(editor, text, &tag));
        let missing = (!rendered.missing.is_empty()).then(|| {
            let names: Vec<String> = rendered.missing.iter().map(|name| editor.meaning(name)).collect();
            view! {
                <p class="bubble__note">{icon("triangle-alert")} <span>{t(key::REPLY_BLANK)}": "{names.join(", ")}</span></p>
            }
        });
        let empty = rendered.text.trim().is_empty();
        let body = if empty {
            view! { <p class="bubble bubble--empty">{t(key::REPLY_PREVIEW_EMPTY)}</p> }
        } else {
            view! { <p class="bubble" lang=tag.clone()>{spans(&rendered)}</p> }
        };
        view! { {body} {missing} }
    };
    view! { <div class="preview" role="group" aria-label=name>{drawn}</div> }
}

/// The text in spans: slots and the cursor stand out.
fn spans(rendered: &Rendered) -> Vec<Node> {
    let units: Vec<u16> = rendered.text.encode_utf16().collect();
    let words = |from: usize, to: usize| String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
    let mut marks: Vec<(usize, usize)> = rendered
        .slots
        .iter()
        .flat_map(|slot| slot.ranges_utf16.iter().map(|range| (range.start, range.end)))
        .collect();
    marks.extend(rendered.cursor_utf16.map(|at| (at, at)));
    marks.sort_unstable();
    let mut spans = Vec::new();
    let mut at = 0;
    for (from, to) in marks {
        spans.push(view! { {words(at, from)} });
        spans.push(if from == to {
            view! { <span class="bubble__cursor" role="img" aria-label=t(key::REPLY_CURSOR_HERE)></span> }
        } else {
            view! { <span class="bubble__slot">{words(from, to)}</span> }
        });
        at = to;
    }
    spans.push(view! { {words(at, units.len())} });
    spans
}
