//! What stands between the head of a record and its body: what others saved meanwhile, and a draft brought back.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::extra::{Extra, extra};
use super::save::{Clash, Save};
use crate::backend::RecordView;
use crate::calls;
use crate::form::{Form, NEW, Unread, draft};
use crate::frame::drafts::Draft;
use crate::frame::{News, live, report};
use crate::markup::{IntoNode, Node, view};
use crate::ui::{Button, Dialog, Kind, Tone, icon, notice};
use crate::value::merge;
use crate::words::{key, t, tf};

/// What somebody else saved meanwhile: taken over quietly if nothing is unsaved, else told.
pub(super) fn arrival(save: Save) -> Node {
    let form = save.form();
    let news = RwSignal::new(None::<(i64, String, String)>);
    let hear = Callback::new(move |event: News| {
        let Some((section, id, revision)) =
            form.base.try_with_untracked(|base| (base.section.clone(), base.id, base.revision))
        else {
            return;
        };
        if id == NEW || !event.touches_record(&section, id) || save.busy().get_untracked() {
            return;
        }
        let (version, op) = match &event {
            News::Commit(notice) => {
                let change =
                    notice.changes.iter().find(|change| change.section == section && change.id == id);
                change.map_or((revision, String::new()), |change| (change.version, change.op.clone()))
            }
            // Something was missed: the record itself tells whether it is newer.
            News::Resync => (revision + 1, String::new()),
        };
        if version <= revision {
            return;
        }
        match event {
            News::Commit(notice) if untrack(|| form.is_dirty()) => {
                news.set(Some((version, notice.actor.name.clone(), op)));
            }
            _ => spawn_local(save.refresh()),
        }
    });
    Effect::new(move |_| live().subscribe(hear));
    // Taken over some other way, it is no news any more.
    Effect::new(move |_| {
        let stands = form.base.with(|base| base.revision);
        if news.with(|news| news.as_ref().is_some_and(|(version, ..)| *version <= stands)) {
            news.set(None);
        }
    });
    let reload = move |_| {
        save.discard();
        spawn_local(save.refresh());
    };
    let join = move |_| {
        let (section, id) = form.base.with_untracked(|base| (base.section.clone(), base.id));
        spawn_local(async move {
            match calls::record(section, id).await {
                Ok(view) if save.is_alive() => {
                    let mine = form.draft.get_untracked();
                    let (theirs, revision) = (view.value, view.revision);
                    let (by, at) = (view.by, view.at);
                    save.clash().set(Some(Clash { mine, theirs, revision, by, at, saving: false }));
                }
                Ok(_) => {}
                Err(error) => report(&error),
            }
        });
    };
    let anew = move |_| {
        news.set(None);
        let base = form.base.get_untracked();
        form.rebase(RecordView { id: NEW, revision: 0, ..base });
        save.start();
    };
    let bar = move || {
        news.get().map(|(version, name, op)| {
            let word = match op.as_str() {
                "archive" => key::NEWS_ARCHIVED,
                "delete" => key::NEWS_DELETED,
                _ => key::NEWS_SAVED,
            };
            let text = tf(word, &[("name", &name), ("n", &version.to_string())]);
            if op == "delete" {
                // There is nothing left to compare with: what is unsaved can only become a record of its own.
                return view! {
                    <div class="bar" role="status">
                        {icon("trash-2")} <span class="bar__text">{text}</span>
                        <button class="button button--quiet button--small" type="button" on:click=anew>{t(key::NEWS_ANEW)}</button>
                    </div>
                };
            }
            let base = form.base.with_untracked(|base| base.revision);
            let id = form.id_now();
            let record = if id == 0 { String::new() } else { id.to_string() };
            let href = save.shared().href(&record);
            let sign = if href.contains('?') { '&' } else { '?' };
            let difference = format!("{href}{sign}view=history&version={version}&against={base}");
            view! {
                <div class="bar" role="status">
                    {icon("refresh-cw")} <span class="bar__text">{text}</span>
                    <a class="button button--quiet button--small" href=difference>{t(key::SHOW_DIFFERENCE)}</a>
                    <button class="button button--quiet button--small" type="button" on:click=join>{t(key::MERGE)}</button>
                    <button class="button button--quiet button--small" type="button" on:click=reload>{t(key::RELOAD)}</button>
                </div>
            }
        })
    };
    bar.into_node()
}

/// A draft that this browser kept: brought back once the page is awake, and told.
pub(super) fn restored(save: Save) -> Node {
    let form = save.form();
    let when = RwSignal::new(None::<f64>);
    let behind = RwSignal::new(None::<Draft>);
    let comparing = RwSignal::new(false);
    Effect::new(move |_| {
        // After the session has become known to the page.
        request_animation_frame(move || {
            if !form.may.try_get_untracked().unwrap_or(false) {
                return;
            }
            let Some(kept) = draft::kept(form) else { return };
            let stands = form.base.get_untracked();
            if kept.revision == stands.revision {
                bring_back(form, kept, when);
            } else {
                behind.set(Some(kept));
            }
        });
    });
    Effect::new(move |_| {
        if when.with(Option::is_some) && !form.is_dirty() {
            when.set(None);
        }
    });
    let told = move || {
        when.get().map(|at| {
            let actions = view! {
                <Button kind=Kind::Quiet small=true word=t(key::COMPARE) press=move |_| comparing.set(true)/>
                <Button kind=Kind::Quiet small=true word=t(key::DISCARD) press=move |_| save.discard()/>
            };
            notice(Tone::Info, tf(key::DRAFT_RESTORED, &[("when", &moment(at))]), "", Some(actions))
        })
    };
    let difference = move || {
        comparing.get().then(|| {
            let before = form.base.with(|base| base.value.clone());
            let labels = form.labels.get();
            let after = form.draft.get();
            extra(Extra::Difference(form.schema(), before, after, labels))
        })
    };
    view! {
        {move || behind.get().map(|kept| extra(Extra::CatchUp(form, Box::new(kept), when)))}
        {told}
        <Dialog open=comparing title=t(key::DRAFT_COMPARE) id="draft-compare" wide=true>{difference}</Dialog>
    }
}

/// A kept draft joined with a version that came after the one it began with. Draws nothing.
pub(super) fn catch_up(form: Form, kept: Draft, when: RwSignal<Option<f64>>) -> Node {
    let stands = form.base.get_untracked();
    let merged = merge::merge(&form.schema(), &kept.base, &kept.value, &stands.value);
    if merged.conflicts.is_empty() {
        bring_back(form, Draft { value: merged.value, ..kept }, when);
    } else {
        // The same field was changed by both: the form stays at the version of the draft, and its save asks.
        form.rebase(RecordView { value: kept.base.clone(), revision: kept.revision, ..stands });
        bring_back(form, kept, when);
    }
    Node::Nothing
}

fn bring_back(form: Form, kept: Draft, when: RwSignal<Option<f64>>) {
    let Draft { value, text, at, .. } = kept;
    let broken = text.and_then(Unread::of);
    if broken.is_some() || form.base.with_untracked(|base| base.value != value) {
        form.draft.set(value);
        form.broken.set(broken);
        when.set(Some(at));
    }
}

/// A moment of this browser's clock, as times are written everywhere in the console.
fn moment(at: f64) -> String {
    let date = js_sys::Date::new(&at.into());
    let two = |n: u32| if n < 10 { format!("0{n}") } else { n.to_string() };
    let (day, month) = (two(date.get_date()), two(date.get_month() + 1));
    format!("{day}.{month}.{}, {}:{}", date.get_full_year(), two(date.get_hours()), two(date.get_minutes()))
}
