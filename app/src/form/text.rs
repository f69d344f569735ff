//! Text: one line of any known form, and paragraphs.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::Field;
use crate::backend::ListQuery;
use crate::calls;
use crate::markup::{Node, view};
use crate::schema::{self, Kind};
use crate::ui::textarea::{Textarea, textarea};

/// One line: a name, an address, a date.
pub(super) fn line(field: &Field) -> Node {
    let format = field.text_note("format").unwrap_or_default().to_owned();
    let (class, kind, mode) = match format.as_str() {
        "email" => ("input", "text", "email"),
        "phone" => ("input input--short", "text", "tel"),
        "date" => ("input input--short", "date", "text"),
        "time" => ("input input--short", "time", "text"),
        "origin" | "host" | "url" => ("input input--code", "text", "url"),
        "alias" | "shortcut" | "language" | "code" => ("input input--code", "text", "text"),
        _ => ("input", "text", "text"),
    };
    let (value, editable, described, invalid) =
        (field.text(), field.editable(), field.described(), field.invalid());
    let (typed, left) = (field.typed(), field.left());
    let nullable = schema::nullable(&field.schema);
    let clearing = field.clone();
    let input = move |ev| {
        let text = event_target_value(&ev);
        if text.is_empty() && nullable {
            clearing.set(serde_json::Value::Null);
        } else {
            typed.run(text);
        }
    };
    let offers = RwSignal::new(Vec::<String>::new());
    let suggests = field.flag("x-suggest");
    let zones = schema::kind(&field.schema) == Kind::TimeZone;
    let list_id = (suggests || zones).then(|| format!("{}-offers", field.id()));
    let asking = field.clone();
    let look = move |_| {
        if zones && offers.with_untracked(Vec::is_empty) {
            offers.set(time_zones());
        } else if suggests && offers.with_untracked(Vec::is_empty) {
            suggest(asking.clone(), offers);
        }
    };
    let list = list_id.clone().map(|id| {
        view! {
            <datalist id=id>
                {move || offers.get().into_iter().map(|word| view! { <option value=word></option> }).collect::<Vec<_>>()}
            </datalist>
        }
    });
    view! {
        <input class=class type=kind id=field.id() inputmode=mode autocomplete="off" list=list_id
            spellcheck=(class != "input").then_some("false")
            value=value.get_untracked() prop:value=move || value.get()
            disabled=true prop:disabled=move || !editable.get()
            aria-required=field.required().then_some("true")
            aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
            on:input=input on:focus=look on:blur=move |_| left.run(())/>
        {list}
    }
}

/// Paragraphs, or code.
pub(super) fn paragraphs(field: &Field) -> Node {
    let code = schema::kind(&field.schema) == Kind::Code;
    textarea(Textarea {
        id: field.id(),
        class: if code { "textarea textarea--code" } else { "textarea" },
        name: None,
        language: None,
        rows: 3,
        value: field.text(),
        editable: field.editable(),
        described: field.described(),
        invalid: field.invalid(),
        input: field.typed(),
        left: field.left(),
        place: NodeRef::<html::Textarea>::new(),
    })
}

/// The values that other records of the section have in this field.
fn suggest(field: Field, offers: RwSignal<Vec<String>>) {
    leptos::task::spawn_local(async move {
        let query = ListQuery { limit: 200, page: 1, ..ListQuery::default() };
        let Ok(list) = calls::list(field.form.section.to_owned(), query).await else { return };
        // Each goes to its place at once: sorting would be more code than all else here.
        let mut words: Vec<String> = Vec::new();
        for row in &list.rows {
            let word = row.value.get(&*field.name).and_then(serde_json::Value::as_str).unwrap_or_default();
            let place = words.partition_point(|known| known.as_str() < word);
            if !word.is_empty() && words.get(place).is_none_or(|known| known != word) {
                words.insert(place, word.to_owned());
            }
        }
        offers.try_set(words);
    });
}

/// The zones that this browser knows.
fn time_zones() -> Vec<String> {
    // `Intl.supportedValuesOf` is younger than our oldest browsers; without it the person types.
    let zones = || -> Result<js_sys::Array, JsValue> {
        let intl = js_sys::Reflect::get(&js_sys::global(), &"Intl".into())?;
        let ask = js_sys::Reflect::get(&intl, &"supportedValuesOf".into())?.dyn_into::<js_sys::Function>()?;
        ask.call1(&intl, &"timeZone".into())?.dyn_into()
    };
    zones().map(|zones| zones.iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default()
}
