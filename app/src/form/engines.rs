//! What checks and compares values. A form can be read and filled in before it is judged, so this is a chunk of its own,
//! fetched once the page is awake; until then the server's word stands, and any difference at all counts as one change.

use leptos::lazy;
use leptos::prelude::*;
use serde_json::Value;

use crate::markup::woken;
use crate::problem::Problems;
use crate::schema::{self, Context};
use crate::value::diff;

/// The engines that every form needs, once they are there.
#[derive(Clone, Copy)]
pub(super) struct Engines {
    /// What is wrong with a value by its schema.
    pub check: fn(&Value, &mut Value, &Context<'_>, &mut Problems),
    /// How many places of two values differ.
    pub count: fn(&Value, &Value, &Value) -> usize,
}

/// The engines; none before the page is awake, on the server too, which draws what the page wakes with.
pub(super) fn follow() -> RwSignal<Option<Engines>> {
    let engines = RwSignal::new(None);
    if !cfg!(feature = "ssr") {
        let woken = woken();
        leptos::task::spawn_local(async move {
            woken.await;
            let come = form_engines().await;
            engines.try_set(Some(come));
        });
    }
    engines
}

#[lazy]
fn form_engines() -> Engines {
    Engines { check: schema::check, count: |schema, before, after| diff::diff(schema, before, after).len() }
}
