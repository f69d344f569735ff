//! Requests of the server itself to addresses that people typed: guarded, so that nobody reaches through this server
//! what only the server can reach.
//!
//! Names are resolved here, every address is checked, and the connection goes to a checked address: there is no second
//! look-up in between that could answer differently. Redirects are followed by hand, with the same check for each.
//! Proxies of the environment are left out, because they would resolve names themselves.

mod address;
mod allowed;
mod refusal;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use app::field::Host;
use async_trait::async_trait;
use futures::StreamExt;
use reqwest::header::{self, HeaderMap};
use reqwest::{Client, Method, Response, Url};

pub use address::is_public;
pub use allowed::allows;
pub use refusal::Refusal;

/// The most redirects that are followed.
const REDIRECTS: usize = 3;

/// Turns names into addresses.
#[async_trait]
pub trait Resolver: Send + Sync + std::fmt::Debug {
    /// Every address of a host.
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The resolver of the system.
#[derive(Debug)]
pub struct System;

#[async_trait]
impl Resolver for System {
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((host, port)).await?.collect())
    }
}

/// A request to be made.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// GET, or POST with this body and its media type.
    pub post: Option<(Vec<u8>, &'static str)>,
    /// Where to.
    pub url: &'a str,
    /// More headers; they are not carried to another host.
    pub headers: HeaderMap,
    /// Hosts that may be reached although their address is private.
    pub allowed: &'a [Host],
    /// For everything together: looking up, connecting, waiting, reading.
    pub time: Duration,
    /// The most bytes of the answer.
    pub bytes: usize,
    /// The media types that the answer may have; empty for any.
    pub kinds: &'a [&'a str],
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its media type, lower case and without parameters.
    pub kind: String,
    /// Its body.
    pub body: Vec<u8>,
    /// The address that gave it, after redirects.
    pub url: String,
}

/// Makes guarded requests.
#[derive(Clone, Debug)]
pub struct Outgoing {
    resolver: Arc<dyn Resolver>,
}

impl Default for Outgoing {
    fn default() -> Self {
        Self::new(Arc::new(System))
    }
}

impl Outgoing {
    /// With a resolver of one's own.
    pub fn new(resolver: Arc<dyn Resolver>) -> Self {
        Self { resolver }
    }

    /// Makes one request and reads its answer to the end.
    ///
    /// # Errors
    /// What stands in the way; an answer of any status is an answer.
    pub async fn call(&self, call: &Call<'_>) -> Result<Answer, Refusal> {
        tokio::time::timeout(call.time, self.follow(call)).await.map_err(|_| Refusal::Slow)?
    }

    async fn follow(&self, call: &Call<'_>) -> Result<Answer, Refusal> {
        let mut url = read(call.url)?;
        let mut headers = call.headers.clone();
        let mut post = call.post.clone();
        for _ in 0..=REDIRECTS {
            let response = self.once(call, &url, &headers, post.as_ref()).await?;
            let status = response.status();
            let next = response
                .headers()
                .get(header::LOCATION)
                .filter(|_| matches!(status.as_u16(), 301..=303 | 307 | 308));
            let Some(next) = next else { return finish(call, response).await };
            let next = next.to_str().ok().and_then(|next| url.join(next).ok()).ok_or(Refusal::BadRedirect)?;
            let next = read(next.as_str()).map_err(|_| Refusal::BadRedirect)?;
            // What was asked for in secret is not said aloud, nor are its headers told to somebody else.
            if url.scheme() == "https" && next.scheme() != "https" {
                return Err(Refusal::BadRedirect);
            }
            if next.host_str() != url.host_str()
                || next.port_or_known_default() != url.port_or_known_default()
            {
                headers.clear();
            }
            if matches!(status.as_u16(), 301..=303) {
                post = None;
            }
            url = next;
        }
        Err(Refusal::Redirects)
    }

    /// One request to one address, following nothing.
    async fn once(
        &self,
        call: &Call<'_>,
        url: &Url,
        headers: &HeaderMap,
        post: Option<&(Vec<u8>, &'static str)>,
    ) -> Result<Response, Refusal> {
        let (host, addresses) = self.checked(call, url).await?;
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve_to_addrs(&host, &addresses)
            .pool_max_idle_per_host(0)
            .user_agent(concat!("Pult/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| Refusal::Unreachable)?;
        let mut request = match post {
            Some((body, kind)) => client
                .request(Method::POST, url.clone())
                .header(header::CONTENT_TYPE, *kind)
                .body(body.clone()),
            None => client.get(url.clone()),
        };
        // A packed answer could be small on its way and large when it is unpacked.
        request = request.header(header::ACCEPT_ENCODING, "identity").headers(headers.clone());
        if !call.kinds.is_empty() {
            request = request.header(header::ACCEPT, call.kinds.join(", "));
        }
        request
            .send()
            .await
            .map_err(|error| if error.is_timeout() { Refusal::Slow } else { Refusal::Unreachable })
    }

    /// The host of an address and where it is, if all of that may be reached.
    async fn checked(&self, call: &Call<'_>, url: &Url) -> Result<(String, Vec<SocketAddr>), Refusal> {
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(Refusal::BadAddress);
        };
        // Whatever way an address is written in numbers, it has been brought into its usual one by now.
        let addresses = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => self.resolver.addresses(host, port).await.map_err(|_| Refusal::NoAddress)?,
        };
        if addresses.is_empty() {
            return Err(Refusal::NoAddress);
        }
        if !allows(call.allowed, url) && !addresses.iter().all(|address| is_public(address.ip())) {
            return Err(Refusal::Private);
        }
        Ok((host.to_owned(), addresses))
    }
}

/// Reads an address: `http` or `https`, without a name and password in it.
fn read(text: &str) -> Result<Url, Refusal> {
    let url = Url::parse(text.trim()).map_err(|_| Refusal::BadAddress)?;
    let plain = url.username().is_empty() && url.password().is_none() && url.host().is_some();
    if plain && matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(Refusal::BadAddress) }
}

/// Reads an answer as far as its limits allow.
async fn finish(call: &Call<'_>, response: Response) -> Result<Answer, Refusal> {
    let status = response.status().as_u16();
    let url = response.url().to_string();
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = call.kinds.is_empty() || call.kinds.contains(&kind.as_str());
    if !fits && (200..300).contains(&status) {
        return Err(Refusal::Kind { found: kind });
    }
    let large = Refusal::Large { max: call.bytes as u64 };
    if response.content_length().is_some_and(|told| told > call.bytes as u64) {
        return Err(large);
    }
    let mut body = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refusal::Unreachable)?;
        if body.len() + chunk.len() > call.bytes {
            return Err(large);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, kind, body, url })
}
