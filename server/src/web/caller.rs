//! Who asks: read from the session cookie or the API key of a request, with the language they read.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::error::Error;
use app::words::Language;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::Console;
use crate::access::{Actor, Via};
use crate::settings::desk::{Caller, Desk};

/// One cookie of a request.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The name of the session cookie: behind `https` it is bound to this host, without it it is named by its port, because
/// cookies of one host are shared by all its ports.
pub fn session_cookie(console: &Console) -> String {
    if console.config.is_https() {
        return "__Host-pult".into();
    }
    let port = console.url().rsplit(':').next().and_then(|port| port.parse::<u16>().ok()).unwrap_or(80);
    format!("pult-{port}")
}

/// The language of a request: as chosen, as the person's record says, as the browser asks.
pub fn language(headers: &HeaderMap, own: Option<Language>) -> Language {
    cookie(headers, "pult-lang").and_then(Language::of).or(own).unwrap_or_else(|| accepted(headers))
}

fn accepted(headers: &HeaderMap) -> Language {
    let wanted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted.split(',').find_map(|tag| Language::of(tag.split(';').next()?.trim())).unwrap_or(Language::Uk)
}

/// The address that a request came from; a proxy that is believed names the one behind it.
pub fn address(console: &Console, parts: &Parts) -> String {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = || -> Option<IpAddr> {
        let header = parts.headers.get("x-forwarded-for")?.to_str().ok()?;
        // From the right: the last hop that isn't one of our own proxies.
        header
            .rsplit(',')
            .filter_map(|hop| hop.trim().parse().ok())
            .find(|hop| !console.config.proxies.contains(hop))
    };
    match peer {
        Some(peer) if console.config.proxies.contains(&peer) => forwarded().unwrap_or(peer).to_string(),
        Some(peer) => peer.to_string(),
        None => String::new(),
    }
}

/// The origin that a request was sent to, as its browser names it; the configured one where the request tells none.
pub fn origin(console: &Console, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
    match (console.config.url.as_deref(), host.filter(plain)) {
        (Some(url), _) => url.trim_end_matches('/').to_owned(),
        (None, Some(host)) => format!("http://{host}"),
        (None, None) => console.url().to_owned(),
    }
}

/// The id of a request in the log.
pub fn request_id(headers: &HeaderMap) -> String {
    headers.get(&super::REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned()
}

/// Works out who asks. Nobody is an answer too: the desk then answers every question with [`Error::SignIn`].
///
/// # Errors
/// The database could not be asked.
pub async fn desk(console: &Arc<Console>, parts: &Parts, via: Via) -> Result<Desk, Error> {
    let headers = &parts.headers;
    let request = request_id(headers);
    let after = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let wanted = after("pult-after").or_else(|| cookie(headers, "pult-seq").map(str::to_owned));
    if let Some(seq) = wanted.and_then(|seq| seq.parse::<i64>().ok())
        && seq > console.settings.snapshot().head
    {
        console.settings.reach(seq).await;
    }
    let mut caller = None;
    let mut own = None;
    if let Some(header) = headers.get(header::AUTHORIZATION) {
        // A request with `Authorization` is judged by it alone.
        let key = header.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
        if let Some(key) = key
            && let Some((id, role)) = console.keys.of(key).await.map_err(|_| Error::Busy)?
        {
            let language = language(headers, None);
            caller = Some(Caller {
                actor: Actor::Key(id),
                role: Some(role),
                via,
                session: None,
                language,
                request: request.clone(),
            });
        }
    } else if let Some(token) = cookie(headers, &session_cookie(console))
        && let Some(session) = console.sessions.of(token).await.map_err(|_| Error::Busy)?
    {
        let snapshot = console.settings.snapshot();
        let held = snapshot.get("users", session.user).filter(|held| held.facts.active && !held.archived);
        if let Some(held) = held {
            own = held.value().get("language").and_then(serde_json::Value::as_str).and_then(Language::of);
            caller = Some(Caller {
                actor: Actor::User(session.user),
                role: None,
                via,
                session: Some(session.id),
                language: language(headers, own),
                request: request.clone(),
            });
        }
    }
    Ok(Desk::new(console.clone(), caller, language(headers, own), request))
}

/// The desk of a REST request.
pub struct RestDesk(pub Desk);

impl FromRequestParts<Arc<Console>> for RestDesk {
    type Rejection = rest_problem::Refused;

    async fn from_request_parts(parts: &mut Parts, console: &Arc<Console>) -> Result<Self, Self::Rejection> {
        Ok(Self(desk(console, parts, Via::Rest).await?))
    }
}

use crate::rest::problem as rest_problem;
