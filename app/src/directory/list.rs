//! The table of records, or what stands there when it is empty.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::cells::{Column, cell, columns, is_tree};
use super::moves::Moves;
use super::{Directory, ROWS, SIZES, bulk, health, keys};
use crate::backend::{Can, Found, List, Row};
use crate::frame::{live, storage};
use crate::markup::{IntoNode, Node, view};
use crate::section::ListState;
use crate::sections;
use crate::ui::pager::{Place, pager};
use crate::ui::table::{Order, heading, number};
use crate::ui::{Tone, awake, badge, empty, icon, icon_in, plain_time};
use crate::words::{key, section_text, t, tf};

/// The order by how many records refer to a record; no field has this name.
const USED: &str = "used";
/// The order by when integrations have seen it used last; likewise.
const LAST_USED: &str = "last_used";

/// Draws an answer.
pub(super) fn table(directory: Directory, schema: &Arc<Value>, can: Can, found: &List) -> Node {
    let section = directory.section;
    let state = directory.shared.state.get_untracked();
    let seq = found.seq;
    Effect::new(move |_| live().seen(seq));
    directory.rows.set(found.rows.clone());
    // What is no longer shown can't be acted on unseen.
    directory.picked.update(|picked| picked.retain(|id| found.rows.iter().any(|row| row.id == *id)));
    let health = health::bar(directory, &state, found);
    if found.rows.is_empty() {
        return view! { {health} {nothing(directory, section, &state, can, found)} };
    }
    let hint = found.other_layout.as_ref().map(|words| {
        view! { <p class="toolbar__hint" role="status">{tf(key::OTHER_LAYOUT_HINT, &[("words", words)])}</p> }
    });
    let moves = (is_tree(schema) && can.edit && !state.asks() && state.sort.is_empty())
        .then(|| Moves::new(directory, schema, found.total));
    if let Some(moves) = moves {
        Effect::new(move |_| moves.arrived(seq));
    }
    let mut columns = columns(schema);
    for column in &mut columns {
        // What the list is ordered by is always seen.
        column.extra &= Order::of(&state.sort, &column.name) == Order::None;
    }
    let drawn = Drawn {
        directory,
        columns: columns.into(),
        labels: found.labels.clone().into(),
        tree: is_tree(schema),
        picks: can.edit || can.export,
        last: found.reported.then(|| Order::of(&state.sort, LAST_USED)),
        moves,
    };
    view! {
        {hint}
        {health}
        <div class="table" on:keydown=|ev| keys::walk(&ev)>
            <table class="table__grid">
                <caption class="visually-hidden">{directory.shared.title(section)}</caption>
                <thead>{head(&drawn, &state, &found.rows)}</thead>
                <tbody>{body(drawn, found.rows.clone())}</tbody>
            </table>
        </div>
        {bulk::place(directory, schema, can)}
    }
}

/// What every row is drawn with.
#[derive(Clone)]
struct Drawn {
    directory: Directory,
    columns: Arc<[Column]>,
    labels: Arc<[Found]>,
    tree: bool,
    picks: bool,
    /// How the list is ordered by the last use; none while no integration has counted uses, and there is no such column.
    last: Option<Order>,
    moves: Option<Moves>,
}

fn head(drawn: &Drawn, state: &ListState, rows: &[Row]) -> Node {
    let directory = drawn.directory;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let awake = awake();
    let all = {
        let ids = ids.clone();
        move || directory.picked.with(|picked| ids.iter().all(|id| picked.contains(id)))
    };
    let some = {
        let all = all.clone();
        move || directory.picked.with(|picked| !picked.is_empty()) && !all()
    };
    let pick = drawn.picks.then(|| {
        view! {
            <th class="table__pick">
                <input class="check__box" type="checkbox" aria-label=t(key::PICK_ALL) disabled=true
                    prop:disabled=move || !awake.get() prop:checked=all prop:indeterminate=some
                    on:change=move |ev| {
                        let on = event_target_checked(&ev);
                        directory.picked.update(|picked| {
                            picked.clear();
                            if on {
                                picked.extend(ids.iter().copied());
                            }
                        });
                    }/>
            </th>
        }
    });
    let headings: Vec<_> = drawn
        .columns
        .iter()
        .enumerate()
        .map(|(n, column)| {
            let order = Order::of(&state.sort, &column.name);
            let href = directory.href(&state.with(|state| state.sort = order.next(&column.name)));
            let (title, name) = (column.title.clone(), column.name.clone());
            let class = column.class();
            let shown = move || n == 0 || directory.hidden.with(|hidden| !hidden.contains(&name));
            move || shown().then(|| heading(title.clone(), order, Some(href.clone()), class))
        })
        .collect();
    // Whoever orders by use looks for what is used most.
    let order = Order::of(&state.sort, USED);
    let next = if order == Order::Descending { USED.to_owned() } else { ["-", USED].concat() };
    let href = directory.href(&state.with(|state| state.sort = next));
    let used = heading(t(key::USED).to_owned(), order, Some(href), Some("table__number"));
    // Whoever orders by the last use looks for what nobody uses any more.
    let last = drawn.last.map(|order| {
        let href = directory.href(&state.with(|state| state.sort = order.next(LAST_USED)));
        heading(t(key::LAST_USED).to_owned(), order, Some(href), extra(order))
    });
    let actions = drawn.moves.is_some().then(|| {
        view! { <th class="table__actions"><span class="visually-hidden">{t(key::MOVE)}</span></th> }
    });
    view! { <tr>{pick}{headings}{used}{last}{actions}</tr> }
}

/// The column of the last use gives way first where there is little room, unless the list is ordered by it.
fn extra(order: Order) -> Option<&'static str> {
    (order == Order::None).then_some("table__extra")
}

/// The rows; of a tree only those whose ancestors are unfolded.
fn body(drawn: Drawn, rows: Vec<Row>) -> Node {
    let rows: Arc<[Row]> = rows.into();
    let folded = drawn.directory.folded;
    let tree = drawn.tree;
    (move || {
        let mut below = None;
        let visible: Vec<usize> = (0..rows.len())
            .filter(|n| {
                let row = &rows[*n];
                if below.is_some_and(|depth| row.depth > depth) {
                    return false;
                }
                below = (tree && folded.with(|folded| folded.contains(&row.id))).then_some(row.depth);
                true
            })
            .collect();
        if let Some(moves) = drawn.moves {
            moves.visible.set_value(visible.iter().map(|n| rows[*n].id).collect());
        }
        let place = |n: usize| {
            let parent = tree && rows.get(n + 1).is_some_and(|next| next.depth > rows[n].depth);
            row(&drawn, &rows[n], parent)
        };
        visible.into_iter().map(place).collect::<Vec<_>>()
    })
    .into_node()
}

fn row(drawn: &Drawn, row: &Row, parent: bool) -> Node {
    let directory = drawn.directory;
    let shared = directory.shared;
    let id = row.id;
    let name = if row.name.is_empty() { format!("№ {id}") } else { row.name.clone() };
    let href = shared.href(&id.to_string());
    let awake = awake();
    let picked = move || directory.picked.with(|picked| picked.contains(&id));
    let pick = drawn.picks.then(|| {
        view! {
            <td class="table__pick">
                <input class="check__box" type="checkbox" aria-label=tf(key::PICK_NAMED, &[("name", &name)])
                    disabled=true prop:disabled=move || !awake.get() prop:checked=picked
                    on:change=move |ev| {
                        let on = event_target_checked(&ev);
                        directory.picked.update(|picked| {
                            if on { picked.insert(id); } else { picked.remove(&id); }
                        });
                    }/>
            </td>
        }
    });
    let link = view! { <a class="table__link" href=href>{name.clone()}</a> };
    let main = if drawn.tree { branch(drawn, row, &name, parent, link) } else { link };
    let cells: Vec<_> = drawn
        .columns
        .iter()
        .skip(1)
        .map(|column| {
            let name = column.name.clone();
            let (column, row, labels) = (column.clone(), row.clone(), Arc::clone(&drawn.labels));
            move || {
                let shown = directory.hidden.with(|hidden| !hidden.contains(&name));
                shown.then(|| cell(&column, &row, &labels))
            }
        })
        .collect();
    let moves = drawn.moves.map(|moves| view! { <td class="table__actions">{moves.buttons(id, &name)}</td> });
    let branch = (row.branch > row.used).then(|| {
        let word = tf(key::USED_IN_BRANCH, &[("n", &number(u64::from(row.branch)))]);
        view! { <span class="table__note">{word}</span> }
    });
    // Where nothing else is counted, the figure itself is the number outside.
    let outside = (row.outside > 0 && row.used > 0).then(|| {
        let word = tf(key::USED_OUTSIDE, &[("n", &number(row.outside))]);
        view! { <span class="table__note">{word}</span> }
    });
    let last = drawn.last.map(|order| {
        // As plain as it came: the list carries no clock.
        let at = if row.last_used.is_empty() { t(key::NEVER).to_owned() } else { plain_time(&row.last_used) };
        view! { <td class=extra(order) data-label=t(key::LAST_USED)>{at}</td> }
    });
    // Where the column of the state has given way, the name tells it: a paler colour alone says nothing to many.
    let off = (!row.active && !row.archived).then(|| {
        view! { <span class="table__state">{badge(Tone::Plain, t(key::INACTIVE))}</span> }
    });
    let moves_of = drawn.moves;
    let mark = Memo::new(move |_| moves_of.and_then(|moves| moves.mark(id)));
    view! {
        <tr class="table__row" class:table__row--inactive=!row.active class:table__row--archived=row.archived
            class:table__row--picked=picked
            data-drop=move || mark.get()
            aria-current=move || (shared.current.get() == Some(id)).then_some("true")
            on:click=move |ev| open(&ev, directory, id)>
            {pick}
            <td class="table__main">{main} {off} {health::reasons(directory, row)}</td>
            {cells}
            <td class="table__number" data-label=t(key::USED)>{number(row.outside.saturating_add(row.used.into()))}{branch}{outside}</td>
            {last}
            {moves}
        </tr>
    }
}

/// The name in a tree: indented, with its fold and, where it may be moved, its handle.
fn branch(drawn: &Drawn, row: &Row, name: &str, parent: bool, link: Node) -> Node {
    let class = match (row.depth.min(3), parent) {
        (0, true) => "tree",
        (0, false) => "tree tree--leaf",
        (1, true) => "tree tree--2",
        (1, false) => "tree tree--2 tree--leaf",
        (2, true) => "tree tree--3",
        (2, false) => "tree tree--3 tree--leaf",
        (_, true) => "tree tree--4",
        (_, false) => "tree tree--4 tree--leaf",
    };
    let (folded, id) = (drawn.directory.folded, row.id);
    let toggle = parent.then(|| {
        let name = name.to_owned();
        let open = move || folded.with(|folded| !folded.contains(&id));
        let word = move || tf(if open() { key::FOLD_NAMED } else { key::UNFOLD_NAMED }, &[("name", &name)]);
        view! {
            <button class="tree__toggle" type="button" aria-expanded=move || open().to_string() aria-label=word
                on:click=move |_| folded.update(|folded| {
                    if !folded.remove(&id) {
                        folded.insert(id);
                    }
                })>{icon("chevron-right")}</button>
        }
    });
    let handle = drawn.moves.map(|moves| moves.handle(id, name));
    let text = |field: &str| row.value.get(field).and_then(Value::as_str).map(str::to_owned);
    let picture =
        text("icon").zip(text("colour")).map(|(name, colour)| icon_in(colour, "icon tree__icon", &name));
    view! { <span class=class>{toggle} {picture} {link} {handle}</span> }
}

/// A click anywhere in a row opens it, unless it meant a control or marked some text.
fn open(ev: &leptos::ev::MouseEvent, directory: Directory, id: i64) {
    let target = ev.target().and_then(|target| target.dyn_into::<Element>().ok());
    let control = target.and_then(|target| target.closest("a, button, input, label, select").ok().flatten());
    if control.is_none() && !ev.default_prevented() {
        crate::frame::guard().leave(Callback::new(move |()| directory.open(id)));
    }
}

/// Nothing to show: because there is nothing yet, or because nothing answers.
fn nothing(directory: Directory, section: &str, state: &ListState, can: Can, found: &List) -> Node {
    let picture = sections::item(section).map_or("search", |item| item.icon);
    let own = directory.shared.own;
    if (found.all == 0 || (own && !state.asks())) && !state.archived {
        let add = can.edit.then(|| {
            let href = directory.shared.href("new");
            view! {
                <a class="button button--primary" href=href>
                    {icon("plus")} <span>{section_text(section, "new")}</span>
                </a>
            }
        });
        let text = if own { t(key::OWN_REPLIES_EMPTY) } else { section_text(section, "empty") };
        return empty(picture, t(key::EMPTY_TITLE), text, add);
    }
    if state.archived && state.q.is_empty() && state.filter.is_empty() {
        return empty("archive", t(key::ARCHIVE_EMPTY), "", None);
    }
    let reset = ListState { sort: state.sort.clone(), limit: state.limit, page: 1, ..ListState::default() };
    let href = directory.href(&reset);
    let back = view! { <a class="button button--plain" href=href>{t(key::FILTERS_CLEAR)}</a> };
    empty("search", t(key::NOTHING_FOUND), t(key::NOTHING_FOUND_TEXT), Some(back))
}

/// The pager below the table; none if there is nothing.
pub(super) fn pager_of(directory: Directory, state: &ListState, total: u64) -> Option<Node> {
    if total == 0 {
        return None;
    }
    let rows = directory.shared.rows.get_untracked();
    let place = Place { page: state.page, limit: if state.limit > 0 { state.limit } else { rows }, total };
    let stated = state.clone();
    let href = move |page: u32| directory.href(&ListState { page, ..stated.clone() });
    let now = state.clone();
    let resize = Callback::new(move |limit: u32| {
        storage::set(ROWS, &limit.to_string());
        directory.shared.rows.set(limit);
        directory.show(&now.with(|state| state.limit = 0));
    });
    Some(view! { <footer class="pane__foot">{pager(place, SIZES, href, resize, awake())}</footer> })
}
