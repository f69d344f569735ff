//! Sort keys: a name as bytes whose plain order is the order of a language's alphabet.

use std::sync::LazyLock;

use app::words::Language;
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

static COLLATORS: LazyLock<[CollatorBorrowed<'static>; 2]> = LazyLock::new(|| {
    [locale!("uk"), locale!("en")].map(|locale| {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        options.alternate_handling = Some(AlternateHandling::Shifted);
        let mut preferences: icu_collator::CollatorPreferences = (&locale).into();
        // `10` after `9`: names with numbers in them stand as people count.
        preferences.numeric_ordering = Some(icu_collator::preferences::CollationNumericOrdering::True);
        Collator::try_new(preferences, options).expect("the tables of both languages are compiled in")
    })
});

/// The place of a language in per-language arrays.
pub const fn slot(language: Language) -> usize {
    match language {
        Language::Uk => 0,
        Language::En => 1,
    }
}

/// The sort key of `text` in `language`.
pub fn sort_key(text: &str, language: Language) -> Box<[u8]> {
    let mut key = Vec::with_capacity(text.len() * 2);
    let Ok(()) = COLLATORS[slot(language)].write_sort_key_to(text, &mut key);
    key.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ukrainian_alphabet() {
        let mut letters: Vec<&str> = "ь ю ґ я г д є е ж з и і ї й а б в щ".split(' ').collect();
        letters.sort_by_key(|letter| sort_key(letter, Language::Uk));
        assert_eq!(letters.join(" "), "а б в г ґ д е є ж з и і ї й щ ь ю я");
    }

    #[test]
    fn numbers_count() {
        assert!(sort_key("Черга 9", Language::Uk) < sort_key("Черга 10", Language::Uk));
    }
}
