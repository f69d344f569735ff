//! What the panel or an integration wrote beside what is known: kept as it is, and warned about once, when it comes.

use serde_json::{Map, Value};

use crate::problem::{Problem, Problems, segment};

/// Warns of the properties at `at` that are neither known nor stood there before.
pub(super) fn warn(
    at: &str,
    before: Option<&Map<String, Value>>,
    now: &Map<String, Value>,
    problems: &mut Problems,
) {
    for name in now.keys().filter(|name| before.is_none_or(|before| !before.contains_key(*name))) {
        let pointer = format!("{at}/{}", segment(name));
        problems.push(Problem::warning(pointer, "unknown_kept").with("name", name.as_str()));
    }
}
