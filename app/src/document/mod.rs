//! What makes the value of a document easier to grasp than its form does.

mod aside;
mod timers_course;

pub use aside::aside;
pub use timers_course::timers_course;
