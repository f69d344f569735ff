//! The engine of hotkeys: reads and writes combinations, tells what a press does, and names keys for people.
//!
//! ```
//! use app::sections::hotkeys::Place;
//! use app::sections::hotkeys::keys::{Bindings, Chord, Outcome, Press};
//! let bindings = Bindings::of(&serde_json::json!({ "bindings": { "message.send": ["Mod+Enter"] } }));
//! let mut chord = Chord::default();
//! let press = Press { code: "Enter", key: "Enter", ctrl: true, in_text: true, ..Press::default() };
//! assert_eq!(bindings.press(&mut chord, &press, Place::Composer), Outcome::Action("message.send"));
//! ```

mod code;
mod label;
mod notation;
mod press;

pub use code::{Code, Sort};
pub use label::{Caps, US, caps};
pub use notation::{Held, Keys, Step, Unreadable};
pub use press::{Bindings, Chord, Outcome, Press};

#[cfg(test)]
mod tests;
