//! To which alphabet a character belongs, and what stands between letters without being one.

/// A letter of the Latin script, with or without diacritics.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c.is_alphabetic()
}

/// A letter of the Cyrillic script, those of other languages than Ukrainian included.
pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{A640}'..='\u{A69D}')
        && c.is_alphabetic()
}

/// Any of the characters that people type for the Ukrainian apostrophe, the proper one (U+02BC) first.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\u{2BC}' | '\u{2019}' | '\'' | '\u{2018}' | '`' | '\u{B4}' | '\u{2B9}' | '\u{2032}' | '\u{201B}'
    )
}

/// A mark drawn over, under or through the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}')
}

/// Joins two emoji into one (👩 + 💻 → 👩‍💻); between letters it shows nothing.
pub(super) const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// A character that takes no room of its own: soft hyphen, zero-width space and joiners, word joiner, byte order
/// mark, variation selectors.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}')
}

/// Roughly the pictographs that a zero-width joiner may join; exact tables would weigh more than they serve.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}
