//! The words of the person who reads this page, on either side of the wire.

use super::{Language, Table, Word};
use crate::problem::Problem;
use crate::sections::Effect;

#[cfg(feature = "ssr")]
mod side {
    use std::sync::LazyLock;

    use leptos::prelude::use_context;

    use super::{Language, Table, Word};

    static TABLES: LazyLock<[Table; 2]> = LazyLock::new(|| {
        [include_str!("../../words/uk.json"), include_str!("../../words/en.json")]
            .map(|json| Table::parse(json).expect("build.rs has read the same files"))
    });

    /// The table of a language.
    pub fn table(language: Language) -> &'static Table {
        match language {
            Language::Uk => &TABLES[0],
            Language::En => &TABLES[1],
        }
    }

    /// The language of the page that is being drawn.
    pub fn language() -> Language {
        use_context().unwrap_or(Language::Uk)
    }

    pub(super) fn reader() -> &'static Table {
        table(language())
    }

    include!(concat!(env!("OUT_DIR"), "/apart.rs"));

    /// The sentences of problems and effects.
    pub(super) fn sentences() -> &'static Table {
        reader()
    }

    /// The part of a language's table that every page is sent before it wakes: all but the words of single fields, which
    /// schemas bring, those that come apart and those that come later.
    pub fn browser_table(language: Language) -> String {
        let mut table = json(language);
        if let Some(words) = table.get_mut("ui").and_then(serde_json::Value::as_object_mut) {
            words.retain(|name, _| !APART.contains(&name.as_str()));
        }
        if let Some(sections) = table.get_mut("sections").and_then(serde_json::Value::as_object_mut) {
            for words in sections.values_mut().filter_map(serde_json::Value::as_object_mut) {
                words.retain(|name, _| matches!(name.as_str(), "title" | "about" | "one" | "empty" | "new"));
            }
        }
        retain(&mut table["options"], OPTIONS);
        if let Some(table) = table.as_object_mut() {
            table.retain(|part, _| !matches!(part.as_str(), "shapes" | "problems" | "effects"));
        }
        table.to_string()
    }

    /// The words, and names of options, that only editors, the sample panel and rarer pages say.
    pub fn table_apart(language: Language) -> String {
        let mut table = json(language);
        let (mut words, mut options) = (table["ui"].take(), table["options"].take());
        retain(&mut words, APART);
        retain(&mut options, OPTIONS_APART);
        serde_json::json!({ "language": language.tag(), "ui": words, "options": options }).to_string()
    }

    fn retain(of: &mut serde_json::Value, names: &[&str]) {
        if let Some(map) = of.as_object_mut() {
            map.retain(|name, _| names.contains(&name.as_str()));
        }
    }

    /// What is said of a mistake or before a save: nothing that a page needs for waking.
    pub fn table_later(language: Language) -> String {
        let mut table = json(language);
        if let Some(table) = table.as_object_mut() {
            table.retain(|part, _| matches!(part.as_str(), "language" | "problems" | "effects" | "options"));
        }
        table.to_string()
    }

    fn json(language: Language) -> serde_json::Value {
        let text = match language {
            Language::Uk => include_str!("../../words/uk.json"),
            Language::En => include_str!("../../words/en.json"),
        };
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The table that has this word: the server has all of them in one.
    pub(super) fn table_with(_: Word) -> &'static Table {
        reader()
    }

    /// The table that comes apart is a part of the server's.
    pub(super) fn apart() -> Option<&'static Table> {
        None
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod side {
    use std::cell::Cell;

    use leptos::prelude::{ArcTrigger, Notify, Track};

    use super::{Language, Table, Word};

    thread_local! {
        static TABLE: Cell<Option<&'static Table>> = const { Cell::new(None) };
        static APART: Cell<Option<&'static Table>> = const { Cell::new(None) };
        static LATER: Cell<Option<&'static Table>> = const { Cell::new(None) };
        /// Tells those that read a sentence before it was there.
        static CAME: ArcTrigger = ArcTrigger::new();
    }

    /// Takes over the reader's table; called once, before the page wakes.
    pub fn take(table: Table) {
        TABLE.set(Some(Box::leak(Box::new(table))));
    }

    /// Takes over the words that only editors, the sample panel and rarer pages say.
    pub fn take_apart(table: Table) {
        APART.set(Some(Box::leak(Box::new(table))));
    }

    /// Takes over the sentences of problems and effects.
    pub fn take_later(table: Table) {
        LATER.set(Some(Box::leak(Box::new(table))));
        CAME.with(Notify::notify);
    }

    /// The sentences of problems and effects; until they are there, a table that has none and answers with the code.
    pub(super) fn sentences() -> &'static Table {
        LATER.get().unwrap_or_else(|| {
            CAME.with(Track::track);
            reader()
        })
    }

    /// The table that has this word.
    pub(super) fn table_with(word: Word) -> &'static Table {
        APART.get().filter(|table| table.has(word)).unwrap_or_else(reader)
    }

    /// The table that comes apart, once it is there.
    pub(super) fn apart() -> Option<&'static Table> {
        APART.get()
    }

    /// The language of this page.
    pub fn language() -> Language {
        Language::of(&reader().language).unwrap_or(Language::Uk)
    }

    pub(super) fn reader() -> &'static Table {
        TABLE.get().expect("hydrate() takes the table over before anything is drawn")
    }
}

pub use side::*;

/// The text of a word.
pub fn t(word: Word) -> &'static str {
    table_with(word).word(word)
}

/// The text of a word with its parameters.
pub fn tf(word: Word, params: &[(&str, &str)]) -> String {
    table_with(word).fill(word, params)
}

/// The text of a word that counts: the plural form that belongs to `n`, with `{n}` filled.
pub fn tn(word: Word, n: i64) -> String {
    table_with(word).fill(word, &[("n", &n.to_string())])
}

/// The sentence of a problem.
pub fn problem_text(problem: &Problem) -> String {
    sentences().problem(problem)
}

/// The sentence of an effect.
pub fn effect_text(effect: &Effect) -> String {
    sentences().effect(&effect.code, effect.count, &effect.params)
}

/// The sentence of a readiness finding.
pub fn finding_text(finding: &crate::backend::Finding) -> String {
    reader().readiness(&finding.code, &finding.params)
}

/// The name of a section.
pub fn section_title(section: &str) -> &'static str {
    reader().section(section, "title")
}

/// A text of a section: `title`, `about`, `one`, `empty`, `new`.
pub fn section_text(section: &str, name: &str) -> &'static str {
    reader().section(section, name)
}

/// The name of a group of the menu.
pub fn group_title(group: crate::sections::Group) -> &'static str {
    reader().group(group.key())
}

/// The name of an option that several sections share; its code where there is no word. The set stands written out where
/// this is called: the browser has only those that `build.rs` sees there.
pub fn option_text(set: &str, code: &'static str) -> &'static str {
    let apart = || apart().and_then(|table| table.option(set, code));
    reader().option(set, code).or_else(apart).unwrap_or(code)
}
