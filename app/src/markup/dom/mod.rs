//! Makes a page in the browser and changes it in place; `take_over` takes over one that the server has written.

mod standing;
mod take_over;

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use leptos::prelude::document;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, PositionState, Render};
use wasm_bindgen::JsCast;

use self::standing::Standing;
use super::{Later, Live, Node};

/// A piece of a page as it stands in the document.
pub enum State {
    /// A comment that keeps the place.
    Nothing(web_sys::Comment),
    /// A text and what it says.
    Text(web_sys::Text, std::borrow::Cow<'static, str>),
    /// An element.
    Element(Box<Standing>),
    /// Several pieces.
    Group(Vec<State>),
    /// Several pieces, and a comment behind the last.
    List(Vec<State>, web_sys::Comment),
    /// Several pieces, each known by its number, and a comment behind the last.
    Keyed(Vec<(i64, State)>, web_sys::Comment),
    /// What a function has made, and what runs it again.
    Live(Running),
    /// What stands where something is on its way; then that.
    Later(Rc<RefCell<State>>),
    /// What Leptos draws.
    View(Box<AnyViewState>),
}

/// The effect behind a function.
pub struct Running(RenderEffect<State>);

impl Drop for Running {
    fn drop(&mut self) {
        // The effect's task lives a moment longer and would keep what was made; effects in there would read signals
        // that are gone.
        drop(self.0.take_value());
    }
}

fn comment() -> web_sys::Comment {
    document().create_comment("")
}

impl Node {
    /// Makes it, apart from the document.
    pub(in crate::markup) fn make(self) -> State {
        match self {
            Self::Nothing => State::Nothing(comment()),
            Self::Text(text) => State::Text(document().create_text_node(&text), text),
            Self::Element(element) => State::Element(Box::new(element.make())),
            Self::Group(nodes) => State::Group(nodes.into_iter().map(Self::make).collect()),
            Self::List(nodes) => State::List(nodes.into_iter().map(Self::make).collect(), comment()),
            Self::Keyed(nodes) => {
                State::Keyed(nodes.into_iter().map(|(key, node)| (key, node.make())).collect(), comment())
            }
            Self::Live(make) => State::Live(live(make, None)),
            Self::Later(code) | Self::Asleep(code) => State::Later(come(code, Self::Nothing.make())),
            Self::View(view) => State::View(Box::new(view.build())),
        }
    }

    /// Changes what stands into this.
    pub(in crate::markup) fn change(self, state: &mut State) {
        match (self, state) {
            (Self::Nothing, State::Nothing(_)) => {}
            (Self::Text(text), State::Text(node, stands)) => {
                if *stands != text {
                    node.set_data(&text);
                    *stands = text;
                }
            }
            (Self::Element(element), State::Element(standing)) if standing.is(&element) => {
                element.change(standing);
            }
            (Self::Group(nodes), State::Group(states)) if nodes.len() == states.len() => {
                for (node, state) in nodes.into_iter().zip(states) {
                    node.change(state);
                }
            }
            (Self::List(nodes), State::List(states, end)) => change_list(nodes, states, end),
            (Self::Keyed(nodes), State::Keyed(states, end)) => change_keyed(nodes, states, end),
            (Self::View(view), State::View(state)) => view.rebuild(state),
            (other, state) => {
                let mut new = other.make();
                state.insert_before_this(&mut new);
                state.unmount();
                *state = new;
            }
        }
    }
}

/// Runs the function, and again whenever a signal that it has read changes. `at` is where its first piece stands already.
fn live(mut make: Live, mut at: Option<(Cursor, PositionState)>) -> Running {
    Running(RenderEffect::new(move |before: Option<State>| {
        let node = make();
        match (before, at.take()) {
            (Some(mut state), _) => {
                node.change(&mut state);
                state
            }
            (None, Some((cursor, position))) => node.take_over(&cursor, &position),
            (None, None) => node.make(),
        }
    }))
}

/// A place for what is on its way, which it takes when it has come.
fn come(mut code: Later, mut meanwhile: State) -> Rc<RefCell<State>> {
    if let Some(node) = code.as_mut().now_or_never() {
        node.change(&mut meanwhile);
        return Rc::new(RefCell::new(meanwhile));
    }
    let place = Rc::new(RefCell::new(meanwhile));
    let taken = Rc::downgrade(&place);
    leptos::reactive::spawn_local_scoped(async move {
        let node = code.await;
        if let Some(place) = taken.upgrade() {
            node.change(&mut place.borrow_mut());
        }
    });
    place
}

fn change_list(nodes: Vec<Node>, states: &mut Vec<State>, end: &web_sys::Comment) {
    let count = nodes.len();
    for (n, node) in nodes.into_iter().enumerate() {
        if let Some(state) = states.get_mut(n) {
            node.change(state);
        } else {
            let mut state = node.make();
            before(end, &mut state);
            states.push(state);
        }
    }
    for mut state in states.drain(count..) {
        state.unmount();
    }
}

/// Pieces that stay keep their place in the document unless their order changed: one that is moved loses its focus.
fn change_keyed(nodes: Vec<(i64, Node)>, states: &mut Vec<(i64, State)>, end: &web_sys::Comment) {
    let mut old: Vec<Option<(i64, State)>> = states.drain(..).map(Some).collect();
    let mut places = Vec::with_capacity(nodes.len());
    for (key, node) in nodes {
        let at = old.iter().position(|state| state.as_ref().is_some_and(|(known, _)| *known == key));
        let state = match at.and_then(|at| old[at].take()) {
            Some((_, mut state)) => {
                node.change(&mut state);
                state
            }
            None => node.make(),
        };
        places.push(at);
        states.push((key, state));
    }
    for (_, mut state) in old.into_iter().flatten() {
        state.unmount();
    }
    let moved = !places.iter().flatten().is_sorted();
    for n in (0..states.len()).rev() {
        if moved || places[n].is_none() {
            let (these, after) = states.split_at_mut(n + 1);
            let state = &mut these[n].1;
            if !after.first().is_some_and(|(_, next)| next.insert_before_this(state)) {
                before(end, state);
            }
        }
    }
}

/// Puts it into the document before a node that is there; nowhere if that is not.
fn before(node: &web_sys::Node, state: &mut dyn Mountable) -> bool {
    let Some(parent) = node.parent_node().and_then(|parent| parent.dyn_into().ok()) else { return false };
    state.mount(&parent, Some(node));
    true
}

impl Mountable for State {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(comment) => comment.remove(),
            Self::Text(text, _) => text.remove(),
            Self::Element(standing) => standing.remove(),
            Self::Group(states) => states.iter_mut().for_each(Self::unmount),
            Self::List(states, end) => {
                states.iter_mut().for_each(Self::unmount);
                end.remove();
            }
            Self::Keyed(states, end) => {
                for (_, state) in states {
                    state.unmount();
                }
                end.remove();
            }
            Self::Live(Running(effect)) => {
                effect.with_value_mut(Self::unmount);
            }
            Self::Later(state) => state.borrow_mut().unmount(),
            Self::View(state) => state.unmount(),
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&web_sys::Node>) {
        let insert = |node: &web_sys::Node| {
            let _ = parent.insert_before(node, marker);
        };
        match self {
            Self::Nothing(comment) => insert(comment),
            Self::Text(text, _) => insert(text),
            Self::Element(standing) => insert(standing.element()),
            Self::Group(states) => states.iter_mut().for_each(|state| state.mount(parent, marker)),
            Self::List(states, end) => {
                for state in states {
                    state.mount(parent, marker);
                }
                insert(end);
            }
            Self::Keyed(states, end) => {
                for (_, state) in states {
                    state.mount(parent, marker);
                }
                insert(end);
            }
            Self::Live(Running(effect)) => {
                effect.with_value_mut(|state| state.mount(parent, marker));
            }
            Self::Later(state) => state.borrow_mut().mount(parent, marker),
            Self::View(state) => state.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Nothing(comment) => before(comment, child),
            Self::Text(text, _) => before(text, child),
            Self::Element(standing) => before(standing.element(), child),
            Self::Group(states) => states.iter().any(|state| state.insert_before_this(child)),
            Self::List(states, end) => {
                states.iter().any(|state| state.insert_before_this(child)) || before(end, child)
            }
            Self::Keyed(states, end) => {
                states.iter().any(|(_, state)| state.insert_before_this(child)) || before(end, child)
            }
            Self::Live(Running(effect)) => {
                effect.with_value_mut(|state| state.insert_before_this(child)).unwrap_or(false)
            }
            Self::Later(state) => state.borrow().insert_before_this(child),
            Self::View(state) => state.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        Vec::new()
    }
}
