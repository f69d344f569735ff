//! Conflicts by class, the document, the presets.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::problem::Problems;

fn read(value: Value) -> Hotkeys {
    serde_json::from_value(value).unwrap()
}

/// Everything found, as "pointer code" with an exclamation mark for errors.
fn found(value: Value) -> Vec<String> {
    let mut problems = Problems::default();
    read(value).check(&mut problems);
    problems
        .iter()
        .map(|one| format!("{}{} {}", one.pointer, if one.warning { "" } else { "!" }, one.code))
        .collect()
}

/// What is found when an action has only these keys.
fn of(action: &str, keys: &[&str]) -> Vec<String> {
    let all = found(json!({ "bindings": { action: keys } }));
    let at = format!("/bindings/{action}/");
    all.into_iter().filter_map(|one| one.strip_prefix(&at).map(str::to_owned)).collect()
}

#[test]
fn a_fresh_instance_has_no_conflict() {
    assert_eq!(found(json!({})), Vec::<String>::new());
    let example = json!({
        "bindings": { "message.send": ["Enter"], "dialog.close": ["Mod+Shift+KeyE"], "palette.open": ["Mod+KeyK"], "reply.menu": ["Mod+Slash"] },
        "triggers": { "reply.menu": "/" },
    });
    assert_eq!(found(example), Vec::<String>::new());
}

#[test]
fn every_class_of_conflict_is_found() {
    let table: [(&str, &[&str], &[&str]); 42] = [
        // The same keys in overlapping places; another place is no conflict.
        ("dialog.close", &["Mod+KeyK"], &["0! keys_taken"]),
        ("dialog.close", &["Ctrl+KeyK"], &["0! keys_taken"]),
        ("message.note", &["Alt+ArrowDown"], &["0! keys_taken"]),
        ("list.search", &["Enter"], &[]),
        ("list.search", &["Mod+Backslash"], &[]),
        ("dialog.close", &["F4"], &[]),
        // Chords.
        ("dialog.close", &["Mod+KeyK Mod+KeyS"], &["0! chord_hidden"]),
        ("dialog.close", &["F8 KeyA"], &["0! chord_hidden"]),
        ("list.search", &["F9 KeyA"], &[]),
        ("dialog.close", &["F2", "F2 KeyA"], &["1! chord_hidden"]),
        ("dialog.close", &["Mod+Semicolon KeyC"], &[]),
        // Browsers and systems.
        ("dialog.close", &["Mod+KeyW"], &["0! keys_reserved"]),
        ("dialog.close", &["Mod+Shift+KeyN"], &["0! keys_reserved"]),
        ("dialog.close", &["F2 Mod+KeyT"], &["0! keys_reserved"]),
        ("dialog.close", &["Alt+F4"], &["0! keys_system"]),
        ("dialog.close", &["Meta+KeyE"], &["0! keys_system"]),
        ("dialog.close", &["PrintScreen"], &["0! keys_system"]),
        ("dialog.close", &["Mod+KeyM"], &["0 keys_mac"]),
        ("dialog.close", &["Mod+KeyC"], &["0! keys_edit"]),
        ("dialog.close", &["Shift+Insert"], &["0! keys_edit"]),
        ("dialog.close", &["Mod+KeyP"], &["0 keys_browser"]),
        ("dialog.close", &["F5"], &["0 keys_browser"]),
        ("dialog.close", &["Alt+ArrowLeft"], &["0 keys_browser"]),
        ("list.search", &["Mod+KeyF"], &["0 keys_browser"]),
        // AltGr.
        ("dialog.close", &["Ctrl+Alt+KeyU"], &["0! keys_altgr_uk", "0 keys_reader"]),
        ("dialog.close", &["Mod+Alt+KeyU"], &["0! keys_altgr_uk"]),
        ("dialog.close", &["Mod+Alt+KeyS"], &["0 keys_altgr"]),
        ("dialog.close", &["Mod+Alt+KeyH"], &[]),
        ("dialog.close", &["Alt+KeyN"], &["0 keys_option"]),
        // Letters and signs.
        ("message.note", &["KeyN"], &["0! keys_type"]),
        ("message.note", &["Shift+KeyN"], &["0! keys_type"]),
        ("message.note", &["Comma"], &["0! keys_type"]),
        ("message.note", &["Slash"], &["0! keys_type"]),
        ("message.note", &["Delete"], &["0! keys_type"]),
        ("dialog.close", &["KeyN"], &["0 keys_type_outside"]),
        // Screen readers.
        ("message.note", &["Tab"], &["0 keys_reader"]),
        ("message.note", &["Insert"], &["0 keys_reader"]),
        ("message.note", &["CapsLock"], &["0 keys_reader"]),
        ("message.note", &["Numpad5"], &["0 keys_reader"]),
        ("message.note", &["ArrowLeft"], &["0 keys_reader"]),
        ("reply.next", &["ArrowRight"], &[]),
        // No combination.
        ("message.note", &["", "Mod", "Mod+Ctrl+KeyA", "Mod+KeyЖ", "F2 F2 F2", "F2", "f2"], &[
            "0! keys_empty", "1! keys_no_key", "2! keys_twice", "3! keys_unknown", "4! keys_steps", "6! keys_repeated",
        ]),
    ];
    for (action, keys, expected) in table {
        assert_eq!(of(action, keys), expected, "{action}: {keys:?}");
    }
}

#[test]
fn signs_of_ukrainian_words_are_no_hotkeys_in_a_field() {
    for code in ["Comma", "Period", "Semicolon", "Quote", "BracketLeft", "BracketRight", "Backquote", "Slash"] {
        assert_eq!(of("reply.menu", &[code]), ["0! keys_type"], "{code}");
    }
}

#[test]
fn a_conflict_names_the_other_action_at_both_ends() {
    let mut problems = Problems::default();
    read(json!({ "bindings": { "text.bold": ["F2"], "palette.open": ["F2"] } })).check(&mut problems);
    let told: Vec<_> = problems.iter().map(|one| (one.pointer.as_str(), &one.params["other"])).collect();
    assert_eq!(
        told,
        [
            ("/bindings/text.bold/0", &Value::from("palette.open")),
            ("/bindings/palette.open/0", &Value::from("text.bold")),
        ]
    );
}

#[test]
fn what_is_off_has_no_conflict() {
    let both = json!({ "text.bold": ["F2"], "palette.open": ["F2"] });
    assert_eq!(found(json!({ "bindings": both, "groups": { "composer": false } })), Vec::<String>::new());
    let unread = json!({ "bindings": { "text.bold": ["Mod"] }, "groups": { "composer": false } });
    assert_eq!(found(unread), ["/bindings/text.bold/0! keys_no_key"]);
}

#[test]
fn where_enter_sends_a_new_line_keeps_a_key() {
    let lost = "/bindings/message.new_line! new_line_lost";
    assert_eq!(found(json!({ "bindings": { "message.new_line": [] } })), [lost]);
    let both = found(json!({ "bindings": { "message.new_line": ["Enter"] } }));
    assert!(both.contains(&lost.to_owned()), "{both:?}");
    let elsewhere = json!({ "bindings": { "message.send": ["Mod+Enter"], "message.new_line": [] } });
    assert_eq!(found(elsewhere), Vec::<String>::new());
}

#[test]
fn triggers_are_signs_and_differ() {
    let at = |value: Value| found(json!({ "triggers": value }));
    assert_eq!(at(json!({ "reply.menu": "ж" })), ["/triggers/reply.menu! trigger_letter"]);
    assert_eq!(at(json!({ "reply.menu": "7" })), ["/triggers/reply.menu! trigger_letter"]);
    assert_eq!(at(json!({ "message.emoji": "/" })), ["/triggers/message.emoji! trigger_taken"]);
    assert_eq!(at(json!({ "message.emoji": ":", "reply.menu": "" })), Vec::<String>::new());
}

#[test]
fn presets_leave_no_conflict_and_say_what_they_change() {
    let fresh = serde_json::to_value(Hotkeys::default()).unwrap();
    assert_eq!(Preset::EnterSends.changes(&fresh), []);
    let changes = Preset::ModEnterSends.changes(&fresh);
    assert_eq!(
        changes,
        [("message.send", &["Mod+Enter"][..]), ("message.new_line", &["Enter", "Shift+Enter"][..])]
    );
    for preset in Preset::ALL {
        let mut value = fresh.clone();
        for (action, keys) in preset.keys() {
            value["bindings"][action] = json!(keys);
        }
        assert_eq!(preset.changes(&value), []);
        assert_eq!(found(value), Vec::<String>::new(), "{preset:?}");
    }
}

#[test]
fn a_document_is_read_whole_and_written_in_one_way() {
    let value = read(json!({ "bindings": { "palette.open": ["cmd+k", "mod+p", "not a key"] } }));
    assert_eq!(value.bindings.of("palette.open"), ["Meta+KeyK", "Mod+KeyP", "not a key"]);
    assert_eq!(value.bindings.of("message.send"), ["Enter"], "what is absent has its default");
    assert_eq!(value.bindings.of("no.action"), [""; 0]);
    let order: Vec<String> = serde_json::to_value(&value).unwrap()["bindings"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let ids: Vec<&str> = ACTIONS.iter().map(|action| action.id).collect();
    assert_eq!(order, ids);
    assert!(serde_json::from_value::<Hotkeys>(json!({ "bindings": { "no.action": [] } })).is_err());
}

#[test]
fn names_hold_together() {
    let mut ids: Vec<&str> = ACTIONS.iter().map(|action| action.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), ACTIONS.len(), "an action is named twice");
    assert!(TRIGGERS.iter().all(|(id, _)| action(id).is_some()));
    assert!(ACTIONS.iter().all(|action| GROUPS.contains(&action.place.group())));
    for action in &ACTIONS {
        for text in action.default {
            assert_eq!(Keys::parse(text).unwrap().to_text(), *text, "{}", action.id);
        }
    }
    for language in crate::words::Language::ALL {
        let text = match language {
            crate::words::Language::Uk => include_str!("../../../words/uk.json"),
            crate::words::Language::En => include_str!("../../../words/en.json"),
        };
        let table = crate::words::Table::parse(text).unwrap();
        for what in taken::uses() {
            assert!(table.option("hotkey_use", what).is_some(), "{what} in {language:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_document_is_survived(
        texts in proptest::collection::vec("[A-Za-z0-9+ ]{0,24}|(Mod|Ctrl|Alt|Shift|Meta)\\+(Key[A-Z]|F[0-9]{1,2}|Arrow(Up|Down)|Enter)", 0..9),
        at in 0..ACTIONS.len(),
        sign in any::<String>(),
    ) {
        let document = json!({ "bindings": { ACTIONS[at].id: texts }, "triggers": { "reply.menu": sign } });
        let once = serde_json::to_value(read(document)).unwrap();
        prop_assert_eq!(&serde_json::to_value(read(once.clone())).unwrap(), &once);
        let mut problems = Problems::default();
        read(once).check(&mut problems);
    }
}
