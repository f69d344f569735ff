//! What the console does with a person's text: folding for search and uniqueness, counting, cleaning, refusing.
//!
//! Pure functions over `&str`, the same in the browser and on the server. Their tables cover the alphabets that
//! the console meets daily, Ukrainian first, not all of Unicode: the browser pays for every kilobyte.

mod clean;
mod fold;
mod graphemes;
mod layout;
mod letters;
mod mixed_word;
mod nearest;
mod plural;
mod refused;
mod skeleton;
mod slug;

pub use clean::{clean_line, clean_text};
pub use fold::fold;
pub use graphemes::graphemes;
pub use layout::other_layout;
pub use mixed_word::mixed_word;
pub use nearest::nearest;
pub use plural::{Plural, plural};
pub use refused::{Allow, refused_char};
pub use skeleton::skeleton;
pub use slug::{SLUG_LENGTH, slug};
