//! Makes a page in the browser, takes over one that the server has written, and changes it in place.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use futures::FutureExt;
use leptos::prelude::document;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::element::{Handler, Heard};
use super::{Element, Later, Live, Node, Plain, Value};

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

/// An element of the document with what follows signals on it.
pub struct Standing {
    element: web_sys::Element,
    /// Tag and fixed attributes: where they are the same, only the rest is changed.
    fixed: &'static str,
    attributes: Vec<Set>,
    classes: Vec<Set>,
    properties: Vec<Set>,
    listeners: Vec<Listener>,
    children: Vec<State>,
}

impl Standing {
    /// An element as it was found, of which nothing is followed.
    fn of(element: web_sys::Element) -> Self {
        Self {
            element,
            fixed: "",
            attributes: Vec::new(),
            classes: Vec::new(),
            properties: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
        }
    }
}

/// Something of an element that has a value.
struct Set {
    name: &'static str,
    value: Kept,
}

/// The value that it has.
enum Kept {
    Plain(Plain),
    Live(RenderEffect<Plain>),
}

/// What of an element has a value.
#[derive(Clone, Copy)]
enum Kind {
    Attribute,
    Class,
    Property,
}

/// A listener whose handler can be exchanged.
struct Listener {
    event: &'static str,
    handler: Rc<RefCell<Option<Handler>>>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The element may live on for a moment; what it would call is gone. A handler that removes its own element is
        // being called just now.
        if let Ok(mut handler) = self.handler.try_borrow_mut() {
            handler.take();
        }
    }
}

fn comment() -> web_sys::Comment {
    document().create_comment("")
}

impl Node {
    /// Makes it, apart from the document.
    pub(super) fn make(self) -> State {
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

    /// Takes over what the server has written.
    pub(super) fn take_over(self, at: &Cursor, position: &PositionState) -> State {
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
    pub(super) fn take_over_later<'a>(
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

    /// Changes what stands into this.
    pub(super) fn change(self, state: &mut State) {
        match (self, state) {
            (Self::Nothing, State::Nothing(_)) => {}
            (Self::Text(text), State::Text(node, stands)) => {
                if *stands != text {
                    node.set_data(&text);
                    *stands = text;
                }
            }
            (Self::Element(element), State::Element(standing)) if element.fixed == standing.fixed => {
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

/// The state of an element, and the way on to what follows it.
fn leave(mut standing: Standing, children: Vec<State>, at: &Cursor, position: &PositionState) -> State {
    at.set(standing.element.clone().into());
    position.set(Position::NextChild);
    standing.children = children;
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

impl Element {
    fn make(self) -> Standing {
        let made = if self.svg {
            document().create_element_ns(Some("http://www.w3.org/2000/svg"), self.tag())
        } else {
            document().create_element(self.tag())
        };
        let element = made.expect("tags stand in the source and are well-formed");
        for (name, text) in self.fixed() {
            let _ = element.set_attribute(name, text);
        }
        let (mut standing, children) = self.stand(element, false);
        standing.children = children
            .into_iter()
            .map(|child| {
                let mut state = child.make();
                state.mount(&standing.element, None);
                state
            })
            .collect();
        standing
    }

    fn take_over(self, at: &Cursor, position: &PositionState) -> (Standing, Vec<Node>) {
        let element: web_sys::Element =
            next(at, position).dyn_into().unwrap_or_else(|found| not_drawn(self.tag(), &found));
        if !element.tag_name().eq_ignore_ascii_case(self.tag()) {
            not_drawn(self.tag(), &element);
        }
        position.set(Position::FirstChild);
        self.stand(element, true)
    }

    /// Gives an element all that belongs to it, but for the children.
    fn stand(self, element: web_sys::Element, written: bool) -> (Standing, Vec<Node>) {
        let set = |kind: Kind, values: Vec<(&'static str, Value)>| -> Vec<Set> {
            let set = |(name, value)| Set { name, value: Kept::new(&element, kind, name, value, written) };
            values.into_iter().map(set).collect()
        };
        let attributes = set(Kind::Attribute, self.attributes);
        let classes = set(Kind::Class, self.classes);
        let listeners = self.listeners.into_iter().map(|heard| listen(&element, heard)).collect();
        if let Some(reference) = self.reference {
            reference(&element);
        }
        // After the attributes: what a property means may depend on them (`type`, `max`).
        let properties = set(Kind::Property, self.properties);
        let children = Vec::new();
        (
            Standing { element, fixed: self.fixed, attributes, classes, properties, listeners, children },
            self.children,
        )
    }

    fn change(self, standing: &mut Standing) {
        let Standing { element, attributes, classes, properties, listeners, children, .. } = standing;
        change_all(element, Kind::Attribute, self.attributes, attributes);
        change_all(element, Kind::Class, self.classes, classes);
        change_listeners(element, self.listeners, listeners);
        if let Some(reference) = self.reference {
            reference(element);
        }
        if self.children.len() == children.len() {
            for (child, state) in self.children.into_iter().zip(children) {
                child.change(state);
            }
        } else {
            for mut state in children.drain(..) {
                state.unmount();
            }
            for child in self.children {
                let mut state = child.make();
                state.mount(element, None);
                children.push(state);
            }
        }
        change_all(element, Kind::Property, self.properties, properties);
    }
}

/// The same names in the same order take new values; other names take the place of the old ones.
fn change_all(
    element: &web_sys::Element,
    kind: Kind,
    values: Vec<(&'static str, Value)>,
    set: &mut Vec<Set>,
) {
    let same =
        values.len() == set.len() && values.iter().zip(&*set).all(|((name, _), set)| *name == set.name);
    if !same {
        for gone in set.drain(..) {
            put(element, kind, gone.name, gone.value.plain().as_ref(), &Plain::Off);
        }
        set.extend(
            values
                .into_iter()
                .map(|(name, value)| Set { name, value: Kept::new(element, kind, name, value, false) }),
        );
        return;
    }
    for ((name, value), set) in values.into_iter().zip(set) {
        let before = set.value.plain();
        set.value = Kept::after(element, kind, name, value, before);
    }
}

fn change_listeners(element: &web_sys::Element, heard: Vec<Heard>, listeners: &mut Vec<Listener>) {
    let same = heard.len() == listeners.len()
        && heard.iter().zip(&*listeners).all(|(heard, listener)| heard.event == listener.event);
    if !same {
        // Those that are dropped hear the event once more and do nothing.
        *listeners = heard.into_iter().map(|heard| listen(element, heard)).collect();
        return;
    }
    for (heard, listener) in heard.into_iter().zip(listeners) {
        let handler = Some(heard.handler.take());
        if let Ok(mut current) = listener.handler.try_borrow_mut() {
            *current = handler;
            continue;
        }
        // It is being called just now, and has made this change: the new one waits in a listener of its own.
        *listener = listen_to(element, heard.event, handler);
    }
}

fn listen(element: &web_sys::Element, heard: Heard) -> Listener {
    listen_to(element, heard.event, Some(heard.handler.take()))
}

fn listen_to(element: &web_sys::Element, event: &'static str, handler: Option<Handler>) -> Listener {
    let handler = Rc::new(RefCell::new(handler));
    let called = Rc::clone(&handler);
    let call = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| {
        // One that is being called already has sent this event itself.
        let Ok(mut handler) = called.try_borrow_mut() else { return };
        if let Some(handler) = handler.as_mut() {
            handler(event);
        }
    });
    // Its end is the element's.
    let call = call.into_js_value();
    let _ = element.add_event_listener_with_callback(event, call.unchecked_ref());
    Listener { event, handler }
}

impl Kept {
    fn new(element: &web_sys::Element, kind: Kind, name: &'static str, value: Value, written: bool) -> Self {
        // The server has written attributes and classes; properties are the browser's alone.
        let written = written && !matches!(kind, Kind::Property);
        match value {
            Value::Plain(plain) => {
                if !written {
                    put(element, kind, name, None, &plain);
                }
                Self::Plain(plain)
            }
            Value::Live(make) => Self::Live(follow(element, kind, name, make, None, written)),
        }
    }

    fn after(
        element: &web_sys::Element,
        kind: Kind,
        name: &'static str,
        value: Value,
        before: Option<Plain>,
    ) -> Self {
        match value {
            Value::Plain(plain) => {
                if before.as_ref() != Some(&plain) {
                    put(element, kind, name, before.as_ref(), &plain);
                }
                Self::Plain(plain)
            }
            Value::Live(make) => Self::Live(follow(element, kind, name, make, before, false)),
        }
    }

    /// The value now.
    fn plain(&self) -> Option<Plain> {
        match self {
            Self::Plain(plain) => Some(plain.clone()),
            Self::Live(effect) => effect.with_value_mut(|plain| plain.clone()),
        }
    }
}

/// Sets what the function makes, and again whenever a signal that it has read changes.
fn follow(
    element: &web_sys::Element,
    kind: Kind,
    name: &'static str,
    mut make: Box<dyn FnMut() -> Plain + Send>,
    before: Option<Plain>,
    mut written: bool,
) -> RenderEffect<Plain> {
    let element = element.clone();
    let run = move |before: Option<Plain>| {
        let plain = make();
        if !std::mem::take(&mut written) && before.as_ref() != Some(&plain) {
            put(&element, kind, name, before.as_ref(), &plain);
        }
        plain
    };
    RenderEffect::new_with_value(run, before)
}

/// Sets one thing of an element.
fn put(element: &web_sys::Element, kind: Kind, name: &str, before: Option<&Plain>, plain: &Plain) {
    match (kind, plain) {
        // Classes that are switched one by one stay: only those that this value named before go.
        (Kind::Attribute, _) if name == "class" && before.is_some() => {
            let classes = element.class_list();
            for class in words(before) {
                let _ = classes.remove_1(class);
            }
            for class in words(Some(plain)) {
                let _ = classes.add_1(class);
            }
        }
        (Kind::Attribute, Plain::Off) => {
            let _ = element.remove_attribute(name);
        }
        (Kind::Attribute, Plain::On) => {
            let _ = element.set_attribute(name, "");
        }
        (Kind::Attribute, Plain::Text(text)) => {
            let _ = element.set_attribute(name, text);
        }
        (Kind::Class, Plain::Off) => {
            let _ = element.class_list().remove_1(name);
        }
        (Kind::Class, _) => {
            let _ = element.class_list().add_1(name);
        }
        (Kind::Property, _) => {
            let value = match plain {
                Plain::Off => JsValue::FALSE,
                Plain::On => JsValue::TRUE,
                Plain::Text(text) => JsValue::from_str(text),
            };
            let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &value);
        }
    }
}

fn words(plain: Option<&Plain>) -> impl Iterator<Item = &str> {
    match plain {
        Some(Plain::Text(text)) => text.split_ascii_whitespace(),
        _ => "".split_ascii_whitespace(),
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(comment) => comment.remove(),
            Self::Text(text, _) => text.remove(),
            Self::Element(standing) => standing.element.remove(),
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
            Self::Element(standing) => insert(&standing.element),
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
            Self::Element(standing) => before(&standing.element, child),
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
