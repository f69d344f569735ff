//! Wakes the page: takes the reader's words, then takes over what the server has drawn.

use leptos::mount::hydrate_from_async;
use leptos::prelude::*;
use leptos::tachys::dom::body;

use super::{App, Frame, apart, panic};
use crate::words;

/// Room for the splitter, in no chunk and in no file: it lays the constants of each chunk out anew, padded, in the place
/// that all of them had, and where that is too small by a byte it puts them all into the first chunk.
#[cfg(target_arch = "wasm32")]
#[used]
static ROOM: [u8; 16 * 1024] = [1; 16 * 1024];

/// Called once, by the page's own script.
pub fn wake() {
    panic::set_hook();
    // Leptos has no executor before it takes the page over.
    wasm_bindgen_futures::spawn_local(async {
        // Without its words the page stays as the server has drawn it: it can be read, its forms and links work.
        let Some(table) = apart::words("").await else { return };
        words::take(table);
        // Waits for the code of the page, which is a chunk of its own.
        hydrate_from_async(body(), App).await.forget();
        Frame::get().awake.set(true);
        // What depends on being awake is drawn first.
        leptos::task::tick().await;
        if let Some(html) = document().document_element() {
            let _ = html.set_attribute("data-hydrated", "");
        }
        if let Some(table) = apart::words(".later").await {
            words::take_later(table);
        }
    });
}
