//! Редактор полів у картці клієнта: which of a client's fields operators see on the card, and in which order.

mod rows;
#[cfg(test)]
mod tests;

pub use rows::{Block, Client, Label, Row, blocks, mask, rows, sample, sample_card};

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client_fields::ClientFields;
use super::roles::Role;
use super::{Effect, Group, Record, Section, Shape, World, WorldExt};
use crate::field::{Code, Refs, Text};
use crate::problem::{Problem, Problems};
use crate::text::nearest;

/// The fields that the operator panel itself has of a client, in the order in which they are offered.
pub const NATIVE: [&str; 10] = [
    "fullName",
    "phone",
    "email",
    "username",
    "bot_id",
    "bot_name",
    "channel",
    "clientType",
    "whiteLabel",
    "created_at",
];

/// The native fields that the panel takes with `extra_data` as well as without.
pub const EITHER_WAY: [&str; 2] = ["clientType", "whiteLabel"];

/// The card; its order is the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("x-bare" = "client_card_fields"))]
pub struct ClientCard {
    /// The rows, each known by its field and by where the field is from.
    #[schemars(length(max = 500), extend("x-identity" = ["field", "extra_data"]))]
    pub client_card_fields: Vec<CardField>,
}

/// One row of the card. A native `phone` and a client field of that name are two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
#[expect(clippy::struct_excessive_bools, reason = "switches of the panel's JSON, each on its own")]
pub struct CardField {
    /// The panel's name of a native field, or the alias of a client field.
    #[schemars(length(max = 64), extend("x-required" = true, "x-search" = false, "examples" = NATIVE))]
    pub field: Code,
    /// Is it shown? A row that is not keeps its place.
    pub visible: bool,
    /// The field is one of `client-fields`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extra_data: bool,
    /// What operators read instead of the field's own label.
    #[serde(skip_serializing_if = "is_empty")]
    pub label: Text<0, 80>,
    /// The heading under which it stands.
    #[serde(skip_serializing_if = "is_empty")]
    pub group: Text<0, 60>,
    /// Stays in sight while the card scrolls.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// Has a button that copies the value.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub copy: bool,
    /// Shows only the last four characters.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mask: bool,
    /// The roles that see it; all where none is named.
    #[serde(skip_serializing_if = "nobody")]
    pub roles: Refs<Role>,
}

fn is_empty<const MAX: u32>(text: &Text<0, MAX>) -> bool {
    text.0.is_empty()
}

fn nobody(roles: &Refs<Role>) -> bool {
    roles.0.is_empty()
}

impl Default for CardField {
    fn default() -> Self {
        Self {
            field: Code::default(),
            visible: true,
            extra_data: false,
            label: Text::default(),
            group: Text::default(),
            pinned: false,
            copy: false,
            mask: false,
            roles: Refs::default(),
        }
    }
}

impl CardField {
    /// Is it one that `client-fields` has to define?
    pub fn is_client_field(&self) -> bool {
        self.extra_data && !EITHER_WAY.contains(&&*self.field.0)
    }
}

impl Section for ClientCard {
    const KEY: &'static str = "client-card";
    const GROUP: Group = Group::Settings;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "id-card";

    /// Fields that leave the card because they are no longer defined.
    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, world: &dyn World) -> Vec<Effect> {
        let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
        let defined = world.get::<ClientFields>(0).unwrap_or_default().client_fields_json;
        let gone = |row: &&CardField| {
            let same = |other: &CardField| other.field == row.field && other.extra_data;
            row.is_client_field()
                && defined.get(&row.field).is_none()
                && !after.client_card_fields.iter().any(same)
        };
        let names = before.client_card_fields.iter().filter(gone).map(|row| row.field.0.clone()).collect();
        Effect::of_each("fields_off_card", names).into_iter().collect()
    }
}

impl Record for ClientCard {
    fn check(&self, problems: &mut Problems) {
        for (n, row) in self.client_card_fields.iter().enumerate() {
            let field = row.field.0.as_str();
            if !row.extra_data && !NATIVE.contains(&field) {
                let problem = Problem::error(format!("/client_card_fields/{n}/field"), "unknown_native").with("name", field);
                problems.push(match nearest(field, NATIVE) {
                    Some(meant) => problem.with("nearest", meant),
                    None => problem,
                });
            }
        }
    }

    fn check_in(&self, _id: i64, world: &dyn World, problems: &mut Problems) {
        let known = world.get::<ClientFields>(0).unwrap_or_default().client_fields_json;
        for (n, row) in self.client_card_fields.iter().enumerate().filter(|(_, row)| row.is_client_field()) {
            if known.get(&row.field).is_none() {
                let problem = Problem::warning(format!("/client_card_fields/{n}/field"), "field_undefined");
                problems.push(problem.with("name", row.field.0.as_str()));
            }
        }
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        "".into()
    }
}
