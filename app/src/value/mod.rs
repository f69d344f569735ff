//! Works on JSON values as such: pointers, text, differences, three-way merge and merge patch.

pub mod diff;
mod json;
mod list;
mod locate;
pub mod merge;
mod order;
pub mod patch;
mod pointer;
mod read;
mod write;

#[cfg(test)]
pub(crate) mod tests;

pub use json::{Syntax, decimal, parse_json};
pub use list::Step;
pub use locate::{Position, locate, locate_key};
pub use order::order_like;
pub use pointer::{get, get_mut, remove, segments, set};
pub use read::{NotOfType, read};
pub use write::{compact, figures, pretty};

pub(crate) use list::{identity, signature};
