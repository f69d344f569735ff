//! From a part of the panel to the place of its rule in the text; a part without a rule gets an empty one.

use leptos::prelude::*;

use super::checked::css_in;
use crate::form::Form;

/// The place of the rule of a part, as a stretch of the text in UTF-16 units.
pub(super) fn open(form: Form, class: &str) -> (u32, u32) {
    let text = form.draft.with_untracked(|draft| css_in(draft).to_owned());
    if let Some(at) = rule_of(&text, class) {
        let from = units(&text[..at]);
        return (from, from + class.len() as u32 + 1);
    }
    if !form.editable.get_untracked() {
        let end = units(&text);
        return (end, end);
    }
    let (text, caret) = with_rule(&text, class);
    let at = units(&text[..caret]);
    form.set("/css", text.into());
    (at, at)
}

/// Where a selector names the class first: the byte of its dot. What stands in comments or in braces is passed over.
fn rule_of(text: &str, class: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_u32, 0);
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            at += comment.find("*/").map_or(rest.len(), |end| end + 4);
            continue;
        }
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '.' if is_selector(rest) => {
                let name = rest[1..].split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).next();
                if name == Some(class) {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += letter.len_utf8();
    }
    None
}

/// Does a rule begin before the next declaration ends?
fn is_selector(rest: &str) -> bool {
    rest.find(['{', '}', ';']).is_some_and(|end| rest[end..].starts_with('{'))
}

/// The text with an empty rule at its end, and the byte at which its first declaration goes.
fn with_rule(text: &str, class: &str) -> (String, usize) {
    let kept = text.trim_end();
    let between = if kept.is_empty() { "" } else { "\n\n" };
    let head = [kept, between, ".", class, " {\n  "].concat();
    let caret = head.len();
    ([&head, "\n}\n"].concat(), caret)
}

/// How many UTF-16 units a text has.
fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

#[cfg(test)]
mod tests {
    use super::{rule_of, with_rule};

    #[test]
    fn a_rule_is_found_by_the_class_in_its_selector() {
        let text = "/* .op-icon { */\n.op-dialog { color: red }\n.op-dialog__name, .op-icon:hover { x: .5 }\n@media print { .op-tag { y: z } }";
        let found = |class| {
            rule_of(text, class).map(|at| text[at..].split([' ', ':', ',']).next().unwrap_or_default())
        };
        assert_eq!(found("op-dialog"), Some(".op-dialog"));
        assert_eq!(found("op-dialog__name"), Some(".op-dialog__name"));
        assert_eq!(found("op-icon"), Some(".op-icon"));
        assert_eq!(rule_of(text, "op-icon"), text.rfind(".op-icon"));
        assert_eq!(found("op-tag"), Some(".op-tag"));
        for none in ["op-dial", "op-dialog--new", "5", ""] {
            assert_eq!(found(none), None, "{none}");
        }
        for broken in ["", "/*", ".op-icon", "{", "ї.", "/*/ .op-icon {"] {
            assert_eq!(rule_of(broken, "op-icon"), None, "{broken}");
        }
    }

    #[test]
    fn a_new_rule_stands_at_the_end() {
        assert_eq!(with_rule("", "op-icon"), (".op-icon {\n  \n}\n".into(), 13));
        let (text, caret) = with_rule("a {}\n\n\n", "op-icon");
        assert_eq!((text.as_str(), &text[caret..]), ("a {}\n\n.op-icon {\n  \n}\n", "\n}\n"));
    }
}
