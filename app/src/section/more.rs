//! The less frequent actions of a record: copy, note, key, archive, restore, remove for good, password link.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::farewell::{self, Farewell};
use super::header::copy;
use super::save::Save;
use crate::backend::{Commit, Operation, PasswordLink};
use crate::calls;
use crate::form::NEW;
use crate::frame::{Session, error_text, report, toasts, undo};
use crate::markup::{IntoNode, Node, view};
use crate::ui::{Button, Confirm, Dialog, Kind, Tone, hide_popover, icon, notice, plain_time, popover_class};
use crate::words::{Word, key, t, tf};

const MENU: &str = "record-more";

/// The button with the menu, and the questions that its items ask.
pub(super) fn menu(save: Save) -> Node {
    let form = save.form();
    let rekeying = RwSignal::new(false);
    let restoring = RwSignal::new(false);
    let link = RwSignal::new(None::<PasswordLink>);
    let leaving = Farewell::new(save);
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
        let can = Session::get().can(&section);
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
            let href = format!("/settings/{section}/new?copy={id}");
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
                all.push(item(
                    "text-cursor-input",
                    key::CHANGE_KEY,
                    false,
                    Callback::new(move |()| rekeying.set(true)),
                ));
                last.push(item("archive", key::ARCHIVE, false, Callback::new(move |()| leaving.ask(false))));
            }
            let resets = Session::get()
                .known()
                .is_some_and(|me| me.functions.iter().any(|held| held == "users.reset_password"));
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
                    Callback::new(move |()| leaving.ask(true)),
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
    // Nothing in it can be done before the page is awake, nor without the right to edit.
    let usable = move || form.awake.get() && form.may.get();
    let restore = move |()| {
        let (section, id, revision) = place(save);
        spawn_local(one(save, Operation::Restore { section, id, revision }, key::RESTORED));
    };
    let made = move || link.get().map(|link| password(&link));
    let link_open = RwSignal::new(false);
    Effect::new(move |_| link_open.set(link.with(Option::is_some)));
    let bad_news = (form.id_now() != NEW || form.may.get_untracked()).then(|| view! {
        <button class="button button--quiet button--icon" type="button" popovertarget=MENU aria-label=t(key::MORE_ACTIONS)
            disabled=true prop:disabled=move || !usable()>{icon("ellipsis")}</button>
        {popover_class(MENU, "popover popover--end menu", (move || form.awake.get().then(items)).into_node())}
    });
    view! {
        {bad_news}
        <Confirm open=restoring title=t(key::RESTORE_TITLE) text=t(key::RESTORE_TEXT) word=t(key::RESTORE)
            id="record-restore" run=restore/>
        {rekey(save, rekeying)}
        <Dialog open=link_open title=t(key::PASSWORD_LINK) id="password-link">{made}</Dialog>
        {farewell::dialog(leaving)}
    }
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

/// The question for another key.
fn rekey(save: Save, open: RwSignal<bool>) -> Node {
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if open.get() {
            typed.set(save.form().base.with_untracked(|base| base.key.clone()));
            refused.set(None);
        }
    });
    let run = move || {
        let (section, id, revision) = place(save);
        let key = typed.get_untracked().trim().to_owned();
        spawn_local(async move {
            let operation = Operation::Rekey { section, id, revision, key };
            let trial = Commit {
                operations: vec![operation.clone()],
                accept: vec!["*".into()],
                dry_run: true,
                ..Commit::default()
            };
            match calls::commit(trial).await {
                Ok(_) => {
                    open.set(false);
                    one(save, operation, key::KEY_CHANGED).await;
                }
                Err(error) => refused.set(Some(error_text(&error))),
            }
        });
    };
    let foot = view! {
        <Button word=t(key::NOT_NOW) press=move |_| open.set(false)/>
        <Button kind=Kind::Primary word=t(key::CHANGE_KEY) press=move |_| run()/>
    };
    view! {
        <Dialog open=open title=t(key::CHANGE_KEY) id="record-key" foot=foot>
            <div class="stack">
                {notice(Tone::Warning, "", t(key::CHANGE_KEY_WARNING), None)}
                <div class="field field--wide">
                    <div class="field__label"><label for="record-key-value">{t(key::KEY)}</label></div>
                    <div class="field__control">
                        <input class="input input--code" id="record-key-value" autocomplete="off" spellcheck="false"
                            prop:value=move || typed.get() on:input=move |ev| typed.set(event_target_value(&ev))/>
                    </div>
                    {move || refused.get().map(|text| view! {
                        <p class="field__problem field__problem--error" role="alert">{icon("circle-alert")} <span>{text}</span></p>
                    })}
                </div>
            </div>
        </Dialog>
    }
}

/// A link with which the person sets a password; it is not shown again.
fn password(link: &PasswordLink) -> Node {
    let url = link.url.clone();
    let until = tf(key::PASSWORD_LINK_UNTIL, &[("when", &plain_time(&link.expires))]);
    view! {
        <div class="stack">
            <p>{t(key::PASSWORD_LINK_TEXT)}</p>
            <div class="row">
                <input class="input input--code" readonly aria-label=t(key::PASSWORD_LINK) value=url.clone()/>
                <Button icon="copy" word=t(key::COPY) press=move |_| copy(&url)/>
            </div>
            <p class="field__help">{until}</p>
        </div>
    }
}
