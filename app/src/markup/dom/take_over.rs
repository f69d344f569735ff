//! Takes over a page that the server has written.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use futures::FutureExt;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState, RenderHtml};
use wasm_bindgen::JsCast;

use super::standing::Standing;
use super::{Running, State, come, live};
use crate::markup::{Element, Live, Node};

impl Node {
    /// Takes over what the server has written.
    pub(in crate::markup) fn take_over(self, at: &Cursor, position: &PositionState) -> State {
        match self {
            Self::Nothing => State::Nothing(at.next_placeholder(position)),
            Self::Text(text) => State::Text(next_text(at, position), text),
            Self::Element(element) => {
                let (standing, children) = element.take_over(at, position);
                let children = children.into_iter().map(|child| child.take_over(at, position)).collect();
                leave(standing, children, at, position)
            }
            Self::Group(nodes) => {
                State::Group(nodes.into_iter().map(|node| node.take_over(at, position)).collect())
            }
            Self::List(nodes) => {
                let states = nodes.into_iter().map(|node| node.take_over(at, position)).collect();
                State::List(states, at.next_placeholder(position))
            }
            Self::Keyed(nodes) => {
                let take = |(key, node): (i64, Self)| (key, node.take_over(at, position));
                let states = nodes.into_iter().map(take).collect();
                State::Keyed(states, at.next_placeholder(position))
            }
            Self::Live(make) => State::Live(live(make, Some((at.clone(), position.clone())))),
            // Where the server has drawn it, `take_over_later` waits for its code.
            Self::Later(code) => match code.now_or_never() {
                Some(node) => node.take_over(at, position),
                None => not_drawn("what is there already", &at.current()),
            },
            Self::Asleep(code) => {
                let mut drawn = next(at, position);
                // What draws nothing may stand before it.
                while drawn.node_type() == web_sys::Node::COMMENT_NODE {
                    at.sibling();
                    drawn = at.current();
                }
                let drawn = drawn.dyn_into().unwrap_or_else(|found| not_drawn("an element", &found));
                State::Later(come(code, leave(Standing::of(drawn), Vec::new(), at, position)))
            }
            Self::View(view) => State::View(Box::new(view.hydrate::<true>(at, position))),
        }
    }

    /// The same, where the code of what the server has written may still be on its way.
    pub(in crate::markup) fn take_over_later<'a>(
        self,
        at: &'a Cursor,
        position: &'a PositionState,
    ) -> Pin<Box<dyn Future<Output = State> + 'a>> {
        Box::pin(async move {
            match self {
                Self::Element(element) => {
                    let (standing, children) = element.take_over(at, position);
                    let children = all_later(children, at, position).await;
                    leave(standing, children, at, position)
                }
                Self::Group(nodes) => State::Group(all_later(nodes, at, position).await),
                Self::List(nodes) => {
                    let states = all_later(nodes, at, position).await;
                    State::List(states, at.next_placeholder(position))
                }
                Self::Keyed(nodes) => {
                    let (keys, nodes): (Vec<_>, Vec<_>) = nodes.into_iter().unzip();
                    let states = all_later(nodes, at, position).await;
                    State::Keyed(keys.into_iter().zip(states).collect(), at.next_placeholder(position))
                }
                Self::Live(make) => State::Live(live_later(make, at.clone(), position.clone()).await),
                Self::Later(code) => code.await.take_over_later(at, position).await,
                Self::View(view) => State::View(Box::new(view.hydrate_async(at, position).await)),
                still => still.take_over(at, position),
            }
        })
    }
}

impl Element {
    fn take_over(self, at: &Cursor, position: &PositionState) -> (Standing, Vec<Node>) {
        let element: web_sys::Element =
            next(at, position).dyn_into().unwrap_or_else(|found| not_drawn(self.tag(), &found));
        if !element.tag_name().eq_ignore_ascii_case(self.tag()) {
            not_drawn(self.tag(), &element);
        }
        position.set(Position::FirstChild);
        self.stand(element, true)
    }
}

/// The state of an element, and the way on to what follows it.
fn leave(mut standing: Standing, children: Vec<State>, at: &Cursor, position: &PositionState) -> State {
    at.set(standing.element().clone().into());
    position.set(Position::NextChild);
    standing.holds(children);
    State::Element(Box::new(standing))
}

async fn all_later(nodes: Vec<Node>, at: &Cursor, position: &PositionState) -> Vec<State> {
    let mut states = Vec::with_capacity(nodes.len());
    for node in nodes {
        states.push(node.take_over_later(at, position).await);
    }
    states
}

/// The node that stands next, and is no text.
fn next(at: &Cursor, position: &PositionState) -> web_sys::Node {
    match position.get() {
        Position::FirstChild => at.child(),
        Position::Current => {}
        _ => at.sibling(),
    }
    at.current()
}

fn next_text(at: &Cursor, position: &PositionState) -> web_sys::Text {
    if position.get() == Position::FirstChild {
        at.child();
    } else {
        at.sibling();
    }
    if position.get() == Position::NextChildAfterText {
        // The comment that keeps two texts apart.
        at.sibling();
    }
    position.set(Position::NextChildAfterText);
    at.current().dyn_into().unwrap_or_else(|found| not_drawn("a text", &found))
}

/// The page that the server has drawn is not the one that was to be taken over: a defect.
fn not_drawn(expected: &str, found: &web_sys::Node) -> ! {
    panic!("the server should have drawn {expected} where it drew {}", found.node_name());
}

async fn live_later(make: Live, at: Cursor, position: PositionState) -> Running {
    let make = Rc::new(RefCell::new(make));
    let again = Rc::clone(&make);
    let first = async move {
        let node = (make.borrow_mut())();
        node.take_over_later(&at, &position).await
    };
    let run = move |before: Option<State>| {
        let node = (again.borrow_mut())();
        match before {
            Some(mut state) => {
                node.change(&mut state);
                state
            }
            None => node.make(),
        }
    };
    Running(RenderEffect::new_with_async_value(run, first).await)
}
