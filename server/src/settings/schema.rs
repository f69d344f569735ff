//! A section's schema with the words of one language: what draws the form, completes JSON and documents REST.

use app::sections::registry::Entry;
use app::sections::roles::MODULES;
use app::sections::{ALL, Group};
use app::words::{Language, Table, table};
use serde_json::{Map, Value, json};

/// The schema of `entry` in `language`.
pub fn annotated(entry: &dyn Entry, language: Language) -> Value {
    let mut schema = entry.schema().clone();
    let section = entry.item().key;
    let table = table(language);
    let words = table.section_words(section).cloned().unwrap_or_default();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".into(), table.section(section, "title").into());
        root.insert("description".into(), table.section(section, "about").into());
        root.insert("x-singular".into(), table.section(section, "one").into());
        if let Some(groups) = words.get("groups") {
            root.insert("x-groups".into(), groups.clone());
        }
    }
    annotate(&mut schema, "", &words, table);
    schema
}

/// Puts label, help and the names of choices on every property; `path` is the dotted name above. A shape that several
/// sections share (`x-shape`) brings words of its own.
fn annotate(schema: &mut Value, path: &str, words: &Value, table: &Table) {
    if let Some(entries) = schema.get_mut("additionalProperties").filter(|entries| entries.is_object()) {
        annotate(entries, path, words, table);
    }
    let shape = schema.get("x-shape").and_then(Value::as_str).and_then(|shape| table.shape(shape));
    let (words, path) = shape.map_or((words, path), |shape| (shape, ""));
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (name, property) in properties.iter_mut() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let field = &words["fields"][&path];
        let Some(object) = property.as_object_mut() else { continue };
        let carries = object.get("x-blob") == Some(&Value::Bool(true));
        object.insert("title".into(), field["label"].as_str().unwrap_or(name).into());
        match field["help"].as_str() {
            Some(help) => object.insert("description".into(), help.into()),
            // What stands there otherwise is the documentation of the code, in English.
            None => object.shift_remove("description"),
        };
        label_choices(object, &words["options"][&path], table);
        label_matrix(object, table);
        label_attachments(object, table);
        if let Some(items) = property.get_mut("items").filter(|_| !carries) {
            if let Some(items) = items.as_object_mut() {
                items.shift_remove("description");
                label_choices(items, &words["options"][&path], table);
            }
            annotate(items, &path, words, table);
        }
        annotate(property, &path, words, table);
    }
}

/// The codes of an enumeration, from either way of writing one; turned into plain `enum`.
fn codes(object: &Map<String, Value>) -> Vec<String> {
    let plain = object.get("enum").and_then(Value::as_array);
    if let Some(codes) = plain {
        return codes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    let described = object.get("oneOf").and_then(Value::as_array);
    described.into_iter().flatten().filter_map(|one| one.get("const")?.as_str()).map(str::to_owned).collect()
}

fn label_choices(object: &mut Map<String, Value>, own: &Value, table: &Table) {
    let codes = codes(object);
    if codes.is_empty() {
        return;
    }
    let shared = object.get("x-options").and_then(Value::as_str).map(str::to_owned);
    let labels: Map<String, Value> = codes
        .iter()
        .map(|code| {
            let label = own.get(code).and_then(Value::as_str);
            let label = label.or_else(|| table.option(shared.as_deref()?, code)).unwrap_or(code);
            (code.clone(), label.into())
        })
        .collect();
    object.shift_remove("oneOf");
    object.insert("type".into(), "string".into());
    object.insert("enum".into(), codes.into());
    object.insert("x-labels".into(), labels.into());
}

/// What a file that a record carries is described by, the same in every section.
fn label_attachments(object: &mut Map<String, Value>, table: &Table) {
    if object.get("x-blob") != Some(&Value::Bool(true)) {
        return;
    }
    let described = object.get_mut("items").and_then(|items| items.get_mut("properties")?.as_object_mut());
    for (name, property) in described.into_iter().flatten() {
        if let Some(property) = property.as_object_mut() {
            property.insert("title".into(), table.option("attachment", name).unwrap_or(name).into());
        }
    }
}

/// The rows and columns of a matrix of rights.
fn label_matrix(object: &mut Map<String, Value>, table: &Table) {
    if object.get("x-widget").and_then(Value::as_str) != Some("matrix") {
        return;
    }
    let sections = object.get("x-rows") == Some(&"sections".into());
    let rows: Vec<Value> = if sections {
        ALL.iter()
            .filter(|item| item.group != Group::Instance)
            .map(|item| {
                json!({
                    "key": item.key,
                    "title": table.section(item.key, "title"),
                    "group": table.group(item.group.key()),
                    "shape": if item.shape == app::sections::Shape::Many { "many" } else { "one" },
                })
            })
            .collect()
    } else {
        MODULES
            .iter()
            .map(|code| json!({ "key": code, "title": table.option("modules", code), "group": "" }))
            .collect()
    };
    let verbs: &[&str] =
        if sections { &["view", "edit", "delete", "export"] } else { &["view", "edit", "export"] };
    let verbs: Vec<Value> =
        verbs.iter().map(|verb| json!({ "key": verb, "title": table.option("verbs", verb) })).collect();
    object.insert("x-rows".into(), rows.into());
    object.insert("x-verbs".into(), verbs.into());
}
