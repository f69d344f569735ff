//! The head of every page: menu, where I am, palette, language, theme, my account.

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use super::{Frame, Theme, drafts, fetch, storage};
use crate::backend::Me;
use crate::markup::{Node, awaited, view};
use crate::sections;
use crate::ui::{icon, keys, popover_class};
use crate::words::{Language, Word, key, language, section_title, t, tf};

/// The head of the page.
#[component]
pub fn Header() -> impl IntoView {
    let frame = Frame::get();
    view! {
        <header class="frame__header">
            <button
                type="button"
                class="button button--quiet button--icon frame__burger"
                popovertarget="nav"
                aria-label=t(key::MENU)
                on:click=fold
            >
                {icon("menu")}
            </button>
            <Where/>
            <div class="frame__tools">
                <button
                    type="button"
                    class="button button--plain frame__palette"
                    aria-keyshortcuts="Control+K"
                    aria-haspopup="dialog"
                    aria-label=t(key::FIND)
                    on:click=move |_| frame.palette.set(true)
                >
                    {icon("search")}
                    <span class="frame__palette-word">{t(key::FIND)}</span>
                    <span class="frame__palette-keys" aria-hidden="true">{keys(&["Ctrl", "K"])}</span>
                </button>
                <LanguageChoice/>
                <ThemeChoice/>
                <Account/>
            </div>
        </header>
    }
}

/// Where there is room for a column, the burger folds it; elsewhere it opens the menu as a popover.
fn fold(event: MouseEvent) {
    let wide =
        window().match_media("(min-width: 1200px)").ok().flatten().is_some_and(|media| media.matches());
    if !wide {
        return;
    }
    event.prevent_default();
    if let Some(body) = document().body() {
        match body.class_list().toggle("frame--folded") {
            Ok(true) => storage::set("frame.folded", "1"),
            _ => storage::remove("frame.folded"),
        }
    }
}

/// The way from the start to this page, read from its address.
#[component]
fn Where() -> impl IntoView {
    let pathname = use_location().pathname;
    let steps = move || {
        let path = pathname.get();
        let mut parts = path.trim_matches('/').split('/');
        let start = (t(key::GENERAL_SETTINGS), "/settings".to_owned());
        match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("settings", Some(section), record) => {
                let href = ["/settings/", section].concat();
                match sections::item(section) {
                    Some(item) => (vec![start, (section_title(item.key), href)], record.is_some()),
                    None => (vec![start, (t(key::NOT_FOUND_TITLE), href)], false),
                }
            }
            ("account", Some(_), record) => {
                let account = (t(key::MY_ACCOUNT), "/account".to_owned());
                let own = (t(key::OWN_REPLIES), "/account/replies".to_owned());
                (vec![start, account, own], record.is_some())
            }
            ("settings", None, _) => (vec![start], false),
            (page, _, _) => (vec![start, (page_title(page), String::new())], false),
        }
    };
    view! {
        <nav class="where" aria-label=t(key::WHERE_AM_I)>
            <ol class="where__list">
                {move || {
                    let (steps, below) = steps();
                    let last = steps.len() - 1;
                    steps
                        .into_iter()
                        .enumerate()
                        .map(|(n, (word, href))| {
                            let inside = match (n == last, below) {
                                (false, _) => view! { <a class="where__link" href=href>{word}</a> },
                                // A record is open: the way up to its list stays a link.
                                (true, true) => {
                                    view! { <a class="where__link" href=href aria-current="true">{word}</a> }
                                }
                                (true, false) => {
                                    view! { <span class="where__link" aria-current="page">{word}</span> }
                                }
                            };
                            view! { <li class="where__item">{inside}</li> }
                        })
                        .collect::<Vec<_>>()
                }}
            </ol>
        </nav>
    }
}

fn page_title(page: &str) -> &'static str {
    t(match page {
        "changes" => key::CHANGES,
        "access" => key::API_KEYS,
        "account" => key::MY_ACCOUNT,
        "ui" => key::ELEMENTS,
        _ => key::NOT_FOUND_TITLE,
    })
}

/// The address to come back to after a posted form.
pub(super) fn here() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { [&path, "?", &query].concat() }
    })
}

/// The other language, by a form that works without a script: every word of the page changes, so it is loaded anew.
#[component]
fn LanguageChoice() -> impl IntoView {
    let here = here();
    let (other, word) = match language() {
        Language::Uk => (Language::En, "УК"),
        Language::En => (Language::Uk, "EN"),
    };
    view! {
        <form class="frame__choice" method="post" action="/language">
            <input type="hidden" name="language" value=other.tag()/>
            <input type="hidden" name="next" value=move || here.get()/>
            <button class="button button--quiet">
                <span aria-hidden="true">{word}</span>
                <span class="visually-hidden">
                    {t(key::LANGUAGE_NOW)} " " <span lang=other.tag()>{t(key::LANGUAGE_OTHER)}</span>
                </span>
            </button>
        </form>
    }
}

/// The word for a theme.
pub(super) fn theme_word(theme: Theme) -> Word {
    match theme {
        Theme::System => key::THEME_SYSTEM,
        Theme::Light => key::THEME_LIGHT,
        Theme::Dark => key::THEME_DARK,
    }
}

/// Shows the page in another theme at once, and tells the server in the background.
pub(super) fn wear(theme: Theme) {
    Frame::get().theme.set(theme);
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-theme", theme.key());
    }
    spawn_local(async move {
        // Not kept if nothing answers: the page is as it was asked to be, and the next choice is told again.
        fetch::post("/theme", &[("theme", theme.key())]).await;
    });
}

/// The next theme, by a form that works without a script.
#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = Frame::get().theme;
    let here = here();
    let word = move || tf(key::THEME_NOW, &[("theme", t(theme_word(theme.get())))]);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        wear(theme.get_untracked().next());
    };
    view! {
        <form class="frame__choice" method="post" action="/theme" on:submit=submit>
            <input type="hidden" name="theme" value=move || theme.get().next().key()/>
            <input type="hidden" name="next" value=move || here.get()/>
            <button class="button button--quiet button--icon" aria-label=word title=word>
                {move || icon(theme.get().icon())}
            </button>
        </form>
    }
}

/// The menu of the person who is signed in.
#[component]
fn Account() -> impl IntoView {
    let session = Frame::get().session;
    view! {
        {awaited(|| Node::Nothing, move || session.me().and_then(Result::ok).map(|me| account_menu(&me)))}
    }
}

fn account_menu(me: &Me) -> Node {
    let Me { name, email, .. } = me.clone();
    let letters = initials(&name);
    let label = tf(key::MY_ACCOUNT_OF, &[("name", &name)]);
    let replies = me.has("replies.own").then(|| {
        view! {
            <li><a class="menu__item" href="/account/replies">
                {icon("message-square-quote")} <span>{t(key::OWN_REPLIES)}</span>
            </a></li>
        }
    });
    let menu = view! {
        <p class="menu__title">{name} <br/> {email}</p>
        <ul class="menu__list">
            <li><a class="menu__item" href="/account">{icon("user")} <span>{t(key::MY_ACCOUNT)}</span></a></li>
            {replies}
        </ul>
        <hr class="menu__line"/>
        <form id="sign-out" method="post" action="/sign-out" on:submit=sign_out>
            <button class="menu__item">{icon("log-out")} <span>{t(key::SIGN_OUT)}</span></button>
        </form>
    };
    view! {
        <button type="button" class="button button--quiet button--icon" popovertarget="me" aria-label=label.clone()
            title=label>
            <span class="avatar" aria-hidden="true">{letters}</span>
        </button>
        {popover_class("me", "popover popover--end menu", menu)}
    }
}

/// Asks before unsaved work is dropped; drafts go with the person.
fn sign_out(event: SubmitEvent) {
    event.prevent_default();
    leave_signed_out();
}

/// The same, for whoever has no form at hand.
pub(super) fn leave_signed_out() {
    let Frame { guard, session, .. } = Frame::get();
    let kept = session.known().map_or(0, |me| drafts::count(me.id));
    guard.lose(
        u32::try_from(kept).unwrap_or(u32::MAX),
        Callback::new(|()| {
            drafts::clear();
            let form =
                document().get_element_by_id("sign-out").and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
            if let Some(form) = form {
                let _ = form.submit();
            }
        }),
    );
}

/// The first letters of the first two words of a name.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .take(2)
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_two_capitals() {
        for (name, letters) in [("Олена Коваль", "ОК"), ("їжак", "Ї"), ("", ""), ("a b c", "AB")]
        {
            assert_eq!(super::initials(name), letters);
        }
    }
}
