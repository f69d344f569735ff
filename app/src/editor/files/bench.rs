//! The bench: real files, tried on the rules as they stand in the form.
//!
//! Nothing leaves the browser. Of each file its name, declared type, length and first bytes are kept, so that the
//! judgement follows every change of the rules.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

use super::rules::Rules;
use crate::markup::{IntoNode, Node, view};
use crate::sections::files::{Asked, Direction, FIRST_BYTES, Family, Files, Verdict, verdict};
use crate::ui::size::size;
use crate::ui::{Button, Kind, Tone, badge, icon};
use crate::words::{key, problem_text, t};

/// A file that was tried.
#[derive(Clone)]
struct Tried {
    number: i64,
    name: Arc<str>,
    declared: Arc<str>,
    size: u64,
    first: Arc<[u8]>,
}

/// The `id` of what files are chosen with.
pub(super) const PICKER: &str = "bench-files";

/// As many files are kept; the oldest go.
const KEPT: usize = 50;

#[derive(Clone, Copy)]
struct Bench {
    rules: Rules,
    files: Memo<Files>,
    tried: RwSignal<Vec<Tried>>,
    direction: RwSignal<Direction>,
    said: RwSignal<String>,
}

/// Draws it.
pub(super) fn bench(rules: Rules) -> Node {
    let form = rules.form;
    let bench = Bench {
        rules,
        files: Memo::new(move |_| form.draft.with(Files::of)),
        tried: RwSignal::new(Vec::new()),
        direction: RwSignal::new(Direction::Both),
        said: RwSignal::new(String::new()),
    };
    let Bench { tried, direction, said, .. } = bench;
    let sender = move |of: Direction, code: &'static str, word| {
        view! {
            <label class="radio">
                <input class="radio__dot" type="radio" name="bench-sender" value=code disabled=true
                    prop:disabled=move || !form.awake.get() prop:checked=move || direction.get() == of
                    checked=of == Direction::Both on:change=move |_| direction.set(of)/>
                <span class="radio__word">{t(word)}</span>
            </label>
        }
    };
    let results = move || {
        let all = tried.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|one| (one.number, bench.result(one))).collect();
            view! {
                <ul class="tried" aria-label=t(key::BENCH_RESULTS)>{Node::Keyed(rows)}</ul>
                <div class="row row--end">
                    <Button kind=Kind::Quiet icon="x" word=t(key::BENCH_CLEAR) press=move |_| tried.set(Vec::new())/>
                </div>
            }
        })
    };
    view! {
        <fieldset class="group bench">
            <legend class="group__title">{t(key::BENCH_TITLE)}</legend>
            <p class="group__help">{t(key::BENCH_ABOUT)}</p>
            <div class="choices choices--row" role="radiogroup" aria-label=t(key::BENCH_SENDER)>
                <span class="bench__sender" aria-hidden="true">{t(key::BENCH_SENDER)}</span>
                {sender(Direction::Both, "both", key::BENCH_ANYONE)}
                {sender(Direction::In, "in", key::BENCH_CLIENT)}
                {sender(Direction::Out, "out", key::BENCH_OPERATOR)}
            </div>
            {bench.drop_area()}
            {results}
            <p class="visually-hidden" role="status">{move || said.get()}</p>
        </fieldset>
    }
}

impl Bench {
    fn drop_area(self) -> Node {
        let awake = self.rules.form.awake;
        let over = RwSignal::new(false);
        let chosen = move |ev: leptos::ev::Event| {
            let Some(input) = ev.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            else {
                return;
            };
            self.take_all(input.files());
            // The same file may be chosen again after it was changed.
            input.set_value("");
        };
        view! {
            <label class="drop" class:drop--over=move || over.get()
                on:dragover=move |ev: DragEvent| {
                    ev.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=move |ev: DragEvent| {
                    ev.prevent_default();
                    over.set(false);
                    self.take_all(ev.data_transfer().and_then(|carried| carried.files()));
                }>
                <input class="drop__input" type="file" multiple=true id=PICKER disabled=true
                    prop:disabled=move || !awake.get() on:change=chosen/>
                {icon("upload")} <span class="drop__word">{t(key::BENCH_DROP)}</span>
            </label>
        }
    }

    fn take_all(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        for n in 0..files.length() {
            if let Some(file) = files.get(n) {
                spawn_local(self.take(file));
            }
        }
    }

    /// Reads the beginning of a file and puts it on top of the list.
    async fn take(self, file: File) {
        let name: Arc<str> = file.name().into();
        let beginning = file.slice_with_f64_and_f64(0.0, FIRST_BYTES as f64);
        let read = match beginning {
            Ok(blob) => JsFuture::from(blob.array_buffer()).await,
            Err(error) => Err(error),
        };
        let Ok(buffer) = read else {
            self.said.try_set([&name, ": ", t(key::BENCH_UNREAD)].concat());
            return;
        };
        let first = js_sys::Uint8Array::new(&buffer).to_vec().into();
        let one = Tried { number: 0, name, declared: file.type_().into(), size: file.size() as u64, first };
        let judged = self.files.with_untracked(|files| self.judge(files, &one));
        self.said.try_set([&one.name, ": ", outcome(&judged), ". ", &why(&judged)].concat());
        self.tried.try_update(|tried| {
            let number = tried.first().map_or(1, |newest| newest.number + 1);
            tried.insert(0, Tried { number, ..one });
            tried.truncate(KEPT);
        });
    }

    fn judge(self, files: &Files, one: &Tried) -> Verdict {
        let Tried { name, declared, size, first, .. } = one;
        let direction = self.direction.get();
        verdict(files, Asked { name, declared, first, size: *size, direction })
    }

    /// One file with its judgement, drawn anew whenever the rules change it.
    fn result(self, one: Tried) -> Node {
        let name = Arc::clone(&one.name);
        let bytes = one.size;
        let judged = Memo::new(move |_| self.files.with(|files| self.judge(files, &one)));
        let mark = move || {
            judged
                .with(|judged| badge(if judged.accepted() { Tone::Ok } else { Tone::Error }, outcome(judged)))
        };
        let facts = move || {
            let Verdict { rule, extension, declared, found, .. } = judged.get();
            let told = |text: String, otherwise| if text.is_empty() { t(otherwise).to_owned() } else { text };
            let rule = match rule {
                Some(rule) => self.rule(rule as usize),
                None => t(key::BENCH_NO_RULE).into_node(),
            };
            let extension = if extension.is_empty() { extension } else { [".", &extension].concat() };
            let found = found.map(Family::name).unwrap_or_default().to_owned();
            view! {
                {fact(key::BENCH_RULE, rule)}
                {fact(key::BENCH_EXTENSION, told(extension, key::BENCH_NO_RULE).into_node())}
                {fact(key::BENCH_DECLARED, told(declared, key::BENCH_UNTOLD).into_node())}
                {fact(key::BENCH_FOUND, told(found, key::BENCH_UNKNOWN).into_node())}
            }
        };
        view! {
            <li class="tried__file" class:tried__file--refused=move || judged.with(|judged| !judged.accepted())>
                <p class="tried__head">
                    {mark} <span class="tried__name">{name}</span> <span class="tried__size">{size(bytes)}</span>
                </p>
                <p class="tried__why">{move || judged.with(why)}</p>
                <dl class="tried__facts">{facts}</dl>
            </li>
        }
    }

    /// The rule that speaks of a file, and the way to it.
    fn rule(self, n: usize) -> Node {
        let rules = self.rules;
        let name = self.files.with(|files| {
            files
                .files
                .get(n)
                .map(|rule| [".", &rule.extension, " ", &rule.title].concat())
                .unwrap_or_default()
        });
        view! { <button class="tried__rule" type="button" on:click=move |_| rules.go(n)>{name}</button> }
    }
}

fn fact(word: crate::words::Word, value: Node) -> Node {
    view! { <div class="tried__fact"><dt>{t(word)}</dt><dd>{value}</dd></div> }
}

fn outcome(judged: &Verdict) -> &'static str {
    t(if judged.accepted() { key::BENCH_ACCEPTED } else { key::BENCH_REFUSED })
}

fn why(judged: &Verdict) -> String {
    judged.refusal.as_ref().map_or_else(|| t(key::BENCH_AGREES).to_owned(), problem_text)
}
