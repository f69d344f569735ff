//! `pult serve`: listens, says where, and stops when told to.

use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::{info, warn};

use super::Failure;
use crate::access::one_time::{self, Purpose};
use crate::{Config, Console, database};

/// How long open requests may take to end once the console was told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Serve the console.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address and port; port 0 takes a free one.
    #[arg(long, env = "PULT_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: String,
}

impl Default for Serve {
    fn default() -> Self {
        Self { listen: std::env::var("PULT_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".into()) }
    }
}

impl Serve {
    pub(super) async fn run(self, config: Config) -> Result<(), Failure> {
        let held = database::hold(config.database.as_deref(), &config.data)?;
        self.run_over(Console::open(config).await?, held).await
    }

    /// Serves a console that is already open, over the file that is held for it.
    pub(super) async fn run_over(self, console: Arc<Console>, _held: Option<File>) -> Result<(), Failure> {
        // Heard from the first moment: who is told that it listens may ask it to end.
        tokio::spawn(stop_at(signals()?, console.clone()));
        let router = crate::web::router(console.clone());
        let listener = TcpListener::bind(&self.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", self.listen))?;
        let at = listener.local_addr()?;
        console.listens_on(at.port());
        if let Some(url) = &console.config.url
            && url.starts_with("http://")
            && !["127.0.0.1", "localhost", "[::1]"]
                .iter()
                .any(|host| url.starts_with(&format!("http://{host}")))
        {
            warn!(%url, "without https anybody on the way can read passwords");
        }
        announce(&console, at).await?;
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let stop = console.stop.clone();
        let stopped = stop.clone();
        let serve =
            axum::serve(listener, service).with_graceful_shutdown(async move { stopped.cancelled().await });
        tokio::select! {
            outcome = serve => outcome?,
            () = async { stop.cancelled().await; tokio::time::sleep(DRAIN).await } => {
                warn!("some requests did not end in time");
            }
        }
        info!("stopped");
        Ok(())
    }
}

/// Prints the set-up link while nobody can sign in, then the address.
async fn announce(console: &Console, at: SocketAddr) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    let nobody = console.settings.snapshot().shelf("users").is_none_or(|users| users.live() == 0);
    if nobody {
        let db = console.settings.database().connection();
        let link = one_time::make(db, Purpose::SetUp, None).await?;
        writeln!(out, "Set-up link: {}/set-up/{}", console.url(), link.secret)?;
    }
    let url = console.url();
    if console.config.url.is_some() {
        writeln!(out, "Pult listens on {url}, at {at}")?;
    } else {
        writeln!(out, "Pult listens on {url}")?;
    }
    out.flush()?;
    Ok(())
}

/// What asks a service to end: a service manager, and a person at the terminal.
fn signals() -> std::io::Result<[Signal; 2]> {
    Ok([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?])
}

/// Ends the console when one of the signals comes.
async fn stop_at([mut terminate, mut interrupt]: [Signal; 2], console: Arc<Console>) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    info!("stopping");
    console.stop.cancel();
}
