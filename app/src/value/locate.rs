//! Finds the line and column of a place in JSON text.

use serde::Serialize;

use super::json::Scanner;

/// Where something stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The place in the text, in UTF-16 units as browsers count.
    pub offset: usize,
    /// How long it is, in UTF-16 units.
    pub length: usize,
}

/// Finds where the value at `pointer` stands in a JSON text, also in one that is still being typed.
///
/// When the text holds no such value, the nearest parent that it holds is found: its key, else its bracket.
/// `None` for what is no pointer, and for a text without a value.
pub fn locate(text: &str, pointer: &str) -> Option<Position> {
    let (spot, complete) = Scanner::new(text).find(pointer)?;
    let (from, to) = if complete { spot.value } else { spot.key.unwrap_or((spot.value.0, spot.value.0 + 1)) };
    Some(position(text, from, to))
}

/// Finds where the key of the value at `pointer` stands; `None` for an item of a list and for what is absent.
pub fn locate_key(text: &str, pointer: &str) -> Option<Position> {
    let (spot, complete) = Scanner::new(text).find(pointer)?;
    spot.key.filter(|_| complete).map(|(from, to)| position(text, from, to))
}

/// Bytes of the text, from and to.
type Span = (usize, usize);

/// Where a value stands, and its key if it has one.
#[derive(Clone, Copy)]
struct Spot {
    key: Option<Span>,
    value: Span,
}

impl Scanner<'_> {
    /// The nearest spot on the way to `pointer`, and whether it is the very place.
    fn find(&mut self, pointer: &str) -> Option<(Spot, bool)> {
        let names = super::segments(pointer)?;
        self.space();
        self.peek()?;
        let mut spot = Spot { key: None, value: (self.at, self.at) };
        for name in &names {
            let entered = match self.peek() {
                Some(b'{') => self.enter_object(name),
                Some(b'[') => self.enter_array(name),
                _ => None,
            };
            match entered {
                Some(inner) => spot = inner,
                None => return Some((spot, false)),
            }
        }
        self.skip();
        spot.value.1 = self.at;
        Some((spot, true))
    }

    /// Goes to the value of a key, if the object that begins here has it.
    fn enter_object(&mut self, name: &str) -> Option<Spot> {
        self.at += 1;
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return None;
            }
            let found = self.string().ok()?;
            let key = (start, self.at);
            self.space();
            if !self.eat(b':') {
                return None;
            }
            self.space();
            if found == name {
                return self.peek().map(|_| Spot { key: Some(key), value: (self.at, self.at) });
            }
            self.skip();
            self.space();
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn enter_array(&mut self, name: &str) -> Option<Spot> {
        let index: usize = name.parse().ok()?;
        self.at += 1;
        for _ in 0..index {
            self.space();
            self.skip();
            self.space();
            if !self.eat(b',') {
                return None;
            }
        }
        self.space();
        self.peek().filter(|sign| *sign != b']').map(|_| Spot { key: None, value: (self.at, self.at) })
    }

    /// Steps over one value without judging it.
    fn skip(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                None => return,
                Some(b'"') => {
                    if self.string().is_err() {
                        self.at = self.text.len();
                    }
                }
                Some(b'{' | b'[') => {
                    open += 1;
                    self.at += 1;
                }
                Some(b'}' | b']' | b',') if open == 0 => return,
                Some(b'}' | b']') => {
                    open -= 1;
                    self.at += 1;
                }
                Some(_) => {
                    let rest = &self.text[self.at..];
                    let end = |c: char| {
                        matches!(c, '"' | '{' | '}' | '[' | ']' | ',') || (open == 0 && c.is_whitespace())
                    };
                    self.at += rest
                        .find(end)
                        .unwrap_or(rest.len())
                        .max(usize::from(open > 0 && rest.starts_with(',')));
                }
            }
            if open == 0 {
                return;
            }
        }
    }
}

/// The bytes `from` to `to` of a text as a place for people and editors.
pub(super) fn position(text: &str, from: usize, to: usize) -> Position {
    let before = &text[..from];
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    // A line ends with LF, CR LF or, from old machines, CR.
    let ends = before.matches('\n').count() + before.matches('\r').count() - before.matches("\r\n").count();
    let units = |part: &str| part.encode_utf16().count();
    let length = text.get(from..to).map_or(0, units);
    Position { line: ends + 1, column: before[start..].chars().count() + 1, offset: units(before), length }
}
