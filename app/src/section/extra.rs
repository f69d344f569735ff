//! What a record or a list needs only now and then: one chunk, fetched when it is first asked for.

use std::sync::Arc;

use leptos::lazy;
use leptos::prelude::*;
use serde_json::Value;

use super::questions::Questions;
use super::{Save, json, more, news, uses};
use crate::backend::{Can, Changes, Found, Uses};
use crate::directory::{self, Directory};
use crate::form::Form;
use crate::frame::apart::words_apart;
use crate::frame::drafts::Draft;
use crate::history;
use crate::markup::{Node, later};

/// A version and its value.
pub(crate) type Version = (i64, Arc<Value>);

/// What is wanted.
pub(crate) enum Extra {
    /// The JSON view of a form.
    Json(Save),
    /// The versions of a record, and two of them compared.
    History(Save, Arc<Changes>, Option<Version>, Option<Version>),
    /// Who refers to a record.
    Uses(Arc<Uses>),
    /// The less frequent actions of a record.
    More(Save, Questions),
    /// What is asked before something is done to a record.
    Questions(Questions),
    /// A kept draft that a newer version has overtaken.
    CatchUp(Form, Box<Draft>, RwSignal<Option<f64>>),
    /// What differs between two values.
    Difference(Arc<Value>, Value, Value, Vec<Found>),
    /// What is done to all picked records of a list.
    Bulk(Directory, Arc<Value>, Can),
    /// Reading records from a file.
    Import(Directory, RwSignal<bool>),
}

/// Draws it once its code is there.
pub(crate) fn extra(what: Extra) -> Node {
    later(async move {
        words_apart().await;
        extra_view(what).await
    })
}

#[lazy]
fn extra_view(what: Extra) -> Node {
    match what {
        Extra::Json(save) => json::json(save),
        Extra::History(save, changes, picked, against) => history::timeline(save, &changes, picked, against),
        Extra::Uses(found) => uses::uses(&found),
        Extra::More(save, questions) => more::items(save, questions),
        Extra::Questions(questions) => questions.draw(),
        Extra::CatchUp(form, kept, when) => news::catch_up(form, *kept, when),
        Extra::Difference(schema, before, after, labels) => {
            history::difference(&schema, &before, &after, &labels)
        }
        Extra::Bulk(directory, schema, can) => directory::bulk_bar(directory, &schema, can),
        Extra::Import(directory, open) => directory::import_dialog(directory, open),
    }
}

/// Fetches the code beforehand.
#[cfg(target_arch = "wasm32")]
pub(super) async fn fetch() {
    futures::join!(__preload_extra_view(), words_apart());
}
