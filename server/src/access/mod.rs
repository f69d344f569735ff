//! Who may do what: people and programs, their sessions and keys, and what their role allows.

pub mod accounts;
pub mod actor;
mod agent;
pub mod keys;
mod memory;
pub mod one_time;
pub mod passwords;
pub mod rights;
pub mod sessions;
pub mod tokens;

pub use actor::{Actor, Via};
pub use rights::Rights;
