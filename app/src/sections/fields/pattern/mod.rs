//! Patterns of texts: the part of regular expressions that is matched in time proportional to pattern and text.
//!
//! The engines of browsers and of most servers go back and try again, and a pattern that somebody wrote without a thought can
//! hold them for hours. This one follows all ways at once, so that the same small code may run anywhere; in exchange there
//! are no back references and no looking around. The whole text must match, as with `pattern` in HTML.

mod read;

use super::PATTERN;
use read::Reader;

/// The most steps of a compiled pattern: `(a{1000}){1000}` is refused, not tried.
const STEPS: usize = 2_000;

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
        let tree = Reader::new(&signs).whole()?;
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
