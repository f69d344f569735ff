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
    #[arg(long, env = "PULT_URL", global = true)]
    pub url: Option<String>,
    /// Addresses of proxies whose forwarded headers are believed, separated by commas.
    #[arg(long, env = "PULT_PROXIES", value_delimiter = ',', global = true)]
    pub proxies: Vec<std::net::IpAddr>,
    /// Folder of the built site; used when it is not inside the binary.
    #[arg(long, env = "PULT_SITE", default_value = "target/site", hide = true, global = true)]
    pub site: PathBuf,
}

impl Config {
    /// A console in `data`, everything else as it is by default.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), database: None, url: None, proxies: Vec::new(), site: "target/site".into() }
    }

    /// Is the public address an `https` one? Then cookies are `Secure` and browsers are told to stay with it.
    pub fn is_https(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
