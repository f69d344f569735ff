//! Fields that hold text: lines, paragraphs, texts in several languages, and strings of a known form.

use std::borrow::Cow;
use std::ops::Deref;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// One line of text of `MIN` to `MAX` grapheme clusters; `MIN` 0 makes it optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MIN: u32, const MAX: u32>(pub String);

impl<const MIN: u32, const MAX: u32> JsonSchema for Text<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "string", "maxLength": MAX });
        require(&mut schema, MIN);
        schema
    }
}

/// Paragraphs of at most `MAX` grapheme clusters, line feeds kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LongText<const MAX: u32>(pub String);

impl<const MAX: u32> JsonSchema for LongText<MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "LongText".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "maxLength": MAX, "x-multiline": true })
    }
}

/// One line per language, by BCP 47 tag; `MIN` 1 asks for the instance's first language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words<const MIN: u32, const MAX: u32>(pub IndexMap<String, String>);

impl<const MIN: u32, const MAX: u32> Words<MIN, MAX> {
    /// The text in `language`, else in the first language that has one.
    pub fn in_language(&self, language: &str) -> &str {
        in_language(&self.0, language)
    }
}

impl<const MIN: u32, const MAX: u32> JsonSchema for Words<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({
            "type": "object", "x-words": true, "additionalProperties": { "type": "string", "maxLength": MAX },
        });
        require(&mut schema, MIN);
        schema
    }
}

/// Paragraphs per language, by BCP 47 tag. None is required by the type; the section's rules say which are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LongWords<const MAX: u32>(pub IndexMap<String, String>);

impl<const MAX: u32> LongWords<MAX> {
    /// The text in `language`, else in the first language that has one.
    pub fn in_language(&self, language: &str) -> &str {
        in_language(&self.0, language)
    }
}

impl<const MAX: u32> JsonSchema for LongWords<MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "LongWords".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object", "x-words": true,
            "additionalProperties": { "type": "string", "maxLength": MAX, "x-multiline": true },
        })
    }
}

fn in_language<'a>(words: &'a IndexMap<String, String>, language: &str) -> &'a str {
    words
        .get(language)
        .filter(|text| !text.is_empty())
        .or_else(|| words.values().find(|text| !text.is_empty()))
        .map_or("", String::as_str)
}

fn require(schema: &mut Schema, min: u32) {
    if min > 0 {
        schema.insert("x-required".into(), true.into());
        if schema.get("type") == Some(&"string".into()) {
            schema.insert("minLength".into(), min.into());
        }
    }
}

/// A string whose form has a name in the schema's `format`; empty means "not given" unless the field requires it.
macro_rules! formatted {
    ($($(#[$about:meta])* $name:ident: $format:literal, $max:literal;)*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format, "maxLength": $max })
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str { &self.0 }
        }
    )*};
}

formatted! {
    /// An e-mail address.
    Email: "email", 254;
    /// A Latin name for machines: a letter first, then letters, digits and `_`.
    Alias: "alias", 64;
    /// What an operator types after `/` to get a quick reply.
    Shortcut: "shortcut", 32;
    /// A BCP 47 language tag.
    LanguageTag: "language", 35;
    /// Scheme, host and port of a web page, without a path.
    Origin: "origin", 253;
    /// A host name, `*.` in front for all its subdomains, a port behind it if it isn't the usual one.
    Host: "host", 253;
    /// A time zone by its IANA name.
    TimeZone: "time-zone", 64;
    /// A calendar date, `YYYY-MM-DD`.
    Date: "date", 10;
    /// A telephone number in E.164.
    Phone: "phone", 16;
    /// Text of a machine: code, a pattern, a token; kept as typed.
    Code: "code", 65536;
}

impl<const MIN: u32, const MAX: u32> Deref for Text<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MIN: u32, const MAX: u32> From<&str> for Text<MIN, MAX> {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl<const MAX: u32, const N: usize> From<[(&str, &str); N]> for LongWords<MAX> {
    fn from(words: [(&str, &str); N]) -> Self {
        Self(words.into_iter().map(|(tag, text)| (tag.into(), text.into())).collect())
    }
}

impl<const MIN: u32, const MAX: u32, const N: usize> From<[(&str, &str); N]> for Words<MIN, MAX> {
    fn from(words: [(&str, &str); N]) -> Self {
        Self(words.into_iter().map(|(tag, text)| (tag.into(), text.into())).collect())
    }
}
