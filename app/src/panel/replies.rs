//! The menu of quick replies: found and ranked as the operator types, rendered for the sample client.

use serde_json::Value;

use super::asking::{Found, Wanted};
use super::settings::{Entry, Settings, colour, in_language, text};
use super::words::Said;
use crate::backend::PanelRecord;
use crate::sections::replies::ranking::{self, Rank};
use crate::sections::replies::template::{Rendered, Template, VARIABLES};
use crate::text::fold;
use crate::words::language;

/// How many replies the menu shows.
const SHOWN: usize = 8;

/// A quick reply, ready to be looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reply {
    /// Its record; 0 of the sample's own.
    pub id: i64,
    pub title: String,
    pub shortcut: String,
    pub category: Option<i64>,
    /// The text on the channel of the open dialog, in the reader's language, as a template.
    pub text: String,
    pub edited: bool,
    /// The operator's own.
    pub personal: bool,
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

fn reply(title: &str, shortcut: &str, text: &str) -> Reply {
    Reply {
        id: 0,
        folded: [fold(shortcut), fold(title), fold(text)],
        title: title.to_owned(),
        shortcut: shortcut.to_owned(),
        category: None,
        text: text.to_owned(),
        edited: false,
        personal: false,
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

/// A reply that is set, for a dialog of `channel`.
fn set(entry: &Entry<'_>, channel: &str) -> Reply {
    let value = entry.value;
    Reply {
        id: entry.id,
        category: value.get("category").and_then(Value::as_i64),
        edited: entry.edited,
        personal: text(value, "scope") == "personal",
        ..reply(text(value, "title"), text(value, "shortcut"), text_on(value, channel))
    }
}

/// The replies that the menu shows on a channel: those that the server has found for this, else those that are known; the
/// sample's own where none are set.
pub(super) fn offered(
    settings: &Settings,
    found: Option<&Found>,
    wanted: &Wanted,
    channel: &str,
) -> Vec<Reply> {
    if settings.records("replies").is_empty() {
        let sample = SAMPLE.map(|(shortcut, title, text)| reply(title.now(), shortcut.now(), text.now()));
        return best(sample.to_vec(), &[&wanted.words], wanted.category, false);
    }
    let held = settings.held("replies");
    // What was found goes with the right to see it.
    let found = found.filter(|_| !held.is_empty());
    let answer = found.filter(|found| found.wanted == *wanted);
    let entries = match answer {
        Some(answer) => settings.over("replies", &answer.records),
        None => {
            let is_new = |record: &&PanelRecord| held.iter().all(|known| known.id != record.id);
            let before = found.into_iter().flat_map(|found| &found.records).filter(is_new);
            settings.over("replies", held.iter().chain(before))
        }
    };
    let all = entries.iter().map(|entry| set(entry, channel)).collect();
    let words = answer.map_or(&wanted.words, |answer| &answer.words);
    best(all, &[&wanted.words, words], wanted.category, answer.is_some())
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

/// The replies that answer to any of these words, best first; among equals the one that is being edited, then the
/// operator's own, then as they came. Where the server has `found` them, what is not seen to answer does so by a text that
/// is not shown, as in another language.
fn best(all: Vec<Reply>, words: &[&str], category: Option<i64>, found: bool) -> Vec<Reply> {
    let words: Vec<String> = words.iter().map(|words| fold(words)).collect();
    let rank = |reply: &Reply| {
        let [shortcut, title, text] = &reply.folded;
        let rank = words.iter().find_map(|words| ranking::rank(words, shortcut, title, text));
        rank.or((found && !reply.edited).then_some(Rank::TextContains))
    };
    let mut ranked: Vec<_> = all
        .into_iter()
        .filter(|reply| category.is_none() || reply.category == category)
        .filter_map(|reply| Some(((rank(&reply)?, !reply.edited, !reply.personal), reply)))
        .collect();
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().take(SHOWN).map(|(_, reply)| reply).collect()
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
    use serde_json::{Value, json};

    use super::super::settings::Draft;
    use super::{Found, Settings, Wanted, offered, trigger};
    use crate::backend::PanelSettings;

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

    fn saved(records: Value) -> Settings {
        let records = serde_json::from_value(records).unwrap();
        Settings::new(PanelSettings { sections: [("replies".to_owned(), records)].into() })
    }

    fn titles(settings: &Settings, found: Option<&Found>, words: &str, category: Option<i64>) -> Vec<String> {
        let wanted = Wanted { words: words.into(), category };
        offered(settings, found, &wanted, "telegram").into_iter().map(|reply| reply.title).collect()
    }

    #[test]
    fn the_better_place_comes_first_and_the_edited_reply_before_its_equals() {
        let mut settings = saved(json!([
            { "id": 1, "value": { "title": "Вітання", "shortcut": "hello", "text": { "uk": "Добрий день" } } },
            { "id": 2, "value": { "title": "Вітаю", "text": "…", "scope": "personal" } },
            { "id": 3, "value": { "title": "Про доставку", "category": 1, "text": { "uk": "Ваше вітання отримано" } } },
        ]));
        settings.take_draft(Draft {
            section: "replies".into(),
            id: -1,
            value: json!({ "title": "Вітальна", "category": 1 }),
        });
        let titles = |words: &str, category| titles(&settings, None, words, category);
        assert_eq!(titles("віта", None), ["Вітальна", "Вітаю", "Вітання", "Про доставку"]);
        assert_eq!(titles("hello", None), ["Вітання"]);
        assert_eq!(titles("", Some(1)), ["Вітальна", "Про доставку"]);
        assert!(titles("немає такого", None).is_empty());
    }

    #[test]
    fn what_the_server_found_takes_the_place_of_what_is_known() {
        let mut settings = saved(json!([{ "id": 1, "value": { "title": "Ясно", "text": "…" } }]));
        let records = serde_json::from_value(json!([
            { "id": 8, "value": { "title": "Інша мова", "text": { "uk": "…" } } },
            { "id": 9, "value": { "title": "Якнайшвидше", "shortcut": "як", "text": "…" } },
        ]));
        let wanted = Wanted { words: "як".into(), category: None };
        let found = Found { words: wanted.words.clone(), wanted, records: records.unwrap() };
        assert_eq!(titles(&settings, Some(&found), "як", None), ["Якнайшвидше", "Інша мова"]);
        // Until the next answer, what the last one brought is known as well.
        assert_eq!(titles(&settings, Some(&found), "я", None), ["Якнайшвидше", "Ясно"]);
        // The draft stands in the place of what is saved of it, also where that would no longer be found.
        let value = json!({ "title": "Якнайшвидше", "shortcut": "як", "text": "…", "active": false });
        settings.take_draft(Draft { section: "replies".into(), id: 9, value });
        assert_eq!(titles(&settings, Some(&found), "як", None), ["Інша мова"]);
        // Whoever may see none any more is shown none.
        let nothing = Settings::default();
        assert!(!titles(&nothing, Some(&found), "як", None).contains(&"Якнайшвидше".to_owned()));
    }
}
