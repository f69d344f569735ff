//! What is done to all picked records at once: one commit, after its effects were told.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use super::Directory;
use super::cells::has_switch;
use super::transfer::{self, Format};
use crate::backend::{Can, Commit, Committed, Operation, Row};
use crate::calls;
use crate::error::Error;
use crate::frame::{error_text, report, toasts, undo};
use crate::markup::{IntoNode, Node, view};
use crate::section::extra::{Extra, extra};
use crate::ui::{Button, Dialog, Kind, Tone, notice};
use crate::words::{Word, effect_text, key, problem_text, t, tn};

/// What can be done to many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Activate,
    Deactivate,
    Archive,
    Restore,
}

impl Act {
    const fn word(self) -> Word {
        match self {
            Self::Activate => key::ACTIVATE,
            Self::Deactivate => key::DEACTIVATE,
            Self::Archive => key::ARCHIVE,
            Self::Restore => key::RESTORE,
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Activate => "power",
            Self::Deactivate => "pause",
            Self::Archive => "archive",
            Self::Restore => "archive-restore",
        }
    }

    fn operation(self, section: &str, row: &Row) -> Operation {
        let (section, id, revision) = (section.to_owned(), row.id, row.revision);
        match self {
            Self::Activate => Operation::Patch { section, id, revision, patch: json!({ "active": true }) },
            Self::Deactivate => Operation::Patch { section, id, revision, patch: json!({ "active": false }) },
            Self::Archive => Operation::Archive { section, id, revision, replace_by: None },
            Self::Restore => Operation::Restore { section, id, revision },
        }
    }
}

/// What the rehearsal of an act found.
#[derive(Clone)]
enum Rehearsal {
    /// It can be done, with these effects and warnings.
    Fine(Committed),
    /// It can't: which record, and why.
    Refused(Vec<String>),
}

/// The place of the bar: its code comes with the first record that is picked.
pub(super) fn place(directory: Directory, schema: &Arc<Value>, can: Can) -> Node {
    let schema = Arc::clone(schema);
    // It stays once it is there: what it has begun must come to its end.
    let wanted = Memo::new(move |wanted: Option<&bool>| {
        wanted == Some(&true) || directory.picked.with(|picked| !picked.is_empty())
    });
    (move || wanted.get().then(|| extra(Extra::Bulk(directory, Arc::clone(&schema), can)))).into_node()
}

/// The bar over the table while records are picked, and its question.
pub(crate) fn bar(directory: Directory, schema: &Value, can: Can) -> Node {
    let archived = directory.shared.state.with_untracked(|state| state.archived);
    let switch = has_switch(schema);
    let asked = RwSignal::new(None::<(Act, Rehearsal)>);
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let acts: Vec<Act> = match (can.edit, archived) {
        (false, _) => Vec::new(),
        (true, true) => vec![Act::Restore],
        (true, false) if switch => vec![Act::Activate, Act::Deactivate, Act::Archive],
        (true, false) => vec![Act::Archive],
    };
    let ask = move |act: Act| {
        busy.set(true);
        spawn_local(async move {
            let found = rehearse(directory, act).await;
            busy.set(false);
            match found {
                Ok(rehearsal) => {
                    asked.set(Some((act, rehearsal)));
                    open.set(true);
                }
                Err(error) => report(&error),
            }
        });
    };
    let run = move || {
        let Some((act, _)) = asked.get_untracked() else { return };
        open.set(false);
        busy.set(true);
        spawn_local(async move {
            let commit = Commit { accept: vec!["*".into()], ..commit(directory, act) };
            match calls::commit(commit).await {
                Ok(committed) => {
                    toasts().say(tn(key::BULK_DONE, committed.changes.len() as i64), undo(committed.seq));
                    directory.picked.set(std::collections::BTreeSet::new());
                }
                Err(error) => report(&error),
            }
            busy.set(false);
            directory.shared.again();
        });
    };
    let count = Memo::new(move |_| directory.picked.with(std::collections::BTreeSet::len));
    let shown = Memo::new(move |_| count.get() > 0);
    let tools = move || {
        let buttons: Vec<_> = acts
            .iter()
            .map(|act| {
                let act = *act;
                view! { <Button kind=Kind::Quiet icon=act.icon() word=t(act.word()) busy=busy press=move |_| ask(act)/> }
            })
            .collect();
        let export = can.export.then(|| {
            view! {
                <Button kind=Kind::Quiet icon="download" word=t(key::EXPORT) press=move |_| {
                    transfer::save(directory, Format::Json, Some(keys(directory)));
                }/>
            }
        });
        view! {
            <div class="bulk" role="group" aria-label=t(key::BULK)>
                <span class="bulk__count" role="status">{move || tn(key::N_PICKED, count.get() as i64)}</span>
                {buttons}
                {export}
            </div>
        }
    };
    let title = Signal::derive(move || {
        asked.with(|asked| asked.as_ref().map(|(act, _)| question(*act, count.get())).unwrap_or_default())
    });
    let refused =
        Signal::derive(move || asked.with(|asked| matches!(asked, Some((_, Rehearsal::Refused(_))))));
    let word = Signal::derive(move || {
        asked.with(|asked| asked.as_ref().map_or("", |(act, _)| t(act.word())).to_owned())
    });
    let foot = view! {
        <Button word=t(key::NOT_NOW) autofocus=true press=move |_| open.set(false)/>
        <Button kind=Kind::Primary word=word disabled=refused press=move |_| run()/>
    };
    view! {
        {move || shown.get().then(&tools)}
        <Dialog open=open title=title id="bulk" foot=foot>
            {move || asked.get().map(|(_, rehearsal)| told(&rehearsal))}
        </Dialog>
    }
}

fn question(act: Act, n: usize) -> String {
    let word = match act {
        Act::Activate => key::BULK_ACTIVATE,
        Act::Deactivate => key::BULK_DEACTIVATE,
        Act::Archive => key::BULK_ARCHIVE,
        Act::Restore => key::BULK_RESTORE,
    };
    tn(word, n as i64)
}

/// The picked rows, in the order of the list.
fn picked(directory: Directory) -> Vec<Row> {
    let picked = directory.picked.get_untracked();
    directory
        .rows
        .with_untracked(|rows| rows.iter().filter(|row| picked.contains(&row.id)).cloned().collect())
}

fn keys(directory: Directory) -> Vec<String> {
    picked(directory).into_iter().map(|row| row.key).collect()
}

fn commit(directory: Directory, act: Act) -> Commit {
    let section = directory.section.to_owned();
    let operations = picked(directory).iter().map(|row| act.operation(&section, row)).collect();
    Commit { operations, ..Commit::default() }
}

/// Asks the server what would happen. A refusal is an answer too: it names the records.
async fn rehearse(directory: Directory, act: Act) -> Result<Rehearsal, Error> {
    let trial = Commit { dry_run: true, accept: vec!["*".into()], ..commit(directory, act) };
    match calls::commit(trial).await {
        Ok(outcome) => Ok(Rehearsal::Fine(outcome)),
        Err(Error::Invalid { problems, operations }) => {
            let rows = picked(directory);
            let lines = problems.iter().zip(operations).filter(|(problem, _)| !problem.warning).map(
                |(problem, at)| {
                    let name = rows.get(at as usize).map_or("", |row| &row.name);
                    [name, ": ", &problem_text(problem)].concat()
                },
            );
            Ok(Rehearsal::Refused(lines.collect()))
        }
        Err(error @ Error::Conflict { .. }) => Ok(Rehearsal::Refused(vec![error_text(&error)])),
        Err(error) => Err(error),
    }
}

fn told(rehearsal: &Rehearsal) -> Node {
    match rehearsal {
        Rehearsal::Fine(outcome) => {
            let effects: Vec<_> =
                outcome.effects.iter().map(|effect| view! { <li>{effect_text(effect)}</li> }).collect();
            let warnings: Vec<_> = outcome
                .warnings
                .iter()
                .map(|problem| notice(Tone::Warning, problem_text(problem), "", None))
                .collect();
            let quiet = effects.is_empty() && warnings.is_empty();
            view! {
                <div class="stack">
                    {quiet.then(|| view! { <p>{t(key::BULK_NO_EFFECTS)}</p> })}
                    {(!effects.is_empty()).then(|| view! { <div class="prose"><ul>{effects}</ul></div> })}
                    {warnings}
                </div>
            }
        }
        Rehearsal::Refused(lines) => {
            let lines: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
            view! {
                <div class="stack">
                    {notice(Tone::Error, t(key::BULK_REFUSED), t(key::BULK_REFUSED_TEXT), None)}
                    <div class="prose"><ul>{lines}</ul></div>
                </div>
            }
        }
    }
}
