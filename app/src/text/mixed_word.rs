//! Finding a word typed half in one alphabet, half in the other.

use super::letters::{is_apostrophe, is_cyrillic, is_invisible, is_latin, is_mark};

/// The first word that mixes Latin and Cyrillic letters, as it stands in the text.
///
/// Such a word is nearly always a slip of the layout: it looks right and is never found. A word ends at anything
/// but a letter, a hyphen and an apostrophe too, so `SMS-розсилка` and `Viber'ом` are fine.
///
/// ```
/// use app::text::mixed_word;
/// assert_eq!(mixed_word("Нова пocилка"), Some("пocилка")); // with Latin o and c
/// assert_eq!(mixed_word("Viber-бот"), None);
/// ```
pub fn mixed_word(text: &str) -> Option<&str> {
    text.split(|c: char| !(c.is_alphabetic() || is_mark(c) || is_invisible(c)))
        .flat_map(|run| run.split(is_apostrophe))
        .find(|word| word.chars().any(is_latin) && word.chars().any(is_cyrillic))
}

#[cfg(test)]
mod tests {
    use super::mixed_word;
    use proptest::prelude::*;

    #[test]
    fn the_first_mixed_word_is_found() {
        let table = [
            ("", None),
            ("Привіт", None),
            ("Hello, світе", None),
            ("Wi-Fi і SMS-ка, Viberʼом", None),
            ("4G мережа", None),
            ("naïve їжак", None),
            ("Пpивіт", Some("Пpивіт")),
            ("(oплата)", Some("oплата")),
            ("добре a\u{AD}б добpе", Some("a\u{AD}б")),
            ("Zoёk", Some("Zoёk")),
            ("日本 кiт", Some("кiт")),
        ];
        for (text, expected) in table {
            assert_eq!(mixed_word(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn one_alphabet_is_never_mixed(cyrillic in "[А-яіїєґ '-]{0,20}", latin in "[A-Za-z '-]{0,20}") {
            let text = format!("{cyrillic} {latin}");
            prop_assert_eq!(mixed_word(&text), None);
        }

        #[test]
        fn what_is_found_stands_in_the_text(text in any::<String>()) {
            prop_assert!(mixed_word(&text).is_none_or(|word| text.contains(word)));
        }
    }
}
