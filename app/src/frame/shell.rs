//! The HTML document around every page, as the server sends it.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use super::apart::{SHEET, SHEET_FILE};
use super::{App, Page};
use crate::words;

/// The first script of every page. HTML passes, because Leptos makes elements from templates; script text and script
/// addresses are refused, because nothing of ours makes them. (`import()` of a chunk is no such sink.)
const POLICY: &str = "window.trustedTypes&&trustedTypes.createPolicy('default',{createHTML:html=>html});";

/// Folds the menu away before the first picture, if that is how the reader left it.
const FOLD: &str = "addEventListener('DOMContentLoaded',()=>{try{if(localStorage.getItem('frame.folded'))\
    document.body.classList.add('frame--folded')}catch{}});";

/// What fetches a module that is no part of the program (`ui::module`). A failure is not worth a word: its user does
/// without it.
const IMPORT: &str = "window.pultImport=path=>import(path).catch(()=>{});";

/// The document: head, and the [`App`] as its body.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let page = Page::current();
    let language = words::language().tag();
    let nonce = use_nonce();
    let Page { assets, .. } = &page;
    let package = [assets, "/", &*options.site_pkg_dir, "/", &*options.output_name].concat();
    let (script, wasm) = ([&package, ".js"].concat(), [&package, ".wasm"].concat());
    // Both addresses are ours and hold no quote; the browser starts the words' and the program's way at once.
    let wake = [
        "import('",
        &script,
        "').then(async pult=>{await pult.default({module_or_path:'",
        &wasm,
        "'});pult.hydrate()})",
    ]
    .concat();
    let body = match () {
        () if page.is_preview() => "preview",
        () if page.is_bare() => "frame frame--bare",
        () => "frame",
    };
    // The panel is dressed by its own sheet alone, as the real one is.
    let style = if page.is_preview() { [assets, "/panel.css"].concat() } else { [&package, ".css"].concat() };
    // In development `/ui` shows what editors are made of, too.
    let editors = (crate::editor::is_at(&page.path) || page.development && !page.is_preview())
        .then(|| view! { <link rel="stylesheet" id=SHEET href=[assets, SHEET_FILE].concat()/> });
    view! {
        <!DOCTYPE html>
        <html
            lang=language
            data-theme=page.theme.key()
            data-assets=assets.clone()
            data-build=page.build.clone()
            data-development=page.development.then_some("")
        >
            <head>
                <meta charset="utf-8"/>
                <script nonce=nonce.clone()>{POLICY}</script>
                <script nonce=nonce.clone()>{FOLD}</script>
                <script nonce=nonce.clone()>{IMPORT}</script>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href=style/>
                {editors}
                <link rel="icon" type="image/svg+xml" href=[assets, "/favicon.svg"].concat()/>
                <link rel="modulepreload" href=script nonce=nonce.clone()/>
                <link rel="preload" r#as="fetch" type="application/wasm" crossorigin="anonymous" href=wasm/>
                <link
                    rel="preload"
                    r#as="fetch"
                    type="application/json"
                    crossorigin="anonymous"
                    href=[assets, "/words.", language, ".json"].concat()
                />
                <MetaTags/>
                <script type="module" nonce=nonce>{wake}</script>
            </head>
            <body class=body>
                <App/>
            </body>
        </html>
    }
}
