//! The menu of quick replies: found and ranked as the operator types, rendered for the sample client.

use serde_json::Value;

use super::settings::{Settings, colour, in_language, text};
use super::words::Said;
use crate::sections::replies::ranking::{self, Rank};
use crate::sections::replies::template::{Rendered, Template, VARIABLES};
use crate::text::fold;
use crate::words::language;

/// How many replies the menu shows.
const SHOWN: usize = 8;

/// A quick reply, ready to be looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reply {
    pub title: String,
    pub shortcut: String,
    pub category: Option<i64>,
    /// The text on the channel of the open dialog, in the reader's language, as a template.
    pub text: String,
    pub edited: bool,
    folded: [String; 3],
}

/// A category of quick replies.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Category {
    pub id: i64,
    pub name: String,
    pub colour: String,
}

/// The replies of a panel whose settings hold none: shortcut, title, text.
const SAMPLE: [(Said, Said, Said); 3] = [
    (
        Said("вітання", "hello"),
        Said("Вітання", "Greeting"),
        Said(
            "Вітаю, {{client.first_name|клієнте}}! Мене звати {{operator.first_name}}, чим можу допомогти?",
            "Hello, {{client.first_name|dear client}}! My name is {{operator.first_name}}, how can I help?",
        ),
    ),
    (
        Said("повернення", "refund"),
        Said("Строки повернення коштів", "When a refund arrives"),
        Said(
            "Кошти за замовлення {{?номер замовлення}} надійдуть до {{?дата}}. {{|}}Дякуємо, що чекаєте!",
            "The money for order {{?order number}} will arrive by {{?date}}. {{|}}Thank you for waiting!",
        ),
    ),
    (
        Said("дякую", "thanks"),
        Said("Подяка", "Thanks"),
        Said("Дякую за звернення, гарного дня!", "Thank you for writing, have a nice day!"),
    ),
];

fn reply(title: &str, shortcut: &str, category: Option<i64>, text: &str, edited: bool) -> Reply {
    Reply {
        folded: [fold(shortcut), fold(title), fold(text)],
        title: title.to_owned(),
        shortcut: shortcut.to_owned(),
        category,
        text: text.to_owned(),
        edited,
    }
}

/// The text of a reply for a channel.
fn text_on<'v>(value: &'v Value, channel: &str) -> &'v str {
    let own = value
        .get("channels")
        .and_then(Value::as_array)
        .and_then(|all| all.iter().find(|variant| text(variant, "channel") == channel))
        .map_or("", |variant| in_language(variant, "text"));
    if own.is_empty() { in_language(value, "text") } else { own }
}

/// The replies that are set, for a dialog of `channel`; the sample's own where there are none.
pub(super) fn replies(settings: &Settings, channel: &str) -> Vec<Reply> {
    let set: Vec<Reply> = settings
        .records("replies")
        .iter()
        .map(|entry| {
            let value = entry.value;
            let category = value.get("category").and_then(Value::as_i64);
            reply(
                text(value, "title"),
                text(value, "shortcut"),
                category,
                text_on(value, channel),
                entry.edited,
            )
        })
        .collect();
    if !set.is_empty() {
        return set;
    }
    SAMPLE.map(|(shortcut, title, text)| reply(title.now(), shortcut.now(), None, text.now(), false)).to_vec()
}

/// The categories that are set.
pub(super) fn categories(settings: &Settings) -> Vec<Category> {
    let all = settings.records("reply-categories");
    all.iter()
        .map(|entry| Category {
            id: entry.id,
            name: in_language(entry.value, "name").to_owned(),
            colour: colour(entry.value).unwrap_or_else(|| "#6b7b80".to_owned()),
        })
        .filter(|category| !category.name.is_empty())
        .collect()
}

/// The replies that answer to a query, best first; the one that is being edited before others as good.
pub(super) fn found(all: &[Reply], query: &str, category: Option<i64>) -> Vec<Reply> {
    let query = fold(query);
    let mut found: Vec<(Rank, &Reply)> = all
        .iter()
        .filter(|reply| category.is_none() || reply.category == category)
        .filter_map(|reply| {
            let [shortcut, title, text] = &reply.folded;
            Some((ranking::rank(&query, shortcut, title, text)?, reply))
        })
        .collect();
    found.sort_by(|(rank, one), (other_rank, other)| {
        rank.cmp(other_rank)
            .then(other.edited.cmp(&one.edited))
            .then_with(|| one.folded[1].cmp(&other.folded[1]))
    });
    found.into_iter().take(SHOWN).map(|(_, reply)| reply.clone()).collect()
}

/// The text of a reply for the sample client.
pub(super) fn rendered(template: &str) -> Rendered {
    let value = |name: &str| {
        let variable = VARIABLES.iter().find(|variable| variable.name == name)?;
        Some(variable.sample(language().tag()).to_owned())
    };
    Template::parse(template).render(&value)
}

/// What opens the menu before the cursor: `sign` at the start of a word, and what is typed after it. Its place in UTF-16
/// units, and the query.
pub(super) fn trigger(text: &str, cursor: usize, sign: &str) -> Option<(usize, String)> {
    const LONGEST: usize = 40;
    let units: Vec<u16> = text.encode_utf16().take(cursor).collect();
    let before = String::from_utf16_lossy(&units);
    let line = before.rsplit('\n').next()?;
    let mut from = None;
    let mut last = ' ';
    for (at, letter) in line.char_indices() {
        if !sign.is_empty() && last.is_whitespace() && line[at..].starts_with(sign) {
            from = Some(at);
        }
        last = letter;
    }
    let query = &line[from? + sign.len()..];
    if query.chars().count() > LONGEST || query.starts_with(char::is_whitespace) {
        return None;
    }
    let place = units.len() - query.encode_utf16().count() - sign.encode_utf16().count();
    Some((place, query.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{found, reply, trigger};

    #[test]
    fn a_stroke_at_the_start_of_a_word_opens_the_menu() {
        let table = [
            ("/", 1, Some((0, ""))),
            ("/ві", 3, Some((0, "ві"))),
            ("Так /віт", 8, Some((4, "віт"))),
            ("Так\n/віт", 8, Some((4, "віт"))),
            ("🙂 /віт", 7, Some((3, "віт"))),
            ("/оплата карт", 12, Some((0, "оплата карт"))),
            ("10/12", 5, None),
            ("https://x", 9, None),
            ("/ так", 5, None),
            ("/віт\nдалі", 9, None),
            ("/віт", 0, None),
            ("", 0, None),
        ];
        for (text, cursor, expected) in table {
            let got = trigger(text, cursor, "/");
            assert_eq!(got.as_ref().map(|(at, query)| (*at, query.as_str())), expected, "{text:?}");
        }
    }

    #[test]
    fn another_sign_opens_it_as_well_and_none_never() {
        assert_eq!(trigger("так ;;віт", 9, ";;"), Some((4, "віт".to_owned())));
        assert_eq!(trigger("/віт", 4, "#"), None);
        assert_eq!(trigger("/віт", 4, ""), None);
    }

    #[test]
    fn the_better_place_comes_first_and_the_edited_reply_before_its_equals() {
        let all = [
            reply("Про доставку", "dostavka", Some(1), "Ваше вітання отримано", false),
            reply("Вітання", "hello", None, "Добрий день", false),
            reply("Вітальна", "welcome", Some(1), "Ласкаво просимо", true),
        ];
        let titles = |query: &str, category| -> Vec<String> {
            found(&all, query, category).into_iter().map(|reply| reply.title).collect()
        };
        assert_eq!(titles("віта", None), ["Вітальна", "Вітання", "Про доставку"]);
        assert_eq!(titles("hello", None), ["Вітання"]);
        assert_eq!(titles("", Some(1)), ["Вітальна", "Про доставку"]);
        assert!(titles("немає такого", None).is_empty());
    }
}
