//! Elements: button, field, table, dialog, popover … They know nothing of settings and nothing of pages.
//!
//! Each draws the markup that `docs/design-system.md` names, no class besides. Those with state are components,
//! the rest are functions that answer with a view.

pub mod badge;
mod button;
pub mod chips;
pub mod code;
pub mod colour;
pub mod combobox;
mod dialog;
pub mod duration;
mod failure;
pub mod field;
mod icon;
pub mod items;
mod kbd;
mod loading;
pub mod module;
mod notice;
pub mod paced;
pub mod pager;
mod popover;
pub mod reorder;
pub mod size;
mod status;
pub mod summary;
pub mod table;
pub mod tabs;
pub mod textarea;
mod time;
mod toast;

pub use crate::markup::{Awake, awake};
pub use badge::{Tone, badge};
pub use button::{Button, IconButton, Kind};
pub use dialog::{Confirm, Dialog};
pub use failure::failure;
pub use icon::{Sprite, icon, icon_as, icon_in, large_icon};
pub use kbd::keys;
pub use loading::{Shape as LoadingShape, loading};
pub use notice::{empty, notice};
pub use popover::{hide_popover, popover, popover_class};
pub use status::{Dot, status};
pub use time::{plain as plain_time, time, time_or_never};
pub use toast::{Toasts, ToastsView};
