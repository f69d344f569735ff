//! The database: how it is opened, what its tables are, and how they come to be.

mod connect;
pub mod entities;
mod migrations;

pub use connect::{Database, OpenError, hold, is_there};
