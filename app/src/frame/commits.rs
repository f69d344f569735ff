//! Commits as a list of moments: who changed what, when and through which door.

use crate::backend::{ChangeView, CommitView};
use crate::markup::{Node, view};
use crate::sections::{Shape, item};
use crate::ui::time;
use crate::words::{Word, key, section_title, t, tf};

/// How many changes of a commit are named at once, and how many when it is unfolded; the rest is counted.
const NAMED: usize = 4;
const UNFOLDED: usize = 200;

/// Where a record of a section is.
pub fn record_href(section: &str, id: i64) -> String {
    let base = ["/settings/", section].concat();
    let document = item(section).is_none_or(|item| item.shape == Shape::One);
    if document { base } else { [&base, "/", &id.to_string()].concat() }
}

/// One commit, with `actions` at its end.
pub fn commit(view: &CommitView, actions: Option<Node>) -> Node {
    let CommitView { seq, at, by, via, note, changes } = view.clone();
    let rest = changes.len().saturating_sub(NAMED);
    let what = if changes.is_empty() {
        view! { <span class="timeline__what">{t(key::COMMIT_HIDDEN)}</span> }
    } else {
        let and_more = |n: usize| tf(key::AND_N_MORE, &[("n", &n.to_string())]);
        let mut changes = changes.into_iter();
        let named = changes.by_ref().take(NAMED).map(change).collect::<Vec<_>>();
        let more = (rest > 0).then(|| {
            let others = changes.take(UNFOLDED).map(change).collect::<Vec<_>>();
            let left = rest - others.len();
            view! {
                <details class="timeline__more">
                    <summary>{and_more(rest)}</summary>
                    {others}
                    {(left > 0).then(|| and_more(left))}
                </details>
            }
        });
        view! { {named} {more} }
    };
    let who = who(by, &at, &via);
    let number = tf(key::CHANGE_N, &[("n", &seq.to_string())]);
    view! {
        <li class="timeline__item">
            {what}
            <p class="timeline__who">{who} " · " {number}</p>
            {(!note.is_empty()).then(|| view! { <p class="timeline__note">{note}</p> })}
            {actions.map(|actions| view! { <div class="timeline__actions">{actions}</div> })}
        </li>
    }
}

/// «Олена Коваль · сьогодні, 12:40 · консоль»; the door is named unless it is all that is known of who came through it.
pub fn who(by: String, at: &str, via: &str) -> Node {
    let door = t(via_word(via));
    let door = (door != by).then(|| [" · ", door].concat());
    view! { {by} " · " {time(at)} {door} }
}

/// «Теги · Скарга: змінено», as a link unless the record is gone.
fn change(change: ChangeView) -> Node {
    let ChangeView { section, id, op, name, .. } = change;
    let title = section_title(&section);
    let word = [
        title,
        if name.is_empty() || name == title { "" } else { " · " },
        if name == title { "" } else { &name },
    ]
    .concat();
    let done = [": ", t(op_word(&op))].concat();
    let inside = if op == "delete" {
        view! { <span class="timeline__what">{word}{done}</span> }
    } else {
        view! { <a class="timeline__what" href=record_href(&section, id)>{word}{done}</a> }
    };
    view! { <div>{inside}</div> }
}

/// The word for what was done to a record.
pub fn op_word(op: &str) -> Word {
    match op {
        "create" => key::OP_CREATE,
        "rekey" => key::OP_REKEY,
        "archive" => key::OP_ARCHIVE,
        "restore" => key::OP_RESTORE,
        "delete" => key::OP_DELETE,
        _ => key::OP_PUT,
    }
}

/// The word for the door through which a commit came.
fn via_word(via: &str) -> Word {
    match via {
        "ui" => key::VIA_UI,
        "rest" => key::VIA_REST,
        "cli" => key::VIA_CLI,
        "embed" => key::VIA_EMBED,
        _ => key::VIA_JOB,
    }
}
