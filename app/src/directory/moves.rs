//! Moving records of a tree: up, down, in, out and by dragging; each move is one commit.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

use super::Directory;
use super::cells::{order_field, parent_field};
use crate::backend::{Commit, Operation, Row};
use crate::calls;
use crate::frame::{report, toasts, undo};
use crate::markup::{Node, view};
use crate::ui::icon;
use crate::ui::reorder::Reorder;
use crate::words::{Word, key, t, tf};

/// Where a record of a tree may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    /// Below the sister before it.
    In,
    /// Beside its parent, behind it.
    Out,
}

/// The moving of a tree that is shown whole.
#[derive(Clone, Copy)]
pub(super) struct Moves {
    directory: Directory,
    schema: StoredValue<Arc<Value>>,
    /// All of the tree is on this page; else nobody could say where a record goes.
    whole: bool,
    /// The records of the rows as they stand on the screen, without those of folded branches.
    pub visible: StoredValue<Vec<i64>>,
    /// The dragging of rows, by their numbers on the screen.
    pub order: Reorder,
}

/// The parents of the rows, as their depths tell: the nearest row above that is one less deep.
fn parents(rows: &[Row]) -> Vec<Option<i64>> {
    let mut way: Vec<i64> = Vec::new();
    rows.iter()
        .map(|row| {
            way.truncate(row.depth as usize);
            let parent = way.last().copied();
            way.push(row.id);
            parent
        })
        .collect()
}

/// The children of `parent` in their order.
fn children(rows: &[Row], parents: &[Option<i64>], parent: Option<i64>) -> Vec<i64> {
    rows.iter().zip(parents).filter(|(_, of)| **of == parent).map(|(row, _)| row.id).collect()
}

/// Where a record goes one step that way: its new parent and its place among the new sisters, counted without it.
fn step(rows: &[Row], id: i64, way: Way) -> Option<(Option<i64>, usize)> {
    let parents = parents(rows);
    let at = rows.iter().position(|row| row.id == id)?;
    let parent = parents[at];
    let sisters = children(rows, &parents, parent);
    let place = sisters.iter().position(|sister| *sister == id)?;
    match way {
        Way::Up => Some((parent, place.checked_sub(1)?)),
        Way::Down => (place + 1 < sisters.len()).then_some((parent, place + 1)),
        Way::In => {
            let into = *sisters.get(place.checked_sub(1)?)?;
            Some((Some(into), children(rows, &parents, Some(into)).len()))
        }
        Way::Out => {
            let out_of = parent?;
            let above = parents[rows.iter().position(|row| row.id == out_of)?];
            let aunts = children(rows, &parents, above);
            Some((above, aunts.iter().position(|aunt| *aunt == out_of)? + 1))
        }
    }
}

/// Where a record goes when it is dropped on row `to`: in front of that row, among its sisters. None if that row is
/// below the record itself.
fn dropped(rows: &[Row], from: usize, to: usize) -> Option<(i64, Option<i64>, usize)> {
    let parents = parents(rows);
    let (moved, target) = (rows.get(from)?, rows.get(to)?);
    let mut above = Some(target.id);
    while let Some(id) = above {
        if id == moved.id {
            return None;
        }
        above = parents[rows.iter().position(|row| row.id == id)?];
    }
    let parent = parents[to];
    let mut sisters = children(rows, &parents, parent);
    sisters.retain(|sister| *sister != moved.id);
    let place = sisters.iter().position(|sister| *sister == target.id)?;
    // Dragged downwards past its own sister, it goes behind it: that is where the pointer is.
    let behind = usize::from(from < to && parents[from] == parent);
    Some((moved.id, parent, place + behind))
}

impl Moves {
    pub(super) fn new(directory: Directory, schema: &Arc<Value>, total: u64) -> Self {
        let rows = directory.rows;
        let whole = rows.with_untracked(|rows| rows.len() as u64 == total);
        let schema = StoredValue::new(Arc::clone(schema));
        let visible = StoredValue::new(Vec::<i64>::new());
        let drop = Callback::new(move |(from, to): (usize, usize)| {
            let ids = visible.with_value(|visible| visible.get(from).copied().zip(visible.get(to).copied()));
            let Some((from, to)) = ids else { return };
            let landed = rows.with_untracked(|rows| {
                let at = |id: i64| rows.iter().position(|row| row.id == id);
                dropped(rows, at(from)?, at(to)?)
            });
            if let Some((id, parent, place)) = landed {
                put(directory, &schema.get_value(), id, parent, place);
            }
        });
        Self { directory, schema, whole, visible, order: Reorder::new(drop) }
    }

    fn go(self, id: i64, way: Way) {
        if let Some((parent, place)) = self.directory.rows.with_untracked(|rows| step(rows, id, way)) {
            put(self.directory, &self.schema.get_value(), id, parent, place);
        }
    }

    /// The four buttons of a row.
    pub(super) fn buttons(self, id: i64, name: &str) -> Node {
        let awake = crate::ui::awake();
        let one = |picture: &'static str, word: Word, way: Way| {
            let can = move || self.whole && self.directory.rows.with(|rows| step(rows, id, way).is_some());
            let word = tf(word, &[("name", name)]);
            view! {
                <button class="button button--quiet button--icon button--small" type="button" aria-label=word.clone()
                    title=word disabled=true prop:disabled=move || !awake.get() || !can()
                    on:click=move |_| self.go(id, way)>{icon(picture)}</button>
            }
        };
        view! {
            {one("arrow-up", key::MOVE_UP, Way::Up)}
            {one("arrow-down", key::MOVE_DOWN, Way::Down)}
            {one("corner-down-right", key::MOVE_IN, Way::In)}
            {one("arrow-left", key::MOVE_OUT, Way::Out)}
        }
    }

    /// The handle of a row: dragged by pointer, moved by arrows; with left and right it changes its depth.
    pub(super) fn handle(self, id: i64, n: usize, name: &str) -> Node {
        let awake = crate::ui::awake();
        let order = self.order;
        let keys = move |ev: leptos::ev::KeyboardEvent| {
            let way = match ev.key().as_str() {
                "ArrowUp" => Way::Up,
                "ArrowDown" => Way::Down,
                "ArrowRight" => Way::In,
                "ArrowLeft" => Way::Out,
                "Escape" => return order.cancel(),
                _ => return,
            };
            ev.prevent_default();
            self.go(id, way);
        };
        view! {
            <button class="items__handle" type="button" aria-label=tf(key::DRAG_NAMED, &[("name", name)])
                disabled=true prop:disabled=move || !awake.get() || !self.whole
                on:pointerdown=move |ev| order.lift(&ev, n)
                on:pointermove=move |ev| order.over(&ev, ".table__row")
                on:pointerup=move |_| order.drop() on:pointercancel=move |_| order.cancel()
                on:keydown=keys>{icon("grip-vertical")}</button>
        }
    }
}

/// Gives a record its new parent, and its new sisters their places, in one commit.
fn put(directory: Directory, schema: &Value, id: i64, parent: Option<i64>, place: usize) {
    let (Some(parent_field), section) = (parent_field(schema), directory.section.to_owned()) else { return };
    let order_field = order_field(schema);
    let rows = directory.rows.get_untracked();
    let parents = parents(&rows);
    let mut sisters = children(&rows, &parents, parent);
    sisters.retain(|sister| *sister != id);
    sisters.insert(place.min(sisters.len()), id);
    let operations: Vec<Operation> = sisters
        .iter()
        .enumerate()
        .filter_map(|(n, sister)| {
            let at = rows.iter().position(|row| row.id == *sister)?;
            let row = &rows[at];
            let mut patch = Map::new();
            if *sister == id && parents[at] != parent {
                patch.insert(parent_field.to_owned(), parent.map_or(Value::Null, Value::from));
            }
            if let Some(field) = order_field
                && row.value.get(field).and_then(Value::as_u64) != Some(n as u64 + 1)
            {
                patch.insert(field.to_owned(), (n + 1).into());
            }
            (!patch.is_empty()).then(|| Operation::Patch {
                section: section.clone(),
                id: *sister,
                revision: row.revision,
                patch: Value::Object(patch),
            })
        })
        .collect();
    spawn_local(async move {
        let commit = Commit { operations, accept: vec!["*".into()], ..Commit::default() };
        match calls::commit(commit).await {
            Ok(committed) => toasts().say(t(key::MOVED), undo(committed.seq)),
            Err(error) => report(&error),
        }
        directory.shared.again();
    });
}

#[cfg(test)]
mod tests {
    use super::{Way, dropped, parents, step};
    use crate::backend::Row;

    fn tree(shape: &[(i64, u32)]) -> Vec<Row> {
        shape.iter().map(|(id, depth)| Row { id: *id, depth: *depth, ..Row::default() }).collect()
    }

    #[test]
    fn depths_tell_parents() {
        let rows = tree(&[(1, 0), (2, 1), (3, 2), (4, 1), (5, 0)]);
        assert_eq!(parents(&rows), [None, Some(1), Some(2), Some(1), None]);
    }

    #[test]
    fn a_step_leads_among_sisters_in_and_out() {
        let rows = tree(&[(1, 0), (2, 1), (3, 1), (4, 0)]);
        assert_eq!(step(&rows, 3, Way::Up), Some((Some(1), 0)));
        assert_eq!(step(&rows, 2, Way::Up), None);
        assert_eq!(step(&rows, 4, Way::In), Some((Some(1), 2)));
        assert_eq!(step(&rows, 2, Way::Out), Some((None, 1)));
        assert_eq!(step(&rows, 1, Way::In), None);
    }

    #[test]
    fn a_record_is_never_dropped_below_itself() {
        let rows = tree(&[(1, 0), (2, 1), (3, 0)]);
        assert_eq!(dropped(&rows, 0, 1), None);
        assert_eq!(dropped(&rows, 2, 1), Some((3, Some(1), 0)));
        assert_eq!(dropped(&rows, 0, 2), Some((1, None, 1)));
    }
}
