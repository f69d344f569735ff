//! Writes a page as HTML, and waits for what it waits for.

use std::pin::Pin;

use futures::FutureExt;
use leptos::prelude::AnyView;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::{Position, RenderHtml};

use super::{Element, Node, Plain};

impl Node {
    /// Runs every function once, so that what it reads becomes known.
    pub(super) fn rehearse(&mut self) {
        match self {
            Self::Element(element) => element.children.iter_mut().for_each(Self::rehearse),
            Self::Group(nodes) | Self::List(nodes) => nodes.iter_mut().for_each(Self::rehearse),
            Self::Keyed(nodes) => nodes.iter_mut().for_each(|(_, node)| node.rehearse()),
            Self::Live(make) => make().rehearse(),
            Self::Nothing | Self::Text(_) | Self::Later(_) | Self::Asleep(_) => {}
            Self::View(view) => view.dry_resolve(),
        }
    }

    /// The same page with everything that it waited for.
    pub(super) fn settled(self) -> Pin<Box<dyn Future<Output = Self> + Send>> {
        Box::pin(async move {
            match self {
                Self::Element(mut element) => {
                    element.children = settled(element.children).await;
                    Self::Element(element)
                }
                Self::Group(nodes) => Self::Group(settled(nodes).await),
                Self::List(nodes) => Self::List(settled(nodes).await),
                Self::Keyed(nodes) => {
                    Self::List(settled(nodes.into_iter().map(|(_, node)| node).collect()).await)
                }
                Self::Live(mut make) => {
                    let made = make();
                    made.settled().await
                }
                Self::Later(code) | Self::Asleep(code) => code.await.settled().await,
                Self::View(view) => Self::View(Box::new(view.resolve().await)),
                still => still,
            }
        })
    }

    /// Writes it; `out` is a text, or a stream for pages that still wait for something.
    pub(super) fn write(self, out: &mut impl Out, position: &mut Position) {
        match self {
            Self::Nothing => {
                out.raw("<!>");
                *position = Position::NextChild;
            }
            Self::Text(text) => {
                // Two texts in a row would be read as one.
                if *position == Position::NextChildAfterText {
                    out.raw("<!>");
                }
                // An empty text would not be read at all.
                let text = html_escape::encode_text(&*text);
                out.raw(if text.is_empty() { " " } else { &text });
                *position = Position::NextChildAfterText;
            }
            Self::Element(mut element) => element.write(out, position),
            Self::Group(nodes) => nodes.into_iter().for_each(|node| node.write(out, position)),
            Self::List(nodes) => {
                for node in nodes {
                    node.write(out, position);
                }
                Self::Nothing.write(out, position);
            }
            Self::Keyed(nodes) => {
                Self::List(nodes.into_iter().map(|(_, node)| node).collect()).write(out, position);
            }
            Self::Live(mut make) => make().write(out, position),
            // The server has all of the code.
            Self::Later(code) | Self::Asleep(code) => {
                code.now_or_never().unwrap_or(Self::Nothing).write(out, position);
            }
            Self::View(view) => out.view(*view, position),
        }
    }
}

async fn settled(nodes: Vec<Node>) -> Vec<Node> {
    let mut all = Vec::with_capacity(nodes.len());
    for node in nodes {
        all.push(node.settled().await);
    }
    all
}

impl Element {
    fn write(&mut self, out: &mut impl Out, position: &mut Position) {
        let mut open = String::with_capacity(64);
        open.push('<');
        open.push_str(self.tag());
        let switched =
            self.classes.iter_mut().filter_map(|(name, value)| (value.now() != Plain::Off).then_some(*name));
        let mut classes = switched.collect::<Vec<_>>().join(" ");
        let mut attributes: Vec<(&str, Plain)> = Vec::with_capacity(self.attributes.len() + 1);
        for (name, mut value) in self.all_attributes() {
            match value.now() {
                Plain::Text(own) if name == "class" && !classes.is_empty() => {
                    classes = [&own, " ", &classes].concat();
                }
                value => attributes.push((name, value)),
            }
        }
        if !classes.is_empty() {
            attributes.push(("class", Plain::Text(classes.into())));
        }
        for (name, value) in attributes {
            let text = match &value {
                Plain::Off => continue,
                Plain::On => "",
                Plain::Text(text) => text,
            };
            open.push(' ');
            open.push_str(name);
            open.push_str("=\"");
            html_escape::encode_double_quoted_attribute_to_string(text, &mut open);
            open.push('"');
        }
        open.push('>');
        out.raw(&open);
        let tag = self.tag();
        if !is_void(tag) {
            *position = Position::FirstChild;
            for child in std::mem::take(&mut self.children) {
                child.write(out, position);
            }
            out.raw(&["</", tag, ">"].concat());
        }
        *position = Position::NextChild;
    }
}

/// Has it no closing tag?
fn is_void(tag: &str) -> bool {
    matches!(
        tag,
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

/// Where HTML is written to.
pub(super) trait Out {
    /// Adds HTML.
    fn raw(&mut self, html: &str);
    /// Adds what Leptos draws.
    fn view(&mut self, view: AnyView, position: &mut Position);
}

impl Out for String {
    fn raw(&mut self, html: &str) {
        self.push_str(html);
    }

    fn view(&mut self, view: AnyView, position: &mut Position) {
        view.to_html_with_buf(self, position, true, false, Vec::new());
    }
}

/// A stream of HTML, in the order of the page or not.
pub(super) struct Stream<'a, const OUT_OF_ORDER: bool>(pub &'a mut StreamBuilder);

impl<const OUT_OF_ORDER: bool> Out for Stream<'_, OUT_OF_ORDER> {
    fn raw(&mut self, html: &str) {
        self.0.push_sync(html);
    }

    fn view(&mut self, view: AnyView, position: &mut Position) {
        view.to_html_async_with_buf::<OUT_OF_ORDER>(self.0, position, true, false, Vec::new());
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use crate::markup::{IntoNode, Node, later, view};

    fn html(node: Node) -> String {
        let owner = Owner::new();
        owner.with(|| node.to_html())
    }

    #[test]
    fn texts_and_attributes_stay_what_they_are() {
        let evil = "\"><script>&".to_owned();
        let node = view! { <a class="x" title=evil.clone() href="/?a=1&b=2">{evil}</a> };
        assert_eq!(
            html(node),
            "<a class=\"x\" href=\"/?a=1&amp;b=2\" title=\"&quot;&gt;&lt;script&gt;&amp;\">\"&gt;&lt;script&gt;&amp;</a>"
        );
    }

    #[test]
    fn switches_and_absent_values() {
        let absent: Option<&str> = None;
        let node = view! {
            <input type="checkbox" checked=true disabled=false title=absent aria-label=Some("так")
                class="a" class:b=true class:c=move || false/>
        };
        assert_eq!(html(node), "<input type=\"checkbox\" checked=\"\" aria-label=\"так\" class=\"a b\">");
    }

    #[test]
    fn what_the_browser_needs_to_tell_pieces_apart_is_written() {
        let two = view! { <p>{"а"}{"б"}</p> };
        assert_eq!(html(two), "<p>а<!>б</p>");
        let list = view! { <ul>{vec![view! { <li>"1"</li> }, view! { <li>"2"</li> }]}</ul> };
        assert_eq!(html(list), "<ul><li>1</li><li>2</li><!></ul>");
        let nothing = view! { <p>{None::<Node>}</p> };
        assert_eq!(html(nothing), "<p><!></p>");
        // An empty text would be no node at all.
        assert_eq!(html(view! { <p>{""}</p> }), "<p> </p>");
    }

    #[test]
    fn the_server_has_all_code() {
        assert_eq!(
            html(later(async {
                view! { <b>"є"</b> }
            })),
            "<b>є</b>"
        );
        assert_eq!(html((|| Some("є")).into_node()), "є");
    }
}
