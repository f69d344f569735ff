//! One language's table: looking a word up, filling its parameters, choosing its plural form.

use indexmap::IndexMap;
use serde_json::Value;

use crate::problem::Problem;
use crate::text::{Plural, plural};
use crate::value::{Syntax, parse_json};

/// The key of a text of the interface; only `words::key` makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(pub &'static str);

/// A language in which the console can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Ukrainian, the first.
    Uk,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order in which the switch offers them.
    pub const ALL: [Self; 2] = [Self::Uk, Self::En];

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::En => "en",
        }
    }

    /// Its own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Uk => "Українська",
            Self::En => "English",
        }
    }

    /// The language of a tag, if the console has it: `en-GB` is English.
    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

/// The words of one language, as the file of the language has them:
///
/// - `ui`: texts of the interface, each a text or the plural forms of one;
/// - `problems`, `effects`, `readiness`: sentences by code, likewise;
/// - `groups`: names of the groups of the menu;
/// - `sections`: per section its words; the browser's table leaves those of single fields out;
/// - `options`: names of options that several sections share; in a sentence `{what|set}` is the name of the option `what`;
/// - `shapes`: words of the fields of an object that several sections share; the browser's table has none.
#[derive(Clone, Debug)]
pub struct Table {
    /// The BCP 47 tag.
    pub language: String,
    words: Value,
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// The text is no table.
    pub fn parse(json: &str) -> Result<Self, Syntax> {
        let words = parse_json(json)?;
        Ok(Self { language: words["language"].as_str().unwrap_or_default().to_owned(), words })
    }

    /// Does it hold this word? The browser's words are in two tables.
    pub fn has(&self, word: Word) -> bool {
        !self.words["ui"][word.0].is_null()
    }

    /// The text of `word`.
    pub fn word(&self, word: Word) -> &str {
        self.words["ui"][word.0].as_str().unwrap_or(word.0)
    }

    /// The text of `word` with its parameters filled; `n`, if given, chooses the plural form.
    pub fn fill(&self, word: Word, params: &[(&str, &str)]) -> String {
        self.sentence(&self.words["ui"][word.0], word.0, &|name| {
            params.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    /// The sentence of a problem.
    pub fn problem(&self, problem: &Problem) -> String {
        let mut sentence = self.coded("problems", &problem.code, &problem.params);
        if problem.params.contains_key("nearest") {
            sentence.push_str(&self.coded("problems", "nearest", &problem.params));
        }
        sentence
    }

    /// The sentence of an effect, whose count is the parameter `n`.
    pub fn effect(&self, code: &str, count: i64, params: &IndexMap<String, Value>) -> String {
        let mut params = params.clone();
        params.insert("n".into(), count.into());
        self.coded("effects", code, &params)
    }

    /// The sentence of a readiness finding.
    pub fn readiness(&self, code: &str, params: &IndexMap<String, Value>) -> String {
        self.coded("readiness", code, params)
    }

    /// The name of a group of the menu.
    pub fn group(&self, key: &str) -> &str {
        self.words["groups"][key].as_str().unwrap_or_default()
    }

    /// A text of a section by its path below the section: `title`, `about`, `one`.
    pub fn section(&self, section: &str, name: &str) -> &str {
        self.words["sections"][section][name].as_str().unwrap_or_default()
    }

    /// All words of a section, for annotating its schema.
    pub fn section_words(&self, section: &str) -> Option<&Value> {
        self.words["sections"].get(section)
    }

    /// The name of an option that several sections share, for example a channel.
    pub fn option(&self, set: &str, code: &str) -> Option<&str> {
        self.words["options"][set][code].as_str()
    }

    /// The words of an object that several sections share, as those of a section.
    pub fn shape(&self, name: &str) -> Option<&Value> {
        self.words["shapes"].get(name)
    }

    fn coded(&self, part: &str, code: &str, params: &IndexMap<String, Value>) -> String {
        self.sentence(&self.words[part][code], code, &|name| {
            if let Some((name, set)) = name.split_once('|') {
                let option = params.get(name).and_then(Value::as_str);
                return option.map(|option| self.option(set, option).unwrap_or(option).to_owned());
            }
            params.get(name).map(|value| match value {
                Value::String(text) => text.clone(),
                Value::Array(items) => {
                    let texts: Vec<String> = items
                        .iter()
                        .map(|item| item.as_str().map_or_else(|| crate::value::compact(item), str::to_owned))
                        .collect();
                    texts.join(", ")
                }
                other => crate::value::compact(other),
            })
        })
    }

    fn sentence(&self, entry: &Value, code: &str, param: &dyn Fn(&str) -> Option<String>) -> String {
        let text = match entry {
            Value::String(text) => text.as_str(),
            Value::Object(forms) => {
                let n = param("n").and_then(|n| n.parse().ok()).unwrap_or(0);
                let form = match plural(&self.language, n) {
                    Plural::One => "one",
                    Plural::Few => "few",
                    Plural::Many => "many",
                    Plural::Other => "other",
                };
                let form = forms.get(form).or_else(|| forms.get("many")).or_else(|| forms.get("other"));
                form.and_then(Value::as_str).unwrap_or(code)
            }
            _ => return code.to_owned(),
        };
        fill(text, param)
    }
}

/// Puts parameters into `{name}`; a name without a value stays as it is written.
fn fill(text: &str, param: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        match after.find('}').and_then(|close| Some((close, param(&after[1..close])?))) {
            Some((close, value)) => {
                filled.push_str(&value);
                rest = &after[close + 1..];
            }
            None => {
                filled.push('{');
                rest = &after[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}
