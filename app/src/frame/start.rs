//! The start page: the groups as cards, what stands in the way of work, the last changes, my drafts.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::commits::commit;
use super::nav::{group_icon, visible};
use super::readiness::readiness;
use super::{Frame, drafts, failed, title};
use crate::ask::{Asked, ask};
use crate::backend::{Me, Overview};
use crate::calls::question;
use crate::markup::{Node, awaited, view};
use crate::sections::{Group, Item};
use crate::ui::{IconButton, LoadingShape, empty, icon, loading};
use crate::words::{group_title, key, section_text, section_title, t, tf, tn};

/// `/settings`
pub struct StartPage {
    overview: Asked,
}

#[lazy_route]
impl LazyRoute for StartPage {
    fn data() -> Self {
        Self { overview: ask(question::overview) }
    }

    fn view(this: Self) -> AnyView {
        let overview = this.overview;
        let frame = Frame::get();
        let session = frame.session;
        frame.live.subscribe(Callback::new(move |_| overview.refetch()));
        view! {
            {title(t(key::GENERAL_SETTINGS))}
            <div class="start">
                <div class="start__main">
                    <h1 class="start__title">{t(key::GENERAL_SETTINGS)}</h1>
                    {awaited(|| loading(LoadingShape::Lines, 12), move || match (session.me(), overview.get()) {
                            (Some(Ok(me)), Some(answer)) => {
                                cards(&me, answer.read::<Overview>().ok().as_deref())
                            }
                            (Some(Err(error)), _) => {
                                failed(&error, Callback::new(move |()| session.refetch()))
                            }
                            _ => loading(LoadingShape::Lines, 12),
                        })}
                </div>
                <aside class="start__side">
                    {awaited(|| loading(LoadingShape::Lines, 6), move || match overview.get().map(|answer| answer.read()) {
                            Some(Ok(found)) => side(&found, overview),
                            Some(Err(error)) => failed(&error, Callback::new(move |()| overview.refetch())),
                            None => loading(LoadingShape::Lines, 6),
                        })}
                    <Drafts/>
                </aside>
            </div>
        }
        .into_any()
    }
}

fn cards(me: &Me, overview: Option<&Overview>) -> Node {
    let cards: Vec<_> = Group::ALL
        .into_iter()
        .map(|group| (group, visible(me, group)))
        .filter(|(_, items)| !items.is_empty())
        .map(|(group, items)| card(group, &items, overview))
        .collect();
    if cards.is_empty() {
        return empty("lock", t(key::NO_SECTIONS_TITLE), t(key::NO_SECTIONS_TEXT), None);
    }
    view! { <div class="cards">{cards}</div> }
}

fn card(group: Group, items: &[&'static Item], overview: Option<&Overview>) -> Node {
    let id = ["group-", group.key()].concat();
    let lines = items
        .iter()
        .map(|item| {
            let about = section_text(item.key, "about");
            let note = match overview.and_then(|overview| overview.counts.get(item.key)) {
                Some(count) => [&tn(key::N_RECORDS, *count as i64), " · ", about].concat(),
                None => about.to_owned(),
            };
            view! {
                <li class="card__item">
                    <a class="card__link" href=["/settings/", item.key].concat()>
                        {icon(item.icon)} <span>{section_title(item.key)}</span>
                    </a>
                    <span class="card__note">{note}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby=id.clone()>
            <h2 class="card__title" id=id>{icon(group_icon(group))} <span>{group_title(group)}</span></h2>
            <ul class="card__list">{lines}</ul>
        </section>
    }
}

fn side(found: &Overview, overview: Asked) -> Node {
    let changes = &found.changes;
    let last = if changes.is_empty() {
        view! { <p class="card__note">{t(key::LAST_CHANGES_NONE)}</p> }
    } else {
        view! {
            <ol class="timeline">{changes.iter().map(|change| commit(change, None)).collect::<Vec<_>>()}</ol>
            <p><a href="/changes">{t(key::ALL_CHANGES)}</a></p>
        }
    };
    view! {
        {readiness(&found.readiness, overview)}
        <section class="card"><h2 class="card__title">{t(key::LAST_CHANGES)}</h2>{last}</section>
    }
}

/// What this browser keeps unsaved; known once the page is awake.
#[component]
fn Drafts() -> impl IntoView {
    let frame = Frame::get();
    let person = move || frame.session.known().map(|me| me.id);
    let drafts = RwSignal::new(Vec::<drafts::Draft>::new());
    let look = move || drafts.set(person().map(drafts::all).unwrap_or_default());
    Effect::new(move |_| {
        // Who it is may be answered after the page woke.
        frame.session.asked.track();
        if frame.awake.get() {
            look();
        }
    });
    let forget = move |section: &str, id: i64| {
        if let Some(person) = person() {
            drafts::remove(person, section, id);
        }
        look();
    };
    let line = move |draft: drafts::Draft| {
        let title = draft.title();
        let name = match (draft.id, &*draft.name) {
            (0, _) => String::new(),
            (-1, "") => [": ", t(key::DRAFT_NEW)].concat(),
            (_, name) => [": ", name].concat(),
        };
        let word = [title, &name].concat();
        let label = tf(key::DRAFT_FORGET, &[("name", &word)]);
        let (href, section, id) = (draft.href(), draft.section, draft.id);
        view! {
            <li class="links__item row row--apart">
                <a href=href>{word}</a>
                <IconButton icon="x" word=label small=true press=move |_| forget(&section, id)/>
            </li>
        }
    };
    view! {
        <section class="card">
            <h2 class="card__title">{t(key::MY_DRAFTS)}</h2>
            {move || {
                let drafts = drafts.get();
                if drafts.is_empty() {
                    view! { <p class="card__note">{t(key::MY_DRAFTS_NONE)}</p> }
                } else {
                    view! { <ul class="links">{drafts.into_iter().map(line).collect::<Vec<_>>()}</ul> }
                }
            }}
        </section>
    }
}
