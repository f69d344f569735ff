//! The sections as the server sees them: schema, rules and references behind one object-safe trait.

use std::marker::PhantomData;
use std::sync::OnceLock;

use serde_json::Value;

use super::{ENTRIES, Effect, Item, Section, Shape, World, item};
use crate::problem::{Problem, Problems};
use crate::schema;
use crate::value::order_like;

/// What the server asks of a section without knowing its type.
pub trait Entry: Sync {
    /// Its place in the menu.
    fn item(&self) -> &'static Item;
    /// The format in which it writes values now.
    fn format(&self) -> i32;
    /// Other sections that its rules read.
    fn reads(&self) -> &'static [&'static str];
    /// The functions that guard viewing and editing, where the roles' matrix doesn't.
    fn guard(&self) -> Option<(&'static str, &'static str)>;
    /// Properties that only a function of their own may change, each with that function.
    fn guarded(&self) -> &'static [(&'static str, &'static str)];
    /// May an archived record be removed for good, even one that was in use?
    fn removable(&self) -> bool;
    /// Its JSON Schema, in no language.
    fn schema(&self) -> &Value;
    /// Is there a secret anywhere in its values?
    fn has_secrets(&self) -> bool;
    /// A value as it is before anybody sets anything.
    fn default_value(&self) -> Value;
    /// Reads a value that a person or a program gave: normalised, checked alone, written canonically.
    fn read(&self, value: Value, languages: &[String], problems: &mut Problems) -> Option<Read>;
    /// Reads a stored value of any format and rewrites it in the current one.
    fn stored(&self, format: i32, data: &str) -> Option<String>;
    /// Writes a value of the current format canonically, without asking its rules.
    fn rewrite(&self, value: Value) -> Option<String>;
    /// A value that is about to be stored, with what it must carry of the step from the one before; none if that is nothing.
    fn settle(&self, before: Option<&str>, after: &str, languages: &[String]) -> Option<String>;
    /// What search, lists and keys need of a stored value.
    fn facts(&self, data: &str) -> Facts;
    /// The rules of a stored value among the other settings.
    fn check_in(&self, id: i64, data: &str, world: &dyn World, problems: &mut Problems);
    /// The rules of the step from one stored value to the next.
    fn check_change(&self, before: Option<&str>, after: &str, problems: &mut Problems);
    /// The rules over the section as a whole.
    fn check_all(&self, world: &dyn World, problems: &mut Problems);
    /// What a change does to people's work.
    fn effects(&self, before: Option<&str>, after: Option<&str>, id: i64, world: &dyn World) -> Vec<Effect>;
}

/// A value that passed its own rules.
pub struct Read {
    /// The canonical JSON.
    pub data: String,
    /// The key a new record gets when none is asked for, not yet a slug.
    pub key: String,
}

/// What the store keeps beside a value, so that lists and rules need not read it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its name per interface language: Ukrainian, English.
    pub names: [String; 2],
    /// Offered for new work.
    pub active: bool,
    /// May not be archived or removed, and why.
    pub keep: Option<&'static str>,
    /// Belongs to this person alone.
    pub owner: Option<i64>,
    /// Values that no two records may share: pointer, scope, value.
    pub unique: Vec<(&'static str, String, String)>,
}

/// The entry of section `S`.
pub(super) struct Of<S> {
    schema: OnceLock<Value>,
    secrets: OnceLock<bool>,
    section: PhantomData<fn() -> S>,
}

impl<S: Section> Of<S> {
    pub(super) const fn new() -> Self {
        Self { schema: OnceLock::new(), secrets: OnceLock::new(), section: PhantomData }
    }

    /// Is its value another program's JSON, whose properties stay in the order in which they were written?
    fn keeps_order(&self) -> bool {
        self.schema().get("x-kept") == Some(&Value::Bool(true))
    }
}

/// The canonical JSON of a value, in the order of the one that it was read from if that counts.
fn written<S: Section>(typed: &S, given: Option<&Value>) -> Option<String> {
    let Some(given) = given else { return serde_json::to_string(typed).ok() };
    let mut value = serde_json::to_value(typed).ok()?;
    order_like(&mut value, given);
    serde_json::to_string(&value).ok()
}

impl<S: Section> Entry for Of<S> {
    fn item(&self) -> &'static Item {
        item(S::KEY).expect("the same list declares both")
    }
    fn format(&self) -> i32 {
        S::FORMAT
    }
    fn reads(&self) -> &'static [&'static str] {
        S::READS
    }
    fn guard(&self) -> Option<(&'static str, &'static str)> {
        S::GUARD
    }
    fn guarded(&self) -> &'static [(&'static str, &'static str)] {
        S::GUARDED
    }

    fn removable(&self) -> bool {
        S::REMOVABLE
    }

    fn schema(&self) -> &Value {
        self.schema.get_or_init(|| {
            let settings =
                schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
            let mut schema = settings.into_generator().into_root_schema_for::<S>().to_value();
            if let Some(object) = schema.as_object_mut() {
                object.insert("$id".into(), format!("/api/v1/schemas/{}", S::KEY).into());
                object.remove("title");
            }
            mark_required(&mut schema);
            schema
        })
    }

    fn has_secrets(&self) -> bool {
        *self.secrets.get_or_init(|| schema::has_secrets(self.schema()))
    }

    fn default_value(&self) -> Value {
        serde_json::to_value(S::default()).unwrap_or_default()
    }

    fn read(&self, mut value: Value, languages: &[String], problems: &mut Problems) -> Option<Read> {
        let context = schema::Context { languages };
        value = schema::whole(self.schema(), value);
        schema::check(self.schema(), &mut value, &context, problems);
        if problems.has_errors() {
            return None;
        }
        let given = self.keeps_order().then(|| value.clone());
        let typed: S = match serde_json::from_value(value) {
            Ok(typed) => typed,
            Err(error) => {
                problems.push(Problem::error("", "not_readable").with("reason", error.to_string()));
                return None;
            }
        };
        typed.check(problems);
        let data = written(&typed, given.as_ref())?;
        Some(Read { data, key: typed.key().into_owned() })
    }

    fn stored(&self, format: i32, data: &str) -> Option<String> {
        if format == S::FORMAT {
            return Some(data.to_owned());
        }
        self.rewrite(S::upgrade(format, serde_json::from_str(data).ok()?))
    }

    fn rewrite(&self, value: Value) -> Option<String> {
        let given = self.keeps_order().then(|| value.clone());
        written(&serde_json::from_value::<S>(value).ok()?, given.as_ref())
    }

    fn settle(&self, before: Option<&str>, after: &str, languages: &[String]) -> Option<String> {
        if !S::SETTLES {
            return None;
        }
        let before: Option<S> = before.and_then(|data| serde_json::from_str(data).ok());
        let given = self.keeps_order().then(|| serde_json::from_str(after)).transpose().ok()?;
        let mut after: S = serde_json::from_str(after).ok()?;
        after.settle(before.as_ref(), languages);
        written(&after, given.as_ref())
    }

    fn facts(&self, data: &str) -> Facts {
        let Ok(typed) = serde_json::from_str::<S>(data) else { return Facts::default() };
        Facts {
            names: [typed.name("uk").into_owned(), typed.name("en").into_owned()],
            active: typed.active(),
            keep: typed.keep(),
            owner: typed.owner(),
            unique: typed
                .unique()
                .into_iter()
                .map(|unique| (unique.pointer, unique.scope, unique.value.into_owned()))
                .collect(),
        }
    }

    fn check_in(&self, id: i64, data: &str, world: &dyn World, problems: &mut Problems) {
        if let Ok(typed) = serde_json::from_str::<S>(data) {
            typed.check_in(id, world, problems);
        }
    }

    fn check_change(&self, before: Option<&str>, after: &str, problems: &mut Problems) {
        let before: Option<S> = before.and_then(|data| serde_json::from_str(data).ok());
        if let Ok(after) = serde_json::from_str::<S>(after) {
            after.check_change(before.as_ref(), problems);
        }
    }

    fn check_all(&self, world: &dyn World, problems: &mut Problems) {
        S::check_all(world, problems);
    }

    fn effects(&self, before: Option<&str>, after: Option<&str>, id: i64, world: &dyn World) -> Vec<Effect> {
        let read = |data: Option<&str>| data.and_then(|data| serde_json::from_str::<S>(data).ok());
        S::effects(read(before).as_ref(), read(after).as_ref(), id, world)
    }
}

/// Lists as `required` what a caller must give: the fields whose default would be refused.
fn mark_required(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    let mut required = Vec::new();
    if let Some(properties) = object.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let mut default = property.get("default").cloned().unwrap_or(Value::Null);
            let mut problems = Problems::default();
            let languages = ["uk".to_owned()];
            schema::check(property, &mut default, &schema::Context { languages: &languages }, &mut problems);
            if problems.has_errors() {
                required.push(Value::from(name.as_str()));
            }
        }
    }
    object.insert("required".into(), required.into());
}

/// Every section, in the order of the menu.
pub fn all() -> &'static [&'static dyn Entry] {
    ENTRIES
}

/// The section of this key.
pub fn entry(key: &str) -> Option<&'static dyn Entry> {
    ENTRIES.iter().copied().find(|entry| entry.item().key == key)
}

/// Does this section hold one document?
pub fn is_document(key: &str) -> bool {
    item(key).is_some_and(|item| item.shape == Shape::One)
}
