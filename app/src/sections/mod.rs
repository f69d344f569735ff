//! The sections of the console: the list, what a section is, and how to add one.
//!
//! A section is a type with rules and words. To add one: a file here with its type, one word in the
//! [`sections!`] list below, and its words in every file of `words/`. `docs/adding-a-section.md` walks through it.

pub mod fields;
mod menu;
#[cfg(feature = "ssr")]
pub mod registry;
mod strangers;
mod world;

pub use menu::{Group, Item, Shape};
pub use world::{Standing, World, WorldExt};

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::problem::Problems;

/// One kind of settings: a type that can be stored, with its place in the menu and its rules over all records.
pub trait Section:
    Record + Default + Clone + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// Its name in routes, rights, REST and files: lower case, words joined by `-`.
    const KEY: &'static str;
    /// Where the menu shows it.
    const GROUP: Group;
    /// Many records, or one document.
    const SHAPE: Shape;
    /// Its picture in `public/icons.svg`.
    const ICON: &'static str;
    /// The format in which values are written now; raise it when [`Section::upgrade`] learns an older one.
    const FORMAT: i32 = 1;
    /// Other sections that the rules of this one read: a change there has these rules checked again.
    const READS: &'static [&'static str] = &[];
    /// The function that a person must hold, instead of a right of the roles' matrix, to view and to edit.
    const GUARD: Option<(&'static str, &'static str)> = None;

    /// Properties that only a function of their own may change: without it a save, a restore or an import leaves them as
    /// they are. Each is named with its function.
    const GUARDED: &'static [(&'static str, &'static str)] = &[];

    /// May an archived record be removed for good, even one that was in use?
    const REMOVABLE: bool = false;
    /// Does [`Record::settle`] do anything? A section that says no is not asked.
    const SETTLES: bool = false;

    /// Rules over the section as a whole, such as "exactly one default".
    fn check_all(_world: &dyn World, _problems: &mut Problems) {}

    /// What a change does to people's work, for the sentence shown before a save.
    fn effects(_before: Option<&Self>, _after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        Vec::new()
    }

    /// A value written in an older `format`, in the words of the current one.
    fn upgrade(_format: i32, value: Value) -> Value {
        value
    }
}

/// The rules of one value.
pub trait Record {
    /// Rules that need nothing but the value; they run in the browser and on the server.
    fn check(&self, _problems: &mut Problems) {}

    /// Rules that need the other settings; `id` is 0 for a record that doesn't exist yet, and for documents.
    fn check_in(&self, _id: i64, _world: &dyn World, _problems: &mut Problems) {}

    /// Rules of the step from one value to the next: what may never change once saved. `before` is none at creation.
    fn check_change(&self, _before: Option<&Self>, _problems: &mut Problems)
    where
        Self: Sized,
    {
    }

    /// Writes what the value itself must carry of the step from one version to the next, just before it is stored.
    fn settle(&mut self, _before: Option<&Self>, _languages: &[String])
    where
        Self: Sized,
    {
    }

    /// Values that no two records may share, each with the pointer to which a clash is reported.
    fn unique(&self) -> Vec<Unique<'_>> {
        Vec::new()
    }

    /// What a person calls this record, in `language`.
    fn name(&self, language: &str) -> Cow<'_, str>;

    /// The key that a new record gets when none is asked for; made of the name unless the section knows better.
    fn key(&self) -> Cow<'_, str> {
        self.name("uk")
    }

    /// Is it offered for new work? Sections without a switch say yes.
    fn active(&self) -> bool {
        true
    }

    /// May it be removed or archived at all? `Some(code)` of the refusal if not.
    fn keep(&self) -> Option<&'static str> {
        None
    }

    /// The person whom the record belongs to alone: only they and who may edit users' own records see it.
    fn owner(&self) -> Option<i64> {
        None
    }
}

/// A value that no two records of a section may share, compared without case and with look-alike letters as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unique<'a> {
    /// Where a clash is reported.
    pub pointer: &'static str,
    /// The space in which the value is unique, for example a parent's id; empty for the whole section.
    pub scope: String,
    /// The value; an empty one never clashes.
    pub value: Cow<'a, str>,
}

impl<'a> Unique<'a> {
    /// A value unique in the whole section.
    pub fn new(pointer: &'static str, value: &'a str) -> Self {
        Self { pointer, scope: String::new(), value: value.into() }
    }

    /// A value unique among the records of one scope.
    pub fn within(scope: impl Into<String>, pointer: &'static str, value: &'a str) -> Self {
        Self { pointer, scope: scope.into(), value: value.into() }
    }
}

/// One consequence of a change, said before it is saved: a code, whose words name the numbers.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize)]
pub struct Effect {
    /// The key of its words.
    pub code: String,
    /// How many people, records or dialogs it touches.
    pub count: i64,
    /// Names for the sentence.
    pub params: indexmap::IndexMap<String, Value>,
}

impl Effect {
    /// `count` of what `code` speaks of.
    pub fn new(code: &str, count: i64) -> Self {
        Self { code: code.into(), count, params: indexmap::IndexMap::new() }
    }

    /// What `code` speaks of, named one by one; nothing where there is nothing to name.
    pub fn of_each(code: &str, names: Vec<String>) -> Option<Self> {
        (!names.is_empty()).then(|| Self::new(code, names.len() as i64).with("names", names))
    }

    /// The same consequence with one more name for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }
}

/// Declares the sections in the order of the menu: their modules, [`menu::ALL`](ALL) and, on the server, the registry.
macro_rules! sections {
    ($($module:ident::$type:ident),* $(,)?) => {
        $(pub mod $module;)*

        /// Every section as plain data, in the order of the menu: all that the browser's main chunk knows of them.
        pub static ALL: &[Item] = &[$(Item {
            key: <$module::$type as Section>::KEY,
            group: <$module::$type as Section>::GROUP,
            shape: <$module::$type as Section>::SHAPE,
            icon: <$module::$type as Section>::ICON,
        }),*];

        #[cfg(feature = "ssr")]
        pub(crate) static ENTRIES: &[&dyn registry::Entry] = &[$({
            static ENTRY: registry::Of<$module::$type> = registry::Of::new();
            &ENTRY
        }),*];
    };
}

sections! {
    user_fields::UserFields,
    client_fields::ClientFields,
    users::User,
    roles::Role,
    tags::Tag,
    timers::Timers,
    styles::Styles,
    files::Files,
    client_card::ClientCard,
    hotkeys::Hotkeys,
    reply_categories::ReplyCategory,
    replies::Reply,
    instance::Instance,
}

/// The section of this key, as plain data.
pub fn item(key: &str) -> Option<&'static Item> {
    ALL.iter().find(|item| item.key == key)
}
