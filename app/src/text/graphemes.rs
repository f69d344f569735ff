//! The length of a text as its reader counts it.

use unicode_segmentation::UnicodeSegmentation;

/// The number of extended grapheme clusters: what a person takes for one character counts once.
///
/// Every length limit of the console is in this unit.
///
/// ```
/// use app::text::graphemes;
/// assert_eq!(graphemes("їжак"), 4);
/// assert_eq!(graphemes("👩‍👩‍👧"), 1);
/// ```
pub fn graphemes(text: &str) -> usize {
    // In ASCII only CR LF is more than one byte to a cluster.
    if text.is_ascii() && !text.contains('\r') { text.len() } else { text.graphemes(true).count() }
}

#[cfg(test)]
mod tests {
    use super::graphemes;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn a_reader_s_characters_are_counted() {
        let table =
            [("", 0), ("abc", 3), ("a\r\nb", 3), ("и\u{306}", 1), ("🇺🇦", 1), ("👍🏽", 1), ("❤\u{FE0F}", 1)];
        for (text, expected) in table {
            assert_eq!(graphemes(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_agrees(text in prop_oneof![any::<String>(), "[a\r\n ]{0,9}"]) {
            prop_assert_eq!(graphemes(&text), text.graphemes(true).count());
        }
    }
}
