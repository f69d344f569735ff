//! What a record asks before something is done: what a save does, whose change holds, whether it shall go, and with which
//! key. Their code comes when the first of them is asked.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::extra::{Extra, extra};
use super::farewell::{self, Farewell};
use super::more::{one, place};
use super::save::Save;
use crate::backend::{Commit, Operation, PasswordLink};
use crate::calls;
use crate::form::control_id;
use crate::frame::{copy, error_text};
use crate::history;
use crate::markup::{IntoNode, Node, view};
use crate::ui::{Button, Confirm, Dialog, Kind, Tone, icon, notice, plain_time};
use crate::words::{effect_text, key, problem_text, t, tf};

/// The questions of one record, as signals.
#[derive(Clone, Copy)]
pub(crate) struct Questions {
    save: Save,
    /// Shall the archived record come back?
    pub(super) restoring: RwSignal<bool>,
    /// Which key shall it have?
    pub(super) rekeying: RwSignal<bool>,
    /// The link with which the person sets a password.
    pub(super) link: RwSignal<Option<PasswordLink>>,
    /// Shall it go?
    pub(super) leaving: Farewell,
}

impl Questions {
    pub(super) fn new(save: Save) -> Self {
        Self {
            save,
            restoring: RwSignal::new(false),
            rekeying: RwSignal::new(false),
            link: RwSignal::new(None),
            leaving: Farewell::new(save),
        }
    }

    /// Where they stand: nothing until the first is asked.
    pub(super) fn place(self) -> Node {
        let Self { save, restoring, rekeying, link, leaving } = self;
        let asked = Memo::new(move |before: Option<&bool>| {
            before.copied().unwrap_or_default()
                || restoring.get()
                || rekeying.get()
                || link.with(Option::is_some)
                || leaving.is_open()
                || save.asking().get()
                || save.clash().with(Option::is_some)
        });
        (move || asked.get().then(|| extra(Extra::Questions(self)))).into_node()
    }

    pub(super) fn draw(self) -> Node {
        let Self { save, restoring, rekeying, link, leaving } = self;
        let restore = move |()| {
            let (section, id, revision) = place(save);
            spawn_local(one(save, Operation::Restore { section, id, revision }, key::RESTORED));
        };

        let link_open = RwSignal::new(false);
        Effect::new(move |_| link_open.set(link.with(Option::is_some)));
        let made = move || link.get().map(|link| password(&link));
        let merging = move || save.clash().get().map(|clash| history::merge_dialog(save, clash));
        view! {
            {effects(save)}
            {merging}
            <Confirm open=restoring title=t(key::RESTORE_TITLE) text=t(key::RESTORE_TEXT) word=t(key::RESTORE)
                id="record-restore" run=restore/>
            {rekey(save, rekeying)}
            <Dialog open=link_open title=t(key::PASSWORD_LINK) id="password-link">{made}</Dialog>
            {farewell::dialog(leaving)}
        }
    }
}

/// What a save does, before it is done.
fn effects(save: Save) -> Node {
    let foot = view! {
        <Button word=t(key::NOT_NOW) autofocus=true press=move |_| save.asking().set(false)/>
        <Button kind=Kind::Primary word=t(key::SAVE) press=move |_| save.accept()/>
    };
    let told = move || {
        save.asked().get().map(|asked| {
            let effects: Vec<_> =
                asked.effects.iter().map(|effect| view! { <li>{effect_text(effect)}</li> }).collect();
            let warnings: Vec<_> = asked
                .warnings
                .iter()
                .map(|problem| notice(Tone::Warning, problem_text(problem), "", None))
                .collect();
            view! {
                {(!effects.is_empty()).then(|| view! { <div class="prose"><ul>{effects}</ul></div> })}
                {warnings}
            }
        })
    };
    view! {
        <Dialog open=save.asking() title=t(key::SAVE_ASK) id="save-ask" foot=foot>
            <div class="stack">
                {told}
                {note_field(save.note())}
            </div>
        </Dialog>
    }
}

/// Why something is done, for history.
fn note_field(note: RwSignal<String>) -> Node {
    let id = control_id("/commit-note");
    view! {
        <div class="field field--wide">
            <div class="field__label"><label for=id.clone()>{t(key::NOTE)}</label></div>
            <div class="field__control">
                <input class="input" id=id maxlength="500" autocomplete="off" prop:value=move || note.get()
                    on:input=move |ev| note.set(event_target_value(&ev))/>
            </div>
            <p class="field__help">{t(key::NOTE_HELP)}</p>
        </div>
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
