//! Fields with a fixed look: colours, and the channels that a dialog may come through.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A colour, `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Colour(pub String);

impl Default for Colour {
    /// A slate grey that reads on the light and on the dark panel alike.
    fn default() -> Self {
        Self("#6b7c85".into())
    }
}

impl JsonSchema for Colour {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "colour", "x-search": false, "x-required": true })
    }
}

/// The kind of messenger or line that a dialog comes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the name of a messenger or line")]
pub enum Channel {
    #[default]
    Telegram,
    Viber,
    Whatsapp,
    Facebook,
    Instagram,
    WebWidget,
    Email,
    Sms,
    Custom,
}

/// Every channel kind, in the order in which choices offer them.
pub const CHANNELS: [&str; 9] =
    ["telegram", "viber", "whatsapp", "facebook", "instagram", "web_widget", "email", "sms", "custom"];

impl JsonSchema for Channel {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Channel".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": CHANNELS, "x-options": "channel" })
    }
}
