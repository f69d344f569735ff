//! The menu that opens in an operator's composer at `/`, with this reply as it stands in the form among the saved ones.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::{Editor, preview};
use crate::backend::{ListQuery, Row};
use crate::calls;
use crate::markup::{Node, view};
use crate::sections::replies::ranking::{Rank, rank};
use crate::text::{fold, other_layout};
use crate::ui::paced::Paced;
use crate::words::{key, language, t, tn};

/// How many the menu shows.
const SHOWN: usize = 8;
/// How many are asked for, so that this reply is seen to stand behind those that are shown.
const ASKED: u32 = 50;

/// One line of the menu.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    title: String,
    shortcut: String,
    /// It is the reply of this form.
    this: bool,
}

fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Draws it.
pub(super) fn menu(editor: Editor) -> Node {
    let form = editor.form;
    let typed = RwSignal::new(None::<String>);
    let answer = RwSignal::new((String::new(), Vec::<Row>::new()));
    let ask = move |words: String| {
        spawn_local(async move {
            let mut query = ListQuery { q: words.clone(), page: 1, limit: ASKED, ..ListQuery::default() };
            query.filter.insert("active".into(), "true".into());
            let Ok(list) = calls::list(form.section.to_owned(), query).await else { return };
            let now = typed.try_get_untracked().flatten();
            if now.is_some_and(|now| bare(&now) == words) {
                answer.try_set((list.other_layout.unwrap_or(words), list.rows));
            }
        });
    };
    let search = Paced::new(ask);
    let write = move |text: String| {
        let words = bare(&text).to_owned();
        typed.set(Some(text));
        search.typed(words);
    };
    let lines = Memo::new(move |_| {
        typed.with(Option::is_some).then(|| {
            answer.with(|(words, rows)| form.draft.with(|draft| merged(words, rows, draft, form.id())))
        })
    });
    let this = move || lines.with(|lines| lines.as_ref()?.iter().position(|line| line.this));
    let place = move || match (lines.with(Option::is_some), this()) {
        (false, _) => String::new(),
        (true, Some(n)) => tn(key::REPLY_MENU_PLACE, n as i64 + 1),
        (true, None) => t(key::REPLY_MENU_ABSENT).to_owned(),
    };
    let rows = move || {
        let lines = lines.get().unwrap_or_default();
        lines
            .into_iter()
            .take(SHOWN)
            .map(|line| {
                let shortcut = (!line.shortcut.is_empty())
                    .then(|| view! { <code class="slash__shortcut">"/" {line.shortcut.clone()}</code> });
                let mark = line
                    .this
                    .then(|| view! { <span class="badge badge--accent">{t(key::REPLY_THIS)}</span> });
                view! {
                    <li class="slash__line" class:slash__line--this=line.this>
                        <span class="slash__title">{line.title}</span> {shortcut} {mark}
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    let inserted = move || {
        let first =
            lines.with(|lines| lines.as_ref().and_then(|lines| lines.first()).is_some_and(|line| line.this));
        first.then(|| {
            let tag = language().tag();
            let text = form.draft.with(|draft| {
                let texts = draft.get("text").and_then(Value::as_object)?;
                let own = texts.get(tag).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
                own.or_else(|| texts.values().filter_map(Value::as_str).find(|text| !text.trim().is_empty()))
                    .map(str::to_owned)
            })?;
            let text = preview::rendered(editor, &text, tag).text;
            Some(view! { <p class="slash__enter"><kbd class="kbd">"Enter"</kbd> <span>{text}</span></p> })
        })
    };
    let example = move || form.draft.with(|draft| ["/", text_of(draft, "shortcut")].concat());
    view! {
        <fieldset class="group">
            <legend class="group__title">{t(key::REPLY_MENU)}</legend>
            <p class="group__help" id="reply-menu-help">{t(key::REPLY_MENU_HELP)}</p>
            <div class="slash">
                <input class="input slash__input" id="reply-menu" type="text" autocomplete="off" spellcheck="false"
                    aria-label=t(key::REPLY_MENU_TYPE) aria-describedby="reply-menu-help" placeholder=example
                    disabled=true prop:disabled=move || !form.awake.get()
                    prop:value=move || typed.get().unwrap_or_default()
                    on:input=move |ev| write(event_target_value(&ev))/>
                <ol class="slash__lines">{rows}</ol>
                <p class="field__help" role="status">{place}</p>
                {inserted}
            </div>
        </fieldset>
    }
}

/// What was typed, without the slash.
fn bare(typed: &str) -> &str {
    let typed = typed.trim();
    typed.strip_prefix('/').unwrap_or(typed).trim()
}

/// The saved replies that answer, with the draft at its place among them.
fn merged(words: &str, rows: &[Row], draft: &Value, id: i64) -> Vec<Line> {
    let query = fold(words);
    let title_of = |value: &Value| fold(text_of(value, "title"));
    let place =
        |value: &Value, text: &str| rank(&query, &fold(text_of(value, "shortcut")), &title_of(value), text);
    let mut lines: Vec<((Rank, bool), Line)> = rows
        .iter()
        .filter(|row| row.id != id)
        .map(|row| {
            // What is found by nothing that the list shows was found by its text.
            let found = place(&row.value, "").unwrap_or(Rank::TextContains);
            let personal = text_of(&row.value, "scope") == "personal";
            let line = Line {
                title: text_of(&row.value, "title").to_owned(),
                shortcut: text_of(&row.value, "shortcut").to_owned(),
                this: false,
            };
            ((found, !personal), line)
        })
        .collect();
    let texts = draft.get("text").and_then(Value::as_object);
    let text: Vec<&str> = texts.into_iter().flatten().filter_map(|(_, text)| text.as_str()).collect();
    let active = draft.get("active") == Some(&Value::Bool(true));
    let text = fold(&text.join("\n"));
    let found = place(draft, &text).or_else(|| {
        rank(&fold(&other_layout(words)?), &fold(text_of(draft, "shortcut")), &title_of(draft), &text)
    });
    if let Some(found) = found.filter(|_| active) {
        let at = (found, text_of(draft, "scope") != "personal");
        let title = text_of(draft, "title");
        let before = |(known, line): &((Rank, bool), Line)| (*known, fold(&line.title)) < (at, fold(title));
        lines.sort_by_key(|(known, _)| *known);
        let n = lines.iter().filter(|line| before(line)).count();
        let line =
            Line { title: title.to_owned(), shortcut: text_of(draft, "shortcut").to_owned(), this: true };
        lines.insert(n.min(lines.len()), (at, line));
    } else {
        lines.sort_by_key(|(known, _)| *known);
    }
    lines.into_iter().map(|(_, line)| line).collect()
}
