//! What is wrong with a set of hotkeys, by class, each with its reason.
//!
//! | code | what | grade |
//! | --- | --- | --- |
//! | `keys_empty`, `keys_steps`, `keys_no_key`, `keys_unknown`, `keys_twice` | no combination at all | error |
//! | `keys_repeated` | the action has these keys already | error |
//! | `keys_taken` | another action has the same keys where both can act | error: one of the two would never act |
//! | `chord_hidden` | the first step of the chord is itself bound | error: the chord could never be ended |
//! | `keys_reserved` | browsers never tell the page | error: it could never act |
//! | `keys_system` | Windows or Linux takes it | error, likewise |
//! | `keys_mac` | macOS takes it | warning: many instances have no Mac |
//! | `keys_edit` | text fields need it | error: nobody could copy or undo |
//! | `keys_browser` | the browser has another use for it | warning: the page may take it, and operators lose that use |
//! | `keys_altgr_uk` | AltGr prints `ґ` with it | error: dead or in the way for everybody who writes Ukrainian |
//! | `keys_altgr` | AltGr prints a sign on other layouts of Windows | warning |
//! | `keys_option` | Option prints a sign on a Mac, Alt opens a menu elsewhere | warning |
//! | `keys_type` | prints or edits, in a text field | error: it could never act there |
//! | `keys_type_outside` | prints or edits; would act outside of text fields alone | warning (WCAG 2.2, 2.1.4) |
//! | `keys_reader` | screen readers, or moving by the keyboard, need it | warning |
//! | `new_line_lost` | Enter sends, and nothing starts a new line | error, at the new line |
//! | `trigger_letter` | a trigger that is a letter or a digit | error: words begin with it |
//! | `trigger_taken` | two actions have the same trigger | error |
//!
//! What belongs to a group that is switched off takes no keys and has no conflicts; it must be readable all the same.

use super::actions::{ACTIONS, Action, Place};
use super::keys::{Keys, Sort, Step, Unreadable};
use super::{Hotkeys, taken};
use crate::problem::{Problem, Problems};

/// One combination with its place in the document.
#[derive(Clone, Copy)]
struct Bound {
    action: &'static Action,
    index: usize,
    keys: Keys,
}

impl Bound {
    fn pointer(self) -> String {
        pointer(self.action.id, self.index)
    }

    fn error(self, code: &str) -> Problem {
        Problem::error(self.pointer(), code).with("keys", self.keys.to_text())
    }

    fn warning(self, code: &str) -> Problem {
        Problem { warning: true, ..self.error(code) }
    }
}

fn pointer(action: &str, index: usize) -> String {
    ["/bindings/", action, "/", &index.to_string()].concat()
}

/// Everything that is wrong with these hotkeys.
pub fn find(hotkeys: &Hotkeys, problems: &mut Problems) {
    let mut bound = Vec::new();
    for action in &ACTIONS {
        read(action, hotkeys, &mut bound, problems);
    }
    bound.retain(|one| hotkeys.groups.is_on(one.action.place.group()));
    for one in &bound {
        shared(*one, &bound, problems);
        alone(*one, problems);
    }
    new_line(hotkeys, &bound, problems);
    triggers(hotkeys, problems);
}

/// Reads the combinations of one action.
fn read(action: &'static Action, hotkeys: &Hotkeys, bound: &mut Vec<Bound>, problems: &mut Problems) {
    let first = bound.len();
    for (index, text) in hotkeys.bindings.of(action.id).iter().enumerate() {
        match Keys::parse(text) {
            Ok(keys) => {
                if bound[first..].iter().any(|one| one.keys == keys) {
                    let text = keys.to_text();
                    problems.push(Problem::error(pointer(action.id, index), "keys_repeated").with("keys", text));
                } else {
                    bound.push(Bound { action, index, keys });
                }
            }
            Err(why) => problems.push(unreadable(pointer(action.id, index), why)),
        }
    }
}

fn unreadable(pointer: String, why: Unreadable) -> Problem {
    match why {
        Unreadable::Empty => Problem::error(pointer, "keys_empty"),
        Unreadable::Steps => Problem::error(pointer, "keys_steps"),
        Unreadable::NoKey => Problem::error(pointer, "keys_no_key"),
        Unreadable::Unknown(name) => Problem::error(pointer, "keys_unknown").with("name", name),
        Unreadable::Twice(name) => Problem::error(pointer, "keys_twice").with("name", name),
    }
}

/// What two actions want at once.
fn shared(one: Bound, all: &[Bound], problems: &mut Problems) {
    let others = || {
        all.iter().filter(move |other| {
            other.action.id != one.action.id && other.action.place.overlaps(one.action.place)
        })
    };
    if let Some(other) = others().find(|other| other.keys.meets(one.keys)) {
        problems.push(one.error("keys_taken").with("other", other.action.id));
    }
    if one.keys.second.is_some() {
        // Another combination of the same action hides it as well.
        let same = all.iter().filter(|other| other.action.id == one.action.id);
        let hides = |other: &&Bound| other.keys.second.is_none() && other.keys.first.meets(one.keys.first);
        if let Some(other) = others().chain(same).find(hides) {
            problems.push(one.error("chord_hidden").with("other", other.action.id));
        }
    }
}

/// What somebody else needs.
fn alone(one: Bound, problems: &mut Problems) {
    for step in one.keys.steps() {
        if taken::by_browser(step) {
            return problems.push(one.error("keys_reserved"));
        }
        if taken::by_system(step) {
            return problems.push(one.error("keys_system"));
        }
        if taken::by_mac(step) {
            problems.push(one.warning("keys_mac"));
        }
    }
    let step = one.keys.first;
    let sort = step.code.sort();
    let held = step.held(false);
    if taken::by_editing(step) {
        return problems.push(one.error("keys_edit"));
    }
    if let Some(what) = taken::browser_use(step) {
        problems.push(one.warning("keys_browser").with("use", what));
    }
    if let Some(letters) = taken::altgr_letters(step.code).filter(|_| held.ctrl && held.alt) {
        problems.push(if letters.contains(taken::UKRAINIAN) {
            one.error("keys_altgr_uk").with("letter", taken::UKRAINIAN.to_string())
        } else {
            let letters: Vec<String> = letters.chars().map(String::from).collect();
            one.warning("keys_altgr").with("letters", letters)
        });
    } else if held.alt && !held.ctrl && matches!(sort, Sort::Prints) && taken::browser_use(step).is_none() {
        problems.push(one.warning("keys_option"));
    }
    if needed_by_readers(step, one.action.place) {
        problems.push(one.warning("keys_reader"));
    } else if !step.is_free_in_text() {
        problems.push(match one.action.place {
            Place::Composer | Place::Suggestions => one.error("keys_type"),
            Place::Dialog | Place::List | Place::Everywhere => one.warning("keys_type_outside"),
        });
    }
}

/// Do screen readers, or people who move by the keyboard, need it?
///
/// NVDA, JAWS and Orca: Insert, Caps Lock and the block of figures. VoiceOver: ⌃⌥ with any key. All of them, and everybody
/// without a mouse: Tab, and the arrows, which read and move; only quick replies on offer have the arrows to themselves.
fn needed_by_readers(step: Step, place: Place) -> bool {
    let on_mac = step.held(true);
    match step.code.sort() {
        Sort::Lock => true,
        Sort::Pad => step.is_plain(),
        Sort::Arrow => step.is_plain() && place != Place::Suggestions,
        _ => {
            matches!(step.code.name(), "Insert")
                || (step.code.name() == "Tab" && step.is_plain())
                || (on_mac.ctrl && on_mac.alt)
        }
    }
}

/// If Enter sends, a new line keeps another key.
fn new_line(hotkeys: &Hotkeys, bound: &[Bound], problems: &mut Problems) {
    let of = |id: &'static str| bound.iter().filter(move |one| one.action.id == id);
    let enter = Keys::parse("Enter").expect("it is a key");
    let sends = of("message.send").any(|one| one.keys == enter);
    if sends && hotkeys.groups.is_on("composer") && of("message.new_line").all(|one| one.keys == enter) {
        problems.error("/bindings/message.new_line", "new_line_lost");
    }
}

fn triggers(hotkeys: &Hotkeys, problems: &mut Problems) {
    let held: Vec<(&str, &str)> = hotkeys.triggers.all().filter(|(_, sign)| !sign.is_empty()).collect();
    for (at, (id, sign)) in held.iter().enumerate() {
        let pointer = ["/triggers/", id].concat();
        if sign.chars().any(char::is_alphanumeric) {
            problems.push(Problem::error(pointer, "trigger_letter").with("sign", *sign));
        } else if let Some((other, _)) = held[..at].iter().find(|(_, other)| other == sign) {
            problems.push(Problem::error(pointer, "trigger_taken").with("sign", *sign).with("other", *other));
        }
    }
}
