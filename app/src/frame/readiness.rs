//! What stands in the way of work, on the start page: graded, linked to its cure, silenced with a reason and brought back.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{error_text, report_and};
use crate::ask::Asked;
use crate::backend::{Finding, Silenced};
use crate::calls;
use crate::error::Error;
use crate::markup::{Node, view};
use crate::ui::field::{Said, sentences};
use crate::ui::{Button, Dialog, IconButton, Kind, icon, plain_time};
use crate::words::{finding_text, key, t, tf, tn};

/// Draws the findings; `overview` is read anew once one was silenced.
pub(super) fn readiness(findings: &[Finding], overview: Asked) -> Node {
    let question = Question {
        of: RwSignal::new((String::new(), String::new())),
        open: RwSignal::new(false),
        reason: RwSignal::new(String::new()),
        refused: RwSignal::new(None),
        overview,
    };
    let (silent, told): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.silenced.is_some());
    let told = if told.is_empty() {
        view! { <p class="card__note">{t(key::READINESS_NONE)}</p> }
    } else {
        view! { <ul class="readiness">{told.into_iter().map(|of| finding(of, question)).collect::<Vec<_>>()}</ul> }
    };
    let count = silent.len() as i64;
    let silent = (count > 0).then(|| {
        let lines: Vec<_> = silent.into_iter().map(|of| finding(of, question)).collect();
        view! {
            <details class="readiness__silent">
                <summary>{tn(key::SILENCED_N, count)}</summary>
                <ul class="readiness">{lines}</ul>
            </details>
        }
    });
    view! {
        <section class="card">
            <h2 class="card__title">{t(key::READINESS)}</h2>
            {told}
            {silent}
            {question.dialog()}
        </section>
    }
}

fn finding(finding: &Finding, question: Question) -> Node {
    let (class, picture, grade) = match &*finding.grade {
        "blocks" => ("readiness__item readiness__item--blocks", "circle-alert", key::GRADE_BLOCKS),
        "should_fix" => ("readiness__item readiness__item--fix", "triangle-alert", key::GRADE_SHOULD_FIX),
        _ => ("readiness__item readiness__item--note", "info", key::GRADE_NOTE),
    };
    let text = finding_text(finding);
    let why = finding.silenced.as_ref().map(|Silenced { by, at, reason }| {
        let why = tf(key::SILENCED_BY, &[("name", by), ("when", &plain_time(at)), ("reason", reason)]);
        view! { <span class="readiness__why">{why}</span> }
    });
    let act = finding.may_silence.then(|| {
        let (id, name) = (finding.id.clone(), text.clone());
        if finding.silenced.is_some() {
            let word = tf(key::UNSILENCE_OF, &[("name", &name)]);
            view! { <IconButton icon="bell" word=word small=true press=move |_| question.bring_back(id.clone())/> }
        } else {
            let word = tf(key::SILENCE_OF, &[("name", &name)]);
            view! { <IconButton icon="bell-off" word=word small=true press=move |_| question.ask(&id, &name)/> }
        }
    });
    view! {
        <li class=class>
            {icon(picture)}
            <div class="readiness__text">
                <span class="readiness__grade">{t(grade)}</span> " " <a href=finding.href.clone()>{text}</a> {why}
            </div>
            {act}
        </li>
    }
}

/// The question for the reason.
#[derive(Clone, Copy)]
struct Question {
    /// The name of the finding, and its sentence.
    of: RwSignal<(String, String)>,
    open: RwSignal<bool>,
    reason: RwSignal<String>,
    refused: RwSignal<Option<String>>,
    overview: Asked,
}

impl Question {
    fn ask(self, id: &str, text: &str) {
        self.of.set((id.to_owned(), text.to_owned()));
        self.reason.set(String::new());
        self.refused.set(None);
        self.open.set(true);
    }

    fn silence(self) {
        spawn_local(async move {
            let (id, reason) = (self.of.get_untracked().0, self.reason.get_untracked());
            let answer = calls::silence(id, reason).await;
            // The page may have been left meanwhile.
            if self.open.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.open.set(false);
                    self.overview.refetch();
                }
                Err(Error::SignIn) => {
                    report_and(&Error::SignIn, Some(Callback::new(move |()| self.silence())));
                }
                Err(error) => self.refused.set(Some(error_text(&error))),
            }
        });
    }

    fn bring_back(self, id: String) {
        spawn_local(async move {
            match calls::unsilence(id.clone()).await {
                Ok(()) => self.overview.refetch(),
                Err(error) => report_and(&error, Some(Callback::new(move |()| self.bring_back(id.clone())))),
            }
        });
    }

    fn dialog(self) -> Node {
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            self.silence();
        };
        let said = move || {
            let refused = self.refused.get().map(|text| Said { text, warning: false });
            sentences("silence-reason-problem", &refused.into_iter().collect::<Vec<_>>())
        };
        let foot = view! {
            <Button word=t(key::NOT_NOW) press=move |_| self.open.set(false)/>
            <Button kind=Kind::Primary word=t(key::SILENCE) press=move |_| self.silence()/>
        };
        view! {
            <Dialog open=self.open title=t(key::SILENCE_TITLE) id="silence" foot=foot>
                <form class="stack" method="post" action="/settings" on:submit=submit>
                    <p>{move || self.of.with(|(_, text)| text.clone())}</p>
                    <p>{t(key::SILENCE_TEXT)}</p>
                    <div class="field field--wide">
                        <div class="field__label"><label for="silence-reason">{t(key::SILENCE_REASON)}</label></div>
                        <div class="field__control">
                            <input class="input" id="silence-reason" autofocus maxlength="400" autocomplete="off"
                                aria-describedby="silence-reason-problem" prop:value=self.reason
                                on:input=move |event| self.reason.set(event_target_value(&event))/>
                        </div>
                        {said}
                    </div>
                </form>
            </Dialog>
        }
    }
}
