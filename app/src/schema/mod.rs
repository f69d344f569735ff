//! Reads the JSON Schema that describes a setting: what a value may be, how it is drawn, what stands in it.
//!
//! The schema of a section is made by schemars from its Rust type, with every sub-schema inlined, and is plain
//! data to the browser. Only the part of JSON Schema 2020-12 that our types produce is understood: `oneOf` and
//! `anyOf` are either a list of constants (a choice) or one schema beside `null`. Annotations of ours begin
//! with `x-`; where a schema is nullable they may stand outside or inside of it.

mod bare;
pub mod format;
mod lookup;
mod plain;
mod rule;
mod secrets;
mod walk;

#[cfg(test)]
mod tests;

pub use bare::{bare, whole};
pub use lookup::{Reference, at, attached, fill_defaults, references, texts};
pub use secrets::{Secret, each_secret, forget_secrets, has_secrets, is_set, settle_secrets};
pub use walk::check;

pub(crate) use rule::{Rest, Rule, type_of};

use serde_json::Value;

/// A value that nests deeper than this is refused, so that no walk over it can exhaust the stack.
pub const DEPTH: usize = 32;

/// What a check needs to know beside the schema.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The languages of the instance, BCP 47; a required text must be there in the first one.
    pub languages: &'a [String],
}

/// What draws a value: one widget of the form each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Text of several lines.
    LongText,
    /// Text that a program reads: CSS, a template.
    Code,
    /// A text in each language of the instance.
    Words,
    /// A whole or decimal number.
    Number,
    /// A number of seconds, minutes, hours or days, edited as "5 min".
    Duration,
    /// A colour, `#rrggbb`.
    Colour,
    /// On or off.
    Switch,
    /// One of a few constants.
    Choice,
    /// Some of a few constants.
    Choices,
    /// One record of another section.
    Reference,
    /// Records of another section.
    References,
    /// A list of objects.
    Items,
    /// A list of plain values.
    List,
    /// An object with known properties.
    Group,
    /// An object whose keys a person names.
    Map,
    /// A value that can be written and never read.
    Secret,
    /// One BCP 47 tag.
    Language,
    /// BCP 47 tags.
    Languages,
    /// A calendar day.
    Date,
    /// A time of day.
    Time,
    /// An IANA time zone.
    TimeZone,
    /// Files that the record carries.
    Attachments,
    /// Anything else, edited as JSON.
    Json,
}

impl Kind {
    /// The kind that `x-widget` names; `None` for the name of an editor that a section brings itself.
    pub fn named(widget: &str) -> Option<Self> {
        Some(match widget {
            "text" => Self::Text,
            "long-text" => Self::LongText,
            "code" => Self::Code,
            "words" => Self::Words,
            "number" => Self::Number,
            "duration" => Self::Duration,
            "colour" => Self::Colour,
            "switch" => Self::Switch,
            "choice" => Self::Choice,
            "choices" => Self::Choices,
            "reference" => Self::Reference,
            "references" => Self::References,
            "items" => Self::Items,
            "list" => Self::List,
            "group" => Self::Group,
            "map" => Self::Map,
            "secret" => Self::Secret,
            "language" => Self::Language,
            "languages" => Self::Languages,
            "date" => Self::Date,
            "time" => Self::Time,
            "time-zone" => Self::TimeZone,
            "attachments" => Self::Attachments,
            "json" => Self::Json,
            _ => return None,
        })
    }
}

/// Which widget draws a value of this schema: `x-widget` if it names a kind, else what the type says.
pub fn kind(schema: &Value) -> Kind {
    let rule = Rule::of(schema);
    if let Some(kind) = rule.text("x-widget").and_then(Kind::named) {
        return kind;
    }
    if rule.flag("x-secret") {
        return Kind::Secret;
    }
    if rule.flag("x-words") {
        return Kind::Words;
    }
    let type_name = rule.type_name();
    if rule.get("x-ref").is_some() {
        return if type_name == Some("array") { Kind::References } else { Kind::Reference };
    }
    if !choices(schema).is_empty() {
        return Kind::Choice;
    }
    if rule.flag("x-switch") {
        return Kind::Switch;
    }
    match type_name {
        Some("boolean") => Kind::Switch,
        Some("integer" | "number") if is_time_unit(rule.text("x-unit")) => Kind::Duration,
        Some("integer" | "number") => Kind::Number,
        Some("string") => kind_of_text(rule),
        Some("array") => kind_of_list(rule),
        Some("object") if rule.get("properties").is_some() => Kind::Group,
        Some("object") => Kind::Map,
        _ => Kind::Json,
    }
}

fn is_time_unit(unit: Option<&str>) -> bool {
    matches!(unit, Some("ms" | "s" | "min" | "h" | "d" | "seconds" | "minutes" | "hours" | "days"))
}

fn kind_of_text(rule: Rule<'_>) -> Kind {
    match rule.text("format") {
        Some("colour") => Kind::Colour,
        Some("language") => Kind::Language,
        Some("date") => Kind::Date,
        Some("time") => Kind::Time,
        Some("time-zone") => Kind::TimeZone,
        Some("code") => Kind::Code,
        _ if rule.flag("x-code") => Kind::Code,
        _ if rule.flag("x-multiline") => Kind::LongText,
        _ => Kind::Text,
    }
}

fn kind_of_list(rule: Rule<'_>) -> Kind {
    let Some(items) = rule.get("items") else { return Kind::Json };
    match kind(items) {
        Kind::Group => Kind::Items,
        Kind::Reference => Kind::References,
        Kind::Choice => Kind::Choices,
        Kind::Language => Kind::Languages,
        Kind::Items | Kind::List | Kind::Map | Kind::Json => Kind::Json,
        _ => Kind::List,
    }
}

/// Must a person fill this in? Says nothing of properties that only the wire must carry.
pub fn required(schema: &Value) -> bool {
    Rule::of(schema).flag("x-required")
}

/// May the value be `null`?
pub fn nullable(schema: &Value) -> bool {
    Rule::of(schema).nullable()
}

/// The known properties of an object, in the order in which the type declares them.
pub fn fields(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let properties = Rule::of(schema).get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, property)| (name.as_str(), property))
}

/// The constants that a choice allows, each with its description; empty when the schema is no choice.
pub fn choices(schema: &Value) -> Vec<(&Value, Option<&str>)> {
    let mut found = Vec::new();
    if gather(Rule::of(schema).inner(), &mut found) { found } else { Vec::new() }
}

/// Adds the constants of one schema; false when it allows anything beside constants.
fn gather<'s>(schema: &'s Value, found: &mut Vec<(&'s Value, Option<&'s str>)>) -> bool {
    let said = schema.get("description").and_then(Value::as_str);
    if let Some(only) = schema.get("const") {
        found.push((only, said));
        return true;
    }
    if let Some(listed) = schema.get("enum").and_then(Value::as_array) {
        found.extend(listed.iter().filter(|value| !value.is_null()).map(|value| (value, None)));
        return true;
    }
    // schemars splits an enum into one branch of undescribed names and one branch for each described name.
    let Some(branches) = rule::branches(schema) else { return false };
    branches.iter().all(|branch| {
        rule::is_null(branch)
            || ((branch.get("const").is_some() || branch.get("enum").is_some()) && gather(branch, found))
    })
}

/// The annotation or keyword `name`, whether it stands outside or inside a nullable schema.
pub fn note<'s>(schema: &'s Value, name: &str) -> Option<&'s Value> {
    Rule::of(schema).get(name)
}
