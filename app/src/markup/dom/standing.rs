//! An element as it stands in the document: its attributes, properties and listeners, and what follows signals on it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::document;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::view::Mountable;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::State;
use crate::markup::element::{Handler, Heard};
use crate::markup::{Element, Node, Plain, Value};

thread_local! {
    /// An element is being taken out of the document.
    static LEAVING: Cell<bool> = const { Cell::new(false) };
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
    pub(super) fn of(element: web_sys::Element) -> Self {
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

    /// The element itself.
    pub(super) fn element(&self) -> &web_sys::Element {
        &self.element
    }

    /// Whether this is the same element, so that only what differs is changed.
    pub(super) fn is(&self, element: &Element) -> bool {
        element.fixed == self.fixed
    }

    /// Takes it out of the document. One that holds the focus loses it by that, and a browser says so while it goes:
    /// what would listen is gone already, or is making this very change.
    pub(super) fn remove(&self) {
        LEAVING.set(true);
        self.element.remove();
        LEAVING.set(false);
    }

    /// Takes the children that stand in it.
    pub(super) fn holds(&mut self, children: Vec<State>) {
        self.children = children;
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

impl Element {
    pub(super) fn make(self) -> Standing {
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

    /// Gives an element all that belongs to it, but for the children.
    pub(super) fn stand(self, element: web_sys::Element, written: bool) -> (Standing, Vec<Node>) {
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

    pub(super) fn change(self, standing: &mut Standing) {
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
        if LEAVING.get() {
            return;
        }
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
