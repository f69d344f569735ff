//! The tokens: colours and sizes of the panel's root.

use super::{Kind, Token};

/// Text of normal size needs this contrast, WCAG 2.2, 1.4.3.
const TEXT: f64 = 4.5;
/// Marks and edges need this, WCAG 2.2, 1.4.11.
const MARK: f64 = 3.0;

/// A ground: others are read on it.
const fn ground(
    name: &'static str,
    light: &'static str,
    dark: &'static str,
    uk: &'static str,
    en: &'static str,
) -> Token {
    Token { name, kind: Kind::Colour, light, dark, on: None, uk, en }
}

/// Text on a ground.
const fn text(
    name: &'static str,
    light: &'static str,
    dark: &'static str,
    on: &'static str,
    uk: &'static str,
    en: &'static str,
) -> Token {
    Token { name, kind: Kind::Colour, light, dark, on: Some((on, TEXT)), uk, en }
}

/// A mark on the panel's surface.
const fn mark(
    name: &'static str,
    light: &'static str,
    dark: &'static str,
    uk: &'static str,
    en: &'static str,
) -> Token {
    Token { name, kind: Kind::Colour, light, dark, on: Some(("--op-surface", MARK)), uk, en }
}

/// A length in CSS pixels.
const fn length(
    name: &'static str,
    value: &'static str,
    from: f64,
    to: f64,
    uk: &'static str,
    en: &'static str,
) -> Token {
    Token { name, kind: Kind::Length(from, to), light: value, dark: value, on: None, uk, en }
}

/// Every token, in the order of the style editor.
pub const TOKENS: &[Token] = &[
    ground(
        "--op-ground",
        "#eef2f2",
        "#0b1112",
        "тло панелі за колонками",
        "the panel's ground, behind its columns",
    ),
    ground(
        "--op-surface",
        "#ffffff",
        "#131b1d",
        "тло колонок: список, розмова, картка",
        "ground of the columns: list, conversation, card",
    ),
    ground(
        "--op-raised",
        "#f5f8f8",
        "#1a2527",
        "тло полів, вкладок і шапок",
        "ground of fields, tabs and heads",
    ),
    ground("--op-hover", "#edf2f2", "#1c282b", "тло під вказівником", "ground under the pointer"),
    ground(
        "--op-selected",
        "#e0eff1",
        "#143238",
        "тло вибраного діалогу або пункту",
        "ground of the selected dialog or item",
    ),
    ground("--op-line", "#d9e1e2", "#29373a", "волосяні лінії між частинами", "hairlines between parts"),
    text("--op-text", "#142022", "#e3eaea", "--op-surface", "основний текст", "main text"),
    text(
        "--op-muted",
        "#55666a",
        "#9fb0b2",
        "--op-surface",
        "другорядний текст: час, підказки",
        "secondary text: times, hints",
    ),
    text(
        "--op-accent",
        "#0b5c68",
        "#5cc3cf",
        "--op-surface",
        "те, на що можна натиснути",
        "what can be pressed",
    ),
    text("--op-on-accent", "#ffffff", "#03191c", "--op-accent", "текст на акценті", "text on the accent"),
    mark("--op-icon", "#55666a", "#9fb0b2", "іконки", "icons"),
    mark("--op-focus", "#0b7f90", "#5cc3cf", "рамка фокуса", "the focus ring"),
    mark("--op-new", "#1d6fd1", "#6cb2ff", "новий діалог", "a new dialog"),
    mark("--op-queued", "#6d5bd0", "#a99bff", "діалог у черзі", "a dialog in the queue"),
    mark("--op-active", "#1c7c45", "#5fcf8d", "активний діалог", "an active dialog"),
    mark(
        "--op-waiting",
        "#96660a",
        "#e2b04a",
        "діалог чекає на клієнта",
        "a dialog that waits for its client",
    ),
    mark("--op-overdue", "#c2302a", "#ff8d83", "прострочений діалог", "an overdue dialog"),
    mark("--op-closed", "#6b7b80", "#8b9da0", "закритий діалог", "a closed dialog"),
    mark("--op-group", "#a0438c", "#e69bd5", "груповий чат", "a group chat"),
    mark("--op-ticket", "#b0511c", "#f0a06c", "тікет", "a ticket"),
    ground("--op-client", "#eff3f3", "#1f2b2e", "тло повідомлення клієнта", "ground of a client's message"),
    text(
        "--op-client-text",
        "#142022",
        "#e3eaea",
        "--op-client",
        "текст повідомлення клієнта",
        "text of a client's message",
    ),
    ground(
        "--op-operator",
        "#dff0f2",
        "#11414a",
        "тло повідомлення оператора",
        "ground of an operator's message",
    ),
    text(
        "--op-operator-text",
        "#0d2529",
        "#e0f3f5",
        "--op-operator",
        "текст повідомлення оператора",
        "text of an operator's message",
    ),
    ground("--op-note", "#fbf0cf", "#3a3013", "тло внутрішньої нотатки", "ground of an internal note"),
    text(
        "--op-note-text",
        "#3d2e02",
        "#f4e3ae",
        "--op-note",
        "текст внутрішньої нотатки",
        "text of an internal note",
    ),
    text(
        "--op-system-text",
        "#55666a",
        "#9fb0b2",
        "--op-surface",
        "текст системного повідомлення",
        "text of a system message",
    ),
    ground("--op-unread", "#c2302a", "#ff8d83", "тло лічильника непрочитаних", "ground of the unread count"),
    text(
        "--op-on-unread",
        "#ffffff",
        "#2b0604",
        "--op-unread",
        "число непрочитаних",
        "the number of unread messages",
    ),
    mark("--op-low", "#6b7b80", "#8b9da0", "низький пріоритет", "low priority"),
    mark("--op-normal", "#1d6fd1", "#6cb2ff", "звичайний пріоритет", "normal priority"),
    mark("--op-high", "#96660a", "#e2b04a", "високий пріоритет", "high priority"),
    mark("--op-urgent", "#c2302a", "#ff8d83", "критичний пріоритет", "critical priority"),
    text(
        "--op-good",
        "#1a6b3c",
        "#6dd398",
        "--op-surface",
        "вдалося: виконано вчасно, файл прийнято",
        "it went well: met in time, file accepted",
    ),
    text(
        "--op-bad",
        "#b0271f",
        "#ff958b",
        "--op-surface",
        "не вдалося: прострочено, файл відхилено",
        "it went wrong: overdue, file refused",
    ),
    length(
        "--op-radius",
        "8px",
        0.0,
        20.0,
        "заокруглення карток і повідомлень",
        "rounding of cards and messages",
    ),
    length("--op-font-size", "14px", 12.0, 18.0, "розмір тексту", "text size"),
    length("--op-gap", "12px", 6.0, 20.0, "відступ між частинами", "distance between parts"),
    length(
        "--op-avatar-size",
        "36px",
        24.0,
        48.0,
        "розмір аватара у списку",
        "size of an avatar in the list",
    ),
    length("--op-icon-size", "16px", 12.0, 24.0, "розмір іконок", "size of icons"),
    Token {
        name: "--op-line-height",
        kind: Kind::Number(1.2, 1.8),
        light: "1.45",
        dark: "1.45",
        on: None,
        uk: "висота рядка, у розмірах тексту",
        en: "line height, in text sizes",
    },
];
