//! `/ui`, in development only: every element in every state, to look at.

use leptos::prelude::*;

use super::{guard, title, toasts};
use crate::markup::{Node, view};
use crate::ui::{
    Button, Confirm, Dialog, Dot, IconButton, Kind, LoadingShape, Tone, badge, empty, failure, icon, keys,
    loading, notice, popover, status, time,
};

/// Draws it.
pub(super) fn page() -> Node {
    view! {
        {title("Elements")}
        <section class="pane pane--wide" aria-labelledby="title">
            <header class="pane__head"><h1 class="pane__title" id="title">"Elements"</h1></header>
            <div class="pane__body stack stack--loose">
                {buttons()} {words()} {waiting()} {floating()} {unsaved()}
            </div>
        </section>
    }
}

fn part(name: &'static str, content: Node) -> Node {
    view! { <section class="stack"><h2>{name}</h2>{content}</section> }
}

fn buttons() -> Node {
    let nothing = |_| ();
    let kinds = [
        (Kind::Primary, "Primary"),
        (Kind::Plain, "Plain"),
        (Kind::Quiet, "Quiet"),
        (Kind::Danger, "Danger"),
    ];
    let rows = kinds
        .into_iter()
        .map(|(kind, word)| {
            view! {
                <div class="row">
                    <Button kind=kind word=word press=nothing/>
                    <Button kind=kind icon="plus" word=word press=nothing/>
                    <Button kind=kind icon="plus" word="Small" small=true press=nothing/>
                    <Button kind=kind icon="plus" word="Busy" busy=true press=nothing/>
                    <Button kind=kind icon="plus" word="Disabled" disabled=true press=nothing/>
                    <IconButton kind=kind icon="ellipsis" word="More" press=nothing/>
                </div>
            }
        })
        .collect::<Vec<_>>();
    part("Buttons", view! { {rows} <div class="row">{keys(&["Ctrl", "K"])} {icon("tags")}</div> })
}

fn words() -> Node {
    let tones = [
        (Tone::Plain, "plain"),
        (Tone::Info, "info"),
        (Tone::Ok, "ok"),
        (Tone::Warning, "warning"),
        (Tone::Error, "error"),
        (Tone::Accent, "accent"),
    ];
    let dots = [Dot::Ok, Dot::Off, Dot::Warning, Dot::Error, Dot::Info];
    let notices =
        tones.map(|(tone, word)| notice(tone, word, "What to know, and what to do about it.", None));
    part(
        "Words about state",
        view! {
            <div class="row">{tones.map(|(tone, word)| badge(tone, word))}</div>
            <div class="row">{dots.map(|dot| status(dot, "Active"))}</div>
            {notices}
            <p>{time("2026-03-12T10:42:00+02:00")}</p>
        },
    )
}

fn waiting() -> Node {
    part(
        "Waiting, failing, empty",
        view! {
            {loading(LoadingShape::Lines, 3)} {loading(LoadingShape::Rows, 3)} {loading(LoadingShape::Fields, 3)}
            {failure("It failed".into(), "Why it failed".into(), "01J".into(), Some(Callback::new(|()| ())))}
            {empty("tags", "Nothing yet", "What it is for.", None)}
        },
    )
}

fn floating() -> Node {
    let (open, sure) = (RwSignal::new(false), RwSignal::new(false));
    part(
        "What floats",
        view! {
            <div class="row">
                <Button word="Dialog" press=move |_| open.set(true)/>
                <Button kind=Kind::Danger word="Confirm" press=move |_| sure.set(true)/>
                <Button word="Toast" press=move |_| toasts().say("Saved", Some(Callback::new(|()| ())))/>
                <Button word="Failed toast" press=move |_| toasts().fail("Could not be saved")/>
                <button type="button" class="button" popovertarget="ui-popover">"Popover"</button>
                {popover("ui-popover", view! { <p>"Hangs from its button."</p> })}
            </div>
            <Dialog open=open title="A dialog" id="ui-dialog"><p>"What it says."</p></Dialog>
            <Confirm open=sure title="Delete for good?" text="It can't be taken back." word="Delete for good" id="ui-sure"
                danger=true run=|()| ()/>
        },
    )
}

fn unsaved() -> Node {
    let count = RwSignal::new(0_u32);
    let change = move |n: u32| {
        count.set(n);
        guard().set("ui-form", n);
    };
    guard().on_save(
        "ui-form",
        Callback::new(move |()| {
            change(0);
            toasts().say("Saved", None);
        }),
    );
    part(
        "Unsaved changes",
        view! {
            <form id="ui-form" class="row" on:submit=|event| event.prevent_default()>
                <Button word="Change" press=move |_| change(count.get_untracked() + 1)/>
                <Button word="Discard" press=move |_| change(0)/>
                <span>{move || count.get()}</span>
            </form>
        },
    )
}
