//! What of a directory ought to be looked at: the way there, how many suffer from what, and why each does.

use leptos::prelude::*;

use super::Directory;
use crate::backend::{List, Row};
use crate::form::control_id;
use crate::markup::{Node, view};
use crate::section::ListState;
use crate::sections::replies::health::{ANY, CODES};
use crate::ui::icon;
use crate::ui::table::number;
use crate::words::{key, option_text, problem_text, t};

/// The name of the filter in the address.
const FILTER: &str = "health";

/// Is the health of this section's records known?
fn is_known(section: &str) -> bool {
    section == "replies"
}

/// The way to what ought to be looked at, and back to all; none where nobody knows.
pub(super) fn way(directory: Directory) -> Option<Node> {
    let shared = directory.shared;
    let wanted = Memo::new(move |_| shared.state.with(|state| !state.wanted(FILTER).is_empty()));
    let href = move || {
        let want = if wanted.get() { "" } else { ANY };
        shared.state.with(|state| directory.href(&state.with(|state| state.want(FILTER, want))))
    };
    is_known(directory.section).then(|| {
        view! {
            <a class="button button--quiet" href=href aria-current=move || wanted.get().then_some("true")>
                {icon("wrench")} <span>{t(key::HEALTH)}</span>
            </a>
        }
    })
}

/// How many suffer from what, each a filter.
pub(super) fn bar(directory: Directory, state: &ListState, found: &List) -> Option<Node> {
    let wanted = state.wanted(FILTER).to_owned();
    if wanted.is_empty() {
        return None;
    }
    let one = |code: &'static str, count: Option<u64>| {
        let href = directory.href(&state.with(|state| state.want(FILTER, code)));
        let current = (wanted == code).then_some("true");
        view! {
            <a class="button button--plain button--small" href=href aria-current=current>
                <span>{option_text("health", code)}</span>
                {count.map(|count| view! { <span class="badge">{number(count)}</span> })}
            </a>
        }
    };
    let all = (wanted == ANY).then_some(found.total);
    let codes = CODES.iter().filter_map(|code| Some(one(code, Some(*found.health.get(*code)?))));
    let links: Vec<_> = std::iter::once(one(ANY, all)).chain(codes).collect();
    Some(view! { <nav class="health" aria-label=t(key::HEALTH)>{links}</nav> })
}

/// Why a record ought to be looked at, each reason the way to its cure.
pub(super) fn reasons(directory: Directory, row: &Row) -> Option<Node> {
    if row.ailments.is_empty() {
        return None;
    }
    let record = directory.shared.href(&row.id.to_string());
    let reasons: Vec<_> = row
        .ailments
        .iter()
        .map(|problem| {
            let href = [&record, "#", &control_id(&problem.pointer)].concat();
            view! { <li><a class="health__reason" href=href>{icon("triangle-alert")} <span>{problem_text(problem)}</span></a></li> }
        })
        .collect();
    Some(view! { <ul class="health__reasons">{reasons}</ul> })
}
