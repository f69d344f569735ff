//! "Did you mean": the known name closest to one that is not known.

use super::skeleton;

/// More slips than this make another word.
const MOST_SLIPS: usize = 3;

/// The known name nearest to `name`, if one is near enough to be what was meant; of equals the first.
///
/// A slip is a letter too many, too few, wrong, or swapped with its neighbour (Damerau–Levenshtein distance, no
/// part edited twice). One slip is forgiven for every three letters, at most three in all. Case and look-alike
/// letters of the other alphabet cost nothing: they are compared by [`skeleton`].
///
/// ```
/// use app::text::nearest;
/// let known = ["client.first_name", "client.last_name", "bot.name"];
/// assert_eq!(nearest("clinet.firstname", known), Some("client.first_name"));
/// assert_eq!(nearest("weather", known), None);
/// ```
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = skeleton(name).chars().collect();
    let most = (name.len() / 3).min(MOST_SLIPS);
    known
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = skeleton(candidate).chars().collect();
            (letters.len().abs_diff(name.len()) <= most).then(|| (distance(&name, &letters), candidate))
        })
        .filter(|(slips, _)| *slips <= most)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// The number of slips between two words: the optimal string alignment distance, three rows at a time.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let wrong = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut slips = wrong.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                slips = slips.min(before_last[j - 2] + 1);
            }
            row[j] = slips;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};
    use proptest::prelude::*;

    fn slips(a: &str, b: &str) -> usize {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn slips_are_counted() {
        let table = [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("ca", "abc", 3),
            ("тема", "теам", 1),
            ("name", "nmae", 1),
        ];
        for (a, b, expected) in table {
            assert_eq!(slips(a, b), expected, "{a} → {b}");
        }
    }

    #[test]
    fn only_a_near_name_is_offered() {
        let known = ["dialog.id", "dialog.topic", "ticket.id", "bot.name", "vip"];
        let table = [
            ("dialog.topic", Some("dialog.topic")),
            ("Dialog.Topic", Some("dialog.topic")),
            ("diаlоg.tоpiс", Some("dialog.topic")),
            ("dialog.topik", Some("dialog.topic")),
            ("dialogid", Some("dialog.id")),
            ("bot.nmae", Some("bot.name")),
            ("vpi", Some("vip")),
            ("vi", None),
            ("", None),
            ("client.phone", None),
        ];
        for (name, expected) in table {
            assert_eq!(nearest(name, known), expected, "{name:?}");
        }
        assert_eq!(nearest("cat", ["bat", "hat"]), Some("bat"));
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_bounded(a in "[abcд]{0,8}", b in "[abcд]{0,8}") {
            let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
            prop_assert_eq!(slips(&a, &b), slips(&b, &a));
            prop_assert!((long - short..=long).contains(&slips(&a, &b)));
            prop_assert_eq!(slips(&a, &b) == 0, a == b);
        }

        #[test]
        fn a_known_name_is_its_own_nearest(name in any::<String>()) {
            prop_assert_eq!(nearest(&name, [name.as_str()]), Some(name.as_str()));
        }
    }
}
