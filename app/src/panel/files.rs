//! What the file rules say about a file that is dropped into the composer.

use serde_json::Value;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::words::Said;
use crate::sections::files::{Asked, Direction, FIRST_BYTES, Files, verdict};
use crate::words::problem_text;

const NO_RULES: Said = Said("правил не видно", "the rules are not known");
const ALLOWED: Said = Said("правило «{}»", "the rule “{}”");

/// Is it accepted, and why? Of the file only the beginning is read.
pub(super) async fn judge(rules: Option<Value>, file: File) -> (bool, String) {
    let Some(rules) = rules else { return (true, NO_RULES.now().to_owned()) };
    let beginning = file.slice_with_f64_and_f64(0.0, FIRST_BYTES as f64);
    let read = match beginning {
        Ok(blob) => JsFuture::from(blob.array_buffer()).await,
        Err(error) => Err(error),
    };
    // What can't be read has no bytes to be judged by.
    let first = read.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec()).unwrap_or_default();
    let (files, name, declared) = (Files::of(&rules), file.name(), file.type_());
    let asked = Asked {
        name: &name,
        declared: &declared,
        first: &first,
        size: file.size() as u64,
        direction: Direction::Out,
    };
    let judged = verdict(&files, asked);
    if let Some(refusal) = &judged.refusal {
        return (false, problem_text(refusal));
    }
    let rule = judged.rule.and_then(|place| files.files.get(place as usize));
    let title = rule.map_or("", |rule| &*rule.title);
    (true, ALLOWED.with(if title.is_empty() { &judged.extension } else { title }))
}
