//! The size of a file, as people read it.

use crate::words::{Language, Word, key, language, tf};

/// `12,4 КБ`: one digit after the point below ten, none above.
pub fn size(bytes: u64) -> String {
    let (unit, word): (u64, Word) = match bytes {
        0..1024 => return tf(key::SIZE_B, &[("n", &bytes.to_string())]),
        1024..1_048_576 => (1024, key::SIZE_KB),
        _ => (1_048_576, key::SIZE_MB),
    };
    let tenths = (bytes.saturating_mul(10) + unit / 2) / unit;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let point = match language() {
        Language::Uk => ",",
        Language::En => ".",
    };
    let number = if whole < 10 && tenth > 0 {
        [&whole.to_string(), point, &tenth.to_string()].concat()
    } else {
        ((tenths + 5) / 10).to_string()
    };
    tf(word, &[("n", &number)])
}
