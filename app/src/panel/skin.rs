//! The style of the panel: tokens and rules of the settings, in a sheet that no text of the page carries.

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CssStyleSheet;

use super::settings::text;
use super::state::Panel;
use crate::catalogue::{Kind, ROOT, TOKENS};

/// Keeps the sheet up with the settings and the value that is being edited.
pub(super) fn follow(panel: Panel) {
    // The sheet belongs to the browser's one thread; a server drops what it has drawn on any.
    if cfg!(feature = "ssr") {
        return;
    }
    let sheet = StoredValue::new_local(None::<CssStyleSheet>);
    Effect::new(move |_| {
        let css = panel.settings.with(|settings| settings.document("styles").map(css)).unwrap_or_default();
        if css.is_empty() && sheet.with_value(Option::is_none) {
            return;
        }
        if sheet.with_value(Option::is_none) {
            sheet.set_value(adopted());
        }
        sheet.with_value(|sheet| {
            if let Some(sheet) = sheet {
                // What can't be read is left out by the browser, rule by rule.
                let _ = sheet.replace_sync(&css);
            }
        });
    });
}

/// A new sheet, the last of the document.
fn adopted() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    let document = document();
    let name = JsValue::from_str("adoptedStyleSheets");
    let all = js_sys::Array::from(&js_sys::Reflect::get(&document, &name).ok()?);
    all.push(sheet.unchecked_ref());
    js_sys::Reflect::set(&document, &name, &all).ok()?;
    Some(sheet)
}

/// The sheet of a value: its tokens in the last of the panel's layers, then its rules, which the server has put there.
fn css(value: &Value) -> String {
    let light = [declared(value, "light"), declared(value, "sizes")].concat();
    let dark = declared(value, "dark");
    let own = text(value, "css");
    if light.is_empty() && dark.is_empty() && own.is_empty() {
        return String::new();
    }
    let dark_rule = |selector: &str| [".", ROOT, selector, "{", &dark, "}"].concat();
    [
        ["@layer op-own{.", ROOT, "{", &light, "}"].concat(),
        dark_rule("[data-theme=dark]"),
        ["@media (prefers-color-scheme:dark){", &dark_rule(":not([data-theme=light])"), "}}"].concat(),
        own.to_owned(),
    ]
    .concat()
}

/// The declarations of the tokens of one kind, known names alone.
fn declared(value: &Value, kind: &str) -> String {
    let set = value.get(kind).and_then(Value::as_object);
    let known = |(name, set): (&String, &Value)| {
        let token = TOKENS.iter().find(|token| token.name.strip_prefix("--op-") == Some(name))?;
        let set = set.as_str().map_or_else(|| set.to_string(), str::to_owned);
        let plain = !set.is_empty() && set.bytes().all(|b| b.is_ascii_alphanumeric() || b"#.".contains(&b));
        let unit = if matches!(token.kind, Kind::Length(..)) { "px" } else { "" };
        plain.then(|| [token.name, ":", &set, unit, ";"].concat())
    };
    set.into_iter().flatten().filter_map(known).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::css;

    #[test]
    fn tokens_come_before_the_rules_that_may_change_them() {
        let value = json!({
            "light": { "new": "#112233", "unheard-of": "#112233" },
            "dark": { "new": "#445566" },
            "sizes": { "radius": "4", "line-height": "1.5", "gap": "4;}*{" },
            "css": ".op-dialog{color:red}",
        });
        assert_eq!(
            css(&value),
            "@layer op-own{.op-panel{--op-new:#112233;--op-radius:4px;--op-line-height:1.5;}\
             .op-panel[data-theme=dark]{--op-new:#445566;}\
             @media (prefers-color-scheme:dark){.op-panel:not([data-theme=light]){--op-new:#445566;}}}\
             .op-dialog{color:red}"
        );
        assert_eq!(css(&json!({})), "");
    }
}
