//! Starts the real console on a database of its own.

pub mod postgres;

use std::net::SocketAddr;
use std::sync::Arc;

use app::backend::{Commit, Committed, Operation};
use app::error::Error;
use app::words::Language;
use reqwest::{Client, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};
use server::access::{Actor, Via};
use server::settings::desk::{Caller, Desk};
use server::{Config, Console};
use tempfile::TempDir;

/// A running console, stopped and removed when it goes out of scope.
pub struct Home {
    pub console: Arc<Console>,
    pub url: String,
    pub config: Config,
    folder: Arc<TempDir>,
}

impl Home {
    /// On SQLite in a folder of its own.
    pub async fn sqlite() -> Self {
        Self::start(None).await
    }

    /// On PostgreSQL, in a database of its own.
    pub async fn postgres() -> Self {
        let url = tokio::task::spawn_blocking(postgres::database_url).await.unwrap();
        Self::start(Some(url)).await
    }

    async fn start(database: Option<String>) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let mut config = Config::in_folder(folder.path());
        config.database = database;
        Self::with(config, folder).await
    }

    async fn with(config: Config, folder: Arc<TempDir>) -> Self {
        let (console, router) = Console::build(config.clone()).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        console.listens_on(port);
        let stop = console.stop.clone();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let serve =
            axum::serve(listener, service).with_graceful_shutdown(async move { stop.cancelled().await });
        tokio::spawn(async move { serve.await });
        Self { console, url: format!("http://127.0.0.1:{port}"), config, folder }
    }

    /// Another node over the same database.
    pub async fn second_node(&self) -> Self {
        Self::with(self.config.clone(), self.folder.clone()).await
    }

    /// Commits as whoever runs commands on the server.
    pub async fn commit(&self, operations: Vec<Operation>) -> Result<Committed, Error> {
        let commit = Commit { operations, accept: vec!["*".into()], ..Commit::default() };
        self.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await
    }

    /// Makes a record; answers its id.
    pub async fn create(&self, section: &str, value: Value) -> i64 {
        self.commit(vec![create(section, value)]).await.unwrap().changes[0].id
    }

    /// The value of a record as it stands.
    pub fn value(&self, section: &str, id: i64) -> Value {
        self.console.settings.snapshot().get(section, id).map_or(Value::Null, |held| held.value())
    }

    /// The version of a record as it stands.
    pub fn revision(&self, section: &str, id: i64) -> i64 {
        self.console.settings.snapshot().get(section, id).map_or(0, |held| held.revision)
    }

    /// The role of this key.
    pub fn role(&self, key: &str) -> i64 {
        self.console.settings.snapshot().shelf("roles").unwrap().by_key(key).unwrap().id
    }

    /// A program with a key of this role.
    pub async fn program(&self, role: &str) -> Program {
        let secret = self.console.keys.make("test", self.role(role), None, Actor::Cli).await.unwrap();
        Program { url: self.url.clone(), secret, client: Client::new() }
    }

    /// A person with a password and this role; answers their id.
    pub async fn person(&self, email: &str, role: i64) -> i64 {
        let value = json!({ "email": email, "first_name": "Анна", "last_name": "Шевченко", "role": role });
        let id = self.create("users", value).await;
        let hash = server::access::passwords::hash(PASSWORD.into()).await;
        self.console.accounts.set(self.console.settings.database().connection(), id, hash).await.unwrap();
        id
    }

    /// The settings as this person sees them in the browser, in Ukrainian.
    pub fn desk(&self, user: i64) -> Desk {
        let language = Language::Uk;
        let caller = Caller {
            actor: Actor::User(user),
            role: None,
            via: Via::Ui,
            session: None,
            language,
            request: String::new(),
        };
        Desk::new(self.console.clone(), Some(caller), language, String::new())
    }

    /// A browser without a session: it keeps cookies and follows no redirect.
    pub fn browser() -> Client {
        Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().unwrap()
    }

    /// A browser in which this person is signed in.
    pub async fn signed_in(&self, email: &str) -> Client {
        let browser = Self::browser();
        let answer = self.sign_in(&browser, email, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], "/settings");
        browser
    }

    /// Sends the sign-in form.
    pub async fn sign_in(&self, browser: &Client, email: &str, password: &str) -> Response {
        let form = [("email", email), ("password", password)];
        browser
            .post(format!("{}/sign-in", self.url))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.map(|(name, value)| format!("{name}={}", encode(value))).join("&"))
            .send()
            .await
            .unwrap()
    }
}

/// The password of every person in the tests.
pub const PASSWORD: &str = "correct horse battery";

impl Drop for Home {
    fn drop(&mut self) {
        self.console.stop.cancel();
    }
}

/// A program that talks REST with a key.
pub struct Program {
    url: String,
    secret: String,
    client: Client,
}

impl Program {
    /// A request to a path below `/api/v1`.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        self.client.request(method, format!("{}/api/v1{path}", self.url)).bearer_auth(&self.secret)
    }

    /// GET, as status and JSON.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        read(self.request("GET", path).send().await.unwrap()).await
    }

    /// A write of JSON, as status and JSON.
    pub async fn send(&self, method: &str, path: &str, revision: Option<i64>, body: &Value) -> (u16, Value) {
        let mut request = self.request(method, path).body(body.to_string());
        if let Some(revision) = revision {
            request = request.header(header::IF_MATCH, format!("\"r{revision}\""));
        }
        read(request.send().await.unwrap()).await
    }
}

/// Status and body of an answer.
pub async fn read(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Calls what pages call, as the person of this browser.
pub async fn call(home: &Home, browser: &Client, name: &str, body: Value) -> (u16, Value) {
    let request = browser.post(format!("{}/rpc/{name}", home.url)).header(header::ACCEPT, "application/json");
    read(request.json(&body).send().await.unwrap()).await
}

/// An operation that makes a record.
pub fn create(section: &str, value: Value) -> Operation {
    Operation::Create { section: section.into(), key: None, value }
}

/// An operation that writes a record.
pub fn put(section: &str, id: i64, revision: i64, value: Value) -> Operation {
    Operation::Put { section: section.into(), id, revision, value }
}

/// An operation that writes some fields.
pub fn patch(section: &str, id: i64, revision: i64, patch: Value) -> Operation {
    Operation::Patch { section: section.into(), id, revision, patch }
}

/// An operation that archives.
pub fn archive(section: &str, id: i64, revision: i64, replace_by: Option<i64>) -> Operation {
    Operation::Archive { section: section.into(), id, revision, replace_by }
}

/// The codes of a refusal with their pointers.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<(String, String)> {
    match outcome {
        Err(Error::Invalid { problems, .. }) => {
            problems.iter().map(|problem| (problem.pointer.clone(), problem.code.clone())).collect()
        }
        other => panic!("not refused by a rule: {other:?}"),
    }
}

/// One pointer and code, as [`refused`] gives them.
pub fn at(pointer: &str, code: &str) -> (String, String) {
    (pointer.into(), code.into())
}

/// A form value.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// Runs each scenario on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($scenario:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $scenario() {
                super::$scenario($crate::common::Home::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $scenario() {
                super::$scenario($crate::common::Home::postgres().await).await;
            })*
        }
    };
}
