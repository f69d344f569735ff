//! Reading a file in: chosen or pasted, looked through row by row, then written in one commit.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::Directory;
use crate::backend::{Commit, ImportFile, ImportPlan, ImportRow};
use crate::calls;
use crate::frame::{error_text, toasts, undo};
use crate::markup::{IntoNode, Node, view};
use crate::ui::textarea::{Textarea, textarea};
use crate::ui::{Button, Dialog, Kind, Tone, badge, notice};
use crate::words::{key, problem_text, t, tf, tn};

/// Rows of the report that are drawn; refused ones come first.
const SHOWN: usize = 200;

/// The dialog. Its code comes when it is opened.
pub fn import_dialog(directory: Directory, open: RwSignal<bool>) -> Node {
    let text = RwSignal::new(String::new());
    let format = RwSignal::new(String::from("csv"));
    let plan = RwSignal::new(None::<ImportPlan>);
    let failed = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);

    let look = move || {
        failed.set(None);
        busy.set(true);
        spawn_local(async move {
            let file = ImportFile { format: format.get_untracked(), text: text.get_untracked() };
            match calls::import_plan(directory.section.to_owned(), file).await {
                Ok(found) => plan.set(Some(found)),
                Err(error) => failed.set(Some(error_text(&error))),
            }
            busy.set(false);
        });
    };
    let write = move || {
        let Some(operations) = plan.with_untracked(|plan| plan.as_ref().map(|plan| plan.operations.clone()))
        else {
            return;
        };
        failed.set(None);
        busy.set(true);
        spawn_local(async move {
            let commit = Commit {
                note: t(key::IMPORT_NOTE).into(),
                operations,
                accept: vec!["*".into()],
                dry_run: false,
            };
            match calls::commit(commit).await {
                Ok(committed) => {
                    toasts().say(tn(key::IMPORTED, committed.changes.len() as i64), undo(committed.seq));
                    directory.shared.again();
                    open.set(false);
                }
                Err(error) => failed.set(Some(error_text(&error))),
            }
            busy.set(false);
        });
    };
    let take = move |ev: leptos::ev::Event| {
        let input = ev.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        let json = file.name().to_lowercase().ends_with(".json");
        format.set(if json { "json" } else { "csv" }.into());
        spawn_local(async move {
            match read(&file).await {
                Some(read) => {
                    text.set(read);
                    look();
                }
                None => failed.set(Some(t(key::IMPORT_UNREAD).into())),
            }
        });
    };

    let step = move |n: usize, word: &'static str| {
        let now = move || usize::from(plan.with(Option::is_some));
        view! {
            <li class="steps__step" class:steps__step--done=move || n < now()
                aria-current=move || (now() == n).then_some("step")>{word}</li>
        }
    };
    let choice = move |code: &'static str, word: &'static str| {
        view! {
            <label class="radio">
                <input class="radio__dot" type="radio" name="import-format" value=code
                    prop:checked=move || format.with(|format| format == code) on:change=move |_| format.set(code.into())/>
                <span class="radio__word">{word}</span>
            </label>
        }
    };
    let source = move || {
        view! {
            <div class="stack">
                <p>{t(key::IMPORT_INTRO)}</p>
                <div class="field field--wide">
                    <div class="field__label"><label for="import-file">{t(key::IMPORT_FILE)}</label></div>
                    <div class="field__control">
                        <input class="input" type="file" id="import-file" accept=".csv,.json,text/csv,application/json"
                            on:change=take/>
                    </div>
                </div>
                <div class="field field--wide">
                    <div class="field__label"><label for="import-text">{t(key::IMPORT_PASTE)}</label></div>
                    <div class="field__control">{textarea(Textarea {
                        id: "import-text".into(),
                        class: "textarea textarea--code",
                        name: None,
                        language: None,
                        rows: 8,
                        value: text.into(),
                        editable: Signal::derive(|| true),
                        described: Signal::derive(|| None),
                        invalid: Signal::derive(|| false),
                        input: Callback::new(move |typed: String| text.set(typed)),
                        left: Callback::new(|()| ()),
                        place: NodeRef::new(),
                    })}</div>
                </div>
                <div class="choices choices--row">{choice("csv", "CSV")} {choice("json", "JSON")}</div>
            </div>
        }
    };
    let content = move || match plan.get() {
        None => source().into_node(),
        Some(plan) => report_of(&plan),
    };
    let working = move || {
        busy.get().then(|| {
            let n = plan.with(|plan| plan.as_ref().map_or(0, |plan| plan.operations.len()));
            view! {
                <div class="progress">
                    <p class="progress__label" id="import-progress">
                        {if n > 0 { tn(key::IMPORT_WRITING, n as i64) } else { t(key::IMPORT_LOOKING).to_owned() }}
                    </p>
                    <progress class="progress__bar" aria-labelledby="import-progress"></progress>
                </div>
            }
        })
    };
    let planned = move || plan.with(Option::is_some);
    let count = move || plan.with(|plan| plan.as_ref().map_or(0, |plan| plan.operations.len()));
    let word = Signal::derive(move || {
        if planned() { tn(key::IMPORT_RUN, count() as i64) } else { t(key::IMPORT_CHECK).to_owned() }
    });
    let off = Signal::derive(
        move || if planned() { count() == 0 } else { text.with(|text| text.trim().is_empty()) },
    );
    let back = Signal::derive(move || if planned() { t(key::BACK) } else { t(key::NOT_NOW) }.to_owned());
    let foot = view! {
        <Button word=back press=move |_| if planned() { plan.set(None) } else { open.set(false) }/>
        <Button kind=Kind::Primary word=word busy=busy disabled=off
            press=move |_| if planned() { write() } else { look() }/>
    };
    let shown = RwSignal::new(true);
    Effect::new(move |_| {
        if !shown.get() {
            open.set(false);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            shown.set(false);
        }
    });
    view! {
        <Dialog open=shown title=t(key::IMPORT) id="import" wide=true foot=foot>
            <div class="stack">
                <ol class="steps">{step(0, t(key::IMPORT_STEP_FILE))} {step(1, t(key::IMPORT_STEP_CHECK))}</ol>
                {move || failed.get().map(|text| notice(Tone::Error, text, "", None))}
                {content}
                {working}
            </div>
        </Dialog>
    }
}

/// What the file would do, row by row.
fn report_of(plan: &ImportPlan) -> Node {
    let count = |outcome: &str| plan.rows.iter().filter(|row| row.outcome == outcome).count();
    let said = |tone: Tone, word, outcome: &str| {
        let n = count(outcome);
        (n > 0).then(|| view! { {badge(tone, tf(word, &[("n", &n.to_string())]))} " " })
    };
    let mut rows: Vec<&ImportRow> = plan.rows.iter().collect();
    rows.sort_by_key(|row| (row.outcome != "refused", row.problems.is_empty(), row.line));
    let more = rows.len().saturating_sub(SHOWN);
    let lines: Vec<_> = rows.into_iter().take(SHOWN).map(line).collect();
    view! {
        <div class="report">
            <p class="report__counts">
                {said(Tone::Ok, key::IMPORT_ADDED, "create")}
                {said(Tone::Info, key::IMPORT_CHANGED, "change")}
                {said(Tone::Plain, key::IMPORT_SAME, "same")}
                {said(Tone::Error, key::IMPORT_REFUSED, "refused")}
            </p>
            <div class="table">
                <table class="table__grid">
                    <thead>
                        <tr>
                            <th scope="col" class="table__number">{t(key::IMPORT_LINE)}</th>
                            <th scope="col">{t(key::IMPORT_NAME)}</th>
                            <th scope="col">{t(key::IMPORT_OUTCOME)}</th>
                            <th scope="col">{t(key::IMPORT_WHY)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {(more > 0).then(|| view! { <p>{tf(key::AND_N_MORE, &[("n", &more.to_string())])}</p> })}
        </div>
    }
}

fn line(row: &ImportRow) -> Node {
    let (class, tone, word) = match row.outcome.as_str() {
        "create" => ("table__row report__row report__row--added", Tone::Ok, key::OUTCOME_ADDED),
        "change" => ("table__row report__row report__row--changed", Tone::Info, key::OUTCOME_CHANGED),
        "same" => ("table__row report__row report__row--same", Tone::Plain, key::OUTCOME_SAME),
        _ => ("table__row report__row report__row--refused", Tone::Error, key::OUTCOME_REFUSED),
    };
    let why: Vec<String> = row
        .problems
        .iter()
        .map(|problem| {
            let field = problem.pointer.trim_start_matches('/');
            if field.is_empty() {
                problem_text(problem)
            } else {
                [field, ": ", &problem_text(problem)].concat()
            }
        })
        .collect();
    view! {
        <tr class=class>
            <td class="table__number" data-label=t(key::IMPORT_LINE)>{row.line}</td>
            <td data-label=t(key::IMPORT_NAME)>{row.name.clone()}</td>
            <td data-label=t(key::IMPORT_OUTCOME)>{badge(tone, t(word))}</td>
            <td data-label=t(key::IMPORT_WHY)>{why.join("; ")}</td>
        </tr>
    }
}

/// The text of a file: in UTF-8, else in the encoding in which Ukrainian spreadsheets write CSV.
async fn read(file: &web_sys::File) -> Option<String> {
    let bytes = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&bytes);
    let strict = web_sys::TextDecoderOptions::new();
    strict.set_fatal(true);
    ["utf-8", "windows-1251"].into_iter().find_map(|encoding| {
        let decoder = web_sys::TextDecoder::new_with_label_and_options(encoding, &strict).ok()?;
        decoder.decode_with_buffer_source(&bytes).ok()
    })
}
