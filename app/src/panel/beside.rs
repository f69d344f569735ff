//! The sample beside a form: its frame, and the buttons over it.

use leptos::lazy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};
use web_sys::Window;

use super::asking::{self, Wanted};
use super::talk;
use crate::calls;
use crate::form::Form;
use crate::frame::{News, Theme, apart, guard, live};
use crate::markup::{IntoNode, Node, later, view, woken};
use crate::ui::icon;
use crate::value;
use crate::words::{Word, key, language, t};

/// The sections whose value the panel acts on.
pub const SECTIONS: &[&str] =
    &["tags", "reply-categories", "replies", "hotkeys", "styles", "client-card", "client-fields", "files"];

/// The sample of the section of a form, once the page is awake; nothing where the panel doesn't act on the section.
pub fn beside(form: Form) -> Node {
    let known = SECTIONS.contains(&form.section);
    let drawn = move || {
        // What is beside the form does not stand in the way of its waking.
        let woken = woken();
        later(async move {
            woken.await;
            apart::words_apart().await;
            // The page is at rest now, and whoever sees a sample may open an editor next.
            spawn_local(apart::for_editors());
            sample(form).await
        })
    };
    (move || (known && form.awake.get()).then(drawn)).into_node()
}

/// How wide the panel is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Fit,
    Phone,
    Tablet,
    Wide,
}

impl Width {
    const ALL: [Self; 4] = [Self::Fit, Self::Phone, Self::Tablet, Self::Wide];

    const fn class(self) -> &'static str {
        match self {
            Self::Fit => "sample__stage",
            Self::Phone => "sample__stage sample__stage--phone",
            Self::Tablet => "sample__stage sample__stage--tablet",
            Self::Wide => "sample__stage sample__stage--wide",
        }
    }

    const fn word(self) -> Word {
        match self {
            Self::Fit => key::SAMPLE_FIT,
            Self::Phone => key::SAMPLE_PHONE,
            Self::Tablet => key::SAMPLE_TABLET,
            Self::Wide => key::SAMPLE_WIDE,
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Fit => "maximize",
            Self::Phone => "smartphone",
            Self::Tablet => "tablet",
            Self::Wide => "monitor",
        }
    }
}

/// The frame and what it is told.
#[derive(Clone, Copy)]
struct Line {
    form: Form,
    frame: NodeRef<leptos::html::Iframe>,
    /// It listens.
    ready: RwSignal<bool>,
    dark: RwSignal<bool>,
    pick: RwSignal<bool>,
    /// What is saved; `null` until it has been read.
    saved: RwSignal<Value>,
    /// The draft is on its way with the next picture.
    waiting: StoredValue<bool>,
    /// What the frame was told of the draft.
    told: StoredValue<Value>,
}

impl Line {
    fn window(self) -> Option<Window> {
        self.frame.try_get_untracked()??.content_window()
    }

    fn send(self, message: &Value) {
        if let Some(window) = self.window() {
            talk::send(&window, message, "*");
        }
    }

    /// Reads what is saved, and tells it.
    fn read(self) {
        spawn_local(async move {
            // Without an answer the panel shows its own sample, and the draft over it.
            if let Ok(saved) = calls::answer(calls::question::panel()).await.read::<Value>() {
                self.saved.try_set((*saved).clone());
            }
        });
    }

    /// Asks the server what the frame may not ask it, with the reader's rights.
    fn find(self, number: Value, wanted: Wanted) {
        spawn_local(async move {
            let list = asking::answer(wanted).await;
            self.send(&json!({ "pult": "found", "number": number, "list": list }));
        });
    }

    /// Sends the draft with the next picture, however often it changes until then.
    fn draft(self) {
        if self.waiting.get_value() {
            return;
        }
        self.waiting.set_value(true);
        request_animation_frame(move || {
            if self.waiting.try_set_value(false).is_none() {
                self.now();
            }
        });
    }

    fn now(self) {
        let Some(mut value) = self.form.draft.try_get_untracked() else { return };
        // A style sheet is told apart, as the server has confined it.
        if self.form.section == "styles" {
            value::remove(&mut value, "/css");
        }
        let id = self.form.id_now();
        let message = json!({ "pult": "value", "section": self.form.section, "id": id, "value": value });
        if self.told.with_value(|told| *told != message) {
            self.send(&message);
            self.told.set_value(message);
        }
    }

    /// Keeps the frame up with everything.
    fn follow(self) {
        talk::listen(
            move || self.window(),
            move |kind, message| match kind {
                "ready" => {
                    self.told.set_value(Value::Null);
                    self.ready.set(true);
                    self.ready.notify();
                }
                "picked" => {
                    self.form.sample.picked.set(message.text("part"));
                }
                "save" => guard().save(),
                "find" => {
                    let category = message.value("category").as_ref().and_then(Value::as_i64);
                    let wanted = Wanted { words: message.text("words").unwrap_or_default(), category };
                    self.find(message.value("number").unwrap_or_default(), wanted);
                }
                _ => {}
            },
        );
        Effect::new(move |_| {
            let theme = if self.dark.get() { "dark" } else { "light" };
            if self.ready.get() {
                self.send(&json!({ "pult": "look", "theme": theme }));
            }
        });
        Effect::new(move |_| {
            let on = self.pick.get();
            if self.ready.get() {
                self.send(&json!({ "pult": "pick", "on": on }));
            }
        });
        Effect::new(move |_| {
            let saved = self.saved.get();
            if self.ready.get() && !saved.is_null() {
                let sections = saved.get("sections").cloned().unwrap_or_default();
                self.send(&json!({ "pult": "saved", "sections": sections }));
            }
        });
        Effect::new(move |_| {
            let css = self.form.sample.css.get();
            if self.ready.get()
                && let Some((css, window)) = css.zip(self.window())
            {
                talk::send_text(&window, "css", &css, "*");
            }
        });
        Effect::new(move |_| {
            self.form.draft.track();
            if self.ready.get() {
                self.draft();
            }
        });
        let hear = Callback::new(move |_: News| self.read());
        live().subscribe(hear);
        self.read();
    }
}

/// The console's own theme at this moment.
fn is_dark() -> bool {
    match crate::frame::Frame::get().theme.get_untracked() {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches()),
    }
}

#[lazy]
fn sample(form: Form) -> Node {
    let dark = is_dark();
    let line = Line {
        form,
        frame: NodeRef::new(),
        ready: RwSignal::new(false),
        dark: RwSignal::new(dark),
        pick: RwSignal::new(false),
        saved: RwSignal::new(Value::Null),
        waiting: StoredValue::new(false),
        told: StoredValue::new(Value::Null),
    };
    line.follow();
    let width = RwSignal::new(Width::Fit);
    let theme = if dark { "dark" } else { "light" };
    let src = ["/preview?framed=1&theme=", theme, "&lang=", language().tag()].concat();
    let themes =
        [(false, "sun", key::SAMPLE_LIGHT), (true, "moon", key::SAMPLE_DARK)].map(|(on, picture, word)| {
            choice(picture, word, Signal::derive(move || line.dark.get() == on), move || line.dark.set(on))
        });
    let widths = Width::ALL.map(|one| {
        choice(one.icon(), one.word(), Signal::derive(move || width.get() == one), move || width.set(one))
    });
    let pick = (form.section == "styles").then(|| {
        choice("eye", key::SAMPLE_PICK, line.pick.into(), move || line.pick.update(|on| *on = !*on))
    });
    view! {
        <section class="sample" aria-labelledby="sample-title">
            <header class="sample__head">
                <h2 class="sample__title" id="sample-title">{t(key::SAMPLE_TITLE)}</h2>
                {pick}
                <div class="buttons" role="group" aria-label=t(key::SAMPLE_THEME)>{themes}</div>
                <div class="buttons sample__widths" role="group" aria-label=t(key::SAMPLE_WIDTH)>{widths}</div>
                <a class="button button--quiet button--icon" href="/preview" target="_blank" rel="external"
                    aria-label=t(key::SAMPLE_WHOLE) title=t(key::SAMPLE_WHOLE)>{icon("external-link")}</a>
            </header>
            <div class=move || width.get().class() role="group" aria-labelledby="sample-title" tabindex="0">
                <iframe class="sample__frame" sandbox="allow-scripts" title=t(key::SAMPLE_TITLE) src=src
                    node_ref=line.frame></iframe>
            </div>
        </section>
    }
}

/// One of several buttons of which one is pressed.
fn choice(
    picture: &'static str,
    word: Word,
    on: Signal<bool>,
    press: impl Fn() + Send + Sync + 'static,
) -> Node {
    view! {
        <button type="button" class="button button--quiet button--icon" aria-label=t(word) title=t(word)
            aria-pressed=move || if on.get() { "true" } else { "false" } on:click=move |_| press()>
            {icon(picture)}
        </button>
    }
}
