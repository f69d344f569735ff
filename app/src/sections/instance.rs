//! Налаштування інстансу: the name, languages and limits of the installation as a whole.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Effect, Group, Record, Section, Shape, World};
use crate::field::{Host, LanguageTag, Origin, Text, TimeZone};
use crate::problem::Problems;

/// What holds for the whole installation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Instance {
    /// The project's name, in the header and in messages.
    #[schemars(extend("x-group" = "general"))]
    pub name: Text<1, 80>,
    /// The languages in which texts are kept; the first is required everywhere.
    #[schemars(length(min = 1, max = 20), extend("x-ordered" = true, "uniqueItems" = true, "x-group" = "general", "x-widget" = "languages"))]
    pub languages: Vec<LanguageTag>,
    /// The zone in which times are shown and schedules are read.
    #[schemars(extend("x-required" = true, "x-group" = "general"))]
    pub instance_timezone: TimeZone,
    /// Origins that may show pages of the console in a frame.
    #[schemars(length(max = 100), extend("uniqueItems" = true, "x-group" = "access"))]
    pub frame_origins: Vec<Origin>,
    /// Hosts that the server's own requests may reach although their address is private.
    #[schemars(length(max = 100), extend("uniqueItems" = true, "x-group" = "access"))]
    pub outgoing_hosts: Vec<Host>,
    /// Hosts from which the panel's style sheet may load pictures, fonts and other style sheets.
    #[schemars(length(max = 100), extend("uniqueItems" = true, "x-group" = "access"))]
    pub style_hosts: Vec<Host>,
}

impl Default for Instance {
    fn default() -> Self {
        Self {
            name: "Pult".into(),
            languages: vec![LanguageTag("uk".into()), LanguageTag("en".into())],
            instance_timezone: TimeZone("Europe/Kyiv".into()),
            frame_origins: Vec::new(),
            outgoing_hosts: Vec::new(),
            style_hosts: Vec::new(),
        }
    }
}

impl Section for Instance {
    const KEY: &'static str = "instance";
    const GROUP: Group = Group::Instance;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "server-cog";
    const GUARD: Option<(&'static str, &'static str)> = Some(("instance.view", "instance.edit"));

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
        let gone = before.languages.iter().filter(|language| !after.languages.contains(language));
        let told = Effect::of_each("language_gone", gone.map(|language| language.0.clone()).collect());
        told.into_iter().collect()
    }
}

impl Record for Instance {
    fn check(&self, problems: &mut Problems) {
        for (n, origin) in self.frame_origins.iter().enumerate() {
            let local = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
            if origin.starts_with("http://") && !local.iter().any(|prefix| origin.starts_with(prefix)) {
                problems.warning(format!("/frame_origins/{n}"), "origin_not_https");
            }
        }
    }

    fn check_in(&self, _id: i64, world: &dyn World, problems: &mut Problems) {
        if !world.has_zone(&self.instance_timezone.0) {
            problems.error("/instance_timezone", "unknown_zone");
        }
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        (*self.name).into()
    }
}
