//! A template in each language, with the variables to put into it at the caret.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::Field;
use super::words::{language_name, tags, text_in, write_in};
use crate::markup::{Node, view};
use crate::sections::replies::template::VARIABLES;
use crate::ui::icon;
use crate::ui::textarea::{Textarea, textarea};
use crate::words::{key, t};

/// Draws one box for each language.
pub(super) fn widget(field: &Field) -> Node {
    let rows: Vec<_> = tags(field)
        .into_iter()
        .map(|tag| {
            let id = format!("{}-{tag}", field.id());
            let place = NodeRef::<html::Textarea>::new();
            let value = text_in(field, &tag);
            let input = {
                let (field, tag) = (field.clone(), tag.clone());
                Callback::new(move |text: String| write_in(&field, &tag, text))
            };
            let editable = field.editable();
            let insert = Callback::new(move |name: &'static str| insert(place, value, input, name));
            let control = textarea(Textarea {
                id: id.clone(),
                class: "textarea",
                name: None,
                language: Some(tag.clone()),
                rows: 4,
                value,
                editable,
                described: field.described(),
                invalid: field.invalid(),
                input,
                left: field.left(),
                place,
            });
            view! {
                <div class="words__row">
                    <label class="words__code" for=id><abbr title=language_name(&tag)>{tag.clone()}</abbr></label>
                    <div class="stack stack--tight">{control}{picker(editable, insert)}</div>
                </div>
            }
        })
        .collect();
    view! { <div class="words" id=field.id()>{rows}</div> }
}

/// The list of variables; choosing one puts it in and returns to the first line.
fn picker(editable: Signal<bool>, insert: Callback<&'static str>) -> Node {
    let choose = move |ev: leptos::ev::Event| {
        let name = event_target_value(&ev);
        if let Some(variable) = VARIABLES.iter().find(|variable| variable.name == name) {
            insert.run(variable.name);
        }
        reset(&ev);
    };
    let options: Vec<_> = VARIABLES
        .iter()
        .map(|variable| view! { <option value=variable.name>{variable.name}</option> })
        .collect();
    view! {
        <div class="row">
            {icon("braces")}
            <select class="select select--short" aria-label=t(key::INSERT_VARIABLE) disabled=true
                prop:disabled=move || !editable.get() on:change=choose>
                <option value="">{t(key::INSERT_VARIABLE)}</option>
                {options}
            </select>
        </div>
    }
}

fn reset(ev: &leptos::ev::Event) {
    let list = ev.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    if let Some(list) = list {
        list.set_selected_index(0);
    }
}

/// Puts `{{name}}` where the caret is, in place of what is marked, and leaves the caret behind it.
fn insert(place: NodeRef<html::Textarea>, value: Signal<String>, input: Callback<String>, name: &str) {
    let Some(area) = place.get_untracked() else { return };
    let units: Vec<u16> = value.get_untracked().encode_utf16().collect();
    let at = |place: Option<u32>| place.map_or(units.len(), |place| (place as usize).min(units.len()));
    let from = at(area.selection_start().ok().flatten());
    let to = at(area.selection_end().ok().flatten()).max(from);
    let piece: Vec<u16> = ["{{", name, "}}"].concat().encode_utf16().collect();
    let caret = u32::try_from(from + piece.len()).unwrap_or_default();
    let text = [&units[..from], &piece, &units[to..]].concat();
    input.run(String::from_utf16_lossy(&text));
    // After the new text has reached the box.
    request_animation_frame(move || {
        let _ = area.focus();
        let _ = area.set_selection_range(caret, caret);
    });
}
