//! The variables that a reply may name.

use crate::text::nearest;

/// What a variable holds, for its icon in the picker and for how a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words.
    Text,
    /// A number, for example of a dialog.
    Number,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// An address on the web.
    Url,
}

impl Kind {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::DateTime => "date_time",
            Self::Url => "url",
        }
    }
}

/// A variable of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in a template, and the key of its words in the picker.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// May a dialog lack it? Then its place in a text wants a fallback.
    pub optional: bool,
    /// Its value for the sample client of a Ukrainian preview.
    pub sample_uk: &'static str,
    /// Its value for the sample client of an English preview.
    pub sample_en: &'static str,
}

impl Variable {
    /// The sample in a language named by its BCP 47 tag; English for any but Ukrainian.
    pub fn sample(&self, language: &str) -> &'static str {
        if language.split('-').next() == Some("uk") { self.sample_uk } else { self.sample_en }
    }

    /// The variable of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        VARIABLES.iter().find(|variable| variable.name == name)
    }
}

/// One line of the registry.
const fn variable(
    name: &'static str,
    kind: Kind,
    sample_uk: &'static str,
    sample_en: &'static str,
) -> Variable {
    Variable { name, kind, optional: false, sample_uk, sample_en }
}

/// One line of the registry that a dialog may lack.
const fn optional(
    name: &'static str,
    kind: Kind,
    sample_uk: &'static str,
    sample_en: &'static str,
) -> Variable {
    Variable { optional: true, ..variable(name, kind, sample_uk, sample_en) }
}

/// Every variable with a fixed name, in the order of the picker.
pub const VARIABLES: &[Variable] = &[
    optional("client.first_name", Kind::Text, "Олена", "Olena"),
    optional("client.last_name", Kind::Text, "Коваленко", "Kovalenko"),
    optional("client.full_name", Kind::Text, "Олена Коваленко", "Olena Kovalenko"),
    optional("client.phone", Kind::Text, "+380 44 000 00 00", "+380 44 000 00 00"),
    optional("client.email", Kind::Text, "olena@example.com", "olena@example.com"),
    optional("client.username", Kind::Text, "olena_k", "olena_k"),
    variable("operator.first_name", Kind::Text, "Тарас", "Taras"),
    variable("operator.last_name", Kind::Text, "Мельник", "Melnyk"),
    variable("operator.full_name", Kind::Text, "Тарас Мельник", "Taras Melnyk"),
    optional("operator.signature", Kind::Text, "Тарас, служба підтримки", "Taras, customer care"),
    variable("dialog.id", Kind::Number, "10245", "10245"),
    optional("dialog.topic", Kind::Text, "Загальні питання", "General questions"),
    variable("dialog.channel", Kind::Text, "Telegram", "Telegram"),
    variable("dialog.created_at", Kind::DateTime, "14.03.2025, 09:30", "14 March 2025, 09:30"),
    variable("bot.name", Kind::Text, "Помічник", "Assistant"),
    optional("ticket.id", Kind::Number, "512", "512"),
    optional("ticket.subject", Kind::Text, "Повернення коштів", "Refund"),
    variable("company.name", Kind::Text, "Крамниця «Світанок»", "Dawn Shop"),
    optional("company.portal_url", Kind::Url, "https://portal.example.com", "https://portal.example.com"),
    variable("date.today", Kind::Date, "14.03.2025", "14 March 2025"),
    variable("date.tomorrow", Kind::Date, "15.03.2025", "15 March 2025"),
    variable("date.now", Kind::DateTime, "14.03.2025, 10:05", "14 March 2025, 10:05"),
];

/// What the names of client fields begin with: `client.extra.<alias>`.
pub const EXTRA: &str = "client.extra.";

/// The names that a template may use: the registry and the client fields of this instance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The aliases of the client fields, without [`EXTRA`].
    pub extra: &'a [&'a str],
    /// Whoever asks does not know the client fields: any alias may be one.
    pub any_extra: bool,
}

impl Known<'_> {
    /// May a template use this name?
    pub fn contains(&self, name: &str) -> bool {
        match name.strip_prefix(EXTRA) {
            Some(alias) => self.extra.contains(&alias) || (self.any_extra && !alias.is_empty()),
            None => Variable::named(name).is_some(),
        }
    }

    /// The known name that was probably meant: a slip of the keys, else `client.name` for `client.first_name`, else
    /// `signature` for `operator.signature`.
    pub(super) fn nearest(&self, name: &str) -> Option<String> {
        if name.len() > NAME {
            return None;
        }
        let extra: Vec<String> = self.extra.iter().map(|alias| format!("{EXTRA}{alias}")).collect();
        let known = || VARIABLES.iter().map(|variable| variable.name).chain(extra.iter().map(String::as_str));
        let (space, last) = split(name);
        in_space(space, last, &extra)
            .or_else(|| nearest(name, known()))
            .or_else(|| known().find(|known| split(known).0 == space && is_tail(last, split(known).1)))
            .or_else(|| {
                let meant = nearest(last, known().map(|known| split(known).1))?;
                known().find(|known| split(known).1 == meant)
            })
            .map(str::to_owned)
    }
}

/// The name in the space that was probably meant, even if the space is mistyped itself: `client.first_name` for
/// `clent.name`.
fn in_space<'k>(space: &str, last: &str, extra: &'k [String]) -> Option<&'k str> {
    let known = || VARIABLES.iter().map(|variable| variable.name).chain(extra.iter().map(String::as_str));
    let meant = nearest(space, known().map(|known| split(known).0))?;
    let inside = || known().filter(|known| split(known).0 == meant);
    inside().find(|known| split(known).1 == last || is_tail(last, split(known).1)).or_else(|| {
        let near = nearest(last, inside().map(|known| split(known).1))?;
        inside().find(|known| split(known).1 == near)
    })
}

/// A name of more bytes than this is not mistyped, and comparing it would cost.
const NAME: usize = 128;

/// A name as what stands before its last dot, and the rest.
fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// Is `last` the last word of `known`, as `name` is of `first_name`?
fn is_tail(last: &str, known: &str) -> bool {
    !last.is_empty() && known.strip_suffix(last).is_some_and(|before| before.ends_with('_'))
}
