//! Категорії швидких відповідей: the tree in which operators look for a reply.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Group, Record, Section, Shape, Unique, World, WorldExt};
use crate::field::{Colour, Ref, Words};
use crate::problem::Problems;

/// The deepest that categories may stand inside each other, counting the topmost.
pub const MAX_DEPTH: usize = 3;

/// A branch of the tree of quick replies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReplyCategory {
    /// What operators read, per language.
    #[schemars(extend("x-column" = 1))]
    pub name: Words<1, 80>,
    /// The category that this one stands in; empty at the top.
    #[schemars(extend("x-widget" = "parent", "x-depth" = MAX_DEPTH))]
    pub parent: Option<Ref<ReplyCategory>>,
    /// The colour of its mark.
    #[schemars(extend("x-column" = 2))]
    pub colour: Colour,
    /// The picture beside its name.
    #[schemars(extend("x-column" = 3))]
    pub icon: Icon,
    /// Its place among the categories of the same parent: smaller first; ties by name.
    #[schemars(extend("x-widget" = "order", "x-search" = false))]
    pub order: i64,
    /// Offered to operators.
    #[schemars(extend("x-column" = 5, "x-filter" = true))]
    pub active: bool,
}

/// The pictures a category may carry; each is a symbol of `public/icons.svg`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
#[expect(missing_docs, reason = "each variant is the name of its symbol")]
pub enum Icon {
    #[default]
    Folder,
    Smile,
    CreditCard,
    Truck,
    Package,
    Wrench,
    CircleQuestionMark,
    Gift,
    Phone,
    Star,
}

impl Default for ReplyCategory {
    fn default() -> Self {
        Self {
            name: Words::default(),
            parent: None,
            colour: Colour::default(),
            icon: Icon::default(),
            order: 0,
            active: true,
        }
    }
}

impl Section for ReplyCategory {
    const KEY: &'static str = "reply-categories";
    const GROUP: Group = Group::QuickReplies;
    const SHAPE: Shape = Shape::Many;
    const ICON: &'static str = "library";
    const REMOVABLE: bool = true;
}

impl Record for ReplyCategory {
    fn check_in(&self, id: i64, world: &dyn World, problems: &mut Problems) {
        let mut above = 0;
        let mut parent = self.parent;
        while let Some(link) = parent {
            above += 1;
            if id != 0 && link.0 == id {
                problems.error("/parent", "cycle");
                return;
            }
            if above > MAX_DEPTH {
                break;
            }
            parent = world.get::<ReplyCategory>(link.0).and_then(|category| category.parent);
        }
        let below = if id == 0 { 0 } else { height(id, world, MAX_DEPTH) };
        if above + 1 + below > MAX_DEPTH {
            problems.error("/parent", "too_deep").params.insert("max".into(), MAX_DEPTH.into());
        }
    }

    fn unique(&self) -> Vec<Unique<'_>> {
        let scope = self.parent.map_or(0, |parent| parent.0);
        self.name
            .0
            .iter()
            .map(|(language, name)| Unique::within(format!("{scope}/{language}"), "/name", name))
            .collect()
    }

    fn name(&self, language: &str) -> Cow<'_, str> {
        self.name.in_language(language).into()
    }

    fn active(&self) -> bool {
        self.active
    }
}

/// How many levels stand below category `id`, looked for no deeper than `limit`.
fn height(id: i64, world: &dyn World, limit: usize) -> usize {
    if limit == 0 {
        return 1;
    }
    world
        .referrers(ReplyCategory::KEY, id)
        .into_iter()
        .filter(|(section, child)| *section == ReplyCategory::KEY && *child != id)
        .filter(|(section, child)| world.standing(section, *child).is_some_and(|child| !child.archived))
        .map(|(_, child)| 1 + height(child, world, limit - 1))
        .max()
        .unwrap_or(0)
}
