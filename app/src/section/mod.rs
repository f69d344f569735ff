//! The page of one section: its routes, and what list and form on it share.

mod farewell;
mod header;
mod load;
mod more;
mod news;
mod query;
mod record;
mod save;
mod views;

pub use load::{Open, Shared};
pub use query::{ListState, escape};
pub use record::pane as record_pane;
pub use save::{Clash, Save};

use leptos::lazy;
use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::reactive::computed::ScopedFuture;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
#[cfg(not(feature = "ssr"))]
use std::future::IntoFuture;

use crate::directory;
use crate::document;
use crate::frame::NotFound;
use crate::markup::{IntoNode, Node, view};
use crate::sections::{self, Shape};

/// `/settings/:section`: the list of a directory beside the record that is open; of a document, the document alone.
///
/// List and document are chunks of their own, so that a document does not bring the list along.
pub struct SectionPage {
    shared: Shared,
    open: Open,
}

impl LazyRoute for SectionPage {
    fn data() -> Self {
        Self { shared: Shared::read(), open: Open::document() }
    }

    async fn view(this: Self) -> AnyView {
        let Self { shared, open } = this;
        provide_context(shared);
        let key = shared.key.get_untracked();
        let first = pane(key, shared, open).await;
        let mut first = Some(first);
        // What the page opens with is at hand by now; another section brings its chunk first. A record that is opened
        // changes nothing here: the list keeps its scroll and its focus.
        let content = move || {
            let key = shared.key.get();
            first.take().unwrap_or_else(|| Suspend::new(pane(key, shared, open)).into_node())
        };
        let class = move || match (shared.shape(), shared.current.get().is_some()) {
            (Some(Shape::Many), true) => "split split--record",
            _ => "pane",
        };
        view! { <div class=class>{content} <Outlet/></div> }.into_any()
    }

    async fn preload() {
        // Splitting is for the browser alone; the server has all of the code.
        #[cfg(target_arch = "wasm32")]
        {
            let key = use_params_map().with_untracked(|params| params.get("section").unwrap_or_default());
            match sections::item(&key).map(|item| item.shape) {
                Some(Shape::Many) => __preload_list_of().await,
                Some(Shape::One) => __preload_document_of().await,
                None => {}
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        let _ = use_params_map;
    }
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
        me.is_ok_and(|me| !me.sections.get(&key).is_some_and(|can| can.view))
    };
    match sections::item(&key) {
        Some(item) if !hidden && item.shape == Shape::Many => list_of(shared, item.key).await,
        Some(item) if !hidden => document_of(shared, open, item.key).await,
        _ => view! { <NotFound/> },
    }
}

#[lazy]
fn list_of(shared: Shared, key: &'static str) -> Node {
    directory::list_pane(shared, key)
}

#[lazy]
fn document_of(shared: Shared, open: Open, key: &'static str) -> Node {
    document::pane(shared, open, key)
}

/// `/settings/:section` itself: nothing stands beside a list or a document.
#[component]
pub fn NoRecord() -> impl IntoView {}

/// `/settings/:section/:record`: a record by its id, or `new`.
pub struct RecordPage {
    open: Open,
}

#[lazy_route]
impl LazyRoute for RecordPage {
    fn data() -> Self {
        Self { open: Open::record() }
    }

    fn view(this: Self) -> AnyView {
        let shared = expect_context::<Shared>();
        record::pane(shared, this.open, None).into_any()
    }
}
