//! Keys as a person sees them on the keyboard.

use crate::markup::{IntoNode, Node, view};

/// The keys of a combination, one box each.
pub fn keys(keys: &[&'static str]) -> Node {
    keys.iter().map(|key| view! { <kbd class="kbd">{*key}</kbd> }).collect::<Vec<_>>().into_node()
}
