//! The settings: one versioned store, held whole in memory, written by commits alone.
//!
//! - [`snapshot`]: all settings at one moment; readers never wait and never touch the database.
//! - [`prepare`]: what a commit would do to a snapshot, and whether it may. Pure.
//! - [`writer`]: the only writer; takes waiting commits, writes them durably, publishes the next snapshot.
//! - [`service`]: opening the store, reading history, listening to other nodes.
//! - [`health`]: which quick replies ought to be looked at, and why.
//! - [`fields`]: single settings, for the palette.
//! - [`readiness`]: what stands in the way of work, found in the settings as they are.
//! - [`outside`]: uses that no setting knows of, as integrations report them.
//! - [`desk`]: the store as one caller sees it, with their rights: what pages and REST talk to.

mod actors;
pub mod collation;
pub mod desk;
pub mod fields;
pub mod fresh;
pub mod hash;
pub mod health;
pub mod history;
pub mod listing;
pub mod outside;
mod panel;
pub mod prepare;
pub mod readiness;
pub mod schema;
pub mod search;
mod secrets;
pub mod service;
pub mod snapshot;
pub mod transfer;
pub mod verify;
pub mod writer;

pub use service::{Notice, Settings, first_hash};
pub use snapshot::Snapshot;
