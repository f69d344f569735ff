//! Folding for uniqueness: names that only look the same are taken as one name.

use super::fold;

/// The [`fold`]ed text with every Cyrillic letter that has a Latin twin written as that twin.
///
/// Two names with one skeleton can't both be in a list: a reader could not tell them apart. A pair counts as alike
/// when its capitals *or* its small letters do, because a name may be shown either way: `В` is `B`, although `в`
/// is not `b`. Letters alike only in italics (т and m, п and n) don't count, nor do digits (З and 3), or a version
/// number would clash with a letter. No two letters of the Ukrainian alphabet share a twin, so two different
/// Cyrillic names never clash.
///
/// For comparing only: a skeleton is never shown.
///
/// ```
/// use app::text::skeleton;
/// assert_eq!(skeleton("Оплата"), skeleton("Oплaтa")); // with Latin O and a
/// assert_ne!(skeleton("Оплата"), skeleton("Оплати"));
/// ```
pub fn skeleton(text: &str) -> String {
    fold(text).chars().map(latin_twin).collect()
}

/// The Latin letter that looks like this small Cyrillic one; any other character is its own twin.
fn latin_twin(c: char) -> char {
    match c {
        'а' => 'a',
        'в' => 'b',
        'е' => 'e',
        'ё' => 'ë',
        'і' => 'i',
        'ї' => 'ï',
        'к' => 'k',
        'м' => 'm',
        'н' | 'һ' => 'h',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 't',
        'у' | 'ү' => 'y',
        'х' => 'x',
        'ј' => 'j',
        'ѕ' => 's',
        'ѵ' => 'v',
        'ӏ' => 'l',
        'ӕ' => 'æ',
        'ә' => 'ə',
        'ԁ' => 'd',
        'ԛ' => 'q',
        'ԝ' => 'w',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::skeleton;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn look_alikes_are_one() {
        let table = [
            ("АВЕІКМНОРСТУХ", "ABEIKMHOPCTYX"),
            ("ї", "ï"),
            ("і\u{308}", "i\u{308}"),
            ("ЈЅԀԚԜ", "JSDQW"),
            ("  Стан ", "cтaн"),
            ("VІP", "VIP"),
        ];
        for (cyrillic, latin) in table {
            assert_eq!(skeleton(cyrillic), skeleton(latin), "{cyrillic:?} and {latin:?}");
        }
    }

    #[test]
    fn cyrillic_names_never_clash_with_each_other() {
        let alphabet = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъ'";
        let twins: HashSet<String> = alphabet.chars().map(|c| skeleton(&c.to_string())).collect();
        assert_eq!(twins.len(), alphabet.chars().count());
    }

    #[test]
    fn digits_and_italic_likenesses_stay_apart() {
        for (one, other) in [("З", "3"), ("О", "0"), ("п", "n"), ("г", "r"), ("ь", "b")] {
            assert_ne!(skeleton(one), skeleton(other));
        }
    }

    proptest! {
        #[test]
        fn a_skeleton_is_its_own(text in any::<String>()) {
            let once = skeleton(&text);
            prop_assert_eq!(skeleton(&once), once);
        }

        #[test]
        fn case_does_not_matter(text in "[А-ЯІЇЄҐа-яіїєґA-Za-z ]{0,16}") {
            prop_assert_eq!(skeleton(&text.to_uppercase()), skeleton(&text));
        }
    }
}
