//! What the browser and the server of Pult share. The map of the crate:
//!
//! - [`sections`]: the settings themselves, a type with rules for each; [`field`]: the kinds of value they are made of.
//! - [`schema`], [`value`], [`text`], [`problem`]: engines over values; they know no section and no page.
//! - [`catalogue`]: the parts of the operator panel that a style may name.
//! - [`words`]: the interface in Ukrainian and English.
//! - `backend`, `calls`, `error`: how pages ask the server.
//! - `frame`, `directory`, `document`, `form`, `editor`, `history`, `panel`, `ui`: the pages, and the elements they are made of.
//!
//! Arrows run one way: pages know sections, sections know no page. Without the features `hydrate` and `ssr` the crate
//! holds types, rules and engines alone, and no Leptos.

#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod ask;
pub mod backend;
pub mod catalogue;
pub mod error;
pub mod field;
pub mod problem;
pub mod schema;
pub mod sections;
pub mod text;
pub mod value;
pub mod words;

#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod calls;

#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod directory;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod document;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod editor;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod form;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod frame;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod history;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod markup;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod panel;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod section;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod ui;

/// Wakes the page that the server has drawn; called by the page's own script.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    frame::wake();
}
