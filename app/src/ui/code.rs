//! The code editor: `<code-editor>` of `app/js`, a plain textarea until that has come, and below it what is wrong.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::module;
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

/// What the editor completes: a name, what it means, its colour if it stands for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The name as it stands in the text. How it begins says where it fits: `.` in a selector, `--` in a value, `"` at a
    /// key of JSON, `{` in a template.
    pub label: String,
    /// What it means.
    pub detail: String,
    /// Shown beside it, and before each use of it in the text.
    pub colour: Option<String>,
    /// In JSON: the key of whose value it is; none of a key.
    pub key: Option<String>,
}

/// What the editor needs.
pub struct Code {
    /// Its `id`.
    pub id: String,
    /// What it is called.
    pub name: &'static str,
    /// `css`, `json` or `template`.
    pub language: &'static str,
    /// Under which name its undo is kept when it leaves the page.
    pub keep: String,
    /// The text.
    pub value: Signal<String>,
    /// The person typed.
    pub input: Callback<String>,
    /// May be edited now.
    pub editable: Signal<bool>,
    /// What is wrong.
    pub findings: Signal<Vec<Finding>>,
    /// Names that are known here.
    pub completions: Signal<Vec<Known>>,
    /// Set to a stretch of the text, in UTF-16 units, it takes the person there.
    pub go: RwSignal<Option<(u32, u32)>>,
}

/// Draws it.
pub fn code(of: Code) -> Node {
    let Code { id, name, language, keep, value, input, editable, findings, completions, go } = of;
    let place = NodeRef::<html::Div>::new();
    let ready = RwSignal::new(false);
    Effect::new(move |_| module::fetch("built/code-editor.js"));
    Effect::new(move |_| {
        if let (Some((from, to)), Some(place)) = (go.get(), place.get_untracked()) {
            jump(&place, from, to);
            go.set(None);
        }
    });
    // What the person typed is in the element already; only what comes from elsewhere is handed to it.
    let typed = StoredValue::new(None::<String>);
    let write = move |text: String| {
        typed.set_value(Some(text.clone()));
        input.run(text);
    };
    // Counted, because what comes may be what was handed over before all that was typed.
    let handed = Memo::new(move |earlier: Option<&(u32, String)>| {
        let own = value.with(|value| typed.with_value(|typed| typed.as_deref() == Some(value)));
        match earlier {
            Some(earlier) if own => earlier.clone(),
            _ => {
                typed.set_value(None);
                (earlier.map_or(0, |(n, _)| n.wrapping_add(1)), value.get())
            }
        }
    });
    let fallback = move || {
        (!ready.get()).then(|| {
            view! {
                <textarea class="code__text" spellcheck="false" wrap="off" aria-label=name autocapitalize="off"
                    disabled=true prop:disabled=move || !editable.get() prop:value=move || value.get()
                    on:input=move |ev| write(event_target_value(&ev))></textarea>
            }
        })
    };
    view! {
        <div class="code" node_ref=place>
            <code-editor class="code__editor" id=id name=name language=language keep=keep
                prop:value=move || handed.with(|(_, text)| text.clone()) prop:disabled=move || !editable.get()
                prop:findings=move || findings.with(|all| findings_json(all))
                prop:completions=move || completions.with(|all| completions_json(all))
                on:load=move |_| ready.set(true)
                on:input=move |ev| write(event_target_value(&ev))>
                {fallback}
            </code-editor>
            {list(findings, go)}
            <p class="code__hint">{t(key::CODE_LEAVE)}</p>
        </div>
    }
}

/// Two style sheets side by side, to be read: what is published, and the draft.
pub fn compare(name: &'static str, before: Signal<String>, after: Signal<String>) -> Node {
    Effect::new(move |_| module::fetch("built/compare.js"));
    view! {
        <div class="compare">
            <p class="compare__heads"><span>{t(key::STYLES_PUBLISHED)}</span> <span>{t(key::STYLES_DRAFT)}</span></p>
            <code-compare class="compare__view" role="group" aria-label=name before=t(key::STYLES_PUBLISHED) after=t(key::STYLES_DRAFT)
                prop:one=move || before.get() prop:other=move || after.get()></code-compare>
        </div>
    }
}

/// What is wrong, in words; each leads to its place.
fn list(findings: Signal<Vec<Finding>>, go: RwSignal<Option<(u32, u32)>>) -> Node {
    let row = move |finding: Finding| {
        let Finding { line, column, offset, text, warning } = finding;
        let (class, picture) = if warning {
            ("code__problem code__problem--warning", "triangle-alert")
        } else {
            ("code__problem code__problem--error", "circle-alert")
        };
        let word = tf(key::CODE_PLACE, &[("line", &line.to_string()), ("column", &column.to_string())]);
        view! {
            <li class=class>
                {icon(picture)}
                <button class="code__place" type="button" on:click=move |_| go.set(Some((offset, offset)))>{word}</button>
                <span>{text}</span>
            </li>
        }
    };
    let rows = move || {
        let found = findings.get();
        (!found.is_empty()).then(|| {
            let rows: Vec<_> = found.into_iter().map(row).collect();
            view! { <ul class="code__problems" aria-label=t(key::CODE_PROBLEMS)>{rows}</ul> }
        })
    };
    view! { {rows} }
}

/// Takes the person to a place, in the element or in what stands for it.
fn jump(place: &web_sys::HtmlElement, from: u32, to: u32) {
    let Ok(Some(editor)) = place.query_selector("code-editor") else { return };
    let go = js_sys::Reflect::get(&editor, &JsValue::from_str("go")).ok();
    if let Some(go) = go.and_then(|go| go.dyn_into::<js_sys::Function>().ok()) {
        let _ = go.call2(&editor, &from.into(), &to.into());
    } else if let Ok(Some(area)) = editor.query_selector("textarea") {
        let area: web_sys::HtmlTextAreaElement = area.unchecked_into();
        let _ = area.focus();
        let _ = area.set_selection_range(from, to);
    }
}

fn findings_json(findings: &[Finding]) -> String {
    let row = |finding: &Finding| serde_json::json!({ "from": finding.offset, "text": finding.text, "warning": finding.warning });
    serde_json::Value::Array(findings.iter().map(row).collect()).to_string()
}

fn completions_json(known: &[Known]) -> String {
    let row = |known: &Known| serde_json::json!({ "label": known.label, "detail": known.detail, "colour": known.colour, "key": known.key });
    serde_json::Value::Array(known.iter().map(row).collect()).to_string()
}
