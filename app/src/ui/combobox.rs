//! Choosing one of many by typing a part of its name.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::ui::icon;
use crate::words::{key, t};

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Names it for the owner of the box.
    pub key: String,
    /// What people call it.
    pub word: String,
    /// What tells it from its like.
    pub note: String,
    /// Its colour, if it has one.
    pub colour: Option<String>,
}

/// What a combobox needs.
pub struct Combobox {
    /// Its `id`; the ids of the list are made of it.
    pub id: String,
    /// What it is called, where no label says so; stands in the empty box too.
    pub name: Option<String>,
    /// What is chosen, in words; shown while nobody types.
    pub chosen: Signal<String>,
    /// What there is to choose; the owner fills it after `search`.
    pub offers: Signal<Vec<Offer>>,
    /// The owner is looking.
    pub busy: Signal<bool>,
    /// The person typed this, or opened the list with nothing typed.
    pub search: Callback<String>,
    /// The person chose this.
    pub pick: Callback<Offer>,
    /// The person took the choice away; no button if absent.
    pub clear: Option<Callback<()>>,
    /// May be used now.
    pub editable: Signal<bool>,
    /// The ids of what describes it.
    pub described: Signal<Option<String>>,
    /// Something is wrong with it.
    pub invalid: Signal<bool>,
}

/// Draws the circle of a colour.
pub fn swatch(colour: String) -> Node {
    view! {
        <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7" fill=colour/></svg>
    }
}

/// Draws it: arrows move in the list, Enter chooses, Escape closes and forgets what was typed.
pub fn combobox(of: Combobox) -> Node {
    let Combobox { id, name, chosen, offers, busy, search, pick, clear, editable, described, invalid } = of;
    let open = RwSignal::new(false);
    let active = RwSignal::new(0_usize);
    let typed = RwSignal::new(None::<String>);
    let list_id = format!("{id}-list");
    let option_id = {
        let id = id.clone();
        move |n: usize| format!("{id}-{n}")
    };

    let show = move || {
        if editable.get_untracked() && !open.get_untracked() {
            active.set(0);
            open.set(true);
            search.run(typed.get_untracked().unwrap_or_default());
        }
    };
    let close = move || {
        open.set(false);
        typed.set(None);
    };
    let take = move |offer: Offer| {
        close();
        pick.run(offer);
    };
    let keys = move |ev: KeyboardEvent| match ev.key().as_str() {
        "ArrowDown" | "ArrowUp" if !open.get_untracked() => {
            ev.prevent_default();
            show();
        }
        "ArrowDown" => {
            ev.prevent_default();
            let last = offers.with_untracked(Vec::len).saturating_sub(1);
            active.update(|at| *at = (*at + 1).min(last));
        }
        "ArrowUp" => {
            ev.prevent_default();
            active.update(|at| *at = at.saturating_sub(1));
        }
        "Enter" if open.get_untracked() => {
            ev.prevent_default();
            if let Some(offer) = offers.with_untracked(|offers| offers.get(active.get_untracked()).cloned()) {
                take(offer);
            }
        }
        "Escape" if open.get_untracked() => {
            // The Escape that closes the list must not close the dialog around it as well.
            ev.prevent_default();
            ev.stop_propagation();
            close();
        }
        _ => {}
    };

    let active_id = {
        let option_id = option_id.clone();
        move || (open.get() && offers.with(|offers| !offers.is_empty())).then(|| option_id(active.get()))
    };
    let rows = move || {
        let rows = offers.get();
        if rows.is_empty() {
            let word = if busy.get() { t(key::LOADING) } else { t(key::NOTHING_FOUND) };
            return vec![view! { <li class="combobox__empty">{word}</li> }];
        }
        rows.into_iter()
            .enumerate()
            .map(|(n, offer)| {
                let Offer { word, note, colour, .. } = offer.clone();
                view! {
                    <li class="combobox__option" class:combobox__option--active=move || active.get() == n
                        id=option_id(n) role="option" aria-selected=move || (active.get() == n).to_string()
                        on:pointerdown=move |ev| {
                            // Keeps the focus in the box, so that leaving it does not close the list before the choice.
                            ev.prevent_default();
                            take(offer.clone());
                        }>
                        {colour.map(swatch)} <span>{word}</span>
                        {(!note.is_empty()).then(|| view! { <span class="combobox__note">{note}</span> })}
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    let text = move || typed.get().unwrap_or_else(|| chosen.get());
    let clearable = move || editable.get() && chosen.with(|chosen| !chosen.is_empty());
    view! {
        <div class="combobox">
            <input class="input combobox__input" id=id role="combobox" autocomplete="off" aria-label=name.clone() placeholder=name
                aria-expanded=move || open.get().to_string() aria-controls=list_id.clone()
                aria-autocomplete="list" aria-activedescendant=active_id
                aria-describedby=move || described.get()
                aria-invalid=move || invalid.get().then_some("true")
                value=chosen.get_untracked() prop:value=text
                disabled=true prop:disabled=move || !editable.get()
                on:click=move |_| show() on:keydown=keys on:blur=move |_| close()
                on:input=move |ev| {
                    let text = event_target_value(&ev);
                    typed.set(Some(text.clone()));
                    active.set(0);
                    open.set(true);
                    search.run(text);
                }/>
            {clear.map(|clear| move || clearable().then(|| view! {
                <button class="button button--quiet button--icon combobox__clear" type="button"
                    aria-label=t(key::CLEAR) on:click=move |_| clear.run(())>{icon("x")}</button>
            }))}
            <ul class="combobox__list" id=list_id role="listbox" hidden=move || !open.get()>
                {move || open.get().then(&rows)}
            </ul>
        </div>
    }
}
