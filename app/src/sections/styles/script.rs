//! Scripts that the operator panel loads. Whether a script does what it should is beyond a settings console, so they have a
//! right of their own and are off until someone switches them on.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::field::{Code, Text};
use crate::problem::{Problem, Problems};
use crate::text::fold;

/// One script.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct Script {
    /// What it is called in the list; no two are called alike.
    pub name: Text<1, 80>,
    /// Where its text comes from.
    pub source: Source,
    /// Its `https` address.
    #[schemars(extend("x-search" = false))]
    pub address: Text<0, 2000>,
    /// The digest of what is there (Subresource Integrity), so that nobody exchanges it.
    #[schemars(extend("x-search" = false))]
    pub integrity: Text<0, 200>,
    /// Its text.
    #[schemars(extend("x-search" = false))]
    pub code: Code,
    /// Where in the page it stands.
    pub place: Place,
    /// Loaded by panels.
    pub enabled: bool,
}

/// Where the text of a script comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Source {
    /// From an address.
    #[default]
    Address,
    /// It is written here.
    Inline,
}

/// Where in the page a script stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Place {
    /// In the head, before the panel is drawn.
    Head,
    /// At the end of the body.
    #[default]
    Body,
}

/// The rules of the list.
pub(super) fn check(scripts: &[Script], problems: &mut Problems) {
    let mut names = HashSet::new();
    for (n, script) in scripts.iter().enumerate() {
        let at = |field: &str| format!("/scripts/{n}/{field}");
        if !names.insert(fold(&script.name)) {
            let pointer = at("name");
            problems.push(Problem::error(pointer, "not_unique").with("name", &*script.name.0));
        }
        let wrong = match script.source {
            Source::Inline if script.code.trim().is_empty() => Some(("code", "required")),
            Source::Address if script.address.0.is_empty() => Some(("address", "required")),
            Source::Address if !is_https(&script.address.0) => Some(("address", "not_https")),
            Source::Address if script.integrity.0.is_empty() => Some(("integrity", "required")),
            Source::Address if !is_integrity(&script.integrity.0) => Some(("integrity", "bad_integrity")),
            Source::Inline | Source::Address => None,
        };
        if let Some((field, code)) = wrong {
            problems.error(at(field), code);
        }
    }
}

/// Is this an `https` address with a host?
fn is_https(address: &str) -> bool {
    let host = address.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| host.contains(|letter: char| letter.is_alphanumeric()))
        && !address.contains(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '<' | '>' | '\\'))
}

/// Is this a list of digests as the attribute `integrity` takes it?
fn is_integrity(text: &str) -> bool {
    let digest = |one: &str| {
        let (kind, digest) = one.split_once('-').unwrap_or_default();
        let length = match kind {
            "sha256" => 44,
            "sha384" => 64,
            "sha512" => 88,
            _ => return false,
        };
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        digest.len() == length && digest.bytes().all(base64)
    };
    text.split_ascii_whitespace().all(digest)
}
