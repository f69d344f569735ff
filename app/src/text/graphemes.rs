//! The length of a text as its reader counts it.

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
    if text.chars().all(stands_alone) { text.chars().count() } else { clusters(text) }
}

/// Letters and signs of European scripts that neither join others nor are joined: most texts have nothing else.
fn stands_alone(c: char) -> bool {
    matches!(c, '\0'..='\u{c}' | '\u{e}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}' | '\u{20a0}'..='\u{20bf}' | '№')
}

#[cfg(not(all(feature = "hydrate", target_arch = "wasm32")))]
fn clusters(text: &str) -> usize {
    unicode_segmentation::UnicodeSegmentation::graphemes(text, true).count()
}

/// Browsers have the tables; ours would have to be downloaded.
#[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
fn clusters(text: &str) -> usize {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl)]
        type Segmenter;
        /// With neither language nor options: by clusters, which no language changes.
        #[wasm_bindgen(constructor, js_namespace = Intl)]
        fn new() -> Segmenter;
        #[wasm_bindgen(method)]
        fn segment(this: &Segmenter, text: &str) -> wasm_bindgen::JsValue;
    }

    js_sys::Array::from(&Segmenter::new().segment(text)).length() as usize
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
        fn the_short_way_agrees(text in prop_oneof![any::<String>(), "[a\r\n ]{0,9}", "[\0-\u{5ff}\u{1f00}-\u{2fff}]{0,9}"]) {
            prop_assert_eq!(graphemes(&text), text.graphemes(true).count());
        }
    }
}
