//! One row of the card: its place and whether it is shown in its head, the rest of it below.

use leptos::prelude::*;
use serde_json::Value;

use super::{Card, ROWS, native};
use crate::editor::fields::controls::{line, plain, switch};
use crate::form::{Field, control_id, inner};
use crate::markup::{Node, view};
use crate::schema;
use crate::ui::reorder::Reorder;
use crate::ui::{Tone, badge, icon};
use crate::words::{Word, key, t, tf};

/// What the row draws itself.
const OWN: [&str; 8] = ["field", "visible", "extra_data", "label", "group", "pinned", "copy", "mask"];

/// Draws it; `count` rows there are.
pub(super) fn row(
    card: Card,
    n: usize,
    count: usize,
    (field, extra): (String, bool),
    order: Reorder,
) -> Node {
    let at = ["/", ROWS, "/", &n.to_string()].concat();
    let named = field.clone();
    let name = Memo::new(move |_| card.word(&named, extra));
    let editable = card.form.editable;
    let property = |name: &str| {
        let (pointer, draft) = ([&*at, "/", name].concat(), card.form.draft);
        Memo::new(move |_| draft.with(|draft| draft.pointer(&pointer).cloned().unwrap_or_default()))
    };
    let (visible, label) = (property("visible"), property("label"));
    let shown = move || visible.with(|visible| *visible != Value::Bool(false));
    let toggle = {
        let pointer = [&*at, "/visible"].concat();
        move |ev| card.form.set(&pointer, event_target_checked(&ev).into())
    };
    let lost = {
        let field = field.clone();
        move || {
            let known = card.fields.with(|fields| !fields.0.is_empty() && fields.get(&field).is_none());
            (extra && known && native(&field).is_none()).then(|| badge(Tone::Warning, t(key::CARD_UNDEFINED)))
        }
    };
    let said = {
        let at = at.clone();
        Memo::new(move |_| card.form.said(&at, true).iter().filter(|said| !said.warning).count())
    };
    let id = (field.clone(), extra);
    let is_open = {
        let id = id.clone();
        Memo::new(move |_| card.open.with(|open| open.contains(&id)))
    };
    let fold = move |_| {
        card.open.update(|open| match open.iter().position(|one| *one == id) {
            Some(place) => drop(open.remove(place)),
            None => open.push(id.clone()),
        });
    };
    let tool = move |picture: &'static str, word: Word, able: bool, act: Callback<()>| {
        view! {
            <button class="button button--quiet button--icon button--small" type="button" disabled=true
                prop:disabled=move || !editable.get() || !able
                aria-label=move || tf(word, &[("name", &name.get())]) on:click=move |_| act.run(())>
                {icon(picture)}
            </button>
        }
    };
    let remove = Callback::new(move |()| {
        card.change(|rows| {
            if n < rows.len() {
                rows.remove(n);
            }
        });
    });
    let body = {
        let at = at.clone();
        move || is_open.get().then(|| untrack(|| body(card, &at)))
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
                    on:keydown=move |ev| order.key(&ev, n, count)>
                    {icon("grip-vertical")}
                </button>
                <label class="switch">
                    <input class="switch__input" type="checkbox" role="switch" id=control_id(&[&*at, "/visible"].concat())
                        aria-label=move || tf(key::ON_CARD_OF, &[("name", &name.get())])
                        prop:checked=shown disabled=true prop:disabled=move || !editable.get() on:change=toggle/>
                </label>
                <button class="items__toggle" type="button" id=control_id(&[&*at, "/field"].concat())
                    aria-expanded=move || is_open.get().to_string() on:click=fold>
                    {icon("chevron-right")}
                    <span class="items__name">
                        {move || label.with(|label| label.as_str().filter(|label| !label.is_empty()).map(str::to_owned)).unwrap_or_else(|| name.get())}
                    </span>
                    {move || { let said = said.get(); (said > 0).then(|| badge(Tone::Error, said.to_string())) }}
                </button>
                <span class="items__note">
                    <code>{field}</code> " " {t(if extra { key::CARD_EXTRA } else { key::CARD_NATIVE })} " " {lost}
                </span>
                <span class="items__actions">
                    {tool("arrow-up", key::MOVE_UP, n > 0, Callback::new(move |()| order.put(n, n - 1)))}
                    {tool("arrow-down", key::MOVE_DOWN, n + 1 < count, Callback::new(move |()| order.put(n, n + 1)))}
                    {tool("trash-2", key::REMOVE_NAMED, true, remove)}
                </span>
            </div>
            {body}
        </li>
    }
}

/// What may be said of the row beside its field.
fn body(card: Card, at: &str) -> Node {
    let whole = card.form.schema();
    let each = whole.pointer(&["/properties/", ROWS, "/items"].concat()).cloned().unwrap_or_default();
    let part = |name: &str| {
        let nothing = Value::Null;
        let schema = schema::note(&each, "properties").and_then(|all| all.get(name)).unwrap_or(&nothing);
        Field::new(card.form, &[at, "/", name].concat(), name, schema)
    };
    view! {
        <div class="items__body">
            {line(&part("label"), plain)}
            {line(&part("group"), plain)}
            {switch(&part("pinned"))}
            {switch(&part("copy"))}
            {switch(&part("mask"))}
            {inner(card.form, at, &each, &OWN)}
        </div>
    }
}
