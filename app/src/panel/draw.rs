//! The whole panel: its bar, its columns, and what it says.

use leptos::prelude::*;

use super::picture::{dot, picture};
use super::settings::{in_language, text};
use super::state::{Panel, Step};
use super::words::{self, Said};
use super::{card, composer, conversation, keys, list, sample, ticket};
use crate::markup::{Node, view};
use crate::sections::hotkeys::keys::Chord;

/// Draws it.
pub(super) fn panel(panel: Panel) -> Node {
    let class = move || match panel.step.get() {
        Step::List => "op-panel op-panel--list",
        Step::Conversation => "op-panel op-panel--conversation",
        Step::Side => "op-panel op-panel--side",
    };
    let chord = StoredValue::new(Chord::default());
    view! {
        <main class=class data-theme=move || panel.theme.get() data-pick=move || panel.pick.get().then_some("") on:keydown=move |event| keys::pressed(panel, chord, &event)>
            <h1 class="visually-hidden">{words::PANEL.now()}</h1>
            {bar(panel)}
            {steps(panel)}
            {list::list(panel)}
            <section class="op-conversation" aria-label=words::CONVERSATION.now()>
                {conversation::conversation(panel)}
                {composer::composer(panel)}
            </section>
            {side(panel)}
            <p class="op-said" role="status" data-on=move || panel.said.with(|said| !said.is_empty())>{move || panel.said.get()}</p>
        </main>
    }
}

const STATUSES: [(&str, Said); 4] =
    [("online", words::ONLINE), ("busy", words::BUSY), ("away", words::AWAY), ("offline", words::OFFLINE)];

/// The name of the company, and the operator with their status.
fn bar(panel: Panel) -> Node {
    let chosen = RwSignal::new(0_usize);
    let statuses = Memo::new(move |_| {
        panel.settings.with(|settings| {
            let set: Vec<(String, String)> = settings
                .records("statuses")
                .iter()
                .map(|entry| {
                    (text(entry.value, "kind").to_owned(), in_language(entry.value, "name").to_owned())
                })
                .filter(|(_, name)| !name.is_empty())
                .collect();
            if set.is_empty() {
                STATUSES.map(|(kind, word)| (kind.to_owned(), word.now().to_owned())).to_vec()
            } else {
                set
            }
        })
    });
    let class = move || {
        let kind = statuses.with(|all| all.get(chosen.get()).map_or(String::new(), |(kind, _)| kind.clone()));
        match kind.as_str() {
            "busy" => "op-status op-status--busy",
            "away" => "op-status op-status--away",
            "offline" => "op-status op-status--offline",
            _ => "op-status op-status--online",
        }
    };
    let options = move || {
        let all = statuses.get();
        all.into_iter()
            .enumerate()
            .map(
                |(n, (_, name))| view! { <option value=n selected=move || chosen.get() == n>{name}</option> },
            )
            .collect::<Vec<_>>()
    };
    view! {
        <header class="op-bar">
            <span class="op-bar__name">{picture("headset")} {words::COMPANY.now()}</span>
            <label class=class>
                {dot("op-status__dot", "currentColor".to_owned())}
                <span class="visually-hidden">{words::STATUS.now()}</span>
                <select class="op-status__choice"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default())>
                    {options}
                </select>
            </label>
            {avatar(sample::TARAS.now(), 0)}
        </header>
    }
}

/// The letters of a name on a round ground.
pub(super) fn avatar(name: &str, tone: u32) -> Node {
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .collect();
    view! { <span class="op-avatar" data-tone=tone % 6 aria-hidden="true">{letters}</span> }
}

/// Which column a narrow screen shows.
fn steps(panel: Panel) -> Node {
    let step = |one: Step, icon: &'static str, word: Said| {
        let on = move || panel.step.get() == one;
        view! {
            <button type="button" class="op-steps__step" class:op-steps__step--current=on
                aria-pressed=move || if on() { "true" } else { "false" } on:click=move |_| panel.step.set(one)>
                {picture(icon)} {word.now()}
            </button>
        }
    };
    view! {
        <nav class="op-steps" aria-label=words::STEPS.now()>
            {step(Step::List, "messages-square", words::DIALOGS)}
            {step(Step::Conversation, "message-square-quote", words::CONVERSATION)}
            {step(Step::Side, "id-card", words::CLIENT)}
        </nav>
    }
}

/// Card and ticket.
fn side(panel: Panel) -> Node {
    use super::state::Tab;
    let tab = |one: Tab, icon: &'static str, word: Said| {
        let on = move || panel.tab.get() == one;
        view! {
            <button type="button" class="op-side__tab" class:op-side__tab--current=on
                aria-pressed=move || if on() { "true" } else { "false" } on:click=move |_| panel.tab.set(one)>
                {picture(icon)} {word.now()}
            </button>
        }
    };
    view! {
        <aside class="op-side" aria-label=words::SIDE.now()>
            <div class="op-side__tabs">
                {tab(Tab::Client, "id-card", words::CLIENT)}
                {tab(Tab::Ticket, "ticket", words::TICKET)}
            </div>
            {move || match panel.tab.get() {
                Tab::Client => card::card(panel),
                Tab::Ticket => ticket::ticket(panel),
            }}
        </aside>
    }
}

/// A button with a picture and a word.
pub(super) fn button(
    class: &'static str,
    icon: &'static str,
    word: Said,
    press: impl Fn() + Send + Sync + 'static,
) -> Node {
    view! { <button type="button" class=class on:click=move |_| press()>{picture(icon)} <span>{word.now()}</span></button> }
}
