//! Confines a style sheet to the panel: every selector begins at the panel's root, whatever was written.
//!
//! Nesting is flattened first, because `&` could otherwise lead anywhere. Then each selector is either one about the root
//! (`:root`, `html`, `body`, `:scope` or the root's own class, which all mean the same) or gets the root put before it. A
//! sibling of the root is outside. The outcome is read once more: if any selector of it were to begin elsewhere, there is none.

use app::catalogue::ROOT;
use app::sections::styles::LAYER;
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::layer::LayerName;
use lightningcss::rules::{CssRule, CssRuleList, Location};
use lightningcss::selector::{Combinator, Component, Selector, SelectorList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::values::ident::Ident;

use super::Found;

/// The most simple selectors that the flattened sheet may have.
const MOST_PARTS: u64 = 400_000;

/// The browsers of operators; the same as the console's own.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        chrome: version(109, 0),
        firefox: version(115, 0),
        safari: version(16, 4),
        ..Browsers::default()
    })
}

fn printing<'a>() -> PrinterOptions<'a> {
    PrinterOptions { minify: true, targets: targets(), ..PrinterOptions::default() }
}

/// A sheet that is confined to the panel.
#[derive(Default)]
pub(super) struct Scoped {
    /// What it imports.
    pub imports: String,
    /// Its rules, in their layer.
    pub rules: String,
}

/// The sheet as it is published; none if something in it cannot be confined, which is then found.
pub(super) fn scope(css: &str, found: &mut Vec<Found>) -> Option<Scoped> {
    let before = found.len();
    let written = StyleSheet::parse(css, ParserOptions::default()).ok()?;
    let mut survey = Survey { found, parts: 0 };
    survey.rules(&written.rules, 0);
    if survey.parts > MOST_PARTS {
        found.push(Found::error(0, 1, "css_complex"));
    }
    if found.len() > before {
        return None;
    }
    let flat = written.to_css(printing()).ok()?.code;
    let mut sheet = StyleSheet::parse(&flat, ParserOptions::default()).ok()?;
    if !confine(&mut sheet.rules) {
        // A nested rule has left the panel: flattened, it has no place of its own any more.
        found.push(Found::error(0, 1, "css_outside").with("selector", "&"));
        return None;
    }
    sheet.minify(MinifyOptions { targets: targets(), ..MinifyOptions::default() }).ok()?;
    let (imports, rules): (Vec<_>, Vec<_>) =
        std::mem::take(&mut sheet.rules.0).into_iter().partition(|rule| matches!(rule, CssRule::Import(_)));
    let print = |rules: Vec<CssRule<'_>>| {
        let sheet = StyleSheet::new(Vec::new(), CssRuleList(rules), ParserOptions::default());
        sheet.to_css(printing()).ok().map(|printed| printed.code)
    };
    let (imports, rules) = (print(imports)?, print(rules)?);
    if !is_confined(&rules) {
        found.push(Found::error(0, 1, "css_outside").with("selector", "…"));
        return None;
    }
    let rules = if rules.is_empty() { rules } else { ["@layer ", LAYER, "{", &rules, "}"].concat() };
    Some(Scoped { imports, rules })
}

/// What of the sheet as it is written can't be confined, and how large it would become.
struct Survey<'f> {
    found: &'f mut Vec<Found>,
    parts: u64,
}

impl Survey<'_> {
    /// Looks through rules whose parent selector has so many parts.
    fn rules(&mut self, rules: &CssRuleList<'_>, parent: u64) {
        for rule in &rules.0 {
            match rule {
                CssRule::Style(style) => {
                    let own = style
                        .selectors
                        .0
                        .iter()
                        .fold(0_u64, |sum, one| sum.saturating_add(parts(one, parent)));
                    self.parts = self.parts.saturating_add(own);
                    if parent == 0 {
                        self.selectors(&style.selectors, style.loc);
                    }
                    self.rules(&style.rules, own.max(1));
                }
                CssRule::Media(rule) => self.rules(&rule.rules, parent),
                CssRule::Supports(rule) => self.rules(&rule.rules, parent),
                CssRule::Container(rule) => self.rules(&rule.rules, parent),
                CssRule::LayerBlock(rule) => self.rules(&rule.rules, parent),
                CssRule::StartingStyle(rule) => self.rules(&rule.rules, parent),
                CssRule::NestedDeclarations(_) => self.parts = self.parts.saturating_add(parent),
                CssRule::Import(_)
                | CssRule::Keyframes(_)
                | CssRule::FontFace(_)
                | CssRule::FontPaletteValues(_)
                | CssRule::FontFeatureValues(_)
                | CssRule::CounterStyle(_)
                | CssRule::Property(_)
                | CssRule::PositionTry(_)
                | CssRule::LayerStatement(_)
                | CssRule::Custom(_)
                | CssRule::Ignored => {}
                CssRule::Nesting(rule) => self.refuse("nest", rule.loc),
                CssRule::Page(rule) => self.refuse("page", rule.loc),
                CssRule::Namespace(rule) => self.refuse("namespace", rule.loc),
                CssRule::MozDocument(rule) => self.refuse("-moz-document", rule.loc),
                CssRule::Viewport(rule) => self.refuse("viewport", rule.loc),
                CssRule::CustomMedia(rule) => self.refuse("custom-media", rule.loc),
                CssRule::Scope(rule) => self.refuse("scope", rule.loc),
                CssRule::ViewTransition(rule) => self.refuse("view-transition", rule.loc),
                CssRule::Unknown(rule) => self.refuse(&rule.name, rule.loc),
            }
        }
    }

    fn refuse(&mut self, name: &str, at: Location) {
        self.found.push(Found::error(at.line, at.column, "css_at_rule").with("name", name));
    }

    /// A sibling of the root is outside of the panel.
    fn selectors(&mut self, selectors: &SelectorList<'_>, at: Location) {
        for selector in &selectors.0 {
            if confined(selector).is_none() {
                let text = lightningcss::traits::ToCss::to_css_string(selector, PrinterOptions::default());
                let text: String = text.unwrap_or_default().chars().take(80).collect();
                self.found.push(Found::error(at.line, at.column, "css_outside").with("selector", text));
            }
        }
    }
}

/// How many simple selectors a selector has when each `&` is replaced by its parent.
fn parts(selector: &Selector<'_>, parent: u64) -> u64 {
    let mut sum = 1_u64;
    for component in selector.iter_raw_match_order() {
        let own = match component {
            Component::Nesting => parent,
            component => {
                inner(component).iter().fold(1_u64, |sum, inner| sum.saturating_add(parts(inner, parent)))
            }
        };
        sum = sum.saturating_add(own);
    }
    sum.saturating_add(parent)
}

/// The selectors inside of a functional pseudo-class.
fn inner<'s, 'i>(component: &'s Component<'i>) -> &'s [Selector<'i>] {
    match component {
        Component::Is(list) | Component::Where(list) | Component::Negation(list) | Component::Has(list) => {
            list
        }
        Component::Any(_, list) => list,
        Component::NthOf(data) => data.selectors(),
        _ => &[],
    }
}

/// Confines every rule; false if one can't be.
fn confine(rules: &mut CssRuleList<'_>) -> bool {
    rules.0.iter_mut().all(|rule| {
        match rule {
            CssRule::Style(style) => {
                let selectors: Option<Vec<_>> = style.selectors.0.iter().map(confined).collect();
                let Some(selectors) = selectors else { return false };
                style.selectors.0 = selectors.into_iter().flatten().collect();
            }
            CssRule::Media(rule) => return confine(&mut rule.rules),
            CssRule::Supports(rule) => return confine(&mut rule.rules),
            CssRule::Container(rule) => return confine(&mut rule.rules),
            CssRule::LayerBlock(rule) => return confine(&mut rule.rules),
            CssRule::StartingStyle(rule) => return confine(&mut rule.rules),
            // What is imported stands in the same layer.
            CssRule::Import(import) => {
                let mut name = vec![LAYER.into()];
                name.extend(import.layer.take().flatten().into_iter().flat_map(|layer| layer.0));
                import.layer = Some(Some(LayerName(name.into())));
            }
            _ => {}
        }
        true
    })
}

/// A selector inside the panel's root: itself, or twice, when it may begin at the root or below it. None if it leaves it.
fn confined<'i>(selector: &Selector<'i>) -> Option<Vec<Selector<'i>>> {
    let mut compounds = split(selector);
    let about_root = compounds.first().is_some_and(|first| first.1.iter().any(is_root));
    let maybe_root = compounds.first().is_some_and(|first| first.1.iter().any(may_be_root));
    for (_, parts) in &mut compounds {
        parts.iter_mut().for_each(deepen);
    }
    if about_root {
        // `html body .x` is `.op-panel .x`: one element is both.
        let mut parts: Vec<Component<'i>> = Vec::new();
        let mut rest = compounds.into_iter().peekable();
        while let Some((combinator, mut compound)) = rest.next_if(|(combinator, parts)| {
            combinator.is_none_or(|one| matches!(one, Combinator::Child | Combinator::Descendant))
                && parts.iter().any(is_root)
        }) {
            let _ = combinator;
            compound.retain(|part| !is_root(part));
            parts.append(&mut compound);
        }
        let rest: Vec<_> = rest.collect();
        if rest.first().is_some_and(|(combinator, _)| leaves(*combinator)) {
            return None;
        }
        return Some(vec![join(parts, rest)]);
    }
    let mut below = compounds.clone();
    if let Some((combinator, _)) = below.first_mut() {
        *combinator = Some(Combinator::Descendant);
    }
    let mut all = vec![join(Vec::new(), below)];
    if maybe_root {
        let mut rest = compounds.into_iter();
        let (_, first) = rest.next()?;
        let rest: Vec<_> = rest.collect();
        if rest.first().is_some_and(|(combinator, _)| leaves(*combinator)) {
            return None;
        }
        all.push(join(first, rest));
    }
    Some(all)
}

fn leaves(combinator: Option<Combinator>) -> bool {
    !matches!(
        combinator,
        Some(
            Combinator::Child
                | Combinator::Descendant
                | Combinator::PseudoElement
                | Combinator::Part
                | Combinator::SlotAssignment
        )
    )
}

/// Parts of one element, after what they are combined with.
type Compound<'i> = (Option<Combinator>, Vec<Component<'i>>);

/// A selector from left to right.
fn split<'i>(selector: &Selector<'i>) -> Vec<Compound<'i>> {
    // Stored from right to left, but each compound in the order in which it is written.
    let stored = selector.iter_raw_match_order().as_slice();
    let mut compounds: Vec<Compound<'i>> = vec![(None, Vec::new())];
    for component in stored {
        if let Component::Combinator(combinator) = component {
            if let Some((before, _)) = compounds.last_mut() {
                *before = Some(*combinator);
            }
            compounds.push((None, Vec::new()));
        } else if let Some((_, parts)) = compounds.last_mut() {
            parts.push(component.clone());
        }
    }
    compounds.reverse();
    compounds
}

/// The root with these parts of its own, and what follows.
fn join<'i>(own: Vec<Component<'i>>, rest: Vec<Compound<'i>>) -> Selector<'i> {
    let mut all = vec![root()];
    all.extend(own.into_iter().filter(|part| !is_type(part)));
    for (combinator, parts) in rest {
        all.extend(combinator.map(Component::Combinator));
        all.extend(parts);
    }
    Selector::from(all)
}

fn root<'i>() -> Component<'i> {
    Component::Class(Ident(ROOT.into()))
}

/// Names the kind of an element, and so stands first in a compound: before a class it can't follow.
fn is_type(component: &Component<'_>) -> bool {
    matches!(
        component,
        Component::ExplicitUniversalType
            | Component::LocalName(_)
            | Component::ExplicitAnyNamespace
            | Component::ExplicitNoNamespace
            | Component::DefaultNamespace(_)
            | Component::Namespace(..)
    )
}

/// Does this mean the root of the page, and so the panel's?
fn is_root(component: &Component<'_>) -> bool {
    match component {
        Component::Root | Component::Scope | Component::Nesting => true,
        Component::LocalName(name) => matches!(&*name.lower_name.0, "html" | "body"),
        Component::Class(name) => &*name.0 == ROOT,
        _ => false,
    }
}

/// May the element be the root, as one of several?
fn may_be_root(component: &Component<'_>) -> bool {
    let (Component::Is(list) | Component::Where(list) | Component::Any(_, list)) = component else {
        return false;
    };
    list.iter().any(|selector| {
        let compounds = split(selector);
        compounds.last().is_some_and(|(_, parts)| parts.iter().any(|part| is_root(part) || may_be_root(part)))
    })
}

/// Inside of `:is()` and its like the root is the panel's too.
fn deepen(component: &mut Component<'_>) {
    // In `:has()` the parser puts `:scope` for the element that is asked about.
    let anchored = matches!(component, Component::Has(_));
    let lists = match component {
        Component::Is(list) | Component::Where(list) | Component::Negation(list) | Component::Has(list) => {
            list
        }
        Component::Any(_, list) => list,
        _ => return,
    };
    let is_root = |part: &Component<'_>| is_root(part) && !(anchored && matches!(part, Component::Scope));
    for selector in lists.iter_mut() {
        let mut all = Vec::new();
        for (combinator, mut parts) in split(selector) {
            all.extend(combinator.map(Component::Combinator));
            parts.iter_mut().for_each(deepen);
            if parts.iter().any(is_root) {
                parts.retain(|part| !is_root(part) && !is_type(part));
                all.push(root());
            }
            all.extend(parts);
        }
        *selector = Selector::from(all);
    }
}

/// Does every selector of the printed sheet begin at the panel's root and stay there?
pub(super) fn is_confined(css: &str) -> bool {
    StyleSheet::parse(css, ParserOptions::default()).is_ok_and(|sheet| all_confined(&sheet.rules))
}

fn all_confined(rules: &CssRuleList<'_>) -> bool {
    rules.0.iter().all(|rule| match rule {
        CssRule::Style(style) => style.rules.0.is_empty() && style.selectors.0.iter().all(begins_at_root),
        CssRule::Media(rule) => all_confined(&rule.rules),
        CssRule::Supports(rule) => all_confined(&rule.rules),
        CssRule::Container(rule) => all_confined(&rule.rules),
        CssRule::LayerBlock(rule) => all_confined(&rule.rules),
        CssRule::StartingStyle(rule) => all_confined(&rule.rules),
        CssRule::Nesting(_) | CssRule::Scope(_) | CssRule::MozDocument(_) | CssRule::Unknown(_) => false,
        _ => true,
    })
}

fn begins_at_root(selector: &Selector<'_>) -> bool {
    let compounds = split(selector);
    let is_class = |part: &Component<'_>| matches!(part, Component::Class(name) if &*name.0 == ROOT);
    compounds.first().is_some_and(|(_, parts)| parts.iter().any(is_class))
        && !compounds.get(1).is_some_and(|(combinator, _)| leaves(*combinator))
}
