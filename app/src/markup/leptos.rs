//! A [`Node`] is one of Leptos's views.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
#[cfg(feature = "ssr")]
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};

use super::Node;
use super::dom::State;

impl Render for Node {
    type State = State;

    fn build(self) -> State {
        self.make()
    }

    fn rebuild(self, state: &mut State) {
        self.change(state);
    }
}

/// Nothing of ours spreads attributes from outside.
impl AddAnyAttr for Node {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// HTML is written on the server alone; the browser has no code for it.
impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    #[cfg(feature = "ssr")]
    fn dry_resolve(&mut self) {
        self.rehearse();
    }

    #[cfg(not(feature = "ssr"))]
    fn dry_resolve(&mut self) {}

    #[cfg(feature = "ssr")]
    async fn resolve(self) -> Self {
        self.settled().await
    }

    #[cfg(not(feature = "ssr"))]
    async fn resolve(self) -> Self {
        self
    }

    #[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "never called"))]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        #[cfg(feature = "ssr")]
        self.write(buf, position);
    }

    #[cfg(feature = "ssr")]
    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        self.write(&mut super::html::Stream::<OUT_OF_ORDER>(buf), position);
    }

    fn hydrate<const FROM_SERVER: bool>(self, at: &Cursor, position: &PositionState) -> State {
        self.take_over(at, position)
    }

    async fn hydrate_async(self, at: &Cursor, position: &PositionState) -> State {
        self.take_over_later(at, position).await
    }

    fn into_owned(self) -> Self {
        self
    }
}
