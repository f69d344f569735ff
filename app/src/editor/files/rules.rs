//! The table of rules: searched, filtered, sorted for the eye, added to. Its order in the document stays as it is.

use std::cmp::Ordering;

use leptos::prelude::*;
use serde_json::{Value, json};

use super::row;
use crate::form::{Form, control_id};
use crate::markup::{IntoNode, Node, view};
use crate::schema;
use crate::ui::summary::{focus, once_drawn};
use crate::ui::table::Order;
use crate::ui::{Button, Kind, icon};
use crate::words::{key, t, tf};

/// What of the list is shown, and how.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub form: Form,
    query: RwSignal<String>,
    state: RwSignal<String>,
    sort: RwSignal<String>,
    count: Memo<usize>,
}

/// The text of a property of one rule.
pub(super) fn text<'v>(rule: &'v Value, name: &str) -> &'v str {
    rule.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The rules of a draft.
fn list(draft: &Value) -> &[Value] {
    draft.get("files").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn allowed(rule: &Value) -> bool {
    rule.get("allow") == Some(&Value::Bool(true))
}

impl Rules {
    pub fn new(form: Form) -> Self {
        let count = Memo::new(move |_| form.draft.with(|draft| list(draft).len()));
        let empty = || RwSignal::new(String::new());
        Self { form, query: empty(), state: empty(), sort: empty(), count }
    }

    /// The places of the rules to show, in order. What is typed into a rule moves it only when the table is asked anew:
    /// a row must not leave from under the hands.
    fn shown(self) -> Memo<Vec<usize>> {
        Memo::new(move |_| {
            self.count.track();
            self.form.base.track();
            let query = self.query.get().trim().trim_start_matches('.').to_lowercase();
            let (state, sort) = (self.state.get(), self.sort.get());
            self.form.draft.with_untracked(|draft| {
                let rules = list(draft);
                let fits = |rule: &Value| {
                    let types = rule.get("mime_types").and_then(Value::as_array).into_iter().flatten();
                    let types = types.filter_map(Value::as_str);
                    let mut texts = [text(rule, "extension"), text(rule, "title")].into_iter().chain(types);
                    let wanted = match state.as_str() {
                        "allowed" => allowed(rule),
                        "refused" => !allowed(rule),
                        _ => true,
                    };
                    wanted && (query.is_empty() || texts.any(|text| text.to_lowercase().contains(&query)))
                };
                let mut shown: Vec<usize> = (0..rules.len()).filter(|n| fits(&rules[*n])).collect();
                let (name, descending) = match sort.strip_prefix('-') {
                    Some(name) => (name, true),
                    None => (sort.as_str(), false),
                };
                if !name.is_empty() {
                    shown.sort_by(|a, b| {
                        let order = compare(name, &rules[*a], &rules[*b]);
                        if descending { order.reverse() } else { order }
                    });
                }
                shown
            })
        })
    }

    /// Adds an empty rule at the end, and lets nothing hide it.
    fn add(self) {
        self.show_all();
        let n = self.count.get_untracked();
        let fresh = json!({ "title": "", "extension": "", "mime_types": [], "allow": true });
        self.form.set(&["/files/", &n.to_string()].concat(), fresh);
        self.go(n);
    }

    fn show_all(self) {
        self.query.set(String::new());
        self.state.set(String::new());
    }

    /// Moves the focus to a rule, wherever it is.
    pub fn go(self, n: usize) {
        self.show_all();
        let id = control_id(&["/files/", &n.to_string(), "/extension"].concat());
        once_drawn(move || focus(&id));
    }

    /// Takes a rule out; the focus goes to its successor.
    pub fn remove(self, n: usize) {
        let mut rules = self.form.draft.with_untracked(|draft| list(draft).to_vec());
        if n >= rules.len() {
            return;
        }
        rules.remove(n);
        let last = rules.len().checked_sub(1);
        self.form.set("/files", Value::Array(rules));
        let next = match last {
            Some(last) => control_id(&["/files/", &n.min(last).to_string(), "/remove"].concat()),
            None => ADD.to_owned(),
        };
        once_drawn(move || focus(&next));
    }

    /// The whole of it.
    pub fn draw(self) -> Node {
        let form = self.form;
        let schema = form.schema();
        let whole = schema.get("properties").and_then(|all| all.get("files")).cloned().unwrap_or_default();
        let label = schema::note(&whole, "title").and_then(Value::as_str).unwrap_or_default().to_owned();
        let help = schema::note(&whole, "description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let rule = schema::note(&whole, "items").cloned().unwrap_or_default();
        let columns = row::Columns::of(&rule);
        let counts = move || {
            let (all, allowed) = form
                .draft
                .with(|draft| (list(draft).len(), list(draft).iter().filter(|rule| allowed(rule)).count()));
            tf(
                key::FILES_COUNTS,
                &[("allowed", &allowed.to_string()), ("refused", &(all - allowed).to_string())],
            )
        };
        let off = Signal::derive(move || !form.editable.get());
        let shown = self.shown();
        let rows = {
            let columns = columns.clone();
            move || {
                let row = |n: usize| (n as i64, row::row(self, n, &columns));
                Node::Keyed(shown.get().into_iter().map(row).collect())
            }
        };
        let nothing = move || {
            shown
                .with(Vec::is_empty)
                .then(|| view! { <p class="rules__none" role="status">{t(key::NOTHING_FOUND)}</p> })
        };
        let said = move || crate::ui::field::sentences("field-files-problem", &form.said("/files", false));
        view! {
            <fieldset class="group" id="field-files">
                <legend class="group__title">{label.clone()} <span class="badge">{counts}</span></legend>
                <p class="group__help">{help}</p>
                {said}
                <div class="toolbar">
                    {self.search()} {self.filter()}
                    <div class="toolbar__actions">
                        <Button kind=Kind::Quiet icon="flask-conical" word=t(key::BENCH_TITLE)
                            press=|_| focus(super::bench::PICKER)/>
                        <Button icon="plus" word=t(key::FILES_ADD) disabled=off press=move |_| self.add()/>
                    </div>
                </div>
                <div class="rules">
                    <table class="rules__table">
                        <caption class="visually-hidden">{label}</caption>
                        <thead><tr>{self.headings(&columns)}</tr></thead>
                        {rows}
                    </table>
                    {nothing}
                </div>
            </fieldset>
        }
    }

    fn search(self) -> Node {
        let query = self.query;
        view! {
            <div class="search toolbar__search">
                {crate::ui::icon_as("icon search__icon", "search")}
                <input class="input search__input" type="search" aria-label=t(key::FILES_SEARCH) placeholder=t(key::FILES_SEARCH)
                    autocomplete="off" spellcheck="false" prop:value=move || query.get()
                    on:keydown=|ev| if ev.key() == "Enter" { ev.prevent_default() }
                    on:input=move |ev| query.set(event_target_value(&ev))/>
            </div>
        }
    }

    fn filter(self) -> Node {
        let state = self.state;
        let one = move |code: &'static str, word| {
            let pressed = move || state.with(|state| state == code).to_string();
            view! {
                <button class="button button--plain" type="button" aria-pressed=pressed
                    on:click=move |_| state.set(code.into())>{t(word)}</button>
            }
        };
        view! {
            <div class="buttons" role="group" aria-label=t(key::FILES_STATE)>
                {one("", key::FILES_ALL)} {one("allowed", key::FILES_ALLOWED)} {one("refused", key::FILES_REFUSED)}
            </div>
        }
    }

    fn headings(self, columns: &row::Columns) -> Vec<Node> {
        let sort = self.sort;
        let heading = move |name: &'static str, word: String| {
            let order = move || sort.with(|sort| Order::of(sort, name));
            let sorted = move || match order() {
                Order::None => None,
                Order::Ascending => Some("ascending"),
                Order::Descending => Some("descending"),
            };
            let picture = move || match order() {
                Order::None => None,
                Order::Ascending => Some(icon("arrow-up")),
                Order::Descending => Some(icon("arrow-down")),
            };
            // The third press gives back the order of the document.
            let turn = move |_| {
                let next = match sort.with_untracked(|sort| Order::of(sort, name)) {
                    Order::Descending => String::new(),
                    order => order.next(name),
                };
                sort.set(next);
            };
            view! {
                <th scope="col" aria-sort=sorted>
                    <button class="table__sort" type="button" on:click=turn>{word} {picture}</button>
                </th>
            }
        };
        let mut all: Vec<Node> = row::COLUMNS.iter().map(|name| heading(name, columns.label(name))).collect();
        all.push(
            view! { <th scope="col"><span class="visually-hidden">{t(key::ACTIONS)}</span></th> }.into_node(),
        );
        all
    }
}

/// The button that adds a rule has no place of its own in the value.
const ADD: &str = "field-files";

fn compare(name: &str, a: &Value, b: &Value) -> Ordering {
    match name {
        "allow" => allowed(b).cmp(&allowed(a)),
        "max_mb" => {
            // No limit of its own stands behind every limit.
            let limit = |rule: &Value| rule.get("max_mb").and_then(Value::as_u64).unwrap_or(u64::MAX);
            limit(a).cmp(&limit(b))
        }
        "mime_types" => {
            let first = |rule: &Value| {
                rule.pointer("/mime_types/0").and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            first(a).cmp(&first(b))
        }
        name => text(a, name).to_lowercase().cmp(&text(b, name).to_lowercase()),
    }
}
