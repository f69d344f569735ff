//! What the server says of the CSS: asked while it is typed, told to the editor and to the sample.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use serde_json::Value;

use crate::backend::CheckedCss;
use crate::calls;
use crate::form::Form;
use crate::ui::code::Finding;
use crate::words::problem_text;

/// How long the person must have stopped for: a finding shall be on the screen within 150 ms of the last key.
const PAUSE: Duration = Duration::from_millis(40);
/// A text from this length on, in UTF-16 units, has paused already when it comes here: see `LONG` in `app/js/code-editor.ts`.
const LONG: usize = 16_384;

/// The newest answer.
#[derive(Clone, Copy)]
pub(super) struct Checked {
    text: Memo<String>,
    findings: RwSignal<Vec<Finding>>,
}

impl Checked {
    /// Keeps up with the text of a form, and tells the sample what it becomes.
    pub fn follow(form: Form) -> Self {
        let text = Memo::new(move |_| form.draft.with(|draft| css_in(draft).to_owned()));
        let checked = Self { text, findings: RwSignal::new(Vec::new()) };
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let asked = StoredValue::new(0_u32);
        let ask = move || {
            let question = asked.try_update_value(|asked| {
                *asked += 1;
                *asked
            });
            leptos::task::spawn_local(async move {
                let Some(css) = text.try_get_untracked() else { return };
                let answer = calls::check_styles(css).await;
                // Only the answer to the newest question counts; a failed one leaves what is known.
                if let (Ok(answer), true) = (answer, asked.try_get_value() == question) {
                    checked.take(form, answer);
                }
            });
        };
        Effect::new(move |earlier: Option<()>| {
            let paused = text.with(|text| text.len() >= LONG && text.encode_utf16().nth(LONG - 1).is_some());
            if !form.awake.get() {
                return;
            }
            if let Some(handle) = waiting.get_value() {
                handle.clear();
            }
            // What the page opens with is asked for at once.
            let pause = if earlier.is_none() || paused { Duration::ZERO } else { PAUSE };
            waiting.set_value(set_timeout_with_handle(ask, pause).ok());
        });
        on_cleanup(move || {
            if let Some(handle) = waiting.try_get_value().flatten() {
                handle.clear();
            }
        });
        checked
    }

    fn take(self, form: Form, answer: CheckedCss) {
        let findings: Vec<Finding> = answer
            .findings
            .iter()
            .map(|one| Finding {
                line: one.line,
                column: one.column,
                offset: one.offset,
                text: problem_text(&one.problem),
                warning: one.problem.warning,
            })
            .collect();
        let wrong = findings.iter().any(|one| !one.warning);
        // Most keys change neither: whoever listens is left alone.
        if self.findings.try_with_untracked(|known| *known != findings) == Some(true) {
            self.findings.set(findings);
        }
        // While the text is broken the sample keeps what it had: it would only lose its look for a moment.
        let css = Some(answer.css);
        if !wrong && form.sample.css.try_with_untracked(|known| *known != css) == Some(true) {
            form.sample.css.set(css);
        }
    }

    /// The CSS of the draft.
    pub fn text(self) -> Memo<String> {
        self.text
    }

    /// What was found.
    pub fn findings(self) -> Signal<Vec<Finding>> {
        self.findings.into()
    }

    /// How many errors there are.
    pub fn errors(self) -> usize {
        self.findings.with(|all| all.iter().filter(|one| !one.warning).count())
    }
}

/// The CSS of a value.
pub(super) fn css_in(value: &Value) -> &str {
    value.get("css").and_then(Value::as_str).unwrap_or_default()
}
