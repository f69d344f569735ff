//! The judgement of one file by the rules: accepted, or refused and why.

use serde_json::json;

use super::{Danger, Direction, Family, Files, MEGABYTE, Rule, danger, found};
use crate::problem::Problem;

/// What is known of a file.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its name, with or without a path.
    pub name: &'a str,
    /// The type under which it is sent; empty if none is told.
    pub declared: &'a str,
    /// Its beginning, at least [`super::FIRST_BYTES`] of it.
    pub first: &'a [u8],
    /// Its length in bytes.
    pub size: u64,
    /// Which way it goes; `Both` asks nothing.
    pub direction: Direction,
}

/// What the rules say of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Which rule speaks of it, by its place in the list; none if it is not listed.
    pub rule: Option<u32>,
    /// Its extension, lower case; empty if it has none.
    pub extension: String,
    /// Its declared type, lower case and without parameters.
    pub declared: String,
    /// The type found in its first bytes.
    pub found: Option<Family>,
    /// Why it is refused; none if it is accepted.
    pub refusal: Option<Problem>,
}

impl Verdict {
    /// May it go?
    pub fn accepted(&self) -> bool {
        self.refusal.is_none()
    }
}

/// The extension of a file's name as systems read it: what follows the last dot, without the dots and blanks that
/// Windows drops at the end of a name.
pub fn extension_of(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    match name.rsplit_once('.') {
        Some((before, extension)) if !before.is_empty() => extension.trim().to_lowercase(),
        _ => String::new(),
    }
}

/// A declared type as rules name it: lower case, without parameters. A browser that knows no type says
/// `application/octet-stream`, which is as good as nothing.
fn type_of(declared: &str) -> String {
    let plain = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if plain == "application/octet-stream" { String::new() } else { plain }
}

/// Judges a file.
///
/// The first reason found is told: that it may not be opened at all stands before that it is too large.
pub fn verdict(files: &Files, asked: Asked<'_>) -> Verdict {
    let extension = extension_of(asked.name);
    let declared = type_of(asked.declared);
    let found = found(asked.first);
    let place = files.files.iter().position(|rule| *rule.extension == *extension && !extension.is_empty());
    let rule = place.map(|place| &files.files[place]);
    let refusal = match rule {
        Some(rule) if !rule.allow => Some(refused(&extension)),
        _ if found.is_some_and(Family::runs) => Some(Problem::error("", "file_executable")),
        None if extension.is_empty() => Some(Problem::error("", "file_no_extension")),
        None => Some(Problem::error("", "file_not_listed").with("extension", extension.as_str())),
        Some(rule) => objection(files, rule, &asked, &declared, found),
    };
    Verdict { rule: place.map(|place| place as u32), extension, declared, found, refusal }
}

/// Why an extension is refused by its rule.
fn refused(extension: &str) -> Problem {
    let code = danger(extension).map_or("file_refused", Danger::code);
    Problem { code: code.into(), ..Problem::error("", "file_refused") }.with("extension", extension)
}

/// What speaks against a file whose extension is allowed.
fn objection(
    files: &Files,
    rule: &Rule,
    asked: &Asked<'_>,
    declared: &str,
    found: Option<Family>,
) -> Option<Problem> {
    let extension = &*rule.extension;
    if !rule.direction.lets(asked.direction) {
        let code = if rule.direction == Direction::In { "file_only_in" } else { "file_only_out" };
        return Some(Problem { code: code.into(), ..Problem::error("", "file_only_in") }.with("extension", extension));
    }
    let limit = rule.max_mb.unwrap_or(files.max_file_size_mb).min(files.max_file_size_mb);
    if asked.size > u64::from(limit) * MEGABYTE {
        return Some(Problem::error("", "file_too_large").with("max", limit));
    }
    if asked.size == 0 {
        return Some(Problem::error("", "file_empty"));
    }
    let family = Family::of_extension(extension);
    let named = rule.mime_types.iter().any(|kind| kind.eq_ignore_ascii_case(declared));
    let related = family.is_some() && Family::of_type(declared) == family;
    if !declared.is_empty() && !named && !related {
        let problem = Problem::error("", "file_declared");
        return Some(problem.with("extension", extension).with("declared", declared));
    }
    let family = family?;
    if found == Some(family) || (found.is_none_or(|found| found == Family::Text) && family.begins_anyhow()) {
        return None;
    }
    Some(match found {
        None if family == Family::Text => Problem::error("", "file_binary").with("extension", extension),
        None => Problem::error("", "file_unrecognised").with("extension", extension).with("expected", family.name()),
        Some(found) => Problem::error("", "file_content")
            .with("extension", extension)
            .with("expected", json!(family.name()))
            .with("found", found.name()),
    })
}
