//! The CSS as text: the code editor with the panel's names, what was found, and what is published beside it.

use leptos::prelude::*;
use serde_json::Value;

use super::checked::{Checked, css_in};
use crate::catalogue::{Kind, PARTS, TOKENS};
use crate::form::{Form, control_id};
use crate::markup::{Node, view};
use crate::sections::styles::{Theme, effective};
use crate::ui::code::{Code, Known, code, compare};
use crate::ui::{Button, Kind as Look};
use crate::words::{key, language, t};

/// Draws it.
pub(super) fn css(form: Form, checked: Checked, go: RwSignal<Option<(u32, u32)>>) -> Node {
    let text = checked.text();
    let published = Memo::new(move |_| form.base.with(|base| css_in(&base.value).to_owned()));
    let comparing = RwSignal::new(false);
    let input = Callback::new(move |typed: String| form.set("/css", typed.into()));
    let light = Memo::new(move |_| form.draft.with(|draft| draft.get("light").cloned()));
    let completions = Memo::new(move |_| light.with(|light| names(&serde_json::json!({ "light": light }))));
    let shown = move || {
        if !form.awake.get() {
            return view! { <pre class="source"><code>{text.get_untracked()}</code></pre> };
        }
        if comparing.get() {
            return compare(t(key::STYLES_COMPARISON), published.into(), text.into());
        }
        code(Code {
            id: control_id("/css"),
            name: "CSS",
            language: "css",
            keep: "styles/0/css".into(),
            value: text.into(),
            input,
            editable: form.editable.into(),
            findings: checked.findings(),
            completions: completions.into(),
            go,
        })
    };
    let same = Signal::derive(move || text.with(|text| published.with(|published| published == text)));
    let word = move || t(if comparing.get() { key::STYLES_EDIT } else { key::STYLES_COMPARE });
    let off = Signal::derive(move || !form.awake.get() || (same.get() && !comparing.get()));
    view! {
        <div class="stack styles__css">
            <div class="row row--apart">
                <p class="field__help">{t(key::STYLES_ROOT)}</p>
                <Button kind=Look::Quiet icon="git-compare" word=Signal::derive(word) disabled=off
                    press=move |_| comparing.update(|on| *on = !*on)/>
            </div>
            {shown}
        </div>
    }
}

/// The parts and tokens of the panel; a colour as this value sets it.
fn names(value: &Value) -> Vec<Known> {
    let language = language();
    let parts = PARTS.iter().flat_map(|part| {
        let states = part.states.iter().map(|state| Known {
            label: [".", part.class, "--", state.name].concat(),
            detail: [part.about(language), ": ", state.about(language)].concat(),
            ..Known::default()
        });
        let (label, detail) = ([".", part.class].concat(), part.about(language).into());
        let own = Known { label, detail, ..Known::default() };
        std::iter::once(own).chain(states)
    });
    let tokens = TOKENS.iter().map(|token| Known {
        label: token.name.into(),
        detail: token.about(language).into(),
        colour: (token.kind == Kind::Colour).then(|| effective(value, token, Theme::Light).to_owned()),
        ..Known::default()
    });
    parts.chain(tokens).collect()
}
