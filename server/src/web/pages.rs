//! Pages, drawn on the server, and the calls that they make once they run in the browser.

use std::sync::Arc;

use app::backend::Backend;
use app::error::Error;
use app::frame::{Page, Theme};
use app::sections::roles::Verb;
use app::words::Language;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::config::LeptosOptions;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;

use super::headers::Policy;
use super::{assets, caller, forms, headers};
use crate::Console;
use crate::access::{Actor, Rights, Via};
use crate::settings::desk::Desk;

/// Paths that may be read by whoever is not signed in.
fn is_open(path: &str) -> bool {
    matches!(path.split('/').nth(1), Some("sign-in" | "set-up" | "password" | "ui"))
}

/// Is this the sample panel in a frame? It has no origin, sends no cookies of its own and asks for nothing.
fn is_framed(uri: &Uri) -> bool {
    uri.path() == "/preview" && asked(uri, "framed") == Some("1")
}

/// A plain value of the query.
fn asked<'u>(uri: &'u Uri, name: &str) -> Option<&'u str> {
    uri.query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Is this the page of a section that doesn't exist, or that the reader may not know of?
fn is_hidden(path: &str, actor: Actor, rights: &Rights) -> bool {
    let mut parts = path.trim_start_matches('/').split('/');
    match (parts.next(), parts.next()) {
        (Some("settings"), Some(section)) => rights.demand(section, Verb::View).is_err(),
        (Some("account"), Some(section)) if !section.is_empty() => rights.keeps_own(actor, section).is_none(),
        _ => false,
    }
}

/// Any page.
pub(super) async fn page(State(console): State<Arc<Console>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let (parts, body) = request.into_parts();
    let desk = match caller::desk(&console, &parts, Via::Ui).await {
        Ok(desk) => desk,
        Err(error) => return status(&error).into_response(),
    };
    let path = parts.uri.path().to_owned();
    let signed_in = desk.stand().is_ok();
    let framed = is_framed(&parts.uri);
    if !signed_in && !framed && !is_open(&path) {
        let asked = parts.uri.path_and_query().map_or("/settings", |asked| asked.as_str());
        let nobody = console.settings.snapshot().shelf("users").is_none_or(|users| users.live() == 0);
        let next = match asked {
            _ if nobody => "?problem=nobody".to_owned(),
            "/settings" => String::new(),
            asked => format!("?next={}", percent(asked)),
        };
        return Redirect::to(&format!("/sign-in{next}")).into_response();
    }
    if signed_in && path == "/sign-in" {
        return Redirect::to("/settings").into_response();
    }
    match forms::dead_link(&console, &parts.uri).await {
        Ok(None) => {}
        Ok(Some(said)) => return said,
        Err(error) => return forms::broken(&error),
    }
    let language = caller::language(&parts.headers, desk.caller().ok().map(|caller| caller.language));
    // The page around says how the framed one is to be read.
    let told = |name: &str| framed.then(|| asked(&parts.uri, name)).flatten();
    let language = told("lang").and_then(Language::of).unwrap_or(language);
    let theme = told("theme").or_else(|| caller::cookie(&parts.headers, "pult-theme"));
    let policy = if framed { Policy::Framed(caller::origin(&console, &parts.headers)) } else { Policy::Page };
    let problem = parts.uri.query().and_then(problem);
    let page = Page {
        theme: theme.and_then(Theme::of).unwrap_or_default(),
        assets: assets::root(),
        build: assets::build().to_owned(),
        development: cfg!(debug_assertions),
        hidden: desk
            .caller()
            .and_then(|caller| Ok(is_hidden(&path, caller.actor, &desk.stand()?.1)))
            .unwrap_or_default(),
        path,
        typed: if problem.is_some() { forms::typed(&parts.headers) } else { Vec::new() },
        problem,
        framed,
    };
    let options = options();
    let provide = context(desk, language, Some((page, policy)));
    let draw =
        leptos_axum::render_app_async_with_context(provide, move || app::frame::shell(options.clone()));
    draw(Request::from_parts(parts, body)).await.into_response()
}

/// A call of a running page.
pub(super) async fn call(State(console): State<Arc<Console>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let desk = match caller::desk(&console, &parts, Via::Ui).await {
        Ok(desk) => desk,
        Err(error) => return status(&error).into_response(),
    };
    let language = caller::language(&parts.headers, desk.caller().ok().map(|caller| caller.language));
    let provide = context(desk, language, None);
    let mut response: Response =
        leptos_axum::handle_server_fns_with_context(provide, Request::from_parts(parts, body))
            .await
            .into_response();
    let seq = console.settings.snapshot().head;
    response.headers_mut().insert("pult-seq", seq.into());
    response
}

/// What components find in context while a request is answered.
fn context(
    desk: Desk,
    language: Language,
    page: Option<(Page, Policy)>,
) -> impl Fn() + Clone + Send + Sync + 'static {
    let backend: Arc<dyn Backend> = Arc::new(desk);
    move || {
        provide_context(backend.clone());
        provide_context(language);
        if let Some((page, policy)) = &page {
            provide_context(page.clone());
            let policy = leptos::nonce::use_nonce().map(|nonce| headers::page_policy(&nonce, policy));
            if let (Some(policy), Some(response)) = (policy, use_context::<ResponseOptions>())
                && let Ok(policy) = HeaderValue::from_str(&policy)
            {
                response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            }
        }
    }
}

fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("pult").site_pkg_dir("pkg").build()
}

/// A refusal outside pages, as calls and forms hear it.
pub(super) fn status(error: &Error) -> (StatusCode, Body) {
    (
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        Body::from(error.code()),
    )
}

fn problem(query: &str) -> Option<String> {
    let code = query.split('&').find_map(|pair| pair.strip_prefix("problem="))?;
    code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_').then(|| code.to_owned())
}

/// A path and query as a query value.
pub(super) fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
