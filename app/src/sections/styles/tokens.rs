//! The tokens that are set: which exist, whether they read well together, and the CSS that they become.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Styles;
use crate::catalogue::{self, Kind, TOKENS, Token};
use crate::field::contrast::{channels, contrast};
use crate::problem::{Problem, Problems, segment};
use crate::text::nearest;

/// A decimal number as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Size(pub String);

impl JsonSchema for Size {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "decimal-string", "maxLength": 8, "x-required": true })
    }
}

/// What the panel stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light ground.
    Light,
    /// Dark ground.
    Dark,
}

impl Theme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The field that holds its colours.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What stands before every name of a token.
const PREFIX: &str = "--op-";

/// The name of a token in the value: without `--op-`.
pub fn name_of(token: &Token) -> &'static str {
    token.name.strip_prefix(PREFIX).unwrap_or(token.name)
}

/// The panel's own value of a token, as the value would hold it: without its unit.
pub fn default_of(token: &Token, theme: Theme) -> &'static str {
    let own = match theme {
        Theme::Light => token.light,
        Theme::Dark => token.dark,
    };
    own.strip_suffix("px").unwrap_or(own)
}

/// The field of a value of this section that holds a token on this ground.
fn field_of(token: &Token, theme: Theme) -> &'static str {
    if token.kind == Kind::Colour { theme.field() } else { "sizes" }
}

/// What a token is set to, without its unit; the panel's own value if the value names none.
pub fn effective<'v>(value: &'v Value, token: &Token, theme: Theme) -> &'v str {
    set(value, token, theme).unwrap_or_else(|| default_of(token, theme))
}

fn set<'v>(value: &'v Value, token: &Token, theme: Theme) -> Option<&'v str> {
    value.get(field_of(token, theme))?.get(name_of(token))?.as_str()
}

/// The declarations of the tokens that a value sets, on this ground, without braces. A colour that is set on one ground alone
/// is told on the other as well, where it stays the panel's own; sizes are the same on both and told on the light one.
///
/// What is no colour or number, as a value in the making may hold, is left out: nothing but what is meant gets into the style
/// sheet.
pub fn token_css(value: &Value, theme: Theme) -> String {
    let mut css = String::new();
    for token in TOKENS {
        if Theme::ALL.into_iter().all(|theme| set(value, token, theme).is_none())
            || (token.kind != Kind::Colour && theme == Theme::Dark)
        {
            continue;
        }
        let text = effective(value, token, theme);
        let unit = match token.kind {
            Kind::Colour if channels(text).is_some() => "",
            Kind::Length(..) if text.parse::<f64>().is_ok_and(f64::is_finite) => "px",
            Kind::Number(..) if text.parse::<f64>().is_ok_and(f64::is_finite) => "",
            _ => continue,
        };
        css.extend([token.name, ":", text, unit, ";"]);
    }
    css
}

/// The rules of the tokens.
pub(super) fn check(styles: &Styles, problems: &mut Problems) {
    let fields = [("light", styles.light.keys().collect::<Vec<_>>()), ("dark", styles.dark.keys().collect())];
    for (field, names) in fields {
        for name in names {
            if !known(name).is_some_and(|token| token.kind == Kind::Colour) {
                unknown(field, name, |kind| kind == Kind::Colour, problems);
            }
        }
    }
    for (name, Size(size)) in &styles.sizes {
        let range = match known(name).map(|token| token.kind) {
            Some(Kind::Length(from, to) | Kind::Number(from, to)) => (from, to),
            _ => {
                unknown("sizes", name, |kind| kind != Kind::Colour, problems);
                continue;
            }
        };
        if !size.parse::<f64>().is_ok_and(|size| (range.0..=range.1).contains(&size)) {
            let problem = Problem::error(["/sizes/", &segment(name)].concat(), "size_range");
            problems.push(problem.with("min", number(range.0)).with("max", number(range.1)));
        }
    }
    for theme in Theme::ALL {
        let colours = match theme {
            Theme::Light => &styles.light,
            Theme::Dark => &styles.dark,
        };
        let value = |token: &Token| match colours.get(name_of(token)) {
            Some(colour) => colour.0.clone(),
            None => default_of(token, theme).to_owned(),
        };
        for token in TOKENS {
            let Some((ground, least)) = token.on.and_then(|(on, least)| Some((catalogue::token(on)?, least))) else {
                continue;
            };
            // The panel's own pairs are its own affair.
            let changed = [token, ground].into_iter().find(|one| colours.contains_key(name_of(one)));
            let (Some(changed), Some(found)) = (changed, contrast(&value(token), &value(ground))) else { continue };
            if found < least {
                let pointer = ["/", theme.field(), "/", name_of(changed)].concat();
                let problem = Problem::warning(pointer, "token_contrast").with("token", token.name);
                // Rounded down: 4.49 is not to be read as enough.
                let found = (found * 10.0).floor() / 10.0;
                problems.push(problem.with("ground", ground.name).with("ratio", number(found)).with("min", number(least)));
            }
        }
    }
}

fn known(name: &str) -> Option<&'static Token> {
    TOKENS.iter().find(|token| name_of(token) == name)
}

fn unknown(field: &str, name: &str, fits: impl Fn(Kind) -> bool, problems: &mut Problems) {
    let names = TOKENS.iter().filter(|token| fits(token.kind)).map(name_of);
    let pointer = ["/", field, "/", &segment(name)].concat();
    let mut problem = Problem::error(pointer, "unknown_token").with("name", name);
    if let Some(meant) = nearest(name, names) {
        problem = problem.with("meant", meant);
    }
    problems.push(problem);
}

/// A bound or a ratio as a person writes it: at most two decimals, none that is needless.
///
/// Of whole numbers: what prints any float exactly is nine kilobytes more for the browser.
pub fn number(number: f64) -> String {
    let hundredths = (number * 100.0).round() as i64;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Theme, effective, number, token_css};
    use crate::catalogue::token;

    #[test]
    fn numbers_are_written_without_a_needless_fraction() {
        for (value, text) in [(0.0, "0"), (10.0, "10"), (1.2, "1.2"), (0.05, "0.05"), (4.5, "4.5"), (100.0, "100")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn what_is_set_becomes_declarations_in_the_order_of_the_catalogue() {
        let value = json!({
            "light": { "new": "#112233", "ground": "#ffffff" }, "dark": { "new": "#445566" },
            "sizes": { "radius": "4", "line-height": "1.5" },
        });
        assert_eq!(
            token_css(&value, Theme::Light),
            "--op-ground:#ffffff;--op-new:#112233;--op-radius:4px;--op-line-height:1.5;"
        );
        // The ground is set on light alone, and stays the panel's own on dark.
        let own = token("--op-ground").expect("it is known").dark;
        assert_eq!(token_css(&value, Theme::Dark), ["--op-ground:", own, ";--op-new:#445566;"].concat());
    }

    #[test]
    fn a_value_in_the_making_gets_nothing_else_into_the_style_sheet() {
        let value = json!({
            "light": { "new": "red;} *{display:none", "text": 5, "zzz": "#112233" },
            "sizes": { "radius": "4px", "gap": "inf", "font-size": "1}" },
        });
        assert_eq!(token_css(&value, Theme::Light), "");
        assert_eq!(token_css(&json!(null), Theme::Dark), "");
    }

    #[test]
    fn a_token_not_set_has_the_panels_own_value() {
        let radius = token("--op-radius").expect("it is known");
        assert_eq!(effective(&json!({}), radius, Theme::Dark), "8");
        assert_eq!(effective(&json!({ "sizes": { "radius": "2" } }), radius, Theme::Light), "2");
    }
}
