//! How a console is configured: by the command line, else by the environment.

use std::path::PathBuf;

use clap::Args;

/// What every command needs to know.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Folder of the SQLite file.
    #[arg(long, env = "PULT_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,
    /// `postgres://…` for several nodes; SQLite in the data folder when absent.
    #[arg(long = "database", env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database: Option<String>,
    /// The public address: links, cookies and redirects are made of it.
    #[arg(long, env = "PULT_URL", value_parser = public_address, global = true)]
    pub url: Option<String>,
    /// Addresses of proxies whose forwarded headers are believed, separated by commas.
    #[arg(long, env = "PULT_PROXIES", value_delimiter = ',', global = true)]
    pub proxies: Vec<std::net::IpAddr>,
    /// Keys that secrets are sealed with, 32 bytes in base64 each: the first seals, the others, behind commas, open what was
    /// sealed before. Without any, a key file in the data folder; several nodes need the same keys.
    #[arg(long = "secret-key", env = "PULT_SECRET_KEY", hide = true, hide_env_values = true, global = true)]
    pub secret_key: Option<SecretKey>,
    /// Folder of the built site; used when it is not inside the binary.
    #[arg(long, env = "PULT_SITE", default_value = "target/site", hide = true, global = true)]
    pub site: PathBuf,
}

/// Keys as they were configured; no print shows them.
#[derive(Clone)]
pub struct SecretKey(pub String);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl std::str::FromStr for SecretKey {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// An address is a scheme, a host and perhaps a port: pages and cookies begin at its root.
fn public_address(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let address: Option<http::Uri> = text.parse().ok();
    let whole = |uri: http::Uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && matches!(uri.path(), "" | "/")
            && uri.query().is_none()
    };
    if text.is_empty() || address.is_some_and(whole) {
        Ok(text.to_owned())
    } else {
        Err("it must be http:// or https:// and a host, without a path".into())
    }
}

impl Config {
    /// As it is meant: what is empty in the environment is absent.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.database = self.database.filter(|database| !database.is_empty());
        self.url = self.url.filter(|url| !url.is_empty());
        self
    }

    /// A console in `data`, everything else as it is by default.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            database: None,
            url: None,
            proxies: Vec::new(),
            secret_key: None,
            site: "target/site".into(),
        }
    }

    /// Is the public address an `https` one? Then cookies are `Secure` and browsers are told to stay with it.
    pub fn is_https(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
