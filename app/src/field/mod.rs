//! The kinds of value that a section's type is made of; each brings its limits, its schema and its widget.
//!
//! A field's type is its whole description: `Text<1, 40>` is a required line of at most forty characters,
//! `Ref<ReplyCategory>` a link to a record that must exist. The form, the JSON view, REST and search read the
//! schema that these types write, so a section never repeats a limit.

mod attachment;
mod choice;
pub mod contrast;
mod reference;
mod secret;
mod text;

pub use attachment::{ATTACHMENT_BYTES, Attachment, Attachments};
pub use choice::{CHANNELS, Channel, Colour};
pub use reference::{Ref, Refs};
pub use secret::secret;
pub use text::{
    Alias, Code, Date, Email, Host, LanguageTag, LongText, LongWords, Origin, Phone, Shortcut, Text,
    TimeZone, Words,
};
