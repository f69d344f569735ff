//! The list of dialogs: search, folders, and a row for each.

use leptos::prelude::*;

use super::draw::avatar;
use super::picture::{dot, picture};
use super::sample::{DIALOGS, Dialog, Extra, Kind, Message, TAGS};
use super::settings::{Settings, colour, text};
use super::state::{Folder, Panel};
use super::words::{self, Said};
use crate::markup::{Node, view};
use crate::text::fold;

/// A tag as the panel shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tag {
    pub name: String,
    pub colour: String,
    pub about: String,
    pub group: String,
    /// At most one of its group.
    pub alone: bool,
    pub supervisors: bool,
    pub edited: bool,
}

/// The tags that are set; the sample's own where there are none.
pub(super) fn tags(settings: &Settings) -> Vec<Tag> {
    let set: Vec<Tag> = settings
        .records("tags")
        .iter()
        .map(|entry| Tag {
            name: text(entry.value, "name").to_owned(),
            colour: colour(entry.value).unwrap_or_else(|| "#6b7b80".to_owned()),
            about: text(entry.value, "description").to_owned(),
            group: text(entry.value, "group").to_owned(),
            alone: entry.value.get("one_of_group") == Some(&true.into()),
            supervisors: text(entry.value, "who_may_add") == "supervisors",
            edited: entry.edited,
        })
        .filter(|tag| !tag.name.trim().is_empty())
        .collect();
    if !set.is_empty() {
        return set;
    }
    let sample = |(name, colour): (Said, &str)| Tag {
        name: name.now().to_owned(),
        colour: colour.to_owned(),
        about: String::new(),
        group: String::new(),
        alone: false,
        supervisors: false,
        edited: false,
    };
    TAGS.map(sample).to_vec()
}

/// The places of the tags on a dialog; one that is being edited is on the first dialog, so that it is seen.
pub(super) fn tags_of(panel: Panel, dialog: &Dialog, all: &[Tag]) -> Vec<usize> {
    let changed = if panel.open.get() == dialog.number { panel.tags.get() } else { None };
    let mut on: Vec<usize> = changed.unwrap_or_else(|| {
        let mut on = dialog.tags.to_vec();
        let edited = all.iter().position(|tag| tag.edited);
        if let Some(edited) =
            edited.filter(|edited| dialog.number == DIALOGS[0].number && !on.contains(edited))
        {
            on.insert(0, edited);
        }
        on
    });
    on.retain(|place| *place < all.len());
    on
}

/// A tag on a dialog.
pub(super) fn tag(tag: &Tag) -> Node {
    let class = if tag.edited { "op-tag op-tag--new" } else { "op-tag" };
    view! { <span class=class>{dot("op-tag__colour", tag.colour.clone())} {tag.name.clone()}</span> }
}

/// What the last message of a dialog says.
fn last(dialog: &Dialog) -> String {
    let Some(Message { text, extra, .. }) = dialog.messages.last() else { return String::new() };
    match extra {
        Extra::Sticker => words::STICKER.now().to_owned(),
        _ => text.now().to_owned(),
    }
}

impl Folder {
    fn holds(self, dialog: &Dialog) -> bool {
        match self {
            Self::Mine => dialog.mine,
            Self::Queue => matches!(dialog.kind, Kind::Queued | Kind::New),
            Self::All => true,
        }
    }
}

/// Draws the column.
pub(super) fn list(panel: Panel) -> Node {
    let folder = |one: Folder, word: Said| {
        let on = move || panel.folder.get() == one;
        let count = DIALOGS.iter().filter(|dialog| one.holds(dialog)).count();
        view! {
            <button type="button" class="op-folder" class:op-folder--current=on
                aria-pressed=move || if on() { "true" } else { "false" } on:click=move |_| panel.folder.set(one)>
                {word.now()} <span class="op-folder__count">{count}</span>
            </button>
        }
    };
    let rows = move || {
        let (folder, search) = (panel.folder.get(), fold(&panel.search.get()));
        let found = |dialog: &&Dialog| {
            folder.holds(dialog)
                && (search.is_empty()
                    || [dialog.name.now(), dialog.topic.now(), &last(dialog)]
                        .iter()
                        .any(|text| fold(text).contains(&search)))
        };
        let all = panel.settings.with(tags);
        let rows: Vec<_> = DIALOGS.iter().filter(found).map(|dialog| row(panel, dialog, &all)).collect();
        if rows.is_empty() {
            return view! { <p class="op-dialogs__empty">{words::NOTHING_HERE.now()}</p> };
        }
        view! { <ul class="op-dialogs">{rows}</ul> }
    };
    view! {
        <section class="op-list" aria-label=words::DIALOGS.now()>
            <div class="op-search">
                {picture("search")}
                <input class="op-search__field" type="search" autocomplete="off" aria-label=words::SEARCH.now()
                    placeholder=words::SEARCH.now() prop:value=move || panel.search.get()
                    on:input=move |event| panel.search.set(event_target_value(&event))/>
            </div>
            <div class="op-folders" role="group" aria-label=words::FOLDERS.now()>
                {folder(Folder::Mine, words::MINE)}
                {folder(Folder::Queue, words::QUEUE)}
                {folder(Folder::All, words::ALL_DIALOGS)}
            </div>
            {rows}
        </section>
    }
}

fn row(panel: Panel, dialog: &'static Dialog, all: &[Tag]) -> Node {
    let number = dialog.number;
    let current = move || panel.open.get() == number;
    let unread = (dialog.unread > 0).then(|| {
        let spoken = words::UNREAD.with(&dialog.unread.to_string());
        view! {
            <span class="op-dialog__unread"><span aria-hidden="true">{dialog.unread}</span>
                <span class="visually-hidden">{spoken}</span></span>
        }
    });
    let marks: Vec<_> = tags_of(panel, dialog, all).into_iter().map(|place| tag(&all[place])).collect();
    view! {
        <li>
            <button type="button" class=dialog.kind.class() class:op-dialog--unread=dialog.unread != 0
                class:op-dialog--current=current aria-current=move || current().then_some("true")
                on:click=move |_| panel.choose(number)>
                {avatar(dialog.name.now(), number)}
                <span class="op-dialog__name">{dialog.name.now()}</span>
                <span class="op-dialog__time">{dialog.time.now()}</span>
                <span class="op-dialog__text">{last(dialog)}</span>
                {unread}
                <span class="op-dialog__marks">
                    <span class="op-dialog__kind">{dialog.kind.word().now()}</span>
                    <span class="op-dialog__channel">{picture(dialog.channel.picture)} {dialog.channel.name.now()}</span>
                    {priority(dialog)}
                    {marks}
                </span>
            </button>
        </li>
    }
}

/// The priority of a dialog.
pub(super) fn priority(dialog: &Dialog) -> Node {
    view! {
        <span class=dialog.priority.class()>
            {picture("flag")} <span class="visually-hidden">{words::PRIORITY.now()} ": "</span>
            {dialog.priority.word().now()}
        </span>
    }
}
