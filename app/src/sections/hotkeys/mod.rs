//! Гарячі клавіші: which keys do what in the operator panel.

mod actions;
mod conflicts;
pub mod keys;
mod presets;
mod taken;

#[cfg(test)]
mod tests;

pub use actions::{ACTIONS, Action, GROUPS, Place, TRIGGERS, action};
pub use presets::Preset;

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use super::{Group, Record, Section, Shape};
use crate::problem::Problems;
use keys::Keys;

/// The most combinations of one action: who needs more has lost count.
pub const MOST: usize = 8;

/// The hotkeys of the operator panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Hotkeys {
    /// The keys of each action, the one that is shown to operators first; an action without keys has an empty list.
    pub bindings: Bound,
    /// The character that, typed at the start of a line or after white space, does the same as the keys.
    pub triggers: Triggers,
    /// Switches hotkeys off, a place at a time.
    pub groups: Groups,
}

/// The combinations of every action, as [`Keys`] writes them; what can't be read is kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Bound(IndexMap<String, Vec<String>>);

/// The character that triggers an action; empty for none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Triggers(IndexMap<String, String>);

/// Which hotkeys act, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
#[expect(clippy::struct_excessive_bools, reason = "a switch for each place")]
pub struct Groups {
    /// Those of the composer.
    pub composer: bool,
    /// Those of the open dialog.
    pub dialog: bool,
    /// Those of the list of dialogs.
    pub list: bool,
    /// Those that act everywhere.
    pub everywhere: bool,
}

impl Default for Groups {
    fn default() -> Self {
        Self { composer: true, dialog: true, list: true, everywhere: true }
    }
}

impl Groups {
    /// Is the group of this name switched on?
    pub fn is_on(&self, group: &str) -> bool {
        match group {
            "composer" => self.composer,
            "dialog" => self.dialog,
            "list" => self.list,
            _ => self.everywhere,
        }
    }
}

impl Default for Bound {
    /// Enter sends.
    fn default() -> Self {
        let keys = |action: &Action| action.default.iter().map(|&keys| keys.to_owned()).collect();
        Self(ACTIONS.iter().map(|action| (action.id.to_owned(), keys(action))).collect())
    }
}

impl Bound {
    /// The combinations of an action.
    pub fn of(&self, action: &str) -> &[String] {
        self.0.get(action).map_or(&[], Vec::as_slice)
    }
}

impl Default for Triggers {
    fn default() -> Self {
        Self(TRIGGERS.iter().map(|(id, sign)| ((*id).to_owned(), (*sign).to_owned())).collect())
    }
}

impl Triggers {
    /// Every action that can be triggered, with its character.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(id, sign)| (id.as_str(), sign.as_str()))
    }
}

/// Writes what was read over the defaults: the order is ours, and what is absent keeps its default.
fn over<T, E: serde::de::Error>(mut all: IndexMap<String, T>, read: IndexMap<String, T>) -> Result<IndexMap<String, T>, E> {
    for (id, value) in read {
        let place = all.get_mut(&id).ok_or_else(|| E::custom(format_args!("unknown action `{id}`")))?;
        *place = value;
    }
    Ok(all)
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut read = IndexMap::<String, Vec<String>>::deserialize(from)?;
        for text in read.values_mut().flatten() {
            if let Ok(keys) = Keys::parse(text) {
                *text = keys.to_text();
            }
        }
        over(Self::default().0, read).map(Self)
    }
}

impl<'de> Deserialize<'de> for Triggers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        over(Self::default().0, IndexMap::deserialize(from)?).map(Self)
    }
}

/// An object with these properties and no others.
fn closed(properties: Map<String, Value>) -> Schema {
    let mut schema = json_schema!({ "type": "object", "x-search": false, "additionalProperties": false });
    schema.insert("properties".into(), properties.into());
    schema
}

impl JsonSchema for Bound {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Bindings".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let keys = |action: &Action| {
            json!({
                "type": "array", "maxItems": MOST, "x-ordered": true, "default": action.default,
                "items": { "type": "string", "format": "keys", "maxLength": 80 },
            })
        };
        closed(ACTIONS.iter().map(|action| (action.id.to_owned(), keys(action))).collect())
    }
}

impl JsonSchema for Triggers {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Triggers".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let sign = |sign: &str| json!({ "type": "string", "maxLength": 1, "default": sign });
        closed(TRIGGERS.iter().map(|(id, default)| ((*id).to_owned(), sign(default))).collect())
    }
}

impl Section for Hotkeys {
    const KEY: &'static str = "hotkeys";
    const GROUP: Group = Group::Settings;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "keyboard";
}

impl Record for Hotkeys {
    fn check(&self, problems: &mut Problems) {
        conflicts::find(self, problems);
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        "".into()
    }
}
