//! Користувачі: the people of the system, and which role each holds.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::roles::{BuiltIn, Role};
use super::{Effect, Group, Record, Section, Shape, Unique, World, WorldExt};
use crate::field::{Email, Ref, Text};
use crate::problem::Problems;

/// A person who may sign in. The password is no part of it: it lives with the account, outside history and export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct User {
    /// The login; unique, compared without case.
    #[schemars(extend("x-column" = 2, "x-required" = true))]
    pub email: Email,
    /// Given name.
    #[schemars(extend("x-column" = 1))]
    pub first_name: Text<1, 80>,
    /// Family name.
    #[schemars(extend("x-column" = 1))]
    pub last_name: Text<1, 80>,
    /// What the person may do.
    #[schemars(extend("x-column" = 3, "x-required" = true, "x-filter" = true))]
    pub role: Option<Ref<Role>>,
    /// The language of the person's interface; empty takes the browser's.
    #[schemars(extend("x-column" = 4))]
    pub language: InterfaceLanguage,
    /// May sign in; switching it off closes the person's sessions at once.
    #[schemars(extend("x-column" = 5, "x-filter" = true))]
    pub active: bool,
}

/// The language in which a person reads the console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum InterfaceLanguage {
    /// As the browser asks.
    #[default]
    Browser,
    /// Ukrainian.
    Uk,
    /// English.
    En,
}

impl Default for User {
    fn default() -> Self {
        Self {
            email: Email::default(),
            first_name: Text::default(),
            last_name: Text::default(),
            role: None,
            language: InterfaceLanguage::default(),
            active: true,
        }
    }
}

impl Section for User {
    const KEY: &'static str = "users";
    const GROUP: Group = Group::Users;
    const SHAPE: Shape = Shape::Many;
    const ICON: &'static str = "users";
    const READS: &'static [&'static str] = &["roles"];

    fn check_all(world: &dyn World, problems: &mut Problems) {
        let users = world.live::<User>();
        if users.is_empty() {
            return;
        }
        let owners = users.iter().filter(|(_, user)| {
            user.active
                && user
                    .role
                    .and_then(|role| world.get::<Role>(role.0))
                    .is_some_and(|role| role.built_in == BuiltIn::Owner)
        });
        if owners.count() == 0 {
            problems.error("", "last_owner");
        }
    }

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        match (before, after) {
            (Some(before), Some(after)) if before.active && !after.active => {
                vec![Effect::new("user_signed_out", 1).with("name", before.name("uk").into_owned())]
            }
            _ => Vec::new(),
        }
    }
}

impl Record for User {
    fn unique(&self) -> Vec<Unique<'_>> {
        vec![Unique::new("/email", &self.email)]
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        format!("{} {}", self.first_name.0, self.last_name.0).into()
    }

    fn key(&self) -> Cow<'_, str> {
        self.email.to_lowercase().into()
    }

    fn active(&self) -> bool {
        self.active
    }
}
