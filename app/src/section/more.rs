//! The less frequent actions of a record: copy, note, key, archive, restore, remove for good, password link.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::extra::{Extra, extra};
use super::farewell::Way;
use super::questions::Questions;
use super::save::Save;
use crate::backend::{Commit, Operation};
use crate::calls;
use crate::form::NEW;
use crate::frame::{Session, report, toasts, undo};
use crate::markup::{IntoNode, Node, view};
use crate::ui::{hide_popover, icon, popover_class};
use crate::words::{Word, key, t};

const MENU: &str = "record-more";
/// The sections in which two records often turn out to be one.
const MERGED: &[&str] = &["tags"];

/// The button with the menu. What is in it comes when a hand is near the button.
pub(super) fn menu(save: Save, questions: Questions) -> Node {
    let form = save.form();
    let wanted = RwSignal::new(false);
    let content = move || wanted.get().then(|| extra(Extra::More(save, questions)));
    // Nothing in it can be done before the page is awake, nor without the right to edit.
    let usable = move || form.awake.get() && form.may.get();
    let near = move || wanted.set(true);
    (form.id_now() != NEW || form.may.get_untracked())
        .then(|| view! {
        <button class="button button--quiet button--icon" type="button" popovertarget=MENU aria-label=t(key::MORE_ACTIONS)
            disabled=true prop:disabled=move || !usable()
            on:pointerenter=move |_| near() on:focus=move |_| near() on:click=move |_| near()>{icon("ellipsis")}</button>
        {popover_class(MENU, "popover popover--end menu", content.into_node())}
    })
    .into_node()
}

/// What is in the menu.
pub(super) fn items(save: Save, questions: Questions) -> Node {
    let form = save.form();
    let Questions { rekeying, restoring, link, leaving, .. } = questions;
    let item = |picture: &'static str, word: Word, danger: bool, act: Callback<()>| {
        let class = if danger { "menu__item menu__item--danger" } else { "menu__item" };
        let press = move |_| {
            hide_popover(MENU);
            act.run(());
        };
        view! {
            <li><button class=class type="button" on:click=press>{icon(picture)} <span>{t(word)}</span></button></li>
        }
    };
    let items = move || {
        let (id, archived, removable) = form.base.with(|base| (base.id, base.archived, base.removable));
        let section = form.section.to_owned();
        let shared = save.shared();
        let can =
            Session::get().me().and_then(Result::ok).map(|me| shared.can(&me, &section)).unwrap_or_default();
        let mut all: Vec<Node> = Vec::new();
        let mut last: Vec<Node> = Vec::new();
        if form.may.get() && !archived {
            let act = Callback::new(move |()| {
                save.with_note().set(true);
                save.start();
            });
            all.push(item("pencil", key::SAVE_WITH_NOTE, false, act));
        }
        if id > 0 && form.may.get() {
            let href = [shared.above(), &section, "/new?copy=", &id.to_string()].concat();
            all.push(view! {
                <li><a class="menu__item" href=href on:click=|_| hide_popover(MENU)>
                    {icon("copy")} <span>{t(key::DUPLICATE)}</span>
                </a></li>
            });
            if archived {
                all.push(item(
                    "archive-restore",
                    key::RESTORE,
                    false,
                    Callback::new(move |()| restoring.set(true)),
                ));
            } else {
                if !form.personal {
                    let act = Callback::new(move |()| rekeying.set(true));
                    all.push(item("text-cursor-input", key::CHANGE_KEY, false, act));
                }
                if MERGED.contains(&&*section) {
                    let merge = Callback::new(move |()| leaving.ask(Way::Merge));
                    last.push(item("git-merge", key::MERGE_WITH, false, merge));
                }
                last.push(item(
                    "archive",
                    key::ARCHIVE,
                    false,
                    Callback::new(move |()| leaving.ask(Way::Archive)),
                ));
            }
            let resets = Session::get().known().is_some_and(|me| me.has("users.reset_password"));
            if section == "users" && !archived && resets {
                let act = Callback::new(move |()| {
                    spawn_local(async move {
                        match calls::password_link(id).await {
                            Ok(made) => link.set(Some(made)),
                            Err(error) => report(&error),
                        }
                    });
                });
                all.push(item("key-round", key::PASSWORD_LINK, false, act));
            }
            if removable && can.delete {
                last.push(item(
                    "trash-2",
                    key::DELETE_FOR_GOOD,
                    true,
                    Callback::new(move |()| leaving.ask(Way::ForGood)),
                ));
            }
        }
        let line = (!all.is_empty() && !last.is_empty()).then(|| view! { <hr class="menu__line"/> });
        view! {
            {(!all.is_empty()).then(|| view! { <ul class="menu__list">{all}</ul> })}
            {line}
            {(!last.is_empty()).then(|| view! { <ul class="menu__list">{last}</ul> })}
        }
    };
    items.into_node()
}

/// Where the record is, and in which version.
pub(super) fn place(save: Save) -> (String, i64, i64) {
    save.form().base.with_untracked(|base| (base.section.clone(), base.id, base.revision))
}

/// Does one thing to the record, says so, and reads it anew.
pub(super) async fn one(save: Save, operation: Operation, done: Word) {
    let commit = Commit { operations: vec![operation], accept: vec!["*".into()], ..Commit::default() };
    match calls::commit(commit).await {
        Ok(committed) => {
            toasts().say(t(done), undo(committed.seq));
            if save.is_alive() {
                save.shared().again();
                save.open().again();
                save.refresh().await;
            }
        }
        Err(error) => report(&error),
    }
}
