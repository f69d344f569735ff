//! A text in each language of the instance.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::Field;
use crate::markup::{Node, view};
use crate::schema;
use crate::ui::textarea::{Textarea, textarea};
use crate::words::{Word, key, t};

/// The name of a language whose tag stands beside a field.
pub(crate) fn language_name(tag: &str) -> String {
    let known: Option<Word> = match tag.split('-').next().unwrap_or_default() {
        "uk" => Some(key::LANGUAGE_UK),
        "en" => Some(key::LANGUAGE_EN),
        "pl" => Some(key::LANGUAGE_PL),
        "de" => Some(key::LANGUAGE_DE),
        "ro" => Some(key::LANGUAGE_RO),
        "ru" => Some(key::LANGUAGE_RU),
        "fr" => Some(key::LANGUAGE_FR),
        "es" => Some(key::LANGUAGE_ES),
        "it" => Some(key::LANGUAGE_IT),
        "tr" => Some(key::LANGUAGE_TR),
        "cs" => Some(key::LANGUAGE_CS),
        "hu" => Some(key::LANGUAGE_HU),
        _ => None,
    };
    known.map_or_else(|| tag.to_owned(), |word| t(word).to_owned())
}

/// The languages of a value: those of the instance, then others that it still holds.
pub(crate) fn tags(field: &Field) -> Vec<String> {
    let mut tags = field.form.languages().to_vec();
    let value = field.value().get_untracked();
    if let Some(map) = value.as_object() {
        tags.extend(map.keys().filter(|tag| !field.form.languages().contains(tag)).cloned());
    }
    tags
}

/// The text in one language.
pub(crate) fn text_in(field: &Field, tag: &str) -> Signal<String> {
    let (value, tag) = (field.value(), tag.to_owned());
    Memo::new(move |_| {
        value.with(|value| value.get(&tag).and_then(Value::as_str).unwrap_or_default().to_owned())
    })
    .into()
}

/// Writes the text in one language; an empty one is taken out. Languages keep the order of the instance.
pub(crate) fn write_in(field: &Field, tag: &str, text: String) {
    let mut old = field.value().get_untracked().as_object().cloned().unwrap_or_default();
    if text.is_empty() {
        old.shift_remove(tag);
    } else {
        old.insert(tag.to_owned(), text.into());
    }
    let languages: Arc<Vec<String>> = field.form.languages();
    let mut new = Map::new();
    for tag in languages.iter() {
        if let Some(text) = old.shift_remove(tag) {
            new.insert(tag.clone(), text);
        }
    }
    new.extend(old);
    field.set(Value::Object(new));
}

/// Draws one input, or one box of paragraphs, for each language.
pub(crate) fn widget(field: &Field) -> Node {
    let each = schema::note(&field.schema, "additionalProperties").cloned().unwrap_or_default();
    let long = schema::note(&each, "x-multiline") == Some(&Value::Bool(true));
    let first = field.form.languages().first().cloned();
    let rows: Vec<_> = tags(field)
        .into_iter()
        .map(|tag| {
            let required = field.required() && first.as_ref() == Some(&tag);
            let id = format!("{}-{tag}", field.id());
            let value = text_in(field, &tag);
            let (editable, described, invalid, left) =
                (field.editable(), field.described(), field.invalid(), field.left());
            let input = {
                let (field, tag) = (field.clone(), tag.clone());
                Callback::new(move |text: String| write_in(&field, &tag, text))
            };
            let control = if long {
                textarea(Textarea {
                    id: id.clone(),
                    class: "textarea",
                    name: None,
                    language: Some(tag.clone()),
                    rows: 3,
                    value,
                    editable,
                    described,
                    invalid,
                    input,
                    left,
                    place: NodeRef::<html::Textarea>::new(),
                })
            } else {
                view! {
                    <input class="input" id=id.clone() lang=tag.clone() autocomplete="off"
                        value=value.get_untracked() prop:value=move || value.get()
                        disabled=true prop:disabled=move || !editable.get()
                        aria-required=required.then_some("true")
                        aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                        on:input=move |ev| input.run(event_target_value(&ev)) on:blur=move |_| left.run(())/>
                }
            };
            view! {
                <div class="words__row">
                    <label class="words__code" for=id>
                        <abbr title=language_name(&tag)>{tag.clone()}</abbr>
                        {required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> })}
                    </label>
                    {control}
                </div>
            }
        })
        .collect();
    view! { <div class="words" id=field.id()>{rows}</div> }
}
