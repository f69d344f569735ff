//! Editors: what draws a section better than a form made of its schema. A module each, and each a chunk of its own.
//!
//! An editor works on the same [`Form`] as the generated one: it reads and writes the draft, and save, JSON view, history
//! and merge know nothing of it. To add one: a module here with a `#[lazy]` function `editor`, and a line in the list at the end.

use leptos::prelude::*;

use crate::form::Form;
use crate::markup::{Node, later};
use crate::ui::code::Known;

// Declared here and not by the macro: a module that a macro declares may not name `view!` beside Leptos's prelude.
mod client_card;
mod fields;
mod files;
mod hotkeys;
mod replies;
mod styles;

/// What is wanted of an editor that has a part in the JSON view as well.
#[derive(Clone, Copy)]
pub enum Part {
    /// The form.
    Form,
    /// What stands beside the JSON, and may add to the words that it is completed with.
    Json(RwSignal<Vec<Known>>),
}

/// Is this the address of a page that an editor draws?
pub fn is_at(path: &str) -> bool {
    let mut parts = path.trim_matches('/').split('/');
    parts.next() == Some("settings") && parts.next().is_some_and(has)
}

/// Lists the editors: the section's key, and the module whose lazy function `editor` draws it; `+ widgets` after it where
/// the editor draws fields as the generated form would, at once; `(Part::Form)` where it has other parts too.
macro_rules! editors {
    ($($($section:literal)|+ => $module:ident $(($part:expr))? $(+ $widgets:ident)?),* $(,)?) => {
        /// Has this section an editor?
        fn has(section: &str) -> bool {
            matches!(section, $($($section)|+)|*)
        }

        /// Does the page of this section begin with widgets of the generated form?
        pub fn has_widgets(section: &str) -> bool {
            match section {
                $($($section)|+ => false $(|| stringify!($widgets) == "widgets")?,)*
                _ => true,
            }
        }

        /// The editor of the section that a form belongs to; none where the generated form is good enough.
        pub fn draw(form: Form) -> Option<Node> {
            match form.section {
                $($($section)|+ => Some(later(async move {
                    crate::frame::apart::for_editors().await;
                    $module::editor(form $(, $part)?).await
                })),)*
                _ => None,
            }
        }

        /// Fetches the code of a section's editor beforehand, so that what the server has drawn is taken over as it is.
        /// The server has all of the code.
        pub async fn fetch(section: &str) {
            #[cfg(target_arch = "wasm32")]
            match section {
                $($($section)|+ => {
                    futures::join!($module::__preload_editor(), crate::frame::apart::for_editors());
                })*
                _ => {}
            }
            #[cfg(not(target_arch = "wasm32"))]
            let _ = section;
        }
    };
}

editors! {
    "client-card" => client_card(Part::Form),
    "files" => files,
    "hotkeys" => hotkeys,
    "replies" => replies + widgets,
    "styles" => styles,
    "user-fields" | "client-fields" => fields(Part::Form),
}

/// What the editor of the section does beside the JSON of a form.
pub fn beside_json(form: Form, known: RwSignal<Vec<Known>>) -> Option<Node> {
    let part = Part::Json(known);
    match form.section {
        "client-card" => Some(later(client_card::editor(form, part))),
        "user-fields" | "client-fields" => Some(later(fields::editor(form, part))),
        _ => None,
    }
}
