//! The same keys on the other keyboard layout, for a search typed without switching.

use super::letters::{is_cyrillic, is_latin};

/// What the keys write on the American layout, and in the same order on the Ukrainian one: plain, then with Shift.
const LATIN: &str = r#"qwertyuiop[]asdfghjkl;'zxcvbnm,./`\QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?|@#$^&"#;
const UKRAINIAN: &str = r#"йцукенгшщзхїфівапролджєячсмитьбю.'ґЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ,Ґ"№;:?"#;

/// The text as if it had been typed on the other layout: `QWERTY` to Ukrainian `ЙЦУКЕН`, or back.
///
/// The alphabet of its letters says which way. `None` when there is no letter, when both alphabets occur, or when
/// a letter is on no key (`é`, `ы`): then nobody forgot to switch. Give it the query as typed, not folded:
/// folding takes `` ` `` (the key of the Ukrainian apostrophe) and `'` (the key of `є`) for one.
///
/// ```
/// use app::text::other_layout;
/// assert_eq!(other_layout("ghbdsn").as_deref(), Some("привіт"));
/// assert_eq!(other_layout("руддщ").as_deref(), Some("hello"));
/// assert_eq!(other_layout("2025"), None);
/// ```
pub fn other_layout(text: &str) -> Option<String> {
    let (from, to) = match (text.contains(is_latin), text.contains(is_cyrillic)) {
        (true, false) => (LATIN, UKRAINIAN),
        (false, true) => (UKRAINIAN, LATIN),
        _ => return None,
    };
    let key = |c: char| from.chars().zip(to.chars()).find(|(typed, _)| *typed == c).map(|(_, meant)| meant);
    text.chars().map(|c| key(c).or_else(|| (!c.is_alphabetic()).then_some(c))).collect()
}

#[cfg(test)]
mod tests {
    use super::{LATIN, UKRAINIAN, other_layout};
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn a_forgotten_switch_is_undone() {
        let table = [
            ("ghbdsn", Some("привіт")),
            ("руддщ", Some("hello")),
            ("Lj,hbq ltym", Some("Добрий день")),
            ("]'", None),
            ("z]'", Some("яїє")),
            ("v`znf", Some("м'ята")),
            ("rfvʼzytwm", None),
            ("\\fyjr", Some("ґанок")),
            ("{FNF", Some("ХАТА")),
            ("дщпшт 24", Some("login 24")),
            ("Дод", Some("Ljl")),
            ("привіт hello", None),
            ("café", None),
            ("сыр", None),
            ("", None),
            ("24/7", None),
        ];
        for (typed, meant) in table {
            assert_eq!(other_layout(typed).as_deref(), meant, "{typed:?}");
        }
    }

    #[test]
    fn every_key_stands_once_on_each_layout() {
        for keys in [LATIN, UKRAINIAN] {
            assert_eq!(keys.chars().collect::<HashSet<_>>().len(), keys.chars().count());
        }
        assert_eq!(LATIN.chars().count(), UKRAINIAN.chars().count());
    }

    proptest! {
        #[test]
        fn switching_twice_gives_the_text_back(text in "[a-zA-Z][a-zA-Z0-9 \\[\\];',./`{}:\"<>?|@#$^&]{0,20}") {
            let there = other_layout(&text).expect("begins with a Latin letter");
            prop_assert_eq!(other_layout(&there), Some(text));
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            prop_assert_ne!(other_layout(&text), Some(text));
        }
    }
}
