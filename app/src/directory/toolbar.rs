//! What stands above a list: search, filters, columns, and the way to a new record. Without a script it is a GET form.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use super::cells::columns;
use super::keys::SEARCH;
use super::tools::{Tool, tool};
use super::{Directory, columns_key, filters};
use crate::backend::Can;
use crate::frame::storage;
use crate::markup::{Node, view};
use crate::ui::paced::Paced;
use crate::ui::{awake, icon, popover_class};
use crate::words::{key, section_text, t, tf};

/// Draws it.
pub(super) fn toolbar(directory: Directory, schema: &Arc<Value>, can: Can) -> Node {
    let shared = directory.shared;
    let section = directory.section;
    let q = Memo::new(move |_| shared.state.with(|state| state.q.clone()));
    let typed = RwSignal::new(None::<String>);
    let text = move || typed.get().unwrap_or_else(|| q.get());
    let ask = move |words: String| {
        let state = shared.state.get_untracked().with(|state| state.q = words);
        directory.show(&state);
    };
    let search = Paced::new(move |words: String| {
        if typed.try_get_untracked().flatten().as_deref() == Some(&words) {
            ask(words);
        }
    });
    let search_word = tf(key::SEARCH_IN, &[("name", shared.title(section))]);
    let awake = awake();
    let sort = move || shared.state.with(|state| state.sort.clone());
    let limit = move || shared.state.with(|state| state.limit);
    let new = section_text(section, "new");
    let add = can.edit.then(|| {
        let href = move || {
            shared.state.track();
            shared.href("new")
        };
        view! {
            <a class="button button--primary" href=href title=new>{icon("plus")} <span>{t(key::ADD)}</span></a>
        }
    });
    view! {
        <form class="toolbar" method="get" role="search" action=[shared.above(), section].concat()
            on:submit=move |ev| {
                ev.prevent_default();
                if let Some(words) = typed.get_untracked() {
                    ask(words);
                }
            }>
            <div class="search toolbar__search">
                {crate::ui::icon_as("icon search__icon", "search")}
                <input class="input search__input" id=SEARCH type="search" name="q" autocomplete="off"
                    aria-label=search_word.clone() placeholder=search_word
                    value=q.get_untracked() prop:value=text
                    on:input=move |ev| {
                        let words = event_target_value(&ev);
                        typed.set(Some(words.clone()));
                        search.typed(words);
                    }
                    on:blur=move |_| typed.set(None)/>
            </div>
            <div class="toolbar__filters">
                {filters::filters(directory, schema)}
                {move || (!awake.get()).then(|| view! {
                    <button class="button button--quiet">{icon("filter")} <span>{t(key::FILTER)}</span></button>
                })}
            </div>
            {move || (!sort().is_empty()).then(|| view! { <input type="hidden" name="sort" value=sort/> })}
            {move || (limit() > 0).then(|| view! { <input type="hidden" name="limit" value=move || limit().to_string()/> })}
            <div class="toolbar__actions">
                {tool(directory, Tool::Columns(Arc::clone(schema)))}
                {add}
            </div>
        </form>
    }
}

/// Which columns are shown; remembered in this browser.
pub(super) fn choice(directory: Directory, schema: &Value) -> Node {
    let awake = awake();
    let boxes: Vec<_> = columns(schema)
        .into_iter()
        .skip(1)
        .map(|column| {
            let name = column.name;
            let shown = {
                let name = name.clone();
                move || directory.hidden.with(|hidden| !hidden.contains(&name))
            };
            let change = move |ev| {
                let on = event_target_checked(&ev);
                directory.hidden.update(|hidden| {
                    hidden.retain(|known| *known != name);
                    if !on {
                        hidden.push(name.clone());
                    }
                });
                storage::set(&columns_key(directory), &directory.hidden.with_untracked(|hidden| hidden.join(" ")));
            };
            view! {
                <label class="check">
                    <input class="check__box" type="checkbox" checked=true prop:checked=shown on:change=change/>
                    <span class="check__word">{column.title}</span>
                </label>
            }
        })
        .collect();
    let content = view! { <div class="choices">{boxes}</div> };
    view! {
        <button class="button button--quiet" type="button" popovertarget="columns"
            disabled=true prop:disabled=move || !awake.get()>
            {icon("columns-3")} <span>{t(key::COLUMNS)}</span>
        </button>
        {popover_class("columns", "popover popover--end", content)}
    }
}
