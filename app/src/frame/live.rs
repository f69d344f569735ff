//! What others change meanwhile: one event stream for the page, caught up after every silence.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, MessageEvent, VisibilityState};

use super::{Page, Session};
use crate::backend::Changed;
use crate::value;

/// One commit, as the event stream tells it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Notice {
    /// Its number.
    pub seq: i64,
    /// When, RFC 3339.
    pub time: String,
    /// Who.
    pub actor: Actor,
    /// What it changed, as far as the reader may view it.
    pub changes: Vec<Changed>,
}

/// Who made a commit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Actor {
    /// `user`, `key`, `cli` or `job`.
    pub kind: String,
    /// Their record; 0 if they have none.
    #[serde(default)]
    pub id: i64,
    /// What people call them.
    #[serde(default)]
    pub name: String,
}

/// What a subscriber hears.
#[derive(Clone, Debug)]
pub enum News {
    /// A commit.
    Commit(Arc<Notice>),
    /// Something was missed: whatever is shown may be out of date.
    Resync,
}

impl News {
    /// May it concern this section?
    pub fn touches(&self, section: &str) -> bool {
        match self {
            Self::Commit(notice) => notice.changes.iter().any(|change| change.section == section),
            Self::Resync => true,
        }
    }

    /// May it concern this record?
    pub fn touches_record(&self, section: &str, id: i64) -> bool {
        match self {
            Self::Commit(notice) => {
                notice.changes.iter().any(|change| change.section == section && change.id == id)
            }
            Self::Resync => true,
        }
    }
}

/// The event stream of the page.
#[derive(Clone, Copy)]
pub struct Live {
    /// The newest commit heard of; 0 before the first.
    pub head: RwSignal<i64>,
    /// The last news. Several may come between two looks: to miss none, [`Live::subscribe`].
    pub latest: RwSignal<Option<Arc<Notice>>>,
    /// Can the page hear of changes? False once two attempts in a row have failed.
    pub connected: RwSignal<bool>,
    /// Another build runs by now.
    stale: StoredValue<bool>,
    subscribers: StoredValue<Vec<(u32, Callback<News>)>>,
    next: StoredValue<u32>,
    /// The oldest answer that the page shows, so that the stream begins right after it.
    since: StoredValue<Option<i64>>,
}

impl Live {
    pub(super) fn new() -> Self {
        Self {
            head: RwSignal::new(0),
            latest: RwSignal::new(None),
            connected: RwSignal::new(true),
            stale: StoredValue::new(false),
            subscribers: StoredValue::default(),
            next: StoredValue::new(0),
            since: StoredValue::new(None),
        }
    }

    /// Hears all news until the owner that subscribes is gone.
    pub fn subscribe(self, hear: Callback<News>) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.subscribers.update_value(|all| all.push((number, hear)));
        on_cleanup(move || {
            self.subscribers.try_update_value(|all| all.retain(|(other, _)| *other != number));
        });
    }

    /// The page shows an answer that knows commits up to `seq`: before the stream is open, it is made to begin there.
    pub fn seen(self, seq: i64) {
        self.since.update_value(|since| *since = Some(since.map_or(seq, |since| since.min(seq))));
    }

    /// Another build runs by now: the next navigation should be a full load.
    pub fn is_stale(self) -> bool {
        self.stale.get_value()
    }

    fn tell(self, news: &News) {
        let subscribers = self.subscribers.get_value();
        for (_, hear) in subscribers {
            hear.try_run(news.clone());
        }
    }

    fn hello(self, text: &str, build: &str) {
        let Some(hello) = read::<Hello>(text) else { return };
        if hello.build != build {
            self.stale.set_value(true);
        }
        self.connected.set(true);
        if self.since.get_value().is_none() {
            self.since.set_value(Some(hello.seq));
        }
        self.head.update(|head| *head = (*head).max(hello.seq));
    }

    fn heard(self, text: &str) {
        let Some(notice) = read::<Notice>(text) else { return };
        let seq = notice.seq;
        self.since.set_value(Some(seq));
        self.head.update(|head| *head = (*head).max(seq));
        let notice = Arc::new(notice);
        self.latest.set(Some(notice.clone()));
        self.tell(&News::Commit(notice));
    }
}

#[derive(Deserialize)]
struct Hello {
    build: String,
    seq: i64,
}

/// The stream as the browser holds it.
#[derive(Clone, Copy)]
struct Line {
    live: Live,
    session: Session,
    build: StoredValue<String>,
    source: StoredValue<Option<EventSource>, LocalStorage>,
    /// How many attempts failed in a row.
    failures: StoredValue<u32>,
}

/// Opens the stream once the page is awake, closes it while the tab is hidden. In the browser only.
pub(super) fn listen(live: Live, session: Session) {
    let page = Page::current();
    if page.is_open() {
        return;
    }
    let line = Line {
        live,
        session,
        build: StoredValue::new(page.build),
        source: StoredValue::new_local(None),
        failures: StoredValue::new(0),
    };
    window_event_listener_untyped("visibilitychange", move |_| line.look());
    // After what the page shows has said where it begins.
    set_timeout(move || line.look(), Duration::from_millis(200));
}

impl Line {
    /// Open while the tab can be seen, closed otherwise.
    fn look(self) {
        let open = self.source.with_value(Option::is_some);
        if document().visibility_state() == VisibilityState::Hidden {
            self.close();
        } else if !open {
            self.open();
        }
    }

    fn close(self) {
        if let Some(source) = self.source.try_update_value(Option::take).flatten() {
            source.close();
        }
    }

    fn open(self) {
        let live = self.live;
        let url = match live.since.get_value() {
            Some(since) => ["/api/v1/events?since=", &since.to_string()].concat(),
            None => "/api/v1/events".to_owned(),
        };
        let Ok(source) = EventSource::new(&url) else { return };
        let build = self.build.get_value();
        on(&source, "hello", move |event| {
            self.failures.set_value(0);
            live.hello(&text(event), &build);
        });
        on(&source, "message", move |event| live.heard(&text(event)));
        on(&source, "rights", move |_| {
            self.session.refetch();
            live.tell(&News::Resync);
        });
        on(&source, "resync", move |_| live.tell(&News::Resync));
        on(&source, "end", move |_| self.again());
        on(&source, "error", move |_| {
            // Once may be a restart of the server; twice the reader should know.
            if self.failures.get_value() > 0 {
                live.connected.set(false);
            }
            self.again();
        });
        self.source.set_value(Some(source));
    }

    /// Tries again after a pause that grows from one second to a minute, and differs between tabs.
    fn again(self) {
        self.close();
        let failures = self.failures.get_value();
        self.failures.set_value(failures.saturating_add(1));
        let seconds = f64::from(1_u32 << failures.min(6)).min(60.0);
        let pause = Duration::from_secs_f64(seconds * (0.5 + js_sys::Math::random()));
        set_timeout(move || self.look(), pause);
    }
}

/// A message as its type.
fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    value::read(value::parse_json(text).ok()?).ok()
}

fn text(event: &MessageEvent) -> String {
    event.data().as_string().unwrap_or_default()
}

/// Listens to an event of the stream; the listener goes with the stream.
fn on(source: &EventSource, name: &str, run: impl Fn(&MessageEvent) + 'static) {
    let run =
        Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| run(event.unchecked_ref())).into_js_value();
    let _ = source.add_event_listener_with_callback(name, run.unchecked_ref());
}
