//! Права користувачів: what a role may view, edit, delete and export, and which functions of the panel it holds.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Group, Record, Section, Shape, Unique, World, WorldExt};
use crate::field::{LongWords, Words};
use crate::problem::{Problem, Problems, segment};

/// What may be done with a section or a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// See it at all; without it the section is absent everywhere.
    View,
    /// Create, change, archive and restore.
    Edit,
    /// Remove for good; directories only.
    Delete,
    /// Take it out as a file.
    Export,
}

/// The modules of the operator panel that a role's rights speak of; the panel enforces them.
pub const MODULES: [&str; 11] = [
    "operator_panel",
    "clients",
    "broadcasts",
    "scenarios",
    "action_jail",
    "integrations",
    "custom_data",
    "file_manager",
    "fastline_pro",
    "quality",
    "statistics",
];

/// The single functions that a role may hold.
pub const FUNCTIONS: [&str; 16] = [
    "dialogs.take",
    "dialogs.answer",
    "dialogs.note",
    "dialogs.transfer",
    "dialogs.close",
    "dialogs.view_all",
    "tickets.edit",
    "clients.edit",
    "replies.own",
    "operators.set_status",
    "users.reset_password",
    "instance.view",
    "instance.edit",
    "scripts.edit",
    "api_keys",
    "audit.view",
];

/// Which verbs are granted, per section or module.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grants(pub IndexMap<String, Vec<Verb>>);

impl Grants {
    /// Is `verb` granted for `subject`? Edit implies view, delete implies edit.
    pub fn allow(&self, subject: &str, verb: Verb) -> bool {
        self.0.get(subject).is_some_and(|verbs| {
            verbs.iter().any(|granted| match verb {
                Verb::View => true,
                Verb::Edit => matches!(granted, Verb::Edit | Verb::Delete),
                Verb::Delete | Verb::Export => *granted == verb,
            })
        })
    }
}

impl JsonSchema for Grants {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Grants".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object", "x-search": false,
            "additionalProperties": {
                "type": "array", "uniqueItems": true,
                "items": { "type": "string", "enum": ["view", "edit", "delete", "export"] },
            },
        })
    }
}

/// The roles that every instance has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum BuiltIn {
    /// Made by an administrator.
    #[default]
    No,
    /// Власник інстансу: everything, fixed.
    Owner,
    /// Адміністратор: everything but the instance, fixed but for one switch.
    Administrator,
    /// Супервайзер.
    Supervisor,
    /// Інтегратор.
    Integrator,
    /// Аналітик.
    Analyst,
    /// Оператор.
    Operator,
    /// Light Agent.
    LightAgent,
}

impl BuiltIn {
    /// Its rights can't be changed.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Owner | Self::Administrator)
    }
}

/// A set of rights that users are given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Role {
    /// What administrators call it, per language; unique.
    #[schemars(extend("x-column" = 1))]
    pub name: Words<1, 80>,
    /// Who should be given it, per language.
    #[schemars(extend("x-column" = 2))]
    pub description: LongWords<500>,
    /// Which of the roles that every instance has; set by the program alone.
    #[schemars(extend("x-widget" = "hidden", "x-search" = false))]
    pub built_in: BuiltIn,
    /// Only for the built-in administrator: may view and edit the instance as well; turned by an owner.
    #[schemars(extend("x-widget" = "instance-switch"))]
    pub instance_access: bool,
    /// Rights over the sections of the console.
    #[schemars(extend("x-widget" = "matrix", "x-rows" = "sections"))]
    pub settings: Grants,
    /// Rights over the modules of the operator panel.
    #[schemars(extend("x-widget" = "matrix", "x-rows" = MODULES, "x-verbs" = ["view", "edit", "export"]))]
    pub modules: Grants,
    /// Single functions.
    #[schemars(schema_with = "functions_schema")]
    pub functions: Vec<String>,
}

fn functions_schema(_: &mut SchemaGenerator) -> Schema {
    let mut schema = json_schema!({ "type": "array", "uniqueItems": true, "x-widget": "functions", "x-search": false });
    schema.insert("items".into(), json!({ "type": "string", "enum": FUNCTIONS, "x-options": "functions" }));
    schema
}

impl Role {
    /// May the holder do `verb` in `section`? `guard` are the functions that stand for view and edit there, if any.
    pub fn may(&self, section: &str, verb: Verb, guard: Option<(&str, &str)>) -> bool {
        if let Some((view, edit)) = guard {
            return match verb {
                Verb::View => self.has(view) || self.has(edit),
                Verb::Edit | Verb::Export => self.has(edit),
                Verb::Delete => false,
            };
        }
        self.built_in.is_fixed() || self.settings.allow(section, verb)
    }

    /// Does the holder have this function?
    pub fn has(&self, function: &str) -> bool {
        match self.built_in {
            BuiltIn::Owner => true,
            BuiltIn::Administrator => self.instance_access || !function.starts_with("instance."),
            _ => self.functions.iter().any(|held| held == function),
        }
    }

    /// May the holder do `verb` in a module of the panel?
    pub fn module(&self, module: &str, verb: Verb) -> bool {
        self.built_in.is_fixed() || self.modules.allow(module, verb)
    }

    /// The first right of `other` that this role lacks, if any: nobody gives what they lack.
    pub fn lacks(&self, other: &Self) -> Option<String> {
        if self.built_in == BuiltIn::Owner {
            return None;
        }
        if other.built_in == BuiltIn::Owner {
            return Some("owner".into());
        }
        if let Some(function) = FUNCTIONS.iter().find(|function| other.has(function) && !self.has(function)) {
            return Some((*function).into());
        }
        if self.built_in == BuiltIn::Administrator {
            return None;
        }
        if other.built_in == BuiltIn::Administrator {
            return Some("administrator".into());
        }
        let beyond = |mine: &Grants, theirs: &Grants| {
            theirs.0.iter().find_map(|(subject, verbs)| {
                verbs
                    .iter()
                    .find(|verb| !mine.allow(subject, **verb))
                    .map(|verb| format!("{subject}.{}", json!(verb).as_str().unwrap_or_default()))
            })
        };
        beyond(&self.settings, &other.settings).or_else(|| beyond(&self.modules, &other.modules))
    }
}

impl Section for Role {
    const KEY: &'static str = "roles";
    const GROUP: Group = Group::Users;
    const SHAPE: Shape = Shape::Many;
    const ICON: &'static str = "shield-check";
    const REMOVABLE: bool = true;
}

impl Record for Role {
    fn check(&self, problems: &mut Problems) {
        for (subject, verbs) in &self.modules.0 {
            let pointer = format!("/modules/{}", segment(subject));
            if !MODULES.contains(&subject.as_str()) {
                problems.push(Problem::error(pointer, "unknown_module").with("name", subject.as_str()));
            } else if verbs.contains(&Verb::Delete) {
                problems.push(Problem::error(pointer, "not_allowed").with("allowed", "view, edit, export"));
            }
        }
        if self.instance_access && self.built_in != BuiltIn::Administrator {
            problems.error("/instance_access", "only_administrator");
        }
    }

    fn check_in(&self, id: i64, world: &dyn World, problems: &mut Problems) {
        let twin = world.live::<Role>().into_iter().any(|(other, role)| other != id && role.built_in == self.built_in);
        if self.built_in != BuiltIn::No && twin {
            problems.error("/built_in", "built_in_twice");
        }
    }

    fn check_change(&self, before: Option<&Self>, problems: &mut Problems) {
        let Some(before) = before else {
            // The commit that fills a fresh instance writes them; it is made by the program, not by a person.
            return;
        };
        if self.built_in != before.built_in {
            problems.error("/built_in", "built_in_fixed");
        }
        let but_the_switch = Self { instance_access: before.instance_access, ..self.clone() };
        if before.built_in.is_fixed() && but_the_switch != *before {
            problems.error("", "built_in_fixed");
        }
    }

    fn unique(&self) -> Vec<Unique<'_>> {
        self.name.0.iter().map(|(language, name)| Unique::within(language, "/name", name)).collect()
    }

    fn name(&self, language: &str) -> Cow<'_, str> {
        self.name.in_language(language).into()
    }

    fn keep(&self) -> Option<&'static str> {
        (self.built_in != BuiltIn::No).then_some("built_in_role")
    }
}
