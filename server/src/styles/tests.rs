//! Style sheets of all kinds, well meant and not.

use app::backend::CheckedCss;
use proptest::prelude::*;

use super::{check, scope};

/// Code, line and column of each finding; a warning has a `?` behind its code.
fn found(css: &str) -> Vec<(String, u32, u32)> {
    findings(&check(css, &["cdn.example".to_owned()]))
}

fn findings(outcome: &CheckedCss) -> Vec<(String, u32, u32)> {
    let mark = |warning: bool| if warning { "?" } else { "" };
    outcome
        .findings
        .iter()
        .map(|one| (format!("{}{}", one.problem.code, mark(one.problem.warning)), one.line, one.column))
        .collect()
}

/// The rules that a sheet without errors becomes, without the layer around them.
fn scoped(css: &str) -> String {
    let outcome = check(css, &["cdn.example".to_owned()]);
    assert!(outcome.findings.iter().all(|one| one.problem.warning), "{css}: {:?}", outcome.findings);
    let rules = outcome.css.strip_prefix("@layer op-own{").and_then(|rules| rules.strip_suffix('}'));
    rules.unwrap_or_else(|| panic!("{css}: {}", outcome.css)).to_owned()
}

fn param<'o>(outcome: &'o CheckedCss, name: &str) -> Option<&'o str> {
    outcome.findings.first()?.problem.params.get(name)?.as_str()
}

#[test]
fn what_is_no_css_is_found_at_its_place() {
    let at = |code: &str, line, column| vec![(code.to_owned(), line, column)];
    assert_eq!(found(".op-dialog { color: red }\n"), []);
    assert_eq!(found(".op-dialog { color: red }\n}\n")[..1], at("css_unexpected", 2, 1));
    assert_eq!(found("\n  .op-dialog[ { color: red }"), at("css_end", 2, 29));
    assert_eq!(found(".op-dialog { color }"), at("css_end", 1, 20));
    assert_eq!(found(".op-dialog { color: red; : }").first().map(|one| (one.1, one.2)), Some((1, 28)));
    assert_eq!(found("/* ї😀 */ .op-dialog { ; x }").first().map(|one| one.1), Some(1));
    assert_eq!(found(". { color: red }").first().map(|one| one.0.as_str()), Some("css_selector"));
    // Several errors are told at once.
    assert!(found(".op-dialog { ! }\n.op-icon { : }\n").len() >= 2);
}

#[test]
fn names_that_the_panel_has_not_are_warned_about() {
    let one = |css: &str| {
        let outcome = check(css, &[]);
        let (code, ..) = findings(&outcome)[0].clone();
        (code, param(&outcome, "name").map(str::to_owned), param(&outcome, "nearest").map(str::to_owned))
    };
    let warned = |code: &str, name: &str, nearest: Option<&str>| {
        (code.to_owned(), Some(name.to_owned()), nearest.map(str::to_owned))
    };
    assert_eq!(one(".op-dialg { color: red }"), warned("css_part?", ".op-dialg", Some(".op-dialog")));
    assert_eq!(
        one(".op-dialog--overdu{color:red}"),
        warned("css_part?", ".op-dialog--overdu", Some(".op-dialog--overdue"))
    );
    assert_eq!(one(":is(.zzzzzzzzzzz) { color: red }"), warned("css_part?", ".zzzzzzzzzzz", None));
    assert_eq!(one("#main { color: red }"), warned("css_part?", "#main", None));
    assert_eq!(one(".op-dialog { colr: red }"), warned("css_property?", "colr", Some("color")));
    assert_eq!(
        one(".op-dialog { color: var(--op-acent) }"),
        warned("css_token?", "--op-acent", Some("--op-accent"))
    );
    assert_eq!(one(":root { --op-acent: red }"), warned("css_token?", "--op-acent", Some("--op-accent")));
    assert_eq!(found(".op-dialog { color: red !important }"), [("css_important?".to_owned(), 1, 25)]);
    for known in [
        ".op-dialog--overdue:hover { color: var(--op-accent); --mine: 1; -webkit-foo: 1 }",
        "@media (width < 30em) { .op-dialog { inset: 0; .op-icon & { color: red } } }",
        "@keyframes x { from { opacity: 0 } 50.5% { opacity: 1 } }",
        "@font-face { font-family: x; src: url(https://cdn.example/x.woff2); descriptor-of-tomorrow: 1 }",
        "@property --mine { syntax: '<color>'; inherits: true; initial-value: red }",
        ".op-dialog { --op-accent: { .zzz: red } }",
        "a:hover { color: red }",
    ] {
        assert_eq!(found(known), [], "{known}");
    }
}

#[test]
fn only_allowed_hosts_are_loaded_from() {
    for (css, code) in [
        (".op-icon { background: url(https://evil.example/a.png) }", "css_host"),
        (".op-icon { background: url( 'https://evil.example/a.png' ) }", "css_host"),
        (".op-icon { background: u\\72l(https://evil.example/a.png) }", "css_host"),
        (".op-icon { background: image-set('https://evil.example/a.png' 1x) }", "css_host"),
        (".op-icon { background: -webkit-image-set(url(//evil.example/a.png) 1x) }", "css_host"),
        (".op-icon { --x: image-set('//evil.example/a.png' 1x) }", "css_host"),
        (".op-icon { --x: { a: url(//evil.example/a.png) } }", "css_host"),
        (".op-icon { background: url(http://cdn.example/a.png) }", "css_address"),
        ("@font-face { font-family: x; src: url(//evil.example/x.woff2) }", "css_host"),
        ("@import 'https://evil.example/a.css';", "css_host"),
        ("@import url(https://evil.example/a.css) screen;", "css_host"),
        ("@import 'a.css';", "css_address"),
        ("@import url('data:text/css,body{}');", "css_address"),
        ("@import '#';", "css_address"),
    ] {
        let found = found(css);
        assert_eq!(found.first().map(|one| one.0.as_str()), Some(code), "{css}: {found:?}");
        assert_eq!(check(css, &["cdn.example".to_owned()]).css, "", "{css}");
    }
    for right in [
        ".op-icon { background: url(https://cdn.example/a.png), url(data:image/png;base64,AA), url(/a.png) }",
        ".op-icon::before { content: 'https://evil.example' }",
        "@import 'https://cdn.example/a.css' screen;",
    ] {
        assert_eq!(found(right), [], "{right}");
    }
    let imported = check("@import 'https://cdn.example/a.css' layer(x) screen;", &["cdn.example".to_owned()]);
    assert_eq!(imported.imports, "@import \"https://cdn.example/a.css\" layer(op-own.x) screen;");
}

#[test]
fn every_selector_begins_at_the_panels_root() {
    for (css, wanted) in [
        (".op-dialog{color:red}", ".op-panel .op-dialog{color:red}"),
        ("*{color:red}", ".op-panel *{color:red}"),
        (":root{color:red}", ".op-panel{color:red}"),
        ("html,body{color:red}", ".op-panel,.op-panel{color:red}"),
        ("html body .op-dialog{color:red}", ".op-panel .op-dialog{color:red}"),
        ("html>body>.op-dialog{color:red}", ".op-panel>.op-dialog{color:red}"),
        ("body.x .op-dialog{color:red}", ".op-panel.x .op-dialog{color:red}"),
        ("main.op-panel .op-dialog{color:red}", ".op-panel .op-dialog{color:red}"),
        (".op-panel .op-dialog{color:red}", ".op-panel .op-dialog{color:red}"),
        (":root[data-theme=dark] .op-icon{color:red}", ".op-panel[data-theme=dark] .op-icon{color:red}"),
        ("&{color:red}", ".op-panel{color:red}"),
        ("::selection{color:red}", ".op-panel ::selection{color:red}"),
        (":root::before{color:red}", ".op-panel:before{color:red}"),
        (":not(.op-icon){color:red}", ".op-panel :not(.op-icon){color:red}"),
        (":root:has(>.op-icon){color:red}", ".op-panel:has(>.op-icon){color:red}"),
        (
            ":is(:root,.op-icon) b{color:red}",
            ".op-panel :is(.op-panel,.op-icon) b,.op-panel:is(.op-panel,.op-icon) b{color:red}",
        ),
        (".op-dialog{&:hover{color:red}}", ".op-panel .op-dialog:hover{color:red}"),
        (".op-dialog{.op-icon &{color:red}}", ".op-panel .op-icon .op-dialog{color:red}"),
        (".op-dialog{+.op-dialog{color:red}}", ".op-panel .op-dialog+.op-dialog{color:red}"),
        ("@media print{.op-dialog{color:red}}", "@media print{.op-panel .op-dialog{color:red}}"),
        ("@layer x{.op-dialog{color:red}}", "@layer x{.op-panel .op-dialog{color:red}}"),
        ("@supports (gap:1px){body{color:red}}", "@supports (gap:1px){.op-panel{color:red}}"),
    ] {
        assert_eq!(
            scoped(css).replace(".op-panel,.op-panel{", ".op-panel{"),
            wanted.replace(".op-panel,.op-panel{", ".op-panel{"),
            "{css}"
        );
    }
}

#[test]
fn nothing_leaves_the_panel() {
    for css in [
        ":root+div{color:red}",
        "html~*{color:red}",
        ":root{&+div{color:red}}",
        ":root{~*{color:red}}",
        ".op-panel + .op-dialog{color:red}",
        ":is(:root,.op-icon)+b{color:red}",
    ] {
        let found = found(css);
        assert!(found.iter().any(|one| one.0 == "css_outside"), "{css}: {found:?}");
        assert_eq!(check(css, &[]).css, "", "{css}");
    }
    // A selector that would mean everything else means everything else in the panel.
    assert_eq!(scoped(".op-icon{:not(&){color:red}}"), ".op-panel :not(.op-icon){color:red}");
    assert_eq!(scoped(".op-icon{body:has(&){color:red}}"), ".op-panel:has(.op-icon){color:red}");
    for name in ["page", "namespace", "scope", "view-transition", "-moz-document", "zzz"] {
        let css = match name {
            "page" => "@page { margin: 0 }",
            "namespace" => "@namespace svg url(#x);",
            "scope" => "@scope (body) { div { color: red } }",
            "view-transition" => "@view-transition { navigation: auto }",
            "-moz-document" => "@-moz-document url-prefix() { body { color: red } }",
            _ => "@zzz { body { color: red } }",
        };
        let found = found(css);
        assert_eq!(found.first().map(|one| one.0.as_str()), Some("css_at_rule"), "{css}: {found:?}");
    }
}

#[test]
fn strange_texts_end_soon() {
    let started = std::time::Instant::now();
    assert_eq!(found(&"a{".repeat(60_000)).last().map(|one| one.0.as_str()), Some("css_deep"));
    assert_eq!(found(&"(".repeat(200_000)).last().map(|one| one.0.as_str()), Some("css_deep"));
    assert_eq!(
        found(&["a{x:", &"(".repeat(100_000)].concat()).last().map(|one| one.0.as_str()),
        Some("css_deep")
    );
    assert_eq!(
        found(&[":is(".repeat(50_000), "{".into()].concat()).last().map(|one| one.0.as_str()),
        Some("css_deep")
    );
    // Each level would be as long as all above it, four times.
    let growing = ["& & & &{".repeat(20), "color:red".into(), "}".repeat(20)].concat();
    assert_eq!(found(&growing).first().map(|one| one.0.as_str()), Some("css_complex"));
    found(&["a".repeat(250_000), "{}".into()].concat());
    found(&"a,".repeat(60_000));
    found(&"a{b:c;".repeat(20));
    found(&["a{grid-template:", &"\"a b\" 1px ".repeat(20_000)].concat());
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

/// Pieces of which style sheets are made, in good order or not.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(".op-dialog"),
        Just(":root"),
        Just("html"),
        Just("body"),
        Just("&"),
        Just("*"),
        Just(" "),
        Just(">"),
        Just("+"),
        Just("~"),
        Just(","),
        Just("{"),
        Just("}"),
        Just("("),
        Just(")"),
        Just("["),
        Just("]"),
        Just(":is("),
        Just(":not("),
        Just(":has("),
        Just(":where("),
        Just(":scope"),
        Just(".op-panel"),
        Just("::before"),
        Just(":host"),
        Just("color:red"),
        Just(";"),
        Just("@media print{"),
        Just("@layer x{"),
        Just("@supports (gap:1px){"),
        Just("@scope(a){"),
        Just("@import"),
        Just("url("),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("/*"),
        Just("*/"),
        Just("\n"),
        Just("!important"),
        Just("--x:"),
        Just("div"),
        Just("|"),
        Just("::slotted("),
        Just(":nth-child(2n of "),
        Just("var(--op-accent)"),
        Just("@container (width>1px){"),
        Just(":-webkit-any("),
        Just("@starting-style{"),
        Just("%"),
        Just("#x"),
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_check(css in "\\PC{0,200}") {
        confined(&css);
    }

    #[test]
    fn no_sheet_leaves_the_panel(pieces in prop::collection::vec(piece(), 0..40)) {
        confined(&pieces.concat());
    }

    #[test]
    fn no_rule_leaves_the_panel(selector in prop::collection::vec(piece(), 1..8), inner in prop::collection::vec(piece(), 0..8)) {
        let css = format!("{}{{color:red;{}{{color:blue}}}}", selector.concat(), inner.concat());
        confined(&css);
    }
}

/// Whatever it says of the text: what comes out is either nothing or confined, and places are inside of the text.
fn confined(css: &str) {
    let outcome = check(css, &[]);
    let units = css.encode_utf16().count() as u32;
    assert!(outcome.findings.iter().all(|one| one.offset <= units && one.line >= 1 && one.column >= 1));
    assert!(
        !outcome.findings.iter().any(|one| one.problem.code == "css_unread"),
        "the parser gave up: {css:?}"
    );
    if outcome.findings.iter().any(|one| !one.problem.warning) {
        assert_eq!((outcome.css.as_str(), outcome.imports.as_str()), ("", ""));
    } else if !outcome.css.is_empty() {
        let rules = outcome.css.strip_prefix("@layer op-own{").and_then(|rules| rules.strip_suffix('}'));
        assert!(
            scope::is_confined(rules.expect("it stands in its layer")),
            "{css:?} became {:?}",
            outcome.css
        );
    }
}
