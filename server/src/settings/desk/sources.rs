//! Trying a source of options, for those who edit fields that have one.

use app::backend::SourceAnswer;
use app::error::Error;
use app::problem::{Problem, Problems, segment};
use app::sections::fields::{HEADERS, is_reserved};
use app::sections::instance::Instance;
use app::sections::roles::Verb;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::Desk;
use crate::access::Rights;
use crate::select_api::Source;
use crate::settings::prepare::{handle_of, origin};

/// The most characters of what an operator types.
const TYPED: usize = 200;

impl Desk {
    /// Asks a source in the server's own name. Costly, so only for who may save such a field.
    pub(super) async fn ask_source(&self, source: Value, q: &str) -> Result<SourceAnswer, Error> {
        let (snapshot, rights, _) = self.stand()?;
        let mut sections = ["client-fields", "user-fields", "tickets"].into_iter();
        if !sections.any(|section| rights.may(section, Verb::Edit)) {
            rights.demand("client-fields", Verb::Edit)?;
        }
        let source = Source::read(source)?;
        let q: String = q.chars().take(TYPED).collect();
        let allowed = snapshot.typed::<Instance>(0).unwrap_or_default().outgoing_hosts;
        let headers = self.headers_of(&source, &rights).await?;
        self.console.sources.options(&source, headers, &q, &allowed, true).await
    }

    /// The headers of a source with their secrets: those that were just typed, and the kept ones, which go nowhere but to
    /// the address that they were entered for.
    async fn headers_of(&self, source: &Source, rights: &Rights) -> Result<HeaderMap, Error> {
        let (mut headers, mut problems) = (HeaderMap::new(), Problems::default());
        for (name, secret) in source.headers.iter().take(HEADERS) {
            let pointer = format!("/headers/{}", segment(name));
            let problem = |code| Problem::error(&*pointer, code).with("name", name.as_str());
            if is_reserved(name) {
                problems.push(problem("header_reserved"));
                continue;
            }
            let text = match (secret.get("value").and_then(Value::as_str), handle_of(secret)) {
                (Some(text), _) => Some(text.to_owned()),
                (None, Some(handle)) => self.kept(handle, &source.url, rights).await?,
                // A header without a value is not sent.
                (None, None) if !app::schema::is_set(secret) => continue,
                (None, None) => None,
            };
            let Some(text) = text else {
                problems.push(problem("header_not_kept"));
                continue;
            };
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(text.as_bytes())) {
                (Ok(name), Ok(mut value)) => {
                    value.set_sensitive(true);
                    headers.insert(name, value);
                }
                _ => problems.push(problem("header_bad")),
            }
        }
        if problems.is_empty() { Ok(headers) } else { Err(Error::invalid(problems)) }
    }

    /// A kept secret, for who may edit the section that it belongs to.
    async fn kept(&self, handle: &str, url: &str, rights: &Rights) -> Result<Option<String>, Error> {
        let found = self.console.settings.secret(handle, &origin(url)).await;
        let found = found.map_err(|error| self.broken(&error))?;
        Ok(found.filter(|found| rights.may(&found.section, Verb::Edit)).and_then(|found| found.text))
    }
}
