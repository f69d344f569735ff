//! Теги: the labels that operators put on dialogs to find and to count them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Group, Record, Section, Shape, Unique, World, WorldExt};
use crate::field::{Colour, LongText, Text};
use crate::problem::Problems;

/// A label for dialogs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tag {
    /// What operators read; unique, whatever the case and whichever of two look-alike letters was typed.
    #[schemars(extend("x-column" = 1))]
    pub name: Text<1, 40>,
    /// The colour of its chip.
    #[schemars(extend("x-column" = 2))]
    pub colour: Colour,
    /// Shown to operators when they choose.
    pub description: LongText<500>,
    /// Tags with the same group stand together in the choice.
    #[schemars(extend("x-column" = 3, "x-filter" = true, "x-suggest" = true))]
    pub group: Text<0, 40>,
    /// At most one tag of the group may be on a dialog.
    pub one_of_group: bool,
    /// Who may put it on a dialog.
    #[schemars(extend("x-column" = 4, "x-filter" = true))]
    pub who_may_add: WhoMayAdd,
    /// Offered for new dialogs.
    #[schemars(extend("x-column" = 5, "x-filter" = true))]
    pub active: bool,
}

/// Who may put a tag on a dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum WhoMayAdd {
    /// Everyone who works with the dialog.
    #[default]
    Operators,
    /// Supervisors alone.
    Supervisors,
}

impl Default for Tag {
    fn default() -> Self {
        Self {
            name: Text::default(),
            colour: Colour::default(),
            description: LongText::default(),
            group: Text::default(),
            one_of_group: false,
            who_may_add: WhoMayAdd::default(),
            active: true,
        }
    }
}

impl Section for Tag {
    const KEY: &'static str = "tags";
    const GROUP: Group = Group::OperatorPanel;
    const SHAPE: Shape = Shape::Many;
    const ICON: &'static str = "tags";
}

impl Record for Tag {
    fn check(&self, problems: &mut Problems) {
        if self.one_of_group && self.group.is_empty() {
            problems.error("/group", "tag_group_needed");
        }
    }

    fn check_in(&self, id: i64, world: &dyn World, problems: &mut Problems) {
        if self.group.is_empty() {
            return;
        }
        let differs = world
            .live::<Tag>()
            .into_iter()
            .find(|(other, tag)| *other != id && tag.group == self.group && tag.one_of_group != self.one_of_group);
        if let Some((_, tag)) = differs {
            let found = problems.warning("/one_of_group", "tag_group_differs");
            found.params.insert("name".into(), tag.name.0.into());
        }
    }

    fn unique(&self) -> Vec<Unique<'_>> {
        vec![Unique::new("/name", &self.name)]
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        (*self.name).into()
    }

    fn active(&self) -> bool {
        self.active
    }
}
