//! What to write in place of a mistake in a template, where that can be told.

use super::TemplateProblem;
use std::ops::Range;

/// A correction: these bytes of the text become this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// What is replaced, in bytes of the text; empty where something is only added.
    pub span: Range<usize>,
    /// What stands there instead; empty if the place is better without.
    pub text: String,
}

/// The correction of a problem that [`check`](super::check) found in `text`; none if only a person can know.
///
/// ```
/// use app::sections::replies::template::{Known, check, cure};
/// let text = "Вітаю, {{clent.first_name}}!";
/// let cure = cure(text, &check(text, &Known::default())[0]).unwrap();
/// assert_eq!((&text[cure.span], &*cure.text), ("clent.first_name", "client.first_name"));
/// ```
pub fn cure(text: &str, problem: &TemplateProblem) -> Option<Cure> {
    let found = text.get(problem.span.clone())?;
    let instead = |text: &str| Some(Cure { span: problem.span.clone(), text: text.to_owned() });
    match problem.code {
        "variable_unknown" => instead(problem.params.get("nearest")?.as_str()?),
        "tag_empty" | "slot_unnamed" | "cursor_twice" | "fallback_empty" => instead(""),
        // The first of several fallbacks is kept.
        "fallback_twice" => {
            let second = found.get(1..)?.find('|')? + 1;
            instead(found[..second].trim_end())
        }
        "slot_fallback" => {
            let label = found.split_once('|')?.0;
            instead(&[label.trim_end(), "}}"].concat())
        }
        // A fallback of nothing is what is always said.
        "variable_unnamed" => instead(found.trim_matches(['{', '}']).trim().strip_prefix('|')?.trim()),
        "tag_unclosed" => {
            let inside = found.strip_prefix("{{")?;
            let name = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
            let name = inside[..name.unwrap_or(inside.len())].trim_end_matches('.');
            let end = problem.span.start + 2 + name.len();
            (!name.is_empty()).then(|| Cure { span: end..end, text: "}}".to_owned() })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Known, Template, check};
    use super::cure;
    use proptest::prelude::*;

    /// The text with its first problem corrected.
    fn cured(text: &str) -> Option<String> {
        let problems = check(text, &Known::default());
        let cure = cure(text, problems.first()?)?;
        let mut text = text.to_owned();
        text.replace_range(cure.span, &cure.text);
        Some(text)
    }

    #[test]
    fn mistakes_are_corrected_at_their_place() {
        let table = [
            ("Вітаю, {{clent.first_name}}!", Some("Вітаю, {{client.first_name}}!")),
            ("{{ signature | Тарас }}", Some("{{ operator.signature | Тарас }}")),
            ("{{client.name|клієнте}}", Some("{{client.first_name|клієнте}}")),
            ("{{clent.name}}", Some("{{client.first_name}}")),
            ("{{xyz.qwerty}}", None),
            ("а{{ }}б", Some("аб")),
            ("{{?}} так", Some(" так")),
            ("{{|}}а{{|}}", Some("{{|}}а")),
            ("{{bot.name|}}", Some("{{bot.name}}")),
            ("{{bot.name|а | б}}", Some("{{bot.name|а}}")),
            ("{{?номер | 5}}", Some("{{?номер}}")),
            ("{{|клієнте}}", Some("клієнте")),
            ("Вітаю, {{client.first_name! Слухаю", Some("Вітаю, {{client.first_name}}! Слухаю")),
            ("{{bot.name. Так", Some("{{bot.name}}. Так")),
            ("{{ так", None),
            ("{{a{{bot.name}}}}", None),
        ];
        for (text, expected) in table {
            assert_eq!(cured(text).as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_cure_stands_in_the_text_and_changes_it(text in "(\\{\\{|\\}\\}|\\||\\?|bot\\.nam|а|\n| ){0,16}") {
            for problem in Template::parse(&text).check(&Known::default()) {
                if let Some(cure) = cure(&text, &problem) {
                    prop_assert!(text.get(cure.span.clone()).is_some_and(|found| found != cure.text));
                }
            }
        }
    }
}
