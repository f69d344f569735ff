//! Reads JSON as a person typed it: every error and every value has its line and column.

use serde::Serialize;
use serde_json::{Map, Number, Value};

use super::locate::{Position, position};

/// A text that nests deeper than this is refused.
const DEPTH: usize = 64;

/// Why a text is not JSON that can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Syntax {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The place in the text, in UTF-16 units as browsers count.
    pub offset: usize,
    /// A stable name: the key of the words for it.
    pub code: &'static str,
    /// What stands there: a character, a number, a key; empty at the end of the text.
    pub found: String,
    /// The same in English, for logs and for REST.
    pub message: String,
}

/// Reads JSON (RFC 8259) strictly.
///
/// Beyond the grammar it refuses a key that its object already has, nesting deeper than 64, whole numbers
/// outside of 64 bits and others that no `f64` holds: each would be lost or changed without a word. A byte order
/// mark at the start is passed over.
pub fn parse_json(text: &str) -> Result<Value, Syntax> {
    let mut scanner = Scanner::new(text);
    let value = scanner.value(0).and_then(|value| {
        scanner.space();
        if scanner.peek().is_none() { Ok(value) } else { Err(scanner.unexpected("after_the_end")) }
    });
    value.map_err(|fault| {
        let Position { line, column, offset, .. } = position(text, fault.at, fault.at);
        Syntax {
            line,
            column,
            offset,
            code: fault.code,
            message: message(fault.code, &fault.found),
            found: fault.found,
        }
    })
}

/// What is wrong, and at which byte.
pub(super) struct Fault {
    at: usize,
    code: &'static str,
    found: String,
}

type Scan<T> = Result<T, Fault>;

/// A well-formed number that is not whole. Browsers know how to read one; code of our own would have to be downloaded.
fn float(word: &str) -> f64 {
    #[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
    return js_sys::parse_float(word);
    #[cfg(not(all(feature = "hydrate", target_arch = "wasm32")))]
    return word.parse().unwrap_or(f64::NAN);
}

/// A number as people type it, `.5` and `5.` among them: none if the text is no finite number.
pub fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let padded = match (digits.starts_with('.'), digits.ends_with('.')) {
        (true, false) => ["0", digits].concat(),
        (false, true) => [digits, "0"].concat(),
        _ => digits.to_owned(),
    };
    let number = is_number(&padded).then(|| float(&padded)).filter(|number| number.is_finite())?;
    Some(if text.starts_with('-') { -number } else { number })
}

/// Reads a text from left to right.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 } }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Steps over one byte if it is there.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// What stands here does not belong here.
    fn unexpected(&self, code: &'static str) -> Fault {
        match self.text[self.at..].chars().next() {
            Some(found) => fault(self.at, code, found),
            None => fault(self.at, "unexpected_end", ""),
        }
    }

    fn value(&mut self, depth: usize) -> Scan<Value> {
        self.space();
        match self.peek() {
            Some(b'{' | b'[') if depth == DEPTH => Err(self.unexpected("too_deep")),
            Some(b'{') => self.object(depth + 1).map(Value::Object),
            Some(b'[') => self.array(depth + 1).map(Value::Array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.literal(),
            _ => Err(self.unexpected("unexpected")),
        }
    }

    fn object(&mut self, depth: usize) -> Scan<Map<String, Value>> {
        let mut map = Map::new();
        self.at += 1;
        self.space();
        if self.eat(b'}') {
            return Ok(map);
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("key_expected"));
            }
            let name = self.string()?;
            if map.contains_key(&name) {
                return Err(fault(start, "duplicate_key", name));
            }
            self.space();
            if !self.eat(b':') {
                return Err(self.unexpected("colon_expected"));
            }
            let value = self.value(depth)?;
            map.insert(name, value);
            if self.ends(b'}')? {
                return Ok(map);
            }
        }
    }

    fn array(&mut self, depth: usize) -> Scan<Vec<Value>> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.eat(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            if self.ends(b']')? {
                return Ok(items);
            }
        }
    }

    /// After an item: does the list end? If not, a comma stood here, and another item follows.
    fn ends(&mut self, close: u8) -> Scan<bool> {
        self.space();
        if self.eat(close) {
            return Ok(true);
        }
        let comma = self.at;
        if !self.eat(b',') {
            return Err(self.unexpected("comma_expected"));
        }
        self.space();
        if self.peek() == Some(close) { Err(fault(comma, "trailing_comma", ",")) } else { Ok(false) }
    }

    fn literal(&mut self) -> Scan<Value> {
        let rest = &self.text[self.at..];
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => return Err(fault(self.at, "bad_literal", word)),
        };
        self.at += word.len();
        Ok(value)
    }

    fn number(&mut self) -> Scan<Number> {
        let start = self.at;
        let rest = &self.text[start..];
        let sign = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_'));
        let word = &rest[..rest.find(sign).unwrap_or(rest.len())];
        if !is_number(word) {
            return Err(fault(start, "bad_number", word));
        }
        self.at += word.len();
        let number = if word.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            word.parse::<i64>().ok().map(Number::from)
        } else {
            Number::from_f64(float(word))
        };
        number.ok_or_else(|| fault(start, "number_out_of_range", word))
    }

    pub(super) fn string(&mut self) -> Scan<String> {
        let start = self.at;
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            // ASCII ends a stretch of plain text: bytes are enough to find it.
            let end = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
            let plain = rest.bytes().position(end).unwrap_or(rest.len());
            string.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape()?),
                Some(sign) => {
                    return Err(fault(self.at, "control_character", format!("U+{sign:04X}")));
                }
                None => return Err(fault(start, "open_string", "")),
            }
        }
    }

    fn escape(&mut self) -> Scan<char> {
        let start = self.at;
        let sign = self.text.as_bytes().get(start + 1).copied();
        self.at += 2;
        let plain = match sign {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let decoded = self.unit().and_then(|first| match first {
                    0xD800..0xDC00 if self.eat(b'\\') && self.eat(b'u') => {
                        let second = self.unit().filter(|second| (0xDC00..0xE000).contains(second))?;
                        char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
                    }
                    // Half of a pair alone is no character.
                    _ => char::from_u32(first),
                });
                return decoded.ok_or_else(|| self.bad_escape(start));
            }
            _ => return Err(self.bad_escape(start)),
        };
        Ok(plain)
    }

    fn bad_escape(&self, start: usize) -> Fault {
        let found: String = self.text[start..].chars().take(2).collect();
        fault(start, "bad_escape", found)
    }

    /// The four hexadecimal digits of a `\u`.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        if digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            u32::from_str_radix(digits, 16).ok()
        } else {
            None
        }
    }
}

fn fault(at: usize, code: &'static str, found: impl Into<String>) -> Fault {
    Fault { at, code, found: found.into() }
}

/// The grammar of a number: `-`? (0 | 1-9 digits) (`.` digits)? (`e` sign? digits)?
fn is_number(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (number, power) =
        word.split_once(['e', 'E']).map_or((word, None), |(number, power)| (number, Some(power)));
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(digits)
        && power.is_none_or(|power| digits(power.strip_prefix(['+', '-']).unwrap_or(power)))
}

fn message(code: &str, found: &str) -> String {
    let says = match code {
        "unexpected_end" => "the text ends too early",
        "unexpected" => "a value is expected here, not",
        "after_the_end" => "nothing may follow the value, but there is",
        "key_expected" => "a key in double quotes is expected here, not",
        "colon_expected" => "a colon is expected after the key, not",
        "comma_expected" => "a comma or the closing bracket is expected here, not",
        "trailing_comma" => "no comma may stand before the closing bracket",
        "duplicate_key" => "this key stands twice in one object:",
        "bad_literal" => "this is none of true, false and null:",
        "bad_number" => "this is no JSON number:",
        "number_out_of_range" => "this number is too large:",
        "bad_escape" => "this escape does not exist or is not complete:",
        "open_string" => "this text lacks its closing quote",
        "control_character" => "inside text this must be written as an escape:",
        "too_deep" => "the value nests too deep",
        other => other,
    };
    if found.is_empty() || matches!(code, "trailing_comma" | "too_deep") {
        says.to_owned()
    } else {
        format!("{says} {found}")
    }
}
