//! What pages are made of: elements, text and what changes in them, each behind one type.
//!
//! Leptos gives every shape of a view a type of its own, and the compiler makes drawing, hydration and rebuilding anew for
//! each: most of what a browser would have to download. Here a page is a tree of [`Node`]s, drawn by code that is there
//! once. Signals, effects, routes, resources and server rendering stay Leptos's: a [`Node`] is one of its views, and one of
//! its views can stand in a tree ([`Node::View`]). `docs/decisions/0006-one-type-of-view.md` tells what that saves.
//!
//! [`view!`] writes trees in Leptos's syntax. Attributes, properties and classes take texts, numbers, switches, options
//! of these, and functions or signals of these; a function or signal is followed as in Leptos.
//!
//! Rebuilding works by place: where the same element stands again, it stays and takes the new attributes and children.

mod awake;
mod dom;
mod element;
#[cfg(feature = "ssr")]
mod html;
mod leptos;
mod value;

pub(crate) use ::view::view;
pub use awake::{Awake, awake, woken};
pub use element::Element;
pub use value::{IntoPlain, IntoValue, Plain, Value};

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;

use ::leptos::prelude::{AnyView, Get, IntoAny, IntoView, Memo, RwSignal, Signal, Transition, on_cleanup};
use ::leptos::reactive::computed::ScopedFuture;
use futures::future::abortable;

/// A piece of a page.
pub enum Node {
    /// Nothing to see; a place where something may come.
    Nothing,
    /// Text.
    Text(Cow<'static, str>),
    /// An element with all that is in it.
    Element(Box<Element>),
    /// Several pieces, always as many.
    Group(Vec<Node>),
    /// Several pieces, now more and now fewer.
    List(Vec<Node>),
    /// Several pieces that are known by a number: each stays itself wherever it goes.
    Keyed(Vec<(i64, Node)>),
    /// What a function makes, drawn anew whenever a signal that it reads changes.
    Live(Live),
    /// What is drawn once its code has come.
    Later(Later),
    /// The same, and one element; one that the server has drawn waits for no code to be taken over.
    Asleep(Later),
    /// What Leptos itself draws: the page of a route, a `<Transition>`.
    View(Box<AnyView>),
}

/// A function that makes a piece of a page.
pub type Live = Box<dyn FnMut() -> Node + Send>;

impl Node {
    /// Text that stands in the source.
    pub const fn text(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// These pieces, one after the other.
    pub fn group(nodes: Vec<Node>) -> Self {
        if nodes.is_empty() { Self::Nothing } else { Self::Group(nodes) }
    }
}

/// A piece of a page that is on its way.
pub type Later = Pin<Box<dyn Future<Output = Node> + Send>>;

/// What is drawn once its code has come: what a `#[lazy]` function draws. Nothing stands there until then.
///
/// It belongs to what calls this: if that is gone before the code has come, it is never drawn.
pub fn later(code: impl Future<Output = Node> + Send + 'static) -> Node {
    Node::Later(bound(Box::pin(code)))
}

/// The same for one element that can wait: what the server has drawn of it is there to be read meanwhile, its links
/// work, and the page is awake without it.
pub fn asleep(code: impl Future<Output = Node> + Send + 'static) -> Node {
    let woken = woken();
    Node::Asleep(bound(Box::pin(async move {
        woken.await;
        code.await
    })))
}

/// Stops with what calls this.
fn bound(code: Later) -> Later {
    let (code, handle) = abortable(ScopedFuture::new_untracked(code));
    on_cleanup(move || handle.abort());
    Box::pin(async move { code.await.unwrap_or(Node::Nothing) })
}

/// What waits for an answer, and what stands there until the first has come; later ones leave what is shown until then.
pub fn awaited(fallback: impl FnOnce() -> Node + Send + 'static, content: impl IntoNode) -> Node {
    transition(Box::new(fallback), content.into_node())
}

/// Leptos's own, once for all that waits.
fn transition(fallback: Box<dyn FnOnce() -> Node + Send>, content: Node) -> Node {
    drawn(::leptos::view! { <Transition fallback=fallback>{content}</Transition> })
}

/// One of Leptos's views, to stand in a tree.
pub fn drawn(view: impl IntoView + 'static) -> Node {
    Node::View(Box::new(view.into_any()))
}

/// What may stand between the tags of an element.
pub trait IntoNode {
    /// The same as a piece of a page.
    fn into_node(self) -> Node;
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for AnyView {
    fn into_node(self) -> Node {
        Node::View(Box::new(self))
    }
}

impl IntoNode for () {
    fn into_node(self) -> Node {
        Node::Nothing
    }
}

impl IntoNode for &'static str {
    fn into_node(self) -> Node {
        Node::Text(self.into())
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        Node::Text(self.into())
    }
}

impl IntoNode for Cow<'static, str> {
    fn into_node(self) -> Node {
        Node::Text(self)
    }
}

impl IntoNode for Arc<str> {
    fn into_node(self) -> Node {
        Node::Text(self.to_string().into())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl IntoNode for $number {
            fn into_node(self) -> Node {
                Node::Text(self.to_string().into())
            }
        }
    )*};
}
numbers!(u32, u64, usize, i64);

impl<T: IntoNode> IntoNode for Option<T> {
    fn into_node(self) -> Node {
        self.map_or(Node::Nothing, IntoNode::into_node)
    }
}

impl<T: IntoNode> IntoNode for Vec<T> {
    fn into_node(self) -> Node {
        Node::List(self.into_iter().map(IntoNode::into_node).collect())
    }
}

impl<T: IntoNode, const N: usize> IntoNode for [T; N] {
    fn into_node(self) -> Node {
        Node::group(self.into_iter().map(IntoNode::into_node).collect())
    }
}

impl<F, T> IntoNode for F
where
    F: FnMut() -> T + Send + 'static,
    T: IntoNode,
{
    fn into_node(mut self) -> Node {
        Node::Live(Box::new(move || self().into_node()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoNode + Clone + Send + Sync + 'static> IntoNode for $signal<T> {
            fn into_node(self) -> Node {
                (move || self.get()).into_node()
            }
        }
    )*};
}
signals!(Signal, RwSignal, Memo);
