//! Style sheets of the operator panel: checked by a parser, confined to the panel, published.
//!
//! A text goes through three readers. `lint` walks its tokens: how deep it nests, what it loads, which names it uses. `syntax`
//! parses it as CSS. `scope` flattens it, puts every selector inside the panel's root and minifies it. Whatever the text, the
//! last two run on a thread of their own, with a stack for the nesting that `lint` lets through.

mod lint;
mod names;
mod place;
pub mod publish;
mod scope;
mod syntax;
mod url;

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use app::backend::{CheckedCss, CssFinding};
use app::problem::{Problem, Problems};
use app::sections::instance::Instance;
use sha2::{Digest, Sha256};

use place::Places;

use crate::settings::Snapshot;

/// The most findings that one check tells.
const MOST_FINDINGS: usize = 200;
/// The most errors that a commit is refused with; all of them are in the editor.
const MOST_ERRORS: usize = 20;
/// The stack of a check, in bytes: `lint::DEEPEST` levels of the parser with room to spare.
const STACK: usize = 32 * 1024 * 1024;
/// So many outcomes are remembered: what is being typed is asked for several times.
const REMEMBERED: usize = 8;

/// Something found at a place of the text, given as the parsers count: lines from 0, columns from 1 in UTF-16 units.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    line: u32,
    column: u32,
    problem: Problem,
}

impl Found {
    fn error(line: u32, column: u32, code: &str) -> Self {
        Self { line, column, problem: Problem::error("/css", code) }
    }

    fn warning(line: u32, column: u32, code: &str) -> Self {
        Self { line, column, problem: Problem::warning("/css", code) }
    }

    fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.problem = self.problem.with(name, value);
        self
    }
}

/// The hosts that style sheets may load from.
pub fn hosts(snapshot: &Snapshot) -> Vec<String> {
    let instance: Instance = snapshot.typed(0).unwrap_or_default();
    instance.style_hosts.into_iter().map(|host| host.0).collect()
}

type Known = VecDeque<([u8; 32], Arc<CheckedCss>)>;
static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(|| Mutex::new(VecDeque::new()));

/// Checks a text whose `url()` may name these hosts. Without errors the answer also holds the style sheet as it would be
/// published.
pub fn check(css: &str, hosts: &[String]) -> Arc<CheckedCss> {
    let mut hash = Sha256::new();
    hash.update(css);
    for host in hosts {
        hash.update([0]);
        hash.update(host);
    }
    let name: [u8; 32] = hash.finalize().into();
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, outcome)) = known.iter().find(|(known, _)| *known == name) {
        return outcome.clone();
    }
    drop(known);
    let outcome = Arc::new(work(css, hosts));
    known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.truncate(REMEMBERED - 1);
    known.push_front((name, outcome.clone()));
    outcome
}

/// What a commit says to it: errors with their places, and each kind of warning once for each name. A warning that only moved
/// with the text is not a new one.
pub fn problems(css: &str, hosts: &[String], problems: &mut Problems) {
    let outcome = check(css, hosts);
    let (mut errors, mut told) = (0, Vec::new());
    for finding in &outcome.findings {
        let mut problem = finding.problem.clone();
        if problem.warning {
            if told.contains(&problem) {
                continue;
            }
            told.push(problem.clone());
        } else {
            errors += 1;
            if errors > MOST_ERRORS {
                continue;
            }
            problem = problem.with("line", finding.line).with("column", finding.column);
        }
        problems.push(problem);
    }
}

fn work(css: &str, hosts: &[String]) -> CheckedCss {
    let mut found = Vec::new();
    let mut sheet = scope::Scoped::default();
    if lint::lint(css, hosts, &mut found) {
        // What the parser does with strange texts is not ours to promise: a panic or a stack too small ends there.
        let parse = || {
            let mut found = Vec::new();
            let sheet = if syntax::check(css, &mut found) { scope::scope(css, &mut found) } else { None };
            (sheet, found)
        };
        let parsed = std::thread::scope(|scope| {
            let thread =
                std::thread::Builder::new().stack_size(STACK).name("css".into()).spawn_scoped(scope, parse);
            thread.ok().and_then(|thread| thread.join().ok())
        });
        match parsed {
            Some((scoped, more)) => {
                found.extend(more);
                sheet = scoped.unwrap_or_default();
            }
            None => found.push(Found::error(0, 1, "css_unread")),
        }
    }
    found.sort_by_key(|one| (one.line, one.column, one.problem.warning));
    found.dedup_by(|one, other| {
        one.line == other.line && one.column == other.column && one.problem.code == other.problem.code
    });
    if found.iter().any(|one| !one.problem.warning) {
        sheet = scope::Scoped::default();
    }
    // Errors are told before warnings crowd them out.
    if found.len() > MOST_FINDINGS {
        found.sort_by_key(|one| one.problem.warning);
        found.truncate(MOST_FINDINGS);
        found.sort_by_key(|one| (one.line, one.column));
    }
    let places = Places::of(css);
    let findings = found
        .into_iter()
        .map(|one| {
            let (line, column, offset) = places.place(one.line, one.column);
            CssFinding { line, column, offset, problem: one.problem }
        })
        .collect();
    CheckedCss { findings, imports: sheet.imports, css: sheet.rules }
}

#[cfg(test)]
mod tests;
