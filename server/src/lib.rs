//! Everything of Pult that touches the world.
//!
//! [`Console::build`] turns a [`Config`] into a running console: the store opened, its writer started, a router ready to
//! be served. The binary serves it; the tests start the very same thing.

pub mod access;
pub mod blobs;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod outgoing;
pub mod rest;
pub mod select_api;
pub mod settings;
pub mod styles;
pub mod vault;
pub mod web;

use std::sync::{Arc, OnceLock};

use axum::Router;
use tokio_util::sync::CancellationToken;

use access::accounts::Accounts;
use access::keys::Keys;
use access::sessions::Sessions;
pub use config::Config;
use database::Database;
use settings::Settings;
use styles::publish::Published;
use tracing::warn;
use vault::Vault;

/// Why the console could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] database::OpenError),
    /// There is no key for secrets.
    #[error(transparent)]
    Key(#[from] vault::KeyError),
    /// The database could not be read.
    #[error("the settings cannot be read: {0}")]
    Read(#[from] sea_orm::DbErr),
}

/// A running console: what every request reaches.
#[derive(Debug)]
pub struct Console {
    /// How it was configured.
    pub config: Config,
    /// The store.
    pub settings: Arc<Settings>,
    /// What people sign in with.
    pub accounts: Accounts,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Keys of integrations.
    pub keys: Keys,
    /// The style sheet of operator panels.
    pub styles: Published,
    /// REST answers that still hold.
    pub answers: rest::answers::Answers,
    /// Options that addresses outside give.
    pub sources: select_api::SelectApi,
    /// Cancelled when the console stops: event streams end by it.
    pub stop: CancellationToken,
    url: OnceLock<String>,
}

impl Console {
    /// Opens the store.
    pub async fn open(config: Config) -> Result<Arc<Self>, BuildError> {
        let database = Database::open(config.database.as_deref(), &config.data).await?;
        let vault = Vault::open(config.secret_key.as_ref().map(|key| key.0.as_str()), &config.data)?;
        if database.is_postgres() && config.secret_key.is_none() {
            warn!(
                "without PULT_SECRET_KEY each node seals secrets with a key of its own, and no other node can send them"
            );
        }
        let stop = CancellationToken::new();
        let settings = Settings::open(database.clone(), vault, stop.clone()).await?;
        let url = OnceLock::new();
        if let Some(configured) = &config.url {
            let _ = url.set(configured.trim_end_matches('/').to_owned());
        }
        Ok(Arc::new(Self {
            accounts: Accounts::new(database.clone()),
            keys: Keys::new(database.clone()),
            styles: Published::default(),
            answers: rest::answers::Answers::default(),
            sessions: Sessions::new(database),
            sources: select_api::SelectApi::new(outgoing::Outgoing::default()),
            config,
            settings,
            stop,
            url,
        }))
    }

    /// Opens the store and makes the router over it.
    pub async fn build(config: Config) -> Result<(Arc<Self>, Router), BuildError> {
        let console = Self::open(config).await?;
        blobs::sweep_hourly(console.settings.database().clone(), console.stop.clone());
        let router = web::router(console.clone());
        Ok((console, router))
    }

    /// The public address, without a slash at its end.
    pub fn url(&self) -> &str {
        self.url.get().map_or("http://127.0.0.1:3000", String::as_str)
    }

    /// Tells the console the port it got, unless its address is configured.
    pub fn listens_on(&self, port: u16) {
        let _ = self.url.set(format!("http://127.0.0.1:{port}"));
    }
}
