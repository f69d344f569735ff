//! Writes values as JSON text, byte for byte as `serde_json` does, in less code: for the browser, whose own way of writing
//! a number that is not whole saves the tables that such numbers need.

use serde_json::{Number, Value};

/// The value without spaces.
///
/// ```
/// let value = serde_json::json!({ "minutes": [5, 30], "note": "a\tb" });
/// assert_eq!(app::value::compact(&value), value.to_string());
/// ```
pub fn compact(value: &Value) -> String {
    let mut text = String::new();
    write(value, None, &mut text);
    text
}

/// The value as the JSON view shows it: two spaces a level, one field a line.
pub fn pretty(value: &Value) -> String {
    let mut text = String::new();
    write(value, Some(0), &mut text);
    text
}

/// A number in the digits of JSON.
pub fn figures(number: &Number) -> String {
    match (number.as_u64(), number.as_i64()) {
        (Some(whole), _) => whole.to_string(),
        (_, Some(whole)) => whole.to_string(),
        _ => float(number),
    }
}

#[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
fn float(number: &Number) -> String {
    let number = js_sys::Number::from(number.as_f64().unwrap_or_default());
    number.to_string_with_radix(10).map(String::from).unwrap_or_default()
}

#[cfg(not(all(feature = "hydrate", target_arch = "wasm32")))]
fn float(number: &Number) -> String {
    number.to_string()
}

/// Writes at a level of nesting; without one everything stands on one line.
fn write(value: &Value, level: Option<usize>, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(&figures(number)),
        Value::String(word) => quoted(word, text),
        Value::Array(items) => {
            text.push('[');
            let inside = level.map(|level| level + 1);
            for (n, item) in items.iter().enumerate() {
                next(n, inside, text);
                write(item, inside, text);
            }
            end(items.is_empty(), level, text);
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            let inside = level.map(|level| level + 1);
            for (n, (name, field)) in fields.iter().enumerate() {
                next(n, inside, text);
                quoted(name, text);
                text.push_str(if inside.is_some() { ": " } else { ":" });
                write(field, inside, text);
            }
            end(fields.is_empty(), level, text);
            text.push('}');
        }
    }
}

/// Before the n-th thing of a list.
fn next(n: usize, level: Option<usize>, text: &mut String) {
    if n > 0 {
        text.push(',');
    }
    line(level, text);
}

/// After the last.
fn end(empty: bool, level: Option<usize>, text: &mut String) {
    if !empty {
        line(level, text);
    }
}

fn line(level: Option<usize>, text: &mut String) {
    if let Some(level) = level {
        text.push('\n');
        for _ in 0..level {
            text.push_str("  ");
        }
    }
}

fn quoted(word: &str, text: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    text.reserve(word.len() + 2);
    text.push('"');
    let mut rest = word;
    // What is escaped is ASCII, so a byte found is a character found; what stands between goes as it is.
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        text.push_str(&rest[..at]);
        let sign = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        let short = match sign {
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            8 => 'b',
            12 => 'f',
            b'"' | b'\\' => char::from(sign),
            _ => {
                text.push_str("\\u00");
                text.push(char::from(HEX[usize::from(sign >> 4)]));
                text.push(char::from(HEX[usize::from(sign & 15)]));
                continue;
            }
        };
        text.push('\\');
        text.push(short);
    }
    text.push_str(rest);
    text.push('"');
}
