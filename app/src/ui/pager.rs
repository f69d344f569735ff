//! The pages of a list, each of them a link.

use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::ui::icon;
use crate::ui::table::number;
use crate::words::{key, t, tf};

/// Which page of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Page number from 1.
    pub page: u32,
    /// Rows a page.
    pub limit: u32,
    /// Rows in all.
    pub total: u64,
}

impl Place {
    /// How many pages there are; one even of nothing.
    pub fn pages(self) -> u32 {
        let pages = self.total.div_ceil(u64::from(self.limit.max(1)));
        u32::try_from(pages).unwrap_or(u32::MAX).max(1)
    }

    /// The page numbers to offer: the ends, the neighbours, `None` for a gap.
    pub fn offered(self) -> Vec<Option<u32>> {
        let pages = self.pages();
        let mut offered = Vec::new();
        let mut last = 0;
        for page in 1..=pages.min(self.page.saturating_add(2)) {
            if page == 1 || page.abs_diff(self.page) <= 2 {
                if page > last + 1 {
                    offered.push(None);
                }
                offered.push(Some(page));
                last = page;
            }
        }
        if last < pages {
            if last + 1 < pages {
                offered.push(None);
            }
            offered.push(Some(pages));
        }
        offered
    }
}

/// Draws the pager; `href` makes the address of a page, `resize` takes another page size.
pub fn pager(
    place: Place,
    sizes: &'static [u32],
    href: impl Fn(u32) -> String,
    resize: Callback<u32>,
    ready: Signal<bool>,
) -> Node {
    let from = if place.total == 0 { 0 } else { u64::from(place.page - 1) * u64::from(place.limit) + 1 };
    let to = (u64::from(place.page) * u64::from(place.limit)).min(place.total);
    let range = tf(
        key::PAGER_RANGE,
        &[("from", &number(from)), ("to", &number(to)), ("total", &number(place.total))],
    );
    let step = |rel: &'static str, to: u32, picture: &'static str, name: &'static str| {
        view! {
            <li><a class="pager__page" rel=rel href=href(to) aria-label=name>{icon(picture)}</a></li>
        }
    };
    let pages: Vec<_> = place
        .offered()
        .into_iter()
        .map(|page| match page {
            None => view! { <li><span class="pager__gap">"…"</span></li> },
            Some(page) => {
                let current = (page == place.page).then_some("page");
                view! { <li><a class="pager__page" href=href(page) aria-current=current>{page}</a></li> }
            }
        })
        .collect();
    let many = place.pages() > 1;
    view! {
        <nav class="pager" aria-label=t(key::PAGER)>
            <span class="pager__range">{range}</span>
            <label class="pager__size">
                {t(key::PAGER_SIZE)} " "
                <select class="select select--short" disabled=true prop:disabled=move || !ready.get()
                    on:change=move |ev| {
                        if let Ok(size) = event_target_value(&ev).parse() {
                            resize.run(size);
                        }
                    }>
                    {sizes
                        .iter()
                        .map(|size| {
                            let chosen = *size == place.limit;
                            view! { <option value=*size selected=chosen prop:selected=chosen>{*size}</option> }
                        })
                        .collect::<Vec<_>>()}
                </select>
            </label>
            {many.then(|| view! {
                <ul class="pager__pages">
                    {(place.page > 1).then(|| step("prev", place.page - 1, "chevron-left", t(key::PAGER_PREVIOUS)))}
                    {pages}
                    {(place.page < place.pages())
                        .then(|| step("next", place.page + 1, "chevron-right", t(key::PAGER_NEXT)))}
                </ul>
            })}
        </nav>
    }
}
