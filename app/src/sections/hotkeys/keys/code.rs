//! The keys of a keyboard by their place, as `KeyboardEvent.code` names them.

/// What a key is for when no modifier is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Prints a letter, a digit or a sign on some layout.
    Prints,
    /// Changes or leaves text: deletes, or moves the cursor to an end.
    Edits,
    /// An arrow.
    Arrow,
    /// Enter, Escape, Tab.
    Command,
    /// F1–F24.
    Function,
    /// Prints from the block of figures.
    Pad,
    /// Caps Lock and its like.
    Lock,
    /// Belongs to the system.
    System,
}

/// A key by its place. Only keys that a hotkey can have are one: modifiers and media keys are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u8);

/// Every key, as W3C "UI Events KeyboardEvent code Values" names it.
static CODES: &[(&str, Sort)] = {
    use Sort::{Arrow, Command, Edits, Function, Lock, Pad, Prints, System};
    &[
        ("Backquote", Prints),
        ("Digit0", Prints),
        ("Digit1", Prints),
        ("Digit2", Prints),
        ("Digit3", Prints),
        ("Digit4", Prints),
        ("Digit5", Prints),
        ("Digit6", Prints),
        ("Digit7", Prints),
        ("Digit8", Prints),
        ("Digit9", Prints),
        ("Minus", Prints),
        ("Equal", Prints),
        ("KeyA", Prints),
        ("KeyB", Prints),
        ("KeyC", Prints),
        ("KeyD", Prints),
        ("KeyE", Prints),
        ("KeyF", Prints),
        ("KeyG", Prints),
        ("KeyH", Prints),
        ("KeyI", Prints),
        ("KeyJ", Prints),
        ("KeyK", Prints),
        ("KeyL", Prints),
        ("KeyM", Prints),
        ("KeyN", Prints),
        ("KeyO", Prints),
        ("KeyP", Prints),
        ("KeyQ", Prints),
        ("KeyR", Prints),
        ("KeyS", Prints),
        ("KeyT", Prints),
        ("KeyU", Prints),
        ("KeyV", Prints),
        ("KeyW", Prints),
        ("KeyX", Prints),
        ("KeyY", Prints),
        ("KeyZ", Prints),
        ("BracketLeft", Prints),
        ("BracketRight", Prints),
        ("Backslash", Prints),
        ("Semicolon", Prints),
        ("Quote", Prints),
        ("Comma", Prints),
        ("Period", Prints),
        ("Slash", Prints),
        ("IntlBackslash", Prints),
        ("IntlRo", Prints),
        ("IntlYen", Prints),
        ("Space", Prints),
        ("Backspace", Edits),
        ("Delete", Edits),
        ("Insert", Edits),
        ("Home", Edits),
        ("End", Edits),
        ("PageUp", Edits),
        ("PageDown", Edits),
        ("ArrowUp", Arrow),
        ("ArrowDown", Arrow),
        ("ArrowLeft", Arrow),
        ("ArrowRight", Arrow),
        ("Enter", Command),
        ("Escape", Command),
        ("Tab", Command),
        ("F1", Function),
        ("F2", Function),
        ("F3", Function),
        ("F4", Function),
        ("F5", Function),
        ("F6", Function),
        ("F7", Function),
        ("F8", Function),
        ("F9", Function),
        ("F10", Function),
        ("F11", Function),
        ("F12", Function),
        ("F13", Function),
        ("F14", Function),
        ("F15", Function),
        ("F16", Function),
        ("F17", Function),
        ("F18", Function),
        ("F19", Function),
        ("F20", Function),
        ("F21", Function),
        ("F22", Function),
        ("F23", Function),
        ("F24", Function),
        ("Numpad0", Pad),
        ("Numpad1", Pad),
        ("Numpad2", Pad),
        ("Numpad3", Pad),
        ("Numpad4", Pad),
        ("Numpad5", Pad),
        ("Numpad6", Pad),
        ("Numpad7", Pad),
        ("Numpad8", Pad),
        ("Numpad9", Pad),
        ("NumpadAdd", Pad),
        ("NumpadSubtract", Pad),
        ("NumpadMultiply", Pad),
        ("NumpadDivide", Pad),
        ("NumpadDecimal", Pad),
        ("NumpadComma", Pad),
        ("NumpadEqual", Pad),
        ("CapsLock", Lock),
        ("NumLock", Lock),
        ("ScrollLock", Lock),
        ("PrintScreen", System),
        ("ContextMenu", System),
    ]
};

/// Other names by which people write keys, in lower case.
static ALIASES: &[(&str, &str)] = &[
    // Both keys do the same everywhere, and nobody wants to bind them apart.
    ("numpadenter", "Enter"),
    ("return", "Enter"),
    ("esc", "Escape"),
    ("del", "Delete"),
    ("ins", "Insert"),
    ("up", "ArrowUp"),
    ("down", "ArrowDown"),
    ("left", "ArrowLeft"),
    ("right", "ArrowRight"),
    ("pgup", "PageUp"),
    ("pgdn", "PageDown"),
];

impl Code {
    /// The key that an event names.
    pub fn of_event(code: &str) -> Option<Self> {
        let code = if code == "NumpadEnter" { "Enter" } else { code };
        Self::find(|name| name == code)
    }

    /// The key that a person writes: by its code in any case, a letter or a digit alone, or a usual short name.
    pub fn named(name: &str) -> Option<Self> {
        let single = |prefix: &'static str| {
            Self::find(|code| {
                code.strip_prefix(prefix)
                    .is_some_and(|rest| rest.len() == 1 && rest.eq_ignore_ascii_case(name))
            })
        };
        let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
        let name = alias.map_or(name, |(_, code)| code);
        Self::find(|code| code.eq_ignore_ascii_case(name))
            .or_else(|| single("Key"))
            .or_else(|| single("Digit"))
    }

    fn find(mut wanted: impl FnMut(&str) -> bool) -> Option<Self> {
        let at = CODES.iter().position(|(name, _)| wanted(name))?;
        u8::try_from(at).ok().map(Self)
    }

    /// The names of all keys.
    pub fn names() -> impl Iterator<Item = &'static str> {
        CODES.iter().map(|(name, _)| *name)
    }

    fn entry(self) -> (&'static str, Sort) {
        // Only `find` makes one, so there is always an entry; Escape would do no harm.
        CODES.get(usize::from(self.0)).copied().unwrap_or(("Escape", Sort::Command))
    }

    /// What `KeyboardEvent.code` calls it.
    pub fn name(self) -> &'static str {
        self.entry().0
    }

    /// What it is for.
    pub fn sort(self) -> Sort {
        self.entry().1
    }
}
