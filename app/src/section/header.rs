//! The head of a record's pane: its name and state, its views, and Save; and what stands between head and body.

use leptos::prelude::*;

use super::more;
use super::questions::Questions;
use super::save::Save;
use crate::form::draft::FORM;
use crate::form::{Form, NEW};
use crate::frame::{copy, guard};
use crate::markup::{Node, view};
use crate::ui::tabs::{Tab, tabs};
use crate::ui::{Tone, badge, icon};
use crate::words::{key, section_text, section_title, t, tf, tn};

/// What the record is called: its name, the name of a document's section, or "new".
pub(super) fn title(form: Form) -> Signal<String> {
    Signal::derive(move || match form.id() {
        0 => section_title(form.section).to_owned(),
        NEW => section_text(form.section, "new").to_owned(),
        id => {
            let name = form.base.with(|base| base.name.clone());
            if name.is_empty() { format!("№ {id}") } else { name }
        }
    })
}

/// The head.
pub(super) fn head(save: Save, questions: Questions, title: Signal<String>) -> Node {
    let (form, shared) = (save.form(), save.shared());
    let document = form.id_now() == 0;
    // A document has no list to stand beside: its heading is the page's first.
    let heading = if document {
        view! { <h1 class="pane__title" id="record-title">{move || title.get()}</h1> }
    } else {
        view! { <h2 class="pane__title" id="record-title">{move || title.get()}</h2> }
    };
    let back = (!document).then(|| {
        view! {
            <a class="button button--quiet button--icon pane__back" href=move || { shared.state.track(); shared.href("") }
                aria-label=t(key::BACK_TO_LIST)>{icon("arrow-left")}</a>
        }
    });
    view! {
        {crate::frame::title(&title.get_untracked())}
        <header class="pane__head">
            {back}
            {heading}
            <span class="pane__state">{state(form)}</span>
            <div class="pane__actions">{more::menu(save, questions)} {save_bar(save)}</div>
        </header>
    }
}

/// Badges: archived, switched off, only to be read; and the id with its copy button.
fn state(form: Form) -> Node {
    let id = form.id_now();
    let number = (id > 0).then(|| {
        let text = id.to_string();
        view! {
            <span>"id "{text.clone()}</span>
            <button class="button button--quiet button--icon button--small" type="button"
                aria-label=tf(key::COPY_ID, &[("id", &text)]) on:click=move |_| copy(&text)>{icon("copy")}</button>
        }
    });
    let badges = move || {
        let (archived, active) = form.base.with(|base| {
            (base.archived, base.value.get("active").and_then(serde_json::Value::as_bool).unwrap_or(true))
        });
        view! {
            {archived.then(|| badge(Tone::Warning, t(key::ARCHIVED)))}
            {(!archived && !active).then(|| badge(Tone::Plain, t(key::INACTIVE)))}
            {(!form.may.get()).then(|| badge(Tone::Info, t(key::READ_ONLY)))}
        }
    };
    view! { {badges} {number} }
}

/// How much is unsaved, the way back, and the one Save.
fn save_bar(save: Save) -> Node {
    let form = save.form();
    let idle = move || {
        !form.writable.get() || form.broken.with(Option::is_some) || (form.id() != NEW && !form.is_dirty())
    };
    Effect::new(move |_| guard().on_save(FORM, Callback::new(move |()| save.start())));
    let bar = move || {
        form.may.get().then(|| {
            view! {
                {move || {
                    let n = form.changes.get();
                    (n > 0).then(|| view! { <span class="save__count">{tn(key::N_CHANGES, n as i64)}</span> })
                }}
                {move || form.is_dirty().then(|| view! {
                    <button class="button button--quiet save__discard" type="button"
                        on:click=move |_| save.discard()>{t(key::DISCARD)}</button>
                })}
                <button class="button button--primary save__button" type="button" aria-keyshortcuts="Control+S"
                    aria-busy=move || save.busy().get().to_string() disabled=true prop:disabled=idle
                    on:click=move |_| save.start()>{t(key::SAVE)}</button>
                {move || save.failed().get().map(|text| view! {
                    <p class="save__problem" role="alert">{icon("circle-alert")} {tf(key::SAVE_FAILED, &[("why", &text)])}</p>
                })}
            }
        })
    };
    view! { <div class="save">{bar}</div> }
}

/// The views of the record, each a link.
///
/// What depends on the address is a memo of this pane: an effect that read the address itself would run once more
/// when the pane is left, and find the form gone.
pub(super) fn views(save: Save) -> Node {
    let (form, shared, open) = (save.form(), save.shared(), save.open());
    let document = form.id_now() == 0;
    let one = move |name: &'static str, word: &'static str, problems: Signal<usize>| Tab {
        word,
        href: Memo::new(move |_| {
            let record = if document { String::new() } else { form.id().to_string() };
            shared.state.track();
            let href = shared.href(&record);
            match (name, href.contains('?')) {
                ("", _) => href,
                (_, true) => [&href, "&view=", name].concat(),
                (_, false) => [&href, "?view=", name].concat(),
            }
        })
        .into(),
        current: Memo::new(move |_| open.view.with(|view| view == name)).into(),
        problems,
    };
    let none = Signal::derive(|| 0);
    let tried = move || form.tried.get() || form.id() != NEW;
    let errors = Signal::derive(move || if tried() { form.errors() } else { 0 });
    let syntax = Signal::derive(move || if form.broken.with(Option::is_some) { 1 } else { errors.get() });
    let mut all = vec![
        one("", t(key::VIEW_FORM), errors),
        one("json", "JSON", syntax),
        one("history", t(key::VIEW_HISTORY), none),
    ];
    if !document {
        all.push(one("uses", t(key::VIEW_USES), none));
    }
    tabs(t(key::VIEWS), all)
}
