//! Readiness: what stands in the way of work, found in the settings as they are.

use app::backend::Finding;
use app::sections::replies::health::ANY;
use app::sections::roles::{BuiltIn, Role, Verb};
use serde_json::Value;

use super::health::{Health, today};
use super::listing::Reader;
use super::snapshot::{Snapshot, number, section_of};
use crate::access::Rights;

/// What stands in the way of work, worst first, as far as the viewer may see it.
///
/// `replies` is what [`of_replies`] has found.
pub fn findings(
    snapshot: &Snapshot,
    rights: &Rights,
    reader: Reader,
    replies: Option<Finding>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let roles: Vec<(i64, Role)> = snapshot
        .shelf("roles")
        .into_iter()
        .flat_map(|shelf| shelf.records().filter(|held| !held.archived))
        .filter_map(|held| Some((held.id, serde_json::from_str(&held.data).ok()?)))
        .collect();
    if rights.may("users", Verb::View) {
        let takes = roles.iter().filter(|(_, role)| role.has("dialogs.take")).any(|(id, _)| {
            number("roles").is_some_and(|roles| {
                snapshot.referrers((roles, *id)).any(|(section, user)| {
                    section_of(section) == "users"
                        && snapshot.get("users", user).is_some_and(|held| held.facts.active && !held.archived)
                })
            })
        });
        if !takes {
            findings.push(finding("blocks", "nobody_takes_dialogs", "/settings/users", &[]));
        }
    }
    if rights.may("roles", Verb::View) {
        for (id, role) in roles.iter().filter(|(_, role)| role.built_in == BuiltIn::No) {
            let held = number("roles").is_some_and(|roles| snapshot.referrers((roles, *id)).next().is_some());
            if !held {
                let href = format!("/settings/roles/{id}");
                findings.push(finding(
                    "note",
                    "role_unused",
                    &href,
                    &[("name", role.name.in_language(reader.language.tag()).into())],
                ));
            }
        }
    }
    findings.extend(replies);
    findings
}

/// How many quick replies ought to be looked at; graded by the worst that any of them suffers from.
pub fn of_replies(health: &Health, snapshot: &Snapshot, reader: Reader) -> Option<Finding> {
    let found = health.ask(snapshot, ANY, &today(snapshot), reader)?;
    let grave = ["unresolved", "nobody", "over_limit"].iter().any(|code| found.counts.contains_key(*code));
    let grade = if grave { "should_fix" } else { "note" };
    let href = format!("/settings/replies?f.health={ANY}");
    (!found.of.is_empty()).then(|| finding(grade, "replies_health", &href, &[("n", found.of.len().into())]))
}

/// A finding; its id names what is found and where, and nothing that changes while it stands.
fn finding(grade: &str, code: &str, href: &str, params: &[(&str, Value)]) -> Finding {
    let section = href.split(['/', '?']).nth(2).unwrap_or_default();
    Finding {
        grade: grade.into(),
        code: code.into(),
        href: href.into(),
        id: format!("{code} {href}"),
        section: section.into(),
        params: params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        may_silence: false,
        silenced: None,
    }
}
