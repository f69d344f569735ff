//! Reading a template: one pass over the bytes, in time linear in the text.

use super::escape::unescape;
use super::{Part, PartKind, Template};
use crate::text::graphemes;
use std::borrow::Cow;
use std::ops::Range;

/// Reads a text into parts that cover it without gaps, and lists what is wrong with it.
pub(super) fn parse(text: &str) -> Template<'_> {
    let template = Template { parts: Vec::new(), problems: Vec::new() };
    let mut reader = Reader { text, template, line: 1, column: 1, has_cursor: false };
    let mut read = 0;
    // The end of a line known to lack a `}}`: its further tags are not searched for one again.
    let mut lacking = 0;
    while let Some(open) = tokens(text, read).find(|(_, token)| *token == Token::Open).map(|(at, _)| at) {
        reader.text(read..open, true);
        read = match tokens(text, open + 2).next() {
            Some((close, Token::Close)) => reader.tag(open..close + 2),
            Some((inner, Token::Open)) if open < lacking => reader.broken(open..inner, "tag_unclosed"),
            Some((inner, Token::Open)) => match outer_close(text, open) {
                Ok(close) => reader.broken(open..close + 2, "tag_nested"),
                Err(line_end) => {
                    lacking = line_end;
                    reader.broken(open..inner, "tag_unclosed")
                }
            },
            Some((line_end, Token::LineEnd)) => reader.broken(open..line_end, "tag_unclosed"),
            None => reader.broken(open..text.len(), "tag_unclosed"),
        };
    }
    reader.text(read..text.len(), false);
    reader.template
}

/// What matters while looking for the bounds of tags.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    /// `{{`, not escaped.
    Open,
    /// `}}`.
    Close,
    /// A line feed.
    LineEnd,
}

/// The tokens from byte `from` on, each with the byte where it begins.
fn tokens(text: &str, from: usize) -> impl Iterator<Item = (usize, Token)> {
    let bytes = text.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            let (length, token) = match *bytes.get(at..)? {
                [] => return None,
                [b'{', b'{', ..] => (2, Some(Token::Open)),
                [b'}', b'}', ..] => (2, Some(Token::Close)),
                [b'\n', ..] => (1, Some(Token::LineEnd)),
                [b'\\', b'\\' | b'{', ..] => (2, None),
                _ => (1, None),
            };
            let start = at;
            at += length;
            if let Some(token) = token {
                return Some((start, token));
            }
        }
    })
}

/// The `}}` that closes the tag opened at `open` when tags inside it are counted, or the end of the line without one.
fn outer_close(text: &str, open: usize) -> Result<usize, usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens(text, open) {
        match token {
            Token::Open => depth += 1,
            Token::Close if depth == 1 => return Ok(at),
            Token::Close => depth -= 1,
            Token::LineEnd => return Err(at),
        }
    }
    Err(text.len())
}

/// Collects parts and keeps count of lines and columns.
struct Reader<'a> {
    text: &'a str,
    template: Template<'a>,
    line: usize,
    column: usize,
    has_cursor: bool,
}

impl<'a> Reader<'a> {
    /// Adds plain text, if there is any.
    fn text(&mut self, span: Range<usize>, tag_follows: bool) {
        if !span.is_empty() {
            let kind = PartKind::Text(unescape(&self.text[span.clone()], tag_follows));
            self.part(span, kind);
        }
    }

    /// Adds a tag that can't be read; gives the byte where reading goes on.
    fn broken(&mut self, span: Range<usize>, code: &'static str) -> usize {
        let end = span.end;
        let whole = 0..span.len();
        self.part(span, PartKind::Broken);
        self.problem(code, whole);
        end
    }

    /// Adds the tag between `{{` and its `}}`; gives the byte where reading goes on.
    fn tag(&mut self, span: Range<usize>) -> usize {
        let source = &self.text[span.clone()];
        let inside = &source[2..source.len() - 2];
        let content = inside.trim();
        if inside.contains(['{', '}']) {
            return self.broken(span, "tag_nested");
        }
        if content.is_empty() {
            return self.broken(span, "tag_empty");
        }
        if let Some(label) = content.strip_prefix('?') {
            return match (label.contains('|'), spaced(label)) {
                (true, _) => self.broken(span, "slot_fallback"),
                (false, label) if label.is_empty() => self.broken(span, "slot_unnamed"),
                (false, label) => self.part(span, PartKind::Slot { label }),
            };
        }
        let (name, fallback) = match content.split_once('|') {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
            None => (content, None),
        };
        match (name, fallback) {
            ("", Some("")) => self.cursor(span),
            ("", _) => self.broken(span, "variable_unnamed"),
            _ => {
                let end = self.part(span, PartKind::Variable { name, fallback });
                let after_name = source.find('|').unwrap_or_default()..source.len() - 2;
                match fallback {
                    Some("") => self.problem("fallback_empty", after_name),
                    Some(fallback) if fallback.contains('|') => self.problem("fallback_twice", after_name),
                    _ => {}
                }
                end
            }
        }
    }

    /// Adds the cursor, once; gives the byte where reading goes on.
    fn cursor(&mut self, span: Range<usize>) -> usize {
        if std::mem::replace(&mut self.has_cursor, true) {
            return self.broken(span, "cursor_twice");
        }
        self.part(span, PartKind::Cursor)
    }

    /// Adds a part and moves on to its end.
    fn part(&mut self, span: Range<usize>, kind: PartKind<'a>) -> usize {
        let source = &self.text[span.clone()];
        let end = span.end;
        self.template.parts.push(Part { source, span, line: self.line, column: self.column, kind });
        match source.rsplit_once('\n') {
            Some((lines, last)) => {
                self.line += 1 + lines.matches('\n').count();
                self.column = 1 + graphemes(last);
            }
            None => self.column += graphemes(source),
        }
        end
    }

    /// Notes a problem with bytes of the part added last.
    fn problem(&mut self, code: &'static str, within: Range<usize>) {
        if let Some(part) = self.template.parts.last() {
            let problem = part.problem(code, within);
            self.template.problems.push(problem);
        }
    }
}

/// A label with single spaces inside and none at its ends.
fn spaced(label: &str) -> Cow<'_, str> {
    let label = label.trim();
    if label.split(char::is_whitespace).any(str::is_empty)
        || label.contains(|c: char| c != ' ' && c.is_whitespace())
    {
        Cow::Owned(label.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(label)
    }
}
