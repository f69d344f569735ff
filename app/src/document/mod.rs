//! The page of a section with one value: its form, and what makes the value easier to grasp.

mod aside;
mod timers_course;

pub use aside::aside;

use crate::markup::Node;
use crate::section::{Open, Shared, record_pane};

/// A document is worked on like a record; it merely stands alone.
pub fn pane(shared: Shared, open: Open, section: &'static str) -> Node {
    record_pane(shared, open, Some(section))
}
