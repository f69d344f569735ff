//! A row of a form: its label, its control, the way back to the default, help, and what is wrong.

use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::ui::icon;
use crate::words::{key, t, tf};

/// One sentence about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// It may be accepted; an error may not.
    pub warning: bool,
}

/// What stands around a control.
pub struct Row {
    /// The `id` of the control; the ids of label, help and problem are made of it.
    pub id: String,
    /// What people call the field.
    pub label: String,
    /// What JSON calls it.
    pub key: String,
    /// One sentence of help; empty for none.
    pub help: String,
    /// Must be filled in.
    pub required: bool,
    /// The row holds several controls, so that its name belongs to the group of them.
    pub several: bool,
    /// The control uses the whole width of the form.
    pub wide: bool,
    /// Differs from its default.
    pub changed: Signal<bool>,
    /// May be edited now.
    pub editable: Signal<bool>,
    /// Takes the value back to its default.
    pub reset: Callback<()>,
    /// What is wrong.
    pub said: Signal<Vec<Said>>,
}

/// The ids of the sentences that describe the control `id`, for its `aria-describedby`.
pub fn described(id: &str, help: bool, said: Signal<Vec<Said>>) -> Signal<Option<String>> {
    let id = id.to_owned();
    Signal::derive(move || {
        let mut ids = Vec::new();
        if help {
            ids.push(format!("{id}-help"));
        }
        if said.with(|said| !said.is_empty()) {
            ids.push(format!("{id}-problem"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    })
}

/// Draws a row around `control`.
pub fn field(row: Row, control: Node) -> Node {
    let Row { id, label, key, help, required, several, wide, changed, editable, reset, said } = row;
    let label_id = format!("{id}-label");
    let reset_name = tf(key::RESET_FIELD, &[("name", &label)]);
    let class = if wide { "field field--wide" } else { "field" };
    let name = if several {
        view! { <span id=label_id.clone()>{label}</span> }
    } else {
        view! { <label for=id.clone()>{label}</label> }
    };
    let back = move || {
        let name = reset_name.clone();
        (changed.get() && editable.get()).then(|| {
            view! {
                <button class="button button--quiet button--icon field__reset" type="button"
                    title=name.clone() aria-label=name on:click=move |_| reset.run(())>
                    {icon("rotate-ccw")}
                </button>
            }
        })
    };
    let help_id = format!("{id}-help");
    let problem_id = format!("{id}-problem");
    view! {
        <div class=class class:field--changed=move || changed.get()
            role=several.then_some("group") aria-labelledby=several.then_some(label_id)>
            <div class="field__label">
                {name}
                {required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> })}
                <code class="field__key">{key}</code>
            </div>
            <div class="field__control">{control}{back}</div>
            {(!help.is_empty()).then(|| view! { <p class="field__help" id=help_id>{help}</p> })}
            {move || sentences(&problem_id, &said.get())}
        </div>
    }
}

/// What is wrong with a control, below it; the first sentence carries the id that the control names.
pub fn sentences(id: &str, said: &[Said]) -> Vec<Node> {
    said.iter()
        .enumerate()
        .map(|(n, one)| {
            let (class, picture, grade) = if one.warning {
                ("field__problem field__problem--warning", "triangle-alert", t(key::WARNING))
            } else {
                ("field__problem field__problem--error", "circle-alert", t(key::ERROR))
            };
            view! {
                <p class=class id=(n == 0).then(|| id.to_owned())>
                    {icon(picture)}
                    <span><span class="visually-hidden">{grade}": "</span>{one.text.clone()}</span>
                </p>
            }
        })
        .collect()
}
