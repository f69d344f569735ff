//! Робота з файлами: which files may come and go in dialogs, by extension, declared type, size and first bytes.
//!
//! The document is the operator panel's own, property by property; `max_mb` and `direction` are ours. What it says is
//! judged by [`verdict`], which looks at a file's name, its declared type, its length and its [`FIRST_BYTES`] alone.

mod danger;
mod defaults;
mod family;
mod signature;
mod verdict;

#[cfg(test)]
mod tests;

pub use danger::{Danger, danger};
pub use family::Family;
pub use signature::{FIRST_BYTES, found};
pub use verdict::{Asked, Verdict, extension_of, verdict};

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Effect, Group, Record, Section, Shape, World, strangers};
use crate::field::Text;
use crate::problem::Problems;
use crate::schema::format;

/// Bytes of a megabyte: as people count files, not as disks are sold.
pub const MEGABYTE: u64 = 1024 * 1024;

/// Which files may be sent and received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("x-kept" = true))]
pub struct Files {
    /// The largest file, in megabytes; a rule may only be stricter.
    #[schemars(range(min = 1, max = 2_048))]
    pub max_file_size_mb: u32,
    /// One rule an extension; what no rule names is refused.
    #[schemars(length(max = 500), extend("x-identity" = "extension"))]
    pub files: Vec<Rule>,
    /// What the panel or an integration wrote besides; kept as it is.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// What holds for the files of one extension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
pub struct Rule {
    /// What people call the format.
    pub title: Text<0, 80>,
    /// The end of the name, without a dot, lower case.
    pub extension: Text<1, 16>,
    /// The types under which such files are sent; types of the same family need not be listed.
    #[schemars(length(max = 20), extend("uniqueItems" = true))]
    pub mime_types: Vec<Text<1, 127>>,
    /// Off refuses them, and says so where they are tried.
    pub allow: bool,
    /// The largest file of this extension, in megabytes, if smaller than the general limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 2_048))]
    pub max_mb: Option<u32>,
    /// Who may send them.
    #[serde(skip_serializing_if = "Direction::is_both")]
    pub direction: Direction,
    /// What the panel or an integration wrote besides; kept as it is.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// Which way files go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Direction {
    /// Both ways. The first, because what a document leaves out takes the first.
    #[default]
    Both,
    /// From the client alone.
    In,
    /// From the operator alone.
    Out,
}

impl Direction {
    /// The direction of this name.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "in" => Self::In,
            "out" => Self::Out,
            "both" => Self::Both,
            _ => return None,
        })
    }

    /// Does a rule for this direction let a file go the `asked` way?
    pub fn lets(self, asked: Self) -> bool {
        self == Self::Both || asked == Self::Both || self == asked
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a function of a reference")]
    fn is_both(&self) -> bool {
        *self == Self::Both
    }
}

impl Files {
    /// Reads the rules out of a value that may still have faults: what is no rule yet is read as far as it goes.
    ///
    /// The browser judges by the unsaved draft with it; it holds none of serde's code for these types.
    pub fn of(value: &Value) -> Self {
        let number = |value: Option<&Value>| value.and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        let rule = |value: &Value| {
            let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
            let types = value.get("mime_types").and_then(Value::as_array).into_iter().flatten();
            Rule {
                title: text("title").into(),
                extension: text("extension").into(),
                mime_types: types.filter_map(Value::as_str).map(Text::from).collect(),
                allow: value.get("allow") == Some(&Value::Bool(true)),
                max_mb: number(value.get("max_mb")),
                direction: Direction::of(text("direction")).unwrap_or_default(),
                rest: Map::new(),
            }
        };
        Self {
            max_file_size_mb: number(value.get("max_file_size_mb")).unwrap_or_default(),
            files: value.get("files").and_then(Value::as_array).into_iter().flatten().map(rule).collect(),
            rest: Map::new(),
        }
    }
}

/// Is this an extension as rules name it: without a dot, lower case, Latin letters and digits?
pub fn is_extension(text: &str) -> bool {
    let sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.bytes().next().is_some_and(sign)
        && text.len() <= 16
        && text.bytes().all(|b| sign(b) || matches!(b, b'_' | b'-' | b'+'))
}

impl Section for Files {
    const KEY: &'static str = "files";
    const GROUP: Group = Group::Settings;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "file-check";

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        let standing = Self::default();
        let (Some(before), Some(after)) = (before.or(Some(&standing)), after) else { return Vec::new() };
        let allowed = |files: &Self| -> Vec<String> {
            files.files.iter().filter(|rule| rule.allow).map(|rule| rule.extension.0.clone()).collect()
        };
        let (was, is) = (allowed(before), allowed(after));
        let gone = |from: &[String], to: &[String]| -> Vec<String> {
            from.iter().filter(|extension| !to.contains(extension)).cloned().collect()
        };
        let refused = Effect::of_each("files_refused", gone(&was, &is));
        refused.into_iter().chain(Effect::of_each("files_allowed", gone(&is, &was))).collect()
    }
}

impl Record for Files {
    fn check(&self, problems: &mut Problems) {
        for (n, rule) in self.files.iter().enumerate() {
            if !is_extension(&rule.extension) {
                problems.error(format!("/files/{n}/extension"), "bad_extension");
            }
            for (m, kind) in rule.mime_types.iter().enumerate() {
                if !format::media_type(kind) {
                    problems.error(format!("/files/{n}/mime_types/{m}"), "bad_mime_type");
                }
            }
        }
    }

    /// What is kept without being understood, and what is let in although it is dangerous, is warned about once: when
    /// it comes.
    fn check_change(&self, before: Option<&Self>, problems: &mut Problems) {
        let standing = Self::default();
        let before = before.unwrap_or(&standing);
        strangers::warn("", Some(&before.rest), &self.rest, problems);
        for (n, rule) in self.files.iter().enumerate() {
            let known = before.files.iter().find(|known| known.extension == rule.extension);
            strangers::warn(&format!("/files/{n}"), known.map(|known| &known.rest), &rule.rest, problems);
            let Some(danger) = danger(&rule.extension).filter(|_| rule.allow && known.is_none_or(|known| !known.allow))
            else {
                continue;
            };
            problems.warning(format!("/files/{n}/allow"), danger.code());
        }
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        "".into()
    }
}
