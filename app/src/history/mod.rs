//! The past of a record: its versions, what differs between two of them, and whose change holds when two collide.

mod compare;
mod merge;
mod timeline;

pub use compare::difference;
pub use merge::merge_dialog;
pub use timeline::timeline;
