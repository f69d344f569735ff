//! Files that a record carries: the record names them, the server keeps their bytes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The largest file that can be attached, in bytes: 10 MiB. The rules for files may be stricter.
pub const ATTACHMENT_BYTES: u64 = 10 * 1024 * 1024;

/// One file. The server knows its bytes by their hash; a commit that names an unknown hash is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Attachment {
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub hash: String,
    /// The name under which it is sent.
    pub name: String,
    /// Its media type.
    pub r#type: String,
    /// Its length in bytes.
    pub size: u64,
}

/// At most `MAX` files, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attachments<const MAX: u32>(pub Vec<Attachment>);

impl<const MAX: u32> JsonSchema for Attachments<MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Attachments".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array", "maxItems": MAX, "x-widget": "attachments", "x-identity": "hash", "x-blob": true,
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["hash", "name", "type", "size"],
                "properties": {
                    "hash": { "type": "string", "format": "sha256", "maxLength": 64, "x-required": true, "x-search": false },
                    "name": { "type": "string", "maxLength": 255, "x-required": true },
                    "type": { "type": "string", "format": "media-type", "maxLength": 127, "x-search": false },
                    "size": { "type": "integer", "minimum": 1, "maximum": ATTACHMENT_BYTES },
                },
            },
        })
    }
}
