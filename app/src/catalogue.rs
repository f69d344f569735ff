//! The catalogue of panel parts: every class and custom property by which a style may reach the operator panel.
//!
//! It is a promise to whoever writes styles: a name in it keeps its meaning. The sample panel draws these parts, the
//! style editor completes their names and knows which ones don't exist, and `docs/panel-parts.md` publishes them.
//!
//! Names are BEM: `op-block`, `op-block__element`, `op-block--state`. A state is a second class on the same element.

mod parts;
mod tokens;

pub use parts::PARTS;
pub use tokens::TOKENS;

use crate::words::Language;

/// The class of the panel's root; in a style `:root`, `html` and `body` mean it.
pub const ROOT: &str = "op-panel";

/// One part of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its class, for example `op-dialog`.
    pub class: &'static str,
    /// What it is, in Ukrainian.
    pub uk: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// The states that it may be in, several at once.
    pub states: &'static [State],
}

/// A state of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// What follows `--` in the class: `overdue` of `op-dialog--overdue`.
    pub name: &'static str,
    /// When it holds, in Ukrainian.
    pub uk: &'static str,
    /// When it holds, in English.
    pub en: &'static str,
}

impl Part {
    /// What it is.
    pub const fn about(&self, language: Language) -> &'static str {
        match language {
            Language::Uk => self.uk,
            Language::En => self.en,
        }
    }
}

impl State {
    /// When it holds.
    pub const fn about(&self, language: Language) -> &'static str {
        match language {
            Language::Uk => self.uk,
            Language::En => self.en,
        }
    }
}

/// A custom property of the panel's root: a colour or a size that many parts share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// Its name, for example `--op-accent`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its value on light ground: `#rrggbb`, a number, or a number with `px`.
    pub light: &'static str,
    /// Its value on dark ground; the same for what is no colour.
    pub dark: &'static str,
    /// The token of the ground that it is read on, and the least contrast (WCAG 2.2) that it needs there.
    pub on: Option<(&'static str, f64)>,
    /// What it is for, in Ukrainian.
    pub uk: &'static str,
    /// What it is for, in English.
    pub en: &'static str,
}

/// What a token holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A colour, `#rrggbb`.
    Colour,
    /// A length in CSS pixels, from and to.
    Length(f64, f64),
    /// A plain number, from and to.
    Number(f64, f64),
}

impl Token {
    /// What it is for.
    pub const fn about(&self, language: Language) -> &'static str {
        match language {
            Language::Uk => self.uk,
            Language::En => self.en,
        }
    }
}

/// The part of a class, its state left aside: `op-dialog--overdue` is a state of `op-dialog`.
pub fn part(class: &str) -> Option<&'static Part> {
    let base = class.split("--").next().unwrap_or(class);
    PARTS.iter().find(|part| part.class == base)
}

/// Is this a class of the panel: a part, or a part in one of its own states?
pub fn is_known(class: &str) -> bool {
    match (part(class), class.split_once("--")) {
        (Some(part), Some((_, state))) => part.states.iter().any(|known| known.name == state),
        (found, _) => found.is_some(),
    }
}

/// The token of a name.
pub fn token(name: &str) -> Option<&'static Token> {
    TOKENS.iter().find(|token| token.name == name)
}

/// Every class of the panel: parts, and parts in their states.
pub fn classes() -> impl Iterator<Item = String> {
    PARTS.iter().flat_map(|part| {
        let states = part.states.iter().map(|state| [part.class, "--", state.name].concat());
        std::iter::once(part.class.to_owned()).chain(states)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Kind, PARTS, TOKENS, classes, is_known, part, token};

    #[test]
    fn every_name_stands_once() {
        let all: Vec<_> = classes().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        let names: BTreeSet<_> = TOKENS.iter().map(|token| token.name).collect();
        assert_eq!(names.len(), TOKENS.len());
    }

    #[test]
    fn names_follow_the_grammar() {
        let word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        for part in PARTS {
            let name = part.class.strip_prefix("op-").expect("every class begins with `op-`");
            assert!(name.split("__").all(word) && !name.contains("--"), "{}", part.class);
            assert!(part.states.iter().all(|state| word(state.name)), "{}", part.class);
            // An element belongs to a block that is a part too.
            if let Some((block, _)) = part.class.split_once("__") {
                assert!(PARTS.iter().any(|other| other.class == block), "{}", part.class);
            }
        }
    }

    #[test]
    fn both_languages_say_what_each_is() {
        let texts = PARTS
            .iter()
            .flat_map(|part| part.states.iter().map(|state| (state.uk, state.en)).chain([(part.uk, part.en)]))
            .chain(TOKENS.iter().map(|token| (token.uk, token.en)));
        for (uk, en) in texts {
            assert!(!uk.is_empty() && !en.is_empty() && uk != en, "{uk:?}, {en:?}");
            assert!(!uk.contains(['ы', 'э', 'ё', 'ъ']), "{uk:?}");
        }
    }

    #[test]
    fn values_are_of_their_kind() {
        for token in TOKENS {
            for value in [token.light, token.dark] {
                match token.kind {
                    Kind::Colour => assert!(
                        value.len() == 7
                            && value.starts_with('#')
                            && u32::from_str_radix(&value[1..], 16).is_ok(),
                        "{}: {value}",
                        token.name
                    ),
                    Kind::Length(from, to) => {
                        let px: f64 = value.strip_suffix("px").expect("a length").parse().expect("a number");
                        assert!((from..=to).contains(&px), "{}: {value}", token.name);
                    }
                    Kind::Number(from, to) => {
                        let number: f64 = value.parse().expect("a number");
                        assert!((from..=to).contains(&number), "{}: {value}", token.name);
                    }
                }
            }
            if token.kind != Kind::Colour {
                assert_eq!(token.light, token.dark, "{}", token.name);
            }
            if let Some((ground, _)) = token.on {
                let ground = super::token(ground).expect("the ground is a token");
                assert_eq!((token.kind, ground.kind), (Kind::Colour, Kind::Colour), "{}", token.name);
            }
        }
    }

    #[test]
    fn classes_are_told_apart() {
        assert!(is_known("op-dialog") && is_known("op-dialog--overdue") && is_known("op-dialog__name"));
        for wrong in
            ["op-dialogue", "op-dialog--late", "op-dialog__", "dialog", "op-", "op-dialog--", "--", ""]
        {
            assert!(!is_known(wrong), "{wrong}");
        }
        assert_eq!(part("op-message--client").map(|part| part.class), Some("op-message"));
        assert!(token("--op-accent").is_some() && token("--op-acent").is_none());
    }
}
