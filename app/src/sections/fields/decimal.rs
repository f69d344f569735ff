//! Decimal numbers as text: read, written in one way, compared exactly.

use std::cmp::Ordering;

/// The most digits of a number.
const DIGITS: usize = 40;

/// A number as a person types it, with comma or point and spaces between its digits, as it is written on the wire: a point,
/// no plus, no leading zeros. None if it is no number, or has more than 40 digits.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    // Longer texts are refused before they are looked at.
    if text.len() > 4 * DIGITS {
        return None;
    }
    let bare: String = text.chars().filter(|sign| !matches!(sign, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let (negative, digits) = match bare.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let (whole, part) = match digits.split_once([',', '.']) {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let numeric = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let part_there = part.is_some_and(|part| !part.is_empty());
    if !numeric(whole) || !part.is_none_or(numeric) || (whole.is_empty() && !part_there) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let part = part.unwrap_or_default();
    if whole.len() + part.len() > DIGITS {
        return None;
    }
    let zero = whole == "0" && part.bytes().all(|digit| digit == b'0');
    let sign = if negative && !zero { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    Some([sign, whole, point, part].concat())
}

/// How many digits stand behind the point of a number that [`read`] has written; zeros at its end don't count.
pub fn decimals(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, part)| part.trim_end_matches('0').len())
}

/// Compares two numbers that [`read`] has written.
pub fn compare(a: &str, b: &str) -> Ordering {
    let split = |number: &'_ str| -> (bool, String, String) {
        let (negative, number) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        (negative, whole.to_owned(), part.trim_end_matches('0').to_owned())
    };
    let ((a_negative, a_whole, a_part), (b_negative, b_whole, b_part)) = (split(a), split(b));
    let size = || {
        let whole = a_whole.len().cmp(&b_whole.len()).then_with(|| a_whole.cmp(&b_whole));
        whole.then_with(|| a_part.cmp(&b_part))
    };
    match (a_negative, b_negative) {
        (false, false) => size(),
        (true, true) => size().reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}
