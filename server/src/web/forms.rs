//! Forms that work without JavaScript: signing in and out, the first account, passwords, language, theme.
//!
//! They answer 303 and carry what failed in the query, by its code; the page says it in the reader's words.

use std::sync::Arc;

use app::backend::{Commit, Operation};
use app::error::Error;
use app::sections::users::User;
use app::words::Language;
use axum::Form;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use tracing::{error, info, warn};

use super::caller;
use crate::Console;
use crate::access::accounts::Refusal;
use crate::access::one_time::{self, Purpose};
use crate::access::{Actor, Via, passwords};

/// What the forms need of a request beside its body.
pub struct Asked {
    headers: HeaderMap,
    address: String,
}

impl FromRequestParts<Arc<Console>> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, console: &Arc<Console>) -> Result<Self, Self::Rejection> {
        Ok(Self { address: caller::address(console, parts), headers: parts.headers.clone() })
    }
}

/// A path of our own to go on to: one that begins like another host's address leads nowhere.
fn own_path(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/\\")
        && !next.chars().any(char::is_control);
    if own { next } else { "/settings" }
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn secure(console: &Console) -> &'static str {
    if console.config.is_https() { "; Secure" } else { "" }
}

/// Begins a session and hands its cookie over.
async fn begin(
    console: &Console,
    asked: &Asked,
    user: i64,
    response: &mut Response,
) -> Result<(), sea_orm::DbErr> {
    let agent =
        asked.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A browser that signs in again leaves its old session behind: the token changes with every sign-in.
    let name = caller::session_cookie(console);
    if let Some(old) = caller::cookie(&asked.headers, &name) {
        console.sessions.end(old).await?;
    }
    let token = console.sessions.begin(user, agent, &asked.address).await?;
    if caller::cookie(&asked.headers, TYPED).is_some() {
        set_cookie(
            response,
            &format!("{TYPED}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{}", secure(console)),
        );
    }
    set_cookie(
        response,
        &format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600{}", secure(console)),
    );
    Ok(())
}

/// The cookie that carries what was typed over to the form that comes again, for a minute.
const TYPED: &str = "pult-typed";

/// Leads back to a form that failed, with what was typed into it.
fn back(console: &Console, to: &str, typed: &[(&str, &str)]) -> Response {
    let mut response = Redirect::to(to).into_response();
    let json = serde_json::to_vec(typed).unwrap_or_default();
    // What is longer than any name and address is typed anew.
    if json.len() <= 1024 {
        let value = URL_SAFE_NO_PAD.encode(json);
        let kept =
            format!("{TYPED}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=60{}", secure(console));
        set_cookie(&mut response, &kept);
    }
    response
}

/// What was typed into the form that failed just now.
pub(super) fn typed(headers: &HeaderMap) -> Vec<(String, String)> {
    let json = caller::cookie(headers, TYPED).and_then(|value| URL_SAFE_NO_PAD.decode(value).ok());
    json.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

pub(super) fn broken(error: &sea_orm::DbErr) -> Response {
    error!(%error, "a form could not be answered");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// What the sign-in form sends.
#[derive(Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// Signs in. A page that keeps a draft asks for JSON and gets a status instead of a redirect.
pub(super) async fn sign_in(
    State(console): State<Arc<Console>>,
    asked: Asked,
    Form(form): Form<SignIn>,
) -> Response {
    let json = asked
        .headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    let snapshot = console.settings.snapshot().clone();
    let outcome = console.accounts.sign_in(&snapshot, &form.email, form.password, &asked.address).await;
    let user = match outcome {
        Err(error) => return broken(&error),
        Ok(Ok(user)) => user,
        Ok(Err(refusal)) => {
            let code = match refusal {
                Refusal::Wrong => "wrong",
                Refusal::Slow => "slow",
            };
            warn!(address = %asked.address, code, "sign-in refused");
            if json {
                let mut problems = app::problem::Problems::default();
                problems.error("/password", &format!("sign_in_{code}"));
                return (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(Error::invalid(problems)))
                    .into_response();
            }
            let next = if form.next.is_empty() {
                String::new()
            } else {
                format!("&next={}", encode(own_path(&form.next)))
            };
            return back(&console, &format!("/sign-in?problem={code}{next}"), &[("email", &form.email)]);
        }
    };
    let mut response = if json {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Redirect::to(own_path(&form.next)).into_response()
    };
    match begin(&console, &asked, user, &mut response).await {
        Ok(()) => response,
        Err(error) => broken(&error),
    }
}

/// Signs out.
pub(super) async fn sign_out(State(console): State<Arc<Console>>, asked: Asked) -> Response {
    let name = caller::session_cookie(&console);
    if let Some(token) = caller::cookie(&asked.headers, &name)
        && let Err(error) = console.sessions.end(token).await
    {
        return broken(&error);
    }
    let mut response = Redirect::to("/sign-in").into_response();
    set_cookie(
        &mut response,
        &format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", secure(&console)),
    );
    response
}

/// What the language and theme buttons send.
#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    next: String,
}

/// Reads on in another language.
pub(super) async fn language(State(console): State<Arc<Console>>, Form(form): Form<Choice>) -> Response {
    let chosen = Language::of(&form.language).unwrap_or(Language::Uk).tag();
    let mut response = Redirect::to(own_path(&form.next)).into_response();
    set_cookie(
        &mut response,
        &format!("pult-lang={chosen}; Path=/; SameSite=Lax; Max-Age=31536000{}", secure(&console)),
    );
    response
}

/// Reads on in another theme.
pub(super) async fn theme(State(console): State<Arc<Console>>, Form(form): Form<Choice>) -> Response {
    let chosen = app::frame::Theme::of(&form.theme).unwrap_or_default().key();
    let mut response = Redirect::to(own_path(&form.next)).into_response();
    set_cookie(
        &mut response,
        &format!("pult-theme={chosen}; Path=/; SameSite=Lax; Max-Age=31536000{}", secure(&console)),
    );
    response
}

/// What the set-up form sends.
#[derive(Deserialize)]
pub struct SetUp {
    first_name: String,
    last_name: String,
    email: String,
    password: String,
    repeat: String,
}

/// Makes the first owner, once.
pub(super) async fn set_up(
    State(console): State<Arc<Console>>,
    Path(token): Path<String>,
    asked: Asked,
    Form(form): Form<SetUp>,
) -> Response {
    let (first_name, last_name, email) =
        (form.first_name.clone(), form.last_name.clone(), form.email.clone());
    let back = |code: &str| {
        let typed = [("first_name", &*first_name), ("last_name", &*last_name), ("email", &*email)];
        back(&console, &format!("/set-up/{}?problem={code}", encode(&token)), &typed)
    };
    if form.password != form.repeat {
        return back("repeat");
    }
    if !passwords::acceptable(&form.password) {
        return back("short");
    }
    let db = console.settings.database().connection();
    match one_time::look(db, &token, &[Purpose::SetUp]).await {
        Err(error) => return broken(&error),
        Ok(None) => return back("link_used"),
        Ok(Some(_)) => {}
    }
    let owner = crate::cli::user::owner_role(&console);
    let value = User {
        email: app::field::Email(form.email.trim().to_owned()),
        first_name: form.first_name.trim().into(),
        last_name: form.last_name.trim().into(),
        role: owner.map(app::field::Ref::to),
        ..User::default()
    };
    let operation = Operation::Create {
        section: "users".into(),
        key: None,
        value: serde_json::to_value(&value).unwrap_or_default(),
    };
    // The link is used up before the account is made: of two who open it at once only one gets through.
    let check = Commit {
        operations: vec![operation.clone()],
        accept: vec!["*".into()],
        dry_run: true,
        ..Commit::default()
    };
    if console.settings.commit(Actor::Job, None, Via::Ui, check, None).await.is_err() {
        return back("invalid");
    }
    match one_time::take(db, &token).await {
        Err(error) => return broken(&error),
        Ok(false) => return back("link_used"),
        Ok(true) => {}
    }
    let commit = Commit { operations: vec![operation], accept: vec!["*".into()], ..Commit::default() };
    let user = match console.settings.commit(Actor::Job, None, Via::Ui, commit, None).await {
        Ok(committed) => committed.changes.first().map_or(0, |change| change.id),
        Err(_) => return back("invalid"),
    };
    let hash = passwords::hash(form.password).await;
    if let Err(error) = console.accounts.set(db, user, hash).await {
        return broken(&error);
    }
    info!(user, "the first owner was made");
    let mut response = Redirect::to("/settings").into_response();
    match begin(&console, &asked, user, &mut response).await {
        Ok(()) => response,
        Err(error) => broken(&error),
    }
}

/// What the password form sends.
#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
    repeat: String,
}

/// Sets a password by an invitation or a reset link, once.
pub(super) async fn password(
    State(console): State<Arc<Console>>,
    Path(token): Path<String>,
    asked: Asked,
    Form(form): Form<NewPassword>,
) -> Response {
    let back =
        |code: &str| Redirect::to(&format!("/password/{}?problem={code}", encode(&token))).into_response();
    if form.password != form.repeat {
        return back("repeat");
    }
    if !passwords::acceptable(&form.password) {
        return back("short");
    }
    let db = console.settings.database().connection();
    let user = match one_time::look(db, &token, &[Purpose::Invite, Purpose::Reset]).await {
        Err(error) => return broken(&error),
        Ok(Some(Some(user))) => user,
        Ok(_) => return back("link_used"),
    };
    let stands = console
        .settings
        .snapshot()
        .get("users", user)
        .is_some_and(|held| held.facts.active && !held.archived);
    if !stands {
        return back("link_used");
    }
    match one_time::take(db, &token).await {
        Err(error) => return broken(&error),
        Ok(false) => return back("link_used"),
        Ok(true) => {}
    }
    let hash = passwords::hash(form.password).await;
    let stored = async {
        console.accounts.set(db, user, hash).await?;
        // Whoever held the old password is out.
        console.sessions.end_of(user, None, None).await
    };
    if let Err(error) = stored.await {
        return broken(&error);
    }
    let mut response = Redirect::to("/settings").into_response();
    match begin(&console, &asked, user, &mut response).await {
        Ok(()) => response,
        Err(error) => broken(&error),
    }
}

/// A one-time link that works no more says so at once, not after a form was filled in: the same page, which knows it by
/// its query.
pub(super) async fn dead_link(console: &Console, uri: &Uri) -> Result<Option<Response>, sea_orm::DbErr> {
    let mut parts = uri.path().trim_start_matches('/').split('/');
    let purposes: &[Purpose] = match parts.next() {
        Some("set-up") => &[Purpose::SetUp],
        Some("password") => &[Purpose::Invite, Purpose::Reset],
        _ => return Ok(None),
    };
    let said = uri.query().is_some_and(|query| query.contains("problem=link_used"));
    let Some(token) = parts.next().filter(|token| !token.is_empty() && !said) else { return Ok(None) };
    let db = console.settings.database().connection();
    Ok(match one_time::look(db, token, purposes).await? {
        Some(_) => None,
        None => Some(Redirect::to(&format!("{}?problem=link_used", uri.path())).into_response()),
    })
}

fn encode(text: &str) -> String {
    super::pages::percent(text)
}
