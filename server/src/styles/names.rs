//! The names that a style sheet may use: CSS's properties, the panel's parts and its tokens.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use app::catalogue;
use app::text::nearest;

/// Every property of CSS that browsers know or that its drafts name, without makers' prefixes.
static PROPERTIES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("properties.txt").lines().collect());

/// Every class of the panel.
static CLASSES: LazyLock<Vec<String>> = LazyLock::new(|| catalogue::classes().collect());

/// Is this a property? One with a maker's prefix is that maker's affair, and a custom property its author's.
pub(super) fn is_property(name: &str) -> bool {
    name.starts_with('-') || PROPERTIES.contains(name.to_ascii_lowercase().as_str())
}

/// The property nearest to a name.
pub(super) fn nearest_property(name: &str) -> Option<&'static str> {
    nearest(name, PROPERTIES.iter().copied())
}

/// The part of the panel nearest to a class.
pub(super) fn nearest_class(name: &str) -> Option<&'static str> {
    nearest(name, CLASSES.iter().map(String::as_str))
}

/// Is this a custom property that only the panel could have, and has not?
pub(super) fn is_unknown_token(name: &str) -> bool {
    name.starts_with("--op-") && catalogue::token(name).is_none()
}

/// The token nearest to a name.
pub(super) fn nearest_token(name: &str) -> Option<&'static str> {
    nearest(name, catalogue::TOKENS.iter().map(|token| token.name))
}
