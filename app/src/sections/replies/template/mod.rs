//! The template language of quick replies: a text with variables, slots to fill in and a place for the cursor.
//!
//! | written | means |
//! | --- | --- |
//! | `{{client.first_name}}` | a [variable](VARIABLES), filled in from the dialog |
//! | `{{client.first_name\|клієнте}}` | the same with a fallback for when the value is missing or empty |
//! | `{{?order number}}` | a slot, filled in by the operator; one label, one slot, wherever it is repeated |
//! | `{{\|}}` | where the cursor stands when the slots are done; at most one |
//! | `\{` | a `{` that opens nothing, so `\{{` is a literal `{{` |
//!
//! What stands between `{{` and `}}` is a *tag*. A tag does not cross a line and holds no braces; white space at its
//! ends and around `|` and `?` is ignored. Outside of tags everything is plain text: a single `{` or `}`, a stray
//! `}}`, a backslash. Only directly before a `{` do backslashes count: two are one backslash, an odd last one makes
//! the brace literal. So `C:\temp` needs no care, and `\\{{bot.name}}` is a backslash and a tag.
//!
//! Parsing never fails. What can't be read stays in the template as a [`PartKind::Broken`] part, and every problem is
//! listed with its place, so that an editor can underline all of them while the preview goes on.

mod cure;
mod escape;
mod parse;
mod render;
mod variables;

#[cfg(test)]
mod tests;

pub use cure::{Cure, cure};
pub use escape::escape;
pub use render::{Rendered, Slot};
pub use variables::{EXTRA, Kind, Known, VARIABLES, Variable};

use crate::text::graphemes;
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A parsed text; borrows from it.
///
/// Its [`Display`](fmt::Display) gives back exactly what was parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'a> {
    /// The text in pieces, without gaps.
    pub parts: Vec<Part<'a>>,
    /// What is wrong whatever variables are known, in the order of the text.
    pub problems: Vec<TemplateProblem>,
}

/// One piece of a template and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The piece as it was written, braces included.
    pub source: &'a str,
    /// Its place in the text, in bytes.
    pub span: Range<usize>,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in that line, in grapheme clusters, from 1.
    pub column: usize,
    /// What it means.
    pub kind: PartKind<'a>,
}

/// What a piece of a template means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind<'a> {
    /// Plain text, its escapes resolved.
    Text(Cow<'a, str>),
    /// A value from the dialog; the name may be unknown.
    Variable {
        /// The name as written, for example `client.first_name`.
        name: &'a str,
        /// What stands in for a missing value.
        fallback: Option<&'a str>,
    },
    /// A blank for the operator; runs of white space in its label are one space.
    Slot {
        /// What to fill in, for example `order number`.
        label: Cow<'a, str>,
    },
    /// Where the cursor stands at the end.
    Cursor,
    /// A tag that can't be read; shown as it was written.
    Broken,
}

/// One thing wrong with a template and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateProblem {
    /// A stable name, one of [`CODES`].
    pub code: &'static str,
    /// The line where it begins, from 1.
    pub line: usize,
    /// The column in that line, in grapheme clusters, from 1.
    pub column: usize,
    /// The place in the text, in bytes.
    pub span: Range<usize>,
    /// What the sentence names: `name` and, when something is near, `nearest`.
    pub params: IndexMap<String, Value>,
}

/// Every code that a [`TemplateProblem`] may have; each needs a sentence in every language of the console.
///
/// - `tag_unclosed`: `{{` without `}}` in its line;
/// - `tag_nested`: a brace inside a tag;
/// - `tag_empty`: nothing between the braces;
/// - `variable_unknown`: no such variable; `name`, and `nearest` if a known one is close;
/// - `variable_unnamed`: a fallback without a variable (`{{|клієнте}}`);
/// - `fallback_empty`: `|` and nothing after it; a value may be left out without one;
/// - `fallback_twice`: more than one `|`;
/// - `slot_unnamed`: `{{?}}`;
/// - `slot_fallback`: a `|` in a slot, which has no fallback;
/// - `cursor_twice`: a second `{{|}}`.
pub const CODES: &[&str] = &[
    "tag_unclosed",
    "tag_nested",
    "tag_empty",
    "variable_unknown",
    "variable_unnamed",
    "fallback_empty",
    "fallback_twice",
    "slot_unnamed",
    "slot_fallback",
    "cursor_twice",
];

/// Everything that is wrong with a text as a template, in the order of the text.
///
/// ```
/// use app::sections::replies::template::{Known, check};
/// let problems = check("Вітаю, {{clent.first_name}}!", &Known::default());
/// assert_eq!((problems[0].code, problems[0].line, problems[0].column), ("variable_unknown", 1, 10));
/// assert_eq!(problems[0].params["nearest"], "client.first_name");
/// ```
pub fn check(text: &str, known: &Known<'_>) -> Vec<TemplateProblem> {
    Template::parse(text).check(known)
}

impl<'a> Template<'a> {
    /// Reads a text. Never fails: see [`problems`](Self::problems).
    pub fn parse(text: &'a str) -> Self {
        parse::parse(text)
    }

    /// The problems of the text, those of unknown variables among them, in the order of the text.
    pub fn check(&self, known: &Known<'_>) -> Vec<TemplateProblem> {
        let mut problems = self.problems.clone();
        for part in &self.parts {
            if let PartKind::Variable { name, .. } = part.kind
                && !known.contains(name)
            {
                let at = part.source.find(name).unwrap_or_default();
                let mut problem = part.problem("variable_unknown", at..at + name.len());
                problem.params.insert("name".to_owned(), name.into());
                problem
                    .params
                    .extend(known.nearest(name).map(|nearest| ("nearest".to_owned(), nearest.into())));
                problems.push(problem);
            }
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems
    }

    /// The names of its variables, each once, in the order of the text.
    pub fn variables(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for part in &self.parts {
            if let PartKind::Variable { name, .. } = part.kind
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        names
    }

    /// The template without needless white space in tags and needless escapes; what is broken stays as written.
    ///
    /// It means the same, and normalising it again changes nothing. Two texts with one normal form are duplicates.
    ///
    /// ```
    /// use app::sections::replies::template::Template;
    /// assert_eq!(Template::parse("{{ bot.name | бот }}, {{?  order  no }}").normalised(), "{{bot.name|бот}}, {{?order no}}");
    /// ```
    pub fn normalised(&self) -> String {
        let mut text = String::new();
        for (i, part) in self.parts.iter().enumerate() {
            match &part.kind {
                PartKind::Text(plain) => escape::escape_into(&mut text, plain, i + 1 < self.parts.len()),
                PartKind::Variable { name, fallback: None } => text.extend(["{{", name, "}}"]),
                PartKind::Variable { name, fallback: Some(fallback) } => {
                    text.extend(["{{", name, "|", fallback, "}}"]);
                }
                PartKind::Slot { label } => text.extend(["{{?", label, "}}"]),
                PartKind::Cursor => text.push_str("{{|}}"),
                PartKind::Broken => text.push_str(part.source),
            }
        }
        text
    }
}

impl fmt::Display for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| f.write_str(part.source))
    }
}

impl Part<'_> {
    /// A problem with the bytes `within` this piece, which stand in its first line.
    fn problem(&self, code: &'static str, within: Range<usize>) -> TemplateProblem {
        TemplateProblem {
            code,
            line: self.line,
            column: self.column + graphemes(&self.source[..within.start]),
            span: self.span.start + within.start..self.span.start + within.end,
            params: IndexMap::new(),
        }
    }
}
