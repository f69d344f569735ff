//! Folding for search: two texts that a reader would call the same become the same string.

use super::letters::{ZERO_WIDTH_JOINER, is_apostrophe, is_invisible, is_pictograph};

/// The text as search sees it: what differs only in case, kind of apostrophe or white space becomes equal.
///
/// - Unicode lower case, letter by letter (`Σ` is always `σ`);
/// - every apostrophe people type (ʼ ’ ‘ ' ´ ′, the backtick) becomes `'`;
/// - letters sent in two pieces, as macOS and some databases do (`и` + U+0306), become one: й, ї, ё, ў;
/// - a stress mark over a Cyrillic vowel is dropped (`за́мок` is found as `замок`);
/// - soft hyphens, zero-width characters and variation selectors are dropped, but the joiner between two emoji is
///   kept, so that 👩‍💻 stays one picture;
/// - runs of white space, line feeds included, become one space; none is left at the ends.
///
/// Folding a folded text changes nothing.
///
/// ```
/// use app::text::fold;
/// assert_eq!(fold("  ПРИВІТ,\n\tСвіте "), "привіт, світе");
/// assert_eq!(fold("Кам’янець"), fold("камʼянець"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_whitespace() {
            gap = !folded.is_empty();
            continue;
        }
        if is_invisible(c) {
            let joins = c == ZERO_WIDTH_JOINER
                && !gap
                && folded.chars().next_back().is_some_and(is_pictograph)
                && rest.peek().copied().is_some_and(is_pictograph);
            if joins {
                folded.push(c);
            }
            continue;
        }
        if std::mem::take(&mut gap) {
            folded.push(' ');
        }
        if is_apostrophe(c) {
            folded.push('\'');
        } else {
            c.to_lowercase().for_each(|lower| append(&mut folded, lower));
        }
    }
    folded
}

/// Adds one lower-case character, joining it with the letter before when the two are one letter.
fn append(folded: &mut String, c: char) {
    let before = folded.chars().next_back().unwrap_or(' ');
    match (before, c) {
        ('а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я' | 'ё' | 'ы' | 'э', '\u{301}') =>
            {}
        _ => match composed(before, c) {
            Some(letter) => {
                folded.pop();
                folded.push(letter);
            }
            None => folded.push(c),
        },
    }
}

/// The one letter that a letter and the mark after it make, for the letters where it matters here.
///
/// Latin `ï` and `ë` are here because they look like ї and ё: uniqueness must meet them in one piece too.
fn composed(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('и', '\u{306}') => 'й',
        ('у', '\u{306}') => 'ў',
        ('і', '\u{308}') => 'ї',
        ('е', '\u{308}') => 'ё',
        ('i', '\u{308}') => 'ï',
        ('e', '\u{308}') => 'ë',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn what_reads_alike_folds_alike() {
        let table = [
            ("", ""),
            (" \t\r\n\u{A0} ", ""),
            ("ПРИВІТ", "привіт"),
            ("ҐАНОК Єдність Їжак", "ґанок єдність їжак"),
            ("Straße ÉTÉ", "straße été"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("  два\u{A0}\n\n слова ", "два слова"),
            ("об\u{2BC}єкт", "об'єкт"),
            ("об\u{2019}єкт", "об'єкт"),
            ("об\u{2018}єкт", "об'єкт"),
            ("об`єкт", "об'єкт"),
            ("об\u{2B9}єкт", "об'єкт"),
            ("об\u{2032}єкт", "об'єкт"),
            ("И\u{306}І\u{308}Е\u{308}", "йїё"),
            ("и\u{AD}\u{306}", "й"),
            ("и \u{306}", "и \u{306}"),
            ("за\u{301}мок", "замок"),
            ("пере\u{AD}нос\u{200B}и", "переноси"),
            ("а\u{200D}б", "аб"),
            ("❤\u{FE0F}\u{200D}🔥", "❤\u{200D}🔥"),
            ("👩\u{200D}💻", "👩\u{200D}💻"),
            ("👩 \u{200D}💻", "👩 💻"),
            ("👩\u{200D}", "👩"),
        ];
        for (text, expected) in table {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn nothing_folded_begins_or_ends_with_space(text in "[ \t\nА-яІіЇїЄєҐґ'’A-z\u{301}\u{306}\u{308}\u{200D}👩💻]{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.as_str());
            prop_assert_eq!(once.trim(), once.as_str());
            prop_assert!(!once.contains("  "));
        }
    }
}
