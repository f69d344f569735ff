//! The plain code editor: text, line numbers that scroll with it, and what is wrong at which line.

use leptos::html;
use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::ui::icon;
use crate::words::{key, t, tf};

/// One finding in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters.
    pub column: u32,
    /// The place in the text, in UTF-16 units as browsers count.
    pub offset: u32,
    /// The sentence.
    pub text: String,
    /// It may be accepted; an error may not.
    pub warning: bool,
}

/// What the editor needs.
pub struct Code {
    /// Its `id`.
    pub id: String,
    /// What it is called.
    pub name: &'static str,
    /// The text.
    pub value: Signal<String>,
    /// The person typed.
    pub input: Callback<String>,
    /// May be edited now.
    pub editable: Signal<bool>,
    /// What is wrong.
    pub findings: Signal<Vec<Finding>>,
}

/// Draws it. The text scrolls sideways by itself and downwards together with the numbers.
pub fn code(of: Code) -> Node {
    let Code { id, name, value, input, editable, findings } = of;
    let place = NodeRef::<html::Textarea>::new();
    let lines = Memo::new(move |_| value.with(|text| text.split('\n').count()));
    let gutter = move || {
        let found = findings.get();
        (1..=lines.get())
            .map(|line| {
                let here = || found.iter().filter(|finding| finding.line as usize == line);
                let class = if here().any(|finding| !finding.warning) {
                    "code__line code__line--error"
                } else if here().next().is_some() {
                    "code__line code__line--warning"
                } else {
                    "code__line"
                };
                view! { <span class=class>{line}</span> }
            })
            .collect::<Vec<_>>()
    };
    let go = move |at: u32| {
        if let Some(area) = place.get_untracked() {
            let _ = area.focus();
            let _ = area.set_selection_range(at, at);
        }
    };
    let list = move || {
        let found = findings.get();
        (!found.is_empty()).then(|| {
            let rows: Vec<_> = found
                .into_iter()
                .map(|finding| {
                    let Finding { line, column, offset, text, warning } = finding;
                    let (class, picture) = if warning {
                        ("code__problem code__problem--warning", "triangle-alert")
                    } else {
                        ("code__problem code__problem--error", "circle-alert")
                    };
                    let word =
                        tf(key::CODE_PLACE, &[("line", &line.to_string()), ("column", &column.to_string())]);
                    view! {
                        <li class=class>
                            {icon(picture)}
                            <button class="code__place" type="button" on:click=move |_| go(offset)>{word}</button>
                            <span>{text}</span>
                        </li>
                    }
                })
                .collect();
            view! { <ul class="code__problems" aria-label=t(key::CODE_PROBLEMS)>{rows}</ul> }
        })
    };
    view! {
        <div class="code">
            <div class="code__frame">
                <pre class="code__gutter" aria-hidden="true">{gutter}</pre>
                <textarea class="code__text" id=id spellcheck="false" wrap="off" aria-label=name autocapitalize="off"
                    rows=move || lines.get().to_string() disabled=true prop:disabled=move || !editable.get()
                    prop:value=move || value.get() node_ref=place
                    on:input=move |ev| input.run(event_target_value(&ev))></textarea>
            </div>
            {list}
        </div>
    }
}
