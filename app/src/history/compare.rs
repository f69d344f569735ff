//! What differs between two values of one schema, as a table in the words of the schema.

use serde_json::Value;

use crate::backend::Found;
use crate::form::shown::{Room, shown};
use crate::markup::{IntoNode, Node, view};
use crate::schema;
use crate::value::Step;
use crate::value::diff::{Change, Difference, diff};
use crate::words::{key, t};

/// The table of differences; says so if there are none.
pub fn difference(schema: &Value, before: &Value, after: &Value, labels: &[Found]) -> Node {
    let found = diff(schema, before, after);
    if found.is_empty() {
        return view! { <p>{t(key::NO_DIFFERENCE)}</p> };
    }
    let rows: Vec<_> = found.iter().map(|one| row(schema, one, before, after, labels)).collect();
    view! {
        <div class="diff">
            <table class="diff__table">
                <thead>
                    <tr>
                        <th scope="col">{t(key::FIELD)}</th>
                        <th scope="col">{t(key::WAS)}</th>
                        <th scope="col">{t(key::IS_NOW)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(schema: &Value, one: &Difference, before: &Value, after: &Value, labels: &[Found]) -> Node {
    let class = match one.kind {
        Change::Added => "diff__row diff__row--added",
        Change::Removed => "diff__row diff__row--removed",
        Change::Changed | Change::Moved => "diff__row diff__row--changed",
    };
    let holder = if one.kind == Change::Removed { before } else { after };
    let (label, name) = place(schema, &one.pointer, &one.path, holder);
    let part = schema::at(schema, &one.pointer, holder).cloned().unwrap_or_default();
    let last = one.pointer.rsplit('/').next().unwrap_or_default();
    let side = |value: &Option<Value>| {
        value.as_ref().map(|value| match (one.kind, value) {
            // Of a moved list the names of its items are told, in their order.
            (Change::Moved, Value::Array(names)) => {
                let names: Vec<String> = names
                    .iter()
                    .map(|name| name.as_str().map_or_else(|| crate::value::compact(name), str::to_owned))
                    .collect();
                names.join(", ").into_node()
            }
            _ => shown(&part, last, value, labels, Room::Full),
        })
    };
    let (was, is) = (side(&one.before), side(&one.after));
    view! {
        <tr class=class>
            <th scope="row">{label} " " <code class="field__key">{name}</code></th>
            <td class="diff__before" data-label=t(key::WAS)>{was.map(|was| view! { <del>{was}</del> })}</td>
            <td class="diff__after" data-label=t(key::IS_NOW)>{is.map(|is| view! { <ins>{is}</ins> })}</td>
        </tr>
    }
}

/// What people call a place: the titles of its fields and the names of its items; and its pointer as JSON names it.
pub(super) fn place(schema: &Value, pointer: &str, path: &[Step], value: &Value) -> (String, String) {
    let mut words: Vec<String> = Vec::new();
    let mut at = String::new();
    let segments: Vec<&str> = pointer.split('/').skip(1).collect();
    for (n, step) in path.iter().enumerate() {
        at.push('/');
        at.push_str(segments.get(n).copied().unwrap_or_default());
        match step {
            Step::Key(name) => {
                let part = schema::at(schema, &at, value);
                let title = part.and_then(|part| schema::note(part, "title")).and_then(Value::as_str);
                words.push(title.unwrap_or(name).to_owned());
            }
            Step::Item { label, .. } if !label.is_empty() => words.push(item_name(schema, &at, label, value)),
            Step::Item { .. } => words.push(segments.get(n).copied().unwrap_or_default().to_owned()),
        }
    }
    (words.join(" › "), pointer.trim_start_matches('/').replace('/', "."))
}

/// An item known by a choice is called by the word of the choice.
fn item_name(schema: &Value, at: &str, label: &str, value: &Value) -> String {
    let part = schema::at(schema, at, value);
    let options = part.into_iter().flat_map(schema::fields).find_map(|(_, property)| {
        schema::note(property, "x-labels")?.get(label)?.as_str().map(str::to_owned)
    });
    options.unwrap_or_else(|| label.to_owned())
}
