//! The editor of additional fields: definitions as rows that are moved, unfolded and tried; their JSON is the other view.

pub(super) mod controls;
mod detail;
mod headers;
mod on_card;
mod options;
mod properties;
mod sheet;
mod source;
mod try_it;

use leptos::lazy;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Part;
use crate::backend::OutsideUse;
use crate::calls;
use crate::form::Form;
use crate::markup::{IntoNode, Node, view};
use crate::sections::fields::{FieldType, is_on};
use crate::ui::reorder::Reorder;
use crate::ui::summary::{focus, once_drawn};
use crate::ui::{Confirm, Tone, badge, empty, hide_popover, icon, popover_class};
use crate::words::{Word, key, option_text, t, tf};
use detail::{Detail, detail};
use sheet::Sheet;

/// The list, for the focus.
const LIST: &str = "fields-list";
/// The types to choose from.
const TYPES: &str = "fields-types";

/// Draws the editor of both kinds of fields.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "only the browser waits for the chunk")
)]
#[lazy]
pub fn editor(form: Form, part: Part) -> Node {
    if form.section == "client-fields" {
        on_card::fetch(form);
    }
    // Beside the JSON there is nothing to draw: the card follows the definitions however they are written.
    if let Part::Json(_) = part {
        return Node::Nothing;
    }
    let sheet = Sheet::new(form);
    let aliases = sheet.aliases();
    let said = RwSignal::new(String::new());
    let moved = Callback::new(move |(from, to): (usize, usize)| {
        let name = aliases.with_untracked(|aliases| aliases.get(from).cloned().unwrap_or_default());
        sheet.shift(from, to);
        said.set(tf(key::MOVED_TO, &[("name", &name), ("n", &(to + 1).to_string())]));
    });
    let order = Reorder::new(LIST, moved);
    let rows = move || {
        let aliases = aliases.get();
        let last = aliases.len().saturating_sub(1);
        let rows = aliases.into_iter().enumerate();
        rows.map(|(n, alias)| untrack(|| row(sheet, n, last, &alias, order))).collect::<Vec<_>>()
    };
    let nothing = move || {
        aliases
            .with(Vec::is_empty)
            .then(|| empty("text-cursor-input", t(key::FIELDS_NONE), t(key::FIELDS_NONE_TEXT), None))
    };
    view! {
        <div class="fields" on:pointerenter=|_| detail::fetch_soon() on:focusin=|_| detail::fetch_soon()>
            <ol class="items" id=LIST on:pointerdown=move |_| sheet.press()>{rows}</ol>
            {nothing}
            {add(sheet)}
            <span class="visually-hidden" role="status">{move || said.get()}</span>
        </div>
        {on_card::block(sheet)}
        {try_it::try_it(sheet)}
        {removal(sheet)}
    }
}

/// The picture of a type.
fn picture(kind: Option<FieldType>) -> &'static str {
    match kind {
        Some(FieldType::String) => "type",
        Some(FieldType::Text) => "text",
        Some(FieldType::Select) => "list",
        Some(FieldType::SelectApi) => "plug",
        Some(FieldType::File) => "paperclip",
        Some(FieldType::Integer) => "hash",
        Some(FieldType::BigInt) => "binary",
        Some(FieldType::Float) => "percent",
        Some(FieldType::Date) => "calendar-days",
        Some(FieldType::Boolean) => "square-check",
        None => "circle-question-mark",
    }
}

fn word_of(kind: FieldType) -> &'static str {
    option_text("field_types", kind.code())
}

/// One definition: its head tells it from the others, its body holds its properties.
fn row(sheet: Sheet, n: usize, last: usize, alias: &str, order: Reorder) -> Node {
    let kind = sheet.kind(alias);
    let required = sheet.property(alias, "required");
    let name = {
        let alias = alias.to_owned();
        Memo::new(move |_| sheet.name(&alias))
    };
    let pointer = sheet.pointer(alias);
    let errors = Memo::new(move |_| {
        let below = |at: &str| {
            at.strip_prefix(&*pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        sheet.form.problems().iter().filter(|problem| !problem.warning && below(&problem.pointer)).count()
    });
    let (folding, reading, drawing, leaving) =
        (alias.to_owned(), alias.to_owned(), alias.to_owned(), alias.to_owned());
    // A refused save unfolds what is wrong.
    let open = Memo::new(move |_| sheet.is_open(&reading) || (sheet.form.tried.get() && errors.get() > 0));
    let editable = sheet.form.editable;
    let tool = move |picture: &'static str, word: Word, able: bool, act: Callback<()>| {
        view! {
            <button class="button button--quiet button--icon button--small" type="button" disabled=true
                prop:disabled=move || !editable.get() || !able
                aria-label=move || tf(word, &[("name", &name.get())]) on:click=move |_| act.run(())>
                {icon(picture)}
            </button>
        }
    };
    let mark = move || {
        let errors = errors.get();
        view! {
            {required.with(|value| is_on(Some(value))).then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> })}
            {(errors > 0).then(|| badge(Tone::Error, errors.to_string()))}
        }
    };
    view! {
        <li class="items__item" class:items__item--dragged=move || order.is_dragged(n)
            class:items__item--target=move || order.is_target(n)>
            <div class="items__head">
                <button class="items__handle" type="button" disabled=true prop:disabled=move || !editable.get()
                    aria-label=move || tf(key::DRAG_NAMED, &[("name", &name.get())])
                    on:pointerdown=move |ev| order.lift(&ev, n)
                    on:pointermove=move |ev| order.over(&ev, ".items__item")
                    on:pointerup=move |_| order.drop() on:pointercancel=move |_| order.cancel()
                    on:keydown=move |ev| order.key(&ev, n, last + 1)>
                    {icon("grip-vertical")}
                </button>
                <button class="items__toggle" type="button" id=sheet.row_id(alias) aria-expanded=move || open.get().to_string()
                    on:click=move |_| sheet.fold(&folding, !open.get_untracked())>
                    {icon("chevron-right")}
                    {move || icon(picture(kind.get()))}
                    <span class="items__name">{move || name.get()}</span>
                    {mark}
                </button>
                <span class="items__note">
                    <code>{alias.to_owned()}</code> " " {move || kind.get().map(word_of)}
                </span>
                <span class="items__actions">
                    {tool("arrow-up", key::MOVE_UP, n > 0, Callback::new(move |()| order.put(n, n - 1)))}
                    {tool("arrow-down", key::MOVE_DOWN, n < last, Callback::new(move |()| order.put(n, n + 1)))}
                    {tool("trash-2", key::REMOVE_NAMED, true, Callback::new(move |()| ask(sheet, &leaving)))}
                </span>
            </div>
            {move || open.get().then(|| untrack(|| view! {
                <div class="items__body">{detail(Detail::Properties(sheet, drawing.clone()))}</div>
            }))}
        </li>
    }
}

/// A field that was never saved goes at once; about another one it is asked.
fn ask(sheet: Sheet, alias: &str) {
    if untrack(|| sheet.is_saved(alias)) {
        sheet.leaving.set(Some(alias.to_owned()));
    } else {
        take(sheet, alias);
    }
}

fn take(sheet: Sheet, alias: &str) {
    if let Some(card) = sheet.card.get_untracked().filter(|_| !untrack(|| sheet.is_saved(alias))) {
        on_card::remove(card, alias);
    }
    sheet.remove(alias);
}

/// What goes with a field, before it goes.
fn removal(sheet: Sheet) -> Node {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(sheet.leaving.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && sheet.leaving.with_untracked(Option::is_some) {
            sheet.leaving.set(None);
        }
    });
    let alias = move || sheet.leaving.get().unwrap_or_default();
    // A client's values are the panel's: only what it reports is known of them.
    let values = RwSignal::new(Vec::<OutsideUse>::new());
    Effect::new(move |_| {
        if sheet.form.section != "client-fields" || sheet.leaving.with(Option::is_none) {
            return;
        }
        values.set(Vec::new());
        spawn_local(async move {
            if let Ok(found) = calls::uses(sheet.form.section.to_owned(), 0).await {
                values.try_set(found.outside);
            }
        });
    });
    let counted = move || {
        let alias = alias();
        let own = |one: &&OutsideUse| one.part == alias && !one.stale;
        let said = |one: &OutsideUse| {
            tf(key::FIELDS_VALUES, &[("source", &one.source), ("n", &one.count.to_string())])
        };
        values.with(|values| values.iter().filter(own).map(said).collect::<Vec<_>>().join(" "))
    };
    let title = Signal::derive(move || {
        let alias = alias();
        tf(key::FIELDS_REMOVE_TITLE, &[("name", &sheet.name(&alias))])
    });
    let text = Signal::derive(move || {
        let named = sheet.card.get().is_some_and(|card| card.may && on_card::is_named(card, &alias()));
        let card = if named { [" ", t(key::FIELDS_REMOVE_CARD)].concat() } else { String::new() };
        [t(key::FIELDS_REMOVE_TEXT), &card, " ", &counted()].concat().trim_end().to_owned()
    });
    let run = move |()| {
        if let Some(alias) = sheet.leaving.get_untracked() {
            take(sheet, &alias);
            sheet.leaving.set(None);
        }
    };
    view! { <Confirm open=open title=title text=text word=t(key::FIELDS_REMOVE) id="field-remove" run=run/> }
}

/// The ten types, behind one button.
fn add(sheet: Sheet) -> Node {
    let one = move |kind: FieldType| {
        let pick = move |_| {
            hide_popover(TYPES);
            let alias = sheet.add(kind);
            let id = crate::form::control_id(&[&*sheet.pointer(&alias), "/label"].concat());
            spawn_local(async move {
                detail::fetch().await;
                once_drawn(move || focus(&id));
            });
        };
        view! {
            <li><button class="menu__item" type="button" on:click=pick>{icon(picture(Some(kind)))} <span>{word_of(kind)}</span></button></li>
        }
    };
    let menu = view! {
        <ul class="menu__list" aria-label=t(key::FIELDS_TYPES)>{FieldType::ALL.map(one)}</ul>
    };
    let editable = sheet.form.editable;
    view! {
        <button class="button button--plain items__add" type="button" popovertarget=TYPES disabled=true
            prop:disabled=move || !editable.get()>
            {icon("plus")} <span>{t(key::FIELDS_ADD)}</span>
        </button>
        {popover_class(TYPES, "popover menu", menu)}
    }
    .into_node()
}
