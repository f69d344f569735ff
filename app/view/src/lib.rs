//! The `view!` macro: Leptos's syntax, drawn by `app::markup`.
//!
//! Elements, text and blocks become calls of `markup::Element` and `markup::IntoNode`. A component (its name begins with
//! a capital) goes to `leptos::view!` as it is written, with its children drawn by this macro.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use rstml::node::{Infallible, KeyedAttribute, Node, NodeAttribute, NodeElement};
use syn::{Error, LitStr};

/// The page's markup as a `markup::Node`.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let made = rstml::parse2(tokens.into()).and_then(|nodes| sequence(&nodes, Space::Html));
    made.unwrap_or_else(|error: Error| error.to_compile_error()).into()
}

/// Elements that stand nowhere but below an `<svg>`, whose view may be written apart from it.
const SHAPES: [&str; 10] =
    ["circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text", "use"];

/// Where an element stands: below an `<svg>` names mean other elements.
#[derive(Clone, Copy, PartialEq)]
enum Space {
    Html,
    Svg,
}

/// Several nodes as one.
fn sequence(nodes: &[Node], space: Space) -> Result<TokenStream, Error> {
    let mut made = nodes.iter().filter(|node| !matches!(node, Node::Comment(_))).map(|node| one(node, space));
    match (made.next(), made.next()) {
        (None, _) => Ok(quote!(crate::markup::Node::Nothing)),
        (Some(only), None) => only,
        (Some(first), Some(second)) => {
            let all = [first, second].into_iter().chain(made).collect::<Result<Vec<_>, _>>()?;
            Ok(quote!(crate::markup::Node::group(::std::vec![#(#all),*])))
        }
    }
}

fn one(node: &Node, space: Space) -> Result<TokenStream, Error> {
    match node {
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote!(crate::markup::Node::text(#text)))
        }
        Node::Block(block) => {
            let block = bare(block.to_token_stream());
            Ok(quote!(crate::markup::IntoNode::into_node(#block)))
        }
        Node::Fragment(fragment) => sequence(&fragment.children, space),
        Node::Element(element) => element_or_component(element, space),
        Node::RawText(text) => Err(Error::new(span(text), "text stands in quotes here")),
        other => Err(Error::new(span(other), "this cannot be drawn")),
    }
}

fn span(tokens: &impl ToTokens) -> Span {
    tokens.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

fn element_or_component(element: &NodeElement<Infallible>, space: Space) -> Result<TokenStream, Error> {
    let name = element.name();
    let text = name.to_string();
    if text.starts_with(char::is_uppercase) || text.contains("::") {
        return component(element);
    }
    let drawn = text == "svg" || SHAPES.contains(&&*text);
    let space = if drawn { Space::Svg } else { space };
    let mut fixed = text;
    let mut calls = Vec::new();
    for attribute in element.attributes() {
        match self::attribute(attribute)? {
            Attribute::Fixed(name, value) => {
                for part in [name, value] {
                    fixed.push(SEPARATOR);
                    fixed.push_str(&part);
                }
            }
            Attribute::Call(call) => calls.push(call),
        }
    }
    for child in &element.children {
        match child {
            Node::Comment(_) => {}
            Node::Text(text) => {
                let text = &text.value;
                calls.push(quote!(element.text(#text);));
            }
            other => {
                let child = one(other, space)?;
                calls.push(quote!(element.child(#child);));
            }
        }
    }
    let new = match space {
        Space::Html => quote!(new),
        Space::Svg => quote!(svg),
    };
    if calls.is_empty() {
        return Ok(quote!(crate::markup::Element::#new(#fixed).node()));
    }
    Ok(quote!({
        let mut element = crate::markup::Element::#new(#fixed);
        #(#calls)*
        element.node()
    }))
}

/// Stands between the tag and the parts of its fixed attributes, as `markup::Element` expects it.
const SEPARATOR: char = '\u{1f}';

/// What becomes of an attribute.
enum Attribute {
    /// It never changes: name and value.
    Fixed(String, String),
    /// A call on the element.
    Call(TokenStream),
}

/// One attribute, property, class, listener or reference.
fn attribute(attribute: &NodeAttribute) -> Result<Attribute, Error> {
    let NodeAttribute::Attribute(attribute) = attribute else {
        return Err(Error::new(span(attribute), "an attribute has a name"));
    };
    let name = attribute.key.to_string();
    let value = value(attribute);
    if name == "node_ref" {
        return Ok(Attribute::Call(quote!(element.node_ref(#value);)));
    }
    if let Some(event) = name.strip_prefix("on:") {
        let event = syn::Ident::new(event, span(&attribute.key));
        return Ok(Attribute::Call(quote!(element.on(::leptos::ev::#event, #value);)));
    }
    let call = |method: &str, name: &str| {
        let method = syn::Ident::new(method, span(&attribute.key));
        let name = LitStr::new(name, span(&attribute.key));
        Ok(Attribute::Call(quote!(element.#method(#name, crate::markup::IntoValue::into_value(#value));)))
    };
    match name.split_once(':') {
        Some(("class", name)) => call("class", name),
        Some(("prop", name)) => call("property", name),
        Some(_) => {
            Err(Error::new(span(&attribute.key), "only `on:`, `class:` and `prop:` have a meaning here"))
        }
        None => {
            // `r#for` is how some names must be written.
            let name = name.strip_prefix("r#").unwrap_or(&name);
            match attribute.value() {
                None => Ok(Attribute::Fixed(name.to_owned(), String::new())),
                Some(syn::Expr::Lit(literal)) => match &literal.lit {
                    syn::Lit::Str(text) => Ok(Attribute::Fixed(name.to_owned(), text.value())),
                    syn::Lit::Bool(on) if on.value => Ok(Attribute::Fixed(name.to_owned(), String::new())),
                    _ => call("attribute", name),
                },
                Some(_) => call("attribute", name),
            }
        }
    }
}

/// The value of an attribute; one without any is there or not.
fn value(attribute: &KeyedAttribute) -> TokenStream {
    attribute.value().map_or_else(|| quote!(true), |value| bare(value.to_token_stream()))
}

/// A block that holds one expression, as that expression.
fn bare(block: TokenStream) -> TokenStream {
    match syn::parse2::<syn::Block>(block.clone()).as_ref().map(|block| block.stmts.as_slice()) {
        Ok([syn::Stmt::Expr(expression, None)]) => expression.to_token_stream(),
        _ => block,
    }
}

/// A component, with its children drawn by this macro.
fn component(element: &NodeElement<Infallible>) -> Result<TokenStream, Error> {
    let name = element.name();
    let attributes = element.attributes();
    let drawn = if element.children.is_empty() {
        quote!(::leptos::view! { <#name #(#attributes)* /> })
    } else {
        let children = sequence(&element.children, Space::Html)?;
        quote!(::leptos::view! { <#name #(#attributes)*>{#children}</#name> })
    };
    Ok(quote!(crate::markup::drawn(#drawn)))
}
