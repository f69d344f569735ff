//! Combinations as the document writes them: `Mod+Shift+KeyE`, and `Mod+KeyK Mod+KeyS` for one after the other.

use super::code::{Code, Sort};

/// The modifiers of a step.
const MOD: u8 = 1;
const CTRL: u8 = 2;
const META: u8 = 4;
const ALT: u8 = 8;
const SHIFT: u8 = 16;

/// Names of the modifiers, the canonical one of each first and in the order in which they are written.
static MODIFIERS: &[(&str, u8)] = &[
    ("Mod", MOD),
    ("Ctrl", CTRL),
    ("Meta", META),
    ("Alt", ALT),
    ("Shift", SHIFT),
    ("Control", CTRL),
    ("Cmd", META),
    ("Command", META),
    ("Win", META),
    ("Super", META),
    ("Option", ALT),
    ("AltGr", CTRL | ALT),
];

/// One press: modifiers and a key. `Mod` is Ctrl, on a Mac ⌘, and never stands beside either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    modifiers: u8,
    /// The key.
    pub code: Code,
}

/// What is really held down on one kind of computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a keyboard has four modifiers")]
pub struct Held {
    /// Ctrl, on a Mac ⌃.
    pub ctrl: bool,
    /// Alt, on a Mac ⌥.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
    /// The Windows key, on a Mac ⌘.
    pub meta: bool,
    /// The key.
    pub code: Code,
}

/// A combination: one step, or two one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Keys {
    /// What is pressed first.
    pub first: Step,
    /// Of a chord: what is pressed then.
    pub second: Option<Step>,
}

/// Why a text is no combination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing.
    Empty,
    /// More than two steps.
    Steps,
    /// A step of modifiers alone.
    NoKey,
    /// No key has this name.
    Unknown(String),
    /// A modifier stands there twice, or `Mod` beside what it already is.
    Twice(String),
}

impl Step {
    /// This key with these modifiers held down, in the words of the document: Ctrl is `Mod`, on a Mac ⌘ is.
    pub fn of(held: Held, mac: bool) -> Self {
        let (ctrl, meta) = match (held.ctrl, held.meta) {
            (true, true) => (CTRL, META),
            (true, false) => (if mac { CTRL } else { MOD }, 0),
            (false, true) => (0, if mac { MOD } else { META }),
            (false, false) => (0, 0),
        };
        let alt = if held.alt { ALT } else { 0 };
        let shift = if held.shift { SHIFT } else { 0 };
        Self { modifiers: ctrl | meta | alt | shift, code: held.code }
    }

    /// What must be held down for it.
    pub fn held(self, mac: bool) -> Held {
        let has = |modifier| self.modifiers & modifier != 0;
        Held {
            ctrl: has(CTRL) || (!mac && has(MOD)),
            alt: has(ALT),
            shift: has(SHIFT),
            meta: has(META) || (mac && has(MOD)),
            code: self.code,
        }
    }

    /// Are both the same press on a PC or on a Mac?
    pub fn meets(self, other: Self) -> bool {
        [false, true].into_iter().any(|mac| self.held(mac) == other.held(mac))
    }

    /// Does it do without Ctrl, Alt, ⌘ and the Windows key?
    pub fn is_plain(self) -> bool {
        self.modifiers & !SHIFT == 0
    }

    fn parse(text: &str) -> Result<Self, Unreadable> {
        let (mut modifiers, mut code) = (0, None);
        for name in text.split('+') {
            let modifier = MODIFIERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            if let Some((_, bits)) = modifier.filter(|_| code.is_none()) {
                let both = modifiers | bits;
                if modifiers & bits != 0 || (both & MOD != 0 && both & (CTRL | META) != 0) {
                    return Err(Unreadable::Twice(name.to_owned()));
                }
                modifiers = both;
            } else if code.is_none() && !name.is_empty() {
                code = Some(Code::named(name).ok_or_else(|| Unreadable::Unknown(name.to_owned()))?);
            } else {
                // A second key, or a sign of plus where a key should be.
                return Err(Unreadable::Unknown(text.to_owned()));
            }
        }
        Ok(Self { modifiers, code: code.ok_or(Unreadable::NoKey)? })
    }

    fn print(self, text: &mut String) {
        for (name, bit) in &MODIFIERS[..5] {
            if self.modifiers & bit != 0 {
                text.push_str(name);
                text.push('+');
            }
        }
        text.push_str(self.code.name());
    }

    /// May a text field give this press away? Only what neither prints nor edits.
    pub fn is_free_in_text(self) -> bool {
        !self.is_plain() || matches!(self.code.sort(), Sort::Arrow | Sort::Command | Sort::Function)
    }
}

impl Keys {
    /// Reads a combination, however a person writes it: names in any case, modifiers in any order.
    ///
    /// ```
    /// use app::sections::hotkeys::keys::Keys;
    /// assert_eq!(Keys::parse("shift+mod+e").unwrap().to_text(), "Mod+Shift+KeyE");
    /// assert_eq!(Keys::parse("Mod+KeyK  Mod+KeyS").unwrap().to_text(), "Mod+KeyK Mod+KeyS");
    /// ```
    ///
    /// # Errors
    /// Says why it is none.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut steps = text.split_whitespace();
        let first = Step::parse(steps.next().ok_or(Unreadable::Empty)?)?;
        let second = steps.next().map(Step::parse).transpose()?;
        match steps.next() {
            Some(_) => Err(Unreadable::Steps),
            None => Ok(Self { first, second }),
        }
    }

    /// As the document writes it: the one way of all that [`Keys::parse`] reads.
    pub fn to_text(self) -> String {
        let mut text = String::new();
        self.first.print(&mut text);
        if let Some(second) = self.second {
            text.push(' ');
            second.print(&mut text);
        }
        text
    }

    /// Are both the same on a PC or on a Mac?
    pub fn meets(self, other: Self) -> bool {
        [false, true].into_iter().any(|mac| {
            self.first.held(mac) == other.first.held(mac)
                && self.second.map(|step| step.held(mac)) == other.second.map(|step| step.held(mac))
        })
    }

    /// Its steps.
    pub fn steps(self) -> impl Iterator<Item = Step> {
        [Some(self.first), self.second].into_iter().flatten()
    }
}
