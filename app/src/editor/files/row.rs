//! One rule: its extension, name, types, limit, direction and switch, edited in place.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::rules::{Rules, text};
use crate::form::{Form, control_id, options};
use crate::markup::{IntoNode, Node, view};
use crate::schema;
use crate::sections::files::danger;
use crate::ui::field::{Said, described, sentences};
use crate::ui::icon;
use crate::value::figures;
use crate::words::{key, problem_text, t, tf};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 6] = ["extension", "title", "mime_types", "max_mb", "direction", "allow"];

/// The names of the columns and of the options.
#[derive(Clone)]
pub(super) struct Columns(Arc<Value>);

impl Columns {
    /// Takes them from the schema of a rule.
    pub fn of(rule: &Value) -> Self {
        Self(Arc::new(rule.get("properties").cloned().unwrap_or_default()))
    }

    /// What people call a column.
    pub fn label(&self, name: &str) -> String {
        let property = self.0.get(name).unwrap_or(&Value::Null);
        schema::note(property, "title").and_then(Value::as_str).unwrap_or(name).to_owned()
    }

    fn directions(&self) -> Vec<(String, String)> {
        self.0.get("direction").map(options).unwrap_or_default()
    }
}

/// One property of one rule.
#[derive(Clone)]
struct Cell {
    form: Form,
    pointer: Arc<str>,
    label: String,
    said: Signal<Vec<Said>>,
}

impl Cell {
    fn value(&self) -> Memo<Value> {
        let (form, pointer) = (self.form, Arc::clone(&self.pointer));
        Memo::new(move |_| form.draft.with(|draft| draft.pointer(&pointer).cloned().unwrap_or_default()))
    }

    fn set(&self, value: impl Into<Value>) {
        self.form.set(&self.pointer, value.into());
    }

    /// Takes the property away: the document stays as short as the panel writes it.
    fn clear(&self) {
        self.set(Value::Null);
        self.form.draft.update(|draft| drop(crate::value::remove(draft, &self.pointer)));
    }

    fn id(&self) -> String {
        control_id(&self.pointer)
    }

    fn described(&self) -> Signal<Option<String>> {
        described(&self.id(), false, self.said)
    }

    fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + use<> {
        let said = self.said;
        move || said.with(|said| said.iter().any(|one| !one.warning)).then_some("true")
    }
}

/// Draws the rule at place `n` of the list.
pub(super) fn row(rules: Rules, n: usize, columns: &Columns) -> Node {
    let form = rules.form;
    let at = ["/files/", &n.to_string()].concat();
    let name = {
        let at = at.clone();
        Memo::new(move |_| {
            let extension =
                form.draft.with(|draft| draft.pointer(&at).map(|rule| text(rule, "extension").to_owned()));
            match extension.filter(|extension| !extension.is_empty()) {
                Some(extension) => [".", &extension].concat(),
                None => t(key::FILES_NEW_NAME).to_owned(),
            }
        })
    };
    let cell = |property: &str| {
        let pointer: Arc<str> = [&at, "/", property].concat().into();
        let place = Arc::clone(&pointer);
        let said = Memo::new(move |_| form.said(&place, true)).into();
        Cell { form, pointer, label: columns.label(property), said }
    };
    let named = move |cell: &Cell| {
        let label = cell.label.clone();
        move || [&label, ": ", &name.get()].concat()
    };
    let td = |class: &'static str, cell: &Cell, control: Node| {
        view! { <td class=class data-label=cell.label.clone()>{control}</td> }
    };
    let [extension, title, types, limit, direction, allow] = COLUMNS.map(cell);
    let on = {
        let value = allow.value();
        move || value.with(|value| *value == Value::Bool(true))
    };
    let cells = vec![
        td("rules__extension", &extension, one_line(&extension, named(&extension), true)),
        td("rules__title", &title, one_line(&title, named(&title), false)),
        td("rules__types", &types, types_of(&types, named(&types))),
        td("rules__limit", &limit, limit_of(&limit, named(&limit))),
        td("rules__direction", &direction, direction_of(&direction, named(&direction), columns.directions())),
        td("rules__allow", &allow, switch(&allow, named(&allow))),
    ];
    let remove_id = control_id(&[&at, "/remove"].concat());
    let remove = view! {
        <td class="rules__remove">
            <button class="button button--quiet button--icon button--small" type="button" id=remove_id disabled=true
                prop:disabled=move || !form.editable.get() aria-label=move || tf(key::REMOVE_NAMED, &[("name", &name.get())])
                on:click=move |_| rules.remove(n)>{icon("trash-2")}</button>
        </td>
    };
    // Problems of the rule as a whole stand with its extension.
    let whole = Memo::new(move |_| form.said(&at, false));
    let all = [extension.clone(), title, types, limit, direction, allow];
    let why = {
        let value = extension.value();
        move || value.with(|value| danger(value.as_str().unwrap_or_default()))
    };
    let said = move || {
        let mut lines: Vec<Node> = sentences("", &whole.get());
        for cell in &all {
            lines.extend(sentences(&[&cell.id(), "-problem"].concat(), &cell.said.get()));
        }
        // Why it is better refused is said where it is; that it is allowed all the same is a warning of its own.
        if let Some(danger) = why().filter(|_| !on()) {
            let problem = crate::problem::Problem::error("", danger.code());
            lines.push(view! { <p class="rules__why">{problem_text(&problem)}</p> });
        }
        (!lines.is_empty())
            .then(|| view! { <tr class="rules__said"><td></td><td colspan="6">{lines}</td></tr> })
    };
    view! {
        <tbody class="rules__rule" class:rules__rule--refused=move || !on()>
            <tr>{cells} {remove}</tr>
            {said}
        </tbody>
    }
}

/// Extension or name. An extension may be typed as people write it; when it is left, it is made what it must be.
fn one_line(cell: &Cell, name: impl Fn() -> String + Send + Sync + 'static, extension: bool) -> Node {
    let (form, value, described, invalid) = (cell.form, cell.value(), cell.described(), cell.invalid());
    let shown = move || value.with(|value| value.as_str().unwrap_or_default().to_owned());
    let first = untrack(shown);
    let (writing, leaving) = (cell.clone(), cell.clone());
    let left = move |ev| {
        let text: String = event_target_value(&ev);
        if extension {
            let tidy = text.trim().trim_start_matches('.').to_lowercase();
            if tidy != text {
                leaving.set(tidy);
            }
        }
        leaving.form.touch(&leaving.pointer);
    };
    let class = if extension { "input input--code" } else { "input" };
    view! {
        <input class=class id=cell.id() aria-label=name autocomplete="off" spellcheck="false"
            value=first prop:value=shown disabled=true prop:disabled=move || !form.editable.get()
            aria-describedby=move || described.get() aria-invalid=invalid
            on:input=move |ev| writing.set(event_target_value(&ev)) on:blur=left/>
    }
}

/// The types, with commas between. While they are typed, the text stays as it is.
fn types_of(cell: &Cell, name: impl Fn() -> String + Send + Sync + 'static) -> Node {
    let (form, value, described, invalid) = (cell.form, cell.value(), cell.described(), cell.invalid());
    let typed = RwSignal::new(None::<String>);
    let joined = move || {
        value.with(|value| {
            let types = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            types.collect::<Vec<_>>().join(", ")
        })
    };
    let shown = move || typed.get().unwrap_or_else(joined);
    let first = untrack(joined);
    let writing = cell.clone();
    let input = move |ev| {
        let text: String = event_target_value(&ev);
        let types = text.split([',', ';', ' ', '\n']).map(str::trim).filter(|kind| !kind.is_empty());
        writing.set(Value::Array(types.map(Value::from).collect()));
        typed.set(Some(text));
    };
    view! {
        <input class="input input--code" id=cell.id() aria-label=name autocomplete="off" spellcheck="false"
            placeholder=t(key::FILES_TYPES_HINT)
            value=first prop:value=shown disabled=true prop:disabled=move || !form.editable.get()
            aria-describedby=move || described.get() aria-invalid=invalid
            on:input=input on:blur=move |_| typed.set(None)/>
    }
}

/// The limit of the extension; the general one stands behind it, and holds where it is smaller.
fn limit_of(cell: &Cell, name: impl Fn() -> String + Send + Sync + 'static) -> Node {
    let (form, value, described, invalid) = (cell.form, cell.value(), cell.described(), cell.invalid());
    let general =
        Memo::new(move |_| form.draft.with(|draft| draft.get("max_file_size_mb").and_then(Value::as_u64)));
    let number = move |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => figures(number),
        _ => String::new(),
    };
    let shown = move || value.with(number);
    let first = untrack(shown);
    let writing = cell.clone();
    let input = move |ev| {
        let text: String = event_target_value(&ev);
        match (text.trim(), text.trim().parse::<u32>()) {
            ("", _) => writing.clear(),
            (_, Ok(number)) => writing.set(number),
            (other, Err(_)) => writing.set(other),
        }
    };
    let capped = move || {
        let (own, general) = (value.with(Value::as_u64), general.get());
        let general = general.filter(|general| own.is_some_and(|own| own > *general))?;
        let text = tf(key::FILES_LIMIT_CAPPED, &[("max", &general.to_string())]);
        Some(view! { <span class="rules__capped">{text}</span> })
    };
    view! {
        <input class="input input--number" id=cell.id() aria-label=name inputmode="numeric" autocomplete="off"
            placeholder=move || general.get().map(|general| general.to_string())
            value=first prop:value=shown disabled=true prop:disabled=move || !form.editable.get()
            aria-describedby=move || described.get() aria-invalid=invalid on:input=input/>
        {capped}
    }
}

fn direction_of(
    cell: &Cell,
    name: impl Fn() -> String + Send + Sync + 'static,
    options: Vec<(String, String)>,
) -> Node {
    let (form, value) = (cell.form, cell.value());
    let rows: Vec<Node> = options
        .into_iter()
        .map(|(code, word)| {
            let chosen = {
                let code = code.clone();
                move || value.with(|value| value.as_str().unwrap_or("both") == code)
            };
            let first = untrack(&chosen);
            view! { <option value=code selected=first prop:selected=chosen>{word}</option> }
        })
        .collect();
    let writing = cell.clone();
    let change = move |ev| {
        let code: String = event_target_value(&ev);
        if code == "both" { writing.clear() } else { writing.set(code) }
    };
    view! {
        <select class="select" id=cell.id() aria-label=name disabled=true prop:disabled=move || !form.editable.get()
            on:change=change>{rows}</select>
    }
}

fn switch(cell: &Cell, name: impl Fn() -> String + Send + Sync + 'static) -> Node {
    let (form, value) = (cell.form, cell.value());
    let on = move || value.with(|value| *value == Value::Bool(true));
    let first = untrack(on);
    let writing = cell.clone();
    view! {
        <label class="switch">
            <input class="switch__input" type="checkbox" role="switch" id=cell.id() aria-label=name
                checked=first prop:checked=on disabled=true prop:disabled=move || !form.editable.get()
                on:change=move |ev| writing.set(event_target_checked(&ev))/>
        </label>
    }
    .into_node()
}
