//! What is not wrong with a reply but ought to be looked at: as far as the value tells by itself.
//!
//! Dates, other replies and who is there to read it are the server's to know (`settings/health.rs`).

use super::limits::measure;
use super::template::{Known, check};
use super::translation::{State, state};
use super::{Reply, sample};
use crate::problem::{Problem, segment};
use crate::text::fold;

/// What a reply may suffer from, worst first: the values of the list's filter.
pub const CODES: [&str; 7] =
    ["unresolved", "nobody", "over_limit", "stale", "untranslated", "duplicate", "past_review"];
/// The filter that asks for any of them.
pub const ANY: &str = "any";

/// What the value itself tells, in the languages of the instance; each with the field that cures it.
///
/// ```
/// use app::sections::replies::template::Known;
/// use app::sections::replies::{Reply, health};
/// let reply = Reply { text: [("uk", "Вітаю, {{clent.first_name}}!")].into(), ..Reply::default() };
/// let found: Vec<_> = health::of(&reply, &["uk".into(), "en".into()], &Known::default()).into_iter().map(|one| one.code).collect();
/// assert_eq!(found, ["unresolved", "untranslated"]);
/// ```
pub fn of(reply: &Reply, languages: &[String], known: &Known<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    let leading = languages.first().map_or("", String::as_str);
    let mut note = |code: &str, at: &str, language: &str| {
        found.push(Problem::warning(format!("{at}/{}", segment(language)), code).with("language", language));
    };
    let variants = reply.channels.iter().enumerate().map(|(n, of)| {
        (format!("/channels/{n}/text"), &of.text.0, &of.translated, Some(of.channel))
    });
    let all = std::iter::once(("/text".to_owned(), &reply.text.0, &reply.translated, None)).chain(variants);
    for (at, texts, marks, channel) in all {
        for (language, text) in texts {
            if check(text, known).iter().any(|problem| problem.code == "variable_unknown") {
                note("unresolved", &at, language);
            }
            let over = channel.and_then(|channel| measure(channel, &sample(text, language)));
            if over.is_some_and(|measure| !measure.fits()) {
                note("over_limit", &at, language);
            }
        }
        for language in languages {
            match state(texts, marks, leading, language) {
                State::Stale => note("stale", &at, language),
                // A channel without a text in a language has the common one.
                State::Empty if channel.is_none() => note("untranslated", &at, language),
                State::Empty | State::Leading | State::Current => {}
            }
        }
    }
    let worst = |problem: &Problem| CODES.iter().position(|code| *code == problem.code);
    found.sort_by_key(worst);
    found
}

/// What two replies share that say the same: the leading text, written alike; empty where it says nothing.
///
/// Case, spaces and the way tags are written make no difference.
pub fn gist(reply: &Reply, languages: &[String]) -> String {
    let leading = languages.first().map_or("", String::as_str);
    let text = reply.text.in_language(leading);
    fold(&super::template::Template::parse(text).normalised())
}

#[cfg(test)]
mod tests {
    use super::super::translation::mark;
    use super::super::{ChannelText, Reply};
    use super::{CODES, Known, gist, of};
    use crate::field::Channel;

    fn reply(uk: &str, en: &str) -> Reply {
        Reply { text: [("uk", uk), ("en", en)].into(), ..Reply::default() }
    }

    fn found(reply: &Reply) -> Vec<(String, String)> {
        let languages = ["uk".to_owned(), "en".to_owned()];
        of(reply, &languages, &Known::default()).into_iter().map(|one| (one.code, one.pointer)).collect()
    }

    fn one(code: &str, pointer: &str) -> (String, String) {
        (code.to_owned(), pointer.to_owned())
    }

    #[test]
    fn a_sound_reply_has_nothing() {
        assert_eq!(found(&reply("Вітаю, {{client.first_name|клієнте}}!", "Hello!")), []);
    }

    #[test]
    fn each_ailment_is_found_at_its_place() {
        let mut sick = reply("Вітаю, {{clent.first_name}}!", "");
        assert_eq!(found(&sick), [one("unresolved", "/text/uk"), one("untranslated", "/text/en")]);
        sick = reply("Вітаю!", "Hello!");
        sick.translated = [("en".to_owned(), mark("Добрий день!", "Hello!"))].into();
        assert_eq!(found(&sick), [one("stale", "/text/en")]);
        sick.translated.clear();
        sick.channels = vec![
            ChannelText {
                channel: Channel::Instagram,
                text: [("uk", "а".repeat(501).as_str()), ("en", "Hello")].into(),
                ..ChannelText::default()
            },
            ChannelText { channel: Channel::Sms, ..ChannelText::default() },
        ];
        assert_eq!(found(&sick), [one("over_limit", "/channels/0/text/uk")]);
    }

    #[test]
    fn worst_comes_first() {
        let mut sick = reply("{{oops.qwe}}", "");
        sick.channels = vec![ChannelText {
            channel: Channel::Sms,
            text: [("uk", "а".repeat(700).as_str())].into(),
            ..ChannelText::default()
        }];
        let codes: Vec<_> = found(&sick).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["unresolved", "over_limit", "untranslated"]);
        assert!(codes.iter().all(|code| CODES.contains(&code.as_str())));
    }

    #[test]
    fn what_reads_alike_has_one_gist() {
        let languages = ["uk".to_owned()];
        let of = |text: &str| gist(&reply(text, ""), &languages);
        assert_eq!(of("  Добрий  день, {{ bot.name }}! "), of("ДОБРИЙ день, {{bot.name}}!"));
        assert_ne!(of("Добрий день"), of("Добрий вечір"));
        assert_eq!(of(" "), "");
    }
}
