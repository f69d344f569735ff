//! The tokens: each colour on light and on dark ground with its contrast, each size with its range.

use leptos::prelude::*;
use serde_json::Value;

use crate::catalogue::{self, Kind, TOKENS, Token};
use crate::field::contrast::{channels, contrast};
use crate::form::{Form, control_id};
use crate::markup::{Node, view};
use crate::sections::styles::{Theme, default_of, effective, name_of, number};
use crate::ui::colour::ratio;
use crate::ui::{IconButton, Kind as Look, icon};
use crate::words::{Word, key, language, problem_text, t, tf};

/// The groups of tokens: their titles, and the names in them. What no group names stands in the first.
const GROUPS: [(Word, &[&str]); 5] = [
    (key::STYLES_SURFACES, &[]),
    (
        key::STYLES_DIALOGS,
        &[
            "new",
            "queued",
            "active",
            "waiting",
            "overdue",
            "closed",
            "group",
            "ticket",
            "unread",
            "on-unread",
        ],
    ),
    (
        key::STYLES_MESSAGES,
        &["client", "client-text", "operator", "operator-text", "note", "note-text", "system-text"],
    ),
    (key::STYLES_PRIORITIES, &["low", "normal", "high", "urgent"]),
    (key::STYLES_SIZES, &["radius", "font-size", "gap", "avatar-size", "icon-size", "line-height"]),
];

fn group_of(token: &Token) -> usize {
    GROUPS.iter().position(|(_, names)| names.contains(&name_of(token))).unwrap_or_default()
}

/// Draws them.
pub(super) fn tokens(form: Form) -> Node {
    let groups: Vec<_> = GROUPS
        .iter()
        .enumerate()
        .map(|(n, (title, _))| {
            let rows: Vec<_> = TOKENS.iter().filter(|token| group_of(token) == n).map(|token| row(form, token)).collect();
            view! { <fieldset class="group"><legend class="group__title">{t(*title)}</legend>{rows}</fieldset> }
        })
        .collect();
    view! { {groups} }
}

/// Where a token stands in the value on this ground.
fn pointer(token: &Token, theme: Theme) -> String {
    let field = if token.kind == Kind::Colour { theme.field() } else { "sizes" };
    ["/", field, "/", name_of(token)].concat()
}

fn row(form: Form, token: &'static Token) -> Node {
    let values = match token.kind {
        Kind::Colour => Theme::ALL.map(|theme| colour(form, token, theme)).into_iter().collect::<Vec<_>>(),
        Kind::Length(from, to) => vec![size(form, token, from, to, "px")],
        Kind::Number(from, to) => vec![size(form, token, from, to, "")],
    };
    let said = move || {
        let pointers = Theme::ALL.map(|theme| pointer(token, theme));
        let mut rows = Vec::new();
        let problems = form.problems();
        for problem in problems.iter().filter(|problem| pointers.contains(&problem.pointer)) {
            let (class, picture) = if problem.warning {
                ("field__problem field__problem--warning", "triangle-alert")
            } else {
                ("field__problem field__problem--error", "circle-alert")
            };
            rows.push(view! { <p class=class>{icon(picture)} <span>{problem_text(problem)}</span></p> });
        }
        rows
    };
    view! {
        <div class="token">
            <p class="token__name">{token.about(language())} <code class="token__code">{token.name}</code></p>
            <div class="token__values">{values}</div>
            {said}
        </div>
    }
}

/// A value that is set here and may be taken back.
fn reset(form: Form, token: &'static Token, theme: Theme, name: String) -> Node {
    let place = pointer(token, theme);
    let set = {
        let place = place.clone();
        Memo::new(move |_| form.draft.with(|draft| draft.pointer(&place).is_some()))
    };
    let drawn = move || {
        set.get().then(|| {
            let place = place.clone();
            let word = tf(key::RESET_FIELD, &[("name", &name)]);
            view! {
                <IconButton kind=Look::Quiet icon="rotate-ccw" word=word small=true disabled=Signal::derive(move || !form.editable.get())
                    press=move |_| take_back(form, &place)/>
            }
        })
    };
    view! { <span class="token__reset">{drawn}</span> }
}

/// The panel's own value holds again.
fn take_back(form: Form, place: &str) {
    let (field, name) = place[1..].split_once('/').unwrap_or_default();
    form.draft.update(|draft| {
        if let Some(Value::Object(map)) = draft.get_mut(field) {
            map.shift_remove(name);
        }
    });
    form.touch(place);
}

fn colour(form: Form, token: &'static Token, theme: Theme) -> Node {
    let place = pointer(token, theme);
    let id = control_id(&place);
    let value = Memo::new(move |_| form.draft.with(|draft| effective(draft, token, theme).to_owned()));
    let well =
        move || value.with(|value| if channels(value).is_some() { value.clone() } else { "#000000".into() });
    let (picture, ground) = match theme {
        Theme::Light => ("sun", t(key::COLOUR_ON_LIGHT)),
        Theme::Dark => ("moon", t(key::COLOUR_ON_DARK)),
    };
    let name = [token.about(language()), ", ", ground].concat();
    let write = {
        let place = place.clone();
        Callback::new(move |typed: String| {
            let typed = typed.trim().to_ascii_lowercase();
            // Typed back to what the panel has by itself, it is not set.
            if typed == default_of(token, theme) {
                take_back(form, &place);
            } else {
                form.set(&place, typed.into());
            }
        })
    };
    let read = move || {
        let (ground, least) = token.on?;
        let ground = catalogue::token(ground)?;
        let found = form
            .draft
            .with(|draft| contrast(effective(draft, token, theme), effective(draft, ground, theme)))?;
        let low = found < least;
        let about = [ground.about(language()), ": "].concat();
        let mark = low.then(|| view! { {icon("triangle-alert")} <span class="visually-hidden">{t(key::COLOUR_LOW)} " "</span> });
        Some(view! {
            <span class="colour__ratio" class:colour__ratio--low=low title=ground.name>
                {mark} <span class="visually-hidden">{about}</span> {ratio(found)}
            </span>
        })
    };
    let invalid = move || value.with(|value| channels(value).is_none()).then_some("true");
    let editable = move || !form.editable.get();
    let named = [t(key::COLOUR_PICK), ": ", &name].concat();
    view! {
        <div class="token__value">
            {icon(picture)}
            <input class="colour__well" type="color" aria-label=named value=untrack(well) prop:value=well
                disabled=true prop:disabled=editable on:input=move |ev| write.run(event_target_value(&ev))/>
            <input class="input input--code colour__hex" id=id maxlength="7" autocomplete="off" spellcheck="false"
                aria-label=name.clone() value=value.get_untracked() prop:value=move || value.get()
                disabled=true prop:disabled=editable aria-invalid=invalid
                on:input=move |ev| write.run(event_target_value(&ev))/>
            {read}
            {reset(form, token, theme, name)}
        </div>
    }
}

fn size(form: Form, token: &'static Token, from: f64, to: f64, unit: &'static str) -> Node {
    let place = pointer(token, Theme::Light);
    let id = control_id(&place);
    let value = Memo::new(move |_| form.draft.with(|draft| effective(draft, token, Theme::Light).to_owned()));
    let name = token.about(language()).to_owned();
    let step = if unit.is_empty() { "0.05" } else { "1" };
    let write = {
        let place = place.clone();
        move |ev: leptos::ev::Event| {
            let typed = event_target_value(&ev).trim().replacen(',', ".", 1);
            if typed == default_of(token, Theme::Light) {
                take_back(form, &place);
            } else {
                form.set(&place, typed.into());
            }
        }
    };
    view! {
        <div class="token__value">
            <input class="input input--number" type="number" id=id min=number(from) max=number(to) step=step
                aria-label=name.clone() value=value.get_untracked() prop:value=move || value.get()
                disabled=true prop:disabled=move || !form.editable.get() on:input=write/>
            <span class="token__unit">{unit} <span class="token__range">{number(from)}"–"{number(to)}</span></span>
            {reset(form, token, Theme::Light, name)}
        </div>
    }
}
