//! How well a quick reply answers what an operator has typed so far.

/// Where a reply matches, best first: sort by it, then by use and title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The query is the shortcut.
    ExactShortcut,
    /// The shortcut begins with it.
    ShortcutPrefix,
    /// The title begins with it.
    TitlePrefix,
    /// A later word of the title begins with it.
    TitleWordPrefix,
    /// It stands somewhere else in the title.
    TitleContains,
    /// It stands in the text.
    TextContains,
}

/// The rank of a reply for a query; `None` when it doesn't match.
///
/// Everything comes [folded](crate::text::fold); a `/` before the query is left aside, as are spaces around it. Every
/// word must match somewhere, and the reply is ranked by the worst of them, or better if the query as a whole
/// matches better. A query without words matches every reply alike.
///
/// Called for every reply at every key, so nothing is allocated, and a text is searched only for the words that
/// neither the shortcut nor the title has.
///
/// ```
/// use app::sections::replies::ranking::{Rank, rank};
/// assert_eq!(rank("/hel", "hello", "вітання", "добрий день"), Some(Rank::ShortcutPrefix));
/// assert_eq!(rank("день віт", "hello", "вітання", "добрий день"), Some(Rank::TextContains));
/// assert_eq!(rank("бувайте", "hello", "вітання", "добрий день"), None);
/// ```
pub fn rank(
    query_folded: &str,
    shortcut_folded: &str,
    title_folded: &str,
    text_folded: &str,
) -> Option<Rank> {
    let query = query_folded.trim();
    let query = query.strip_prefix('/').unwrap_or(query).trim_start();
    let mut worst = None;
    for word in query.split(' ').filter(|word| !word.is_empty()) {
        let rank = shortcut(word, shortcut_folded)
            .or_else(|| title(word, title_folded))
            .or_else(|| text_folded.contains(word).then_some(Rank::TextContains))?;
        worst = worst.max(Some(rank));
    }
    let Some(worst) = worst else { return Some(Rank::TextContains) };
    if !query.contains(' ') {
        return Some(worst);
    }
    let whole = shortcut(query, shortcut_folded).or_else(|| title(query, title_folded));
    Some(whole.map_or(worst, |whole| whole.min(worst)))
}

/// The rank by the shortcut alone.
fn shortcut(query: &str, shortcut: &str) -> Option<Rank> {
    match shortcut.strip_prefix(query)? {
        "" => Some(Rank::ExactShortcut),
        _ => Some(Rank::ShortcutPrefix),
    }
}

/// The rank by the title alone.
fn title(query: &str, title: &str) -> Option<Rank> {
    // Most titles don't match, and `contains` tells so three times faster than `find`.
    if !title.contains(query) {
        return None;
    }
    let mut from = 0;
    while let Some(found) = title[from..].find(query) {
        let at = from + found;
        match title[..at].chars().next_back() {
            None => return Some(Rank::TitlePrefix),
            // An apostrophe stands inside a word: `ята` does not begin one in `м'ята`.
            Some(before) if before.is_alphanumeric() || before == '\'' => {}
            Some(_) => return Some(Rank::TitleWordPrefix),
        }
        from = at + title[at..].chars().next().map_or(1, char::len_utf8);
    }
    Some(Rank::TitleContains)
}

#[cfg(test)]
mod tests {
    use super::{Rank, rank};
    use proptest::prelude::*;

    #[test]
    fn a_reply_is_ranked_by_its_best_place() {
        let reply = |query| rank(query, "вітання_1", "добрий день, м'ята", "чим можу допомогти з доставкою?");
        let table = [
            ("вітання_1", Some(Rank::ExactShortcut)),
            ("/вітання_1", Some(Rank::ExactShortcut)),
            ("віт", Some(Rank::ShortcutPrefix)),
            ("/ віт ", Some(Rank::ShortcutPrefix)),
            ("тання", None),
            ("добр", Some(Rank::TitlePrefix)),
            ("день", Some(Rank::TitleWordPrefix)),
            ("м'я", Some(Rank::TitleWordPrefix)),
            ("ята", Some(Rank::TitleContains)),
            ("брий", Some(Rank::TitleContains)),
            ("д", Some(Rank::TitlePrefix)),
            ("достав", Some(Rank::TextContains)),
            ("ставк", Some(Rank::TextContains)),
            ("оплата", None),
            ("", Some(Rank::TextContains)),
            (" / ", Some(Rank::TextContains)),
        ];
        for (query, expected) in table {
            assert_eq!(reply(query), expected, "{query:?}");
        }
    }

    #[test]
    fn every_word_must_match() {
        let reply = |query| rank(query, "oplata", "оплата карткою", "номер рахунку та сума");
        let table = [
            ("оплата карт", Some(Rank::TitlePrefix)),
            ("карт опл", Some(Rank::TitleWordPrefix)),
            ("лата карт", Some(Rank::TitleContains)),
            ("opl карт", Some(Rank::TitleWordPrefix)),
            ("опл  сума", Some(Rank::TextContains)),
            ("сума номер", Some(Rank::TextContains)),
            ("оплата готівкою", None),
        ];
        for (query, expected) in table {
            assert_eq!(reply(query), expected, "{query:?}");
        }
    }

    #[test]
    fn a_word_s_beginning_is_found_after_its_middle() {
        assert_eq!(rank("рада", "", "порада: рада допомогти", ""), Some(Rank::TitleWordPrefix));
        assert_eq!(rank("а а", "", "ба а а", ""), Some(Rank::TitleWordPrefix));
        assert_eq!(rank("слово", "", "", ""), None);
    }

    #[test]
    fn better_places_come_first() {
        use Rank::{
            ExactShortcut, ShortcutPrefix, TextContains, TitleContains, TitlePrefix, TitleWordPrefix,
        };
        let order =
            [ExactShortcut, ShortcutPrefix, TitlePrefix, TitleWordPrefix, TitleContains, TextContains];
        assert!(order.is_sorted());
    }

    proptest! {
        #[test]
        fn one_more_letter_never_finds_more(
            query in "[абв' ]{0,6}",
            more in "[абв]",
            shortcut in "[абв]{0,4}",
            title in "[абв' ,]{0,12}",
            text in "[абв ]{0,12}",
        ) {
            if rank(&format!("{query}{more}"), &shortcut, &title, &text).is_some() {
                prop_assert!(rank(&query, &shortcut, &title, &text).is_some());
            }
        }

        #[test]
        fn any_text_is_survived(query in any::<String>(), title in any::<String>()) {
            prop_assert!(rank(&title, "", &title, "").is_some() || title.contains(char::is_whitespace) || title.starts_with('/'));
            let _ = rank(&query, &title, &title, &title);
        }
    }
}
