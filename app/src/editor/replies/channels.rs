//! What each channel gets: texts of its own, and whether what it gets fits.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::texts::{self, Texts};
use super::{Editor, preview};
use crate::field::{CHANNELS, Channel};
use crate::form::items::widget_of;
use crate::form::{Field, inner};
use crate::markup::{Node, view};
use crate::schema;
use crate::sections::replies::limits::{Unit, measure};
use crate::ui::icon;
use crate::words::{key, option_text, t, tf};

/// The channel of a code.
fn channel_of(code: &str) -> Option<Channel> {
    crate::value::read(Value::from(code)).ok()
}

/// Draws them.
pub(super) fn channels(editor: Editor) -> Option<Node> {
    let form = editor.form;
    let schema = form.schema();
    let property = schema::fields(&schema).find(|(name, _)| *name == "channels")?.1;
    let field = Field::new(form, "/channels", "channels", property);
    let body = Callback::new(move |(at, each): (String, Arc<Value>)| {
        let code = [&*at, "/channel"].concat();
        let channel = Signal::derive(move || {
            form.draft.with(|draft| draft.pointer(&code).and_then(Value::as_str).and_then(channel_of))
        });
        let own = Texts::at(form, &at, &each, Some(channel)).map(|own| texts::columns(editor, &own));
        view! { {inner(form, &at, &each, &["text"])} {own} }
    });
    let said = field.said(false);
    Some(view! {
        <fieldset class="group">
            <legend class="group__title">{field.label()}</legend>
            <p class="group__help">{t(key::REPLY_CHANNELS_HELP)}</p>
            {fitting(editor, &field)}
            <div class="stack">{widget_of(&field, body)}</div>
            {move || crate::ui::field::sentences("field-channels-problem", &said.get())}
        </fieldset>
    })
}

/// How a text fits a channel, in every language.
#[derive(Clone, PartialEq, Eq)]
struct Fit {
    channel: &'static str,
    own: bool,
    /// Language, length as told, fits.
    lengths: Vec<(String, String, bool)>,
}

/// The channels that set a limit, and what each gets; one click gives a channel a text of its own.
fn fitting(editor: Editor, field: &Field) -> Node {
    let form = editor.form;
    let fits = Memo::new(move |_| {
        form.draft
            .with(|draft| CHANNELS.iter().filter_map(|code| fit(editor, draft, code)).collect::<Vec<_>>())
    });
    let field = field.clone();
    let editable = field.editable();
    let rows = move || {
        fits.get()
            .into_iter()
            .map(|fit| {
                let channel = fit.channel;
                let name = option_text("channel", channel).to_owned();
                let over = fit.lengths.iter().any(|(_, _, fits)| !fits);
                let lengths: Vec<_> = fit
                    .lengths
                    .into_iter()
                    .map(|(tag, length, fits)| {
                        let class = if fits { "length" } else { "length length--over" };
                        view! { <span class=class>{(!fits).then(|| icon("triangle-alert"))} <span><code>{tag}</code> " " {length}</span></span> }
                    })
                    .collect();
                let add = {
                    let field = field.clone();
                    let word = tf(key::REPLY_OWN_TEXT_FOR, &[("name", &name)]);
                    (!fit.own && over).then(|| view! {
                        <button class="button button--plain button--small" type="button" aria-label=word
                            prop:disabled=move || !editable.get() on:click=move |_| own_text(&field, channel)>
                            {icon("plus")} <span>{t(key::REPLY_OWN_TEXT)}</span>
                        </button>
                    })
                };
                let which = if fit.own { key::REPLY_ITS_OWN } else { key::REPLY_COMMON };
                view! {
                    <li class="fits__one">
                        <span class="fits__name">{name}</span>
                        <span class="fits__which">{t(which)}</span>
                        <span class="fits__lengths">{lengths}</span>
                        {add}
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    view! { <ul class="fits" aria-label=t(key::REPLY_FITS)>{rows}</ul> }
}

fn fit(editor: Editor, draft: &Value, code: &'static str) -> Option<Fit> {
    let channel = channel_of(code)?;
    let variant = draft.get("channels").and_then(Value::as_array).into_iter().flatten();
    let own = variant.clone().find(|one| one.get("channel").and_then(Value::as_str) == Some(code));
    let own = own.and_then(|one| one.get("text")).and_then(Value::as_object);
    let says = |map: &&Map<String, Value>| {
        map.values().any(|text| text.as_str().is_some_and(|text| !text.trim().is_empty()))
    };
    let own = own.filter(says);
    let texts = own.or_else(|| draft.get("text").and_then(Value::as_object))?;
    let lengths: Vec<_> = texts
        .iter()
        .filter_map(|(tag, text)| {
            let text = text.as_str().filter(|text| !text.trim().is_empty())?;
            let measure = measure(channel, &preview::rendered(editor, text, tag).text)?;
            let unit = match measure.unit {
                Unit::Bytes => t(key::REPLY_BYTES),
                Unit::Segments => t(key::REPLY_SEGMENTS),
                Unit::Utf16 | Unit::Characters => "",
            };
            let told = [&measure.length.to_string(), " / ", &measure.max.to_string(), " ", unit].concat();
            Some((tag.clone(), told.trim_end().to_owned(), measure.fits()))
        })
        .collect();
    (!lengths.is_empty()).then(|| Fit { channel: code, own: own.is_some(), lengths })
}

/// Gives a channel a text of its own: the common one, to be shortened.
fn own_text(field: &Field, channel: &str) {
    let form = field.form;
    let (mut list, text, translated) = form.draft.with_untracked(|draft| {
        let part = |name: &str| draft.get(name).cloned().unwrap_or_else(|| json!({}));
        let list = draft.get("channels").and_then(Value::as_array).cloned().unwrap_or_default();
        (list, part("text"), part("translated"))
    });
    let one = json!({ "channel": channel, "text": text, "translated": translated });
    match list.iter_mut().find(|known| known.get("channel").and_then(Value::as_str) == Some(channel)) {
        Some(known) => *known = one,
        None => list.push(one),
    }
    field.set(list);
}
