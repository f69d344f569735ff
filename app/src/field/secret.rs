//! A secret: what is written, and never read again.

use serde_json::{Value, json};

/// The schema of a secret of at most `max` characters.
///
/// It is read as `{"set": true, "handle": "…"}`, where the handle changes whenever the secret does and says nothing of it,
/// or as `{"set": false}`. A write says `{"keep": true}`, `{"value": "…"}` or `{"clear": true}`; what was read keeps it too.
pub fn secret(max: u32) -> Value {
    json!({
        "type": "object", "x-secret": true, "maxLength": max,
        "examples": [{ "set": true }, { "keep": true }, { "value": "…" }, { "clear": true }],
    })
}
