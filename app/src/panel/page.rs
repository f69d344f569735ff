//! `/preview`: the panel with what is saved, or, framed, with what the page around tells it.

use leptos::lazy;
use leptos::prelude::*;
use leptos_router::LazyRoute;
use serde_json::Value;

use super::asking;
use super::draw;
use super::pick;
use super::settings::{Draft, Settings};
use super::state::{Panel, Step, Tab};
use super::talk::{self, Message};
use super::words;
use crate::ask::{Asked, ask};
use crate::backend::PanelSettings;
use crate::calls::question;
use crate::frame::{Frame, News, Page, Theme, apart, title};
use crate::markup::{Node, awaited, view};
use crate::value;

/// `/preview`, and what it has begun to read; framed it reads nothing.
#[derive(Clone, Copy)]
pub struct PreviewPage(Option<Asked>);

impl LazyRoute for PreviewPage {
    fn data() -> Self {
        Self((!Page::current().framed).then(|| ask(question::panel)))
    }

    async fn view(this: Self) -> AnyView {
        apart::words_apart().await;
        preview(this.0).await.into_any()
    }
}

#[lazy]
fn preview(asked: Option<Asked>) -> Node {
    let drawn = match asked {
        None => framed(),
        Some(asked) => awaited(|| Node::Nothing, move || saved(asked)),
    };
    view! { {title(words::PANEL.now())} {drawn} }
}

/// The theme that the page was asked for; `system` follows the system.
fn theme() -> &'static str {
    match Page::current().theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::System => "system",
    }
}

/// The whole page: what is saved, and a bar over it.
fn saved(asked: Asked) -> Node {
    // Read once and not followed: later answers go to the panel that is there.
    let Some(answer) = untrack(|| asked.get()).or_else(|| asked.get()) else { return Node::Nothing };
    untrack(|| {
        let answer = answer.read::<PanelSettings>();
        let failed = answer
            .is_err()
            .then(|| view! { <p class="preview__failed" role="alert">{words::NO_ANSWER.now()}</p> });
        let settings = answer.map_or_else(|_| Settings::default(), |saved| Settings::new((*saved).clone()));
        let panel = Panel::new(settings, theme());
        Effect::new(move |_| {
            if let Some(Ok(saved)) = asked.get().map(|answer| answer.read::<PanelSettings>()) {
                panel.settings.update(|settings| settings.take_saved((*saved).clone()));
            }
        });
        Frame::get().live.subscribe(Callback::new(move |_: News| asked.refetch()));
        super::skin::follow(panel);
        asking::follow(panel, false);
        view! {
            <header class="preview__bar">
                <a class="preview__back" href="/settings" rel="external">{words::BACK.now()}</a>
                <span class="preview__themes" role="group" aria-label=words::THEME.now()>
                    {themed(panel, "light", words::LIGHT)} {themed(panel, "dark", words::DARK)}
                </span>
            </header>
            {failed}
            {draw::panel(panel)}
        }
    })
}

fn themed(panel: Panel, theme: &'static str, word: words::Said) -> Node {
    let on = move || panel.theme.get() == theme;
    view! {
        <button type="button" class="preview__theme" aria-pressed=move || if on() { "true" } else { "false" }
            on:click=move |_| panel.theme.set(theme)>{word.now()}</button>
    }
}

/// The panel in its frame: it says when it listens, and shows what it is told.
fn framed() -> Node {
    let panel = Panel::new(Settings::default(), theme());
    if !cfg!(feature = "ssr") {
        super::skin::follow(panel);
        pick::follow(panel);
        asking::follow(panel, true);
        talk::listen(talk::parent, move |kind, message| hear(panel, kind, message));
        // Whoever tries the keys here and wants to save means the form beside it.
        Effect::new(move |_| {
            window_event_listener(leptos::ev::keydown, move |event: leptos::ev::KeyboardEvent| {
                if crate::frame::is_save(&event) {
                    event.prevent_default();
                    talk::tell_parent(&talk::plain("save"));
                }
            });
        });
        let awake = Frame::get().awake;
        Effect::new(move |_| {
            if awake.get() {
                talk::tell_parent(&talk::plain("ready"));
            }
        });
    }
    draw::panel(panel)
}

fn hear(panel: Panel, kind: &str, message: &Message) {
    match kind {
        "saved" => {
            let sections = message.value("sections").unwrap_or_default();
            let wrapped = serde_json::json!({ "sections": sections });
            if let Ok(saved) = value::read::<PanelSettings>(wrapped) {
                panel.settings.update(|settings| settings.take_saved(saved));
            }
        }
        "value" => {
            let section = message.text("section").unwrap_or_default();
            let id = message.value("id").as_ref().and_then(Value::as_i64).unwrap_or_default();
            let first = panel.settings.with_untracked(|settings| !settings.is_edited(&section));
            let value = message.value("value").unwrap_or_default();
            panel
                .settings
                .update(|settings| settings.take_draft(Draft { section: section.clone(), id, value }));
            if first {
                show(panel, &section);
            }
        }
        "found" => {
            let number = message.value("number").as_ref().and_then(Value::as_u64).unwrap_or_default();
            panel.answered(number as u32, message.value("list").unwrap_or_default());
        }
        "css" => panel.css.set(message.text("css")),
        "look" => {
            panel.theme.set(if message.text("theme").as_deref() == Some("dark") { "dark" } else { "light" });
        }
        "pick" => panel.pick.set(message.value("on") == Some(Value::Bool(true))),
        _ => {}
    }
}

/// Opens what the section is about. The focus stays in the form beside.
fn show(panel: Panel, section: &str) {
    match section {
        "client-card" | "client-fields" => {
            panel.tab.set(Tab::Client);
            panel.step.set(Step::Side);
        }
        "tags" => panel.tagging.set(true),
        "replies" | "reply-categories" => panel.show_menu(),
        _ => {}
    }
}
