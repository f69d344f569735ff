//! Signing in over the page, when the session ended: nothing unsaved is lost, and what failed is asked again.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Frame, Session, fetch, report::error_text};
use crate::error::Error;
use crate::markup::view;
use crate::problem::Problem;
use crate::ui::{Dialog, Tone, notice};
use crate::words::{key, problem_text, t};

/// Asks for the password when a call answers that nobody is signed in.
#[derive(Clone, Copy)]
pub struct SignInAgain {
    open: RwSignal<bool>,
    retries: StoredValue<Vec<Callback<()>>>,
}

impl SignInAgain {
    pub(super) fn new() -> Self {
        Self { open: RwSignal::new(false), retries: StoredValue::default() }
    }

    /// Opens the dialog; `retry` is run once the person has signed in.
    pub fn ask(self, retry: Option<Callback<()>>) {
        if let Some(retry) = retry {
            self.retries.update_value(|retries| retries.push(retry));
        }
        self.open.set(true);
    }

    fn done(self) {
        self.open.set(false);
        Session::get().refetch();
        let retries = self.retries.try_update_value(std::mem::take).unwrap_or_default();
        for retry in retries {
            // A page that was left meanwhile has taken its callback with it.
            retry.try_run(());
        }
    }
}

/// The dialog; one on a page.
#[component]
pub fn SignInAgainView() -> impl IntoView {
    let again = Frame::get().sign_in;
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let said = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        if again.open.get()
            && let Some(me) = Session::get().known()
        {
            email.set(me.email.clone());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let (name, secret) = (email.get_untracked(), password.get_untracked());
            let answer = fetch::post("/sign-in", &[("email", &name), ("password", &secret)]).await;
            busy.set(false);
            match answer {
                Some(answer) if answer.status < 300 => {
                    password.set(String::new());
                    said.set(None);
                    again.done();
                }
                Some(answer) => said.set(Some(refusal(answer.status, &answer.text))),
                None => said.set(Some(error_text(&Error::Busy))),
            }
        });
    };
    view! {
        <Dialog open=again.open title=t(key::SIGN_IN_AGAIN_TITLE) id="sign-in-again">
            <form class="form auth__form" method="post" action="/sign-in" on:submit=submit>
                <p>{t(key::SIGN_IN_AGAIN_TEXT)}</p>
                {move || said.get().map(|text| notice(Tone::Error, "", text, None))}
                <div class="field">
                    <div class="field__label"><label for="again-email">{t(key::EMAIL)}</label></div>
                    <div class="field__control">
                        <input class="input" id="again-email" type="email" name="email" autocomplete="username"
                            required prop:value=email on:input=move |event| email.set(event_target_value(&event))/>
                    </div>
                </div>
                <div class="field">
                    <div class="field__label"><label for="again-password">{t(key::PASSWORD)}</label></div>
                    <div class="field__control">
                        <input class="input" id="again-password" type="password" name="password" autofocus
                            autocomplete="current-password" required prop:value=password
                            on:input=move |event| password.set(event_target_value(&event))/>
                    </div>
                </div>
                <button class="button button--primary button--wide" aria-busy=move || busy.get().then_some("true")
                    aria-label=move || busy.get().then_some(t(key::SIGN_IN))>
                    <span>{t(key::SIGN_IN)}</span>
                </button>
            </form>
        </Dialog>
    }
}

/// The sentence for an answer that refuses.
fn refusal(status: u16, text: &str) -> String {
    let error = crate::value::parse_json(text).map_or(Error::SignIn, Error::of);
    match (status, error) {
        (429, _) => problem_text(&Problem::error("", "sign_in_slow")),
        (_, Error::SignIn) => problem_text(&Problem::error("", "sign_in_wrong")),
        (_, error) => error_text(&error),
    }
}
