//! The health of quick replies: which of them ought to be looked at, and why.
//!
//! What a value tells by itself is worked out once for each version of a reply and kept; a question reads only what has
//! changed since the one before it. Dates and other records are asked anew each time, because they change by themselves.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use app::problem::{Problem, Problems};
use app::sections::instance::Instance;
use app::sections::replies::health::{ANY, CODES, gist, of};
use app::sections::replies::template::Known;
use app::sections::replies::{Reply, Scope, client_fields};
use app::sections::reply_categories::ReplyCategory;
use app::sections::{Section as _, World};
use indexmap::IndexMap;

use super::listing::Reader;
use super::snapshot::{Held, Snapshot};
use crate::clock;

/// As many replies as are worth a thread.
const WORTH: usize = 2_000;

/// What is known of the replies, and of which moment.
#[derive(Debug, Default)]
pub struct Health(Mutex<Arc<Book>>);

/// The day it is now in the zone of the instance, `YYYY-MM-DD`.
pub fn today(snapshot: &Snapshot) -> String {
    let zone = snapshot.typed::<Instance>(0).unwrap_or_default().instance_timezone.0;
    clock::rfc3339(clock::now(), &zone).chars().take(10).collect()
}

/// One reply.
#[derive(Clone, Debug)]
struct Page {
    seq: i64,
    /// What the value tells.
    own: Arc<[Problem]>,
    /// The day after which it should have been read again; empty for none.
    review: Box<str>,
    /// Alike for two that say the same to the same people; 0 if it says nothing.
    gist: u64,
    category: Option<i64>,
    owner: Option<i64>,
}

/// All that are offered.
#[derive(Clone, Debug, Default)]
struct Book {
    head: i64,
    languages: Vec<String>,
    /// The client fields that a text may name.
    fields: Vec<String>,
    pages: BTreeMap<i64, Page>,
    /// How many have a gist, for those that several have.
    doubles: HashMap<u64, u32>,
    /// The categories that nobody is offered: they, or one above them, are off.
    closed: HashSet<i64>,
}

/// Which replies ought to be looked at, as one reader may know.
#[derive(Debug, Default)]
pub struct Findings {
    /// How many suffer from what, in the order of [`CODES`]; only what there is.
    pub counts: IndexMap<String, u64>,
    /// What was asked for, with all that each suffers from.
    pub of: HashMap<i64, Problems>,
}

impl Health {
    /// Those that suffer from `code`, or from anything; `today` as `YYYY-MM-DD`. None for a code that there is not.
    ///
    /// The first question reads every reply: ask it where waiting hurts nobody.
    pub fn ask(&self, snapshot: &Snapshot, code: &str, today: &str, reader: Reader) -> Option<Findings> {
        let wanted = (code != ANY).then(|| CODES.iter().position(|known| *known == code));
        let wanted = match wanted {
            Some(None) => return None,
            Some(wanted) => wanted,
            None => None,
        };
        let book = self.read(snapshot);
        let mut counts = [0; CODES.len()];
        let mut findings = Findings::default();
        for (id, page) in &book.pages {
            if page.owner.is_some() && page.owner != reader.user {
                continue;
            }
            let found = book.examine(page, snapshot, today);
            let mut has = [false; CODES.len()];
            for n in found.iter().filter_map(|one| CODES.iter().position(|code| *code == one.code)) {
                has[n] = true;
            }
            for (count, has) in counts.iter_mut().zip(has) {
                *count += u64::from(has);
            }
            if wanted.map_or(!found.is_empty(), |n| has[n]) {
                findings.of.insert(*id, Problems(found));
            }
        }
        findings.counts = CODES
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .map(|(code, count)| ((*code).to_owned(), count))
            .collect();
        Some(findings)
    }

    /// The book of this moment: of the last one, only what has changed is read again.
    fn read(&self, snapshot: &Snapshot) -> Arc<Book> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.head != snapshot.head || *held.languages != **snapshot.languages() {
            *held = Arc::new(held.follow(snapshot));
        }
        held.clone()
    }
}

impl Book {
    fn follow(&self, snapshot: &Snapshot) -> Self {
        let languages = snapshot.languages().to_vec();
        let fields = client_fields(snapshot);
        let same = self.languages == languages && self.fields == fields;
        let aliases: Vec<&str> = fields.iter().map(String::as_str).collect();
        let names = Known { extra: &aliases, any_extra: false };
        let known = |held: &Held| {
            let page = self.pages.get(&held.id).filter(|page| page.seq == held.seq)?;
            same.then(|| (held.id, page.clone()))
        };
        let offered: Vec<&Arc<Held>> = snapshot
            .shelf(Reply::KEY)
            .into_iter()
            .flat_map(|shelf| shelf.records())
            .filter(|held| held.facts.active && !held.archived)
            .collect();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let part = (offered.len() / cores + 1).max(WORTH);
        let read = |part: &[&Arc<Held>]| -> Vec<(i64, Page)> {
            part.iter()
                .filter_map(|held| known(held).or_else(|| Some((held.id, page(held, &languages, &names)?))))
                .collect()
        };
        let pages: BTreeMap<i64, Page> = std::thread::scope(|scope| {
            let read = &read;
            let parts: Vec<_> = offered.chunks(part).map(|part| scope.spawn(move || read(part))).collect();
            let joined = parts.into_iter().map(std::thread::ScopedJoinHandle::join);
            joined.flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        });
        let mut doubles: HashMap<u64, u32> = HashMap::with_capacity(pages.len());
        for page in pages.values().filter(|page| page.gist != 0) {
            *doubles.entry(page.gist).or_default() += 1;
        }
        doubles.retain(|_, count| *count > 1);
        Self {
            head: snapshot.head,
            languages,
            fields: fields.clone(),
            pages,
            doubles,
            closed: closed(snapshot),
        }
    }

    /// All that a reply suffers from, worst first.
    fn examine(&self, page: &Page, snapshot: &Snapshot, today: &str) -> Vec<Problem> {
        let mut found = page.own.to_vec();
        let gone = |id: i64| snapshot.get("users", id).is_none_or(|held| held.archived || !held.facts.active);
        if page.category.is_some_and(|category| self.closed.contains(&category)) {
            found.push(Problem::warning("/category", "nobody"));
        } else if page.owner.is_some_and(gone) {
            found.push(Problem::warning("/owner", "nobody"));
        }
        if let Some(count) = self.doubles.get(&page.gist) {
            found.push(Problem::warning("/text", "duplicate").with("n", count - 1));
        }
        if !page.review.is_empty() && *page.review < *today {
            found.push(Problem::warning("/review_on", "past_review").with("date", &*page.review));
        }
        found.sort_by_key(|one| CODES.iter().position(|code| *code == one.code));
        found
    }
}

fn page(held: &Held, languages: &[String], known: &Known<'_>) -> Option<Page> {
    let reply: Reply = serde_json::from_str(&held.data).ok()?;
    let owner = reply.owner.filter(|_| reply.scope == Scope::Personal).map(|owner| owner.0);
    let said = gist(&reply, languages);
    let hash = (!said.is_empty()).then(|| {
        let mut hasher = DefaultHasher::new();
        (owner, said).hash(&mut hasher);
        hasher.finish().max(1)
    });
    Some(Page {
        seq: held.seq,
        own: of(&reply, languages, known).into(),
        review: reply.review_on.0.into(),
        gist: hash.unwrap_or_default(),
        category: reply.category.map(|category| category.0),
        owner,
    })
}

/// The categories that are off or archived, and all that stand in them.
fn closed(snapshot: &Snapshot) -> HashSet<i64> {
    let world: &dyn World = snapshot;
    let above: HashMap<i64, (bool, Option<i64>)> = world
        .ids(ReplyCategory::KEY)
        .into_iter()
        .filter_map(|id| {
            let standing = world.standing(ReplyCategory::KEY, id)?;
            let category: ReplyCategory = serde_json::from_str(&standing.data).ok()?;
            let parent = category.parent.map(|parent| parent.0);
            Some((id, (standing.active && !standing.archived, parent)))
        })
        .collect();
    let is_closed = |id: i64| {
        // No deeper than there are categories: a circle ends too.
        let way = std::iter::successors(Some(id), |id| above.get(id)?.1).take(above.len());
        way.into_iter().any(|id| above.get(&id).is_none_or(|(open, _)| !open))
    };
    above.keys().copied().filter(|id| is_closed(*id)).collect()
}
