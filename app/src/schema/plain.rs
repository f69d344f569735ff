//! Checks what has no parts of its own: texts, texts in several languages, numbers, secrets.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::format;
use super::rule::{Rule, type_of};
use super::walk::{ITEMS, NAME, Walk};
use crate::problem::Problem;
use crate::text::{self, Allow};

/// The most grapheme clusters of a text whose schema sets no limit.
pub(super) const LETTERS: usize = 64 * 1024;

impl Walk<'_> {
    pub(super) fn number(&mut self, rule: Rule<'_>, number: &Number) {
        let said = |name: &str| rule.get(name).and_then(Value::as_number).cloned();
        let held = range(rule);
        // Records are numbered from 1.
        let first = rule.refers().then(|| Number::from(1));
        let mins = [said("minimum"), first, held.map(|(min, _)| min.into())];
        if let Some(min) = mins.into_iter().flatten().max_by(compare)
            && compare(number, &min).is_lt()
        {
            self.error("too_small", [("min", min.into())]);
        }
        let maxs = [said("maximum"), held.map(|(_, max)| max.into())];
        if let Some(max) = maxs.into_iter().flatten().min_by(compare)
            && compare(number, &max).is_gt()
        {
            self.error("too_large", [("max", max.into())]);
        }
    }

    pub(super) fn words(&mut self, rule: Rule<'_>, map: &mut Map<String, Value>) {
        if map.len() > ITEMS {
            return self.error("too_many_items", [("max", ITEMS.into()), ("count", map.len().into())]);
        }
        let filled = |text: Option<&Value>| {
            text.is_some_and(|text| text.as_str().is_none_or(|text| !text.trim().is_empty()))
        };
        let there = match self.context.languages.first() {
            Some(language) => filled(map.get(language)),
            None => map.values().any(|text| filled(Some(text))),
        };
        if rule.flag("x-required") && !there {
            self.missing(rule);
        }
        let rule = rule.each_text();
        for (tag, value) in map.iter_mut() {
            if tag.len() > NAME {
                self.error("too_long", [("max", NAME.into()), ("length", tag.len().into())]);
                continue;
            }
            self.inside(tag, |walk| {
                if !format::language(tag) {
                    walk.error("bad_language", [("language", tag.as_str().into())]);
                }
                if let Value::String(text) = value {
                    tidy(rule, text);
                    if !text.is_empty() {
                        walk.text(rule, text);
                    }
                } else {
                    walk.error(
                        "wrong_type",
                        [("expected", "string".into()), ("found", type_of(value).into())],
                    );
                }
            });
        }
    }

    /// A secret is told to be set, kept, cleared or given a new value; it is never trimmed. One that is set may name the
    /// handle under which the store keeps it.
    pub(super) fn secret(&mut self, rule: Rule<'_>, value: &Value) {
        const ORDERS: [&str; 4] = ["set", "keep", "value", "clear"];
        let Some(map) = value.as_object() else {
            return self
                .error("wrong_type", [("expected", "object".into()), ("found", type_of(value).into())]);
        };
        let handle = map.get("handle").is_some_and(|handle| map.contains_key("set") && handle.is_string());
        let mut orders = map.iter().filter(|(name, _)| !handle || *name != "handle");
        let empty = match (orders.next(), orders.next()) {
            (Some((order, Value::Bool(set))), None) if order == "set" => !set,
            (Some((order, Value::Bool(true))), None) if order == "keep" => false,
            (Some((order, Value::Bool(true))), None) if order == "clear" => true,
            (Some((order, Value::String(text))), None) if order == "value" => {
                if !text.is_empty() {
                    let allow = if rule.flag("x-multiline") { Allow::Text } else { Allow::Line };
                    if self.length(rule, text) {
                        self.signs(text, allow);
                    }
                }
                text.is_empty()
            }
            _ => return self.error("not_allowed", [("allowed", ORDERS.as_slice().into())]),
        };
        if empty && rule.flag("x-required") {
            self.error("required", []);
        }
    }

    pub(super) fn no_text(&mut self, rule: Rule<'_>) {
        let min = rule.count("minLength").unwrap_or(0);
        let format = rule.text("format").filter(|format| format::is_known(format));
        if rule.flag("x-required") {
            self.error("required", []);
        } else if min > 0 {
            self.error("too_short", [("min", min.into()), ("length", 0.into())]);
        } else if let Some(format) = format
            && rule.is_item()
        {
            // A property may be left empty; an empty item of a list says nothing.
            self.error("bad_format", [("format", format.into())]);
        }
    }

    pub(super) fn text(&mut self, rule: Rule<'_>, text: &str) {
        if !self.length(rule, text) {
            return;
        }
        let format = rule.text("format").filter(|format| format::is_known(format));
        let allow = allowed(rule);
        if !self.signs(text, allow) {
            return;
        }
        match format {
            Some(format) if !format::matches(format, text) => {
                self.error("bad_format", [("format", format.into())]);
            }
            None if allow == Allow::Line && rule.get("format").is_none() => {
                if let Some(word) = text::mixed_word(text) {
                    self.report(Problem::warning, "mixed_scripts", [("word", word.into())]);
                }
            }
            _ => {}
        }
    }

    /// Finds a text too long or too short; false when it is so long that nothing else is worth a look.
    fn length(&mut self, rule: Rule<'_>, text: &str) -> bool {
        let max = rule.count("maxLength").unwrap_or(LETTERS);
        if text.len() > bytes(max) {
            self.error("too_long", [("max", max.into()), ("length", text.chars().count().into())]);
            return false;
        }
        let min = rule.count("minLength").unwrap_or(0);
        if text.len() > max || min > 0 {
            let length = text::graphemes(text);
            if length > max {
                self.error("too_long", [("max", max.into()), ("length", length.into())]);
            } else if length < min {
                self.error("too_short", [("min", min.into()), ("length", length.into())]);
            }
        }
        true
    }

    /// Finds the first character that the text must not hold; false if there is one.
    pub(super) fn signs(&mut self, text: &str, allow: Allow) -> bool {
        let Some((position, sign)) = text::refused_char(text, allow) else { return true };
        let code_point = format!("U+{:04X}", u32::from(sign));
        self.error("control_character", [("position", position.into()), ("code_point", code_point.into())]);
        false
    }
}

/// Above this many bytes a text is too long without being counted.
///
/// A grapheme cluster has no upper bound, but a family with skin tones takes 41 bytes; a character takes 4.
pub(super) fn bytes(max: usize) -> usize {
    const PLENTY: usize = 1024 * 1024;
    max.saturating_mul(48).min(PLENTY).max(max.saturating_mul(4)).max(1024)
}

fn allowed(rule: Rule<'_>) -> Allow {
    if rule.flag("x-code") || rule.text("format") == Some("code") {
        Allow::Code
    } else if rule.flag("x-multiline") {
        Allow::Text
    } else {
        Allow::Line
    }
}

/// Trims a line, makes line ends line feeds and a decimal comma a point.
pub(super) fn tidy(rule: Rule<'_>, text: &mut String) {
    let clean = match allowed(rule) {
        Allow::Line => text::clean_line(text),
        Allow::Text | Allow::Code => text::clean_text(text),
    };
    if *clean != **text {
        *text = clean.into_owned();
    }
    if rule.text("format") == Some("decimal-string") && text.contains(',') {
        *text = text.replacen(',', ".", 1);
    }
}

/// Turns `3.0` into `3` where a whole number must stand: it is one to JSON Schema, but not to serde.
pub(super) fn make_whole(rule: Rule<'_>, value: &mut Value) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Value::Number(number) = value
        && number.is_f64()
        && rule.types().any(|name| name == "integer")
        && !rule.types().any(|name| name == "number")
        && let Some(float) = number.as_f64()
        && float.fract() == 0.0
        && float.abs() <= EXACT
    {
        *value = Value::from(float as i64);
    }
}

/// Writes a switch that is on as the text `true`; false if this is no switch at all. One that is off stays as it is: who owns
/// the object takes it out.
pub(super) fn make_switch(value: &mut Value) -> bool {
    match value {
        Value::Bool(true) => *value = "true".into(),
        Value::String(text) => return matches!(text.trim(), "" | "true" | "false"),
        // Off, or of another type: that is told elsewhere.
        _ => {}
    }
    true
}

/// What the Rust type behind a whole number can hold; schemars tells it by `format` alone.
fn range(rule: Rule<'_>) -> Option<(i64, u64)> {
    match rule.text("format") {
        _ if rule.type_name() != Some("integer") => None,
        Some("int8") => Some((i8::MIN.into(), 127)),
        Some("uint8") => Some((0, u8::MAX.into())),
        Some("int16") => Some((i16::MIN.into(), 32_767)),
        Some("uint16") => Some((0, u16::MAX.into())),
        Some("int32") => Some((i32::MIN.into(), 2_147_483_647)),
        Some("uint32") => Some((0, u32::MAX.into())),
        Some("uint64") => Some((0, u64::MAX)),
        // JSON of ours holds no whole number beyond this.
        _ => Some((i64::MIN, i64::MAX as u64)),
    }
}

fn compare(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}
