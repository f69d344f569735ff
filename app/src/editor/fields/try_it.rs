//! Trying it: the form as people will see it, filled and judged as it is typed; nothing of it is kept.

use std::collections::BTreeMap;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::detail::{Detail, detail, fetch_soon};
use super::sheet::Sheet;
use super::source;
use crate::markup::{IntoNode, Node, view};
use crate::sections::fields::{Definition, FieldType, Fields, accept, day, pattern::Pattern};
use crate::ui::field::{Row, Said, described, field as row};
use crate::ui::textarea::{Textarea, textarea};
use crate::ui::{Dot, icon, status};
use crate::words::{key, problem_text, t, tf};

/// What was typed, by alias.
type Typed = RwSignal<BTreeMap<String, Value>>;

/// The reader's own day, `YYYY-MM-DD`.
fn today() -> String {
    let now = js_sys::Date::new_0();
    let two =
        |number: u32| if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() };
    [&now.get_full_year().to_string(), "-", &two(now.get_month() + 1), "-", &two(now.get_date())].concat()
}

/// Draws it, folded until somebody wants it: every keystroke judges the whole form.
pub(super) fn try_it(sheet: Sheet) -> Node {
    let open = RwSignal::new(false);
    let none = move || sheet.aliases().get().is_empty();
    let body =
        move || (open.get() && sheet.form.awake.get()).then(|| untrack(|| detail(Detail::TryIt(sheet))));
    view! {
        <section class="group try" aria-labelledby="try-title" hidden=none on:keydown=|ev| enter(&ev)
            on:pointerenter=|_| fetch_soon() on:focusin=|_| fetch_soon()>
            <h2 class="group__title" id="try-title">
                <button class="items__toggle" type="button" aria-expanded=move || open.get().to_string()
                    disabled=true prop:disabled=move || !sheet.form.awake.get()
                    on:click=move |_| open.update(|open| *open = !*open)>
                    {icon("chevron-right")} <span>{t(key::TRY_IT)}</span>
                </button>
            </h2>
            <p class="group__help">{t(key::TRY_IT_TEXT)}</p>
            {body}
        </section>
    }
}

/// Enter in a box that is only tried must not save the document.
fn enter(ev: &KeyboardEvent) {
    let line = ev.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some());
    if ev.key() == "Enter" && line {
        ev.prevent_default();
    }
}

/// The form itself.
pub(super) fn body(sheet: Sheet) -> Node {
    let typed: Typed = RwSignal::new(BTreeMap::new());
    let day = today();
    let fields = Memo::new(move |_| {
        sheet.form.draft.with(|draft| Fields::read(draft.get(sheet.root).unwrap_or(&Value::Null)))
    });
    // The form is drawn anew when a definition changes; what was typed stays.
    let groups = move || {
        let fields = fields.get();
        let mut groups: Vec<(String, Vec<Node>)> = Vec::new();
        for (alias, field) in fields.0 {
            let group = field.text("group").to_owned();
            let drawn = untrack(|| one(typed, alias, field, day.clone()));
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, rows)) => rows.push(drawn),
                None => groups.push((group, vec![drawn])),
            }
        }
        groups
            .into_iter()
            .map(|(group, rows)| {
                if group.is_empty() {
                    return view! { <div class="group">{rows}</div> };
                }
                view! { <fieldset class="group"><legend class="group__title">{group}</legend>{rows}</fieldset> }
            })
            .collect::<Vec<_>>()
    };
    view! { <div class="try__form">{groups}</div> }
}

/// The value that a field starts with.
fn first(field: &Definition, today: &str) -> Value {
    let default = field.get("default").cloned().unwrap_or_default();
    match (field.kind(), &default) {
        (Some(FieldType::Date), Value::String(text)) => {
            day::resolve(text, today).map_or(default, Value::from)
        }
        _ => default,
    }
}

/// One field as people will see it.
fn one(typed: Typed, alias: String, field: Definition, today: String) -> Node {
    let id = ["try-", &alias].concat();
    let start = first(&field, &today);
    let value = {
        let (alias, start) = (alias.clone(), start.clone());
        Memo::new(move |_| typed.with(|typed| typed.get(&alias).cloned()).unwrap_or_else(|| start.clone()))
    };
    let judged = {
        let (field, today) = (field.clone(), today.clone());
        Memo::new(move |_| value.with(|value| accept(&field, value, &today)))
    };
    let touched = {
        let alias = alias.clone();
        Memo::new(move |_| typed.with(|typed| typed.contains_key(&alias)))
    };
    let said = Signal::derive(move || match judged.get() {
        Err(problem) if touched.get() => vec![Said { text: problem_text(&problem), warning: false }],
        _ => Vec::new(),
    });
    let write = Callback::new(move |value: Value| {
        typed.update(|typed| {
            typed.insert(alias.clone(), value);
        });
    });
    let fixed = field.flag("non_editable");
    let hint = field.text("hint").to_owned();
    let described = described(&id, !hint.is_empty(), said);
    let invalid = Signal::derive(move || said.with(|said| !said.is_empty()));
    let control = control(&field, &id, value, write, fixed, described, invalid);
    let outcome = move || match (touched.get(), judged.get()) {
        (true, Ok(stored)) if !stored.is_null() => {
            let same = value.with(|value| *value == stored);
            let word = match &stored {
                _ if same => t(key::TRY_FITS).to_owned(),
                Value::String(text) => tf(key::TRY_STORED, &[("value", text)]),
                other => tf(key::TRY_STORED, &[("value", &other.to_string())]),
            };
            Some(view! { <span class="try__outcome" role="status">{status(Dot::Ok, word)}</span> })
        }
        _ => None,
    };
    let label = if field.label().is_empty() { id.trim_start_matches("try-") } else { field.label() };
    let of = Row {
        id: id.clone(),
        label: label.to_owned(),
        key: String::new(),
        help: hint,
        required: field.flag("required"),
        several: false,
        wide: false,
        changed: Signal::derive(|| false),
        editable: Signal::derive(|| true),
        reset: Callback::new(|()| ()),
        said,
    };
    let samples = samples(&field, &id);
    view! {
        {row(of, view! { <span class="try__control">{control} {outcome}</span> })}
        {samples}
    }
}

/// The control that the type asks for.
fn control(
    field: &Definition,
    id: &str,
    value: Memo<Value>,
    write: Callback<Value>,
    fixed: bool,
    described: Signal<Option<String>>,
    invalid: Signal<bool>,
) -> Node {
    let text = Signal::derive(move || {
        value.with(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    });
    let required = field.flag("required").then_some("true");
    match field.kind() {
        Some(FieldType::Text) => textarea(Textarea {
            id: id.to_owned(),
            class: "textarea",
            name: None,
            language: None,
            rows: 3,
            value: text,
            editable: Signal::derive(move || !fixed),
            described,
            invalid,
            input: Callback::new(move |text: String| write.run(text.into())),
            left: Callback::new(|()| ()),
            place: NodeRef::<html::Textarea>::new(),
        }),
        Some(FieldType::Select) => {
            let options: Vec<_> = field
                .options()
                .filter(|(_, _, archived)| !archived)
                .map(|(value, label, _)| {
                    let own = value.to_owned();
                    view! {
                        <option value=value.to_owned() prop:selected=move || text.with(|text| *text == own)>{label.to_owned()}</option>
                    }
                })
                .collect();
            view! {
                <select class="select" id=id.to_owned() disabled=fixed aria-required=required
                    aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                    on:change=move |ev| write.run(event_target_value(&ev).into())>
                    <option value="" prop:selected=move || text.with(String::is_empty)>{t(key::NOT_CHOSEN)}</option>
                    {options}
                </select>
            }
        }
        Some(FieldType::SelectApi) => source::control(field, id, write, fixed, described),
        Some(FieldType::Boolean) => view! {
            <label class="check">
                <input class="check__box" type="checkbox" id=id.to_owned() disabled=fixed aria-required=required
                    aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                    prop:checked=move || text.with(|text| text == "true")
                    on:change=move |ev| write.run(event_target_checked(&ev).into())/>
                <span class="check__word">{move || t(if text.with(|text| text == "true") { key::ON } else { key::OFF })}</span>
            </label>
        },
        Some(FieldType::File) => view! {
            <input class="input" type="file" id=id.to_owned() disabled=fixed aria-required=required
                aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                on:change=move |ev| write.run(picked(&ev))/>
        },
        kind => {
            let (class, sort, mode) = match kind {
                Some(FieldType::Date) => ("input input--short", "date", "text"),
                Some(FieldType::Integer | FieldType::BigInt) => ("input input--short", "text", "numeric"),
                Some(FieldType::Float) => ("input input--short", "text", "decimal"),
                _ => ("input", "text", "text"),
            };
            view! {
                <input class=class type=sort id=id.to_owned() inputmode=mode autocomplete="off" disabled=fixed
                    aria-required=required prop:value=move || text.get()
                    aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                    on:input=move |ev| write.run(event_target_value(&ev).into())/>
            }
        }
    }
}

/// The file that was picked, as its definition judges it: name and size; it is not read.
fn picked(ev: &leptos::ev::Event) -> Value {
    let input = ev.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
    file.map_or(Value::Null, |file| {
        Value::Object(Map::from_iter([
            ("name".to_owned(), file.name().into()),
            // Sizes of files are whole numbers that a float holds exactly.
            ("size".to_owned(), (file.size() as u64).into()),
        ]))
    })
}

/// A list of sample values for a pattern, each with the verdict.
fn samples(field: &Definition, id: &str) -> Option<Node> {
    let pattern = Pattern::new(field.text("pattern")).ok().filter(|_| !field.text("pattern").is_empty())?;
    let text = RwSignal::new(String::new());
    let area = textarea(Textarea {
        id: [id, "-samples"].concat(),
        class: "textarea textarea--code",
        name: Some(tf(key::TRY_SAMPLES_OF, &[("name", field.label())])),
        language: None,
        rows: 2,
        value: text.into(),
        editable: Signal::derive(|| true),
        described: Signal::derive(|| None),
        invalid: Signal::derive(|| false),
        input: Callback::new(move |typed| text.set(typed)),
        left: Callback::new(|()| ()),
        place: NodeRef::<html::Textarea>::new(),
    });
    let verdicts = move || {
        let text = text.get();
        text.lines()
            .filter(|line| !line.is_empty())
            .map(|line| {
                let verdict = if pattern.matches(line) {
                    status(Dot::Ok, t(key::TRY_FITS))
                } else {
                    status(Dot::Error, t(key::TRY_FAILS))
                };
                view! { <li class="try__verdict"><code>{line.to_owned()}</code> {verdict}</li> }
            })
            .collect::<Vec<_>>()
    };
    Some(view! {
        <div class="try__samples">
            <p class="field__help">{t(key::TRY_SAMPLES)}": " <code>{field.text("pattern").to_owned()}</code></p>
            {area}
            <ul class="try__verdicts">{verdicts}</ul>
        </div>
    }
    .into_node())
}
