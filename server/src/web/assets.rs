//! Built files: inside the binary in a release, from disk in development; under a build id and kept forever.

use std::sync::{Arc, LazyLock};

use app::words::{Language, browser_table, table_apart, table_later};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::Console;

/// One built file in each of its forms.
#[derive(Debug)]
pub struct Asset {
    /// Its path below the site's root.
    pub path: &'static str,
    /// As it is.
    pub plain: &'static [u8],
    /// As brotli; empty where that saves nothing.
    pub brotli: &'static [u8],
    /// As gzip; empty where that saves nothing.
    pub gzip: &'static [u8],
}

#[cfg(feature = "embed")]
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

#[cfg(not(feature = "embed"))]
mod none {
    /// Without the site inside the binary every start is a build of its own, so that nothing old is kept.
    pub static BUILD: std::sync::LazyLock<String> =
        std::sync::LazyLock::new(|| format!("dev{:x}", crate::clock::now()));
    /// Nothing is inside the binary.
    pub static ASSETS: &[super::Asset] = &[];
}
#[cfg(not(feature = "embed"))]
use none::{ASSETS, BUILD};

/// The type of a file that holds several chunks of the program.
pub(super) const PACK: &str = "application/vnd.pult.pack";

/// Names the build.
pub fn build() -> &'static str {
    &BUILD
}

/// Where the built files lie.
pub fn root() -> String {
    format!("/assets/{}", build())
}

/// The words of one language, plain and as brotli: they change with the build alone.
struct Words {
    file: String,
    plain: Vec<u8>,
    brotli: Vec<u8>,
}

/// The words of each language, packed as tightly as the files of the build when first asked for.
static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let pack = |part: &str, language: Language, table: String| {
        let plain = table.into_bytes();
        let mut brotli = Vec::new();
        let best = brotli::enc::BrotliEncoderParams { size_hint: plain.len(), ..Default::default() };
        if let Err(error) = brotli::BrotliCompress(&mut plain.as_slice(), &mut brotli, &best) {
            tracing::error!(%error, "words could not be packed");
            brotli.clear();
        }
        Words { file: format!("words.{}{part}.json", language.tag()), plain, brotli }
    };
    let both = |language| {
        [
            pack("", language, browser_table(language)),
            pack(".apart", language, table_apart(language)),
            pack(".later", language, table_later(language)),
        ]
    };
    Language::ALL.into_iter().flat_map(both).collect()
});

/// A built file, kept forever: its address changes with the build.
pub(super) async fn serve(
    State(console): State<Arc<Console>>,
    Path((asked, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if asked != build() {
        // A page of another build asks for a chunk that this one doesn't have: it must load anew, not misread ours.
        return StatusCode::NOT_FOUND.into_response();
    }
    let accepts =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Ok(found) = ASSETS.binary_search_by(|asset| asset.path.cmp(path.as_str())) {
        let asset = &ASSETS[found];
        let (bytes, encoding) = match asset {
            Asset { brotli, .. } if !brotli.is_empty() && accepts.contains("br") => (*brotli, Some("br")),
            Asset { gzip, .. } if !gzip.is_empty() && accepts.contains("gzip") => (*gzip, Some("gzip")),
            Asset { plain, .. } => (*plain, None),
        };
        return answer(&path, bytes.into(), encoding);
    }
    if let Some(words) = WORDS.iter().find(|words| words.file == path) {
        return match words {
            Words { brotli, .. } if !brotli.is_empty() && accepts.contains("br") => {
                answer(&path, brotli.as_slice().into(), Some("br"))
            }
            Words { plain, .. } => answer(&path, plain.as_slice().into(), None),
        };
    }
    if cfg!(feature = "embed") || path.split('/').any(|part| part == ".." || part.is_empty()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::fs::read(console.config.site.join(&path)).await {
        Ok(bytes) => answer(&path, bytes.into(), None),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(path: &str, bytes: axum::body::Bytes, encoding: Option<&'static str>) -> Response {
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("pack") => PACK,
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // A sandboxed frame has no origin of its own and still needs these files.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Nothing here is for search engines.
pub(super) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /\n"
}

/// Browsers ask for it by themselves.
pub(super) async fn favicon() -> Response {
    axum::response::Redirect::permanent(&format!("{}/favicon.svg", root())).into_response()
}
