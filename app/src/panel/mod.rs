//! The sample operator panel: what settings do to the work of an operator, seen before it is saved.
//!
//! The panel is a page of its own, drawn by this program: `/preview` shows what is saved. Beside an editor it is framed as
//! `/preview?framed=1`, without an origin, so that neither a style nor anything else in it reaches the console; there it
//! is told what to show:
//!
//! | message | from | means |
//! | --- | --- | --- |
//! | `{pult: "ready"}` | frame | it listens |
//! | `{pult: "saved", sections}` | editor | what is saved, as [`PanelSettings`](crate::backend::PanelSettings) |
//! | `{pult: "value", section, id, value}` | editor | the value being edited, at every change |
//! | `{pult: "css", css}` | editor | the style sheet of that value, checked and confined to the panel |
//! | `{pult: "look", theme}` | editor | `light` or `dark` |
//! | `{pult: "pick", on}` | editor | a press names the part instead of using it |
//! | `{pult: "picked", part}` | frame | the class of the part that was pressed |
//! | `{pult: "save"}` | frame | Ctrl/⌘+S was pressed in it |
//! | `{pult: "find", number, words, category}` | frame | what is looked for in the menu of quick replies |
//! | `{pult: "found", number, list}` | editor | the [`List`](crate::backend::List) that the server found; `null` if it didn't answer |
//!
//! Each side listens to the other's window alone. Parts and tokens are named in [`crate::catalogue`].

mod asking;
mod beside;
mod card;
mod composer;
mod conversation;
mod draw;
mod files;
mod filling;
mod keys;
mod list;
mod page;
mod pick;
mod picture;
mod replies;
mod sample;
mod settings;
mod skin;
mod state;
mod talk;
mod ticket;
mod words;

pub use beside::{SECTIONS, beside};
pub use page::PreviewPage;
