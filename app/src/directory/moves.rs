//! Moving records of a tree: up, down, in, out and by dragging; each move is one commit.

use std::sync::Arc;

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Directory;
use super::cells::{deepest, order_field, parent_field};
use crate::backend::{Commit, Operation, Row};
use crate::calls;
use crate::frame::{report, toasts, undo};
use crate::markup::{Node, view};
use crate::problem::Problem;
use crate::ui::icon;
use crate::ui::summary::once_drawn;
use crate::words::{Word, key, problem_text, t, tf};

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
    /// The record that hangs under the pointer, and over which row.
    dragged: RwSignal<Option<(i64, Over)>>,
}

/// What of moving outlives the table: a move on its way, those that wait for it, and what has the focus meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Moving {
    /// A move is being written.
    busy: StoredValue<bool>,
    /// The commit that wrote the last move, and the commit that the table shows.
    written: StoredValue<i64>,
    shown: StoredValue<i64>,
    waiting: StoredValue<Vec<(i64, Way)>>,
    focus: StoredValue<Option<String>>,
}

impl Moving {
    pub(super) fn new() -> Self {
        Self {
            busy: StoredValue::new(false),
            written: StoredValue::new(0),
            shown: StoredValue::new(0),
            waiting: StoredValue::default(),
            focus: StoredValue::new(None),
        }
    }

    /// Does the table show the last move? Until it does, nobody can tell where the next one leads.
    fn is_settled(self) -> bool {
        !self.busy.get_value() && self.shown.get_value() >= self.written.get_value()
    }
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

/// Where over a row the pointer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// In front of it.
    Before,
    /// Inside of it.
    Into,
    /// Behind it.
    After,
}

/// Over which row, and where over it.
type Over = Option<(i64, Zone)>;

/// Why a record may not go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// It would stand inside of itself.
    Itself,
    /// The tree may not be that deep.
    TooDeep,
}

/// Where a record goes when it is dropped there: its new parent and its place among the new sisters, counted without it.
fn dropped(
    rows: &[Row],
    id: i64,
    target: i64,
    zone: Zone,
    deepest: Option<u64>,
) -> Result<(Option<i64>, usize), Refusal> {
    let parents = parents(rows);
    let at = |id: i64| rows.iter().position(|row| row.id == id);
    let Some(to) = at(target) else { return Err(Refusal::Itself) };
    let above = |id: i64| at(id).and_then(|n| parents[n]);
    if std::iter::successors(Some(target), |id| above(*id)).any(|above| above == id) {
        return Err(Refusal::Itself);
    }
    let parent = if zone == Zone::Into { Some(target) } else { parents[to] };
    if is_too_deep(rows, id, parent, deepest) {
        return Err(Refusal::TooDeep);
    }
    let mut sisters = children(rows, &parents, parent);
    sisters.retain(|sister| *sister != id);
    let place = match zone {
        Zone::Into => sisters.len(),
        _ => {
            sisters.iter().position(|sister| *sister == target).unwrap_or(0)
                + usize::from(zone == Zone::After)
        }
    };
    Ok((parent, place))
}

/// Would the branch of `id` reach below the deepest level if it stood in `parent`?
fn is_too_deep(rows: &[Row], id: i64, parent: Option<i64>, deepest: Option<u64>) -> bool {
    let depth = |id: i64| rows.iter().find(|row| row.id == id).map_or(0, |row| u64::from(row.depth));
    let height = rows
        .iter()
        .skip_while(|row| row.id != id)
        .enumerate()
        .take_while(|(n, row)| *n == 0 || u64::from(row.depth) > depth(id))
        .map(|(_, row)| u64::from(row.depth) - depth(id))
        .max();
    let level = parent.map_or(0, |parent| depth(parent) + 1);
    deepest.is_some_and(|deepest| level + height.unwrap_or_default() >= deepest)
}

impl Moves {
    pub(super) fn new(directory: Directory, schema: &Arc<Value>, total: u64) -> Self {
        let whole = directory.rows.with_untracked(|rows| rows.len() as u64 == total);
        Self {
            directory,
            schema: StoredValue::new(Arc::clone(schema)),
            whole,
            visible: StoredValue::new(Vec::new()),
            dragged: RwSignal::new(None),
        }
    }

    /// The table has been drawn anew: whoever moved a record by key finds the focus with it, and what waits goes on.
    ///
    /// It is drawn for the move itself and again for the news of it, so the focus is looked after until it goes elsewhere.
    pub(super) fn arrived(self, seq: i64) {
        let moving = self.directory.moving;
        if let Some(id) = moving.focus.get_value() {
            if is_lost() {
                once_drawn(move || focus(&id));
            } else {
                moving.focus.set_value(None);
            }
        }
        moving.shown.set_value(seq);
        if moving.is_settled() {
            let next = moving.waiting.try_update_value(|all| (!all.is_empty()).then(|| all.remove(0)));
            if let Some((id, way)) = next.flatten() {
                self.go(id, way);
            }
        }
    }

    fn deepest(self) -> Option<u64> {
        self.schema.with_value(|schema| deepest(schema))
    }

    fn go(self, id: i64, way: Way) {
        let moving = self.directory.moving;
        if !moving.is_settled() {
            return moving.waiting.update_value(|waiting| waiting.push((id, way)));
        }
        let rows = self.directory.rows;
        let Some((parent, place)) = rows.with_untracked(|rows| step(rows, id, way)) else { return };
        if rows.with_untracked(|rows| is_too_deep(rows, id, parent, self.deepest())) {
            return self.refuse(Refusal::TooDeep);
        }
        // A move that has waited may begin before the focus is back: then it stays where it was wanted.
        let own = ["-", &id.to_string()].concat();
        let held = document().active_element().map(|element| element.id());
        if let Some(held) = held.filter(|held| held.ends_with(&own)) {
            moving.focus.set_value(Some(held));
        }
        put(self.directory, &self.schema.get_value(), id, parent, place);
    }

    fn refuse(self, refusal: Refusal) {
        let problem = match refusal {
            Refusal::Itself => Problem::error("", "cycle"),
            Refusal::TooDeep => {
                Problem::error("", "too_deep").with("max", self.deepest().unwrap_or_default())
            }
        };
        toasts().fail(problem_text(&problem));
    }

    /// How a row looks while another hangs over it.
    pub(super) fn mark(self, id: i64) -> Option<&'static str> {
        let (dragged, over) = self.dragged.get()?;
        if dragged == id {
            return Some("dragged");
        }
        let (target, zone) = over.filter(|(target, _)| *target == id)?;
        let landed = self.directory.rows.with(|rows| dropped(rows, dragged, target, zone, self.deepest()));
        Some(match (landed, zone) {
            (Err(_), _) => "refused",
            (Ok(_), Zone::Before) => "before",
            (Ok(_), Zone::Into) => "into",
            (Ok(_), Zone::After) => "after",
        })
    }

    /// The four buttons of a row.
    pub(super) fn buttons(self, id: i64, name: &str) -> Node {
        let awake = crate::ui::awake();
        let one = |picture: &'static str, word: Word, way: Way| {
            let can = move || self.whole && self.directory.rows.with(|rows| step(rows, id, way).is_some());
            let word = tf(word, &[("name", name)]);
            view! {
                <button class="button button--quiet button--icon button--small" type="button" id=format!("{picture}-{id}")
                    aria-label=word.clone() title=word disabled=true prop:disabled=move || !awake.get() || !can()
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

    /// The handle of a row: dragged by pointer or finger, moved by arrows; left and right change its depth.
    pub(super) fn handle(self, id: i64, name: &str) -> Node {
        let awake = crate::ui::awake();
        let keys = move |ev: leptos::ev::KeyboardEvent| {
            let way = match ev.key().as_str() {
                "ArrowUp" => Way::Up,
                "ArrowDown" => Way::Down,
                "ArrowRight" => Way::In,
                "ArrowLeft" => Way::Out,
                "Escape" => return self.dragged.set(None),
                _ => return,
            };
            ev.prevent_default();
            // The arrows walk through the rows of a table, but not here.
            ev.stop_propagation();
            self.go(id, way);
        };
        let lift = move |ev: PointerEvent| {
            if ev.button() == 0 {
                ev.prevent_default();
                capture(&ev);
                self.dragged.set(Some((id, None)));
            }
        };
        let over = move |ev: PointerEvent| {
            if self.dragged.with_untracked(Option::is_none) {
                return;
            }
            let now =
                under(&ev).and_then(|(n, zone)| self.visible.with_value(|ids| Some((*ids.get(n)?, zone))));
            let now = now.filter(|(target, _)| *target != id);
            if self.dragged.with_untracked(|dragged| dragged.is_some_and(|(_, known)| known != now)) {
                self.dragged.set(Some((id, now)));
            }
        };
        let drop = move |_: PointerEvent| {
            let over = self.dragged.get_untracked().and_then(|(_, over)| over);
            self.dragged.set(None);
            let Some((target, zone)) = over else { return };
            let landed =
                self.directory.rows.with_untracked(|rows| dropped(rows, id, target, zone, self.deepest()));
            match landed {
                Ok(_) if !self.directory.moving.is_settled() => {}
                Ok((parent, place)) => {
                    self.directory.moving.focus.set_value(None);
                    put(self.directory, &self.schema.get_value(), id, parent, place);
                }
                Err(refusal) => self.refuse(refusal),
            }
        };
        view! {
            <button class="items__handle" type="button" id=format!("move-{id}")
                aria-label=tf(key::DRAG_NAMED, &[("name", name)])
                disabled=true prop:disabled=move || !awake.get() || !self.whole
                on:pointerdown=lift on:pointermove=over on:pointerup=drop
                on:pointercancel=move |_| self.dragged.set(None) on:keydown=keys>{icon("grip-vertical")}</button>
        }
    }
}

/// Has the focus gone with a row, or does it stand on the controls that move one?
fn is_lost() -> bool {
    let held = document().active_element().map(|element| (element.tag_name(), element.class_name()));
    held.is_none_or(|(tag, class)| {
        tag == "BODY" || class.contains("items__handle") || class.contains("button--small")
    })
}

/// Takes the focus to a control of a row; a button that can go no further leaves it to the handle of its row.
fn focus(id: &str) {
    let named = |id: &str| document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let handle = || named(&["move-", id.rsplit('-').next()?].concat());
    if let Some(target) = named(id).filter(|it| !it.has_attribute("disabled")).or_else(handle) {
        let _ = target.focus();
    }
}

/// The pointer belongs to the handle until it is let go.
fn capture(ev: &PointerEvent) {
    if let Some(handle) = ev.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        let _ = handle.set_pointer_capture(ev.pointer_id());
    }
}

/// The row in whose height the pointer is, by its number on the screen, and where over it.
fn under(ev: &PointerEvent) -> Option<(usize, Zone)> {
    let handle = ev.current_target()?.dyn_into::<Element>().ok()?;
    let rows = handle.closest(".table__row").ok()??.parent_element()?.children();
    let y = f64::from(ev.client_y());
    (0..rows.length()).find_map(|n| {
        let place = rows.item(n)?.get_bounding_client_rect();
        let part = (y - place.top()) / place.height();
        let zone = match part {
            part if !(0.0..1.0).contains(&part) => return None,
            part if part < 0.3 => Zone::Before,
            part if part > 0.7 => Zone::After,
            _ => Zone::Into,
        };
        Some((n as usize, zone))
    })
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
    if operations.is_empty() {
        return;
    }
    directory.moving.busy.set_value(true);
    spawn_local(async move {
        let commit = Commit { operations, accept: vec!["*".into()], ..Commit::default() };
        match calls::commit(commit).await {
            Ok(committed) => {
                directory.moving.written.try_set_value(committed.seq);
                toasts().say(t(key::MOVED), undo(committed.seq));
            }
            Err(error) => {
                directory.moving.waiting.try_update_value(Vec::clear);
                report(&error);
            }
        }
        directory.moving.busy.try_set_value(false);
        directory.shared.again();
    });
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Way, Zone, dropped, is_too_deep, parents, step};
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
    fn a_record_is_dropped_before_into_and_behind() {
        let rows = tree(&[(1, 0), (2, 1), (3, 1), (4, 0)]);
        let table = [
            (4, 1, Zone::Before, Ok((None, 0))),
            (4, 1, Zone::Into, Ok((Some(1), 2))),
            (4, 2, Zone::Before, Ok((Some(1), 0))),
            (4, 3, Zone::After, Ok((Some(1), 2))),
            (2, 3, Zone::After, Ok((Some(1), 1))),
            (2, 4, Zone::After, Ok((None, 2))),
            (1, 3, Zone::After, Err(Refusal::Itself)),
            (1, 2, Zone::Into, Err(Refusal::Itself)),
        ];
        for (id, target, zone, expected) in table {
            assert_eq!(dropped(&rows, id, target, zone, Some(3)), expected, "{id} {zone:?} {target}");
        }
    }

    #[test]
    fn a_branch_goes_no_deeper_than_it_may() {
        let rows = tree(&[(1, 0), (2, 1), (3, 2), (4, 0), (5, 1)]);
        assert_eq!(dropped(&rows, 4, 2, Zone::Into, Some(3)), Err(Refusal::TooDeep));
        assert_eq!(dropped(&rows, 5, 2, Zone::Into, Some(3)), Ok((Some(2), 1)));
        assert_eq!(dropped(&rows, 4, 1, Zone::Into, Some(3)), Ok((Some(1), 1)));
        assert_eq!(dropped(&rows, 4, 2, Zone::Into, None), Ok((Some(2), 1)));
        assert!(is_too_deep(&rows, 1, Some(4), Some(3)));
        assert!(!is_too_deep(&rows, 5, Some(2), Some(3)));
    }
}
