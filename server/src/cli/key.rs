//! `pult key`: makes API keys, for whoever can run commands on the server.

use clap::Subcommand;

use super::Failure;
use crate::access::Actor;
use crate::settings::desk::keys;
use crate::{Config, Console};

#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Make a key and print it; it is never shown again.
    Add {
        /// What it is for.
        name: String,
        /// The role that it holds, by key.
        #[arg(long)]
        role: String,
    },
}

impl Key {
    pub(super) async fn run(self, config: Config) -> Result<(), Failure> {
        let Self::Add { name, role } = self;
        let console = Console::open(config).await?;
        let role = super::user::role_by_key(&console, &role).ok_or("there is no such role")?;
        let name = keys::name(&name).map_err(super::user::refusal)?;
        println!("{}", console.keys.make(&name, role, None, Actor::Cli).await?);
        Ok(())
    }
}
