//! Which form of a noun goes with a number.

/// A plural form by its name in the Unicode plural rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Plural {
    /// 1 рядок, 21 рядок; 1 row.
    One,
    /// 2 рядки, 23 рядки; not in English.
    Few,
    /// 5 рядків, 11 рядків, 0 рядків; not in English.
    Many,
    /// 0 rows, 2 rows; in Ukrainian only for fractions, which are not counted here.
    Other,
}

/// The form for `n` of something in a language named by its BCP 47 tag; the sign of `n` doesn't matter.
///
/// The rules are those of CLDR for whole numbers: Ukrainian (`uk`, any region), and the English one (1 and the
/// rest) for every other language.
///
/// ```
/// use app::text::{Plural, plural};
/// assert_eq!(plural("uk", 22), Plural::Few); // 22 записи
/// assert_eq!(plural("uk", 12), Plural::Many); // 12 записів
/// assert_eq!(plural("en-GB", 2), Plural::Other);
/// ```
pub fn plural(language: &str, n: i64) -> Plural {
    let n = n.unsigned_abs();
    let ukrainian = language.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("uk"));
    match (ukrainian, n % 10, n % 100) {
        (true, 1..=4, 11..=14) => Plural::Many,
        (true, 1, _) => Plural::One,
        (true, 2..=4, _) => Plural::Few,
        (true, ..) => Plural::Many,
        (false, ..) if n == 1 => Plural::One,
        (false, ..) => Plural::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Plural, plural};
    use Plural::{Few, Many, One, Other};
    use proptest::prelude::*;

    #[test]
    fn ukrainian_counts_by_the_last_digits() {
        let table = [
            (One, [1, 21, 31, 101, 121, 1_001, -1]),
            (Few, [2, 3, 4, 22, 34, 102, -23]),
            (Many, [0, 5, 10, 11, 12, 14, 20]),
            (Many, [111, 112, 114, 25, 100, 1_011, -11]),
        ];
        for (form, numbers) in table {
            for n in numbers {
                assert_eq!(plural("uk", n), form, "{n}");
                assert_eq!(plural("uk-UA", n), form, "{n}");
            }
        }
    }

    #[test]
    fn english_knows_one_and_the_rest() {
        for (n, form) in [(0, Other), (1, One), (-1, One), (2, Other), (11, Other), (21, Other)] {
            assert_eq!(plural("en", n), form, "{n}");
        }
    }

    proptest! {
        #[test]
        fn every_number_has_a_form(n in any::<i64>()) {
            prop_assert_ne!(plural("uk", n), Other);
            prop_assert!(matches!(plural("en", n), One | Other));
        }
    }
}
