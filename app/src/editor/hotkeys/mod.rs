//! The editor of hotkeys: actions by place, a recorder, presets, a trial and a sheet to print.

mod desk;
mod keyboard;
mod presets;
mod recorder;
mod row;
mod sheet;
mod trial;

use leptos::lazy;
use leptos::prelude::*;

use crate::form::{Form, control_id};
use crate::markup::{Node, view};
use crate::sections::hotkeys::{ACTIONS, Action, GROUPS};
use crate::text::fold;
use crate::ui::{Button, Kind, icon_as};
use crate::words::{Word, key, t};
use desk::{Desk, place};

/// Which rows are shown.
#[derive(Clone, Copy)]
struct Filter {
    /// What is looked for, folded.
    q: RwSignal<String>,
    kind: RwSignal<String>,
}

/// What the list can be narrowed to.
const KINDS: [(&str, Word); 4] = [
    ("", key::HOTKEYS_ALL),
    ("changed", key::HOTKEYS_CHANGED),
    ("problems", key::HOTKEYS_PROBLEMS),
    ("none", key::HOTKEYS_WITHOUT),
];

/// Draws the document of hotkeys.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "only the browser waits for the chunk")
)]
#[lazy]
pub fn editor(form: Form) -> Node {
    let desk = Desk::new(form);
    let filter = Filter { q: RwSignal::new(String::new()), kind: RwSignal::new(String::new()) };
    let shown: Vec<(&'static Action, Memo<bool>)> =
        ACTIONS.iter().map(|action| (action, matches(desk, filter, action))).collect();
    let nothing = {
        let shown = shown.clone();
        move || {
            (!shown.iter().any(|(_, shown)| shown.get()))
                .then(|| view! { <p class="hotkeys__empty" role="status">{t(key::NOTHING_FOUND)}</p> })
        }
    };
    let groups: Vec<_> = GROUPS.iter().map(|group| part(desk, group, &shown)).collect();
    view! {
        <div class="hotkeys">
            <div class="hotkeys__top">{presets::presets(desk)} {trial::trial(desk)}</div>
            {toolbar(desk, filter)}
            {groups}
            {nothing}
            {sheet::sheet(desk)}
        </div>
    }
}

/// Search, what to narrow to, and the sheet.
fn toolbar(desk: Desk, filter: Filter) -> Node {
    let awake = desk.form.awake;
    let off = Signal::derive(move || !awake.get());
    let kinds: Vec<_> =
        KINDS.iter().map(|(code, word)| view! { <option value=*code>{t(*word)}</option> }).collect();
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <div class="hotkeys__bar">
            <div class="search">
                {icon_as("icon search__icon", "search")}
                <input class="input search__input" type="search" aria-label=t(key::HOTKEYS_FILTER) placeholder=t(key::HOTKEYS_FILTER)
                    autocomplete="off" disabled=true prop:disabled=move || off.get()
                    on:input=move |event| filter.q.set(fold(&event_target_value(&event)))
                    on:keydown=move |event| if event.key() == "Enter" { event.prevent_default() }/>
            </div>
            <select class="select select--short" aria-label=t(key::HOTKEYS_SHOW) disabled=true prop:disabled=move || off.get()
                on:change=move |event| filter.kind.set(event_target_value(&event))>{kinds}</select>
            <Button kind=Kind::Quiet icon="printer" word=t(key::HOTKEYS_PRINT) disabled=off press=print/>
        </div>
    }
}

/// Is the action shown?
fn matches(desk: Desk, filter: Filter, action: &'static Action) -> Memo<bool> {
    let keys = desk.keys(action);
    let problems = desk.problems(place(action.id));
    // Who has just put right what the list was narrowed to would lose it from under their hands: it stays until another
    // choice is made.
    let chosen = Memo::new(move |before: Option<&(String, bool)>| {
        let kind = filter.kind.get();
        let fits = match kind.as_str() {
            "changed" => keys.with(|keys| *keys != action.default),
            "problems" => problems.with(|all| !all.is_empty()),
            "none" => keys.with(Vec::is_empty),
            _ => true,
        };
        let stays = before.is_some_and(|(known, shown)| *known == kind && *shown);
        (kind, fits || stays)
    });
    Memo::new(move |_| {
        let called = filter.q.with(|q| {
            let has = |text: &str| fold(text).contains(q);
            let pressed =
                || keys.with(|keys| keys.iter().any(|text| has(&desk.keyboard.spoken(text)) || has(text)));
            q.is_empty() || has(&desk.label(action.id)) || has(action.id) || pressed()
        });
        called && chosen.with(|(_, shown)| *shown)
    })
}

/// The actions of one place, with the switch of the place.
fn part(desk: Desk, group: &'static str, shown: &[(&'static Action, Memo<bool>)]) -> Node {
    let form = desk.form;
    let own: Vec<_> = shown.iter().filter(|(action, _)| action.place.group() == group).copied().collect();
    let rows: Vec<_> = own
        .iter()
        .map(|(action, shown)| {
            let shown = *shown;
            row::row(desk, action, Signal::derive(move || !shown.get()))
        })
        .collect();
    let empty = move || !own.iter().any(|(_, shown)| shown.get());
    let pointer = ["/groups/", group].concat();
    let id = control_id(&pointer);
    let on = Memo::new(move |_| desk.is_on(group));
    let turn = move |event| form.set(&pointer, event_target_checked(&event).into());
    let name = [&id, "-title"].concat();
    let described = name.clone();
    view! {
        <section class="hotkeys__group" class:hotkeys__group--off=move || !on.get() hidden=empty aria-labelledby=name.clone()>
            <header class="hotkeys__head">
                <h2 class="group__title" id=name>{desk.group(group)}</h2>
                <label class="switch">
                    <input class="switch__input" type="checkbox" role="switch" id=id aria-describedby=described
                        checked=on.get_untracked() prop:checked=move || on.get()
                        disabled=true prop:disabled=move || !form.editable.get() on:change=turn/>
                    <span class="switch__word">{t(key::HOTKEYS_ON)}</span>
                </label>
            </header>
            <div class="hotkeys__list">{rows}</div>
        </section>
    }
}
