//! Checks a value against its schema and tidies its texts on the way.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::plain::{LETTERS, bytes, make_switch, make_whole, tidy};
use super::rule::{Rest, Rule, type_of};
use super::{Context, DEPTH, choices, fields, format};
use crate::problem::{Problem, Problems, segment};
use crate::text::{self, Allow};

/// The most items of a list, and entries of a map, whose schema sets no limit.
pub(super) const ITEMS: usize = 10_000;
/// The most bytes of a name in a map. Names stand in every pointer below them.
pub(super) const NAME: usize = 256;
/// The most findings of one check: beyond it nobody reads them, and a hostile value could ask for millions.
const FINDINGS: usize = 10_000;

/// Finds everything that the schema has against `value` and adds it to `problems`.
///
/// On the way single-line text is trimmed, line ends become line feeds, a whole number written as `3.0` becomes
/// `3`, a decimal comma becomes a point, and an `x-switch` that is on becomes the text `true`. Nothing else changes, and
/// no value, however deep or large, breaks the check: see [`DEPTH`].
///
/// An object marked `x-kept` is another program's: what it has beside the known properties stays where it is, and is
/// only warned of.
pub fn check(schema: &Value, value: &mut Value, context: &Context<'_>, problems: &mut Problems) {
    let mut walk = Walk { context, problems, pointer: String::new(), room: FINDINGS };
    let rule = Rule::for_value(schema, value);
    walk.value(rule, value, 0);
}

pub(super) struct Walk<'w> {
    pub(super) context: &'w Context<'w>,
    problems: &'w mut Problems,
    pointer: String,
    room: usize,
}

impl Walk<'_> {
    fn value(&mut self, rule: Rule<'_>, value: &mut Value, level: usize) {
        if level > DEPTH {
            return self.error("too_deep", [("max", DEPTH.into())]);
        }
        if value.is_null() {
            return self.null(rule);
        }
        if rule.flag("x-secret") {
            return self.secret(rule, value);
        }
        let choices = choices(rule.inner());
        if !choices.is_empty() {
            if !choices.iter().any(|(allowed, _)| **allowed == *value) {
                let blank = value.as_str().is_some_and(|text| text.trim().is_empty());
                if blank && rule.flag("x-required") {
                    return self.error("required", []);
                }
                let allowed = choices.into_iter().map(|(allowed, _)| allowed.clone()).collect();
                self.error("not_allowed", [("allowed", Value::Array(allowed))]);
            }
            return;
        }
        make_whole(rule, value);
        if rule.flag("x-switch") && !make_switch(value) {
            return self.error("not_allowed", [("allowed", ["true"].as_slice().into())]);
        }
        if !rule.accepts(value) {
            let expected: Vec<&str> = rule.types().collect();
            let params = [("expected", expected.join("|").into()), ("found", type_of(value).into())];
            return self.error("wrong_type", params);
        }
        match value {
            Value::Object(map) if rule.flag("x-words") => self.words(rule, map),
            Value::Object(map) => self.object(rule, map, level),
            Value::Array(items) => self.array(rule, items, level),
            Value::String(text) => {
                tidy(rule, text);
                if text.is_empty() { self.no_text(rule) } else { self.text(rule, text) }
            }
            Value::Number(number) => self.number(rule, number),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn null(&mut self, rule: Rule<'_>) {
        if rule.flag("x-required") {
            return self.missing(rule);
        }
        if rule.nullable() {
            return;
        }
        let expected: Vec<&str> = rule.types().collect();
        if rule.refers() || !choices(rule.inner()).is_empty() {
            // Nothing is chosen yet.
            self.error("required", []);
        } else if !expected.is_empty() {
            self.error("wrong_type", [("expected", expected.join("|").into()), ("found", "null".into())]);
        }
    }

    /// A value that must be there is not; of words, the text in the first language.
    pub(super) fn missing(&mut self, rule: Rule<'_>) {
        match self.context.languages.first().filter(|_| rule.flag("x-words")) {
            Some(language) => {
                let language = language.as_str();
                self.inside(language, |walk| walk.error("required", [("language", language.into())]));
            }
            None => self.error("required", []),
        }
    }

    fn object(&mut self, rule: Rule<'_>, map: &mut Map<String, Value>, level: usize) {
        if rule.flag("x-required") && map.is_empty() {
            return self.error("required", []);
        }
        let max = rule.count("maxProperties").unwrap_or(ITEMS);
        if map.len() > max {
            return self.error("too_many_items", [("max", max.into()), ("count", map.len().into())]);
        }
        for (name, schema) in fields(rule.inner()) {
            match map.get_mut(name) {
                Some(value) => {
                    let rule = Rule::for_value(schema, value);
                    self.inside(name, |walk| walk.value(rule, value, level + 1));
                }
                None if rule.lists(name) || Rule::of(schema).flag("x-required") => {
                    self.inside(name, |walk| walk.missing(Rule::of(schema)));
                }
                None => {}
            }
        }
        let rest = rule.rest();
        for (name, value) in map.iter_mut().filter(|(name, _)| rule.known(name).is_none()) {
            if name.len() > NAME {
                self.error("too_long", [("max", NAME.into()), ("length", name.len().into())]);
                continue;
            }
            self.inside(name, |walk| match rest {
                Rest::Closed if rule.flag("x-kept") => {
                    walk.report(Problem::warning, "unknown_kept", [("name", name.as_str().into())]);
                    walk.anything(value, level + 1);
                }
                Rest::Closed => {
                    // A name this long is not mistyped, and comparing it would cost.
                    let known = fields(rule.inner()).map(|(name, _)| name).filter(|_| name.len() <= 64);
                    let meant = text::nearest(name, known);
                    let meant = meant.map(|meant| ("nearest", meant.into()));
                    walk.error("unknown_property", [("name", name.as_str().into())].into_iter().chain(meant));
                }
                Rest::Open => walk.anything(value, level + 1),
                Rest::Map(schema) => {
                    if let Some(format) = rule.names().filter(|format| !format::matches(format, name)) {
                        walk.error("bad_format", [("format", format.into())]);
                    } else {
                        walk.signs(name, Allow::Line);
                    }
                    walk.value(Rule::for_value(schema, value), value, level + 1);
                }
            });
        }
    }

    fn array(&mut self, rule: Rule<'_>, items: &mut [Value], level: usize) {
        let (min, max) = (rule.count("minItems").unwrap_or(0), rule.count("maxItems").unwrap_or(ITEMS));
        let count = items.len();
        if count == 0 && rule.flag("x-required") {
            return self.error("required", []);
        }
        if count < min {
            self.error("too_few_items", [("min", min.into()), ("count", count.into())]);
        }
        if count > max {
            self.error("too_many_items", [("max", max.into()), ("count", count.into())]);
        }
        // What stands beyond the limit has to go anyway; looking at it would only cost.
        let kept = &mut items[..count.min(max)];
        let schema = rule.get("items").unwrap_or(&Value::Bool(true));
        for (index, item) in kept.iter_mut().enumerate() {
            let rule = Rule::for_item(schema, item, rule);
            self.inside(&index.to_string(), |walk| walk.value(rule, item, level + 1));
        }
        self.repeats(rule, kept);
    }

    fn repeats(&mut self, rule: Rule<'_>, items: &[Value]) {
        let identity = rule.identity();
        let unique = rule.flag("uniqueItems");
        if identity.is_empty() && !unique {
            return;
        }
        let mut seen: IndexMap<String, usize> = IndexMap::new();
        for (index, item) in items.iter().enumerate() {
            let key = if identity.is_empty() {
                Some(crate::value::signature(item))
            } else {
                crate::value::identity(&identity, item)
            };
            let Some(key) = key else { continue };
            let first = *seen.entry(key).or_insert(index);
            if first != index {
                let value = identity.first().and_then(|name| item.get(*name)).unwrap_or(item);
                let params = [("value", value.clone()), ("first", first.into())];
                self.inside(&index.to_string(), |walk| match identity.first() {
                    Some(name) => walk.inside(name, |walk| walk.error("repeated", params)),
                    None => walk.error("repeated", params),
                });
            }
        }
    }

    /// A value that no schema describes is held to the limits alone.
    fn anything(&mut self, value: &Value, level: usize) {
        match value {
            _ if level > DEPTH => self.error("too_deep", [("max", DEPTH.into())]),
            Value::String(text) if text.len() > bytes(LETTERS) => {
                self.error("too_long", [("max", LETTERS.into()), ("length", text.chars().count().into())]);
            }
            Value::Array(items) if items.len() > ITEMS => {
                self.error("too_many_items", [("max", ITEMS.into()), ("count", items.len().into())]);
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !is_small(item)) {
                    self.inside(&index.to_string(), |walk| walk.anything(item, level + 1));
                }
            }
            Value::Object(map) if map.len() > ITEMS => {
                self.error("too_many_items", [("max", ITEMS.into()), ("count", map.len().into())]);
            }
            Value::Object(map) => {
                for (name, item) in map {
                    if name.len() > NAME {
                        self.error("too_long", [("max", NAME.into()), ("length", name.len().into())]);
                    } else if !is_small(item) {
                        self.inside(name, |walk| walk.anything(item, level + 1));
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn inside(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        let outside = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&segment(name));
        look(self);
        self.pointer.truncate(outside);
    }

    pub(super) fn error<'p>(&mut self, code: &str, params: impl IntoIterator<Item = (&'p str, Value)>) {
        self.report(Problem::error, code, params);
    }

    pub(super) fn report<'p>(
        &mut self,
        make: fn(String, &str) -> Problem,
        code: &str,
        params: impl IntoIterator<Item = (&'p str, Value)>,
    ) {
        let Some(room) = self.room.checked_sub(1) else { return };
        self.room = room;
        let problem = make(self.pointer.clone(), code);
        self.problems
            .push(params.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value)));
    }
}

fn is_small(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.len() <= LETTERS,
        Value::Array(_) | Value::Object(_) => false,
    }
}
