//! What checks and compares values. A form can be read and filled in before it is judged, so this is a chunk of its own,
//! fetched once the page is awake; until then the server's word stands, and any difference at all counts as one change.

use std::sync::OnceLock;

use leptos::lazy;
use leptos::prelude::*;
use serde_json::Value;

use crate::markup::woken;
use crate::problem::Problems;
use crate::schema::{self, Context};
use crate::value::diff;

/// The engines that every form needs, once they are there.
pub(super) struct Engines {
    /// What is wrong with a value by its schema.
    pub check: fn(&Value, &mut Value, &Context<'_>, &mut Problems),
    /// How many places of two values differ.
    pub count: fn(&Value, &Value, &Value) -> usize,
}

/// The engines, once any form of this page has fetched them.
static ENGINES: OnceLock<Engines> = OnceLock::new();

/// Are the engines there? Not before the page is awake, nor on the server, which draws what the page wakes with.
pub(super) fn follow() -> RwSignal<bool> {
    let there = RwSignal::new(ENGINES.get().is_some());
    if !cfg!(feature = "ssr") && !there.get_untracked() {
        let woken = woken();
        leptos::task::spawn_local(async move {
            woken.await;
            let come = form_engines().await;
            ENGINES.get_or_init(|| come);
            there.try_set(true);
        });
    }
    there
}

/// The engines, and word when they come.
pub(super) fn get(there: RwSignal<bool>) -> Option<&'static Engines> {
    there.get().then(|| ENGINES.get()).flatten()
}

#[lazy]
fn form_engines() -> Engines {
    Engines { check: schema::check, count: |schema, before, after| diff::diff(schema, before, after).len() }
}
