//! Taking the section out as a file, and the way to reading one in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::Directory;
use crate::backend::Can;
use crate::calls;
use crate::frame::report;
use crate::markup::{IntoNode, Node, view};
use crate::section::extra::{Extra, extra};
use crate::ui::{awake, hide_popover, icon, popover_class};
use crate::value::{parse_json, pretty};
use crate::words::{Word, key, t};

const MENU: &str = "list-more";

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
}

impl Format {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// The menu of the list: import and export, by right.
pub(super) fn menu(directory: Directory, can: Can) -> Node {
    if !can.edit && !can.export {
        return ().into_node();
    }
    let importing = RwSignal::new(false);
    let awake = awake();
    let item = |picture: &'static str, word: Word, act: Callback<()>| {
        let press = move |_| {
            hide_popover(MENU);
            act.run(());
        };
        view! {
            <li><button class="menu__item" type="button" on:click=press>{icon(picture)} <span>{t(word)}</span></button></li>
        }
    };
    let content = view! {
        <ul class="menu__list">
            {can.edit.then(|| item("upload", key::IMPORT, Callback::new(move |()| importing.set(true))))}
            {can.export.then(|| view! {
                {item("download", key::EXPORT_CSV, Callback::new(move |()| save(directory, Format::Csv, None)))}
                {item("download", key::EXPORT_JSON, Callback::new(move |()| save(directory, Format::Json, None)))}
            })}
        </ul>
    };
    view! {
        <button class="button button--quiet button--icon" type="button" popovertarget=MENU
            aria-label=t(key::MORE_ACTIONS) disabled=true prop:disabled=move || !awake.get()>{icon("ellipsis")}</button>
        {popover_class(MENU, "popover popover--end menu", content)}
        {move || importing.get().then(|| extra(Extra::Import(directory, importing)))}
    }
}

/// Saves the section as a file; with `only`, the records of these keys.
pub(super) fn save(directory: Directory, format: Format, only: Option<Vec<String>>) {
    let section = directory.section.to_owned();
    spawn_local(async move {
        match calls::export(section.clone(), format.name().into()).await {
            Ok(text) => {
                let text = match only {
                    Some(keys) => chosen(&text, &keys),
                    None => text,
                };
                download(&[&section, ".", format.name()].concat(), &text);
            }
            Err(error) => report(&error),
        }
    });
}

/// Of an exported list, the records of these keys.
fn chosen(text: &str, keys: &[String]) -> String {
    let Ok(Value::Array(mut records)) = parse_json(text) else { return text.to_owned() };
    records.retain(|record| {
        record.get("key").and_then(Value::as_str).is_some_and(|key| keys.iter().any(|one| one == key))
    });
    pretty(&records.into()) + "\n"
}

/// Hands a text to the browser as a file.
fn download(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence(&parts) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has taken the file over by the time of the next picture.
    request_animation_frame(move || {
        let _ = Url::revoke_object_url(&url);
    });
}
