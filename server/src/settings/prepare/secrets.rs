//! Secrets of a value that is about to stand: new ones get a handle and leave the value, kept ones stay what they are.

use app::problem::{Problem, Problems};
use app::schema::{self, Context, Secret};
use app::sections::registry::Entry;
use serde_json::{Value, json};

use super::Work;
use crate::settings::snapshot::{Place, number};

/// A text that no log and no debugger's print shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What a commit does to the kept secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretChange {
    /// A new one.
    Keep {
        /// Under which handle.
        handle: String,
        /// Whose it is.
        place: Place,
        /// The origin that it may be sent to.
        sent_to: String,
        /// The secret.
        text: Hidden,
    },
    /// One that was replaced or cleared.
    Drop {
        /// Its handle.
        handle: String,
        /// Whose it was.
        place: Place,
    },
}

impl Work<'_> {
    /// Takes the secrets out of `value`, which shall stand as record `id` in place of `held`.
    pub(super) fn keep_secrets(
        &mut self,
        entry: &dyn Entry,
        id: i64,
        value: &mut Value,
        held: Option<&Value>,
        problems: &mut Problems,
    ) {
        let Some(section) = number(entry.item().key) else { return };
        let place = (section, id);
        let languages = self.next.languages().clone();
        // What is replaced or cleared here may have moved to another place of the same value.
        let mut dropped: Vec<String> = Vec::new();
        schema::each_secret(entry.schema(), value, held, &mut |secret, value| {
            let standing = secret.before.and_then(handle_of);
            let sent_to = origin(secret.sent_to);
            let moved = sent_to != origin(secret.was_sent_to);
            if let Some(text) = value.get("value").and_then(Value::as_str).filter(|text| !text.is_empty()) {
                let text = Hidden(text.to_owned());
                if refused(secret, value, &languages, problems) {
                    return;
                }
                let handle = hex::encode(super::super::hash::salt());
                self.next.keep_secret(place, &handle, &sent_to);
                self.secrets.push(SecretChange::Keep { handle: handle.clone(), place, sent_to, text });
                dropped.extend(standing.map(str::to_owned));
                *value = json!({ "set": true, "handle": handle });
                return;
            }
            let keeps =
                value.get("keep") == Some(&Value::Bool(true)) || value.get("set") == Some(&Value::Bool(true));
            let clears = value.get("clear") == Some(&Value::Bool(true))
                || value.get("set") == Some(&Value::Bool(false))
                || value.get("value").and_then(Value::as_str) == Some("");
            if keeps {
                let known =
                    |handle: &&str| self.next.secret(place, handle).is_some_and(|kept| **kept == *sent_to);
                // The one that is named: it stood here once, or stands under another name. Else the one that stands.
                let named = handle_of(value).filter(known);
                if named.is_none() && standing.is_some() && moved {
                    return problems.push(Problem::error(secret.pointer, "secret_again"));
                }
                *value = match named.or(standing.filter(known)) {
                    Some(handle) => json!({ "set": true, "handle": handle }),
                    None => json!({ "set": false }),
                };
            } else if clears {
                dropped.extend(standing.map(str::to_owned));
                *value = json!({ "set": false });
            }
            // What is malformed is told by the schema.
        });
        schema::each_secret(entry.schema(), value, None, &mut |_, value| {
            dropped.retain(|handle| Some(&**handle) != handle_of(value));
        });
        for handle in dropped {
            self.next.drop_secret(place, &handle);
            self.secrets.push(SecretChange::Drop { handle, place });
        }
    }
}

/// A patch is merged into what stands, and says nothing of the handle there: what it orders holds alone.
pub(super) fn order_by_patch(schema: &Value, value: &mut Value) {
    schema::each_secret(schema, value, None, &mut |_, secret| {
        let Some(map) = secret.as_object_mut() else { return };
        if ["value", "clear", "keep"].iter().any(|order| map.contains_key(*order)) {
            map.retain(|name, _| name != "set" && name != "handle");
        }
    });
}

/// Secrets of `value` that may not be sent where it says, by what stands now: they are entered again some other time.
pub fn without_moved(schema: &Value, value: &mut Value, standing: &Value) {
    schema::each_secret(schema, value, Some(standing), &mut |secret, value| {
        let moved = origin(secret.sent_to) != origin(secret.was_sent_to);
        if moved && secret.before.and_then(handle_of).is_some() && handle_of(value).is_some() {
            *value = json!({ "set": false });
        }
    });
}

/// Has the schema something against a new secret?
fn refused(secret: &Secret<'_>, value: &mut Value, languages: &[String], problems: &mut Problems) -> bool {
    let mut own = Problems::default();
    schema::check(secret.schema, value, &Context { languages }, &mut own);
    for problem in &mut own.0 {
        problem.pointer.insert_str(0, secret.pointer);
    }
    let refused = own.iter().any(|problem| !problem.warning);
    problems.0.append(&mut own.0);
    refused
}

/// The handle under which a secret is kept.
pub fn handle_of(secret: &Value) -> Option<&str> {
    secret.get("handle").and_then(Value::as_str).filter(|_| secret.get("set") == Some(&Value::Bool(true)))
}

/// Scheme, host and port of an address: what a secret may be sent to. Empty for what is no address.
pub fn origin(address: &str) -> String {
    let url = reqwest::Url::parse(address.trim()).ok();
    url.map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

/// The secrets of `value` as an export shows them: that there is one, to be kept where it stands.
pub fn without_secrets(schema: &Value, value: &mut Value) {
    schema::each_secret(schema, value, None, &mut |_, value| {
        *value = if handle_of(value).is_some() { json!({ "keep": true }) } else { json!({ "set": false }) };
    });
}
