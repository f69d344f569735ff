//! Notation and presses: tables from the description of the section, and properties over any text.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::sections::hotkeys::Place;

fn keys(text: &str) -> Keys {
    Keys::parse(text).unwrap_or_else(|why| panic!("{text:?}: {why:?}"))
}

#[test]
fn a_combination_has_one_notation() {
    let table = [
        ("Enter", "Enter"),
        ("Mod+Shift+KeyE", "Mod+Shift+KeyE"),
        ("shift+MOD+e", "Mod+Shift+KeyE"),
        ("ctrl+alt+u", "Ctrl+Alt+KeyU"),
        ("AltGr+u", "Ctrl+Alt+KeyU"),
        ("cmd+1", "Meta+Digit1"),
        ("Option+Left", "Alt+ArrowLeft"),
        ("Mod+KeyK Mod+KeyS", "Mod+KeyK Mod+KeyS"),
        ("  mod+k\t k ", "Mod+KeyK KeyK"),
        ("NumpadEnter", "Enter"),
        ("Alt+Shift+f24", "Alt+Shift+F24"),
        ("Ctrl+Meta+KeyF", "Ctrl+Meta+KeyF"),
    ];
    for (written, expected) in table {
        assert_eq!(keys(written).to_text(), expected, "{written:?}");
    }
}

#[test]
fn what_is_no_combination_says_why() {
    let table = [
        ("", Unreadable::Empty),
        ("   ", Unreadable::Empty),
        ("Mod+KeyA KeyB KeyC", Unreadable::Steps),
        ("Mod+Shift", Unreadable::NoKey),
        ("Mod+", Unreadable::Unknown("Mod+".into())),
        ("+", Unreadable::Unknown("+".into())),
        ("KeyA+KeyB", Unreadable::Unknown("KeyA+KeyB".into())),
        ("KeyA+Mod", Unreadable::Unknown("KeyA+Mod".into())),
        ("Mod+ShiftLeft", Unreadable::Unknown("ShiftLeft".into())),
        ("Mod+і", Unreadable::Unknown("і".into())),
        ("Mod+MediaPlayPause", Unreadable::Unknown("MediaPlayPause".into())),
        ("Shift+shift+KeyA", Unreadable::Twice("shift".into())),
        ("Mod+Ctrl+KeyA", Unreadable::Twice("Ctrl".into())),
        ("Meta+Mod+KeyA", Unreadable::Twice("Mod".into())),
    ];
    for (written, expected) in table {
        assert_eq!(Keys::parse(written), Err(expected), "{written:?}");
    }
}

#[test]
fn combinations_meet_where_one_press_is_both() {
    let table = [
        ("Mod+KeyK", "Mod+KeyK", true),
        ("Mod+KeyK", "Ctrl+KeyK", true),
        ("Mod+KeyK", "Meta+KeyK", true),
        ("Ctrl+KeyK", "Meta+KeyK", false),
        ("Mod+KeyK", "Mod+Shift+KeyK", false),
        ("Mod+KeyK KeyA", "Ctrl+KeyK KeyA", true),
        ("Mod+KeyK KeyA", "Mod+KeyK", false),
        // The steps would have to meet on the same kind of computer.
        ("Ctrl+KeyK Meta+KeyA", "Mod+KeyK Mod+KeyA", false),
    ];
    for (one, other, expected) in table {
        assert_eq!(keys(one).meets(keys(other)), expected, "{one} and {other}");
        assert_eq!(keys(other).meets(keys(one)), expected, "{other} and {one}");
    }
}

#[test]
fn people_read_the_caps_of_their_own_keyboard() {
    let show = |text: &str, mac: bool, layout: &dyn Fn(&str) -> Option<String>| {
        caps(keys(text), mac, layout).iter().map(|step| step.join(" ")).collect::<Vec<_>>().join(" , ")
    };
    let german = |code: &str| (code == "KeyY").then(|| "Z".to_owned());
    assert_eq!(show("Mod+Shift+KeyY", false, &US), "Ctrl Shift Y");
    assert_eq!(show("Mod+Shift+KeyY", false, &german), "Ctrl Shift Z");
    assert_eq!(show("Mod+Alt+Shift+KeyE", true, &US), "⌥ ⇧ ⌘ E");
    assert_eq!(show("Ctrl+KeyE", true, &US), "⌃ E");
    assert_eq!(show("Meta+Digit1", false, &US), "Win 1");
    assert_eq!(show("Mod+Semicolon KeyT", false, &US), "Ctrl ; , T");
    assert_eq!(show("Mod+Slash", false, &US), "Ctrl /");
    assert_eq!(show("Alt+ArrowDown", false, &US), "Alt ↓");
    assert_eq!(show("Numpad7", false, &US), "Num 7");
    assert_eq!(show("Escape", false, &US), "Esc");
}

/// A press of `text`, as a PC or a Mac reports it.
fn press(text: &str, mac: bool) -> Press<'static> {
    let held = keys(text).first.held(mac);
    Press {
        code: held.code.name(),
        ctrl: held.ctrl,
        alt: held.alt,
        shift: held.shift,
        meta: held.meta,
        mac,
        in_text: true,
        ..Press::default()
    }
}

fn fires(document: &Value, press: &Press<'_>, place: Place) -> Outcome {
    Bindings::of(document).press(&mut Chord::default(), press, place)
}

#[test]
fn a_fresh_instance_sends_with_enter() {
    let fresh = json!({});
    let table = [
        ("Enter", Place::Composer, Outcome::Action("message.send")),
        ("Shift+Enter", Place::Composer, Outcome::Action("message.new_line")),
        ("Enter", Place::Dialog, Outcome::Nothing),
        ("ArrowDown", Place::Composer, Outcome::Nothing),
        ("ArrowDown", Place::Suggestions, Outcome::Action("reply.next")),
        ("Mod+Shift+KeyE", Place::Composer, Outcome::Action("dialog.close")),
        ("Mod+Shift+KeyE", Place::List, Outcome::Nothing),
        ("Mod+KeyK", Place::List, Outcome::Action("palette.open")),
        ("Mod+KeyK", Place::Everywhere, Outcome::Action("palette.open")),
        ("F4", Place::List, Outcome::Action("list.refresh")),
        ("KeyA", Place::Composer, Outcome::Nothing),
    ];
    for (text, place, expected) in table {
        for mac in [false, true] {
            assert_eq!(fires(&fresh, &press(text, mac), place), expected, "{text} in {place:?}, mac {mac}");
        }
    }
}

#[test]
fn the_layout_does_not_matter() {
    let palette = |key: &'static str| Press { key, ..press("Mod+KeyK", false) };
    for key in ["k", "K", "л", "Л"] {
        assert_eq!(fires(&json!({}), &palette(key), Place::Composer), Outcome::Action("palette.open"), "{key}");
    }
    // What is printed does not make the key: `л` typed by another key is no hotkey.
    let elsewhere = Press { code: "KeyG", key: "k", ..press("Mod+KeyK", false) };
    assert_eq!(fires(&json!({}), &elsewhere, Place::Composer), Outcome::Nothing);
}

#[test]
fn letters_by_altgr_are_letters() {
    let document = json!({ "bindings": { "message.translate": ["Ctrl+Alt+KeyU"] } });
    let base = press("Ctrl+Alt+KeyU", false);
    let table = [
        // The Ukrainian layout of Windows, as Chromium and Firefox report it, and by the left Ctrl and Alt.
        (Press { key: "ґ", alt_graph: true, ..base }, Outcome::Nothing),
        (Press { key: "Ґ", alt_graph: true, shift: true, ..base }, Outcome::Nothing),
        (Press { key: "ґ", alt_graph: true, ctrl: false, alt: false, ..base }, Outcome::Nothing),
        (Press { key: "ґ", ..base }, Outcome::Nothing),
        // The American one prints nothing with it.
        (Press { key: "u", ..base }, Outcome::Action("message.translate")),
    ];
    for (press, expected) in table {
        assert_eq!(fires(&document, &press, Place::Composer), expected, "{press:?}");
    }
}

#[test]
fn a_field_keeps_what_it_writes_with() {
    let document = json!({ "bindings": {
        "dialog.close": ["Comma", "Period", "Semicolon", "Quote", "BracketLeft", "BracketRight", "Backquote", "Slash", "Shift+KeyE", "Delete", "Numpad1"],
    } });
    for text in Bindings::of(&document).keys("dialog.close").map(Keys::to_text) {
        let typed = press(&text, false);
        assert_eq!(fires(&document, &typed, Place::Composer), Outcome::Nothing, "{text}");
        let outside = Press { in_text: false, ..typed };
        assert_eq!(fires(&document, &outside, Place::Dialog), Outcome::Action("dialog.close"), "{text}");
    }
}

#[test]
fn what_is_composed_held_or_dead_fires_nothing() {
    let fresh = json!({});
    let enter = press("Enter", false);
    let table = [
        (Press { composing: true, ..enter }, Outcome::Nothing),
        (Press { key: "Process", ..enter }, Outcome::Nothing),
        (Press { code: "", ..enter }, Outcome::Nothing),
        (Press { code: "ShiftLeft", ..enter }, Outcome::Nothing),
        (Press { repeat: true, ..enter }, Outcome::Held("message.send")),
        (Press { code: "NumpadEnter", ..enter }, Outcome::Action("message.send")),
        (Press { key: "Dead", ..press("Alt+KeyN", true) }, Outcome::Nothing),
    ];
    for (press, expected) in table {
        assert_eq!(fires(&fresh, &press, Place::Composer), expected, "{press:?}");
    }
    let down = Press { repeat: true, ..press("ArrowDown", false) };
    assert_eq!(fires(&fresh, &down, Place::Suggestions), Outcome::Action("reply.next"), "moving repeats");
}

#[test]
fn a_chord_takes_two_steps() {
    let fresh = Bindings::of(&json!({}));
    let first = press("Mod+Semicolon", false);
    let go = |second: Press<'_>| {
        let mut chord = Chord::default();
        assert_eq!(fresh.press(&mut chord, &first, Place::Composer), Outcome::Pending);
        assert!(chord.is_pending());
        // Letting go of Ctrl and holding Shift is no step, nor is the first key held for long.
        let shift = Press { code: "ShiftLeft", ..second };
        assert_eq!(fresh.press(&mut chord, &shift, Place::Composer), Outcome::Nothing);
        let held = Press { repeat: true, ..first };
        assert_eq!(fresh.press(&mut chord, &held, Place::Composer), Outcome::Pending);
        let outcome = fresh.press(&mut chord, &second, Place::Composer);
        assert_eq!(chord.is_pending(), outcome == Outcome::Pending);
        outcome
    };
    // The letter belongs to the chord, also in a field and on a Cyrillic layout.
    assert_eq!(go(Press { key: "е", ..press("KeyT", false) }), Outcome::Action("dialog.topic"));
    assert_eq!(go(press("Escape", false)), Outcome::Cancelled);
    // What continues nothing is itself: a letter is written, another hotkey acts, the chord begins again.
    assert_eq!(go(press("KeyX", false)), Outcome::Nothing);
    assert_eq!(go(press("Mod+KeyK", false)), Outcome::Action("palette.open"));
    assert_eq!(go(first), Outcome::Pending);
    // Too late.
    let mut chord = Chord::default();
    fresh.press(&mut chord, &first, Place::Composer);
    chord.forget();
    assert_eq!(fresh.press(&mut chord, &press("KeyT", false), Place::Composer), Outcome::Nothing);
    // Not where the action does not act.
    assert_eq!(fresh.press(&mut chord, &first, Place::List), Outcome::Nothing);
}

#[test]
fn a_group_that_is_off_takes_no_keys() {
    let off = json!({ "groups": { "composer": false }, "triggers": { "reply.menu": "/" } });
    assert_eq!(fires(&off, &press("Enter", false), Place::Composer), Outcome::Nothing);
    assert_eq!(fires(&off, &press("Mod+KeyK", false), Place::Composer), Outcome::Action("palette.open"));
    assert_eq!(Bindings::of(&off).trigger("", "/"), None);
}

#[test]
fn an_action_may_have_several_keys_or_none() {
    let document = json!({ "bindings": { "message.send": ["Mod+Enter", "F2"], "dialog.close": [] } });
    for text in ["Mod+Enter", "F2"] {
        assert_eq!(fires(&document, &press(text, false), Place::Composer), Outcome::Action("message.send"));
    }
    assert_eq!(fires(&document, &press("Mod+Shift+KeyE", false), Place::Dialog), Outcome::Nothing);
    assert_eq!(fires(&document, &press("Enter", false), Place::Composer), Outcome::Nothing);
    // What is being typed in the JSON view holds nobody up.
    let half = json!({ "bindings": { "message.send": ["Mod+", "F2", 7] }, "groups": 1, "triggers": null });
    assert_eq!(fires(&half, &press("F2", false), Place::Composer), Outcome::Action("message.send"));
}

#[test]
fn a_trigger_stands_before_a_word() {
    let fresh = Bindings::of(&json!({ "triggers": { "message.emoji": ":" } }));
    let table = [
        ("", "/", Some("reply.menu")),
        ("Вітаю ", "/", Some("reply.menu")),
        ("Вітаю\n", "/", Some("reply.menu")),
        ("Вітаю\u{a0}", ":", Some("message.emoji")),
        ("і", "/", None),
        ("https:/", "/", None),
        ("", ".", None),
        ("", "", None),
    ];
    for (before, typed, expected) in table {
        assert_eq!(fresh.trigger(before, typed), expected, "{before:?} {typed:?}");
    }
}

fn any_keys() -> impl Strategy<Value = Keys> {
    let modifiers = proptest::sample::subsequence(vec!["Mod", "Ctrl", "Meta", "Alt", "Shift"], 0..=5);
    let names: Vec<&str> = Code::names().collect();
    let step = (modifiers, proptest::sample::select(names)).prop_filter_map("Mod alone", |(modifiers, code)| {
        let mut names: Vec<&str> = modifiers;
        names.push(code);
        Keys::parse(&names.join("+")).ok().map(|keys| keys.first)
    });
    (step.clone(), proptest::option::of(step)).prop_map(|(first, second)| Keys { first, second })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(keys in any_keys()) {
        prop_assert_eq!(Keys::parse(&keys.to_text()), Ok(keys));
    }

    #[test]
    fn a_recorded_press_is_the_binding_that_it_fires(keys in any_keys(), mac in any::<bool>()) {
        let held = keys.first.held(mac);
        let press = Press {
            code: held.code.name(), ctrl: held.ctrl, alt: held.alt, shift: held.shift, meta: held.meta, mac,
            ..Press::default()
        };
        let recorded = press.step().map(|first| Keys { first, second: None }.to_text());
        let document = json!({ "bindings": { "theme.switch": [recorded] } });
        // Other actions of a fresh instance may have it as well; then the inner one acts.
        prop_assert!(!matches!(fires(&document, &press, Place::Everywhere), Outcome::Nothing));
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), parts in "[A-Za-z0-9+ ]{0,40}") {
        for text in [&text, &parts] {
            if let Ok(keys) = Keys::parse(text) {
                prop_assert_eq!(Keys::parse(&keys.to_text()), Ok(keys));
                prop_assert!(!caps(keys, true, &US).is_empty());
            }
        }
    }

    #[test]
    fn any_event_is_survived(code in any::<String>(), key in any::<String>(), flags in any::<[bool; 9]>()) {
        let [ctrl, alt, shift, meta, alt_graph, composing, repeat, in_text, mac] = flags;
        let press = Press { code: &code, key: &key, ctrl, alt, shift, meta, alt_graph, composing, repeat, in_text, mac };
        let mut chord = Chord::default();
        let bindings = Bindings::of(&Value::Null);
        for place in [Place::Composer, Place::Suggestions, Place::Dialog, Place::List, Place::Everywhere] {
            bindings.press(&mut chord, &press, place);
        }
        bindings.trigger(&key, &code);
    }
}
