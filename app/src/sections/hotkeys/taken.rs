//! Keys that somebody else needs: browsers, systems, text fields, keyboard layouts, screen readers.
//!
//! Browsers: the accelerator tables of Chromium (`chrome/browser/ui/views/accelerator_table.cc`; what no page gets:
//! `BrowserCommandController::IsReservedCommandOrKey`) and Firefox (`browser-sets.inc`, `reserved="true"`). The lists hold
//! what operators would miss, not everything that some browser has on some key: there would be nothing left.

use super::keys::{Code, Keys, Sort, Step};

/// Windows and tabs: browsers do not even tell the page of them.
const RESERVED: &[&str] = &[
    "Mod+KeyN",
    "Mod+KeyT",
    "Mod+KeyW",
    "Mod+Shift+KeyN",
    "Mod+Shift+KeyT",
    "Mod+Shift+KeyW",
    "Mod+Shift+KeyP",
    "Mod+Shift+KeyQ",
    "Ctrl+Tab",
    "Ctrl+Shift+Tab",
    "Ctrl+PageUp",
    "Ctrl+PageDown",
    "Ctrl+F4",
    "Shift+Escape",
];

/// What Windows and the desktops of Linux take.
const SYSTEM: &[&str] = &[
    "Alt+F4",
    "Alt+Tab",
    "Alt+Shift+Tab",
    "Alt+Escape",
    "Alt+Space",
    "Ctrl+Escape",
    "Ctrl+Shift+Escape",
    "Ctrl+Alt+Delete",
];

/// What macOS takes.
const MAC: &[&str] = &[
    "Meta+KeyQ",
    "Meta+KeyH",
    "Meta+KeyM",
    "Meta+Space",
    "Ctrl+Space",
    "Meta+Tab",
    "Meta+Shift+Tab",
    "Meta+Backquote",
    "Meta+Alt+Escape",
    "Meta+Shift+Digit3",
    "Meta+Shift+Digit4",
    "Meta+Shift+Digit5",
];

/// Copying, pasting, undoing: nobody can write without them.
const EDITING: &[&str] = &[
    "Mod+KeyA",
    "Mod+KeyC",
    "Mod+KeyV",
    "Mod+KeyX",
    "Mod+KeyY",
    "Mod+KeyZ",
    "Mod+Shift+KeyV",
    "Mod+Shift+KeyZ",
    "Ctrl+Insert",
    "Shift+Insert",
    "Shift+Delete",
];

/// What browsers do with a key unless the page takes it, by the use that operators would lose.
const BROWSER: &[(&str, &[&str])] = &[
    ("find", &["Mod+KeyF", "Mod+KeyG", "Mod+Shift+KeyG", "F3", "Shift+F3"]),
    ("print", &["Mod+KeyP"]),
    ("reload", &["Mod+KeyR", "Mod+Shift+KeyR", "F5", "Ctrl+F5", "Shift+F5"]),
    ("address", &["Mod+KeyL", "Alt+KeyD", "F6", "Shift+F6"]),
    ("bookmark", &["Mod+KeyD"]),
    ("file", &["Mod+KeyO", "Mod+KeyS"]),
    ("downloads", &["Ctrl+KeyJ", "Meta+Shift+KeyJ"]),
    ("history", &["Ctrl+KeyH", "Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home", "Meta+BracketLeft", "Meta+BracketRight"]),
    ("zoom", &["Mod+Equal", "Mod+Minus", "Mod+Digit0", "Mod+NumpadAdd", "Mod+NumpadSubtract"]),
    (
        "tabs",
        &[
            "Mod+Digit1",
            "Mod+Digit2",
            "Mod+Digit3",
            "Mod+Digit4",
            "Mod+Digit5",
            "Mod+Digit6",
            "Mod+Digit7",
            "Mod+Digit8",
            "Mod+Digit9",
        ],
    ),
    ("developer", &["Mod+KeyU", "F12", "Mod+Shift+KeyI", "Mod+Shift+KeyJ", "Mod+Shift+KeyC"]),
    ("help", &["F1"]),
    ("menu", &["F10", "Shift+F10", "Alt+KeyF", "Alt+KeyE"]),
    ("full_screen", &["F11"]),
    ("caret", &["F7"]),
    (
        "cursor",
        &[
            "Mod+ArrowLeft",
            "Mod+ArrowRight",
            "Mod+ArrowUp",
            "Mod+ArrowDown",
            "Shift+ArrowLeft",
            "Shift+ArrowRight",
            "Shift+ArrowUp",
            "Shift+ArrowDown",
            "Mod+Shift+ArrowLeft",
            "Mod+Shift+ArrowRight",
            "Mod+Shift+ArrowUp",
            "Mod+Shift+ArrowDown",
            "Mod+Backspace",
            "Mod+Delete",
            "Mod+Home",
            "Mod+End",
        ],
    ),
];

/// The uses that [`browser_use`] names; each has its words among the options `hotkey_use`.
#[cfg(test)]
pub fn uses() -> impl Iterator<Item = &'static str> {
    BROWSER.iter().map(|(what, _)| *what)
}

fn among(list: &[&str], step: Step) -> bool {
    list.iter().any(|keys| Keys::parse(keys).is_ok_and(|keys| keys.first.meets(step)))
}

/// Does a browser keep it to itself?
pub fn by_browser(step: Step) -> bool {
    among(RESERVED, step)
}

/// Does Windows or a desktop of Linux take it? They take all that has the Windows key in it.
pub fn by_system(step: Step) -> bool {
    step.held(false).meta || step.code.sort() == Sort::System || among(SYSTEM, step)
}

/// Does macOS take it?
pub fn by_mac(step: Step) -> bool {
    let held = step.held(true);
    MAC.iter().any(|keys| Keys::parse(keys).is_ok_and(|keys| keys.first.held(true) == held))
}

/// Does a text field need it?
pub fn by_editing(step: Step) -> bool {
    among(EDITING, step)
}

/// What a browser does with it unless the page takes it.
pub fn browser_use(step: Step) -> Option<&'static str> {
    BROWSER.iter().find(|(_, list)| among(list, step)).map(|(what, _)| *what)
}

/// The letter that the Ukrainian layout of Windows has only on AltGr.
pub const UKRAINIAN: char = 'ґ';

/// What AltGr prints on the layouts of Windows: Ukrainian, Polish (programmers), German, French, Czech, British,
/// American international. The key is known by its place.
const ALTGR: &[(&str, &str)] = &[
    ("KeyA", "ąá"),
    ("KeyB", "{"),
    ("KeyC", "ć©"),
    ("KeyD", "ð"),
    ("KeyE", "€ęé"),
    ("KeyF", "["),
    ("KeyG", "]"),
    ("KeyI", "í"),
    ("KeyK", "ł"),
    ("KeyL", "łø"),
    ("KeyM", "µ"),
    ("KeyN", "ńñ"),
    ("KeyO", "ó"),
    ("KeyP", "ö"),
    ("KeyQ", "@ä"),
    ("KeyR", "®"),
    ("KeyS", "śß"),
    ("KeyT", "þ"),
    ("KeyU", "ґú"),
    ("KeyV", "@"),
    ("KeyW", "å"),
    ("KeyX", "ź"),
    ("KeyY", "ü"),
    ("KeyZ", "żæ"),
    ("Digit0", "}@"),
    ("Digit1", "¡"),
    ("Digit2", "²~"),
    ("Digit3", "³#"),
    ("Digit4", "¤{€"),
    ("Digit5", "€["),
    ("Digit6", "¼|"),
    ("Digit7", "{½`"),
    ("Digit8", "[¾\\"),
    ("Digit9", "]^"),
    ("Minus", "¥\\"),
    ("Equal", "×}"),
    ("BracketLeft", "«"),
    ("BracketRight", "»~"),
    ("Backslash", "¬"),
    ("Semicolon", "¶"),
    ("Quote", "´"),
    ("Comma", "ç"),
    ("Slash", "¿"),
    ("Backquote", "¦"),
    ("IntlBackslash", "|"),
];

/// What AltGr prints on this key, on one layout or another.
pub fn altgr_letters(code: Code) -> Option<&'static str> {
    ALTGR.iter().find(|(known, _)| *known == code.name()).map(|(_, letters)| *letters)
}
