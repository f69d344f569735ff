//! Rules for files as a table, and a bench that tries real files on them before anything is saved.

mod bench;
mod row;
mod rules;

use leptos::lazy;

use crate::form::{Form, inner};
use crate::markup::{Node, view};

/// The general limit, the rules and the bench.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "only the browser waits for the chunk")
)]
#[lazy]
pub fn editor(form: Form) -> Node {
    let general = inner(form, "", &form.schema(), &["files"]);
    let rules = rules::Rules::new(form);
    view! {
        <div class="group">{general}</div>
        {rules.draw()}
        {bench::bench(rules)}
    }
}
