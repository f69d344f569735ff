//! What is wrong with a value, and where: a JSON pointer, a code and the numbers the sentence needs.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One finding of a check. The sentence a person reads is made from `code` and `params` in their language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// RFC 6901 pointer into the value; empty for the value as a whole.
    pub pointer: String,
    /// A stable name of the rule, for example `too_long`; the key of its words.
    pub code: String,
    /// What the sentence names: limits, found values, other records.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub params: IndexMap<String, Value>,
    /// A warning may be accepted by naming its code in the commit; an error may not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub warning: bool,
}

impl Problem {
    /// An error at `pointer`.
    pub fn error(pointer: impl Into<String>, code: &str) -> Self {
        Self { pointer: pointer.into(), code: code.into(), params: IndexMap::new(), warning: false }
    }

    /// A warning at `pointer`.
    pub fn warning(pointer: impl Into<String>, code: &str) -> Self {
        Self { warning: true, ..Self::error(pointer, code) }
    }

    /// The same finding with one more parameter for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }
}

/// The findings of a check, in the order in which they were met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes one finding.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Notes an error and hands it back so that parameters can be added: `p.error("/name", "too_long")`.
    pub fn error(&mut self, pointer: impl Into<String>, code: &str) -> &mut Problem {
        self.0.push(Problem::error(pointer, code));
        self.0.last_mut().expect("one was just pushed")
    }

    /// Notes a warning and hands it back so that parameters can be added.
    pub fn warning(&mut self, pointer: impl Into<String>, code: &str) -> &mut Problem {
        self.0.push(Problem::warning(pointer, code));
        self.0.last_mut().expect("one was just pushed")
    }

    /// Nothing was found at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is there anything that forbids the save?
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|p| !p.warning)
    }

    /// The findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One segment of a JSON pointer, escaped (`~` → `~0`, `/` → `~1`).
pub fn segment(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
