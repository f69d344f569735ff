//! Readiness: what stands in the way of work, found in the settings as they are.

use app::backend::Finding;
use app::sections::replies::health::ANY;
use app::sections::roles::{BuiltIn, Role, Verb};
use indexmap::IndexMap;
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
    let finding = |grade: &str, code: &str, href: &str, params: &[(&str, Value)]| Finding {
        grade: grade.into(),
        code: code.into(),
        href: href.into(),
        params: params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect::<IndexMap<_, _>>(),
    };
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
    (!found.of.is_empty()).then(|| Finding {
        grade: if grave { "should_fix" } else { "note" }.into(),
        code: "replies_health".into(),
        href: format!("/settings/replies?f.health={ANY}"),
        params: std::iter::once(("n".to_owned(), found.of.len().into())).collect(),
    })
}
