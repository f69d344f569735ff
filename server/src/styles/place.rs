//! Places in a text: from a parser's line and column to what people and browsers count.

/// The lines of a text.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Where each line begins: in bytes, and in UTF-16 units.
    lines: Vec<(usize, u32)>,
}

impl<'t> Places<'t> {
    /// Reads a text. A line ends as CSS says: at a line feed, a carriage return, both together, or a form feed.
    pub fn of(text: &'t str) -> Self {
        let mut lines = vec![(0, 0)];
        let mut units = 0;
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            units += letter.len_utf16() as u32;
            let pair = letter == '\r' && letters.peek().is_some_and(|(_, next)| *next == '\n');
            if matches!(letter, '\n' | '\r' | '\u{c}') && !pair {
                lines.push((at + letter.len_utf8(), units));
            }
        }
        Self { text, lines }
    }

    /// A line from 0 and a column from 1 in UTF-16 units, as a line from 1, a column from 1 in characters, and the offset from
    /// the text's beginning in UTF-16 units.
    pub fn place(&self, line: u32, column: u32) -> (u32, u32, u32) {
        let line = (line as usize).min(self.lines.len() - 1);
        let (byte, unit) = self.lines[line];
        let wanted = column.saturating_sub(1);
        let mut passed = 0;
        let mut characters = 0;
        for letter in self.text[byte..].chars() {
            if passed >= wanted || letter == '\n' {
                break;
            }
            passed += letter.len_utf16() as u32;
            characters += 1;
        }
        (line as u32 + 1, characters + 1, unit + passed)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn columns_are_counted_in_characters_and_offsets_in_utf16_units() {
        let places = Places::of("a\n😀ї{\r\nx\rlast");
        for (place, wanted) in [
            ((0, 1), (1, 1, 0)),
            ((1, 1), (2, 1, 2)),
            ((1, 3), (2, 2, 4)),
            ((1, 4), (2, 3, 5)),
            ((2, 2), (3, 2, 9)),
            ((3, 1), (4, 1, 10)),
            // Beyond the text is its end.
            ((3, 99), (4, 5, 14)),
            ((99, 1), (4, 1, 10)),
        ] {
            assert_eq!(places.place(place.0, place.1), wanted, "{place:?}");
        }
        assert_eq!(Places::of("").place(5, 5), (1, 1, 0));
    }
}
