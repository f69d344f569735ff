//! Which translations of a text are stale: a mark for each says of which leading text it was made.
//!
//! A mark is two digests: of the text in the leading language at that time, and of the translation itself. So it can be
//! judged from the value alone, wherever the value comes from: a translation is stale when its leading text is another one
//! now. A mark that speaks of another translation says nothing; [`settle`] writes a new one at every save, so that programs
//! and files need not know of marks at all. `docs/decisions/0010-translation-marks.md` tells why.

use indexmap::IndexMap;

/// A text per language.
type Texts = IndexMap<String, String>;
/// A mark per language; the leading one has none.
pub type Marks = IndexMap<String, String>;

/// How a translation stands to the leading text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It is the leading text.
    Leading,
    /// There is no text in this language.
    Empty,
    /// It was made of the leading text as it is now, or nobody knows of which.
    Current,
    /// The leading text has changed since.
    Stale,
}

/// Digits of one digest.
const DIGITS: usize = 16;

/// The mark of a translation made of `leading`.
pub fn mark(leading: &str, translation: &str) -> String {
    [digest(leading), digest(translation)].concat()
}

/// How the text in `language` stands to the text in `leading`.
///
/// ```
/// use app::sections::replies::translation::{State, mark, state};
/// let texts = [("uk", "Вітаю"), ("en", "Hello")].map(|(tag, text)| (tag.to_owned(), text.to_owned())).into();
/// let marks = [("en".to_owned(), mark("Вітання", "Hello"))].into();
/// assert_eq!(state(&texts, &marks, "uk", "en"), State::Stale);
/// ```
pub fn state(texts: &Texts, marks: &Marks, leading: &str, language: &str) -> State {
    let Some(text) = text_in(texts, language) else { return State::Empty };
    if language == leading {
        return State::Leading;
    }
    match (text_in(texts, leading), source(marks, language, text)) {
        (Some(now), Some(then)) if digest(now) != then => State::Stale,
        _ => State::Current,
    }
}

/// The marks after a save: what speaks of another text, or of none, is written anew.
///
/// A translation that this save brings was made of the leading text that it leaves, unless its mark says otherwise. One
/// that stood before, unmarked, was made of the leading text that stood beside it.
pub fn settle(texts: &Texts, marks: &mut Marks, before: Option<(&Texts, &Marks)>, leading: &str) {
    let mut settled = Marks::new();
    for (language, text) in texts.iter().filter(|(language, _)| *language != leading) {
        if text.trim().is_empty() {
            continue;
        }
        let stood = before.filter(|(texts, _)| texts.get(language) == Some(text));
        let known = |marks: &Marks| {
            marks.get(language).filter(|_| source(marks, language, text).is_some()).cloned()
        };
        let beside = stood.and_then(|(texts, _)| text_in(texts, leading));
        let of = beside.or_else(|| text_in(texts, leading));
        let found = known(marks)
            .or_else(|| stood.and_then(|(_, marks)| known(marks)))
            .or_else(|| of.map(|leading| mark(leading, text)));
        settled.extend(found.map(|mark| (language.clone(), mark)));
    }
    *marks = settled;
}

/// A text that says something.
fn text_in<'t>(texts: &'t Texts, language: &str) -> Option<&'t str> {
    texts.get(language).map(String::as_str).filter(|text| !text.trim().is_empty())
}

/// The digest of the leading text that `text` was made of, if its mark speaks of it.
fn source<'m>(marks: &'m Marks, language: &str, text: &str) -> Option<&'m str> {
    let (source, own) = marks.get(language)?.split_at_checked(DIGITS)?;
    (own == digest(text)).then_some(source)
}

/// FNV-1a of 64 bits, as sixteen digits: it tells texts apart, and guards nothing.
fn digest(text: &str) -> String {
    let hash = text.trim().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (0..DIGITS).rev().filter_map(|n| char::from_digit((hash >> (4 * n) & 0xF) as u32, 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Marks, State, Texts, digest, mark, settle, state};
    use proptest::prelude::*;

    fn texts(uk: &str, en: &str) -> Texts {
        [("uk", uk), ("en", en)].map(|(tag, text)| (tag.to_owned(), text.to_owned())).into()
    }

    /// The marks that a save of `after` over `before` leaves, when whoever saves knows nothing of marks.
    fn saved(before: Option<(&Texts, &Marks)>, after: &Texts) -> Marks {
        let mut marks = Marks::new();
        settle(after, &mut marks, before, "uk");
        marks
    }

    fn english(texts: &Texts, marks: &Marks) -> State {
        state(texts, marks, "uk", "en")
    }

    #[test]
    fn the_digest_is_the_published_one() {
        assert_eq!(digest(""), "cbf29ce484222325");
        assert_eq!(digest("a"), "af63dc4c8601ec8c");
        assert_eq!(digest("foobar"), "85944171f73967e8");
    }

    #[test]
    fn a_changed_source_makes_its_translation_stale() {
        let first = texts("Вітаю", "Hello");
        let marks = saved(None, &first);
        assert_eq!(english(&first, &marks), State::Current);
        let second = texts("Вітаю!", "Hello");
        let marks = saved(Some((&first, &marks)), &second);
        assert_eq!(english(&second, &marks), State::Stale);
        // A later save of something else changes nothing.
        let marks = saved(Some((&second, &marks)), &second);
        assert_eq!(english(&second, &marks), State::Stale);
        // A new translation is current, one taken back with its source too.
        let third = texts("Вітаю!", "Hello!");
        assert_eq!(english(&third, &saved(Some((&second, &marks)), &third)), State::Current);
        assert_eq!(english(&first, &saved(Some((&second, &marks)), &first)), State::Current);
    }

    #[test]
    fn an_unmarked_translation_is_judged_from_its_first_change_on() {
        let old = texts("Вітаю", "Hello");
        assert_eq!(english(&old, &Marks::new()), State::Current);
        let new = texts("Добрий день", "Hello");
        assert_eq!(english(&new, &saved(Some((&old, &Marks::new())), &new)), State::Stale);
    }

    #[test]
    fn a_translation_of_what_somebody_else_has_changed_meanwhile_is_stale() {
        let base = texts("Вітаю", "");
        let theirs = texts("Добрий день", "");
        let mut marks: Marks = [("en".to_owned(), mark("Вітаю", "Hello"))].into();
        let merged = texts("Добрий день", "Hello");
        let stood = saved(Some((&base, &Marks::new())), &theirs);
        settle(&merged, &mut marks, Some((&theirs, &stood)), "uk");
        assert_eq!(english(&merged, &marks), State::Stale);
        marks["en"] = mark("Добрий день", "Hello");
        settle(&merged, &mut marks, Some((&theirs, &stood)), "uk");
        assert_eq!(english(&merged, &marks), State::Current);
    }

    #[test]
    fn what_says_nothing_has_no_mark() {
        assert_eq!(saved(None, &texts("Вітаю", " ")), Marks::new());
        assert_eq!(saved(None, &texts("", "Hello")), Marks::new());
        assert_eq!(english(&texts("Вітаю", " "), &Marks::new()), State::Empty);
        assert_eq!(state(&texts("Вітаю", ""), &Marks::new(), "uk", "uk"), State::Leading);
    }

    proptest! {
        #[test]
        fn settling_twice_changes_nothing(uk in "[аб]{0,2}", en in "[ab]{0,2}", was in "[аб]{0,2}", noise in "[0-9a-f]{0,40}") {
            let (before, after) = (texts(&was, &en), texts(&uk, &en));
            let mut marks: Marks = [("en".to_owned(), noise), ("uk".to_owned(), "x".to_owned())].into();
            settle(&after, &mut marks, Some((&before, &Marks::new())), "uk");
            let once = marks.clone();
            settle(&after, &mut marks, Some((&after, &once)), "uk");
            prop_assert_eq!(&marks, &once);
            let stale = english(&after, &marks) == State::Stale;
            prop_assert_eq!(stale, !uk.is_empty() && !en.is_empty() && !was.is_empty() && uk != was);
        }
    }
}
