//! A box in which a template is written: tags are tinted where they stand, mistakes underlined, and the caret is where it was left.
//!
//! A mirror of the text lies beneath the box. It wraps as the box does and gives it its height, so nothing is measured.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::Editor;
use crate::markup::{Node, view};
use crate::sections::replies::template::{PartKind, Template};
use crate::ui::textarea::{Textarea, textarea};

/// The box.
pub(super) fn area(editor: Editor, of: Textarea) -> Node {
    let value = of.value;
    view! {
        <div class="template">
            <div class="template__mirror" aria-hidden="true">{move || value.with(|text| pieces(editor, text))}</div>
            {textarea(of)}
        </div>
    }
}

/// The text in pieces, each with what it means.
fn pieces(editor: Editor, text: &str) -> Vec<Node> {
    let template = Template::parse(text);
    let problems = editor.mistakes(text);
    let mut pieces: Vec<Node> = template
        .parts
        .iter()
        .map(|part| {
            let wrong = problems
                .iter()
                .find(|problem| part.span.start <= problem.span.start && problem.span.end <= part.span.end);
            let class = match part.kind {
                PartKind::Text(_) => "",
                PartKind::Variable { .. } => "template__tag",
                PartKind::Slot { .. } => "template__tag template__tag--slot",
                PartKind::Cursor => "template__tag template__tag--cursor",
                PartKind::Broken => "template__tag template__tag--broken",
            };
            if class.is_empty() {
                return view! { {part.source.to_owned()} };
            }
            let inside = match wrong {
                None => view! { {part.source.to_owned()} },
                Some(wrong) => {
                    let (from, to) = (wrong.span.start - part.span.start, wrong.span.end - part.span.start);
                    let [before, mistake, after] =
                        [0..from, from..to, to..part.source.len()].map(|at| part.source[at].to_owned());
                    view! { {before} <span class="template__mistake">{mistake}</span> {after} }
                }
            };
            view! { <span class=class>{inside}</span> }
        })
        .collect();
    // A last empty line has a height only if something stands in it.
    pieces.push(view! { "\u{200b}" });
    pieces
}

/// Where a byte of a text stands in the units of a browser's selection.
pub(super) fn units(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte that a unit of a browser's selection stands at.
fn byte(text: &str, unit: u32) -> usize {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        if units >= unit as usize {
            return at;
        }
        units += letter.len_utf16();
    }
    text.len()
}

/// What of `text` is marked in the box, in bytes; an empty range for a bare caret.
pub(super) fn selection(place: NodeRef<html::Textarea>, text: &str) -> Range<usize> {
    let Some(area) = place.get_untracked() else { return text.len()..text.len() };
    let at = |unit: Option<u32>| unit.map_or(text.len(), |unit| byte(text, unit));
    let from = at(area.selection_start().ok().flatten());
    from..at(area.selection_end().ok().flatten()).max(from)
}

/// Marks a part of the text and takes the focus there.
pub(super) fn select(place: NodeRef<html::Textarea>, text: &str, span: &Range<usize>) {
    let Some(area) = place.get_untracked() else { return };
    let _ = area.focus();
    let _ = area.set_selection_range(units(text, span.start), units(text, span.end));
}

/// Writes `piece` over a part of the text as if it had been typed, so that the browser's own undo takes it back.
pub(super) fn replace(
    place: NodeRef<html::Textarea>,
    text: &str,
    span: &Range<usize>,
    piece: &str,
    input: Callback<String>,
) {
    select(place, text, span);
    let (command, nothing) =
        if piece.is_empty() { ("delete", span.is_empty()) } else { ("insertText", false) };
    if nothing || execute(command, piece) {
        return;
    }
    let Some(whole) = text.get(..span.start).zip(text.get(span.end..)) else { return };
    input.run([whole.0, piece, whole.1].concat());
    let caret = units(text, span.start) + units(piece, piece.len());
    // After the new text has reached the box.
    request_animation_frame(move || {
        if let Some(area) = place.try_get_untracked().flatten() {
            let _ = area.focus();
            let _ = area.set_selection_range(caret, caret);
        }
    });
}

/// The browser's editing command on what has the focus; false where it knows none.
fn execute(command: &str, text: &str) -> bool {
    let document = JsValue::from(document());
    let call = || -> Result<bool, JsValue> {
        let execute =
            js_sys::Reflect::get(&document, &"execCommand".into())?.dyn_into::<js_sys::Function>()?;
        let done = execute.call3(&document, &command.into(), &JsValue::FALSE, &text.into())?;
        Ok(done.as_bool() == Some(true))
    };
    call().unwrap_or(false)
}
