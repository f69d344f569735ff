//! Who refers to a record.

use crate::backend::Uses;
use crate::markup::{Node, view};
use crate::ui::combobox::swatch;
use crate::ui::{Tone, badge};
use crate::words::{key, section_title, t, tf};

/// Draws them.
pub(super) fn uses(found: &Uses) -> Node {
    if found.records.is_empty() && found.hidden == 0 {
        return view! { <p>{t(key::USES_NONE)}</p> };
    }
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
    view! { <ul class="links">{rows}</ul> {hidden} }
}
