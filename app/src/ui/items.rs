//! An ordered list whose items are moved by handle or arrows, folded and taken out.

use leptos::prelude::*;

use crate::markup::{Node, view};
use crate::ui::icon;
use crate::ui::reorder::Reorder;
use crate::words::{Word, key, tf};

/// What an item shows of itself.
#[derive(Clone)]
pub struct Item {
    /// What people call it.
    pub name: Signal<String>,
    /// What tells it from its like.
    pub note: Signal<String>,
    /// Its fields; an item without any shows its control in the head.
    pub body: Callback<(), Node>,
    /// Stands in place of the name.
    pub head: Option<Callback<(), Node>>,
}

/// What a list of items needs.
pub struct Items {
    /// Its `id`, for the focus.
    pub id: String,
    /// How many items there are.
    pub count: Signal<usize>,
    /// What item `n` shows.
    pub item: Callback<usize, Item>,
    /// Moves an item from one place to another; absent where order means nothing.
    pub shift: Option<Callback<(usize, usize)>>,
    /// Takes an item out.
    pub remove: Callback<usize>,
    /// Adds one at the end.
    pub add: Callback<()>,
    /// "Додати канал".
    pub add_word: String,
    /// One line an item, no frames between.
    pub plain: bool,
    /// May be edited now.
    pub editable: Signal<bool>,
}

/// Draws it.
pub fn items(of: Items) -> Node {
    let Items { id, count, item, shift, remove, add, add_word, plain, editable } = of;
    let class = if plain { "items items--plain" } else { "items" };
    let said = RwSignal::new(String::new());
    let name_of = move |n: usize| item.run(n).name.get_untracked();
    let moved = shift.map(|shift| {
        Callback::new(move |(from, to): (usize, usize)| {
            shift.run((from, to));
            said.set(tf(key::MOVED_TO, &[("name", &name_of(to)), ("n", &(to + 1).to_string())]));
        })
    });
    let order = moved.map(|moved| Reorder::new(&id, moved));
    let row = move |n: usize| {
        let Item { name, note, body, head } = item.run(n);
        let open = RwSignal::new(true);
        let folds = head.is_none();
        let tool = move |picture: &'static str, word: Word, act: Callback<()>, able: Signal<bool>| {
            view! {
                <button class="button button--quiet button--icon button--small" type="button" disabled=true
                    prop:disabled=move || !editable.get() || !able.get()
                    aria-label=move || tf(word, &[("name", &name.get())]) on:click=move |_| act.run(())>
                    {icon(picture)}
                </button>
            }
        };
        let always = Signal::derive(|| true);
        let handle = order.map(|order| view! {
            <button class="items__handle" type="button" disabled=true prop:disabled=move || !editable.get()
                aria-label=move || tf(key::DRAG_NAMED, &[("name", &name.get())])
                on:pointerdown=move |ev| order.lift(&ev, n)
                on:pointermove=move |ev| order.over(&ev, ".items__item")
                on:pointerup=move |_| order.drop() on:pointercancel=move |_| order.cancel()
                on:keydown=move |ev| order.key(&ev, n, count.get_untracked())>
                {icon("grip-vertical")}
            </button>
        });
        let arrows = order.map(|order| {
            let first = Signal::derive(move || n > 0);
            let last = Signal::derive(move || n + 1 < count.get());
            view! {
                {tool("arrow-up", key::MOVE_UP, Callback::new(move |()| order.put(n, n - 1)), first)}
                {tool("arrow-down", key::MOVE_DOWN, Callback::new(move |()| order.put(n, n + 1)), last)}
            }
        });
        let title = match head {
            Some(head) => head.run(()),
            None => view! {
                <button class="items__toggle" type="button" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>
                    {icon("chevron-right")} <span class="items__name">{move || name.get()}</span>
                </button>
                <span class="items__note">{move || note.get()}</span>
            },
        };
        view! {
            <li class="items__item"
                class:items__item--dragged=move || order.is_some_and(|order| order.is_dragged(n))
                class:items__item--target=move || order.is_some_and(|order| order.is_target(n))>
                <div class="items__head">
                    {handle} {title}
                    <span class="items__actions">
                        {arrows}
                        {tool("trash-2", key::REMOVE_NAMED, Callback::new(move |()| remove.run(n)), always)}
                    </span>
                </div>
                {move || (folds && open.get()).then(|| view! { <div class="items__body">{body.run(())}</div> })}
            </li>
        }
    };
    view! {
        <ol class=class id=id>
            {move || (0..count.get()).map(row).collect::<Vec<_>>()}
        </ol>
        <button class="button button--plain items__add" type="button" disabled=true
            prop:disabled=move || !editable.get() on:click=move |_| add.run(())>
            {icon("plus")} <span>{add_word}</span>
        </button>
        <span class="visually-hidden" role="status">{move || said.get()}</span>
    }
}
