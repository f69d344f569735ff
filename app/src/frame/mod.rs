//! What stands around every page: the document, header, menu, palette, live changes, signing in, unsaved work.
//!
//! For pages: [`Session`] (who reads), [`toasts`], [`guard`], [`live`], [`drafts`], [`failed`] and [`report`] for
//! errors, [`undo`] for the notice after a save, [`title`], [`NotFound`], [`commit`] for history.

mod account;
pub mod apart;
mod app;
mod auth;
mod changes;
mod clipboard;
mod commits;
pub mod drafts;
#[cfg(debug_assertions)]
mod elements;
pub mod fetch;
mod find;
mod focus;
#[allow(clippy::module_inception, reason = "the handles of the frame are the frame")]
mod frame;
mod guard;
mod header;
mod keys;
mod live;
mod nav;
mod not_found;
mod others;
mod page;
mod palette;
mod readiness;
mod report;
mod session;
#[cfg(feature = "ssr")]
mod shell;
mod sign_in_again;
mod start;
pub mod storage;
mod title;
mod undo;

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod panic;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod wake;

pub use app::App;
pub use clipboard::copy;
pub use commits::{commit, op_word, record_href, who};
pub use frame::{Frame, guard, live, toasts};
pub use guard::{Guard, is_save};
pub use live::{Actor, Live, News, Notice};
pub use not_found::NotFound;
pub use page::{Page, Theme};
pub use report::{error_text, failed, report, report_and};
pub use session::Session;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use sign_in_again::SignInAgain;
pub use title::title;
pub use undo::undo;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub use wake::wake;
