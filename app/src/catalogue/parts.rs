//! The parts: every class that the panel draws.

use super::{Part, State};

/// A part without states of its own.
const fn part(class: &'static str, uk: &'static str, en: &'static str) -> Part {
    Part { class, uk, en, states: &[] }
}

/// A part with states.
const fn stated(class: &'static str, uk: &'static str, en: &'static str, states: &'static [State]) -> Part {
    Part { class, uk, en, states }
}

const fn state(name: &'static str, uk: &'static str, en: &'static str) -> State {
    State { name, uk, en }
}

/// Chosen of several.
const CURRENT: State = state("current", "вибрано", "chosen");

/// Every part, in the order in which the panel draws them.
pub const PARTS: &[Part] = &[
    // The frame.
    stated(
        "op-panel",
        "панель оператора, її корінь",
        "the operator panel, its root",
        &[
            state("list", "вузький екран показує список", "a narrow screen shows the list"),
            state("conversation", "вузький екран показує розмову", "a narrow screen shows the conversation"),
            state("side", "вузький екран показує картку й тікет", "a narrow screen shows card and ticket"),
        ],
    ),
    part("op-icon", "іконка", "an icon"),
    stated(
        "op-button",
        "кнопка",
        "a button",
        &[
            state("primary", "головна дія", "the main action"),
            state("plain", "звичайна дія з рамкою", "an ordinary action with an edge"),
            state("icon", "лише іконка", "an icon alone"),
        ],
    ),
    part("op-avatar", "аватар клієнта, оператора або групи", "avatar of a client, an operator or a group"),
    stated(
        "op-tag",
        "тег діалогу",
        "a tag of a dialog",
        &[state("new", "тег, що його саме редагують", "the tag that is being edited")],
    ),
    part("op-tag__colour", "колір тега", "the colour of a tag"),
    stated(
        "op-priority",
        "пріоритет",
        "a priority",
        &[
            state("low", "низький", "low"),
            state("normal", "звичайний", "normal"),
            state("high", "високий", "high"),
            state("urgent", "критичний", "critical"),
        ],
    ),
    // The bar with the operator.
    part("op-bar", "верхня смуга панелі", "the bar at the top of the panel"),
    part("op-bar__name", "назва компанії", "name of the company"),
    stated(
        "op-status",
        "статус оператора",
        "status of the operator",
        &[
            state("online", "на зв’язку", "online"),
            state("busy", "зайнятий", "busy"),
            state("away", "відійшов", "away"),
            state("offline", "не на зв’язку", "offline"),
        ],
    ),
    part("op-status__dot", "позначка статусу", "mark of the status"),
    part("op-status__choice", "вибір статусу", "choice of the status"),
    // The list.
    part("op-list", "колонка зі списком діалогів", "the column with the list of dialogs"),
    part("op-search", "пошук у списку", "search in the list"),
    part("op-search__field", "поле пошуку", "field of the search"),
    part("op-folders", "теки діалогів", "folders of dialogs"),
    stated("op-folder", "одна тека", "one folder", &[CURRENT]),
    part("op-folder__count", "скільки діалогів у теці", "how many dialogs are in the folder"),
    part("op-dialogs", "діалоги один за одним", "the dialogs, one after the other"),
    part("op-dialogs__empty", "у теці порожньо", "the folder is empty"),
    stated(
        "op-dialog",
        "діалог у списку",
        "a dialog in the list",
        &[
            state("new", "новий", "new"),
            state("queued", "у черзі", "in the queue"),
            state("active", "активний", "active"),
            state("waiting", "чекає на клієнта", "waits for its client"),
            state("overdue", "прострочений", "overdue"),
            state("closed", "закритий", "closed"),
            state("group", "груповий чат", "a group chat"),
            state("ticket", "тікет", "a ticket"),
            state("unread", "є непрочитані повідомлення", "has unread messages"),
            CURRENT,
        ],
    ),
    part("op-dialog__name", "хто пише", "who writes"),
    part("op-dialog__time", "час останнього повідомлення", "time of the last message"),
    part("op-dialog__text", "останнє повідомлення", "the last message"),
    part("op-dialog__kind", "тип діалогу словом", "the type of the dialog as a word"),
    part("op-dialog__channel", "канал", "the channel"),
    part("op-dialog__marks", "теги та пріоритет", "tags and priority"),
    part("op-dialog__unread", "лічильник непрочитаних", "the unread count"),
    // The conversation.
    part("op-conversation", "колонка з розмовою", "the column with the conversation"),
    part("op-head", "шапка розмови", "head of the conversation"),
    part("op-head__name", "з ким розмова", "with whom the conversation is"),
    part("op-head__about", "канал, тема, номер", "channel, topic, number"),
    part("op-head__actions", "дії з діалогом", "actions on the dialog"),
    part("op-tags", "теги відкритого діалогу", "tags of the open dialog"),
    part("op-tag-menu", "вибір тегів", "choice of tags"),
    part("op-tag-menu__group", "група тегів", "a group of tags"),
    part("op-tag-menu__title", "назва групи тегів", "name of a group of tags"),
    stated(
        "op-tag-menu__tag",
        "тег у виборі",
        "a tag in the choice",
        &[state("on", "тег стоїть на діалозі", "the tag is on the dialog")],
    ),
    part("op-messages", "стрічка повідомлень", "the messages"),
    part("op-day", "день у стрічці", "a day among the messages"),
    part("op-unread-line", "межа непрочитаних", "where the unread messages begin"),
    stated(
        "op-message",
        "повідомлення",
        "a message",
        &[
            state("client", "від клієнта", "of the client"),
            state("operator", "від оператора", "of an operator"),
            state("bot", "від бота", "of a bot"),
            state("system", "системне", "of the system"),
            state(
                "internal",
                "внутрішня нотатка, клієнт її не бачить",
                "an internal note, which the client doesn't see",
            ),
            state(
                "delayed",
                "чекає на відправлення, його ще можна скасувати",
                "waits to be sent and can still be cancelled",
            ),
        ],
    ),
    part("op-message__author", "автор повідомлення", "author of a message"),
    part("op-message__text", "текст повідомлення", "text of a message"),
    part("op-message__quote", "процитоване повідомлення", "a quoted message"),
    part("op-message__time", "час повідомлення", "time of a message"),
    stated(
        "op-message__state",
        "чи дійшло повідомлення",
        "whether a message has arrived",
        &[state("sent", "надіслано", "sent"), state("read", "прочитано", "read")],
    ),
    part("op-message__delay", "скільки лишилося до відправлення", "how long until it is sent"),
    part("op-message__cancel", "скасувати відправлення", "cancels the sending"),
    part("op-sticker", "стікер", "a sticker"),
    stated(
        "op-file",
        "файл у повідомленні",
        "a file in a message",
        &[state("image", "зображення", "a picture"), state("document", "документ", "a document")],
    ),
    part("op-file__name", "назва файлу", "name of a file"),
    part("op-file__size", "розмір файлу", "size of a file"),
    part("op-typing", "клієнт набирає повідомлення", "the client is typing"),
    // The composer.
    stated(
        "op-composer",
        "поле відповіді з усім довкола",
        "the field of the answer with all around it",
        &[
            state("internal", "пишеться внутрішня нотатка", "an internal note is being written"),
            state("drop", "над полем тримають файл", "a file is held above the field"),
        ],
    ),
    part("op-composer__modes", "відповідь або нотатка", "answer or note"),
    stated("op-composer__mode", "одне з двох", "one of the two", &[CURRENT]),
    part("op-composer__field", "поле, де набирають текст", "the field in which text is typed"),
    part("op-composer__tools", "кнопки під полем", "the buttons below the field"),
    part("op-composer__tool", "кнопка під полем", "a button below the field"),
    part("op-composer__hint", "підказка під полем", "the hint below the field"),
    part("op-composer__send", "надіслати", "sends"),
    part("op-composer__blank", "пропуск, який слід заповнити", "the blank that is to be filled in"),
    part("op-composer__missing", "змінні без значення", "variables without a value"),
    stated(
        "op-verdict",
        "відповідь правил про файл",
        "what the rules say about a file",
        &[state("accepted", "прийнято", "accepted"), state("refused", "відхилено", "refused")],
    ),
    part("op-verdict__rule", "правило, що спрацювало", "the rule that applied"),
    part("op-replies", "меню швидких відповідей", "the menu of quick replies"),
    part("op-replies__empty", "нічого не знайдено", "nothing is found"),
    part("op-replies__categories", "категорії над відповідями", "the categories above the replies"),
    stated("op-category", "категорія швидких відповідей", "a category of quick replies", &[CURRENT]),
    part("op-category__colour", "колір категорії", "the colour of a category"),
    stated(
        "op-reply",
        "швидка відповідь у меню",
        "a quick reply in the menu",
        &[CURRENT, state("new", "відповідь, що її саме редагують", "the reply that is being edited")],
    ),
    part("op-reply__title", "назва відповіді", "title of a reply"),
    part("op-reply__shortcut", "скорочення відповіді", "shortcut of a reply"),
    part("op-reply__text", "початок тексту", "how its text begins"),
    part("op-reply__category", "категорія відповіді", "category of a reply"),
    // The side.
    part("op-side", "права колонка", "the column on the right"),
    part("op-side__tabs", "вкладки правої колонки", "tabs of the right column"),
    stated("op-side__tab", "вкладка", "a tab", &[CURRENT]),
    part("op-card", "картка клієнта", "the client card"),
    part("op-card__head", "шапка картки", "head of the card"),
    part("op-card__name", "ім’я клієнта", "name of the client"),
    part("op-card__group", "група полів", "a group of fields"),
    part("op-card__title", "назва групи полів", "name of a group of fields"),
    part("op-card__empty", "картка без полів", "a card without fields"),
    stated(
        "op-field",
        "поле картки або тікета",
        "a field of the card or of the ticket",
        &[
            state("pinned", "закріплене", "pinned"),
            state(
                "masked",
                "значення приховано, видно останні знаки",
                "the value is hidden but for its last signs",
            ),
            state("empty", "без значення", "without a value"),
        ],
    ),
    part("op-field__label", "назва поля", "label of a field"),
    part("op-field__value", "значення поля", "value of a field"),
    part("op-field__copy", "копіює значення", "copies the value"),
    part("op-ticket", "тікет", "the ticket"),
    part("op-ticket__number", "номер тікета", "number of the ticket"),
    part("op-ticket__subject", "тема тікета", "subject of the ticket"),
    part("op-ticket__clocks", "годинники тікета", "clocks of the ticket"),
    stated(
        "op-sla",
        "годинник однієї метрики",
        "the clock of one metric",
        &[
            state("met", "виконано вчасно", "met in time"),
            state("running", "час іде", "time runs"),
            state("soon", "час спливає", "time is nearly up"),
            state("overdue", "прострочено", "overdue"),
            state("paused", "на паузі", "paused"),
        ],
    ),
    part("op-sla__name", "назва метрики", "name of the metric"),
    part("op-sla__time", "скільки лишилося або минуло", "how much is left or over"),
    part("op-sla__bar", "смуга часу", "the bar of time"),
    part("op-history", "попередні діалоги клієнта", "earlier dialogs of the client"),
    part("op-history__item", "попередній діалог", "an earlier dialog"),
    // What is said.
    part("op-steps", "перемикач колонок на вузькому екрані", "switch of columns on a narrow screen"),
    stated("op-steps__step", "одна колонка", "one column", &[CURRENT]),
    part("op-said", "що щойно зроблено", "what has just been done"),
];
