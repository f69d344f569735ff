//! `pult verify`: proves the chain of commits from the first to the last, and each record by it.

use super::Failure;
use crate::settings::verify::verify;
use crate::{Config, Console};

pub(super) async fn run(config: Config) -> Result<(), Failure> {
    let console = Console::open(config).await?;
    let proven = verify(console.settings.database()).await??;
    println!(
        "{} commits, the chain is whole and every record stands as it says; {} changes were pruned",
        proven.commits, proven.pruned
    );
    Ok(())
}
