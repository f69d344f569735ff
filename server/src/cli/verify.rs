//! `pult verify`: proves the chain of commits from the first to the last.

use super::Failure;
use crate::settings::history;
use crate::{Config, Console};

pub(super) async fn run(config: Config) -> Result<(), Failure> {
    let console = Console::open(config).await?;
    match history::verify(&console.settings).await? {
        Ok((commits, pruned)) => {
            println!("{commits} commits, the chain is whole; {pruned} changes were pruned");
            Ok(())
        }
        Err(seq) => Err(format!("the chain breaks at commit {seq}").into()),
    }
}
