//! Who refers to a record.

use crate::backend::{OutsideUse, Uses};
use crate::markup::{Node, view};
use crate::ui::combobox::swatch;
use crate::ui::table::number;
use crate::ui::time;
use crate::ui::{Tone, badge};
use crate::words::{key, section_title, t, tf};

/// Draws them.
pub(super) fn uses(found: &Uses) -> Node {
    let none = (found.records.is_empty() && found.hidden == 0).then(|| view! { <p>{t(key::USES_NONE)}</p> });
    let rows: Vec<_> = found
        .records
        .iter()
        .map(|record| {
            let href = match record.id {
                0 => ["/settings/", &record.section].concat(),
                id => ["/settings/", &record.section, "/", &id.to_string()].concat(),
            };
            let section = section_title(&record.section);
            let name = if record.name.is_empty() { section.to_owned() } else { record.name.clone() };
            view! {
                <li class="links__item">
                    {record.colour.clone().map(|colour| view! { {swatch(colour)} " " })} <a href=href>{name}</a> " "
                    <span class="links__note">{section}</span> " "
                    {record.archived.then(|| badge(Tone::Warning, t(key::ARCHIVED)))}
                </li>
            }
        })
        .collect();
    let hidden = (found.hidden > 0)
        .then(|| view! { <p>{tf(key::USES_HIDDEN, &[("n", &found.hidden.to_string())])}</p> });
    let rows = (!rows.is_empty()).then(|| view! { <ul class="links">{rows}</ul> });
    view! { {none} {rows} {hidden} {outside(&found.outside)} }
}

/// What integrations have counted elsewhere.
fn outside(found: &[OutsideUse]) -> Option<Node> {
    let source = |one: &OutsideUse| {
        let places: Vec<_> = one
            .places
            .iter()
            .map(|place| {
                view! {
                    <li class="links__item">
                        <a href=place.url.clone() target="_blank" rel="noopener noreferrer external">{place.label.clone()}</a>
                    </li>
                }
            })
            .collect();
        let places = (!places.is_empty()).then(|| view! { <ul class="links">{places}</ul> });
        let part = (!one.part.is_empty()).then(|| view! { <code>{one.part.clone()}</code> " " });
        let by = (!one.by.is_empty()).then(|| [", ", &*one.by].concat());
        let last =
            (!one.last_at.is_empty()).then(|| view! { {t(key::USES_LAST)} " " {time(&one.last_at)} " · " });
        view! {
            <li class="links__item">
                {part} <strong>{one.source.clone()}</strong> ": " {number(one.count)} " "
                <span class="links__note">"· " {last} {t(key::USES_REPORTED)} " " {time(&one.reported)} {by}</span> " "
                {one.stale.then(|| badge(Tone::Warning, t(key::USES_SILENT)))}
                {places}
            </li>
        }
    };
    let sources: Vec<_> = found.iter().map(source).collect();
    (!sources.is_empty()).then(|| {
        view! {
            <h3>{t(key::USES_OUTSIDE)}</h3>
            <p>{t(key::USES_OUTSIDE_TEXT)}</p>
            <ul class="links">{sources}</ul>
        }
    })
}
