//! Files that a record carries: dropped or chosen, sent at once with their progress told, taken out again.

use std::sync::Arc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

use super::Field;
use super::upload::{Sending, send};
use crate::error::Error;
use crate::frame::error_text;
use crate::markup::{IntoNode, Node, view};
use crate::section::escape;
use crate::ui::icon;
use crate::ui::size::size;
use crate::words::{key, t, tf, tn};

/// A file that is being sent, or that could not be.
#[derive(Clone)]
struct Coming {
    number: i64,
    name: Arc<str>,
    /// Hundredths sent.
    sent: RwSignal<u32>,
    refused: RwSignal<Option<String>>,
    sending: RwSignal<Option<SendWrapper<Sending>>>,
}

#[derive(Clone)]
struct Attached {
    field: Field,
    value: Memo<Value>,
    coming: RwSignal<Vec<Coming>>,
    count: StoredValue<i64>,
    said: RwSignal<String>,
}

/// Draws it.
pub(super) fn widget(field: &Field) -> Node {
    let attached = Attached {
        field: field.clone(),
        value: field.value(),
        coming: RwSignal::new(Vec::new()),
        count: StoredValue::new(0),
        said: RwSignal::new(String::new()),
    };
    let (value, coming, said) = (attached.value, attached.coming, attached.said);
    let max = field.note("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let carried = {
        let attached = attached.clone();
        move || {
            let files = value.with(|value| value.as_array().cloned().unwrap_or_default());
            let rows: Vec<Node> = files.iter().enumerate().map(|(n, file)| attached.row(n, file)).collect();
            (!rows.is_empty()).then(|| view! { <ul class="attached">{rows}</ul> })
        }
    };
    let on_the_way = {
        let attached = attached.clone();
        move || {
            let rows: Vec<(i64, Node)> =
                coming.get().into_iter().map(|one| (one.number, attached.on_the_way(one))).collect();
            (!rows.is_empty()).then(|| view! { <ul class="attached">{Node::Keyed(rows)}</ul> })
        }
    };
    let full = Memo::new(move |_| {
        let standing = value.with(|value| value.as_array().map_or(0, Vec::len)) as u64;
        let sending =
            coming.with(|all| all.iter().filter(|one| one.refused.with(Option::is_none)).count()) as u64;
        standing + sending >= max
    });
    let area = {
        let attached = attached.clone();
        move || {
            if full.get() {
                return view! { <p class="field__help">{tn(key::ATTACH_FULL, max as i64)}</p> };
            }
            attached.drop_area(max)
        }
    };
    view! {
        <div class="attachments">
            {carried} {on_the_way} {area}
            <span class="visually-hidden" role="status">{move || said.get()}</span>
        </div>
    }
}

fn text<'f>(file: &'f Value, name: &str) -> &'f str {
    file.get(name).and_then(Value::as_str).unwrap_or_default()
}

impl Attached {
    /// A file that the record carries.
    fn row(&self, n: usize, file: &Value) -> Node {
        let name = text(file, "name").to_owned();
        let bytes = file.get("size").and_then(Value::as_u64).unwrap_or_default();
        let href = ["/api/v1/blobs/", text(file, "hash"), "?name=", &escape(&name)].concat();
        let editable = self.field.editable();
        let (field, value) = (self.field.clone(), self.value);
        let remove = move |_| {
            let mut files = value.with_untracked(|value| value.as_array().cloned().unwrap_or_default());
            if n < files.len() {
                files.remove(n);
                field.set(files);
            }
        };
        view! {
            <li class="attached__file">
                {icon("paperclip")}
                <a class="attached__name" href=href rel="external" download=name.clone()>{name.clone()}</a>
                <span class="attached__size">{size(bytes)}</span>
                <button class="button button--quiet button--icon button--small attached__remove" type="button" disabled=true
                    prop:disabled=move || !editable.get() aria-label=tf(key::REMOVE_NAMED, &[("name", &name)])
                    on:click=remove>{icon("trash-2")}</button>
            </li>
        }
    }

    /// A file that is being sent, or why it could not be.
    fn on_the_way(&self, one: Coming) -> Node {
        let Coming { number, name, sent, refused, sending } = one;
        let coming = self.coming;
        let away = move |_| {
            if let Some(sending) = sending.get_untracked() {
                sending.cancel();
            }
            coming.update(|all| all.retain(|one| one.number != number));
        };
        let label = tf(key::ATTACH_UPLOADING, &[("name", &name)]);
        let state = move || match refused.get() {
            Some(why) => view! {
                <span class="attached__refusal" role="alert">{icon("circle-alert")} <span>{why}</span></span>
            },
            None => view! {
                <progress class="progress__bar" max="100" value=move || sent.get() aria-label=label.clone()></progress>
            },
        };
        view! {
            <li class="attached__file" class:attached__file--refused=move || refused.with(Option::is_some)>
                {icon("paperclip")} <span class="attached__name">{name.clone()}</span> {state}
                <button class="button button--quiet button--icon button--small attached__remove" type="button"
                    aria-label=tf(key::ATTACH_CANCEL, &[("name", &name)]) on:click=away>{icon("x")}</button>
            </li>
        }
    }

    fn drop_area(&self, max: u64) -> Node {
        let over = RwSignal::new(false);
        let editable = self.field.editable();
        let (described, invalid) = (self.field.described(), self.field.invalid());
        let (chosen, dropped) = (self.clone(), self.clone());
        let choose = move |ev: leptos::ev::Event| {
            let Some(input) = ev.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            else {
                return;
            };
            chosen.send_all(input.files(), max);
            input.set_value("");
        };
        view! {
            <label class="drop" class:drop--over=move || over.get()
                on:dragover=move |ev: DragEvent| {
                    ev.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=move |ev: DragEvent| {
                    ev.prevent_default();
                    over.set(false);
                    if editable.get_untracked() {
                        dropped.send_all(ev.data_transfer().and_then(|carried| carried.files()), max);
                    }
                }>
                <input class="drop__input" type="file" multiple=true id=self.field.id() disabled=true
                    prop:disabled=move || !editable.get() aria-describedby=move || described.get()
                    aria-invalid=move || invalid.get().then_some("true") on:change=choose/>
                {icon("upload")} <span class="drop__word">{t(key::ATTACH_DROP)}</span>
            </label>
        }
        .into_node()
    }

    fn send_all(&self, files: Option<FileList>, max: u64) {
        let Some(files) = files else { return };
        let standing = self.value.with_untracked(|value| value.as_array().map_or(0, Vec::len)) as u64;
        let room = max.saturating_sub(standing + self.coming.with_untracked(Vec::len) as u64);
        for file in (0..files.length()).filter_map(|n| files.get(n)).take(room as usize) {
            let number = self.count.with_value(|count| count + 1);
            self.count.set_value(number);
            let one = Coming {
                number,
                name: file.name().into(),
                sent: RwSignal::new(0),
                refused: RwSignal::new(None),
                sending: RwSignal::new(None),
            };
            self.coming.update(|all| all.push(one.clone()));
            let sent = one.sent;
            let progress = Callback::new(move |hundredths| {
                sent.try_set(hundredths);
            });
            let (arrived, arriving) = (self.clone(), one.clone());
            let done = Callback::new(move |outcome| arrived.arrived(&arriving, outcome));
            if let Some(sending) = send(&file, progress, done) {
                one.sending.set(Some(SendWrapper::new(sending)));
            }
        }
    }

    /// The server has it, or says why not.
    fn arrived(&self, one: &Coming, outcome: Result<Value, Error>) {
        match outcome {
            Ok(made) => {
                // The page may have gone on to another record meanwhile.
                let Some(value) = self.value.try_get_untracked() else { return };
                let mut files = value.as_array().cloned().unwrap_or_default();
                if !files.iter().any(|file| text(file, "hash") == text(&made, "hash")) {
                    files.push(made);
                    self.field.set(files);
                }
                self.said.try_set(tf(key::ATTACH_ADDED, &[("name", &one.name)]));
                let number = one.number;
                self.coming.try_update(|all| all.retain(|one| one.number != number));
            }
            Err(error) => drop(one.refused.try_set(Some(error_text(&error)))),
        }
    }
}
