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
                self.drop_secret(place, standing);
                *value = json!({ "set": true, "handle": handle });
                return;
            }
            let keeps =
                value.get("keep") == Some(&Value::Bool(true)) || value.get("set") == Some(&Value::Bool(true));
            let clears = value.get("clear") == Some(&Value::Bool(true))
                || value.get("set") == Some(&Value::Bool(false))
                || value.get("value").and_then(Value::as_str) == Some("");
            match (keeps, standing) {
                (true, Some(_)) if moved => {
                    problems.push(Problem::error(secret.pointer, "secret_again"));
                }
                (true, Some(handle)) => *value = json!({ "set": true, "handle": handle }),
                // It stood here once, and comes back with the version that named it.
                (true, None) => {
                    let known = handle_of(value).filter(|handle| {
                        self.next.secret(place, handle).is_some_and(|kept| **kept == *sent_to)
                    });
                    *value = match known {
                        Some(handle) => json!({ "set": true, "handle": handle }),
                        None => json!({ "set": false }),
                    };
                }
                (false, standing) if clears => {
                    self.drop_secret(place, standing);
                    *value = json!({ "set": false });
                }
                // What is malformed is told by the schema.
                _ => {}
            }
        });
    }

    fn drop_secret(&mut self, place: Place, handle: Option<&str>) {
        let Some(handle) = handle else { return };
        self.next.drop_secret(place, handle);
        self.secrets.push(SecretChange::Drop { handle: handle.to_owned(), place });
    }
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
