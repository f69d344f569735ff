//! What happens, as it happens: one event a commit, filtered by what the caller may see at that moment.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app::backend::Changed;
use app::error::Error;
use app::sections::roles::Verb;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt, stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::{self, error::RecvError};

use super::problem::Refused;
use crate::access::{Actor, Rights};
use crate::clock;
use crate::database::entities::{change, commit};
use crate::settings::desk::Desk;
use crate::settings::listing::Reader;
use crate::settings::{Notice, Snapshot};
use crate::web::assets;
use crate::web::caller::RestDesk;

/// The most commits that are sent one by one to a caller who resumes; beyond it reading anew is cheaper.
const REPLAY: u64 = 1_000;
/// So often a quiet stream asks whether its caller may still listen.
const STILL: Duration = Duration::from_secs(5);
/// A comment this often keeps proxies from closing the stream.
const QUIET: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
pub(super) struct Since {
    since: Option<i64>,
}

/// The stream; `Last-Event-ID` or `?since=` resumes it without loss.
pub(super) async fn stream(
    RestDesk(desk): RestDesk,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (snapshot, rights, _) = desk.stand()?;
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let since = last.or(query.since).unwrap_or(snapshot.head);
    // First the ear, then the past: what is written between the two is heard and dropped as already told.
    let ear = desk.console().settings.subscribe();
    let past = past(&desk, since).await?;
    let snapshot = desk.console().settings.snapshot().clone();
    let hello = Event::default()
        .event("hello")
        .data(json!({ "build": assets::build(), "seq": snapshot.head }).to_string());
    let mut ready = VecDeque::from([hello]);
    if past.is_none() {
        ready.push_back(Event::default().event("resync").data("{}"));
    }
    let told = if past.is_none() { snapshot.head } else { since };
    let teller = Teller {
        rights: mark(&rights),
        ear,
        past: past.unwrap_or_default().into(),
        ready,
        told,
        ended: false,
        desk,
    };
    let stop = teller.desk.console().stop.clone();
    let events = tell(teller).take_until(stop.cancelled_owned());
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(QUIET)).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What one listener has heard so far.
struct Teller {
    desk: Desk,
    /// The rights with which the last event was filtered, to notice a change of them.
    rights: String,
    ear: broadcast::Receiver<Arc<Notice>>,
    past: VecDeque<Arc<Notice>>,
    ready: VecDeque<Event>,
    told: i64,
    ended: bool,
}

fn tell(teller: Teller) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(teller, |mut teller| async move {
        loop {
            if let Some(event) = teller.ready.pop_front() {
                return Some((Ok(event), teller));
            }
            if teller.ended {
                return None;
            }
            let notice = match teller.past.pop_front() {
                Some(notice) => notice,
                None => match tokio::time::timeout(STILL, teller.ear.recv()).await {
                    Ok(Ok(notice)) => notice,
                    Ok(Err(RecvError::Closed)) => return None,
                    // Too slow a listener: what it missed is read again.
                    Ok(Err(RecvError::Lagged(_))) => {
                        match past(&teller.desk, teller.told).await {
                            Ok(Some(missed)) => teller.past.extend(missed),
                            _ => teller.ready.push_back(Event::default().event("resync").data("{}")),
                        }
                        continue;
                    }
                    // Quiet: nothing but the caller can have changed.
                    Err(_) => {
                        teller.may_stay().await;
                        continue;
                    }
                },
            };
            if notice.seq > teller.told {
                teller.told = notice.seq;
                teller.hear(&notice).await;
            }
        }
    })
}

impl Teller {
    /// What the caller may hear now. None ends the stream: the person was deactivated, the key was revoked or is past
    /// its end, its role is gone, the session was ended.
    async fn may_stay(&mut self) -> Option<(Arc<Snapshot>, Rights, Reader)> {
        let stand = if self.desk.lives().await { self.desk.stand().ok() } else { None };
        if stand.is_none() {
            self.ready.push_back(Event::default().event("end").data("{}"));
            self.ended = true;
        }
        stand
    }

    /// Queues the event of one commit, as far as the caller may see it now.
    async fn hear(&mut self, notice: &Notice) {
        let Some((snapshot, rights, reader)) = self.may_stay().await else { return };
        let mark = mark(&rights);
        if mark != self.rights {
            self.rights = mark;
            self.ready.push_back(Event::default().event("rights").data("{}"));
        }
        let Ok(caller) = self.desk.caller() else { return };
        let is_seen = |change: &&Changed| {
            let held = snapshot.get(&change.section, change.id);
            if rights.may(&change.section, Verb::View) {
                return held.is_none_or(|held| reader.sees(held));
            }
            let own = Reader { own: true, ..reader };
            // What one keeps for oneself is removed by oneself.
            rights.keeps_own(caller.actor, &change.section).is_some()
                && held.map_or(notice.actor == caller.actor, |held| own.sees(held))
        };
        let seen: Vec<&Changed> = notice.changes.iter().filter(is_seen).collect();
        if seen.is_empty() {
            return;
        }
        let (kind, id) = match notice.actor {
            Actor::User(id) => ("user", Some(id)),
            Actor::Key(id) => ("key", Some(id)),
            Actor::Cli => ("cli", None),
            Actor::Job => ("job", None),
        };
        let by = notice.actor.to_string();
        let name = self.desk.console().settings.actor_name(&by, reader.language).await.unwrap_or(by);
        let data = json!({
            "seq": notice.seq,
            "time": clock::rfc3339(notice.at, "UTC"),
            "actor": { "kind": kind, "id": id, "name": name },
            "changes": seen,
        });
        self.ready.push_back(Event::default().id(notice.seq.to_string()).data(data.to_string()));
    }
}

/// Rights as one text: compared, never shown.
fn mark(rights: &Rights) -> String {
    match rights {
        Rights::All => String::new(),
        Rights::Role(role) => serde_json::to_string(role).unwrap_or_default(),
    }
}

/// The commits after `since`, oldest first; none when there are too many, or when there is no such past.
async fn past(desk: &Desk, since: i64) -> Result<Option<Vec<Arc<Notice>>>, Error> {
    let db = desk.console().settings.database().connection();
    let settings = &desk.console().settings;
    // Another node may have told of a commit that this one has yet to hear of.
    settings.reach(since).await;
    match settings.snapshot().head.cmp(&since) {
        Ordering::Equal => return Ok(Some(Vec::new())),
        // A number from before the database was restored: what the caller knows is of another past.
        Ordering::Less => return Ok(None),
        Ordering::Greater => {}
    }
    let read = async {
        let commits = commit::Entity::find()
            .filter(commit::Column::Seq.gt(since))
            .order_by_asc(commit::Column::Seq)
            .limit(REPLAY + 1)
            .all(db)
            .await?;
        if commits.len() as u64 > REPLAY {
            return Ok(None);
        }
        let changes = change::Entity::find()
            .filter(change::Column::Seq.gt(since))
            .order_by_asc(change::Column::Seq)
            .order_by_asc(change::Column::N)
            .all(db)
            .await?;
        Ok(Some((commits, changes)))
    };
    let read: Result<_, sea_orm::DbErr> = read.await;
    let Some((commits, changes)) = read.map_err(|_| Error::Busy)? else { return Ok(None) };
    Ok(Some(Notice::of(&commits, &changes)))
}
