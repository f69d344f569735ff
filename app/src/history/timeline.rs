//! The versions of a record, newest first; any two can be compared, any one can be brought back.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::compare::difference;
use crate::backend::{ChangeView, Changes, CommitView};
use crate::calls;
use crate::frame::{op_word, report, who};
use crate::markup::{Node, view};
use crate::section::Save;
use crate::ui::{Button, Kind, Tone, badge};
use crate::words::{key, t, tf};

/// Draws the versions and, above them, the two that the address compares.
pub fn timeline(
    save: Save,
    changes: &Changes,
    picked: Option<(i64, Arc<Value>)>,
    against: Option<(i64, Arc<Value>)>,
) -> Node {
    let form = save.form();
    let (section, id, current) =
        form.base.with_untracked(|base| (base.section.clone(), base.id, base.revision));
    let record = if id == 0 { String::new() } else { id.to_string() };
    let here = save.shared().href(&record);
    let sign = if here.contains('?') { '&' } else { '?' };
    let compare = move |version: i64, against: i64| {
        format!("{here}{sign}view=history&version={version}&against={against}")
    };
    let comparison = picked.as_ref().map(|(version, value)| {
        let now = (current, Arc::new(form.base.with_untracked(|base| base.value.clone())));
        let (other, base) = against.clone().unwrap_or(now);
        let title = if other == 0 {
            tf(key::VERSION_FIRST, &[("n", &version.to_string())])
        } else {
            tf(
                key::VERSIONS_COMPARED,
                &[("a", &other.min(*version).to_string()), ("b", &other.max(*version).to_string())],
            )
        };
        // The older one stands on the left, whichever was asked for.
        let (before, after) = if other <= *version { (&base, value) } else { (value, &base) };
        let labels = form.labels.get_untracked();
        view! {
            <section class="stack stack--tight" aria-labelledby="compared">
                <h3 id="compared">{title}</h3>
                {difference(&form.schema(), before, after, &labels)}
            </section>
        }
    });
    let shown = picked.map(|(version, _)| version);
    let rows: Vec<_> = changes
        .commits
        .iter()
        .cloned()
        .filter_map(|commit| {
            let change =
                commit.changes.iter().find(|change| change.section == section && change.id == id)?.clone();
            Some(moment(save, commit, &change, current, shown, &compare))
        })
        .collect();
    if rows.is_empty() {
        return view! { <p>{t(key::HISTORY_NONE)}</p> };
    }
    // A document was there before anybody saved it, and can be so again.
    let oldest = changes
        .commits
        .last()
        .and_then(|commit| commit.changes.iter().find(|change| change.section == section));
    let before_all = (id == 0 && oldest.is_some_and(|change| change.revision == 1)).then(|| {
        view! {
            <li class="timeline__item" aria-current=(shown == Some(0)).then_some("true")>
                <a class="timeline__what" href=compare(0, current)>{t(key::HISTORY_DEFAULTS)}</a>
                <p class="timeline__who">{t(key::HISTORY_DEFAULTS_TEXT)}</p>
                <div class="timeline__actions">
                    <a class="button button--quiet button--small" href=compare(0, current)>{t(key::COMPARE_CURRENT)}</a>
                    {restore(save, 0)}
                </div>
            </li>
        }
    });
    view! {
        <div class="stack stack--loose">
            {comparison}
            <ol class="timeline">{rows} {before_all}</ol>
        </div>
    }
}

/// One version.
fn moment(
    save: Save,
    commit: CommitView,
    change: &ChangeView,
    current: i64,
    shown: Option<i64>,
    compare: &impl Fn(i64, i64) -> String,
) -> Node {
    let version = change.revision;
    let CommitView { at, by, via, note, .. } = commit;
    let what = t(op_word(&change.op));
    let with_now = (version != current).then(|| {
        let href = compare(version, current);
        view! { <a class="button button--quiet button--small" href=href>{t(key::COMPARE_CURRENT)}</a> }
    });
    let with_before = compare(version, version - 1);
    let back = (version != current && change.op != "delete").then(|| restore(save, version));
    view! {
        <li class="timeline__item" aria-current=(shown == Some(version)).then_some("true")>
            <a class="timeline__what" href=with_before.clone()>{what}</a> " "
            {badge(Tone::Plain, tf(key::VERSION_N, &[("n", &version.to_string())]))}
            {(version == current).then(|| view! { " " {badge(Tone::Info, t(key::VERSION_CURRENT))} })}
            <p class="timeline__who">{who(by, &at, &via)}</p>
            {(!note.is_empty()).then(|| view! { <p class="timeline__note">{note}</p> })}
            <div class="timeline__actions">
                <a class="button button--quiet button--small" href=with_before>{t(key::COMPARE_PREVIOUS)}</a>
                {with_now}
                {back}
            </div>
        </li>
    }
}

/// Brings a version back, or the defaults of a document as version 0: written as a new one, through the same questions as any save.
fn restore(save: Save, version: i64) -> Node {
    let form = save.form();
    let busy = Signal::derive(move || save.busy().get());
    let off = Signal::derive(move || !form.writable.get() || form.is_fixed());
    let press = move |_| {
        let (section, id) = form.base.with_untracked(|base| (base.section.clone(), base.id));
        spawn_local(async move {
            match calls::revision(section, id, version).await {
                Ok(value) if save.is_alive() => {
                    let note = match version {
                        0 => t(key::RESTORED_DEFAULTS).to_owned(),
                        _ => tf(key::RESTORED_VERSION, &[("n", &version.to_string())]),
                    };
                    save.note().set(note);
                    save.write(value);
                }
                Ok(_) => {}
                Err(error) => report(&error),
            }
        });
    };
    view! { <Button kind=Kind::Quiet small=true icon="rotate-ccw" word=t(key::RESTORE_VERSION) busy=busy disabled=off press=press/> }
}
