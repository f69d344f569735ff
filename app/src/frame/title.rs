//! The title of the document.

use leptos::prelude::*;

use crate::markup::Node;

/// The titles of what is on the page, the last one shown: a record stands beside its list, and both have one.
#[derive(Clone, Copy)]
pub(super) struct Titles(StoredValue<Vec<(u32, String)>>);

impl Titles {
    pub(super) fn new() -> Self {
        Self(StoredValue::default())
    }

    fn push(self, text: String) {
        let number = self.0.try_update_value(|titles| {
            let number = titles.last().map_or(0, |(number, _)| number + 1);
            titles.push((number, text));
            number
        });
        on_cleanup(move || {
            let shown = self.0.try_update_value(|titles| {
                titles.retain(|(other, _)| Some(*other) != number);
                titles.last().map(|(_, text)| text.clone())
            });
            if let Some(text) = shown.flatten() {
                document().set_title(&text);
            }
        });
    }
}

/// Titles the document while what calls it is shown: «Теги · Pult».
pub fn title(text: &str) -> Node {
    let text = [text, " · Pult"].concat();
    #[cfg(feature = "ssr")]
    written(&text);
    if !cfg!(feature = "ssr") {
        document().set_title(&text);
        super::Frame::get().titles.push(text);
    }
    Node::Nothing
}

/// On the server `leptos_meta` puts it into the head. It writes the text between the tags as it is, so a record named
/// `</title><script>` would get out: it is escaped here.
#[cfg(feature = "ssr")]
fn written(text: &str) {
    // What it would draw is nothing; the call alone hands the text over.
    let _ = leptos_meta::Title(leptos_meta::TitleProps::builder().text(escaped(text)).build());
}

#[cfg(feature = "ssr")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    #[test]
    fn a_title_stays_inside_its_tags() {
        assert_eq!(super::escaped("</title><script>&"), "&lt;/title&gt;&lt;script&gt;&amp;");
    }
}
