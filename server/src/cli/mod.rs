//! The command line: one file a command.

mod demo;
mod export;
mod key;
mod openapi;
mod serve;
pub mod user;
mod verify;

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{Config, database};

/// The settings console of a contact centre.
#[derive(Debug, Parser)]
#[command(name = "pult", version, about)]
pub struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the console (the default).
    Serve(serve::Serve),
    /// Bring the database up to date, and stop.
    Migrate,
    /// People who may sign in.
    #[command(subcommand)]
    User(user::User),
    /// Keys of integrations.
    #[command(subcommand)]
    Key(key::Key),
    /// Write sections to standard output as JSON.
    Export(export::Export),
    /// Check the whole chain of commits.
    Verify,
    /// Write the OpenAPI document to standard output.
    Openapi,
    /// Fill the console with a sample contact centre, then serve it.
    Demo(serve::Serve),
}

impl Command {
    /// Is it about a database that must be there already? The others make one.
    const fn reads(&self) -> bool {
        match self {
            Self::Verify | Self::Export(_) | Self::Key(_) | Self::User(user::User::ResetLink { .. }) => true,
            Self::Serve(_)
            | Self::Demo(_)
            | Self::Migrate
            | Self::Openapi
            | Self::User(user::User::Add { .. }) => false,
        }
    }
}

/// Prints what was asked for. Whoever reads only its beginning ends the command, and that is no failure.
fn say(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Runs the command that was given.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = cli.config.tidied();
    let command = cli.command.unwrap_or(Command::Serve(serve::Serve::default()));
    if command.reads() && !database::is_there(config.database.as_deref(), &config.data) {
        eprintln!("pult: there is no database in {}", config.data.display());
        return ExitCode::FAILURE;
    }
    let outcome = match command {
        Command::Serve(serve) => serve.run(config).await,
        Command::Migrate => crate::Console::open(config).await.map(|_| ()).map_err(Into::into),
        Command::User(user) => user.run(config).await,
        Command::Key(key) => key.run(config).await,
        Command::Export(export) => export.run(config).await,
        Command::Verify => verify::run(config).await,
        Command::Openapi => openapi::run(),
        Command::Demo(serve) => demo::run(config, serve).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pult: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why a command failed, as one sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
