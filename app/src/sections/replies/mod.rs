//! Швидкі відповіді: the texts that operators insert, with variables, slots and a place for the cursor.

pub mod ranking;
pub mod template;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reply_categories::ReplyCategory;
use super::users::User;
use super::{Group, Record, Section, Shape, Unique, World, WorldExt};
use crate::field::{Channel, Date, LongWords, Ref, Shortcut, Text};
use crate::problem::{Problem, Problems, segment};

/// A text that an operator inserts with a few keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reply {
    /// What operators read in the list of suggestions.
    #[schemars(extend("x-column" = 1))]
    pub title: Text<1, 120>,
    /// What they type after `/`; letters of any script, digits, `_` and `-`.
    #[schemars(extend("x-column" = 2))]
    pub shortcut: Shortcut,
    /// The branch it is found in.
    #[schemars(extend("x-column" = 3, "x-filter" = true))]
    pub category: Option<Ref<ReplyCategory>>,
    /// The text per language, in the template language; at least one.
    #[schemars(extend("x-widget" = "template"))]
    pub text: LongWords<4000>,
    /// Other texts for channels that need them.
    #[schemars(extend("x-identity" = "channel"))]
    pub channels: Vec<ChannelText>,
    /// Who is offered it.
    #[schemars(extend("x-column" = 5, "x-filter" = true))]
    pub scope: Scope,
    /// Whose it is, when it is personal.
    pub owner: Option<Ref<User>>,
    /// When somebody should read it again.
    #[schemars(extend("x-column" = 6))]
    pub review_on: Date,
    /// Offered to operators.
    #[schemars(extend("x-column" = 7, "x-filter" = true))]
    pub active: bool,
}

/// The text of a reply on one channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub struct ChannelText {
    /// The channel it is for.
    pub channel: Channel,
    /// The text per language, in the template language.
    #[schemars(extend("x-widget" = "template"))]
    pub text: LongWords<4000>,
}

/// Who is offered a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Scope {
    /// Every operator.
    #[default]
    Everyone,
    /// Its owner alone.
    Personal,
}

/// The most characters that a channel carries in one message.
///
/// Telegram: Bot API, `sendMessage`. Viber: REST Bot API, text message. WhatsApp: Cloud API, text object. Facebook
/// and Instagram: Send API. SMS: ten joined segments of 67 UCS-2 characters, past which gateways refuse.
pub fn channel_limit(channel: Channel) -> Option<usize> {
    match channel {
        Channel::Telegram | Channel::Whatsapp => Some(4096),
        Channel::Viber => Some(7000),
        Channel::Facebook => Some(2000),
        Channel::Instagram => Some(1000),
        Channel::Sms => Some(670),
        Channel::WebWidget | Channel::Email | Channel::Custom => None,
    }
}

impl Default for Reply {
    fn default() -> Self {
        Self {
            title: Text::default(),
            shortcut: Shortcut::default(),
            category: None,
            text: LongWords::default(),
            channels: Vec::new(),
            scope: Scope::default(),
            owner: None,
            review_on: Date::default(),
            active: true,
        }
    }
}

impl Section for Reply {
    const KEY: &'static str = "replies";
    const GROUP: Group = Group::QuickReplies;
    const SHAPE: Shape = Shape::Many;
    const ICON: &'static str = "message-square-quote";
    const REMOVABLE: bool = true;
}

impl Record for Reply {
    fn check(&self, problems: &mut Problems) {
        if self.text.0.values().all(|text| text.trim().is_empty()) {
            problems.error("/text", "required");
        }
        check_templates("/text", &self.text, None, problems);
        for (n, variant) in self.channels.iter().enumerate() {
            let limit = channel_limit(variant.channel);
            check_templates(&format!("/channels/{n}/text"), &variant.text, limit, problems);
        }
        match (self.scope, self.owner) {
            (Scope::Personal, None) => {
                problems.error("/owner", "required");
            }
            (Scope::Everyone, Some(_)) => {
                problems.error("/owner", "owner_of_shared");
            }
            _ => {}
        }
    }

    fn check_in(&self, _id: i64, world: &dyn World, problems: &mut Problems) {
        if let Some(category) = self.category.and_then(|link| world.get::<ReplyCategory>(link.0))
            && self.active
            && !category.active
        {
            problems.warning("/category", "inactive_target");
        }
    }

    fn unique(&self) -> Vec<Unique<'_>> {
        let scope = match (self.scope, self.owner) {
            (Scope::Personal, Some(owner)) => owner.0.to_string(),
            _ => String::new(),
        };
        vec![Unique::within(scope, "/shortcut", &self.shortcut)]
    }

    fn name(&self, _language: &str) -> Cow<'_, str> {
        (*self.title).into()
    }

    fn active(&self) -> bool {
        self.active
    }

    fn owner(&self) -> Option<i64> {
        self.owner.filter(|_| self.scope == Scope::Personal).map(|owner| owner.0)
    }
}

/// Reports what the template language finds in each text, and texts that a channel would cut.
fn check_templates(at: &str, texts: &LongWords<4000>, limit: Option<usize>, problems: &mut Problems) {
    for (language, text) in &texts.0 {
        let pointer = format!("{at}/{}", segment(language));
        for found in template::check(text, &template::Known::default()) {
            let mut problem = Problem::error(pointer.clone(), found.code)
                .with("line", found.line)
                .with("column", found.column);
            problem.params.extend(found.params);
            problems.push(problem);
        }
        let length = crate::text::graphemes(text);
        if let Some(max) = limit.filter(|max| length > *max) {
            problems.push(Problem::warning(pointer, "channel_limit").with("max", max).with("length", length));
        }
    }
}
