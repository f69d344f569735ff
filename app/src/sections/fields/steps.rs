//! The step from one version of the definitions to the next: what may never change, and what it does to values.

use super::{FieldType, Fields};
use crate::problem::{Problem, Problems, segment};
use crate::sections::Effect;

/// Finds what may not, or hardly, be made of definitions that are saved.
///
/// An alias names values, so it never changes; in JSON that looks like a field that goes while its twin comes.
pub fn check_change(root: &str, before: &Fields, after: &Fields, problems: &mut Problems) {
    for (alias, field) in &after.0 {
        let at = [root, "/", &segment(alias)].concat();
        match before.get(alias) {
            None => {
                let twin = before.0.iter().find(|(was, one)| !after.0.contains_key(*was) && *one == field);
                if let Some((was, _)) = twin {
                    problems.push(Problem::error(at, "alias_changed").with("was", was.as_str()));
                }
            }
            Some(was) => {
                if let (Some(old), Some(new)) = (was.kind(), field.kind())
                    && !old.fits(new)
                {
                    problems.push(
                        Problem::warning([&at, "/type"].concat(), "type_changed").with("was", old.code()),
                    );
                }
                if field.kind() == Some(FieldType::Select) {
                    renamed_option(&at, was, field, problems);
                }
            }
        }
    }
}

/// An option whose label stays while its value changes has been renamed, and values hold the old one.
fn renamed_option(at: &str, was: &super::Definition, now: &super::Definition, problems: &mut Problems) {
    for (n, (value, label, _)) in now.options().enumerate() {
        if was.options().any(|(known, ..)| known == value) {
            continue;
        }
        let twin = was.options().find(|(known, word, _)| {
            *word == label && *word != *known && !now.options().any(|(still, ..)| still == *known)
        });
        if let Some((known, ..)) = twin {
            problems
                .push(Problem::error(format!("{at}/options/{n}/value"), "option_changed").with("was", known));
        }
    }
}

/// What a new version does to people's values.
pub fn effects(before: &Fields, after: &Fields) -> Vec<Effect> {
    let mut found = Vec::new();
    let gone: Vec<&str> = before
        .0
        .iter()
        .filter(|(alias, _)| !after.0.contains_key(*alias))
        .map(|(_, field)| field.label())
        .collect();
    if !gone.is_empty() {
        found.push(Effect::new("fields_removed", gone.len() as i64).with("names", gone.join(", ")));
    }
    let mut options = Vec::new();
    for (alias, field) in &before.0 {
        let Some(now) = after.get(alias).filter(|now| now.kind() == Some(FieldType::Select)) else {
            continue;
        };
        let offered = |value: &str| now.options().any(|(known, _, archived)| known == value && !archived);
        options.extend(
            field
                .options()
                .filter(|(value, _, archived)| !archived && !offered(value))
                .map(|(_, label, _)| label),
        );
    }
    if !options.is_empty() {
        found.push(Effect::new("options_archived", options.len() as i64).with("names", options.join(", ")));
    }
    let tightened: Vec<&str> = after
        .0
        .iter()
        .filter(|(alias, now)| {
            before.get(alias).is_some_and(|was| !was.flag("required") && now.flag("required"))
        })
        .map(|(_, field)| field.label())
        .collect();
    if !tightened.is_empty() {
        found
            .push(Effect::new("fields_required", tightened.len() as i64).with("names", tightened.join(", ")));
    }
    found
}
