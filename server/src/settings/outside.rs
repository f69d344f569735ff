//! Uses that no setting knows of: dialogs that carry a tag, a scenario that names a topic. Integrations count and report them.
//!
//! A report is no setting: it is written by no commit and stands in no history. It goes through the writer nevertheless,
//! which alone publishes snapshots, so a list that sorts by use reads nothing but memory. The places that a report names are
//! left in the database: only the page of one record shows them.

use std::sync::Arc;

use app::backend::{OutsidePlace, OutsideUse};
use app::error::Error;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use tokio::sync::oneshot;
use tracing::error;

use super::service::Settings;
use super::snapshot::{Place, Snapshot, number as section_number, section_of};
use super::writer::{Order, lock_feed};
use crate::access::Actor;
use crate::clock;
use crate::database::entities::outside_use::{ActiveModel, Column, Entity, Model};

/// A report older than this is shown as stale, in microseconds: 30 days.
const STALE: i64 = 30 * 86_400 * 1_000_000;
/// The most sources that report on one record or document.
pub const MOST_SOURCES: usize = 20;
/// The most reports on one: of a document, each part has its own.
pub const MOST_REPORTS: usize = 1000;

/// What is reported on: a record, or a part of a document, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The record; 0 for a document.
    pub place: Place,
    /// The part of a document, for example the alias of a field; else empty.
    pub part: Arc<str>,
    /// What the integration calls itself.
    pub source: Arc<str>,
}

/// The numbers of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many uses.
    pub uses: u64,
    /// When the last of them was, in microseconds since 1970.
    pub last_at: Option<i64>,
    /// When it was reported, likewise.
    pub reported: i64,
}

impl Count {
    /// Has nothing been heard of it for too long?
    pub fn is_stale(self) -> bool {
        self.reported < clock::now() - STALE
    }
}

/// A report on its way to the writer.
#[derive(Debug)]
pub struct Report {
    /// Who reports.
    pub by: Actor,
    /// On what.
    pub subject: Subject,
    /// How many uses; 0 takes an earlier report back.
    pub uses: u64,
    /// When the last of them was, in microseconds since 1970.
    pub last_at: Option<i64>,
    /// Where some of them are.
    pub places: Vec<OutsidePlace>,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<(), Error>>,
}

/// All reports on one record, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many uses.
    pub uses: u64,
    /// When the last of them was, in microseconds since 1970.
    pub last_at: Option<i64>,
}

impl Settings {
    /// Writes a report; returns when it is durable and every reader of this node sees it.
    ///
    /// # Errors
    /// The database did not take it.
    pub async fn report(
        &self,
        by: Actor,
        subject: Subject,
        uses: u64,
        last_at: Option<i64>,
        places: Vec<OutsidePlace>,
    ) -> Result<(), Error> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Report(Report { by, subject, uses, last_at, places, answer })).await?;
        answered.await.map_err(|_| Error::Busy)?
    }

    /// Writes the reports that wait, in one transaction. Only the writer calls it.
    pub(super) async fn take_reports(&self, reports: Vec<Report>) {
        let mut next = (**self.snapshot()).clone();
        let written = self.write_reports(&reports, &mut next).await;
        match &written {
            Ok(()) => self.publish(next, Vec::new()),
            Err(problem) => error!(error = %problem, "reports of uses could not be written"),
        }
        for report in reports {
            // Nobody waiting any more is no failure.
            let _ = report.answer.send(if written.is_ok() { Ok(()) } else { Err(Error::Busy) });
        }
    }

    async fn write_reports(&self, reports: &[Report], next: &mut Snapshot) -> Result<(), DbErr> {
        let transaction = self.database().write().await?;
        // Nodes take turns, so that the numbers of reports tell what a node has not seen yet.
        lock_feed(&transaction).await?;
        read_new(&transaction, next).await?;
        let again = OnConflict::columns([Column::Section, Column::Record, Column::Part, Column::Source])
            .update_columns([
                Column::Number,
                Column::By,
                Column::Count,
                Column::LastAt,
                Column::Places,
                Column::Reported,
            ])
            .to_owned();
        for report in reports {
            let Subject { place, part, source } = &report.subject;
            let (reported, number) = (clock::now(), next.reports() + 1);
            let row = ActiveModel {
                section: Set(section_of(place.0).to_owned()),
                record: Set(place.1),
                part: Set(part.to_string()),
                source: Set(source.to_string()),
                number: Set(number),
                by: Set(report.by.to_string()),
                count: Set(i64::try_from(report.uses).unwrap_or(i64::MAX)),
                last_at: Set(report.last_at),
                places: Set(serde_json::to_string(&report.places).unwrap_or_default()),
                reported: Set(reported),
            };
            Entity::insert(row).on_conflict(again.clone()).exec_without_returning(&transaction).await?;
            let count = Count { uses: report.uses, last_at: report.last_at, reported };
            next.report(number, Some(report.subject.clone()), count);
        }
        if self.database().is_postgres() {
            transaction.execute_unprepared("SELECT pg_notify('pult', 'outside')").await?;
        }
        transaction.commit().await
    }

    /// What was reported on a record, source by source, those that found uses alone.
    ///
    /// # Errors
    /// The database could not be asked.
    pub async fn outside_uses(&self, section: &str, id: i64, zone: &str) -> Result<Vec<OutsideUse>, DbErr> {
        let rows = Entity::find()
            .filter(Column::Section.eq(section))
            .filter(Column::Record.eq(id))
            .filter(Column::Count.gt(0))
            .order_by_asc(Column::Part)
            .order_by_asc(Column::Source)
            .all(self.database().connection())
            .await?;
        let view = |row: Model| OutsideUse {
            stale: Count { uses: 0, last_at: None, reported: row.reported }.is_stale(),
            count: row.count.unsigned_abs(),
            last_at: row.last_at.map(|at| clock::rfc3339(at, zone)).unwrap_or_default(),
            reported: clock::rfc3339(row.reported, zone),
            places: serde_json::from_str(&row.places).unwrap_or_default(),
            part: row.part,
            source: row.source,
            by: row.by,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// Reads into `snapshot` what was reported since it was made, on other nodes too.
pub(super) async fn read_new<C: ConnectionTrait>(
    connection: &C,
    snapshot: &mut Snapshot,
) -> Result<(), DbErr> {
    /// The columns of a row but for its places, in their order.
    type Numbers = (String, i64, String, String, i64, i64, Option<i64>, i64);
    let rows: Vec<Numbers> = Entity::find()
        .select_only()
        .columns([
            Column::Section,
            Column::Record,
            Column::Part,
            Column::Source,
            Column::Number,
            Column::Count,
            Column::LastAt,
            Column::Reported,
        ])
        .filter(Column::Number.gt(snapshot.reports()))
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(connection)
        .await?;
    for (section, record, part, source, number, count, last_at, reported) in rows {
        let count = Count { uses: count.unsigned_abs(), last_at, reported };
        // A section that this build does not know counts all the same: the next number follows it.
        let subject = section_number(&section).map(|section| Subject {
            place: (section, record),
            part: part.into(),
            source: source.into(),
        });
        snapshot.report(number, subject, count);
    }
    Ok(())
}
