//! The page of one section: its route, and what list and form on it share.

mod address;
pub(crate) mod extra;
mod farewell;
mod header;
mod json;
mod load;
mod more;
mod news;
mod query;
mod questions;
mod record;
mod save;
mod uses;
mod views;

pub use load::{Open, Shared};
pub use query::{ListState, escape};
pub use save::{Clash, Save};

#[cfg(not(feature = "ssr"))]
use std::future::IntoFuture;

use leptos::lazy;
use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::reactive::computed::ScopedFuture;
use leptos_router::LazyRoute;
use serde_json::Value;

use crate::directory;
use crate::frame::{NotFound, title};
use crate::markup::{Node, asleep, later, view};
use crate::sections::{self, Item, Shape};
use address::Address;

/// `/settings/:section/:record?`: the list of a directory beside the record that is open; of a document, the document
/// alone. `/account/replies/:record?` is the same of what the reader keeps for themselves.
///
/// List and record are chunks of their own, so that neither brings the other along.
pub struct SectionPage {
    address: Memo<Address>,
    shared: Shared,
    open: Open,
}

impl LazyRoute for SectionPage {
    fn data() -> Self {
        let address = Address::follow();
        Self { address, shared: Shared::read(address), open: Open::read(address) }
    }

    async fn view(this: Self) -> AnyView {
        let Self { shared, open, address } = this;
        // Splitting is for the browser alone; the server has all of the code.
        #[cfg(target_arch = "wasm32")]
        fetch(address.get_untracked()).await;
        let (key, record) =
            address.with_untracked(|address| (address.section.clone(), address.record.is_some()));
        // What the page opens with is at hand by now; another section brings its chunk first. A record that is opened
        // changes nothing here: the list keeps its scroll and its focus.
        let mut first = match sections::item(&key) {
            // The record is what was asked for; the list beside it can wait.
            Some(Item { shape: Shape::Many, .. }) if record => Some(asleep(pane(key, shared, open))),
            _ => Some(pane(key, shared, open).await),
        };
        let content = move || {
            let key = shared.key.get();
            if let Some(Item { shape: Shape::Many, key, .. }) = sections::item(&key) {
                // A record that is open has its own later on.
                title(shared.title(key));
            }
            first.take().unwrap_or_else(|| later(pane(key, shared, open)))
        };
        let beside =
            Memo::new(move |_| shared.shape() == Some(Shape::Many) && shared.current.get().is_some());
        let record = move || beside.get().then(|| later(record_of(shared, open, None)));
        let class = move || if beside.get() { "split split--record" } else { "pane" };
        view! { <div class=class>{content} {record}</div> }.into_any()
    }
}

/// Fetches the code of all that the address names at once, before it is drawn.
#[cfg(target_arch = "wasm32")]
async fn fetch(address: Address) {
    let shape = sections::item(&address.section).map(|item| item.shape);
    let list = async {
        if shape == Some(Shape::Many) && address.record.is_none() {
            __preload_list_of().await;
        }
    };
    let record = async {
        if address.record.is_some() || shape == Some(Shape::One) {
            __preload_record_of().await;
        }
    };
    let extra = async {
        // Where the server has drawn another view than the form, it is taken over as it is.
        if !address.view.is_empty() {
            extra::fetch().await;
        }
    };
    futures::join!(list, record, extra);
}

/// The list or the document, if the reader may know of it.
async fn pane(key: String, shared: Shared, open: Open) -> Node {
    // On the server a route must be ready when it is first asked, or it may wake on another thread than its view
    // belongs to; there the page knows beforehand what the reader may not see.
    #[cfg(feature = "ssr")]
    let hidden = crate::frame::Page::current().hidden;
    #[cfg(not(feature = "ssr"))]
    let hidden = {
        // Waited for, not followed.
        let asked = crate::frame::Session::get().asked.into_future();
        let me = ScopedFuture::new_untracked(asked).await.read::<crate::backend::Me>();
        me.is_ok_and(|me| !shared.can(&me, &key).view)
    };
    match sections::item(&key) {
        Some(item) if !hidden && item.shape == Shape::Many => list_of(shared, item.key).await,
        Some(item) if !hidden => record_of(shared, open, Some(item.key)).await,
        _ => view! { <NotFound/> },
    }
}

#[lazy]
fn list_of(shared: Shared, key: &'static str) -> Node {
    directory::list_pane(shared, key)
}

/// Is this the schema of the section? On the way to another one, the schema at hand is still the one before.
fn is_of(schema: &Value, section: &str) -> bool {
    schema.get("$id").and_then(Value::as_str).and_then(|id| id.rsplit('/').next()) == Some(section)
}

/// The record that is open, or the document of a section.
#[lazy]
async fn record_of(shared: Shared, open: Open, document: Option<&'static str>) -> Node {
    let key = shared.key.get_untracked();
    let rare = async {
        if crate::editor::has_widgets(&key)
            && let Some(Ok(schema)) = untrack(|| shared.schema.get()).map(|answer| answer.read())
            && is_of(&schema, &key)
        {
            crate::form::fetch_rare(&schema).await;
        }
    };
    futures::join!(rare, crate::editor::fetch(&key));
    record::pane(shared, open, document)
}
