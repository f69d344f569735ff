//! What a press does: the bindings of a document, and the state of a chord that has begun.

use serde_json::Value;

use super::code::Code;
use super::notation::{Held, Keys, Step};
use crate::sections::hotkeys::actions::{self, ACTIONS, Action, Place};
use crate::sections::hotkeys::taken;

/// A `keydown` event, as plain data.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "so does the event")]
pub struct Press<'e> {
    /// `event.code`: which key, by its place.
    pub code: &'e str,
    /// `event.key`: what it prints.
    pub key: &'e str,
    /// `event.ctrlKey`.
    pub ctrl: bool,
    /// `event.altKey`.
    pub alt: bool,
    /// `event.shiftKey`.
    pub shift: bool,
    /// `event.metaKey`.
    pub meta: bool,
    /// `event.getModifierState("AltGraph")`.
    pub alt_graph: bool,
    /// `event.isComposing`.
    pub composing: bool,
    /// `event.repeat`.
    pub repeat: bool,
    /// The focus is in a field in which text is written.
    pub in_text: bool,
    /// The computer is a Mac.
    pub mac: bool,
}

impl Press<'_> {
    /// What is pressed, if a hotkey can have it: not while letters are composed, and no modifier alone.
    fn held(&self) -> Option<Held> {
        // Safari says "Process" where others say `isComposing`.
        if self.composing || self.key == "Process" {
            return None;
        }
        let code = Code::of_event(self.code)?;
        Some(Held { ctrl: self.ctrl, alt: self.alt, shift: self.shift, meta: self.meta, code })
    }

    /// Does it print a letter by AltGr? Windows makes Ctrl and Alt of that key, and the other way round.
    fn prints_by_altgr(&self, code: Code) -> bool {
        let sign = || {
            let mut signs = self.key.chars();
            signs.next().filter(|_| signs.next().is_none())
        };
        let letter = |sign: char| taken::altgr_letters(code).is_some_and(|letters| letters.contains(sign));
        self.alt_graph || (!self.mac && self.ctrl && self.alt && sign().is_some_and(letter))
    }

    /// The step that a recorder writes down; what AltGr prints too, so that it can be told why not.
    pub fn step(&self) -> Option<Step> {
        let held = self.held()?;
        let held = if self.alt_graph { Held { ctrl: true, alt: true, ..held } } else { held };
        Some(Step::of(held, self.mac))
    }
}

/// What a press does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: the press belongs to the page.
    Nothing,
    /// The first step of a chord. The page must not get it; call [`Chord::forget`] when the second does not come soon.
    Pending,
    /// The chord that had begun was called off by Escape. The page must not get it.
    Cancelled,
    /// This action. The page must not get the press.
    Action(&'static str),
    /// The key of this action is being held down. The page must not get it, and nothing is done.
    Held(&'static str),
}

/// A chord whose first step was pressed, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chord(Option<Held>);

impl Chord {
    /// Forgets the first step: the second did not come, or the focus went elsewhere.
    pub fn forget(&mut self) {
        self.0 = None;
    }

    /// Is a second step waited for?
    pub fn is_pending(self) -> bool {
        self.0.is_some()
    }
}

/// The hotkeys that hold: those of a document, without what is switched off and what can't be read.
#[derive(Clone, Debug, Default)]
pub struct Bindings {
    keys: Vec<(&'static Action, Keys)>,
    triggers: Vec<(&'static Action, String)>,
}

impl Bindings {
    /// Reads a document of hotkeys, also one that is being edited: what is absent has its default, and what can't be
    /// read is left out.
    pub fn of(document: &Value) -> Self {
        let on = |action: &Action| {
            document["groups"].get(action.place.group()).and_then(Value::as_bool).unwrap_or(true)
        };
        let mut bindings = Self::default();
        for action in ACTIONS.iter().filter(|action| on(action)) {
            let mut add = |text: &str| {
                bindings.keys.extend(Keys::parse(text).ok().map(|keys| (action, keys)));
            };
            match document["bindings"].get(action.id).and_then(Value::as_array) {
                Some(held) => held.iter().filter_map(Value::as_str).for_each(add),
                None => action.default.iter().copied().for_each(&mut add),
            }
        }
        for (id, default) in actions::TRIGGERS {
            let sign = document["triggers"].get(id).and_then(Value::as_str).unwrap_or(default);
            let action = actions::action(id).filter(|action| on(action) && !sign.is_empty());
            bindings.triggers.extend(action.map(|action| (action, sign.to_owned())));
        }
        bindings
    }

    /// The combinations of an action, the one to be shown first.
    pub fn keys(&self, action: &str) -> impl Iterator<Item = Keys> {
        self.keys.iter().filter(move |(known, _)| known.id == action).map(|(_, keys)| *keys)
    }

    /// What a press does while the focus is in `place`; `chord` is kept between presses.
    ///
    /// Keys are known by their place, so that the layout does not matter. A second step that continues nothing is
    /// looked at anew, so that no letter is lost. Of the same keys in several places the innermost one holds.
    pub fn press(&self, chord: &mut Chord, press: &Press<'_>, place: Place) -> Outcome {
        let Some(now) = press.held() else { return Outcome::Nothing };
        if press.prints_by_altgr(now.code) || (press.key == "Dead" && !press.ctrl && !press.meta) {
            chord.forget();
            return Outcome::Nothing;
        }
        let here = || self.keys.iter().filter(|(action, _)| action.place.acts_in(place));
        let same = |step: Step| step.held(press.mac) == now;
        if let Some(first) = chord.0 {
            if press.repeat {
                return Outcome::Pending;
            }
            chord.forget();
            let follows =
                |keys: &Keys| keys.first.held(press.mac) == first && keys.second.is_some_and(same);
            if let Some((action, _)) = here().find(|(_, keys)| follows(keys)) {
                return Outcome::Action(action.id);
            }
            if now.code.name() == "Escape" {
                return Outcome::Cancelled;
            }
        }
        if press.in_text && !Step::of(now, press.mac).is_free_in_text() {
            return Outcome::Nothing;
        }
        if let Some((action, _)) = here().find(|(_, keys)| keys.second.is_none() && same(keys.first)) {
            let held = press.repeat && !action.repeats;
            return if held { Outcome::Held(action.id) } else { Outcome::Action(action.id) };
        }
        if here().any(|(_, keys)| keys.second.is_some() && same(keys.first)) {
            chord.0 = Some(now);
            return Outcome::Pending;
        }
        Outcome::Nothing
    }

    /// The action that `typed` triggers behind the text `before`: at the start of a line or after white space.
    ///
    /// It is the character that counts, so that it is the same on every layout.
    pub fn trigger(&self, before: &str, typed: &str) -> Option<&'static str> {
        let free = before.chars().next_back().is_none_or(char::is_whitespace);
        let found = self.triggers.iter().find(|(_, sign)| sign == typed);
        found.filter(|_| free).map(|(action, _)| action.id)
    }
}
