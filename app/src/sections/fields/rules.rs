//! The rules of definitions: what the properties of each type may say.

use serde_json::Value;

use super::pattern::Pattern;
use super::value::{accept, number_of};
use super::{Definition, FieldType, Fields, day, decimal};
use crate::problem::{Problem, Problems, segment};
use crate::schema::{self, format};

/// The day on which definitions are judged: rules know no clock, and a bound that moves is right on any day.
const SOME_DAY: &str = "2026-01-01";

/// Headers that belong to the connection, and to whoever makes the request (RFC 9110, sections 7.2, 7.6 and 8.6).
const RESERVED: [&str; 13] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "keep-alive",
    "te",
    "trailer",
    "upgrade",
    "expect",
    "proxy-connection",
    "proxy-authorization",
    "proxy-authenticate",
    "accept-encoding",
];

/// Does the server itself set this header?
pub fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// The types to which a property belongs; none for one that every type has, or that nobody knows.
pub fn property_types(name: &str) -> Option<&'static [FieldType]> {
    Some(match name {
        "options" => &[FieldType::Select],
        "source" => &[FieldType::SelectApi],
        "extensions" | "max_mb" => &[FieldType::File],
        "min" | "max" => &[FieldType::Integer, FieldType::BigInt, FieldType::Float, FieldType::Date],
        "decimals" => &[FieldType::Float],
        "pattern" | "min_length" | "max_length" => &[FieldType::String, FieldType::Text],
        _ => return None,
    })
}

/// Finds what is wrong with the definitions that stand at `root` of a document.
pub fn check(root: &str, fields: &Fields, problems: &mut Problems) {
    let mut met: Vec<(String, &str)> = Vec::with_capacity(fields.0.len());
    for (alias, field) in &fields.0 {
        let at = [root, "/", &segment(alias)].concat();
        let lower = alias.to_ascii_lowercase();
        if let Some((_, other)) = met.iter().find(|(known, _)| *known == lower) {
            problems.error(at.clone(), "alias_differs_by_case").params.insert("name".into(), (*other).into());
        }
        met.push((lower, alias));
        one(&at, field, problems);
    }
}

fn one(at: &str, field: &Definition, problems: &mut Problems) {
    let Some(kind) = field.kind() else { return };
    for name in field.names() {
        if property_types(name).is_some_and(|types| !types.contains(&kind)) {
            problems.push(
                Problem::warning([at, "/", name].concat(), "not_of_type")
                    .with("name", name)
                    .with("type", kind.code()),
            );
        }
    }
    match kind {
        FieldType::String | FieldType::Text => text(at, field, problems),
        FieldType::Select => {
            let mut options = field.options().filter(|(_, _, archived)| !archived);
            if options.next().is_none() {
                problems.error([at, "/options"].concat(), "options_needed");
            }
        }
        FieldType::SelectApi => source(at, field, problems),
        FieldType::File => file(at, field, problems),
        FieldType::Integer | FieldType::BigInt | FieldType::Float => numbers(at, kind, field, problems),
        FieldType::Date => dates(at, field, problems),
        FieldType::Boolean => {}
    }
    if let Some(default) = field.get("default").filter(|default| default.as_str() != Some("")) {
        if matches!(kind, FieldType::File | FieldType::SelectApi) {
            problems.push(
                Problem::warning([at, "/default"].concat(), "no_default_here").with("type", kind.code()),
            );
        } else if let Err(mut problem) = accept(field, default, SOME_DAY)
            && !(kind == FieldType::Date && is_relative(field, default))
            // A default that is off is none, even where the checkbox must be ticked.
            && !(kind == FieldType::Boolean && problem.code == "required")
        {
            problem.pointer = [at, "/default"].concat();
            problems.push(problem);
        }
    }
}

/// `today` is a day that moves, and a day that is compared with one that moves is right on some days.
fn is_relative(field: &Definition, default: &Value) -> bool {
    let moves = |text: &str| text.starts_with("today");
    let default = default.as_str().unwrap_or_default();
    if moves(default) {
        return day::is_bound(default);
    }
    day::read(default).is_some() && (moves(field.text("min")) || moves(field.text("max")))
}

fn text(at: &str, field: &Definition, problems: &mut Problems) {
    if let (Some(min), Some(max)) = (field.count("min_length"), field.count("max_length"))
        && min > max
    {
        problems.error([at, "/min_length"].concat(), "min_over_max").params.insert("max".into(), max.into());
    }
    if let Err(fault) = Pattern::new(field.text("pattern")) {
        problems.push(Problem::error([at, "/pattern"].concat(), fault.code).with("position", fault.at));
    }
}

fn source(at: &str, field: &Definition, problems: &mut Problems) {
    let Some(source) = field.get("source") else {
        problems.error([at, "/source"].concat(), "source_needed");
        return;
    };
    let headers = source.get("headers").and_then(Value::as_object);
    for (name, value) in headers.into_iter().flatten() {
        let pointer = [at, "/source/headers/", &segment(name)].concat();
        let twin =
            headers.is_some_and(|all| all.keys().any(|one| one != name && one.eq_ignore_ascii_case(name)));
        if twin {
            problems.push(Problem::error(pointer.clone(), "header_twice").with("name", name.as_str()));
        }
        if is_reserved(name) {
            problems.push(Problem::error(pointer, "header_reserved").with("name", name.as_str()));
        } else if !schema::is_set(value) {
            problems.push(Problem::warning(pointer, "header_unset").with("name", name.as_str()));
        }
    }
    let url = source.get("url").and_then(Value::as_str).unwrap_or_default();
    let secure = format::https_url(url);
    let plain =
        url.strip_prefix("http://").is_some_and(|rest| format::https_url(&["https://", rest].concat()));
    if !url.is_empty() && !secure && !plain {
        problems.push(Problem::error([at, "/source/url"].concat(), "bad_format").with("format", "https-url"));
    } else if plain {
        problems.warning([at, "/source/url"].concat(), "source_not_https");
    }
}

fn file(at: &str, field: &Definition, problems: &mut Problems) {
    let extensions = field.get("extensions").and_then(Value::as_array).into_iter().flatten();
    for (n, extension) in extensions.enumerate() {
        let extension = extension.as_str().unwrap_or_default();
        if extension.is_empty() || !extension.bytes().all(|b| b.is_ascii_alphanumeric()) {
            problems.error(format!("{at}/extensions/{n}"), "bad_extension");
        }
    }
}

fn numbers(at: &str, kind: FieldType, field: &Definition, problems: &mut Problems) {
    let mut bound = |name: &str| {
        let value = field.get(name)?;
        let pointer = [at, "/", name].concat();
        if kind != FieldType::Integer && !value.is_string() {
            // A number of JSON is not exact: it would be another one when it comes back.
            let problem = Problem::error(pointer, "wrong_type").with("expected", "string");
            problems.push(problem.with("found", schema::type_of(value)));
            return None;
        }
        if value.as_str().is_some_and(str::is_empty) {
            return None;
        }
        let number =
            number_of(Some(value)).filter(|number| kind == FieldType::Float || number.parse::<i64>().is_ok());
        if number.is_none() {
            problems.error(pointer, "bound_no_number");
        }
        number
    };
    let (min, max) = (bound("min"), bound("max"));
    if let (Some(min), Some(max)) = (min, max)
        && decimal::compare(&min, &max).is_gt()
    {
        problems.error([at, "/min"].concat(), "min_over_max").params.insert("max".into(), max.into());
    }
}

fn dates(at: &str, field: &Definition, problems: &mut Problems) {
    let mut bound = |name: &str| {
        let value = field.get(name).filter(|value| value.as_str() != Some(""))?;
        let day = value.as_str().and_then(|bound| day::resolve(bound, SOME_DAY));
        if day.is_none() {
            problems.error([at, "/", name].concat(), "bound_no_date");
        }
        day
    };
    let (min, max) = (bound("min"), bound("max"));
    let relative = field.text("min").starts_with("today") != field.text("max").starts_with("today");
    if let (Some(min), Some(max)) = (min, max)
        && !relative
        && min > max
    {
        problems.error([at, "/min"].concat(), "min_over_max").params.insert("max".into(), max.into());
    }
}
