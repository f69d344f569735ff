//! Joins two people's changes to one value, and keeps apart what only a person can decide.

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::diff::present;
use super::list::{self, Pairing, Step};
use crate::problem::segment;
use crate::schema::Rule;

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// Both sides' changes; where they conflict, mine.
    pub value: Value,
    /// What is still to be decided.
    pub conflicts: Vec<Conflict>,
}

/// A place that both sides changed, each in its own way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Where it stood in the merged value when the merge was made; the name by which [`resolve`] knows it.
    ///
    /// An item that mine has removed is not in the value: its index is one past the end of the list.
    pub pointer: String,
    /// The way there for a reader; it holds also after other conflicts are resolved.
    pub path: Vec<Step>,
    /// Is it about the order of a list alone? Then the sides hold the whole lists.
    pub order: bool,
    /// What was there before either change.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub base: Option<Value>,
    /// What I made of it; `None` if I removed it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub mine: Option<Value>,
    /// What the others made of it; `None` if they removed it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub theirs: Option<Value>,
    /// The keys among which a part that is not in the value has its place.
    neighbours: Vec<String>,
    /// What identifies the items whose order is in question.
    by: Vec<String>,
}

/// Which side of a conflict holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// My change.
    Mine,
    /// The change of the others.
    Theirs,
    /// What was there before.
    Base,
}

/// Merges what I and the others made of `base`.
///
/// Fields and entries of maps merge one by one, items of a list by their identity, plain lists as sets. A value
/// that both sides changed, or that one changed and the other removed, is a conflict unless both came to the
/// same. If both put the items of a list in another order, each in its own, that is one conflict at the list.
pub fn merge(schema: &Value, base: &Value, mine: &Value, theirs: &Value) -> Merged {
    let mut merger = Merger { conflicts: Vec::new(), path: Vec::new() };
    let sides = Sides { base: Some(base), mine: Some(mine), theirs: Some(theirs) };
    let value = merger.value(Some(schema), sides).unwrap_or(Value::Null);
    let mut conflicts = merger.conflicts;
    point(&value, &mut conflicts);
    Merged { value, conflicts }
}

/// Decides the conflict at `pointer` and takes it off the list; false if there is none.
///
/// Conflicts keep their pointers while others are resolved, so that a list of them can be worked off.
pub fn resolve(merged: &mut Merged, pointer: &str, choice: Choice) -> bool {
    let Some(index) = merged.conflicts.iter().position(|conflict| conflict.pointer == pointer) else {
        return false;
    };
    let conflict = merged.conflicts.remove(index);
    let chosen = match choice {
        Choice::Mine => return true,
        Choice::Theirs => conflict.theirs,
        Choice::Base => conflict.base,
    };
    if conflict.order {
        if let (Some(place), Some(order)) = (find(&mut merged.value, &conflict.path), chosen) {
            reorder(place, &order, &conflict.by);
        }
        return true;
    }
    let Some((last, parents)) = conflict.path.split_last() else {
        merged.value = chosen.unwrap_or(Value::Null);
        return true;
    };
    if let Some(parent) = find(&mut merged.value, parents) {
        put(parent, last, chosen, &conflict.neighbours);
    }
    true
}

#[derive(Clone, Copy)]
struct Sides<'v> {
    base: Option<&'v Value>,
    mine: Option<&'v Value>,
    theirs: Option<&'v Value>,
}

impl<'v> Sides<'v> {
    /// The side that holds if at most one of them changed the place; `None` if both did.
    fn settled(self) -> Option<Choice> {
        let equal = |a: Option<&Value>, b: Option<&Value>| match (a, b) {
            (Some(a), Some(b)) => list::same(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        if equal(self.mine, self.theirs) || equal(self.base, self.theirs) {
            Some(Choice::Mine)
        } else if equal(self.base, self.mine) {
            Some(Choice::Theirs)
        } else {
            None
        }
    }

    fn side(self, choice: Choice) -> Option<&'v Value> {
        match choice {
            Choice::Mine => self.mine,
            Choice::Theirs => self.theirs,
            Choice::Base => self.base,
        }
    }

    /// All three as objects or as lists, if both sides are; a base that is neither was empty.
    fn all<T>(self, read: impl Fn(&'v Value) -> Option<T>, empty: T) -> Option<[T; 3]> {
        Some([self.base.and_then(&read).unwrap_or(empty), read(self.mine?)?, read(self.theirs?)?])
    }
}

struct Merger {
    conflicts: Vec<Conflict>,
    path: Vec<Step>,
}

impl Merger {
    /// The merged value of one place; `None` when it is gone.
    fn value(&mut self, schema: Option<&Value>, sides: Sides<'_>) -> Option<Value> {
        if let Some(choice) = sides.settled() {
            return sides.side(choice).cloned();
        }
        let any = sides.mine.or(sides.theirs);
        let rule = schema.zip(any).map(|(schema, value)| Rule::for_value(schema, value));
        if rule.is_some_and(|rule| rule.flag("x-secret")) {
            return self.secret(sides);
        }
        if let Some(maps) = sides.all(Value::as_object, &Map::new()) {
            return Some(Value::Object(self.object(rule, sides, maps)));
        }
        let list: fn(&Value) -> Option<&[Value]> = |side| side.as_array().map(Vec::as_slice);
        if let Some(lists) = sides.all(list, &[]) {
            match list::pairing(rule, &lists) {
                Pairing::Items(by) => return Some(Value::Array(self.items(rule, &by, sides, lists))),
                Pairing::Set => return Some(Value::Array(set(lists))),
                Pairing::Whole => {}
            }
        }
        self.conflict(sides, None);
        sides.mine.cloned()
    }

    fn object(
        &mut self,
        rule: Option<Rule<'_>>,
        sides: Sides<'_>,
        maps: [&Map<String, Value>; 3],
    ) -> Map<String, Value> {
        let names = maps.map(list::names);
        let keys = if list::is_map(rule) {
            self.order(&[], sides, &names)
        } else {
            let [_, mine, theirs] = &names;
            weave(mine, theirs)
        };
        let mut merged = Map::new();
        for key in &keys {
            let [base, mine, theirs] = maps.map(|map| map.get(key));
            let schema = rule.and_then(|rule| rule.property(key));
            let asked = self.conflicts.len();
            let value = self.part(Step::Key(key.clone()), &keys, schema, Sides { base, mine, theirs });
            if schema.is_some_and(|schema| Rule::of(schema).text("x-beside").is_some()) {
                // What stands beside a text follows it: nobody is asked about it.
                self.conflicts.truncate(asked);
            }
            merged.extend(value.map(|value| (key.clone(), value)));
        }
        merged
    }

    fn items(
        &mut self,
        rule: Option<Rule<'_>>,
        by: &[String],
        sides: Sides<'_>,
        lists: [&[Value]; 3],
    ) -> Vec<Value> {
        let names = lists.map(|list| list::keys(by, list));
        let keys = self.order(by, sides, &names);
        let places = names.each_ref().map(|names| list::places(names));
        let schema = rule.and_then(|rule| rule.get("items"));
        let mut merged = Vec::new();
        for key in &keys {
            let item = |side: usize| places[side].get(key.as_str()).map(|index| &lists[side][*index]);
            let sides = Sides { base: item(0), mine: item(1), theirs: item(2) };
            let Some(shown) = sides.mine.or(sides.theirs) else { continue };
            merged.extend(self.part(list::step(by, key, shown), &keys, schema, sides));
        }
        merged
    }

    /// One property, entry or item, in a list whose keys are `keys`.
    fn part(
        &mut self,
        step: Step,
        keys: &[String],
        schema: Option<&Value>,
        sides: Sides<'_>,
    ) -> Option<Value> {
        let known = self.conflicts.len();
        self.path.push(step);
        let value = self.value(schema, sides);
        self.path.pop();
        if value.is_none()
            && let Some(conflict) = self.conflicts.get_mut(known)
        {
            conflict.neighbours = keys.to_vec();
        }
        value
    }

    /// The keys of all three in the order that holds; what a side removed tells where its neighbours stood.
    fn order(
        &mut self,
        by: &[String],
        sides: Sides<'_>,
        [base, mine, theirs]: &[Vec<String>; 3],
    ) -> Vec<String> {
        match (list::reordered(base, mine), list::reordered(base, theirs)) {
            (false, true) => return weave(&weave(theirs, base), mine),
            (true, true) if list::reordered(mine, theirs) => self.conflict(sides, Some(by)),
            _ => {}
        }
        weave(&weave(mine, base), theirs)
    }

    /// What is kept counts as unchanged, whatever was there.
    fn secret(&mut self, sides: Sides<'_>) -> Option<Value> {
        let told = |side: Option<&Value>| side.is_none_or(|side| side.get("keep").is_none());
        let mine = if told(sides.mine) { sides.mine } else { sides.base };
        let theirs = if told(sides.theirs) { sides.theirs } else { sides.base };
        let sides = Sides { mine, theirs, ..sides };
        if let Some(choice) = sides.settled() {
            return sides.side(choice).cloned();
        }
        self.conflict(sides, None);
        sides.mine.cloned()
    }

    /// Notes a conflict of values, or of the order of items that `by` identifies.
    fn conflict(&mut self, sides: Sides<'_>, by: Option<&[String]>) {
        self.conflicts.push(Conflict {
            pointer: String::new(),
            path: self.path.clone(),
            order: by.is_some(),
            base: sides.base.cloned(),
            mine: sides.mine.cloned(),
            theirs: sides.theirs.cloned(),
            neighbours: Vec::new(),
            by: by.unwrap_or_default().to_vec(),
        });
    }
}

/// Additions and removals of both sides; what one side removed and the other left is gone.
fn set(lists: [&[Value]; 3]) -> Vec<Value> {
    let names = lists.map(|list| list::keys(&[], list));
    let [base, mine, theirs] = names.each_ref().map(|names| list::places(names));
    let kept = weave(&names[1], &names[2]);
    let kept = kept.iter().map(String::as_str).filter_map(|key| match (mine.get(key), theirs.get(key)) {
        (Some(index), other) if other.is_some() || !base.contains_key(key) => Some(&lists[1][*index]),
        (None, Some(index)) if !base.contains_key(key) => Some(&lists[2][*index]),
        _ => None,
    });
    kept.cloned().collect()
}

/// The keys of `first`, and each further key of `second` behind the one that it follows there.
pub(super) fn weave(first: &[String], second: &[String]) -> Vec<String> {
    let known = list::places(first);
    let mut at = 0;
    let mut followers: Vec<Vec<&String>> = vec![Vec::new(); first.len() + 1];
    for key in second {
        match known.get(key.as_str()) {
            Some(index) => at = index + 1,
            None => followers[at].push(key),
        }
    }
    let mut woven: Vec<String> = Vec::with_capacity(first.len() + second.len());
    for (index, late) in followers.into_iter().enumerate() {
        woven.extend(index.checked_sub(1).and_then(|before| first.get(before)).cloned());
        woven.extend(late.into_iter().cloned());
    }
    woven
}

/// Gives each conflict its pointer; items that are not in the value come after the last of their list.
fn point(value: &Value, conflicts: &mut [Conflict]) {
    let mut lists: IndexMap<String, IndexSet<String>> = IndexMap::new();
    for conflict in conflicts {
        let mut place = Some(value);
        let pointer = &mut conflict.pointer;
        for step in &conflict.path {
            let name = match step {
                Step::Key(name) => {
                    place = place.and_then(|place| place.get(name));
                    segment(name)
                }
                Step::Item { by, key, .. } => {
                    let items = place.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                    let keys = lists
                        .entry(pointer.clone())
                        .or_insert_with(|| list::keys(by, items).into_iter().collect());
                    let (index, _) = keys.insert_full(key.clone());
                    place = items.get(index);
                    index.to_string()
                }
            };
            pointer.push('/');
            pointer.push_str(&name);
        }
    }
}

fn find<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |place, step| match (place, step) {
        (Value::Object(map), Step::Key(name)) => map.get_mut(name),
        (Value::Array(items), Step::Item { by, key, .. }) => {
            let index = list::keys(by, items).iter().position(|other| other == key)?;
            items.get_mut(index)
        }
        _ => None,
    })
}

/// Puts, replaces or removes one part of `parent`; a new one goes behind the nearest of those it followed.
fn put(parent: &mut Value, step: &Step, value: Option<Value>, neighbours: &[String]) {
    let place = |key: &str, present: &[String]| {
        let before = neighbours.iter().position(|other| other == key).unwrap_or(neighbours.len());
        let nearest =
            neighbours[..before].iter().rev().find_map(|key| present.iter().position(|other| other == key));
        nearest.map_or(0, |index| index + 1)
    };
    match (parent, step) {
        (Value::Object(map), Step::Key(name)) => match (value, map.get_mut(name)) {
            (Some(value), Some(old)) => *old = value,
            (Some(value), None) => {
                let index = place(name, &list::names(map));
                map.shift_insert(index, name.clone(), value);
            }
            (None, _) => {
                map.shift_remove(name);
            }
        },
        (Value::Array(items), Step::Item { by, key, .. }) => {
            let present = list::keys(by, items);
            match (value, present.iter().position(|other| other == key)) {
                (Some(value), Some(index)) => items[index] = value,
                (Some(value), None) => items.insert(place(key, &present), value),
                (None, Some(index)) => {
                    items.remove(index);
                }
                (None, None) => {}
            }
        }
        _ => {}
    }
}

/// Puts the parts of `place` in the order that `model` has them; what only `place` has stays behind its neighbour.
fn reorder(place: &mut Value, model: &Value, by: &[String]) {
    let sorted = |model: Vec<String>, present: &[String]| {
        let model: Vec<String> = list::common(&model, present).into_iter().map(ToOwned::to_owned).collect();
        weave(&model, present)
    };
    match (place, model) {
        (Value::Object(map), Value::Object(model)) => {
            let names = sorted(list::names(model), &list::names(map));
            let mut parts = std::mem::take(map);
            map.extend(
                names
                    .into_iter()
                    .filter_map(|name| parts.get_mut(&name).map(Value::take).map(|part| (name, part))),
            );
        }
        (Value::Array(items), Value::Array(model)) => {
            let present = list::keys(by, items);
            let mut parts: IndexMap<&str, Value> =
                present.iter().map(String::as_str).zip(std::mem::take(items)).collect();
            let keys = sorted(list::keys(by, model), &present);
            items.extend(keys.iter().filter_map(|key| parts.get_mut(key.as_str()).map(Value::take)));
        }
        _ => {}
    }
}
