//! What is silently put right in a text before it is checked and stored.

use super::letters::is_invisible;
use std::borrow::Cow;

/// A single line without white space and invisible characters at its ends.
///
/// Nothing inside is touched: a tab or a line feed is refused with its place ([`refused_char`]), not guessed away.
/// It never needs to copy; the type is that of [`clean_text`], so that a field can choose between the two.
///
/// ```
/// use app::text::clean_line;
/// assert_eq!(clean_line(" \u{FEFF}Оплата  карткою\n"), "Оплата  карткою");
/// ```
///
/// [`refused_char`]: super::refused_char
pub fn clean_line(text: &str) -> Cow<'_, str> {
    // A variation selector at the end belongs to the emoji before it.
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c) && !is_selector(c));
    Cow::Borrowed(end.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c)))
}

/// Chooses how the character before it is drawn: as an emoji or as a letter.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

/// A text of several lines with every line break, `CR LF` or a lone `CR`, as `LF`; exact otherwise.
///
/// ```
/// use app::text::clean_text;
/// assert_eq!(clean_text("Вітаю!\r\n  Чим допомогти?\r"), "Вітаю!\n  Чим допомогти?\n");
/// ```
pub fn clean_text(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{clean_line, clean_text};
    use proptest::prelude::*;
    use std::borrow::Cow;

    #[test]
    fn a_line_is_trimmed_and_no_more() {
        let table = [
            ("", ""),
            (" \u{A0}\u{200B} ", ""),
            ("\tдва  слова\r\n", "два  слова"),
            ("а\tб\nв", "а\tб\nв"),
            ("дякую ❤\u{FE0F} ", "дякую ❤\u{FE0F}"),
        ];
        for (text, expected) in table {
            assert_eq!(clean_line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn line_breaks_become_line_feeds() {
        let table = [("а\r\nб", "а\nб"), ("а\rб\r", "а\nб\n"), ("а\r\r\nб", "а\n\nб"), ("\n\r", "\n\n")];
        for (text, expected) in table {
            assert_eq!(clean_text(text), expected, "{text:?}");
        }
        assert!(matches!(clean_text("  як\tє \n\n"), Cow::Borrowed("  як\tє \n\n")));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>(), breaks in "[\r\n a]{0,12}") {
            let line = clean_line(&text);
            prop_assert_eq!(clean_line(&line), line.clone());
            let cleaned = clean_text(&breaks);
            prop_assert!(!cleaned.contains('\r'));
            prop_assert_eq!(clean_text(&cleaned), cleaned.clone());
        }
    }
}
