//! The open conversation: its head, its tags, its messages.

use leptos::prelude::*;

use super::draw::button;
use super::list::{Tag, priority, tag, tags, tags_of};
use super::picture::{dot, picture, sticker};
use super::sample::{Extra, From, Message, OLENA, TARAS};
use super::state::{Panel, Written};
use super::words::{self, Said};
use crate::markup::{Node, view};

/// Draws it.
pub(super) fn conversation(panel: Panel) -> Node {
    let messages_place = NodeRef::<leptos::html::Ol>::new();
    // The newest message is what an operator reads first.
    Effect::new(move |_| {
        panel.open.track();
        panel.written.with(Vec::len);
        if let Some(list) = messages_place.get() {
            request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
        }
    });
    view! {
        {move || head(panel)}
        {move || marks(panel)}
        <ol class="op-messages" aria-label=words::MESSAGES.now() tabindex="0" node_ref=messages_place>
            {move || messages(panel)}
            {move || written(panel)}
        </ol>
        {move || {
            let dialog = panel.dialog();
            (dialog.name.0 == OLENA.0).then(|| view! {
                <p class="op-typing">{words::TYPING.with(dialog.name.now())}</p>
            })
        }}
    }
}

fn head(panel: Panel) -> Node {
    let dialog = panel.dialog();
    let about = [
        dialog.channel.name.now(),
        " · ",
        dialog.topic.now(),
        " · ",
        &words::NUMBER.with(&dialog.number.to_string()),
    ]
    .concat();
    let done = move |word: Said| move || panel.say(word.now());
    view! {
        <header class="op-head">
            <div>
                <h2 class="op-head__name">{dialog.name.now()}</h2>
                <p class="op-head__about">{about}</p>
            </div>
            <div class="op-head__actions">
                {button("op-button op-button--plain", "undo-2", words::TRANSFER, done(words::TRANSFER))}
                {button("op-button op-button--plain", "check", words::CLOSE, done(words::CLOSE))}
            </div>
        </header>
    }
}

/// Priority and tags of the dialog, and the choice of tags.
fn marks(panel: Panel) -> Node {
    let dialog = panel.dialog();
    let all = panel.settings.with(tags);
    let on = tags_of(panel, dialog, &all);
    let shown: Vec<_> = on.iter().map(|place| tag(&all[*place])).collect();
    let menu = panel.tagging.get().then(|| choice(panel, &all, &on));
    view! {
        <div class="op-tags">
            {priority(dialog)} {shown}
            <button type="button" class="op-button op-button--icon" aria-label=words::CHANGE_TAGS.now()
                title=words::CHANGE_TAGS.now() aria-expanded=move || if panel.tagging.get() { "true" } else { "false" }
                on:click=move |_| panel.tagging.update(|open| *open = !*open)>{picture("tags")}</button>
            {menu}
        </div>
    }
}

fn choice(panel: Panel, all: &[Tag], on: &[usize]) -> Node {
    let mut groups: Vec<&str> = all.iter().map(|tag| tag.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    // What stands in no group comes last.
    groups.sort_by_key(|group| group.is_empty());
    let alone = groups.len() == 1 && groups[0].is_empty();
    let group = |name: &&str| {
        let tags: Vec<_> = all
            .iter()
            .enumerate()
            .filter(|(_, tag)| tag.group == **name)
            .map(|(place, tag)| option(panel, place, tag, all, on))
            .collect();
        let title = if name.is_empty() { words::WITHOUT_GROUP.now().to_owned() } else { (*name).to_owned() };
        let title = (!alone).then(|| view! { <p class="op-tag-menu__title">{title}</p> });
        view! { <div class="op-tag-menu__group">{title} {tags}</div> }
    };
    let groups: Vec<_> = groups.iter().map(group).collect();
    view! { <div class="op-tag-menu" role="group" aria-label=words::TAGS.now()>{groups}</div> }
}

fn option(panel: Panel, place: usize, tag: &Tag, all: &[Tag], on: &[usize]) -> Node {
    let is_on = on.contains(&place);
    // Of a group that allows one tag, another goes when this one comes.
    let rivals: Vec<usize> = all
        .iter()
        .enumerate()
        .filter(|(other, rival)| *other != place && tag.alone && rival.group == tag.group)
        .map(|(other, _)| other)
        .collect();
    let on = on.to_vec();
    let press = move |_| {
        let mut next: Vec<usize> =
            on.iter().copied().filter(|other| *other != place && !rivals.contains(other)).collect();
        if !is_on {
            next.push(place);
        }
        panel.tags.set(Some(next));
    };
    let about = if tag.supervisors { words::ONLY_SUPERVISORS.now().to_owned() } else { tag.about.clone() };
    view! {
        <button type="button" class="op-tag-menu__tag" class:op-tag-menu__tag--on=is_on
            aria-pressed=if is_on { "true" } else { "false" } disabled=tag.supervisors title=about on:click=press>
            {dot("op-tag__colour", tag.colour.clone())} {tag.name.clone()}
        </button>
    }
}

fn messages(panel: Panel) -> Node {
    let dialog = panel.dialog();
    let mut drawn = vec![view! { <li class="op-day"><span>{words::TODAY.now()}</span></li> }];
    let mut line = false;
    for one in dialog.messages {
        if one.unread && !line {
            line = true;
            drawn.push(view! { <li class="op-unread-line"><span>{words::UNREAD_BELOW.now()}</span></li> });
        }
        drawn.push(message(one));
    }
    crate::markup::IntoNode::into_node(drawn)
}

const fn class(from: From) -> &'static str {
    match from {
        From::Client => "op-message op-message--client",
        From::Operator => "op-message op-message--operator",
        From::Bot => "op-message op-message--bot",
        From::System => "op-message op-message--system",
        From::Internal => "op-message op-message--internal",
    }
}

fn author(from: From, name: &'static str) -> Option<Node> {
    let kind = match from {
        From::System => return None,
        From::Internal => Some((picture("lock"), words::INTERNAL_NOTE)),
        From::Bot => Some((picture("bot"), words::BOT)),
        From::Client | From::Operator => None,
    };
    let kind = kind.map(|(picture, word)| view! { {picture} <span>{word.now()}</span> " · " });
    Some(view! { <p class="op-message__author">{kind} <span>{name}</span></p> })
}

fn message(message: &Message) -> Node {
    let Message { from, text, time, .. } = *message;
    let said = text.now();
    let said = (!said.is_empty()).then(|| view! { <p class="op-message__text">{said}</p> });
    let (quote, extra) = match message.extra {
        Extra::Nothing => (None, None),
        Extra::Quote(of) => (Some(view! { <p class="op-message__quote">{of.now()}</p> }), None),
        Extra::Image(name, size) => (None, Some(file("op-file op-file--image", "image", name, size))),
        Extra::Document(name, size) => (None, Some(file("op-file op-file--document", "file", name, size))),
        Extra::Sticker => {
            let name = words::STICKER.now();
            (None, Some(view! { <span class="op-sticker" role="img" aria-label=name>{sticker()}</span> }))
        }
    };
    let state =
        (from == From::Operator).then(|| state("op-message__state op-message__state--read", words::READ));
    view! {
        <li class=class(from)>
            {author(from, message.author.now())} {quote} {said} {extra}
            <p class="op-message__time">{time} {state}</p>
        </li>
    }
}

fn state(class: &'static str, word: Said) -> Node {
    view! { <span class=class>{picture("check")} <span class="visually-hidden">{word.now()}</span></span> }
}

fn file(class: &'static str, icon: &'static str, name: Said, size: Said) -> Node {
    view! {
        <span class=class>
            {picture(icon)} <span class="op-file__name">{name.now()}</span> <span class="op-file__size">{size.now()}</span>
        </span>
    }
}

/// What the operator has written since.
fn written(panel: Panel) -> Node {
    let open = panel.open.get();
    let all = panel.written.get();
    let drawn: Vec<_> = all.into_iter().filter(|one| one.dialog == open).map(|one| own(panel, one)).collect();
    crate::markup::IntoNode::into_node(drawn)
}

fn own(panel: Panel, written: Written) -> Node {
    let Written { id, text, internal, left, .. } = written;
    let from = if internal { From::Internal } else { From::Operator };
    let delayed = left > 0;
    let state =
        (!internal && !delayed).then(|| state("op-message__state op-message__state--sent", words::SENT));
    let waits = delayed.then(|| {
        view! {
            <p class="op-message__delay">
                <span>{words::SENDS_IN.with(&left.to_string())}</span>
                <button type="button" class="op-message__cancel" on:click=move |_| panel.cancel(id)>{words::CANCEL.now()}</button>
            </p>
        }
    });
    view! {
        <li class=class(from) class:op-message--delayed=delayed>
            {author(from, TARAS.now())}
            <p class="op-message__text">{text}</p>
            {waits}
            <p class="op-message__time">"10:05" {state}</p>
        </li>
    }
}
