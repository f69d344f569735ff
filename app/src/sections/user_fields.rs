//! Додаткові поля користувача: what a user's record holds beside its own fields.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::fields::{self, Fields};
use super::{Effect, Group, Record, Section, Shape, World, strangers};
use crate::problem::Problems;

/// The additional fields of users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("x-kept" = true))]
pub struct UserFields {
    /// The fields by their alias, in the order in which the form shows them.
    pub custom_fields_json: Fields,
    /// What the panel or an integration wrote besides; kept as it is.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// Where the definitions stand.
const ROOT: &str = "/custom_fields_json";

impl Section for UserFields {
    const KEY: &'static str = "user-fields";
    const GROUP: Group = Group::Bots;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "square-user-round";

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        match (before, after) {
            (Some(before), Some(after)) => fields::effects(&before.custom_fields_json, &after.custom_fields_json),
            _ => Vec::new(),
        }
    }
}

impl Record for UserFields {
    fn check(&self, problems: &mut Problems) {
        fields::check(ROOT, &self.custom_fields_json, problems);
    }

    fn check_change(&self, before: Option<&Self>, problems: &mut Problems) {
        strangers::warn("", before.map(|before| &before.rest), &self.rest, problems);
        if let Some(before) = before {
            fields::check_change(ROOT, &before.custom_fields_json, &self.custom_fields_json, problems);
        }
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        "".into()
    }
}
