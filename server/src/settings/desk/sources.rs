//! Trying a source of options, for those who edit fields that have one.

use app::backend::SourceAnswer;
use app::error::Error;
use app::sections::instance::Instance;
use app::sections::roles::Verb;
use serde_json::Value;

use super::Desk;
use crate::select_api::Source;

/// The most characters of what an operator types.
const TYPED: usize = 200;

impl Desk {
    /// Asks a source in the server's own name. Costly, so only for who may save such a field.
    pub(super) async fn ask_source(&self, source: Value, q: &str) -> Result<SourceAnswer, Error> {
        let (snapshot, rights, _) = self.stand()?;
        let mut sections = ["client-fields", "user-fields", "tickets"].into_iter();
        if !sections.any(|section| rights.may(section, Verb::Edit)) {
            rights.demand("client-fields", Verb::Edit)?;
        }
        let source = Source::read(source)?;
        let q: String = q.chars().take(TYPED).collect();
        let allowed = snapshot.typed::<Instance>(0).unwrap_or_default().outgoing_hosts;
        self.console.sources.options(&source, &q, &allowed, true).await
    }
}
