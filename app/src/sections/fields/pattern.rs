//! Patterns of texts: the part of regular expressions that is matched in time proportional to pattern and text.
//!
//! The engines of browsers and of most servers go back and try again, and a pattern that somebody wrote without a thought can
//! hold them for hours. This one follows all ways at once, so that the same small code may run anywhere; in exchange there
//! are no back references and no looking around. The whole text must match, as with `pattern` in HTML.

use super::PATTERN;

/// The most steps of a compiled pattern: `(a{1000}){1000}` is refused, not tried.
const STEPS: usize = 2_000;
/// How deep groups may nest.
const DEPTH: usize = 32;
/// The most repetitions that a pattern may count.
const REPEATS: u32 = 1_000;

/// Why a text is no pattern of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The character at which it stands, from 1.
    pub at: u32,
    /// The key of its words: `pattern_…`.
    pub code: &'static str,
}

/// A pattern that is ready to match.
#[derive(Clone, Debug)]
pub struct Pattern {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    /// One character of these ranges, or, if `not`, of none of them.
    Sign {
        ranges: Vec<Range>,
        not: bool,
    },
    /// Both ways on.
    Fork(usize, usize),
    /// On from there.
    Go(usize),
    /// Nothing stands before this place.
    Start,
    /// Nothing stands behind it.
    End,
    Match,
}

/// Some of the characters.
#[derive(Clone, Copy, Debug)]
enum Range {
    Between(char, char),
    Of(Property, bool),
}

/// What can be told of a character without a list of them.
#[derive(Clone, Copy, Debug)]
enum Property {
    Letter,
    Upper,
    Lower,
    Number,
    Space,
}

/// What a pattern says, as a tree.
#[derive(Clone, Debug)]
enum Tree {
    Nothing,
    Sign { ranges: Vec<Range>, not: bool },
    Start,
    End,
    Row(Vec<Tree>),
    Either(Vec<Tree>),
    Repeat { inner: Box<Tree>, min: u32, max: Option<u32> },
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// It is no regular expression, or uses what cannot be matched in linear time, or would be too large.
    pub fn new(text: &str) -> Result<Self, Fault> {
        let signs: Vec<char> = text.chars().take(PATTERN + 1).collect();
        if signs.len() > PATTERN {
            return Err(Fault { at: PATTERN as u32, code: "pattern_too_large" });
        }
        let mut reader = Reader { signs: &signs, at: 0, depth: 0 };
        let tree = reader.either()?;
        if reader.at < signs.len() {
            return Err(reader.fault("pattern_unopened"));
        }
        let mut steps = Vec::new();
        let whole = Fault { at: 1, code: "pattern_too_large" };
        compile(&tree, &mut steps).ok_or(whole)?;
        steps.push(Step::Match);
        Ok(Self { steps })
    }

    /// Does the whole of `text` match?
    pub fn matches(&self, text: &str) -> bool {
        let mut now = Threads::new(self.steps.len());
        let mut next = Threads::new(self.steps.len());
        let mut signs = text.chars().peekable();
        now.add(&self.steps, 0, true, signs.peek().is_none());
        while let Some(sign) = signs.next() {
            let last = signs.peek().is_none();
            next.clear();
            for at in std::mem::take(&mut now.list) {
                if let Step::Sign { ranges, not } = &self.steps[at]
                    && ranges.iter().any(|range| range.holds(sign)) != *not
                {
                    next.add(&self.steps, at + 1, false, last);
                }
            }
            std::mem::swap(&mut now, &mut next);
            if now.list.is_empty() {
                return false;
            }
        }
        now.list.iter().any(|at| matches!(self.steps[*at], Step::Match))
    }
}

/// The places of a pattern that a text may have come to.
struct Threads {
    list: Vec<usize>,
    /// The turn in which a place was met last; turns are counted from 1.
    met: Vec<u32>,
    turn: u32,
}

impl Threads {
    fn new(steps: usize) -> Self {
        Self { list: Vec::new(), met: vec![0; steps], turn: 1 }
    }

    fn clear(&mut self) {
        self.list.clear();
        self.turn += 1;
    }

    /// Adds a place and those that are reached from it without a character.
    fn add(&mut self, steps: &[Step], from: usize, first: bool, last: bool) {
        let mut waiting = vec![from];
        while let Some(at) = waiting.pop() {
            if std::mem::replace(&mut self.met[at], self.turn) == self.turn {
                continue;
            }
            match &steps[at] {
                Step::Go(to) => waiting.push(*to),
                Step::Fork(one, other) => waiting.extend([*other, *one]),
                Step::Start if first => waiting.push(at + 1),
                Step::End if last => waiting.push(at + 1),
                Step::Start | Step::End => {}
                Step::Sign { .. } | Step::Match => self.list.push(at),
            }
        }
    }
}

impl Range {
    fn holds(self, sign: char) -> bool {
        match self {
            Self::Between(from, to) => (from..=to).contains(&sign),
            Self::Of(property, not) => {
                let is = match property {
                    Property::Letter => sign.is_alphabetic(),
                    Property::Upper => sign.is_uppercase(),
                    Property::Lower => sign.is_lowercase(),
                    Property::Number => sign.is_numeric(),
                    Property::Space => sign.is_whitespace(),
                };
                is != not
            }
        }
    }
}

/// Writes the steps of a tree; none when they become too many.
fn compile(tree: &Tree, steps: &mut Vec<Step>) -> Option<()> {
    if steps.len() > STEPS {
        return None;
    }
    match tree {
        Tree::Nothing => {}
        Tree::Sign { ranges, not } => steps.push(Step::Sign { ranges: ranges.clone(), not: *not }),
        Tree::Start => steps.push(Step::Start),
        Tree::End => steps.push(Step::End),
        Tree::Row(parts) => {
            for part in parts {
                compile(part, steps)?;
            }
        }
        Tree::Either(ways) => {
            let mut ends = Vec::new();
            for (n, way) in ways.iter().enumerate() {
                if n + 1 == ways.len() {
                    compile(way, steps)?;
                } else {
                    let fork = steps.len();
                    steps.push(Step::Fork(fork + 1, 0));
                    compile(way, steps)?;
                    ends.push(steps.len());
                    steps.push(Step::Go(0));
                    steps[fork] = Step::Fork(fork + 1, steps.len());
                }
            }
            let end = steps.len();
            for at in ends {
                steps[at] = Step::Go(end);
            }
        }
        Tree::Repeat { inner, min, max } => {
            for _ in 0..*min {
                compile(inner, steps)?;
            }
            match max {
                None => {
                    let fork = steps.len();
                    steps.push(Step::Fork(fork + 1, 0));
                    compile(inner, steps)?;
                    steps.push(Step::Go(fork));
                    steps[fork] = Step::Fork(fork + 1, steps.len());
                }
                Some(max) => {
                    let mut forks = Vec::new();
                    for _ in *min..*max {
                        forks.push(steps.len());
                        steps.push(Step::Fork(steps.len() + 1, 0));
                        compile(inner, steps)?;
                    }
                    let end = steps.len();
                    for fork in forks {
                        steps[fork] = Step::Fork(fork + 1, end);
                    }
                }
            }
        }
    }
    (steps.len() <= STEPS).then_some(())
}

/// Reads a pattern from left to right.
struct Reader<'p> {
    signs: &'p [char],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
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

/// The codes of the faults, for the test that each has its sentence.
pub const CODES: [&str; 8] = [
    "pattern_too_large",
    "pattern_unopened",
    "pattern_unclosed",
    "pattern_nothing_repeats",
    "pattern_bad_count",
    "pattern_not_linear",
    "pattern_bad_escape",
    "pattern_bad_range",
];
