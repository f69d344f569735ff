//! Taking a record out: archived, merged with another or removed for good, after its effects and uses are shown.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::more::{one, place};
use super::save::Save;
use super::uses::uses;
use crate::backend::{Commit, Found, Operation, Uses};
use crate::calls;
use crate::error::Error;
use crate::form::draft;
use crate::frame::{error_text, guard, report, toasts};
use crate::markup::{Node, view};
use crate::sections::Effect;
use crate::ui::combobox::{Combobox, Offer, combobox};
use crate::ui::{Button, Dialog, Kind, LoadingShape, Tone, loading, notice};
use crate::words::{Word, effect_text, key, t, tf};

/// How a record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Into the archive; where something refers to it, another may take its place.
    Archive,
    /// Into the archive, with another in its place.
    Merge,
    /// For good.
    ForGood,
}

impl Way {
    const fn title(self) -> Word {
        match self {
            Self::Archive => key::ARCHIVE_TITLE,
            Self::Merge => key::MERGE_WITH_TITLE,
            Self::ForGood => key::DELETE_TITLE,
        }
    }

    const fn meaning(self) -> Word {
        match self {
            Self::Archive => key::ARCHIVE_TEXT,
            Self::Merge => key::MERGE_WITH_TEXT,
            Self::ForGood => key::DELETE_TEXT,
        }
    }

    const fn word(self) -> Word {
        match self {
            Self::Archive => key::ARCHIVE,
            Self::Merge => key::MERGE_WITH_RUN,
            Self::ForGood => key::DELETE_FOR_GOOD,
        }
    }
}

/// The question, as signals.
#[derive(Clone, Copy)]
pub(crate) struct Farewell {
    save: Save,
    open: RwSignal<bool>,
    way: RwSignal<Way>,
    uses: RwSignal<Option<Uses>>,
    effects: RwSignal<Vec<Effect>>,
    refused: RwSignal<Option<String>>,
    replacement: RwSignal<Option<Found>>,
}

impl Farewell {
    pub(super) fn new(save: Save) -> Self {
        Self {
            save,
            open: RwSignal::new(false),
            way: RwSignal::new(Way::Archive),
            uses: RwSignal::new(None),
            effects: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            replacement: RwSignal::new(None),
        }
    }

    /// Is it asked?
    pub(super) fn is_open(self) -> bool {
        self.open.get()
    }

    /// Opens the question.
    pub(super) fn ask(self, way: Way) {
        self.way.set(way);
        self.uses.set(None);
        self.effects.set(Vec::new());
        self.refused.set(None);
        self.replacement.set(None);
        self.open.set(true);
        let (section, id, _) = place(self.save);
        spawn_local(async move {
            let answer = calls::uses(section, id).await;
            if !self.save.is_alive() {
                return;
            }
            match answer {
                Ok(found) => self.uses.set(Some(found)),
                Err(error) => self.refused.set(Some(error_text(&error))),
            }
            self.rehearse().await;
        });
    }

    fn operation(self) -> Operation {
        let (section, id, revision) = place(self.save);
        if self.way.get_untracked() == Way::ForGood {
            Operation::Delete { section, id, revision }
        } else {
            let replace_by = self.replacement.with_untracked(|found| found.as_ref().map(|found| found.id));
            Operation::Archive { section, id, revision, replace_by }
        }
    }

    /// Asks the server what would happen.
    async fn rehearse(self) {
        let commit = Commit {
            operations: vec![self.operation()],
            accept: vec!["*".into()],
            dry_run: true,
            ..Commit::default()
        };
        let answer = calls::commit(commit).await;
        if !self.save.is_alive() {
            return;
        }
        match answer {
            Ok(outcome) => {
                self.effects.set(outcome.effects);
                self.refused.set(None);
            }
            Err(error) => self.refused.set(Some(error_text(&error))),
        }
    }

    fn run(self) {
        // What the server tells all listeners of this is no news here.
        self.save.busy().set(true);
        let operation = self.operation();
        let way = self.way.get_untracked();
        spawn_local(async move {
            if way == Way::ForGood {
                let form = self.save.form();
                let commit =
                    Commit { operations: vec![operation], accept: vec!["*".into()], ..Commit::default() };
                match calls::commit(commit).await {
                    Ok(_) if !self.save.is_alive() => toasts().say(t(key::DELETED), None),
                    Ok(_) => {
                        draft::forget(form);
                        guard().set(draft::FORM, 0);
                        toasts().say(t(key::DELETED), None);
                        self.save.shared().again();
                        // The pane, and this question with it, goes with the record: nothing of it is touched any more.
                        return self.save.leave().await;
                    }
                    Err(Error::Invalid { .. } | Error::Conflict { .. }) => self.rehearse().await,
                    Err(error) => report(&error),
                }
            } else {
                let done = if way == Way::Merge { key::MERGE_WITH_DONE } else { key::ARCHIVED_DONE };
                // A long one shows here that it goes on.
                one(self.save, operation, done).await;
                if self.save.is_alive() {
                    self.open.set(false);
                }
            }
            if self.save.is_alive() {
                self.save.busy().set(false);
            }
        });
    }
}

/// Draws it.
pub(super) fn dialog(of: Farewell) -> Node {
    let save = of.save;
    let title = Signal::derive(move || {
        let name = save.form().base.with(|base| base.name.clone());
        tf(of.way.get().title(), &[("name", &name)])
    });
    let word = Signal::derive(move || t(of.way.get().word()).to_owned());
    let blocked = Signal::derive(move || {
        let nobody = of.way.get() == Way::Merge && of.replacement.with(Option::is_none);
        nobody || save.busy().get() || of.refused.with(Option::is_some) || of.uses.with(Option::is_none)
    });
    let foot = view! {
        <Button word=t(key::NOT_NOW) autofocus=true press=move |_| of.open.set(false)/>
        <Button kind=Kind::Danger word=word disabled=blocked busy=save.busy() press=move |_| of.run()/>
    };
    let used = move || match of.uses.get() {
        None => loading(LoadingShape::Lines, 2),
        Some(found) => {
            let used = !found.records.is_empty() || found.hidden > 0;
            let way = of.way.get();
            let replace = (way == Way::Merge || (used && way == Way::Archive)).then(|| replacement(of));
            view! { <h3>{t(key::VIEW_USES)}</h3> {uses(&found)} {replace} }
        }
    };
    let told = move || {
        let effects: Vec<_> =
            of.effects.get().iter().map(|effect| view! { <li>{effect_text(effect)}</li> }).collect();
        (!effects.is_empty()).then(|| view! { <div class="prose"><ul>{effects}</ul></div> })
    };
    // Before another is chosen, that something still refers to the record is no refusal yet.
    let early = move || of.way.get() == Way::Merge && of.replacement.with(Option::is_none);
    let refused =
        move || of.refused.get().filter(|_| !early()).map(|text| notice(Tone::Error, text, "", None));
    let meaning = move || t(of.way.get().meaning());
    let content = move || of.open.get().then(|| view! { <p>{meaning}</p> {told} {used} {refused} });
    view! {
        <Dialog open=of.open title=title id="record-farewell" danger=true foot=foot>
            <div class="stack">{content}</div>
        </Dialog>
    }
}

/// Which record takes the place of this one wherever settings refer to it.
fn replacement(of: Farewell) -> Node {
    let merging = of.way.get_untracked() == Way::Merge;
    let label = if merging { key::MERGE_WITH_INTO } else { key::REPLACE_BY };
    let found = RwSignal::new(Vec::<Found>::new());
    let busy = RwSignal::new(false);
    let search = Callback::new(move |q: String| {
        let (section, id, _) = place(of.save);
        busy.set(true);
        spawn_local(async move {
            let mut records = calls::find(section, q, 20).await.unwrap_or_default();
            records.retain(|record| record.id != id && !record.archived);
            busy.try_set(false);
            found.try_set(records);
        });
    });
    let offers = Signal::derive(move || {
        found.with(|found| {
            found
                .iter()
                .map(|record| Offer {
                    key: record.id.to_string(),
                    word: record.name.clone(),
                    note: record.key.clone(),
                    colour: record.colour.clone(),
                })
                .collect::<Vec<_>>()
        })
    });
    let settle = move |choice: Option<Found>| {
        of.replacement.set(choice);
        spawn_local(async move { of.rehearse().await });
    };
    let control = combobox(Combobox {
        id: "replace-by".into(),
        name: None,
        chosen: Signal::derive(move || {
            of.replacement.with(|found| found.as_ref().map(|found| found.name.clone()).unwrap_or_default())
        }),
        offers,
        busy: busy.into(),
        search,
        pick: Callback::new(move |offer: Offer| {
            settle(found.with_untracked(|found| {
                found.iter().find(|record| record.id.to_string() == offer.key).cloned()
            }));
        }),
        clear: Some(Callback::new(move |()| settle(None))),
        editable: Signal::derive(|| true),
        described: Signal::derive(|| None),
        invalid: Signal::derive(|| false),
    });
    view! {
        <div class="field field--wide">
            <div class="field__label"><label for="replace-by">{t(label)}</label></div>
            <div class="field__control">{control}</div>
            <p class="field__help">{t(key::REPLACE_BY_HELP)}</p>
        </div>
    }
}
