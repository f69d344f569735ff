//! The words of the interface: one table per language, typed keys, plural forms.
//!
//! A key that is missing in either language, or whose parameters differ, fails the build (`build.rs`). The server
//! knows every table; the browser is sent the reader's alone and awaits it before it wakes the page.

#[allow(missing_docs, reason = "made by build.rs from words/*.json: the key is the name")]
pub mod key {
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

mod table;

pub use table::{Language, Table, Word};

#[cfg(any(feature = "hydrate", feature = "ssr"))]
mod reader;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub use reader::*;
