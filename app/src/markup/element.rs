//! An element in the making.

use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::{NodeRef, Owner};
use leptos::tachys::html::node_ref::NodeRefContainer;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::{IntoNode, Node, Value};

/// An element with all that it is given.
pub struct Element {
    pub(super) tag: &'static str,
    pub(super) svg: bool,
    pub(super) attributes: Vec<(&'static str, Value)>,
    pub(super) classes: Vec<(&'static str, Value)>,
    /// Only in the browser.
    pub(super) properties: Vec<(&'static str, Value)>,
    /// Only in the browser.
    pub(super) listeners: Vec<Heard>,
    pub(super) reference: Option<Box<dyn FnOnce(&web_sys::Element) + Send>>,
    pub(super) children: Vec<Node>,
}

/// What is done when an event happens.
pub(super) type Handler = Box<dyn FnMut(web_sys::Event)>;

/// An event with what is done when it happens.
pub(super) struct Heard {
    pub(super) event: &'static str,
    pub(super) handler: SendWrapper<Handler>,
}

impl Element {
    /// An element of HTML.
    pub fn new(tag: &'static str) -> Self {
        Self {
            tag,
            svg: false,
            attributes: Vec::new(),
            classes: Vec::new(),
            properties: Vec::new(),
            listeners: Vec::new(),
            reference: None,
            children: Vec::new(),
        }
    }

    /// An element of a picture.
    pub fn svg(tag: &'static str) -> Self {
        Self { svg: true, ..Self::new(tag) }
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: Value) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// Switches a class on and off, besides those that the attribute names.
    #[must_use]
    pub fn class(mut self, name: &'static str, value: Value) -> Self {
        self.classes.push((name, value));
        self
    }

    /// Sets a property: what a person changes (`value`, `checked`) has one besides its attribute.
    #[must_use]
    pub fn property(mut self, name: &'static str, value: Value) -> Self {
        if !cfg!(feature = "ssr") {
            self.properties.push((name, value));
        }
        self
    }

    /// Does something when an event happens.
    #[must_use]
    pub fn on<E>(self, event: E, mut run: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        if cfg!(feature = "ssr") {
            return self;
        }
        let handler: Handler = Box::new(move |event| run(event.unchecked_into()));
        self.heard(event.name(), handler)
    }

    /// The part of [`Element::on`] that is the same for every event.
    fn heard(mut self, event: std::borrow::Cow<'static, str>, mut run: Handler) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let event = match event {
            std::borrow::Cow::Borrowed(event) => event,
            std::borrow::Cow::Owned(event) => event.leak(),
        };
        let handler: Handler = Box::new(move |event| {
            #[cfg(debug_assertions)]
            let _unfollowed = leptos::reactive::diagnostics::SpecialNonReactiveZone::enter();
            owner.with(|| run(event));
        });
        self.listeners.push(Heard { event, handler: SendWrapper::new(handler) });
        self
    }

    /// Hands the element over once it is there.
    #[must_use]
    pub fn node_ref<E>(mut self, reference: NodeRef<E>) -> Self
    where
        E: ElementType,
        E::Output: JsCast + 'static,
    {
        self.reference = Some(Box::new(move |element| reference.load(element)));
        self
    }

    /// Adds a child.
    #[must_use]
    pub fn child(mut self, child: impl IntoNode) -> Self {
        self.children.push(child.into_node());
        self
    }

    /// The element as a piece of a page.
    pub fn node(self) -> Node {
        Node::Element(Box::new(self))
    }

    /// Has it no closing tag?
    #[cfg(feature = "ssr")]
    pub(super) fn is_void(&self) -> bool {
        matches!(
            self.tag,
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "wbr"
        )
    }
}
