//! Checking a style sheet for whoever may view the styles.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use app::backend::CheckedCss;
use app::error::Error;
use app::sections::roles::Verb;
use app::sections::styles::MOST_CSS;
use tokio::sync::Semaphore;

use super::Desk;
use crate::styles;

/// So many checks run at once; more wait.
static CHECKS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(4)));
/// The longest that a check is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

impl Desk {
    /// May the caller have style sheets checked?
    ///
    /// # Errors
    /// They may not.
    pub fn may_check_styles(&self) -> Result<(), Error> {
        let (_, rights, _) = self.stand()?;
        rights.demand("styles", Verb::View)
    }

    /// What is wrong with a style sheet, and what it would become.
    pub(super) async fn checked_styles(&self, css: String) -> Result<CheckedCss, Error> {
        self.may_check_styles()?;
        if css.len() > MOST_CSS {
            return Err(Error::TooLarge);
        }
        let (snapshot, ..) = self.stand()?;
        let work = async {
            let permit = Arc::clone(&CHECKS).acquire_owned().await.map_err(|_| Error::Busy)?;
            let check = move || {
                // Held until the work is done, also when nobody waits for it any more.
                let _permit = permit;
                styles::check(&css, &styles::hosts(&snapshot))
            };
            tokio::task::spawn_blocking(check).await.map_err(|_| Error::Busy)
        };
        let checked = tokio::time::timeout(PATIENCE, work).await.map_err(|_| Error::Busy)??;
        Ok(CheckedCss::clone(&checked))
    }
}
