//! Combinations as people read them: the caps of the keys, as they stand on the reader's keyboard.

use super::code::Code;
use super::notation::{Keys, Step};

/// The caps of a combination, step by step.
pub type Caps = Vec<Vec<String>>;

/// The caps of the American layout, for browsers that do not tell the reader's.
pub const US: fn(&str) -> Option<String> = |_| None;

/// What stands on keys whose code does not say it.
static SIGNS: &[(&str, &str)] = &[
    ("Backquote", "`"),
    ("Minus", "-"),
    ("Equal", "="),
    ("BracketLeft", "["),
    ("BracketRight", "]"),
    ("Backslash", "\\"),
    ("Semicolon", ";"),
    ("Quote", "'"),
    ("Comma", ","),
    ("Period", "."),
    ("Slash", "/"),
    ("IntlBackslash", "\\"),
    ("IntlRo", "\\"),
    ("IntlYen", "¥"),
    ("ArrowUp", "↑"),
    ("ArrowDown", "↓"),
    ("ArrowLeft", "←"),
    ("ArrowRight", "→"),
    ("Escape", "Esc"),
    ("PageUp", "PgUp"),
    ("PageDown", "PgDn"),
    ("PrintScreen", "PrtSc"),
    ("NumpadAdd", "Num +"),
    ("NumpadSubtract", "Num -"),
    ("NumpadMultiply", "Num *"),
    ("NumpadDivide", "Num /"),
    ("NumpadDecimal", "Num ."),
    ("NumpadComma", "Num ,"),
    ("NumpadEqual", "Num ="),
];

/// The caps of a combination. `layout` tells what stands on a key of the reader's keyboard, if it is known; `mac` gives the
/// modifiers their signs and the order of the Mac.
pub fn caps(keys: Keys, mac: bool, layout: &dyn Fn(&str) -> Option<String>) -> Caps {
    keys.steps().map(|step| step_caps(step, mac, layout)).collect()
}

fn step_caps(step: Step, mac: bool, layout: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let held = step.held(mac);
    let modifiers = if mac {
        [(held.ctrl, "⌃"), (held.alt, "⌥"), (held.shift, "⇧"), (held.meta, "⌘")]
    } else {
        [(held.ctrl, "Ctrl"), (held.meta, "Win"), (held.alt, "Alt"), (held.shift, "Shift")]
    };
    let mut caps: Vec<String> =
        modifiers.into_iter().filter(|(on, _)| *on).map(|(_, name)| name.to_owned()).collect();
    caps.push(cap(step.code, layout));
    caps
}

/// The cap of one key.
fn cap(code: Code, layout: &dyn Fn(&str) -> Option<String>) -> String {
    let name = code.name();
    if let Some(printed) = layout(name).filter(|printed| !printed.trim().is_empty()) {
        return printed;
    }
    if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
        return (*sign).to_owned();
    }
    let single = name.strip_prefix("Key").or_else(|| name.strip_prefix("Digit"));
    match (single, name.strip_prefix("Numpad")) {
        (Some(single), _) => single.to_owned(),
        (None, Some(digit)) => ["Num ", digit].concat(),
        (None, None) => name.to_owned(),
    }
}
