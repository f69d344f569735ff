//! Values of a field: what its definition takes, in the form in which it is stored, and why it refuses the rest.

use serde_json::Value;

use super::pattern::Pattern;
use super::{Definition, FieldType, day, decimal, is_on};
use crate::problem::Problem;
use crate::text::{self, graphemes};

/// The most characters of a line whose definition sets no limit.
const LINE: usize = 1_000;
/// The most characters of paragraphs whose definition sets no limit.
const PARAGRAPHS: usize = 20_000;
/// Whole numbers beyond this are not exact in JSON: they need `BIGINT`.
const EXACT: i64 = 9_007_199_254_740_991;
/// The most bytes that are looked at at all.
const BYTES: usize = 256 * 1024;

/// Takes a value of a field, as a person or a program gave it, and brings it into the form in which it is stored: `null`
/// where there is none, a number for INTEGER, text with a point for BIGINT and FLOAT, `YYYY-MM-DD` for DATE.
///
/// `today` is the day on which it is given, `YYYY-MM-DD`. A file is an object with `name` and `size` in bytes.
///
/// # Errors
/// Why the definition refuses it; the pointer is empty.
pub fn accept(field: &Definition, value: &Value, today: &str) -> Result<Value, Problem> {
    let Some(kind) = field.kind() else { return Ok(value.clone()) };
    let value = match value {
        Value::String(text) if text.len() > BYTES => return Err(too_long(BYTES / 4, text.len())),
        Value::String(text) if text.trim().is_empty() => &Value::Null,
        other => other,
    };
    let off = kind == FieldType::Boolean && !is_on(Some(value));
    if value.is_null() || off && matches!(value, Value::Bool(_) | Value::String(_)) {
        return match (field.flag("required"), kind, value) {
            // A checkbox that must be ticked is a consent.
            (true, ..) => Err(Problem::error("", "required")),
            (false, FieldType::Boolean, Value::String(text)) if text != "false" => {
                Err(Problem::error("", "value_no_switch"))
            }
            (false, FieldType::Boolean, Value::Bool(_) | Value::String(_)) => Ok(Value::Bool(false)),
            (false, ..) => Ok(Value::Null),
        };
    }
    match kind {
        FieldType::String => line(field, value),
        FieldType::Text => paragraphs(field, value),
        FieldType::Select => option(field, value),
        FieldType::SelectApi => text_of(value).map(Value::from),
        FieldType::File => file(field, value),
        FieldType::Integer => integer(field, value),
        FieldType::BigInt => big(field, value),
        FieldType::Float => float(field, value),
        FieldType::Date => date(field, value, today),
        FieldType::Boolean if is_on(Some(value)) => Ok(Value::Bool(true)),
        FieldType::Boolean => Err(Problem::error("", "value_no_switch")),
    }
}

fn wrong(expected: &str, found: &Value) -> Problem {
    Problem::error("", "wrong_type").with("expected", expected).with("found", crate::schema::type_of(found))
}

fn too_long(max: usize, length: usize) -> Problem {
    Problem::error("", "too_long").with("max", max).with("length", length)
}

fn text_of(value: &Value) -> Result<&str, Problem> {
    value.as_str().ok_or_else(|| wrong("string", value))
}

fn line(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let text = text::clean_line(text_of(value)?);
    measured(field, &text, LINE, text::Allow::Line)?;
    Ok(text.into_owned().into())
}

fn paragraphs(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let text = text::clean_text(text_of(value)?);
    measured(field, &text, PARAGRAPHS, text::Allow::Text)?;
    Ok(text.into_owned().into())
}

fn measured(field: &Definition, text: &str, most: usize, allow: text::Allow) -> Result<(), Problem> {
    if let Some((position, sign)) = text::refused_char(text, allow) {
        let code_point = format!("U+{:04X}", u32::from(sign));
        let problem = Problem::error("", "control_character").with("position", position);
        return Err(problem.with("code_point", code_point));
    }
    let length = graphemes(text);
    let count = |name: &str| field.count(name).map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let max = count("max_length").unwrap_or(most).min(most.max(PARAGRAPHS));
    if length > max {
        return Err(too_long(max, length));
    }
    let min = count("min_length").unwrap_or(0);
    if length < min {
        return Err(Problem::error("", "too_short").with("min", min).with("length", length));
    }
    match Some(field.text("pattern")).filter(|pattern| !pattern.is_empty()).map(Pattern::new) {
        Some(Ok(pattern)) if !pattern.matches(text) => Err(Problem::error("", "value_differs")),
        // A pattern that can't be read is the definition's fault, and is told there.
        _ => Ok(()),
    }
}

fn option(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let text = text_of(value)?;
    match field.options().find(|(option, ..)| *option == text) {
        // Who has an archived option keeps it: a value is not refused for what was done to its definition.
        Some(_) => Ok(text.into()),
        None => Err(Problem::error("", "value_no_option")),
    }
}

fn file(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let Some(file) = value.as_object() else { return Err(wrong("object", value)) };
    let name = file.get("name").and_then(Value::as_str).unwrap_or_default();
    let allowed: Vec<&str> = field
        .get("extensions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !allowed.is_empty() && !allowed.iter().any(|one| one.eq_ignore_ascii_case(extension)) {
        return Err(Problem::error("", "value_bad_extension").with("allowed", allowed.join(", ")));
    }
    let size = file.get("size").and_then(Value::as_u64).unwrap_or_default();
    match field.count("max_mb") {
        Some(max) if size > max.saturating_mul(1024 * 1024) => {
            Err(Problem::error("", "value_file_too_large").with("max", max))
        }
        _ => Ok(value.clone()),
    }
}

fn integer(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => decimal::read(text).and_then(|text| text.parse().ok()),
        other => return Err(wrong("integer", other)),
    };
    let Some(number) = number.filter(|number| (-EXACT..=EXACT).contains(number)) else {
        return Err(Problem::error("", "value_no_integer"));
    };
    bounded(field, &number.to_string())?;
    Ok(number.into())
}

fn big(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let Some(number) = decimal::read(text_of(value)?).and_then(|text| text.parse::<i64>().ok()) else {
        return Err(Problem::error("", "value_no_bigint"));
    };
    let number = number.to_string();
    bounded(field, &number)?;
    Ok(number.into())
}

fn float(field: &Definition, value: &Value) -> Result<Value, Problem> {
    let Some(number) = decimal::read(text_of(value)?) else {
        return Err(Problem::error("", "value_no_decimal"));
    };
    if let Some(most) = field.count("decimals")
        && decimal::decimals(&number) as u64 > most
    {
        return Err(Problem::error("", "value_too_precise").with("max", most));
    }
    bounded(field, &number)?;
    Ok(number.into())
}

/// A bound or a default as a number on the wire; INTEGER may have it as a number of JSON.
pub(super) fn number_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Number(number) => number.as_i64().map(|number| number.to_string()),
        Value::String(text) => decimal::read(text),
        _ => None,
    }
}

fn bounded(field: &Definition, number: &str) -> Result<(), Problem> {
    if let Some(min) = number_of(field.get("min"))
        && decimal::compare(number, &min).is_lt()
    {
        return Err(Problem::error("", "too_small").with("min", min));
    }
    match number_of(field.get("max")) {
        Some(max) if decimal::compare(number, &max).is_gt() => {
            Err(Problem::error("", "too_large").with("max", max))
        }
        _ => Ok(()),
    }
}

fn date(field: &Definition, value: &Value, today: &str) -> Result<Value, Problem> {
    let Some(date) = day::read(text_of(value)?) else { return Err(Problem::error("", "value_no_date")) };
    // Days of one form are in the order of their letters.
    if let Some(min) = day::resolve(field.text("min"), today)
        && date < min
    {
        return Err(Problem::error("", "value_too_early").with("min", min));
    }
    match day::resolve(field.text("max"), today) {
        Some(max) if date > max => Err(Problem::error("", "value_too_late").with("max", max)),
        _ => Ok(date.into()),
    }
}

/// A value that a sample client or user has in this field, as people read it: the default, else what the type suggests.
///
/// `today` as for [`accept`]; `word` stands in fields of text.
pub fn sample(field: &Definition, today: &str, word: &str) -> String {
    let default = match field.get("default") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let bound = || number_of(field.get("min")).or_else(|| number_of(field.get("max")));
    match field.kind() {
        Some(FieldType::Select) => {
            let mut options = field.options().filter(|(_, _, archived)| !archived);
            let chosen = field.options().find(|(value, ..)| *value == default);
            chosen.or_else(|| options.next()).map(|(_, label, _)| label.to_owned()).unwrap_or_default()
        }
        Some(FieldType::Date) if !default.is_empty() => {
            day::spoken(&day::resolve(&default, today).unwrap_or(default))
        }
        _ if !default.is_empty() => default,
        Some(FieldType::Integer) => bound().unwrap_or_else(|| "42".into()),
        Some(FieldType::BigInt) => bound().unwrap_or_else(|| "4149000000000017".into()),
        Some(FieldType::Float) => bound().unwrap_or_else(|| "12.50".into()),
        Some(FieldType::Date) => {
            let max = day::resolve(field.text("max"), today);
            let min = day::resolve(field.text("min"), today);
            day::spoken(&max.or(min).unwrap_or_else(|| today.to_owned()))
        }
        Some(FieldType::Boolean) => "true".into(),
        Some(FieldType::File) => {
            let extensions = field.get("extensions").and_then(Value::as_array);
            let first = extensions.and_then(|all| all.first()).and_then(Value::as_str).unwrap_or("pdf");
            [word, ".", first].concat()
        }
        _ => word.to_owned(),
    }
}
