//! The editor of a quick reply: its texts side by side, what each channel and each operator gets of it, and a menu to try it in.

mod area;
mod audience;
mod channels;
mod column;
mod menu;
mod picker;
mod preview;
mod texts;

use leptos::lazy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::calls;
use crate::form::{Form, property};
use crate::frame::Session;
use crate::markup::{Node, view};
use crate::sections::replies::template::{EXTRA, Known, TemplateProblem, Variable, check};
use crate::ui::summary::focus;
use crate::words::{Word, key, option_text, t};

/// The client for whom previews are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Everything about them is known.
    Known,
    /// What a dialog may lack, theirs lacks.
    Stranger,
}

/// What every part of the editor works on.
#[derive(Clone, Copy)]
struct Editor {
    form: Form,
    who: RwSignal<Who>,
    /// The client fields that a text may name: alias and label. None until they have come, or to whoever may not view them.
    fields: RwSignal<Option<Vec<(String, String)>>>,
}

impl Editor {
    /// What is wrong with a text.
    fn mistakes(self, text: &str) -> Vec<TemplateProblem> {
        self.fields.with(|fields| {
            let aliases: Vec<&str> = fields.iter().flatten().map(|(alias, _)| alias.as_str()).collect();
            check(text, &Known { extra: &aliases, any_extra: fields.is_none() })
        })
    }

    /// What a variable means, in words.
    fn meaning(self, name: &str) -> String {
        let field = name.strip_prefix(EXTRA).and_then(|alias| {
            self.fields.with(|fields| {
                fields.iter().flatten().find(|(known, _)| known == alias).map(|(_, label)| label.clone())
            })
        });
        let known = || Variable::named(name).map(|known| option_text("variable", known.name).to_owned());
        field.or_else(known).unwrap_or_else(|| name.to_owned())
    }

    /// Asks for the client fields, once the page is awake.
    fn ask_fields(self) {
        Effect::new(move |asked: Option<bool>| {
            if asked.unwrap_or_default() || !self.form.awake.get() {
                return asked.unwrap_or_default();
            }
            let me = untrack(|| Session::get().known());
            if !me.is_some_and(|me| me.sections.get("client-fields").is_some_and(|can| can.view)) {
                return true;
            }
            spawn_local(async move {
                let Ok(view) = calls::record("client-fields".to_owned(), 0).await else { return };
                let fields = view.value.get("client_fields_json").and_then(Value::as_object);
                let label = |one: &Value| one.get("label").and_then(Value::as_str).map(str::to_owned);
                let named = |(alias, one): (&String, &Value)| {
                    (
                        alias.clone(),
                        label(one).filter(|label| !label.is_empty()).unwrap_or_else(|| alias.clone()),
                    )
                };
                self.fields.try_set(Some(fields.into_iter().flatten().map(named).collect()));
            });
            true
        });
    }
}

/// Draws it.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "only the browser waits for the chunk")
)]
#[lazy]
pub fn editor(form: Form) -> Node {
    let editor = Editor { form, who: RwSignal::new(Who::Known), fields: RwSignal::new(None) };
    editor.ask_fields();
    let one = |name: &str| property(form, name);
    Effect::new(move |found: Option<bool>| found.unwrap_or_default() || (form.awake.get() && goal()));
    view! {
        <div class="group">{one("title")} {one("shortcut")} {one("category")} {one("active")}</div>
        <fieldset class="group">
            <legend class="group__title">{t(key::REPLY_TEXT)}</legend>
            <p class="group__help">{t(key::REPLY_TEXT_HELP)}</p>
            {whose(editor)}
            {texts::main(editor)}
        </fieldset>
        {menu::menu(editor)}
        {channels::channels(editor)}
        <div class="group">{one("attachments")}</div>
        {(!form.personal).then(|| audience::audience(editor))}
        <div class="group">{one("review_on")}</div>
    }
}

/// Takes the focus to the field that the address names, once it is drawn: the list of what ought to be looked at leads there.
fn goal() -> bool {
    let hash = window().location().hash().unwrap_or_default();
    if let Some(id) = hash.strip_prefix('#').filter(|id| id.starts_with("field-")) {
        let id = id.to_owned();
        request_animation_frame(move || focus(&id));
    }
    true
}

/// Whose dialog the previews show.
fn whose(editor: Editor) -> Node {
    let one = |who: Who, word: Word| {
        view! {
            <button class="button button--plain button--small" type="button"
                aria-pressed=move || (editor.who.get() == who).to_string()
                on:click=move |_| editor.who.set(who)>{t(word)}</button>
        }
    };
    view! {
        <div class="row">
            <span id="reply-sample">{t(key::REPLY_SAMPLE)}</span>
            <div class="buttons" role="group" aria-labelledby="reply-sample">
                {one(Who::Known, key::REPLY_SAMPLE_KNOWN)} {one(Who::Stranger, key::REPLY_SAMPLE_STRANGER)}
            </div>
        </div>
    }
}
