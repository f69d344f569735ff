//! The style sheet of a value: its tokens, then its rules, in the cascade layer of the instance.

use serde_json::Value;

use super::tokens::{Theme, token_css};
use crate::catalogue::ROOT;

/// The cascade layer of the instance's styles: the last of the panel's.
pub const LAYER: &str = "op-own";

/// The sheet of a value whose text was checked and confined to `css` already.
///
/// A panel says `data-theme="dark"` or `"light"` at its root; one that says neither follows the system.
pub fn sheet(value: &Value, css: &str) -> String {
    let (light, dark) = (token_css(value, Theme::Light), token_css(value, Theme::Dark));
    if light.is_empty() && dark.is_empty() {
        return css.to_owned();
    }
    let dark_rule = |selector: &str| [".", ROOT, selector, "{", &dark, "}"].concat();
    [
        ["@layer ", LAYER, "{.", ROOT, "{", &light, "}"].concat(),
        dark_rule("[data-theme=dark]"),
        ["@media (prefers-color-scheme:dark){", &dark_rule(":not([data-theme=light])"), "}}"].concat(),
        css.to_owned(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::sheet;

    #[test]
    fn tokens_come_first_so_that_rules_can_change_them() {
        let value = json!({ "light": { "new": "#112233" }, "dark": { "new": "#445566" } });
        assert_eq!(
            sheet(&value, "@layer op-own{.op-panel{--op-new:red}}"),
            "@layer op-own{.op-panel{--op-new:#112233;}.op-panel[data-theme=dark]{--op-new:#445566;}\
             @media (prefers-color-scheme:dark){.op-panel:not([data-theme=light]){--op-new:#445566;}}}\
             @layer op-own{.op-panel{--op-new:red}}"
        );
        assert_eq!(sheet(&json!({}), ""), "");
    }
}
