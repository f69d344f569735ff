//! SELECTAPI: options of a field that an address outside gives. The request is the server's own and guarded; the last good
//! answer stays when the source is down.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::backend::{SourceAnswer, SourceOption};
use app::error::Error;
use app::field::Host;
use app::problem::{Problem, Problems};
use app::value::parse_json;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::outgoing::{Answer, Call, Outgoing};

/// The most bytes of an answer.
const BYTES: usize = 1024 * 1024;
/// The most options made of one.
const OPTIONS: usize = 1_000;
/// The characters of a raw answer that a person is shown.
const SHOWN: usize = 4_000;
/// As many requests are under way at once.
const AT_ONCE: usize = 8;
/// As many good answers are kept, each at most so long.
const KEPT: usize = 500;
const LAST: Duration = Duration::from_hours(24);
/// Seconds that a source may take if the field doesn't say.
const TIME: u64 = 5;

/// Where options come from, as a field says it. Paths are names with dots between (`data.items`), or JSON pointers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The address.
    pub url: String,
    /// The parameter that what an operator types is sent in; empty sends nothing.
    pub query_parameter: String,
    /// Where in the answer the list is; empty for the answer itself.
    pub list_path: String,
    /// Where in an item its value is; empty for the item itself.
    pub value_path: String,
    /// Where in an item its label is; empty for the value.
    pub label_path: String,
    /// How long an answer serves without asking anew.
    pub cache_seconds: Option<u64>,
    /// How many seconds the source may take, 1 to 30.
    pub timeout: Option<u64>,
    /// What is sent besides: the name of each header, and its value in the wire form of secrets.
    pub headers: Map<String, Value>,
}

impl Source {
    /// Reads the `source` of a field.
    ///
    /// # Errors
    /// It is none.
    pub fn read(value: Value) -> Result<Self, Error> {
        serde_json::from_value(value)
            .map_err(|_| Error::invalid(Problems(vec![Problem::error("", "not_readable")])))
    }

    /// The address that is asked for `q`.
    fn address(&self, q: &str) -> String {
        match reqwest::Url::parse(self.url.trim()) {
            Ok(mut url) if !self.query_parameter.is_empty() && !q.is_empty() => {
                url.query_pairs_mut().append_pair(&self.query_parameter, q);
                url.into()
            }
            Ok(url) => url.into(),
            // The guard says what is wrong with it.
            Err(_) => self.url.clone(),
        }
    }

    /// The options that an answer holds, each value once.
    ///
    /// # Errors
    /// There is no list where one is said to be, or no item of it has a value.
    pub fn options(&self, answer: &Value) -> Result<Vec<SourceOption>, Problem> {
        let list = at(answer, &self.list_path).ok_or_else(|| {
            Problem::error("/list_path", "source_no_list").with("path", self.list_path.as_str())
        })?;
        let items = list.as_array().ok_or_else(|| {
            Problem::error("/list_path", "source_not_list").with("path", self.list_path.as_str())
        })?;
        let mut options: Vec<SourceOption> = Vec::new();
        for item in items {
            let Some(value) = at(item, &self.value_path).and_then(plain) else { continue };
            let label =
                if self.label_path.is_empty() { None } else { at(item, &self.label_path).and_then(plain) };
            let label = label.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| value.clone());
            if options.len() < OPTIONS && !options.iter().any(|known| known.value == value) {
                options.push(SourceOption { value, label });
            }
        }
        if options.is_empty() && !items.is_empty() {
            return Err(
                Problem::error("/value_path", "source_no_values").with("path", self.value_path.as_str())
            );
        }
        Ok(options)
    }
}

/// The value at a path.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let path = path.trim();
    if path.starts_with('/') {
        return value.pointer(path);
    }
    path.split('.').filter(|name| !name.is_empty()).try_fold(value, |value, name| match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        other => other.get(name),
    })
}

/// A value as text; of lists and objects there is none.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The last good answer of a source.
#[derive(Clone, Debug)]
struct Good {
    at: Instant,
    options: Vec<SourceOption>,
}

/// What an answer is remembered by: the request, what was sent with it as SHA-256, and the paths.
type Place = (String, [u8; 32], String);

/// Asks sources, and remembers what they said.
#[derive(Debug)]
pub struct SelectApi {
    outgoing: Outgoing,
    good: Mutex<HashMap<Place, Good>>,
    under_way: Semaphore,
}

impl SelectApi {
    /// Asks through `outgoing`.
    pub fn new(outgoing: Outgoing) -> Self {
        Self { outgoing, good: Mutex::default(), under_way: Semaphore::new(AT_ONCE) }
    }

    /// The options of a source for what an operator typed, asked with these headers. `fresh` asks anew even if an earlier answer would serve.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many are asked at once. What the source does wrong is told in the answer.
    pub async fn options(
        &self,
        source: &Source,
        headers: HeaderMap,
        q: &str,
        allowed: &[Host],
        fresh: bool,
    ) -> Result<SourceAnswer, Error> {
        let request = source.address(q);
        // Another path makes other options of the same answer.
        let paths = [&*source.list_path, &*source.value_path, &*source.label_path].join("\n");
        let mut sent = Sha256::new();
        for (name, value) in &headers {
            sent.update(format!("{name} {}\n", value.len()));
            sent.update(value.as_bytes());
        }
        let place = (request.clone(), sent.finalize().into(), paths);
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        let good = good.filter(|good| good.at.elapsed() < LAST);
        let serves = Duration::from_secs(source.cache_seconds.unwrap_or(0));
        let mut answer = SourceAnswer { request: format!("GET {request}"), ..SourceAnswer::default() };
        if let Some(good) = good.as_ref().filter(|good| !fresh && good.at.elapsed() < serves) {
            answer.options.clone_from(&good.options);
            answer.from_cache = true;
            return Ok(answer);
        }
        let _one = self.under_way.try_acquire().map_err(|_| Error::Busy)?;
        let heard = self
            .outgoing
            .call(&Call {
                post: None,
                url: &request,
                headers,
                allowed,
                time: Duration::from_secs(source.timeout.unwrap_or(TIME).clamp(1, 30)),
                bytes: BYTES,
                kinds: &[
                    "application/json",
                    "application/hal+json",
                    "application/ld+json",
                    "text/json",
                    "text/plain",
                ],
            })
            .await;
        let read = match heard {
            Ok(heard) => {
                answer.status = heard.status.into();
                answer.raw = shown(&heard.body);
                understood(source, &heard)
            }
            Err(refusal) => Err(refusal.problem()),
        };
        match read {
            Ok(options) => {
                self.remember(place, &options);
                answer.options = options;
            }
            Err(problem) => {
                if let Some(good) = good {
                    answer.options = good.options;
                    answer.from_cache = true;
                }
                answer.error = Some(problem);
            }
        }
        Ok(answer)
    }

    fn remember(&self, place: Place, options: &[SourceOption]) {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        if good.len() >= KEPT && !good.contains_key(&place) {
            let oldest = good.iter().min_by_key(|(_, good)| good.at).map(|(place, _)| place.clone());
            if let Some(oldest) = oldest {
                good.remove(&oldest);
            }
        }
        good.insert(place, Good { at: Instant::now(), options: options.to_vec() });
    }
}

/// The options of an answer, or what is wrong with it.
fn understood(source: &Source, heard: &Answer) -> Result<Vec<SourceOption>, Problem> {
    if !(200..300).contains(&heard.status) {
        return Err(Problem::error("", "source_status").with("status", heard.status));
    }
    let text = String::from_utf8_lossy(&heard.body);
    let json = parse_json(&text).map_err(|syntax| {
        Problem::error("", "source_not_json").with("line", syntax.line).with("column", syntax.column)
    })?;
    source.options(&json)
}

/// The beginning of a body as text.
fn shown(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(SHOWN * 4)]);
    let mut cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < body.len() && text.chars().count() > SHOWN {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(source: &Value, answer: &Value) -> Result<Vec<(String, String)>, String> {
        let source = Source::read(source.clone()).unwrap();
        let options = source.options(answer).map_err(|problem| problem.pointer + " " + &problem.code)?;
        Ok(options.into_iter().map(|option| (option.value, option.label)).collect())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
    }

    #[test]
    fn options_are_found_by_their_paths() {
        let answer = json!({ "data": { "items": [
            { "id": 7, "name": { "uk": "Київ" } }, { "id": 8, "name": { "uk": "" } }, { "id": 7, "name": {} }, { "no": 1 },
        ] } });
        let source = json!({ "list_path": "data.items", "value_path": "id", "label_path": "name.uk" });
        assert_eq!(read(&source, &answer), Ok(pairs(&[("7", "Київ"), ("8", "8")])));
        let source = json!({ "list_path": "/data/items", "value_path": "/id" });
        assert_eq!(read(&source, &answer), Ok(pairs(&[("7", "7"), ("8", "8")])));
        assert_eq!(
            read(&json!({}), &json!(["a", 1, true, null, []])),
            Ok(pairs(&[("a", "a"), ("1", "1"), ("true", "true")]))
        );
        assert_eq!(read(&json!({ "list_path": "0.x" }), &json!([{ "x": ["a"] }])), Ok(pairs(&[("a", "a")])));
        assert_eq!(read(&json!({}), &json!([])), Ok(pairs(&[])));
        let fails = |source: Value, answer: Value| read(&source, &answer).unwrap_err();
        assert_eq!(fails(json!({ "list_path": "rows" }), json!({})), "/list_path source_no_list");
        assert_eq!(fails(json!({}), json!({})), "/list_path source_not_list");
        assert_eq!(
            fails(json!({ "value_path": "id" }), json!([{ "key": 1 }])),
            "/value_path source_no_values"
        );
    }

    #[test]
    fn what_is_typed_is_sent_as_it_is() {
        let source = |url: &str, parameter: &str| Source {
            url: url.into(),
            query_parameter: parameter.into(),
            ..Source::default()
        };
        assert_eq!(
            source("https://a.ua/x", "q").address("Київ & область"),
            "https://a.ua/x?q=%D0%9A%D0%B8%D1%97%D0%B2+%26+%D0%BE%D0%B1%D0%BB%D0%B0%D1%81%D1%82%D1%8C"
        );
        assert_eq!(source("https://a.ua/x?y=1", "q").address("z"), "https://a.ua/x?y=1&q=z");
        assert_eq!(source("https://a.ua/x", "q").address(""), "https://a.ua/x");
        assert_eq!(source("https://a.ua/x", "").address("z"), "https://a.ua/x");
        assert_eq!(source("nonsense", "q").address("z"), "nonsense");
    }

    #[test]
    fn what_is_no_source_is_refused() {
        assert!(Source::read(json!({ "url": "https://a.ua", "headers": {} })).is_ok());
        for wrong in [json!({ "url": 7 }), json!({ "headers": "a" }), json!("a")] {
            assert!(Source::read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
