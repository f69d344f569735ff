//! Parses a style sheet as CSS and tells what is no CSS.

use std::sync::{Arc, RwLock};

use lightningcss::error::{Error, ErrorLocation, ParserError, SelectorError};
use lightningcss::printer::PrinterOptions;
use lightningcss::properties::custom::Token;
use lightningcss::stylesheet::{ParserOptions, StyleSheet};
use lightningcss::traits::ToCss;

use super::Found;

/// Notes every syntax error of the text; true if there is none.
pub(super) fn check(css: &str, found: &mut Vec<Found>) -> bool {
    let warnings = Arc::new(RwLock::new(Vec::new()));
    let options = |error_recovery| ParserOptions {
        error_recovery,
        warnings: Some(Arc::clone(&warnings)),
        ..ParserOptions::default()
    };
    let strict = StyleSheet::parse(css, options(false)).map(drop);
    let told =
        |kind: &mut Vec<Error<ParserError<'_>>>| kind.drain(..).map(|error| read(&error)).collect::<Vec<_>>();
    let first = told(&mut warnings.write().unwrap_or_else(std::sync::PoisonError::into_inner));
    match strict {
        Ok(()) => {
            // What the parser only warns about stays in the sheet as it is written.
            found.extend(first.into_iter().map(|mut one| {
                one.problem.warning = true;
                one
            }));
            true
        }
        Err(error) => {
            found.push(read(&error));
            // The same again, going on after each error.
            let _ = StyleSheet::parse(css, options(true));
            found.extend(told(&mut warnings.write().unwrap_or_else(std::sync::PoisonError::into_inner)));
            false
        }
    }
}

/// An error of the parser as one of ours.
fn read(error: &Error<ParserError<'_>>) -> Found {
    let (line, column) = match &error.loc {
        Some(ErrorLocation { line, column, .. }) => (*line, *column),
        None => (0, 1),
    };
    let at = |code: &str| Found::error(line, column, code);
    match &error.kind {
        ParserError::EndOfInput => at("css_end"),
        ParserError::UnexpectedToken(token) => at("css_unexpected").with("found", written(token)),
        ParserError::AtRuleInvalid(name) => at("css_at_rule").with("name", name.to_string()),
        ParserError::SelectorError(selector) => at("css_selector").with("found", selected(selector)),
        ParserError::InvalidMediaQuery
        | ParserError::EmptyBracketInCondition
        | ParserError::AtRulePreludeInvalid => at("css_condition"),
        ParserError::InvalidDeclaration => at("css_declaration"),
        ParserError::InvalidValue => at("css_value"),
        ParserError::UnexpectedImportRule | ParserError::UnexpectedNamespaceRule => at("css_import_late"),
        ParserError::MaximumNestingDepth => at("css_deep").with("max", super::lint::DEEPEST),
        _ => at("css_rule"),
    }
}

/// What of a selector was not understood.
fn selected(error: &SelectorError<'_>) -> String {
    match error {
        SelectorError::UnsupportedPseudoClass(name) => format!(":{name}"),
        SelectorError::UnsupportedPseudoElement(name) => format!("::{name}"),
        SelectorError::UnexpectedIdent(name) | SelectorError::ExpectedNamespace(name) => name.to_string(),
        SelectorError::BadValueInAttr(token)
        | SelectorError::ClassNeedsIdent(token)
        | SelectorError::ExpectedBarInAttr(token)
        | SelectorError::InvalidQualNameInAttr(token)
        | SelectorError::PseudoElementExpectedIdent(token)
        | SelectorError::UnexpectedTokenInAttributeSelector(token)
        | SelectorError::UnexpectedSelectorAfterPseudoElement(token)
        | SelectorError::NoQualifiedNameInAttributeSelector(token)
        | SelectorError::ExplicitNamespaceUnexpectedToken(token) => written(token),
        _ => "…".into(),
    }
}

/// A token as it is written, shortened.
fn written(token: &Token<'_>) -> String {
    let text = token.to_css_string(PrinterOptions::default()).unwrap_or_default();
    match text.trim() {
        "" => "␣".into(),
        text => text.chars().take(40).collect(),
    }
}
