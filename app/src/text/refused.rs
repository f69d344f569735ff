//! Characters that have no place in a setting: they can't be seen, or make a text look like another one.

use super::graphemes;

/// What kind of text it is, and so which of the control characters are welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allow {
    /// One line: none of them.
    Line,
    /// Several lines: the line feed.
    Text,
    /// Code: the line feed and the tab.
    Code,
}

/// The first character that is refused, with the number of grapheme clusters before the one it stands in.
///
/// Refused are control characters (C0, DEL, C1), what turns the direction of writing (U+202A–202E, U+2066–2069,
/// U+200E, U+200F, U+061C; in code they hide what it does), and the line and paragraph separators U+2028 and
/// U+2029. `CR` is refused everywhere: [`clean_text`](super::clean_text) comes first.
///
/// ```
/// use app::text::{Allow, refused_char};
/// assert_eq!(refused_char("Ціна\t5", Allow::Line), Some((4, '\t')));
/// assert_eq!(refused_char("два\nрядки", Allow::Text), None);
/// ```
pub fn refused_char(text: &str, allow: Allow) -> Option<(usize, char)> {
    // Most texts are ASCII to a large part, and a long one is looked through at every key: characters begin at the first byte
    // that is not plain.
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) || (byte == b'\n' && allow != Allow::Line);
    let start = text.bytes().position(|byte| !plain(byte))?;
    let (at, c) = text[start..].char_indices().find(|(_, c)| is_refused(*c, allow))?;
    let at = start + at;
    // Each of them ends the cluster before it (UAX #29, GB4).
    Some((graphemes(&text[..at]), c))
}

/// Is the character refused in this kind of text?
fn is_refused(c: char, allow: Allow) -> bool {
    match c {
        '\n' => allow == Allow::Line,
        '\t' => allow != Allow::Code,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Allow, refused_char};
    use proptest::prelude::*;

    #[test]
    fn what_is_refused_depends_on_the_kind() {
        let table = [
            ("Оплата — «так», 5 ₴ 👩\u{200D}💻", [None; 3]),
            ("а\nб", [Some((1, '\n')), None, None]),
            ("а\tб", [Some((1, '\t')), Some((1, '\t')), None]),
            ("👩\u{200D}💻\u{0}", [Some((1, '\0')); 3]),
            ("аб\u{7F}", [Some((2, '\u{7F}')); 3]),
            ("\u{85}", [Some((0, '\u{85}')); 3]),
            ("ні\u{202E}", [Some((2, '\u{202E}')); 3]),
            ("\u{2066}", [Some((0, '\u{2066}')); 3]),
            ("а\u{200F}", [Some((1, '\u{200F}')); 3]),
            ("а\u{2028}б", [Some((1, '\u{2028}')); 3]),
            ("а\r\nб", [Some((1, '\r')); 3]),
        ];
        for (text, expected) in table {
            let found = [Allow::Line, Allow::Text, Allow::Code].map(|allow| refused_char(text, allow));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_kinder_kind_refuses_no_more(text in any::<String>()) {
            let [line, text, code] = [Allow::Line, Allow::Text, Allow::Code].map(|kind| refused_char(&text, kind));
            prop_assert!(line.is_some() || text.is_none());
            prop_assert!(text.is_some() || code.is_none());
        }
    }
}
