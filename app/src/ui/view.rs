//! Leptos's `view!`, with what it makes behind one type.
//!
//! Every shape that a view can have is compiled by itself: an optional button, a list of paragraphs, a closure that
//! makes either. Without their types views of the same elements share their code, and the browser's half is a good
//! deal smaller.

/// `leptos::view!` that always makes an [`AnyView`](leptos::prelude::AnyView).
macro_rules! view {
    ($($nodes:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::view! { $($nodes)* }.into_inner())
    };
}
pub(crate) use view;
