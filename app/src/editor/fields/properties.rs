//! The properties of one field: those that every type has, and those of its own.

use std::time::Duration;

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::controls::{code, line, paragraphs, plain, select, short, switch, whole, words};
use super::headers::headers;
use super::options;
use super::sheet::Sheet;
use crate::form;
use crate::frame::is_save;
use crate::markup::{IntoNode, Node, view};
use crate::sections::fields::{FieldType, property_types};
use crate::text::slug;
use crate::ui::field::{Row, Said, field as row};
use crate::ui::icon;
use crate::ui::summary::{focus, once_drawn};
use crate::words::{key, t, tf};

/// What every field has.
const COMMON: [&str; 10] =
    ["type", "label", "default", "unique", "non_editable", "sortable", "required", "hint", "pinned", "group"];
/// The switches, in the order in which they are asked about.
const SWITCHES: [&str; 5] = ["required", "unique", "non_editable", "sortable", "pinned"];

/// Draws them.
pub(super) fn properties(sheet: Sheet, alias: &str) -> Node {
    let field = |name: &str| sheet.field(alias, name);
    let (named, reading) = (alias.to_owned(), alias.to_owned());
    let saved = Memo::new(move |_| sheet.is_saved(&reading));
    let key = {
        let alias = alias.to_owned();
        move || (!saved.get()).then(|| untrack(|| alias_row(sheet, &alias)))
    };
    let kind = sheet.kind(alias);
    let own = move || {
        let alias = named.clone();
        kind.get().map(|kind| untrack(|| own(sheet, &alias, kind)))
    };
    view! {
        {label(sheet, alias, saved)}
        {key}
        {type_row(sheet, alias)}
        {own}
        {SWITCHES.map(|name| switch(&field(name)))}
        {line(&field("hint"), plain)}
        {line(&field("group"), plain)}
        {strangers(sheet, alias)}
    }
}

/// The label; as long as a new field keeps the alias that it was given, the alias follows the label.
///
/// It follows when the person goes on, and then the row is drawn anew: what they went on to keeps its focus and its
/// click. A save goes on as well, and an alias that was saved stays for good.
fn label(sheet: Sheet, alias: &str, saved: Memo<bool>) -> Node {
    let field = sheet.field(alias, "label");
    let drawn = line(&field, kept);
    let (alias, kind) = (alias.to_owned(), sheet.kind(alias));
    let value = field.value();
    let follow = Callback::new(move |()| {
        let word = value.try_get_untracked().unwrap_or_default();
        let wanted = alias_of(word.as_str().unwrap_or_default());
        let given = kind.try_get_untracked().flatten().is_some_and(|kind| {
            let stem = kind.code().to_ascii_lowercase();
            alias == stem || alias.strip_prefix(&*stem).is_some_and(|rest| rest.starts_with('_'))
        });
        if saved.try_get_untracked() == Some(false)
            && given
            && !wanted.is_empty()
            && wanted != alias
            && !sheet.is_taken(&wanted, &alias)
        {
            let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
            let inside = focused.strip_prefix(&sheet.row_id(&alias));
            let inside = inside.filter(|rest| rest.is_empty() || rest.starts_with('-')).map(str::to_owned);
            sheet.rename(&alias, &wanted);
            if let Some(rest) = inside {
                let id = sheet.row_id(&wanted) + &rest;
                once_drawn(move || focus(&id));
            }
        }
    });
    let left = move |event: FocusEvent| {
        let stays = event
            .related_target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| target.closest(".items").is_ok_and(|list| list.is_some()));
        if sheet.pressed.get_value() {
            sheet.after_press.set_value(Some(follow));
        } else if stays {
            set_timeout(move || follow.run(()), Duration::ZERO);
        } else {
            follow.run(());
        }
    };
    let saves = move |event: KeyboardEvent| {
        if event.key() == "Enter" || is_save(&event) {
            follow.run(());
        }
    };
    view! { <div on:focusout=left on:keydown=saves>{drawn}</div> }
}

/// A label is there even when it is empty: then it is complained about.
#[expect(clippy::unnecessary_wraps, reason = "one of the ways to read a box")]
fn kept(text: &str) -> Option<Value> {
    Some(text.into())
}

/// The alias that a label suggests.
fn alias_of(label: &str) -> String {
    let slug = slug(label).replace('-', "_");
    let alias = slug.trim_start_matches(|sign: char| !sign.is_ascii_alphabetic());
    alias.chars().take(40).collect::<String>().trim_end_matches('_').to_owned()
}

/// The alias of a field that was never saved.
fn alias_row(sheet: Sheet, alias: &str) -> Node {
    let id = [&sheet.row_id(alias), "-alias"].concat();
    let refused = RwSignal::new(None::<&'static str>);
    let said = Signal::derive(move || {
        refused
            .get()
            .map(|text| Said { text: text.to_owned(), warning: false })
            .into_iter()
            .collect::<Vec<_>>()
    });
    let described = crate::ui::field::described(&id, true, said);
    let own = alias.to_owned();
    let change = move |ev| {
        let wanted = event_target_value(&ev).trim().to_owned();
        if !crate::schema::format::alias(&wanted) {
            refused.set(Some(t(key::FIELDS_ALIAS_BAD)));
        } else if sheet.is_taken(&wanted, &own) {
            refused.set(Some(t(key::FIELDS_ALIAS_TAKEN)));
        } else if wanted != own {
            sheet.rename(&own, &wanted);
        } else {
            refused.set(None);
        }
    };
    let editable = sheet.form.editable;
    let control = view! {
        <input class="input input--code" id=id.clone() autocomplete="off" spellcheck="false" maxlength="64"
            value=alias.to_owned() prop:value=alias.to_owned() disabled=true prop:disabled=move || !editable.get()
            aria-required="true" aria-describedby=move || described.get()
            aria-invalid=move || refused.get().map(|_| "true") on:change=change/>
    };
    let of = Row {
        id,
        label: t(key::FIELDS_ALIAS).to_owned(),
        key: String::new(),
        help: t(key::FIELDS_ALIAS_HELP).to_owned(),
        required: true,
        several: false,
        wide: false,
        changed: Signal::derive(|| false),
        editable: editable.into(),
        reset: Callback::new(|()| ()),
        said,
    };
    row(of, control)
}

/// The type. What only the old one understood goes with it.
fn type_row(sheet: Sheet, alias: &str) -> Node {
    let field = sheet.field(alias, "type");
    let options = form::options(&field.schema);
    let named = alias.to_owned();
    let change = Callback::new(move |code: String| {
        let Some(kind) = FieldType::of(&code) else { return };
        sheet.form.draft.update(|draft| {
            let place = draft.pointer_mut(&sheet.pointer(&named)).and_then(Value::as_object_mut);
            let Some(map) = place else { return };
            map.insert("type".into(), code.into());
            map.retain(|name, _| property_types(name).is_none_or(|types| types.contains(&kind)));
        });
    });
    select(&field, options, None, change)
}

/// What belongs to one type alone, and the default in the form that it has there.
fn own(sheet: Sheet, alias: &str, kind: FieldType) -> Node {
    let field = |name: &str| sheet.field(alias, name);
    let bound = |name: &str| sheet.bare(alias, name);
    let default = field("default");
    match kind {
        FieldType::String => view! {
            {line(&default, plain)}
            {code(&field("pattern"), plain)}
            {short(&field("min_length"), whole)}
            {short(&field("max_length"), whole)}
        },
        FieldType::Text => view! {
            {paragraphs(&default)}
            {code(&field("pattern"), plain)}
            {short(&field("min_length"), whole)}
            {short(&field("max_length"), whole)}
        },
        FieldType::Select => view! {
            {options::options(sheet, alias)}
            {options::default(sheet, alias)}
        },
        FieldType::SelectApi => source(sheet, alias),
        FieldType::File => view! {
            {line(&field("extensions"), words)}
            {short(&field("max_mb"), whole)}
        },
        FieldType::Integer => view! {
            {short(&default, whole)}
            {short(&bound("min"), whole)}
            {short(&bound("max"), whole)}
        },
        FieldType::BigInt => view! {
            {short(&default, plain)}
            {short(&bound("min"), plain)}
            {short(&bound("max"), plain)}
        },
        FieldType::Date => view! {
            {short(&default, plain)}
            {short(&field("min"), plain)}
            {short(&field("max"), plain)}
        },
        FieldType::Float => view! {
            {short(&default, plain)}
            {short(&bound("min"), plain)}
            {short(&bound("max"), plain)}
            {short(&field("decimals"), whole)}
        },
        FieldType::Boolean => switch(&default),
    }
}

/// Where the options of a list by API come from.
fn source(sheet: Sheet, alias: &str) -> Node {
    let outer = sheet.field(alias, "source");
    let part = |name: &str| {
        let pointer = [&*outer.pointer, "/", name].concat();
        let nothing = Value::Null;
        let schema = outer.note("properties").and_then(|all| all.get(name)).unwrap_or(&nothing);
        form::Field::new(sheet.form, &pointer, name, schema)
    };
    let inside = view! {
        {code(&part("url"), kept)}
        {code(&part("query_parameter"), plain)}
        {headers(&part("headers"))}
        {code(&part("list_path"), plain)}
        {code(&part("value_path"), plain)}
        {code(&part("label_path"), plain)}
        {short(&part("cache_seconds"), whole)}
        {short(&part("timeout"), whole)}
    };
    view! {
        <fieldset class="group" id=outer.id()>
            <legend class="group__title">{outer.label()}</legend>
            {inside}
        </fieldset>
    }
}

/// What the panel or another program keeps in the definition: it is said, and left alone.
fn strangers(sheet: Sheet, alias: &str) -> Node {
    let pointer = sheet.pointer(alias);
    let names = Memo::new(move |_| {
        sheet.form.draft.with(|draft| {
            let map = draft.pointer(&pointer).and_then(Value::as_object);
            let strange = |name: &&String| !COMMON.contains(&name.as_str()) && property_types(name).is_none();
            let names: Vec<&str> =
                map.into_iter().flat_map(|map| map.keys()).filter(strange).map(String::as_str).collect();
            names.join(", ")
        })
    });
    (move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            view! {
                <p class="field__problem field__problem--warning">
                    {icon("triangle-alert")} <span>{tf(key::FIELDS_UNKNOWN, &[("names", &names)])}</span>
                </p>
            }
        })
    })
    .into_node()
}
