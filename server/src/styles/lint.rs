//! Walks the tokens of a style sheet: how deep it nests, what it loads, and the names it uses.
//!
//! It knows no grammar beyond rules, declarations and brackets, so it can read what the parser refuses, and it keeps texts away
//! from the parser that would exhaust its stack.

use cssparser::{ParseError, Parser, ParserInput, SourceLocation, Token};

use super::url::{Refused, judge, judge_sheet};
use super::{Found, names};

/// The most brackets of all kinds inside each other.
pub(super) const DEEPEST: u32 = 24;

/// At-rules whose blocks hold descriptors, which are no properties.
const DESCRIBING: [&str; 6] =
    ["font-face", "property", "counter-style", "font-palette-values", "font-feature-values", "page"];
/// Functions whose strings are addresses.
const ADDRESSING: [&str; 6] = ["url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"];

/// Reads the text; false if it nests too deep to be given to the parser.
pub(super) fn lint(css: &str, hosts: &[String], found: &mut Vec<Found>) -> bool {
    let mut input = ParserInput::new(css);
    let mut parser = Parser::new(&mut input);
    let mut lint = Lint { hosts, found };
    lint.rules(&mut parser, 0, Inside::Sheet).is_ok()
}

/// What the things in a block are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// The sheet itself, where nothing but rules stands.
    Sheet,
    /// Declarations and rules.
    Rule,
    /// Descriptors.
    Description,
}

/// What a string is the address of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loads {
    /// It is no address.
    Nothing,
    /// A picture or a font.
    Parts,
    /// A style sheet.
    Sheets,
}

/// It nests too deep.
#[derive(Debug)]
struct TooDeep;

type Outcome<'i> = Result<(), ParseError<'i, TooDeep>>;

/// What an item has shown before it is known whether it is a rule or a declaration.
#[derive(Default)]
struct Seen<'i> {
    /// The name in front of a colon.
    property: Option<(SourceLocation, cssparser::CowRcStr<'i>)>,
    /// Classes and ids.
    selected: Vec<(SourceLocation, char, cssparser::CowRcStr<'i>)>,
    /// Where `!important` stands.
    important: Option<SourceLocation>,
}

struct Lint<'a> {
    hosts: &'a [String],
    found: &'a mut Vec<Found>,
}

impl Lint<'_> {
    fn error(&mut self, at: SourceLocation, code: &str) -> &mut Found {
        self.found.push(Found::error(at.line, at.column, code));
        self.found.last_mut().expect("one was just pushed")
    }

    fn warn(&mut self, at: SourceLocation, code: &str, name: &str, nearest: Option<&str>) {
        let mut one = Found::warning(at.line, at.column, code).with("name", name);
        if let Some(nearest) = nearest {
            one = one.with("nearest", nearest);
        }
        self.found.push(one);
    }

    /// The items of a block, one after the other.
    fn rules<'i>(&mut self, input: &mut Parser<'i, '_>, depth: u32, inside: Inside) -> Outcome<'i> {
        loop {
            input.skip_whitespace();
            let at = input.current_source_location();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
            match token {
                Token::AtKeyword(name) => self.at_rule(input, depth, &name, inside)?,
                Token::Semicolon | Token::CDO | Token::CDC | Token::Comment(_) | Token::WhiteSpace(_) => {}
                token => self.item(input, depth, at, token, inside)?,
            }
        }
    }

    /// An at-rule, whose name has been read, to its semicolon or to the end of its block.
    fn at_rule<'i>(
        &mut self,
        input: &mut Parser<'i, '_>,
        depth: u32,
        name: &str,
        inside: Inside,
    ) -> Outcome<'i> {
        let name = name.to_ascii_lowercase();
        let within = if DESCRIBING.contains(&name.as_str()) { Inside::Description } else { Inside::Rule };
        let loads = if name == "import" { Loads::Sheets } else { Loads::Nothing };
        let mut seen = Seen::default();
        loop {
            let at = input.current_source_location();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
            match token {
                Token::Semicolon => return Ok(()),
                Token::CurlyBracketBlock => {
                    // Grouping rules hold what the block around them would hold.
                    let within = if within == Inside::Rule && inside == Inside::Sheet {
                        Inside::Sheet
                    } else {
                        within
                    };
                    return self
                        .block(input, depth, at, |lint, input, depth| lint.rules(input, depth, within));
                }
                token => self.token(input, depth, at, &token, loads, &mut seen)?,
            }
        }
    }

    /// A rule or a declaration, whose first token has been read.
    fn item<'i>(
        &mut self,
        input: &mut Parser<'i, '_>,
        depth: u32,
        at: SourceLocation,
        first: Token<'i>,
        inside: Inside,
    ) -> Outcome<'i> {
        let mut seen = Seen::default();
        let mut custom = false;
        if let Token::Ident(name) = &first {
            let before = input.state();
            input.skip_whitespace();
            if matches!(input.next_including_whitespace_and_comments(), Ok(Token::Colon)) {
                custom = name.starts_with("--");
                seen.property = Some((at, name.clone()));
            }
            input.reset(&before);
        }
        let (mut at, mut token) = (at, first);
        loop {
            match token {
                Token::Semicolon if inside != Inside::Sheet => break,
                // The value of a custom property may hold braces.
                Token::CurlyBracketBlock if !custom => {
                    self.selectors(seen);
                    // What a keyframe or a rule holds: declarations, and rules inside it.
                    let within =
                        if inside == Inside::Description { Inside::Description } else { Inside::Rule };
                    return self
                        .block(input, depth, at, |lint, input, depth| lint.rules(input, depth, within));
                }
                token => self.token(input, depth, at, &token, Loads::Nothing, &mut seen)?,
            }
            at = input.current_source_location();
            match input.next_including_whitespace_and_comments().cloned() {
                Ok(next) => token = next,
                Err(_) => break,
            }
        }
        if inside != Inside::Sheet {
            self.declaration(seen, inside);
        }
        Ok(())
    }

    /// A token of a selector, a condition or a value, with what stands in its brackets.
    fn token<'i>(
        &mut self,
        input: &mut Parser<'i, '_>,
        depth: u32,
        at: SourceLocation,
        token: &Token<'i>,
        loads: Loads,
        seen: &mut Seen<'i>,
    ) -> Outcome<'i> {
        match token {
            Token::CloseCurlyBracket | Token::CloseParenthesis | Token::CloseSquareBracket => {
                let found = match token {
                    Token::CloseCurlyBracket => "}",
                    Token::CloseParenthesis => ")",
                    _ => "]",
                };
                self.error(at, "css_unexpected").problem.params.insert("found".into(), found.into());
            }
            Token::UnquotedUrl(address) => self.address(at, address, loads),
            Token::QuotedString(address) if loads != Loads::Nothing => self.address(at, address, loads),
            Token::IDHash(name) => seen.selected.push((at, '#', name.clone())),
            Token::Delim('.') => {
                let before = input.state();
                if let Ok(Token::Ident(name)) = input.next_including_whitespace_and_comments().cloned() {
                    seen.selected.push((at, '.', name));
                } else {
                    input.reset(&before);
                }
            }
            Token::Delim('!') => {
                let before = input.state();
                match input.next() {
                    Ok(Token::Ident(word)) if word.eq_ignore_ascii_case("important") => {
                        seen.important = Some(at);
                    }
                    _ => input.reset(&before),
                }
            }
            Token::Function(name) => {
                let addressing = ADDRESSING.iter().any(|known| name.eq_ignore_ascii_case(known));
                let loads = match loads {
                    // What stands behind the address of an import are conditions.
                    Loads::Sheets if !addressing => Loads::Nothing,
                    Loads::Nothing if addressing => Loads::Parts,
                    loads => loads,
                };
                let variable = name.eq_ignore_ascii_case("var");
                return self.block(input, depth, at, |lint, input, depth| {
                    if variable {
                        lint.variable(input);
                    }
                    lint.tokens(input, depth, loads, seen)
                });
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                return self
                    .block(input, depth, at, |lint, input, depth| lint.tokens(input, depth, loads, seen));
            }
            _ => {}
        }
        Ok(())
    }

    /// All that stands in a bracket.
    fn tokens<'i>(
        &mut self,
        input: &mut Parser<'i, '_>,
        depth: u32,
        loads: Loads,
        seen: &mut Seen<'i>,
    ) -> Outcome<'i> {
        loop {
            let at = input.current_source_location();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
            self.token(input, depth, at, &token, loads, seen)?;
        }
    }

    /// Goes into a bracket that has just been opened.
    fn block<'i>(
        &mut self,
        input: &mut Parser<'i, '_>,
        depth: u32,
        at: SourceLocation,
        read: impl for<'t> FnOnce(&mut Self, &mut Parser<'i, 't>, u32) -> Outcome<'i>,
    ) -> Outcome<'i> {
        if depth == DEEPEST {
            self.error(at, "css_deep").problem.params.insert("max".into(), DEEPEST.into());
            return Err(input.new_custom_error(TooDeep));
        }
        input.parse_nested_block(|input| read(self, input, depth + 1))
    }

    /// The name in a `var()`, which is read again afterwards.
    fn variable(&mut self, input: &mut Parser<'_, '_>) {
        let before = input.state();
        input.skip_whitespace();
        let at = input.current_source_location();
        if let Ok(Token::Ident(name)) = input.next()
            && names::is_unknown_token(name)
        {
            let name = name.to_string();
            self.warn(at, "css_token", &name, names::nearest_token(&name));
        }
        input.reset(&before);
    }

    fn address(&mut self, at: SourceLocation, address: &str, loads: Loads) {
        let judge = if loads == Loads::Sheets { judge_sheet } else { judge };
        match judge(address, self.hosts) {
            Ok(()) => {}
            Err(Refused::Host(host)) => {
                self.error(at, "css_host").problem.params.insert("host".into(), host.into());
            }
            Err(Refused::Scheme) => {
                let shown: String = address.chars().take(80).collect();
                self.error(at, "css_address").problem.params.insert("address".into(), shown.into());
            }
        }
    }

    fn selectors(&mut self, seen: Seen<'_>) {
        for (at, kind, name) in seen.selected {
            // Ids are no parts: the panel promises none.
            if kind == '#' || !app::catalogue::is_known(&name) {
                let whole = [kind.to_string().as_str(), &name].concat();
                let nearest = names::nearest_class(&name).map(|class| [".", class].concat());
                self.warn(at, "css_part", &whole, nearest.as_deref());
            }
        }
    }

    fn declaration(&mut self, seen: Seen<'_>, inside: Inside) {
        if let Some(at) = seen.important {
            self.found.push(Found::warning(at.line, at.column, "css_important"));
        }
        let Some((at, name)) = seen.property else { return };
        if names::is_unknown_token(&name) {
            self.warn(at, "css_token", &name, names::nearest_token(&name));
        } else if inside == Inside::Rule && !names::is_property(&name) {
            self.warn(at, "css_property", &name, names::nearest_property(&name));
        }
    }
}
