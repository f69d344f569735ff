//! Reads the text of a pattern as a tree, and says where it is none.

use super::{Fault, Property, Range, Tree};

/// How deep groups may nest.
const DEPTH: usize = 32;
/// The most repetitions that a pattern may count.
const REPEATS: u32 = 1_000;

/// Reads a pattern from left to right.
pub(super) struct Reader<'p> {
    signs: &'p [char],
    at: usize,
    depth: usize,
}

impl<'p> Reader<'p> {
    pub(super) fn new(signs: &'p [char]) -> Self {
        Self { signs, at: 0, depth: 0 }
    }

    /// All of it.
    pub(super) fn whole(mut self) -> Result<Tree, Fault> {
        let tree = self.either()?;
        if self.at < self.signs.len() {
            return Err(self.fault("pattern_unopened"));
        }
        Ok(tree)
    }

    fn fault(&self, code: &'static str) -> Fault {
        Fault { at: self.at as u32 + 1, code }
    }

    fn peek(&self) -> Option<char> {
        self.signs.get(self.at).copied()
    }

    fn eat(&mut self, sign: char) -> bool {
        let there = self.peek() == Some(sign);
        self.at += usize::from(there);
        there
    }

    fn either(&mut self) -> Result<Tree, Fault> {
        let mut ways = vec![self.row()?];
        while self.eat('|') {
            ways.push(self.row()?);
        }
        Ok(if ways.len() == 1 { ways.remove(0) } else { Tree::Either(ways) })
    }

    fn row(&mut self) -> Result<Tree, Fault> {
        let mut parts = Vec::new();
        while let Some(sign) = self.peek().filter(|sign| !matches!(sign, '|' | ')')) {
            if matches!(sign, '*' | '+' | '?' | '{') {
                return Err(self.fault("pattern_nothing_repeats"));
            }
            let one = self.one()?;
            parts.push(self.repeated(one)?);
        }
        Ok(match parts.len() {
            0 => Tree::Nothing,
            1 => parts.remove(0),
            _ => Tree::Row(parts),
        })
    }

    /// What repeats how often; the mark of a short match changes nothing where the whole text must match.
    fn repeated(&mut self, inner: Tree) -> Result<Tree, Fault> {
        let start = self.at;
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                return self.counted(inner, start);
            }
            _ => return Ok(inner),
        };
        self.at += 1;
        self.eat('?');
        self.once(Tree::Repeat { inner: Box::new(inner), min, max })
    }

    fn counted(&mut self, inner: Tree, start: usize) -> Result<Tree, Fault> {
        let bad = Fault { at: start as u32 + 1, code: "pattern_bad_count" };
        let min = self.number().ok_or_else(|| bad.clone())?;
        let max = if self.eat(',') {
            if self.peek() == Some('}') { None } else { Some(self.number().ok_or_else(|| bad.clone())?) }
        } else {
            Some(min)
        };
        if !self.eat('}') || min > REPEATS || max.is_some_and(|max| max > REPEATS || max < min) {
            return Err(bad);
        }
        self.eat('?');
        self.once(Tree::Repeat { inner: Box::new(inner), min, max })
    }

    /// A repetition of a repetition is a slip of the keys.
    fn once(&self, tree: Tree) -> Result<Tree, Fault> {
        match self.peek() {
            Some('*' | '+' | '?' | '{') => Err(self.fault("pattern_nothing_repeats")),
            _ => Ok(tree),
        }
    }

    fn number(&mut self) -> Option<u32> {
        let start = self.at;
        while self.peek().is_some_and(|sign| sign.is_ascii_digit()) && self.at - start < 5 {
            self.at += 1;
        }
        self.signs[start..self.at].iter().collect::<String>().parse().ok()
    }

    fn one(&mut self) -> Result<Tree, Fault> {
        let start = self.at;
        let Some(sign) = self.peek() else { return Ok(Tree::Nothing) };
        self.at += 1;
        Ok(match sign {
            '^' => Tree::Start,
            '$' => Tree::End,
            '.' => {
                Tree::Sign { ranges: vec![Range::Between('\n', '\n'), Range::Between('\r', '\r')], not: true }
            }
            '(' => {
                if self.eat('?') && !self.eat(':') {
                    return Err(Fault { at: start as u32 + 1, code: "pattern_not_linear" });
                }
                self.depth += 1;
                if self.depth > DEPTH {
                    return Err(Fault { at: start as u32 + 1, code: "pattern_too_large" });
                }
                let inner = self.either()?;
                if !self.eat(')') {
                    return Err(Fault { at: start as u32 + 1, code: "pattern_unclosed" });
                }
                self.depth -= 1;
                inner
            }
            '[' => self.class(start)?,
            '\\' => {
                let (ranges, not) = self.escape(start)?;
                Tree::Sign { ranges, not }
            }
            plain => Tree::Sign { ranges: vec![Range::Between(plain, plain)], not: false },
        })
    }

    fn class(&mut self, start: usize) -> Result<Tree, Fault> {
        let unclosed = Fault { at: start as u32 + 1, code: "pattern_unclosed" };
        let not = self.eat('^');
        let mut ranges = Vec::new();
        let mut first = true;
        loop {
            let here = self.at;
            let sign = self.peek().ok_or_else(|| unclosed.clone())?;
            self.at += 1;
            if sign == ']' && !first {
                return Ok(Tree::Sign { ranges, not });
            }
            first = false;
            let from = if sign == '\\' {
                let (mut of, negated) = self.escape(here)?;
                match of.as_slice() {
                    [Range::Between(from, to)] if from == to && !negated => *from,
                    _ => {
                        if negated {
                            of = of
                                .into_iter()
                                .map(Range::turned)
                                .collect::<Option<_>>()
                                .ok_or(Fault { at: here as u32 + 1, code: "pattern_bad_escape" })?;
                        }
                        ranges.extend(of);
                        continue;
                    }
                }
            } else {
                sign
            };
            let is_range =
                self.peek() == Some('-') && self.signs.get(self.at + 1).is_some_and(|sign| *sign != ']');
            if !is_range {
                ranges.push(Range::Between(from, from));
                continue;
            }
            self.at += 1;
            let here = self.at;
            let mut to = self.peek().ok_or_else(|| unclosed.clone())?;
            self.at += 1;
            let bad = Fault { at: here as u32 + 1, code: "pattern_bad_range" };
            if to == '\\' {
                match self.escape(here)? {
                    (of, false) if matches!(of.as_slice(), [Range::Between(a, b)] if a == b) => {
                        let [Range::Between(sign, _)] = of.as_slice() else { return Err(bad) };
                        to = *sign;
                    }
                    _ => return Err(bad),
                }
            }
            if to < from {
                return Err(bad);
            }
            ranges.push(Range::Between(from, to));
        }
    }

    /// What stands behind a backslash; `\w` and `\d` are Latin, as in JavaScript.
    fn escape(&mut self, start: usize) -> Result<(Vec<Range>, bool), Fault> {
        let bad = Fault { at: start as u32 + 1, code: "pattern_bad_escape" };
        let sign = self.peek().ok_or_else(|| bad.clone())?;
        self.at += 1;
        let word = || {
            vec![
                Range::Between('a', 'z'),
                Range::Between('A', 'Z'),
                Range::Between('0', '9'),
                Range::Between('_', '_'),
            ]
        };
        let only = |sign: char| (vec![Range::Between(sign, sign)], false);
        Ok(match sign {
            'd' => (vec![Range::Between('0', '9')], false),
            'D' => (vec![Range::Between('0', '9')], true),
            'w' => (word(), false),
            'W' => (word(), true),
            's' => (vec![Range::Of(Property::Space, false)], false),
            'S' => (vec![Range::Of(Property::Space, true)], false),
            't' => only('\t'),
            'n' => only('\n'),
            'r' => only('\r'),
            'u' => {
                let digits: String = self.signs.iter().skip(self.at).take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4);
                self.at += 4;
                only(code.and_then(char::from_u32).ok_or(bad)?)
            }
            'p' | 'P' => {
                let close = self
                    .signs
                    .iter()
                    .skip(self.at)
                    .position(|sign| *sign == '}')
                    .ok_or_else(|| bad.clone())?;
                let name: String = self.signs[self.at..self.at + close].iter().collect();
                let property = match name.as_str() {
                    "{L" => Property::Letter,
                    "{Lu" => Property::Upper,
                    "{Ll" => Property::Lower,
                    "{N" | "{Nd" => Property::Number,
                    _ => return Err(bad),
                };
                self.at += close + 1;
                (vec![Range::Of(property, sign == 'P')], false)
            }
            '1'..='9' | 'b' | 'B' | 'k' => {
                return Err(Fault { at: start as u32 + 1, code: "pattern_not_linear" });
            }
            letter if letter.is_ascii_alphanumeric() => return Err(bad),
            plain => only(plain),
        })
    }
}

impl Range {
    /// What it does not hold, if that is one range too.
    fn turned(self) -> Option<Self> {
        match self {
            Self::Of(property, not) => Some(Self::Of(property, !not)),
            Self::Between(..) => None,
        }
    }
}
