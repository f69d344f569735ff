//! Глобальний редактор стилів: the look of the operator panel, as tokens and as CSS, and the scripts it loads.

mod script;
mod sheet;
mod tokens;

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use sheet::{LAYER, sheet};
pub use script::{Place, Script, Source};
pub use tokens::{Size, Theme, default_of, effective, name_of, number, token_css};

use super::{Effect, Group, Record, Section, Shape, World};
use crate::field::{Code, Colour};
use crate::problem::{Problem, Problems};

/// The most bytes of the style sheet.
pub const MOST_CSS: usize = 256 * 1024;
/// The right without which scripts stay as they are.
pub const SCRIPTS: &str = "scripts.edit";

/// The look of the operator panel. A token that is not named has the panel's own value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Styles {
    /// Colours on light ground, by the name of the token without `--op-`.
    #[schemars(extend("x-search" = false))]
    pub light: IndexMap<String, Colour>,
    /// Colours on dark ground, likewise.
    #[schemars(extend("x-search" = false))]
    pub dark: IndexMap<String, Colour>,
    /// Sizes, likewise: pixels, or a plain number where the token is one.
    #[schemars(extend("x-search" = false))]
    pub sizes: IndexMap<String, Size>,
    /// The style sheet; `:root`, `html` and `body` mean the panel's root.
    #[schemars(length(max = 262_144), extend("x-search" = false))]
    pub css: Code,
    /// What the panel loads besides.
    #[schemars(length(max = 50), extend("x-identity" = "name"))]
    pub scripts: Vec<Script>,
}

impl Section for Styles {
    const KEY: &'static str = "styles";
    const GROUP: Group = Group::Settings;
    const SHAPE: Shape = Shape::One;
    const ICON: &'static str = "palette";
    const GUARDED: &'static [(&'static str, &'static str)] = &[("scripts", SCRIPTS)];

    fn effects(before: Option<&Self>, after: Option<&Self>, _id: i64, _world: &dyn World) -> Vec<Effect> {
        let Some(after) = after else { return Vec::new() };
        let stands = |script: &Script| before.is_some_and(|before| before.scripts.contains(script));
        let run = after.scripts.iter().filter(|script| script.enabled && !stands(script));
        let told = Effect::of_each("scripts_run", run.map(|script| script.name.0.clone()).collect());
        told.into_iter().collect()
    }
}

impl Record for Styles {
    fn check(&self, problems: &mut Problems) {
        tokens::check(self, problems);
        if self.css.len() > MOST_CSS {
            let size = self.css.len().div_ceil(1024);
            problems.push(Problem::error("/css", "css_size").with("size", size).with("max", MOST_CSS / 1024));
        }
        script::check(&self.scripts, problems);
    }

    fn check_in(&self, _id: i64, world: &dyn World, problems: &mut Problems) {
        world.check_css(&self.css, problems);
    }

    fn name(&self, language: &str) -> Cow<'_, str> {
        if language == "en" { "Global style editor" } else { "Глобальний редактор стилів" }.into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Styles;
    use crate::problem::Problems;
    use crate::sections::Record;

    /// What the rules say to a value, as code and pointer.
    fn found(value: Value) -> Vec<(String, String, bool)> {
        let styles: Styles = serde_json::from_value(value).expect("the value is of the type");
        let mut problems = Problems::default();
        styles.check(&mut problems);
        problems.0.into_iter().map(|problem| (problem.code, problem.pointer, problem.warning)).collect()
    }

    #[test]
    fn nothing_set_is_fine() {
        assert_eq!(found(json!({})), []);
    }

    #[test]
    fn tokens_are_known_by_name_and_kind() {
        let error = |code: &str, pointer: &str| vec![(code.to_owned(), pointer.to_owned(), false)];
        assert_eq!(found(json!({ "light": { "newe": "#123456" } })), error("unknown_token", "/light/newe"));
        assert_eq!(found(json!({ "dark": { "radius": "#123456" } })), error("unknown_token", "/dark/radius"));
        assert_eq!(found(json!({ "sizes": { "new": "4" } })), error("unknown_token", "/sizes/new"));
        assert_eq!(found(json!({ "sizes": { "radius": "21" } })), error("size_range", "/sizes/radius"));
        assert_eq!(found(json!({ "sizes": { "radius": "20", "line-height": "1.5" } })), []);
    }

    #[test]
    fn a_pair_that_cannot_be_read_is_warned_about_where_it_was_changed() {
        let warning = |pointer: &str| vec![("token_contrast".to_owned(), pointer.to_owned(), true)];
        // Text on the surface needs 4.5 : 1, a mark 3 : 1.
        assert_eq!(found(json!({ "light": { "text": "#777777" } })), warning("/light/text"));
        assert_eq!(found(json!({ "light": { "new": "#777777" } })), []);
        assert_eq!(found(json!({ "light": { "new": "#aaaaaa" } })), warning("/light/new"));
        // The ground was changed, not the text on it.
        assert_eq!(found(json!({ "light": { "note": "#3d2e02" } })), warning("/light/note"));
        assert_eq!(found(json!({ "light": { "note": "#3d2e02", "note-text": "#ffffff" } })), []);
    }

    #[test]
    fn the_style_sheet_has_a_limit_in_bytes() {
        assert_eq!(found(json!({ "css": "я".repeat(128 * 1024) })), []);
        let over = found(json!({ "css": "я".repeat(128 * 1024 + 1) }));
        assert_eq!(over, [("css_size".to_owned(), "/css".to_owned(), false)]);
    }

    #[test]
    fn a_script_has_an_address_with_integrity_or_a_text() {
        let integrity = format!("sha384-{}", "A".repeat(64));
        let script = |value: Value| {
            let mut script = json!({ "name": "chat" });
            script.as_object_mut().expect("an object").extend(value.as_object().expect("an object").clone());
            found(json!({ "scripts": [script] })).into_iter().map(|(code, pointer, _)| (code, pointer)).collect::<Vec<_>>()
        };
        let one = |code: &str, pointer: &str| vec![(code.to_owned(), pointer.to_owned())];
        assert_eq!(script(json!({ "address": "https://cdn.example/a.js", "integrity": integrity })), []);
        assert_eq!(script(json!({ "source": "inline", "code": "x()" })), []);
        assert_eq!(script(json!({ "address": "https://cdn.example/a.js" })), one("required", "/scripts/0/integrity"));
        assert_eq!(
            script(json!({ "address": "https://cdn.example/a.js", "integrity": "md5-x" })),
            one("bad_integrity", "/scripts/0/integrity")
        );
        for address in ["", "http://cdn.example/a.js", "//cdn.example/a.js", "https://", "https://a b/", "javascript:x"] {
            let code = if address.is_empty() { "required" } else { "not_https" };
            assert_eq!(script(json!({ "address": address, "integrity": integrity })), one(code, "/scripts/0/address"), "{address}");
        }
        assert_eq!(script(json!({ "source": "inline", "code": " " })), one("required", "/scripts/0/code"));
        let twice = found(json!({ "scripts": [
            { "name": "a", "source": "inline", "code": "x" }, { "name": "A", "source": "inline", "code": "y" },
        ] }));
        assert_eq!(twice, [("not_unique".to_owned(), "/scripts/1/name".to_owned(), false)]);
    }
}
