//! Keys as a person sees them on the keyboard.

use crate::ui::view;
use leptos::prelude::*;

/// The keys of a combination, one box each.
pub fn keys(keys: &[&'static str]) -> AnyView {
    keys.iter().map(|key| view! { <kbd class="kbd">{*key}</kbd> }).collect_view().into_any()
}
