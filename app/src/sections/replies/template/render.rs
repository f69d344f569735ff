//! Filling a template in for one dialog.

use super::{PartKind, Template};
use std::ops::Range;

/// A reply ready for the operator's text field.
///
/// Offsets are in UTF-16 code units, the unit of `selectionStart` in a browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// What to put into the field.
    pub text: String,
    /// Where the cursor goes when the slots are done.
    pub cursor_utf16: Option<usize>,
    /// What the operator tabs through, in the order of the text.
    pub slots: Vec<Slot>,
    /// Variables that had no value and no fallback, each once; they left nothing in the text.
    pub missing: Vec<String>,
}

/// A blank for the operator; it stands in the text as `[label]` until it is typed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What to fill in.
    pub label: String,
    /// Every place that takes what is typed, brackets included, in UTF-16 code units.
    pub ranges_utf16: Vec<Range<usize>>,
}

impl Template<'_> {
    /// Fills the template in; `values` gives the value of a variable by its name.
    ///
    /// A value of nothing but white space counts as missing. What an empty variable leaves behind is mended: one of
    /// two spaces, the space and the comma before a full stop, the comma that would open a line.
    ///
    /// ```
    /// use app::sections::replies::template::Template;
    /// let template = Template::parse("Вітаю, {{client.first_name}}! Ваш номер {{dialog.id}}.");
    /// let rendered = template.render(&|name| (name == "dialog.id").then(|| "42".to_owned()));
    /// assert_eq!(rendered.text, "Вітаю! Ваш номер 42.");
    /// assert_eq!(rendered.missing, ["client.first_name"]);
    /// ```
    pub fn render(&self, values: &dyn Fn(&str) -> Option<String>) -> Rendered {
        let mut draft = Draft::default();
        let mut rendered = Rendered::default();
        for part in &self.parts {
            match &part.kind {
                PartKind::Text(text) => draft.text(text),
                PartKind::Broken => draft.push(part.source),
                PartKind::Variable { name, fallback } => match (values(name), fallback) {
                    (Some(value), _) if !value.trim().is_empty() => draft.push(&value),
                    (_, Some(fallback)) if !fallback.is_empty() => draft.push(fallback),
                    (_, fallback) => {
                        draft.gap = true;
                        if fallback.is_none() && !rendered.missing.iter().any(|missing| missing == name) {
                            rendered.missing.push((*name).to_owned());
                        }
                    }
                },
                PartKind::Slot { label } => {
                    let start = draft.utf16;
                    for piece in ["[", label, "]"] {
                        draft.push(piece);
                    }
                    let range = start..draft.utf16;
                    match rendered.slots.iter_mut().find(|slot| slot.label == **label) {
                        Some(slot) => slot.ranges_utf16.push(range),
                        None => {
                            rendered.slots.push(Slot { label: label.to_string(), ranges_utf16: vec![range] });
                        }
                    }
                }
                PartKind::Cursor => {
                    // The operator writes here, perhaps the very value that is missing: its spaces stay.
                    draft.keep();
                    rendered.cursor_utf16 = Some(draft.utf16);
                }
            }
        }
        rendered.text = draft.finish();
        rendered
    }
}

/// The text so far.
#[derive(Default)]
struct Draft {
    text: String,
    /// The length of the text in UTF-16 code units.
    utf16: usize,
    /// An empty variable stood last, and what surrounds it is yet to be mended.
    gap: bool,
    /// Mending takes nothing off before this byte: an offset has been given out.
    kept: usize,
}

impl Draft {
    /// Leaves what is written so far as it is.
    fn keep(&mut self) {
        self.gap = false;
        self.kept = self.text.len();
    }

    /// Adds what is not to be mended.
    fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.utf16 += piece.encode_utf16().count();
        self.gap = false;
    }

    /// Adds plain text of the template, mending it where an empty variable stood before it.
    fn text(&mut self, text: &str) {
        let mut piece = text;
        if self.gap {
            if self.text.is_empty() || self.text.ends_with('\n') {
                piece = without_opening(piece);
            } else if self.text.ends_with(is_space) {
                if let Some(rest) = piece.strip_prefix(is_space) {
                    piece = rest;
                }
                if piece.starts_with(['.', ',', ';', ':', '!', '?', '…', '\n']) {
                    self.trim(is_space);
                }
            }
            if piece.starts_with(['.', ',', ';', ':', '!', '?', '…']) {
                self.trim(|c| c == ',');
            }
        }
        if !piece.is_empty() {
            self.push(piece);
        }
    }

    /// Takes matching characters, each one code unit, off the end.
    fn trim(&mut self, what: impl Fn(char) -> bool) {
        while self.text.len() > self.kept && self.text.ends_with(&what) {
            self.text.pop();
            self.utf16 -= 1;
        }
    }

    /// The text, mended at its end too: `Дякую, ` without the name is `Дякую`.
    fn finish(mut self) -> String {
        if self.gap && self.text.ends_with(is_space) {
            self.trim(is_space);
            self.trim(|c| c == ',');
        }
        self.text
    }
}

/// A space inside a line.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}')
}

/// The text that follows an empty variable at the start of a line, without the punctuation that belonged to it.
fn without_opening(text: &str) -> &str {
    let after = text.strip_prefix([',', '.', ';', ':', '!', '?']).unwrap_or(text);
    if after.is_empty() || after.starts_with(char::is_whitespace) {
        after.trim_start_matches(is_space)
    } else {
        text
    }
}
