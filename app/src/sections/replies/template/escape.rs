//! Backslashes before braces: how a literal `{{` is written and read.

use std::borrow::Cow;

/// Plain text as a template that says just that: for importing texts written without tags in mind.
///
/// ```
/// use app::sections::replies::template::escape;
/// assert_eq!(escape("{{name}} та {один}"), "\\{{name}} та {один}");
/// ```
pub fn escape(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len());
    escape_into(&mut text, plain, false);
    text
}

/// Writes plain text so that it reads as itself; `tag_follows` when `{{` comes right after it.
pub(super) fn escape_into(text: &mut String, plain: &str, tag_follows: bool) {
    let mut backslashes = 0;
    let mut rest = plain.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\\' {
            backslashes += 1;
            let brace_follows = rest.peek().map_or(tag_follows, |next| *next == '{');
            if rest.peek() != Some(&'\\') {
                let written = if brace_follows { backslashes * 2 } else { backslashes };
                text.extend(std::iter::repeat_n('\\', written));
                backslashes = 0;
            }
            continue;
        }
        if c == '{' && rest.peek().map_or(tag_follows, |next| *next == '{') {
            text.push('\\');
        }
        text.push(c);
    }
}

/// Reads the escapes of a piece of text between tags; `tag_follows` when `{{` comes right after it.
pub(super) fn unescape(source: &str, tag_follows: bool) -> Cow<'_, str> {
    if !source.contains('\\') {
        return Cow::Borrowed(source);
    }
    let mut plain = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches('\\');
        let backslashes = rest.len() - at - after.len();
        let brace_follows = if after.is_empty() { tag_follows } else { after.starts_with('{') };
        let read = if brace_follows { backslashes / 2 } else { backslashes };
        plain.extend(std::iter::repeat_n('\\', read));
        rest = after;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
