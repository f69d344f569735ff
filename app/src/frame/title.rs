//! The title of the document, one a page.

use crate::ui::view;
use leptos::prelude::*;

/// Titles the document while the page is shown: «Теги · Pult».
///
/// On the server `leptos_meta` 0.8 writes the text between the tags as it is, so a record named `</title><script>`
/// would get out; it is escaped here, on that side alone.
#[component]
pub fn Title(
    /// What the page is.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let text = [&text, " · Pult"].concat();
    let text = if cfg!(feature = "ssr") { escaped(&text) } else { text };
    view! { <leptos_meta::Title text=text/> }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_stays_inside_its_tags() {
        assert_eq!(super::escaped("</title><script>&"), "&lt;/title&gt;&lt;script&gt;&amp;");
    }
}
