//! The change log: every commit that the reader may see, newest first, each to be taken back.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use super::commits::commit;
use super::live::News;
use super::undo::take_back;
use super::{Frame, failed, title};
use crate::ask::{Asked, ask};
use crate::backend::{Changes, ChangesQuery, CommitView, Me};
use crate::calls::question;
use crate::markup::{Node, awaited, view};
use crate::sections;
use crate::ui::{Button, Confirm, Kind, LoadingShape, awake, empty, icon, loading};
use crate::words::{key, section_title, t, tf};

/// `/changes?before=<seq>&section=<section>`
pub(super) fn read() -> Asked {
    let query = use_query_map();
    let asked = move || {
        query.with(|query| ChangesQuery {
            section: query.get("section").unwrap_or_default(),
            before: query.get("before").and_then(|seq| seq.parse().ok()),
            ..ChangesQuery::default()
        })
    };
    ask(move || question::changes(asked()))
}

/// Draws it.
pub(super) fn page(changes: Asked) -> Node {
    let query = use_query_map();
    let older = move || query.with(|query| query.get("before").is_some());
    let reverting = RwSignal::new(0_i64);
    let asking = RwSignal::new(false);
    Frame::get().live.subscribe(Callback::new(move |news| {
        // An older page does not move under the reader.
        if matches!(news, News::Resync) || !query.with_untracked(|query| query.get("before").is_some()) {
            changes.refetch();
        }
    }));
    let revert = Callback::new(move |seq| {
        reverting.set(seq);
        asking.set(true);
    });
    let session = Frame::get().session;
    let seq = move || reverting.get().to_string();
    view! {
        {title(t(key::CHANGES))}
        <section class="pane" aria-labelledby="title">
            <header class="pane__head"><h1 class="pane__title" id="title">{t(key::CHANGES)}</h1></header>
            <div class="pane__body">
                {awaited(|| Node::Nothing, move || session.me().and_then(Result::ok).map(|me| filter(&me, query)))}
                {awaited(|| loading(LoadingShape::Lines, 12), move || match changes.get().map(|answer| answer.read()) {
                        Some(Ok(list)) => timeline(&list, &section(query), revert),
                        Some(Err(error)) => failed(&error, Callback::new(move |()| changes.refetch())),
                        None => loading(LoadingShape::Lines, 12),
                    })}
                {move || older().then(|| view! {
                    <p><a href=page_of(&section(query), None)>{icon("chevron-left")} " " {t(key::NEWEST)}</a></p>
                })}
            </div>
        </section>
        <Confirm
            open=asking
            id="revert"
            title=Signal::derive(move || tf(key::REVERT_TITLE, &[("seq", &seq())]))
            text=t(key::REVERT_TEXT)
            word=t(key::REVERT)
            run=move |()| take_back(reverting.get_untracked(), Some(Callback::new(move |()| changes.refetch())))
        />
    }
}

/// The section that is asked for; empty for all.
fn section(query: Memo<ParamsMap>) -> String {
    query.with(|query| query.get("section").unwrap_or_default())
}

/// A page of the log.
fn page_of(section: &str, before: Option<i64>) -> String {
    let before = before.map(|seq| format!("before={seq}"));
    let section = (!section.is_empty()).then(|| ["section=", section].concat());
    let parts: Vec<String> = section.into_iter().chain(before).collect();
    if parts.is_empty() { "/changes".to_owned() } else { ["/changes?", &parts.join("&")].concat() }
}

/// The sections that the reader may see, to look at the changes of one.
fn filter(me: &Me, query: Memo<ParamsMap>) -> Node {
    let navigate = use_navigate();
    let wanted = Memo::new(move |_| section(query));
    let awake = awake();
    let seen = |item: &&sections::Item| me.sections.get(item.key).is_some_and(|can| can.view);
    let options: Vec<_> = sections::ALL
        .iter()
        .filter(seen)
        .map(|item| {
            let chosen = move || wanted.with(|wanted| wanted == item.key);
            view! { <option value=item.key selected=untrack(chosen) prop:selected=chosen>{section_title(item.key)}</option> }
        })
        .collect();
    let go = move |ev| navigate(&page_of(&event_target_value(&ev), None), NavigateOptions::default());
    view! {
        <form class="toolbar" action="/changes">
            <select class="select" name="section" aria-label=t(key::CHANGES_SECTION) on:change=go>
                <option value="">{t(key::CHANGES_SECTIONS)}</option>
                {options}
            </select>
            {move || (!awake.get()).then(|| view! {
                <button class="button button--plain">{icon("filter")} <span>{t(key::FILTER)}</span></button>
            })}
        </form>
    }
}

fn timeline(list: &Changes, section: &str, revert: Callback<i64>) -> Node {
    let Changes { commits, more } = list;
    if commits.is_empty() {
        return empty("history", t(key::CHANGES_NONE), t(key::CHANGES_NONE_TEXT), None);
    }
    let last = commits.last().map_or(0, |commit| commit.seq);
    let awake = awake();
    let one = |view: &CommitView| {
        let seq = view.seq;
        let actions = (!view.changes.is_empty()).then(|| {
            let asleep = Signal::derive(move || !awake.get());
            view! {
                <Button kind=Kind::Quiet small=true icon="undo-2" word=t(key::REVERT) disabled=asleep
                    press=move |_| revert.run(seq)/>
            }
        });
        commit(view, actions)
    };
    let older = more.then(|| {
        let href = page_of(section, Some(last));
        view! { <p><a class="button button--plain" href=href rel="next">{icon("history")} <span>{t(key::OLDER)}</span></a></p> }
    });
    view! {
        <div class="stack">
            <ol class="timeline">{commits.iter().map(one).collect::<Vec<_>>()}</ol>
            {older}
        </div>
    }
}
