//! What is drawn of the fields only when somebody unfolds it: the properties of one, and trying them all. A chunk of its
//! own, which comes as soon as the pointer or the focus comes near.

use leptos::lazy;

use super::sheet::Sheet;
use super::{properties, try_it};
use crate::markup::{Node, later};

/// What is unfolded.
pub(super) enum Detail {
    /// The properties of the field of this alias.
    Properties(Sheet, String),
    /// The form as people will see it.
    TryIt(Sheet),
}

/// Draws it once its code is there.
pub(super) fn detail(what: Detail) -> Node {
    later(field_detail(what))
}

#[lazy]
fn field_detail(what: Detail) -> Node {
    match what {
        Detail::Properties(sheet, alias) => properties::properties(sheet, &alias),
        Detail::TryIt(sheet) => try_it::body(sheet),
    }
}

/// Has the code.
#[cfg(target_arch = "wasm32")]
pub(super) fn fetch() -> impl Future<Output = ()> {
    __preload_field_detail()
}

/// The server has all of the code.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn fetch() -> impl Future<Output = ()> {
    std::future::ready(())
}

/// Fetches the code beforehand.
pub(super) fn fetch_soon() {
    leptos::task::spawn_local(fetch());
}
