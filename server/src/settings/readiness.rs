//! Readiness: what stands in the way of work, found in the settings as they are.

use app::backend::Finding;
use app::sections::roles::{BuiltIn, Role, Verb};
use indexmap::IndexMap;
use serde_json::Value;

use super::desk::Desk;
use super::listing::Reader;
use super::snapshot::{Snapshot, number, section_of};
use crate::access::Rights;
use crate::clock;

/// What stands in the way of work, worst first, as far as the viewer may see it.
pub fn findings(snapshot: &Snapshot, rights: &Rights, reader: Reader) -> Vec<Finding> {
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
    if rights.may("replies", Verb::View)
        && let Some(shelf) = snapshot.shelf("replies").filter(|shelf| shelf.live() <= 2_000)
    {
        let today = &clock::rfc3339(clock::now(), &Desk::zone(snapshot))[..10];
        for held in shelf.records().filter(|held| !held.archived && held.facts.active && reader.sees(held)) {
            let value = held.value();
            let review = value.get("review_on").and_then(Value::as_str).filter(|date| !date.is_empty());
            if review.is_some_and(|date| date < today) {
                let href = format!("/settings/replies/{}", held.id);
                let name = held.name(reader.language);
                findings.push(finding("note", "reply_review", &href, &[("name", name.into())]));
                if findings.len() > 50 {
                    break;
                }
            }
        }
    }
    findings
}
