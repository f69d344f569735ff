//! Reports of uses that no setting knows of. A program makes them, with a key whose role may view the section.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use app::backend::OutsidePlace;
use app::error::Error;
use app::problem::{Problem, Problems};
use app::schema::{self, Context};
use app::sections::registry;
use app::sections::roles::Verb;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::info;

use super::Desk;
use crate::access::Actor;
use crate::clock;
use crate::settings::outside::{MOST_REPORTS, MOST_SOURCES, Subject};
use crate::settings::snapshot::number;

/// The most characters of the name of a source or a part.
const NAME: usize = 64;
/// How far the reporter's clock may be ahead, in microseconds: five minutes.
const AHEAD: i64 = 300 * 1_000_000;

/// The most uses of a report: what every reader of JSON takes for a whole number.
const MOST: u64 = (1 << 53) - 1;

/// What an integration says. It replaces all that it said before.
#[derive(Debug, Deserialize)]
struct Said {
    count: u64,
    #[serde(default)]
    last_at: Option<String>,
    #[serde(default)]
    places: Vec<OutsidePlace>,
}

/// What a report may be.
pub static REPORT: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["count"],
        "properties": {
            "count": { "type": "integer", "format": "uint64", "minimum": 0, "maximum": MOST },
            "last_at": { "type": ["string", "null"], "maxLength": 40 },
            "places": {
                "type": "array",
                "maxItems": 100,
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["label", "url"],
                    "properties": {
                        "label": { "type": "string", "maxLength": 200, "x-required": true },
                        "url": { "type": "string", "maxLength": 2000, "x-required": true },
                    },
                },
            },
        },
    })
});

impl Desk {
    /// Takes a report on a record, or on a part of a document.
    ///
    /// # Errors
    /// Whoever asks is no program, may not view the section, or says what can't be.
    pub async fn report_uses(
        &self,
        section: &str,
        id: i64,
        part: &str,
        source: &str,
        mut body: Value,
    ) -> Result<(), Error> {
        let (snapshot, rights, reader) = self.stand()?;
        rights.demand(section, Verb::View)?;
        Self::visible(&snapshot, section, id, reader)?;
        let by = self.caller()?.actor;
        if !matches!(by, Actor::Key(_)) {
            return Err(Error::Forbidden { right: "api_keys".into() });
        }
        let mut problems = Problems::default();
        if !is_name(source) {
            problems.push(Problem::error("", "bad_format").with("format", "source"));
        }
        let known_part = part.is_empty() || (registry::is_document(section) && is_name(part));
        if !known_part {
            problems.push(Problem::error("", "bad_format").with("format", "part"));
        }
        schema::check(&REPORT, &mut body, &Context { languages: &[] }, &mut problems);
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        let said: Said = serde_json::from_value(body).map_err(|error| Error::unreadable(&error))?;
        let last_at = said.last_at.as_deref().map(clock::from_rfc3339);
        if last_at.is_some_and(|at| at.is_none_or(|at| at < 0 || at > clock::now() + AHEAD)) {
            problems.push(Problem::error("/last_at", "bad_format").with("format", "date-time"));
        }
        for (n, place) in said.places.iter().enumerate().filter(|(_, place)| !is_address(&place.url)) {
            let problem = Problem::error(format!("/places/{n}/url"), "bad_format");
            problems.push(problem.with("format", "url").with("address", place.url.as_str()));
        }
        let place = (number(section).ok_or(Error::Missing)?, id);
        let subject = Subject { place, part: part.into(), source: source.into() };
        let known = snapshot.outside(place).any(|(known, _)| *known == subject);
        if !known && said.count > 0 {
            let sources: BTreeSet<&str> = snapshot.outside(place).map(|(known, _)| &*known.source).collect();
            if sources.len() >= MOST_SOURCES && !sources.contains(source) {
                problems.push(Problem::error("", "too_many_items").with("max", MOST_SOURCES));
            }
            if snapshot.outside(place).count() >= MOST_REPORTS {
                problems.push(Problem::error("", "too_many_items").with("max", MOST_REPORTS));
            }
        }
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        if !known && said.count == 0 {
            return Ok(());
        }
        info!(%by, section, id, part, source, count = said.count, "uses elsewhere were reported");
        self.console.settings.report(by, subject, said.count, last_at.flatten(), said.places).await
    }
}

/// Letters, digits and `.`, `_`, `-` of ASCII: what stands in addresses as it is.
fn is_name(name: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !name.is_empty() && name.len() <= NAME && name.bytes().all(sign)
}

/// An address that a person may follow: no script hides behind it.
fn is_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}
