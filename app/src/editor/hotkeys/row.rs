//! One action with its keys: its combinations, its trigger, what is wrong and the ways out.

use leptos::prelude::*;
use serde_json::Value;

use super::desk::{Desk, control, place};
use super::recorder::{keep_enter, recorder};
use crate::form::control_id;
use crate::markup::{Node, view};
use crate::problem::Problem;
use crate::sections::hotkeys::{Action, MOST, TRIGGERS};
use crate::ui::summary::focus;
use crate::ui::{Button, IconButton, Kind, icon};
use crate::words::{key, problem_text, t, tf};

/// The row; `hidden` while the filter leaves it out.
pub(super) fn row(desk: Desk, action: &'static Action, hidden: Signal<bool>) -> Node {
    let (form, id) = (desk.form, action.id);
    let label = desk.label(id);
    let name = [control_id(&place(id)).as_str(), "-label"].concat();
    let keys = desk.keys(action);
    let problems = desk.problems(place(id));
    let editing = Memo::new(move |_| desk.open.get().filter(|(open, _)| *open == id).map(|(_, n)| n));
    let changed = Memo::new(move |_| keys.with(|keys| *keys != action.default));

    let combinations = move || {
        let bad = problems.get();
        let drawn = keys.get().into_iter().enumerate().map(|(n, text)| {
            let pointer = [&place(id), "/", &n.to_string()].concat();
            let class = match bad.iter().filter(|one| one.pointer == pointer).map(|one| one.warning).min() {
                None => "hotkeys__keys",
                Some(true) => "hotkeys__keys hotkeys__keys--warning",
                Some(false) => "hotkeys__keys hotkeys__keys--error",
            };
            view! {
                <button class=class type="button" id=control(id, n) disabled=true
                    prop:disabled=move || !form.editable.get()
                    aria-expanded=move || (editing.get() == Some(n)).to_string()
                    on:click=move |_| toggle(desk, id, n)>
                    {desk.keyboard.shown(&text)}
                    <span class="visually-hidden">{t(key::HOTKEYS_EDIT)}</span>
                </button>
            }
        });
        drawn.collect::<Vec<_>>()
    };
    let add_name = tf(key::HOTKEYS_ADD_TO, &[("name", &label)]);
    let full = move || keys.with(|keys| keys.len() >= MOST);
    let add = view! {
        <button class="button button--quiet button--small hotkeys__add" type="button" id=control_id(&place(id))
            aria-label=add_name disabled=true prop:disabled=move || !form.editable.get() || full()
            on:click=move |_| desk.edit((id, desk.keys_now(action).len()))>
            {icon("plus")} <span>{t(key::ADD)}</span>
        </button>
    };
    let reset_name = tf(key::RESET_FIELD, &[("name", &label)]);
    let reset = move || {
        (changed.get() && form.editable.get()).then(|| {
            let back = move |_| desk.write(id, action.default.iter().map(|&keys| keys.to_owned()).collect());
            view! { <IconButton icon="rotate-ccw" small=true word=reset_name.clone() press=back/> }
        })
    };
    view! {
        <div class="hotkeys__row" class:hotkeys__row--changed=move || changed.get() hidden=move || hidden.get()
            role="group" aria-labelledby=name.clone()>
            <div class="hotkeys__name" id=name>{label}</div>
            <div class="hotkeys__all">{combinations} {add} {trigger(desk, id)} {reset}</div>
            <code class="field__key">{id}</code>
            {move || editing.get().map(|n| recorder(desk, action, n))}
            <div class="hotkeys__problems" aria-live="polite">
                {move || problems.get().iter().map(|one| problem(desk, action, one)).collect::<Vec<_>>()}
            </div>
        </div>
    }
}

/// Opens the recorder of a combination, or closes it.
fn toggle(desk: Desk, id: &'static str, n: usize) {
    if desk.open.get_untracked() == Some((id, n)) { desk.close() } else { desk.edit((id, n)) }
}

/// The character that does the same, for actions that can have one.
fn trigger(desk: Desk, id: &'static str) -> Node {
    let Some((id, default)) = TRIGGERS.iter().find(|(known, _)| *known == id).copied() else {
        return Node::Nothing;
    };
    let form = desk.form;
    let pointer = ["/triggers/", id].concat();
    let problems = desk.problems(pointer.clone());
    let (field, said) = (control_id(&pointer), [&control_id(&pointer), "-problem"].concat());
    let described = said.clone();
    let value = Memo::new(move |_| {
        form.draft
            .with(|draft| draft["triggers"].get(id).and_then(Value::as_str).unwrap_or(default).to_owned())
    });
    let name = tf(key::HOTKEYS_TRIGGER_OF, &[("name", &desk.label(id))]);
    let typed = move |event| form.set(&["/triggers/", id].concat(), event_target_value(&event).trim().into());
    let sentence = move || {
        let texts: Vec<String> = problems.get().iter().map(|one| sentence(desk, one)).collect();
        (!texts.is_empty()).then(|| {
            view! {
                <span class="field__problem field__problem--error" id=said.clone()>
                    {icon("circle-alert")} <span>{texts.join(". ")}</span>
                </span>
            }
        })
    };
    view! {
        <label class="hotkeys__trigger">
            <span aria-hidden="true">{t(key::HOTKEYS_OR_SIGN)}</span>
            <input class="input input--code" id=field aria-label=name autocomplete="off" spellcheck="false"
                value=value.get_untracked() prop:value=move || value.get()
                disabled=true prop:disabled=move || !form.editable.get()
                aria-invalid=move || problems.with(|all| !all.is_empty()).then_some("true")
                aria-describedby=move || problems.with(|all| !all.is_empty()).then(|| described.clone())
                on:input=typed on:keydown=move |event| keep_enter(&event)/>
        </label>
        {sentence}
    }
}

/// A problem in words, with the reader's keys and the names of actions.
fn sentence(desk: Desk, problem: &Problem) -> String {
    let mut told = problem.clone();
    if let Some(Value::String(keys)) = told.params.get_mut("keys") {
        *keys = desk.keyboard.spoken(keys);
    }
    if let Some(Value::String(other)) = told.params.get_mut("other") {
        *other = desk.label(other);
    }
    problem_text(&told)
}

/// What is wrong with a combination, and what can be done about it.
fn problem(desk: Desk, action: &'static Action, problem: &Problem) -> Node {
    let form = desk.form;
    let (class, picture, grade) = if problem.warning {
        ("field__problem field__problem--warning", "triangle-alert", t(key::WARNING))
    } else {
        ("field__problem field__problem--error", "circle-alert", t(key::ERROR))
    };
    let n = problem.pointer.rsplit('/').next().and_then(|n| n.parse::<usize>().ok());
    let other = problem.params.get("other").and_then(Value::as_str).filter(|other| *other != action.id);
    let way = |word: String, kind: Kind, act: Callback<()>| {
        view! { <Button kind=kind small=true word=word disabled=move || !form.editable.get() press=move |_| act.run(())/> }
    };
    let take = other.zip(n).map(|(other, n)| {
        let problem = problem.clone();
        let word = tf(key::HOTKEYS_TAKE, &[("name", &desk.label(other))]);
        way(
            word,
            Kind::Plain,
            Callback::new(move |()| {
                desk.take_over(&problem);
                focus(&control(action.id, n));
            }),
        )
    });
    let change = n.map(|n| {
        let word = t(key::HOTKEYS_CHANGE).to_owned();
        way(word, Kind::Quiet, Callback::new(move |()| desk.edit((action.id, n))))
    });
    let line = (problem.code == "new_line_lost").then(|| {
        let keys = "Shift+Enter";
        let word = tf(key::HOTKEYS_ADD_KEYS, &[("keys", &desk.keyboard.spoken(keys))]);
        way(
            word,
            Kind::Plain,
            Callback::new(move |()| {
                let mut held = desk.keys_now(action);
                held.push(keys.to_owned());
                desk.write(action.id, held);
                focus(&control_id(&place(action.id)));
            }),
        )
    });
    view! {
        <p class=class>
            {icon(picture)}
            <span class="hotkeys__what">
                <span><span class="visually-hidden">{grade}": "</span>{sentence(desk, problem)}</span>
                <span class="hotkeys__ways">{take} {line} {change}</span>
            </span>
        </p>
    }
}
