//! The words of the panel itself. It stands in for a product of its own, so they travel with its code and not with the
//! words of the console, which every page loads.

use crate::words::{Language, language};

/// A text in both languages.
#[derive(Clone, Copy)]
pub(super) struct Said(pub &'static str, pub &'static str);

impl Said {
    /// The text in the reader's language.
    pub fn now(self) -> &'static str {
        match language() {
            Language::Uk => self.0,
            Language::En => self.1,
        }
    }

    /// The text with `{}` filled.
    pub fn with(self, what: &str) -> String {
        self.now().replace("{}", what)
    }
}

macro_rules! words {
    ($($name:ident: $uk:literal, $en:literal;)*) => {
        $(pub(super) const $name: Said = Said($uk, $en);)*

        /// All of them, for the test.
        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$(($uk, $en)),*];
    };
}

words! {
    PANEL: "Зразок панелі оператора", "Sample operator panel";
    COMPANY: "Крамниця «Світанок»", "Dawn Shop";
    STATUS: "Мій статус", "My status";
    ONLINE: "На зв’язку", "Online";
    BUSY: "Зайнятий", "Busy";
    AWAY: "Відійшов", "Away";
    OFFLINE: "Не на зв’язку", "Offline";
    DIALOGS: "Діалоги", "Dialogs";
    SEARCH: "Пошук діалогів", "Search dialogs";
    FOLDERS: "Теки", "Folders";
    MINE: "Мої", "Mine";
    QUEUE: "Черга", "Queue";
    ALL_DIALOGS: "Усі", "All";
    NOTHING_HERE: "Тут поки порожньо", "Nothing here yet";
    NEW: "Новий", "New";
    QUEUED: "У черзі", "Queued";
    ACTIVE: "Активний", "Active";
    WAITING: "Чекає на клієнта", "Waits for client";
    OVERDUE: "Прострочений", "Overdue";
    CLOSED: "Закритий", "Closed";
    GROUP: "Груповий чат", "Group chat";
    TICKET_KIND: "Тікет", "Ticket";
    UNREAD: "непрочитаних: {}", "unread: {}";
    PRIORITY: "Пріоритет", "Priority";
    LOW: "Низький", "Low";
    NORMAL: "Звичайний", "Normal";
    HIGH: "Високий", "High";
    URGENT: "Критичний", "Critical";
    CONVERSATION: "Розмова", "Conversation";
    NUMBER: "№ {}", "#{}";
    MESSAGES: "Повідомлення", "Messages";
    TRANSFER: "Передати", "Transfer";
    CLOSE: "Закрити діалог", "Close dialog";
    TAGS: "Теги", "Tags";
    CHANGE_TAGS: "Змінити теги", "Change tags";
    WITHOUT_GROUP: "Без групи", "No group";
    ONLY_SUPERVISORS: "лише супервайзери", "supervisors only";
    TODAY: "Сьогодні", "Today";
    UNREAD_BELOW: "Непрочитані", "Unread";
    INTERNAL_NOTE: "Внутрішня нотатка", "Internal note";
    BOT: "Бот", "Bot";
    SENT: "Надіслано", "Sent";
    READ: "Прочитано", "Read";
    SENDS_IN: "Надішлеться за {} с", "Sends in {} s";
    CANCEL: "Скасувати", "Cancel";
    CANCELLED: "Відправлення скасовано, текст повернено в поле.", "Sending cancelled; the text is back in the field.";
    WAS_SENT: "Повідомлення надіслано.", "Message sent.";
    TYPING: "{} набирає…", "{} is typing…";
    ANSWER: "Відповідь", "Reply";
    NOTE: "Нотатка", "Note";
    YOUR_ANSWER: "Відповідь клієнту", "Reply to the client";
    HINT: "«/» на початку слова відкриває швидкі відповіді", "“/” at the start of a word opens quick replies";
    QUICK_REPLIES: "Швидкі відповіді", "Quick replies";
    ATTACH: "Додати файл", "Attach a file";
    SEND: "Надіслати", "Send";
    NO_REPLIES: "Такої відповіді немає", "No such reply";
    EVERY_CATEGORY: "Усі", "All";
    ACTION: "Дія: {}", "Action: {}";
    CHORD: "Чекаємо на другу клавішу…", "Waiting for the second key…";
    BLANK: "Заповніть: {}. Tab веде далі.", "Fill in: {}. Tab goes on.";
    MISSING: "Без значення: {}", "No value for: {}";
    SIDE: "Клієнт і тікет", "Client and ticket";
    CLIENT: "Клієнт", "Client";
    TICKET: "Тікет", "Ticket";
    COPY: "Копіювати: {}", "Copy: {}";
    COPIED: "Скопійовано: {}", "Copied: {}";
    CARD_EMPTY: "На картці немає жодного видимого поля", "The card has no visible field";
    TICKET_NUMBER: "Тікет № {}", "Ticket {}";
    TTR: "Час до першої відповіді", "Time to first response";
    TTC: "Час до закриття", "Time to close";
    NEXT_ANSWER: "Час до відповіді", "Time to reply";
    PAUSE: "Очікування клієнта", "Waiting for the client";
    MET: "виконано за {}", "met in {}";
    LEFT: "лишилося {}", "{} left";
    OVER: "прострочено на {}", "overdue by {}";
    PAUSED: "на паузі, лишилося {}", "paused, {} left";
    STATE: "Стан", "State";
    IN_WORK: "У роботі", "In progress";
    TOPIC: "Тема", "Topic";
    ASSIGNEE: "Виконавець", "Assignee";
    ORDER: "Номер замовлення", "Order number";
    AMOUNT: "Сума", "Amount";
    EARLIER: "Попередні діалоги", "Earlier dialogs";
    STEPS: "Частини панелі", "Parts of the panel";
    STICKER: "Стікер: котик дякує", "Sticker: a cat says thank you";
    ACCEPTED: "Прийнято", "Accepted";
    REFUSED: "Відхилено", "Refused";
    BACK: "До налаштувань", "To the settings";
    LIGHT: "Світла", "Light";
    DARK: "Темна", "Dark";
    THEME: "Тема зразка", "Theme of the sample";
    NO_ANSWER: "Налаштування не прочиталися: показано зразок без них.", "The settings could not be read: the sample is shown without them.";
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_languages_say_the_same() {
        for (uk, en) in super::ALL {
            assert!(!uk.is_empty() && !en.is_empty() && uk != en, "{uk:?}, {en:?}");
            assert_eq!(uk.matches("{}").count(), en.matches("{}").count(), "{uk:?}");
            assert!(!en.chars().any(|letter| ('а'..='я').contains(&letter)), "{en:?}");
        }
    }
}
