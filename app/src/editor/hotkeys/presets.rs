//! The choice between the two ways of sending, with what each would change.

use leptos::prelude::*;

use super::desk::Desk;
use crate::markup::{Node, view};
use crate::sections::hotkeys::{Preset, action};
use crate::ui::{Button, Tone, badge};
use crate::words::{key, t, tf};

/// Both ways beside each other.
pub(super) fn presets(desk: Desk) -> Node {
    let all: Vec<_> = Preset::ALL.into_iter().map(|preset| card(desk, preset)).collect();
    view! {
        <section class="hotkeys__part" aria-labelledby="hotkeys-presets">
            <h2 class="group__title" id="hotkeys-presets">{t(key::HOTKEYS_PRESETS)}</h2>
            <div class="hotkeys__presets">{all}</div>
        </section>
    }
}

/// One way: what sends, and the keys that would be others.
fn card(desk: Desk, preset: Preset) -> Node {
    let form = desk.form;
    let sends = preset.keys()[0].1[0];
    let title = move || tf(key::HOTKEYS_SENDS, &[("keys", &desk.keyboard.spoken(sends))]);
    let changes = Memo::new(move |_| form.draft.with(|draft| preset.changes(draft)));
    let lines = move || {
        let changes = changes.get();
        let line = |(id, keys): (&'static str, &'static [&'static str])| {
            let after: Vec<String> = keys.iter().map(|&keys| keys.to_owned()).collect();
            let before = action(id).map(|action| desk.keys(action).get()).unwrap_or_default();
            let was = changes.iter().any(|(changed, _)| *changed == id).then(|| {
                view! { <del>{desk.keyboard.all(&before)}</del> <span aria-hidden="true">"→"</span> " " }
            });
            view! { <li><span>{desk.label(id)}": "</span> {was} <span class="hotkeys__after">{desk.keyboard.all(&after)}</span></li> }
        };
        preset.keys().into_iter().map(line).collect::<Vec<_>>()
    };
    let apply = move |_| {
        for (id, keys) in preset.keys() {
            desk.write(id, keys.iter().map(|&keys| keys.to_owned()).collect());
        }
    };
    let off = Signal::derive(move || !form.editable.get());
    let foot = move || {
        if changes.with(Vec::is_empty) {
            badge(Tone::Ok, t(key::HOTKEYS_NOW))
        } else {
            let word = Signal::derive(move || tf(key::HOTKEYS_APPLY, &[("name", &title())]));
            view! { <Button small=true word=word disabled=off press=apply/> }
        }
    };
    view! {
        <div class="hotkeys__preset">
            <h3 class="hotkeys__title">{title}</h3>
            <ul class="hotkeys__changes">{lines}</ul>
            <div>{foot}</div>
        </div>
    }
}
