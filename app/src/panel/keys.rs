//! Hotkeys at work: the panel obeys the bindings as they are set or being edited, and says which action was done.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::sample::DIALOGS;
use super::state::{Folder, Panel, Step, Tab};
use super::words::{self, Said};
use crate::sections::hotkeys::Place;
use crate::sections::hotkeys::keys::{Bindings, Chord, Outcome, Press};

/// How long the second step of a chord is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What every action is called; the words of the settings stay on the server.
const NAMES: &[(&str, Said)] = &[
    ("message.send", Said("Надіслати повідомлення", "Send the message")),
    ("message.new_line", Said("Новий рядок", "New line")),
    ("message.note", Said("Внутрішня нотатка", "Internal note")),
    ("message.attach", Said("Додати файл", "Attach a file")),
    ("message.emoji", Said("Емодзі", "Emoji")),
    ("reply.menu", Said("Меню швидких відповідей", "Quick-reply menu")),
    ("reply.next", Said("Наступна підказка", "Next suggestion")),
    ("reply.previous", Said("Попередня підказка", "Previous suggestion")),
    ("text.bold", Said("Жирний", "Bold")),
    ("text.italic", Said("Курсив", "Italic")),
    ("text.link", Said("Вставити посилання", "Insert a link")),
    ("message.translate", Said("Перекласти", "Translate")),
    ("message.copilot", Said("Copilot", "Copilot")),
    ("dialog.accept", Said("Прийняти діалог", "Accept the dialog")),
    ("dialog.close", Said("Закрити діалог", "Close the dialog")),
    ("dialog.transfer", Said("Передати діалог", "Transfer the dialog")),
    ("dialog.topic", Said("Вибрати тему", "Set the topic")),
    ("dialog.tags", Said("Додати теги", "Set tags")),
    ("dialog.priority", Said("Вибрати пріоритет", "Set the priority")),
    ("dialog.next", Said("Наступний діалог", "Next dialog")),
    ("dialog.previous", Said("Попередній діалог", "Previous dialog")),
    ("client.pin", Said("Закріпити картку клієнта", "Pin the client card")),
    ("ticket.open", Said("Відкрити тікет", "Open the ticket")),
    ("dialog.first_unread", Said("До першого непрочитаного", "Jump to the first unread")),
    ("list.search", Said("Пошук у списку", "Search the list")),
    ("list.filters", Said("Фільтри списку", "Filters of the list")),
    ("list.next_folder", Said("Наступна папка", "Next folder")),
    ("list.previous_folder", Said("Попередня папка", "Previous folder")),
    ("list.refresh", Said("Оновити список", "Refresh the list")),
    ("palette.open", Said("Палітра команд", "Command palette")),
    ("status.switch", Said("Змінити статус", "Switch status")),
    ("help.open", Said("Довідка з клавіш", "Help sheet")),
    ("theme.switch", Said("Світле або темне оформлення", "Light or dark theme")),
];

/// The name of an action.
fn name(action: &str) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == action).map_or("", |(_, name)| name.now())
}

/// The character that opens the menu of quick replies; empty for none.
pub(super) fn menu_sign(panel: Panel) -> String {
    const USUAL: &str = "/";
    panel.settings.with_untracked(|settings| {
        let document = settings.document("hotkeys");
        let sign = document.and_then(|document| document.get("triggers")?.get("reply.menu")?.as_str());
        sign.unwrap_or(USUAL).to_owned()
    })
}

/// Where the focus is.
fn place(panel: Panel, focus: Option<&Element>) -> Place {
    let inside = |part: &str| focus.is_some_and(|focus| focus.closest(part).ok().flatten().is_some());
    if inside(".op-composer__field") {
        let offered = panel.menu.with_untracked(Option::is_some) && !untrack(|| panel.offered()).is_empty();
        return if offered { Place::Suggestions } else { Place::Composer };
    }
    if inside(".op-list") {
        Place::List
    } else if inside(".op-conversation") || inside(".op-side") {
        Place::Dialog
    } else {
        Place::Everywhere
    }
}

/// A key anywhere in the panel.
pub(super) fn pressed(panel: Panel, chord: StoredValue<Chord>, event: &KeyboardEvent) {
    let focus = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let place = place(panel, focus.as_ref());
    let in_text =
        focus.as_ref().is_some_and(|focus| focus.matches("textarea, input, select").unwrap_or(false));
    // The menu and the blanks of a reply take their keys first, as long as there are any.
    if matches!(place, Place::Composer | Place::Suggestions) && panel.inner_key(event) {
        event.prevent_default();
        return;
    }
    let (code, key) = (event.code(), event.key());
    let press = Press {
        code: &code,
        key: &key,
        ctrl: event.ctrl_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        meta: event.meta_key(),
        alt_graph: event.get_modifier_state("AltGraph"),
        composing: event.is_composing(),
        repeat: event.repeat(),
        in_text,
        mac: window().navigator().platform().is_ok_and(|name| name.starts_with("Mac")),
    };
    let bindings = panel
        .settings
        .with_untracked(|settings| Bindings::of(settings.document("hotkeys").unwrap_or(&Value::Null)));
    let mut now = chord.get_value();
    let outcome = bindings.press(&mut now, &press, place);
    chord.set_value(now);
    match outcome {
        Outcome::Nothing => return,
        Outcome::Pending => {
            panel.say(words::CHORD.now());
            set_timeout(
                move || {
                    // A panel that is gone waits for nothing.
                    let _ = chord.try_update_value(Chord::forget);
                },
                PATIENCE,
            );
        }
        Outcome::Cancelled | Outcome::Held(_) => {}
        Outcome::Action(action) => {
            panel.say(words::ACTION.with(name(action)));
            act(panel, action);
        }
    }
    event.prevent_default();
    // What has been done here is nobody else's.
    event.stop_propagation();
}

/// Does what an action does, as far as the sample can.
fn act(panel: Panel, action: &str) {
    match action {
        "message.send" => panel.send(),
        "message.new_line" => panel.write("\n", ""),
        "message.note" => panel.internal.update(|on| *on = !*on),
        "message.attach" => press(".op-composer input[type=file]"),
        "message.emoji" => panel.write("🙂", ""),
        "text.bold" => panel.write("**", "**"),
        "text.italic" => panel.write("_", "_"),
        "text.link" => panel.write("[", "](https://)"),
        "reply.menu" => panel.open_menu(),
        "reply.next" => panel.move_in_menu(true),
        "reply.previous" => panel.move_in_menu(false),
        "dialog.next" => step(panel, 1),
        "dialog.previous" => step(panel, DIALOGS.len() - 1),
        "dialog.tags" => panel.tagging.update(|open| *open = !*open),
        "dialog.first_unread" => scroll(".op-unread-line"),
        "client.pin" => show(panel, Tab::Client),
        "ticket.open" => show(panel, Tab::Ticket),
        "list.search" => {
            panel.step.set(Step::List);
            focus(".op-search__field");
        }
        "list.next_folder" => panel.folder.update(|folder| *folder = folder.next()),
        "list.previous_folder" => panel.folder.update(|folder| *folder = folder.next().next()),
        "status.switch" => focus(".op-status__choice"),
        "theme.switch" => {
            panel.theme.update(|theme| *theme = if *theme == "dark" { "light" } else { "dark" });
        }
        // The rest would open what the sample has not: that it was done has been said.
        _ => {}
    }
}

impl Folder {
    /// The folder after this one.
    const fn next(self) -> Self {
        match self {
            Self::Mine => Self::Queue,
            Self::Queue => Self::All,
            Self::All => Self::Mine,
        }
    }
}

fn step(panel: Panel, by: usize) {
    let open = panel.open.get_untracked();
    let at = DIALOGS.iter().position(|dialog| dialog.number == open).unwrap_or_default();
    panel.choose(DIALOGS[(at + by) % DIALOGS.len()].number);
}

fn show(panel: Panel, tab: Tab) {
    panel.tab.set(tab);
    panel.step.set(Step::Side);
}

fn element(part: &str) -> Option<HtmlElement> {
    document().query_selector(part).ok().flatten()?.dyn_into().ok()
}

fn press(part: &str) {
    if let Some(element) = element(part) {
        element.click();
    }
}

/// After the next picture: a column that has just been shown takes no focus before.
fn focus(part: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = element(part) {
            // An element that is not shown takes none.
            let _ = element.focus();
        }
    });
}

fn scroll(part: &str) {
    if let Some(element) = element(part) {
        element.scroll_into_view();
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::NAMES;
    use crate::sections::hotkeys::ACTIONS;
    use crate::words::{Language, table};

    #[test]
    fn every_action_is_called_as_the_settings_call_it() {
        assert_eq!(NAMES.len(), ACTIONS.len());
        for (action, name) in NAMES {
            assert!(ACTIONS.iter().any(|known| known.id == *action), "{action}");
            for (language, text) in [(Language::Uk, name.0), (Language::En, name.1)] {
                let words = table(language).section_words("hotkeys").expect("the section has words");
                assert_eq!(words["fields"][["bindings.", action].concat()]["label"], text, "{action}");
            }
        }
    }
}
