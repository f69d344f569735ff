//! The menu of sections: the groups of the product, with what the reader may view.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Frame;
use crate::backend::Me;
use crate::markup::{Node, awaited, view};
use crate::sections::{self, Group, Item};
use crate::ui::icon;
use crate::words::{group_title, key, section_title, t};

/// The sections of a group that the reader may view, in the order of the menu.
pub(super) fn visible(me: &Me, group: Group) -> Vec<&'static Item> {
    sections::ALL
        .iter()
        .filter(|item| item.group == group && me.sections.get(item.key).is_some_and(|can| can.view))
        .collect()
}

/// The picture of a group.
pub(super) const fn group_icon(group: Group) -> &'static str {
    match group {
        Group::Bots => "bot",
        Group::Users => "users",
        Group::OperatorPanel => "headset",
        Group::Settings => "settings",
        Group::QuickReplies => "message-square-quote",
        Group::Instance => "server-cog",
    }
}

/// The menu: a column where there is room, a popover elsewhere.
#[component]
pub fn Nav() -> impl IntoView {
    let session = Frame::get().session;
    let pathname = use_location().pathname;
    view! {
        <nav class="nav" id="nav" popover="auto" aria-label=t(key::GENERAL_SETTINGS)>
            <a class="nav__home" href="/settings" aria-current=move || (pathname.get() == "/settings").then_some("page")>
                {icon("layout-grid")} <span>{t(key::START)}</span>
            </a>
            {awaited(|| Node::Nothing, move || session.me().and_then(Result::ok).map(|me| menu(&me, pathname)))}
        </nav>
    }
}

fn menu(me: &Me, pathname: Memo<String>) -> Node {
    let groups = Group::ALL
        .into_iter()
        .filter(|group| *group != Group::Instance)
        .map(|group| (group, visible(me, group)))
        .filter(|(_, items)| !items.is_empty())
        .map(|(group, items)| {
            view! {
                <details class="nav__group" open>
                    <summary class="nav__title">{group_title(group)}</summary>
                    <ul class="nav__list">{items.into_iter().map(|item| section_link(item, pathname)).collect::<Vec<_>>()}</ul>
                </details>
            }
        })
        .collect::<Vec<_>>();
    let instance = visible(me, Group::Instance);
    let instance = (!instance.is_empty()).then(|| {
        view! { <ul class="nav__list">{instance.into_iter().map(|item| section_link(item, pathname)).collect::<Vec<_>>()}</ul> }
    });
    let changes = (!me.sections.is_empty()).then(|| {
        let href = "/changes".to_owned();
        view! { <li>{link(href, "history", t(key::CHANGES), pathname)}</li> }
    });
    let keys = me.has("api_keys").then(|| {
        view! { <li>{link("/access/keys".to_owned(), "key-round", t(key::API_KEYS), pathname)}</li> }
    });
    view! {
        {groups}
        {instance}
        <ul class="nav__list nav__foot">
            {changes}
            {keys}
            <li>{link("/account".to_owned(), "user", t(key::MY_ACCOUNT), pathname)}</li>
        </ul>
    }
}

fn section_link(item: &'static Item, pathname: Memo<String>) -> Node {
    let href = ["/settings/", item.key].concat();
    view! { <li>{link(href, item.icon, section_title(item.key), pathname)}</li> }
}

fn link(href: String, picture: &str, word: &'static str, pathname: Memo<String>) -> Node {
    let to = href.clone();
    let current = move || {
        pathname.with(|path| match path.strip_prefix(&*to) {
            Some("") => Some("page"),
            Some(rest) if rest.starts_with('/') => Some("true"),
            _ => None,
        })
    };
    view! {
        <a class="nav__link" href=href aria-current=current>{icon(picture)} <span>{word}</span></a>
    }
}
