//! An element in the making.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::{NodeRef, Owner};
use leptos::tachys::html::node_ref::NodeRefContainer;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::{Node, Value};

/// An element with all that it is given.
///
/// Its methods change it in place, and what the source says once and for all is one text, because `view!` writes one
/// call for each: a page is mostly made of them.
pub struct Element {
    /// The tag, then name and value of each attribute that never changes, all with [`SEPARATOR`] between.
    pub(super) fixed: &'static str,
    pub(super) svg: bool,
    pub(super) attributes: Vec<(&'static str, Value)>,
    pub(super) classes: Vec<(&'static str, Value)>,
    /// Only in the browser.
    pub(super) properties: Vec<(&'static str, Value)>,
    /// Only in the browser.
    pub(super) listeners: Vec<Heard>,
    pub(super) reference: Option<Reference>,
    pub(super) children: Vec<Node>,
}

/// Stands between the parts of [`Element::fixed`]; no attribute of ours has a control character.
const SEPARATOR: char = '\u{1f}';

/// What takes an element over once it is there.
pub(super) type Reference = Box<dyn FnOnce(&web_sys::Element) + Send>;

/// What is done when an event happens.
pub(super) type Handler = Box<dyn FnMut(web_sys::Event)>;

/// An event with what is done when it happens.
pub(super) struct Heard {
    pub(super) event: &'static str,
    pub(super) handler: SendWrapper<Handler>,
}

impl Element {
    /// An element of HTML: its tag and what is fixed of its attributes.
    pub fn new(fixed: &'static str) -> Box<Self> {
        Box::new(Self {
            fixed,
            svg: false,
            attributes: Vec::new(),
            classes: Vec::new(),
            properties: Vec::new(),
            listeners: Vec::new(),
            reference: None,
            children: Vec::new(),
        })
    }

    /// An element of a picture.
    pub fn svg(fixed: &'static str) -> Box<Self> {
        let mut element = Self::new(fixed);
        element.svg = true;
        element
    }

    /// Its tag.
    pub(super) fn tag(&self) -> &'static str {
        self.fixed.split(SEPARATOR).next().unwrap_or_default()
    }

    /// The attributes that never change.
    pub(super) fn fixed(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let mut parts = self.fixed.split(SEPARATOR).skip(1);
        std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
    }

    /// Sets an attribute.
    pub fn attribute(&mut self, name: &'static str, value: Value) {
        self.attributes.push((name, value));
    }

    /// Switches a class on and off, besides those that the attribute names.
    pub fn class(&mut self, name: &'static str, value: Value) {
        self.classes.push((name, value));
    }

    /// Sets a property: what a person changes (`value`, `checked`) has one besides its attribute.
    pub fn property(&mut self, name: &'static str, value: Value) {
        if !cfg!(feature = "ssr") {
            self.properties.push((name, value));
        }
    }

    /// Does something when an event happens.
    pub fn on<E>(&mut self, event: E, mut run: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        if !cfg!(feature = "ssr") {
            self.heard(event.name(), Box::new(move |event| run(event.unchecked_into())));
        }
    }

    /// The part of [`Element::on`] that is the same for every event.
    fn heard(&mut self, event: Cow<'static, str>, mut run: Handler) {
        let owner = Owner::current().unwrap_or_default();
        let event = match event {
            Cow::Borrowed(event) => event,
            Cow::Owned(event) => event.leak(),
        };
        let handler: Handler = Box::new(move |event| {
            #[cfg(debug_assertions)]
            let _unfollowed = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
            owner.with(|| run(event));
        });
        self.listeners.push(Heard { event, handler: SendWrapper::new(handler) });
    }

    /// Hands the element over once it is there.
    pub fn node_ref<E>(&mut self, reference: NodeRef<E>)
    where
        E: ElementType,
        E::Output: JsCast + 'static,
    {
        self.reference = Some(Box::new(move |element| reference.load(element)));
    }

    /// Adds a child.
    pub fn child(&mut self, child: Node) {
        self.children.push(child);
    }

    /// Adds a text that stands in the source.
    pub fn text(&mut self, text: &'static str) {
        self.children.push(Node::text(text));
    }

    /// The element as a piece of a page.
    pub fn node(self: Box<Self>) -> Node {
        Node::Element(self)
    }
}

#[cfg(feature = "ssr")]
impl Element {
    /// All attributes, those that never change first.
    pub(super) fn all_attributes(&mut self) -> Vec<(&'static str, Value)> {
        let fixed = self.fixed().map(|(name, text)| (name, Value::Plain(super::Plain::Text(text.into()))));
        let mut all: Vec<_> = fixed.collect();
        all.append(&mut self.attributes);
        all
    }
}
