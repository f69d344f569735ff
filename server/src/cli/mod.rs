//! The command line: one file a command.

mod demo;
mod export;
mod key;
mod openapi;
mod serve;
pub mod user;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::Config;

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

/// Runs the command that was given.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = cli.config;
    let outcome = match cli.command.unwrap_or(Command::Serve(serve::Serve::default())) {
        Command::Serve(serve) => serve.run(config).await,
        Command::Migrate => crate::Console::open(config).await.map(|_| ()).map_err(Into::into),
        Command::User(user) => user.run(config).await,
        Command::Key(key) => key.run(config).await,
        Command::Export(export) => export.run(config).await,
        Command::Verify => verify::run(config).await,
        Command::Openapi => {
            openapi::run();
            Ok(())
        }
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
