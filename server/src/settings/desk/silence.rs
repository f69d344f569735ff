//! Readiness as a person reads it: what was silenced says by whom, when and why, and can be brought back.

use app::backend::{Finding, Silenced};
use app::error::Error;
use app::problem::Problems;
use app::sections::Section as _;
use app::sections::replies::Reply;
use app::sections::roles::Verb;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};
use tracing::info;

use super::{Desk, line};
use crate::clock;
use crate::database::entities::silence;
use crate::settings::readiness;

/// The most characters of a reason.
const REASON: usize = 200;

impl Desk {
    /// What stands in the way of work, with what was silenced of it.
    pub(super) async fn findings(&self) -> Result<Vec<Finding>, Error> {
        let mut findings = self.found().await?;
        if findings.is_empty() {
            return Ok(findings);
        }
        let db = self.console.settings.database().connection();
        let rows = silence::Entity::find().all(db).await.map_err(|error| self.broken(&error))?;
        let (snapshot, rights, _) = self.stand()?;
        let zone = snapshot.zone();
        for finding in &mut findings {
            finding.may_silence = rights.may(&finding.section, Verb::Edit);
            if let Some(row) = rows.iter().find(|row| row.finding == finding.id) {
                let by = self.console.settings.actor_name(&row.by, self.language).await;
                finding.silenced = Some(Silenced {
                    by: by.map_err(|error| self.broken(&error))?,
                    at: clock::rfc3339(row.at, &zone),
                    reason: row.reason.clone(),
                });
            }
        }
        Ok(findings)
    }

    /// Silences a finding that stands, for everybody, with the right to edit the section of its cure.
    pub(super) async fn keep_silent(&self, id: &str, reason: &str) -> Result<(), Error> {
        self.demand_finding(id).await?;
        let mut problems = Problems::default();
        let reason = line("reason", reason, REASON, &mut problems);
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        let by = self.caller()?.actor;
        let row = silence::ActiveModel {
            finding: Set(id.to_owned()),
            by: Set(by.to_string()),
            at: Set(clock::now()),
            reason: Set(reason),
        };
        let again = OnConflict::column(silence::Column::Finding)
            .update_columns([silence::Column::By, silence::Column::At, silence::Column::Reason])
            .to_owned();
        let db = self.console.settings.database().connection();
        silence::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(db)
            .await
            .map_err(|error| self.broken(&error))?;
        info!(%by, finding = id, "a readiness finding was silenced");
        Ok(())
    }

    /// Brings a silenced finding back.
    pub(super) async fn speak_again(&self, id: &str) -> Result<(), Error> {
        self.demand_finding(id).await?;
        let by = self.caller()?.actor;
        let db = self.console.settings.database().connection();
        silence::Entity::delete_by_id(id.to_owned()).exec(db).await.map_err(|error| self.broken(&error))?;
        info!(%by, finding = id, "a readiness finding was brought back");
        Ok(())
    }

    /// Only what the caller is told of can be silenced, so nothing is written that nobody has found.
    async fn demand_finding(&self, id: &str) -> Result<(), Error> {
        let findings = self.found().await?;
        let finding = findings.iter().find(|finding| finding.id == id).ok_or(Error::Missing)?;
        self.stand()?.1.demand(&finding.section, Verb::Edit)
    }

    /// What stands in the way of work, silenced or not. The look at all quick replies is a thread's own.
    async fn found(&self) -> Result<Vec<Finding>, Error> {
        let (snapshot, rights, reader) = self.stand()?;
        let replies = if rights.may(Reply::KEY, Verb::View) {
            let (console, snapshot) = (self.console.clone(), snapshot.clone());
            let look = move || readiness::of_replies(console.settings.health(), &snapshot, reader);
            tokio::task::spawn_blocking(look).await.unwrap_or_default()
        } else {
            None
        };
        Ok(readiness::findings(&snapshot, &rights, reader, replies))
    }
}
