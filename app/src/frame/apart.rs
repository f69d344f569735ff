//! What comes apart from the page: the words that few pages say, and the style sheet of editors.

#[cfg(not(feature = "ssr"))]
pub use browser::{for_editors, words, words_apart};

/// The `id` of the link to the style sheet of editors.
pub const SHEET: &str = "editors-sheet";
/// That sheet, among the built files.
pub const SHEET_FILE: &str = "/built/editors.css";

/// The server has all words at hand, and names the sheet in the document.
#[cfg(feature = "ssr")]
pub fn for_editors() -> std::future::Ready<()> {
    std::future::ready(())
}

/// The server has all words at hand.
#[cfg(feature = "ssr")]
pub fn words_apart() -> std::future::Ready<()> {
    std::future::ready(())
}

#[cfg(not(feature = "ssr"))]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::thread::LocalKey;

    use js_sys::Promise;
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, future_to_promise};

    use super::super::fetch::read;
    use super::{SHEET, SHEET_FILE};

    /// Has the words that only editors, the sample panel and rarer pages say. The browser has one thread, so what it
    /// waits for may be said to be `Send`.
    pub fn words_apart() -> impl Future<Output = ()> + Send {
        thread_local!(static WORDS: Once = Once::default());
        send_wrapper::SendWrapper::new(once(&WORDS, async {
            let table = words(".apart").await;
            table.map(crate::words::take_apart).is_some()
        }))
    }

    /// What is asked for once, whoever needs it and however many at the same moment; again only after it has failed.
    #[derive(Default)]
    struct Once {
        asked: RefCell<Option<Promise>>,
        came: Cell<bool>,
    }

    /// Waits for what `asks` brings, which is begun if nobody has; it says whether it came.
    async fn once(once: &'static LocalKey<Once>, asks: impl Future<Output = bool> + 'static) {
        // At once, not in a moment: what the server has drawn is taken over by what is ready when it is first asked.
        if once.with(|once| once.came.get()) {
            return;
        }
        let begin = || {
            future_to_promise(async {
                let came = asks.await;
                came.then_some(JsValue::UNDEFINED).ok_or(JsValue::UNDEFINED)
            })
        };
        let promise = once.with(|once| once.asked.borrow_mut().get_or_insert_with(begin).clone());
        let came = JsFuture::from(promise).await.is_ok();
        once.with(|once| {
            once.came.set(came);
            if !came {
                once.asked.take();
            }
        });
    }

    /// A part of the reader's words: `""`, `".apart"` or `".later"`. `None` when nothing answered.
    pub async fn words(part: &str) -> Option<crate::words::Table> {
        let html = leptos::prelude::document().document_element()?;
        let (assets, language) = (html.get_attribute("data-assets")?, html.get_attribute("lang")?);
        let answer = read(&[&assets, "/words.", &language, part, ".json"].concat()).await?;
        crate::words::Table::parse(&answer.text).ok()
    }

    /// Has what every editor needs beside its code: the words and the style sheet of editors.
    pub fn for_editors() -> impl Future<Output = ()> + Send {
        send_wrapper::SendWrapper::new(async {
            futures::join!(words_apart(), sheet());
        })
    }

    /// Has the style sheet of editors; the server has named it in the document if it was an editor that was asked for.
    async fn sheet() {
        thread_local!(static SHEET_ASKED: Once = Once::default());
        once(&SHEET_ASKED, async {
            // Without it the editor is plain, but it works.
            let _ = link_sheet().await;
            true
        })
        .await;
    }

    /// Links the sheet and waits until it holds. `None` when that could not be begun.
    async fn link_sheet() -> Option<()> {
        let document = leptos::prelude::document();
        if document.get_element_by_id(SHEET).is_some() {
            return Some(());
        }
        let assets = document.document_element()?.get_attribute("data-assets")?;
        let link: web_sys::HtmlElement = document.create_element("link").ok()?.unchecked_into();
        link.set_id(SHEET);
        for (name, value) in [("rel", "stylesheet"), ("href", &[&assets, SHEET_FILE].concat())] {
            link.set_attribute(name, value).ok()?;
        }
        let come = Promise::new(&mut |come, _| {
            link.set_onload(Some(&come));
            link.set_onerror(Some(&come));
        });
        document.head()?.append_child(&link).ok()?;
        JsFuture::from(come).await.ok()?;
        Some(())
    }
}
