//! Швидкі відповіді: the texts that operators insert, with variables, slots and a place for the cursor.

pub mod health;
pub mod limits;
pub mod ranking;
pub mod template;
pub mod translation;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client_fields::ClientFields;
use super::reply_categories::ReplyCategory;
use super::users::User;
use super::{Group, Record, Section, Shape, Unique, World, WorldExt};
use crate::field::{Attachments, Channel, Date, LongWords, Ref, Shortcut, Text};
use crate::problem::{Problem, Problems, segment};
use translation::Marks;

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
    /// Of which leading text each translation was made; written by whoever translates, else at the save.
    #[schemars(
        with = "BTreeMap<String, String>",
        extend("x-widget" = "hidden", "x-search" = false, "x-beside" = "text")
    )]
    pub translated: Marks,
    /// Other texts for channels that need them.
    #[schemars(extend("x-identity" = "channel"))]
    pub channels: Vec<ChannelText>,
    /// Files that go with it.
    pub attachments: Attachments<10>,
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
    /// Of which leading text each translation was made.
    #[schemars(
        with = "BTreeMap<String, String>",
        extend("x-widget" = "hidden", "x-search" = false, "x-beside" = "text")
    )]
    pub translated: Marks,
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

impl Default for Reply {
    fn default() -> Self {
        Self {
            title: Text::default(),
            shortcut: Shortcut::default(),
            category: None,
            text: LongWords::default(),
            translated: Marks::new(),
            channels: Vec::new(),
            attachments: Attachments::default(),
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
    const SETTLES: bool = true;
}

impl Record for Reply {
    fn check(&self, problems: &mut Problems) {
        if self.text.0.values().all(|text| text.trim().is_empty()) {
            problems.error("/text", "required");
        }
        check_templates("/text", &self.text, None, problems);
        for (n, variant) in self.channels.iter().enumerate() {
            check_templates(&format!("/channels/{n}/text"), &variant.text, Some(variant.channel), problems);
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
        let variants = self.channels.iter().enumerate();
        let variants = variants.map(|(n, variant)| (format!("/channels/{n}/text"), &variant.text));
        let texts = std::iter::once(("/text".to_owned(), &self.text)).chain(variants);
        let texts: Vec<_> =
            texts.filter(|(_, texts)| texts.0.values().any(|text| text.contains(template::EXTRA))).collect();
        if texts.is_empty() {
            return;
        }
        let aliases = client_fields(world);
        let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
        let known = template::Known { extra: &aliases, any_extra: false };
        for (at, texts) in texts {
            for (language, text) in &texts.0 {
                let unknown = template::check(text, &known).into_iter().filter(|found| {
                    found.params.get("name").and_then(|name| name.as_str()).is_some_and(|name| name.starts_with(template::EXTRA))
                });
                let pointer = format!("{at}/{}", segment(language));
                problems.0.extend(unknown.map(|found| told(&pointer, found)));
            }
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

    fn settle(&mut self, before: Option<&Self>, languages: &[String]) {
        let Some(leading) = languages.first() else { return };
        let stood = before.map(|before| (&before.text.0, &before.translated));
        translation::settle(&self.text.0, &mut self.translated, stood, leading);
        for variant in &mut self.channels {
            let stood = before
                .and_then(|before| before.channels.iter().find(|known| known.channel == variant.channel))
                .map(|known| (&known.text.0, &known.translated));
            translation::settle(&variant.text.0, &mut variant.translated, stood, leading);
        }
    }

    fn owner(&self) -> Option<i64> {
        self.owner.filter(|_| self.scope == Scope::Personal).map(|owner| owner.0)
    }
}

/// A text as a sample client would read it: what the length of a message is judged by before anybody writes to anybody.
pub fn sample(text: &str, language: &str) -> String {
    let value = |name: &str| template::Variable::named(name).map(|variable| variable.sample(language).to_owned());
    template::Template::parse(text).render(&value).text
}

/// The aliases of the fields that clients have beside the panel's own.
pub fn client_fields(world: &dyn World) -> Vec<String> {
    let fields = world.get::<ClientFields>(0).unwrap_or_default();
    fields.client_fields_json.0.into_iter().map(|(alias, _)| alias).collect()
}

/// A mistake in a template as a finding.
fn told(pointer: &str, found: template::TemplateProblem) -> Problem {
    let mut problem =
        Problem::error(pointer, found.code).with("line", found.line).with("column", found.column);
    problem.params.extend(found.params);
    problem
}

/// Reports what the template language finds in each text, and texts that a channel would cut.
fn check_templates(at: &str, texts: &LongWords<4000>, channel: Option<Channel>, problems: &mut Problems) {
    for (language, text) in &texts.0 {
        let pointer = format!("{at}/{}", segment(language));
        for found in template::check(text, &template::Known { any_extra: true, ..template::Known::default() }) {
            problems.push(told(&pointer, found));
        }
        let over = channel
            .and_then(|channel| limits::measure(channel, &sample(text, language)))
            .filter(|measure| !measure.fits());
        if let Some(over) = over {
            let code = match over.unit {
                limits::Unit::Segments => "channel_segments",
                limits::Unit::Bytes => "channel_bytes",
                _ => "channel_limit",
            };
            problems.push(Problem::warning(pointer, code).with("max", over.max).with("length", over.length));
        }
    }
}
