//! Додаткові поля клієнта: what the client card may hold beside the panel's own fields.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::client_card::ClientCard;
use super::fields::{self, Fields};
use super::{Effect, Group, Record, Section, Shape, World, WorldExt, strangers};
use crate::problem::{Problem, Problems};

/// The additional fields of clients; their values live in the client's `extra_data`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("x-kept" = true))]
pub struct ClientFields {
    /// The fields by their alias, in the order in which the form shows them.
    pub client_fields_json: Fields,
    /// What the panel or an integration wrote besides; kept as it is.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// Where the definitions stand.
const ROOT: &str = "/client_fields_json";

impl Section for ClientFields {
    const KEY: &'static str = "client-fields";
    const GROUP: Group = Group::Bots;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "text-cursor-input";

    /// A field that goes has to leave the card with it; the card alone may name one that is not defined yet.
    fn check_all(world: &dyn World, problems: &mut Problems) {
        let (Some(card), Some(fields)) = (world.get::<ClientCard>(0), world.get::<Self>(0)) else { return };
        for entry in card.client_card_fields.iter().filter(|entry| entry.is_client_field()) {
            if fields.client_fields_json.get(&entry.field).is_none() {
                problems.push(Problem::warning("", "field_on_card").with("name", entry.field.0.as_str()));
            }
        }
    }

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        match (before, after) {
            (Some(before), Some(after)) => fields::effects(&before.client_fields_json, &after.client_fields_json),
            _ => Vec::new(),
        }
    }
}

impl Record for ClientFields {
    fn check(&self, problems: &mut Problems) {
        fields::check(ROOT, &self.client_fields_json, problems);
    }

    fn check_change(&self, before: Option<&Self>, problems: &mut Problems) {
        strangers::warn("", before.map(|before| &before.rest), &self.rest, problems);
        if let Some(before) = before {
            fields::check_change(ROOT, &before.client_fields_json, &self.client_fields_json, problems);
        }
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        "".into()
    }
}
