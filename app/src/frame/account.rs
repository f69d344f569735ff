//! My account: who I am, my password, language and theme, the places where I am signed in, the way to my own replies.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::header::{here, theme_word, wear};
use super::{Frame, Theme, failed, report, report_and, title};
use crate::ask::{Asked, ask};
use crate::backend::{Me, SessionView};
use crate::calls::{self, question};
use crate::error::Error;
use crate::markup::{Node, awaited, view};
use crate::ui::{Button, Confirm, LoadingShape, Tone, awake, badge, icon, loading, notice, time};
use crate::words::{Language, key, language, t, tf};

/// `/account`
pub(super) fn read() -> Asked {
    ask(question::sessions)
}

/// Draws it.
pub(super) fn page(sessions: Asked) -> Node {
    let session = Frame::get().session;
    view! {
        {title(t(key::MY_ACCOUNT))}
        <section class="pane" aria-labelledby="title">
            <header class="pane__head"><h1 class="pane__title" id="title">{t(key::MY_ACCOUNT)}</h1></header>
            <div class="pane__body stack stack--loose">
                {awaited(|| loading(LoadingShape::Lines, 3), move || match session.me() {
                        Some(Ok(me)) => about(&me),
                        Some(Err(error)) => failed(&error, Callback::new(move |()| session.refetch())),
                        None => loading(LoadingShape::Lines, 3),
                    })}
                <Appearance/>
                <ChangePassword sessions=sessions/>
                <Sessions sessions=sessions/>
            </div>
        </section>
    }
}

fn about(me: &Me) -> Node {
    let fact = |word, value: &str| view! { <div class="facts__fact"><dt>{t(word)}</dt><dd>{value.to_owned()}</dd></div> };
    let replies = me.has("replies.own").then(|| {
        view! {
            <p><a class="button button--plain" href="/account/replies">
                {icon("message-square-quote")} <span>{t(key::OWN_REPLIES)}</span>
            </a></p>
        }
    });
    view! {
        <dl class="facts">
            {fact(key::NAME, &me.name)} {fact(key::EMAIL, &me.email)} {fact(key::ROLE, &me.role)}
        </dl>
        {replies}
    }
}

/// Language and theme, by forms that work without a script.
#[component]
fn Appearance() -> impl IntoView {
    let theme = Frame::get().theme;
    let here = here();
    let languages = Language::ALL
        .into_iter()
        .map(|choice| {
            let pressed = if choice == language() { "true" } else { "false" };
            view! {
                <button class="button button--plain" name="language" value=choice.tag() lang=choice.tag()
                    aria-pressed=pressed>{choice.own_name()}</button>
            }
        })
        .collect::<Vec<_>>();
    let themes = Theme::ALL
        .into_iter()
        .map(|choice| {
            let pressed = move || if theme.get() == choice { "true" } else { "false" };
            let press = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                wear(choice);
            };
            view! {
                <button class="button button--plain" name="theme" value=choice.key() aria-pressed=pressed on:click=press>
                    {icon(choice.icon())} <span>{t(theme_word(choice))}</span>
                </button>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="stack" aria-labelledby="appearance">
            <h2 id="appearance">{t(key::APPEARANCE)}</h2>
            <form method="post" action="/language">
                <input type="hidden" name="next" value=move || here.get()/>
                <div class="buttons" role="group" aria-label=t(key::PAGE_LANGUAGE)>{languages}</div>
            </form>
            <form method="post" action="/theme">
                <input type="hidden" name="next" value=move || here.get()/>
                <div class="buttons" role="group" aria-label=t(key::THEME)>{themes}</div>
            </form>
        </section>
    }
}

#[component]
fn ChangePassword(sessions: Asked) -> impl IntoView {
    let (current, new, repeat) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let said = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let awake = awake();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if new.get_untracked() != repeat.get_untracked() {
            said.set(Some(t(key::PASSWORD_DIFFERS).into()));
            return;
        }
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            let answer = calls::change_password(current.get_untracked(), new.get_untracked()).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    for field in [current, new, repeat] {
                        field.set(String::new());
                    }
                    super::toasts().say(t(key::PASSWORD_CHANGED), None);
                    sessions.refetch();
                }
                Err(Error::Forbidden { .. }) => said.set(Some(t(key::PASSWORD_WRONG).into())),
                Err(Error::SignIn) => report(&Error::SignIn),
                Err(error) => said.set(Some(super::error_text(&error))),
            }
        });
    };
    let field = move |id: &'static str, word, complete: &'static str, value: RwSignal<String>| {
        view! {
            <div class="field">
                <div class="field__label"><label for=id>{t(word)}</label></div>
                <div class="field__control">
                    <input class="input" id=id type="password" autocomplete=complete required
                        disabled prop:disabled=move || !awake.get()
                        prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
                </div>
            </div>
        }
    };
    view! {
        <form class="form stack" method="post" action="/account" on:submit=submit aria-labelledby="change-password">
            <h2 id="change-password">{t(key::CHANGE_PASSWORD)}</h2>
            {move || said.get().map(|text| notice(Tone::Error, "", text, None))}
            {field("password-current", key::CURRENT_PASSWORD, "current-password", current)}
            {field("password-new", key::NEW_PASSWORD, "new-password", new)}
            {field("password-repeat", key::REPEAT_PASSWORD, "new-password", repeat)}
            <div class="row">
                <button class="button button--plain" aria-busy=move || busy.get().then_some("true")
                    aria-label=move || busy.get().then_some(t(key::CHANGE_PASSWORD))
                    disabled prop:disabled=move || !awake.get()>
                    {icon("key-round")} <span>{t(key::CHANGE_PASSWORD)}</span>
                </button>
            </div>
        </form>
    }
}

#[component]
fn Sessions(sessions: Asked) -> impl IntoView {
    let asking = RwSignal::new(false);
    let end = Callback::new(move |id: String| end_session(id, sessions));
    let asleep = {
        let awake = awake();
        Signal::derive(move || !awake.get())
    };
    view! {
        <section class="stack" aria-labelledby="sessions">
            <h2 id="sessions">{t(key::SESSIONS)}</h2>
            {awaited(|| loading(LoadingShape::Rows, 3), move || match sessions.get().map(|answer| answer.read::<Vec<SessionView>>()) {
                    Some(Ok(list)) => table(&list, end, asleep),
                    Some(Err(error)) => failed(&error, Callback::new(move |()| sessions.refetch())),
                    None => loading(LoadingShape::Rows, 3),
                })}
            <div class="row">
                <Button icon="log-out" word=t(key::SESSIONS_END_OTHERS) disabled=asleep press=move |_| asking.set(true)/>
            </div>
            <Confirm open=asking id="end-sessions" title=t(key::SESSIONS_END_TITLE) text=t(key::SESSIONS_END_TEXT)
                word=t(key::SESSIONS_END_OTHERS) run=move |()| end.run(String::new())/>
        </section>
    }
}

fn table(list: &[SessionView], end: Callback<String>, asleep: Signal<bool>) -> Node {
    let rows = list
        .iter()
        .cloned()
        .map(|session| {
            let SessionView { id, current, created, seen, browser, agent, address } = session;
            let label = tf(key::SESSION_END_OF, &[("agent", &browser)]);
            let action = if current {
                badge(Tone::Ok, t(key::SESSION_CURRENT))
            } else {
                view! {
                    <button type="button" class="button button--quiet button--small" aria-label=label
                        disabled=move || asleep.get() on:click=move |_| end.run(id.clone())>
                        {icon("log-out")} <span>{t(key::SESSION_END)}</span>
                    </button>
                }
            };
            view! {
                <tr class="table__row">
                    <td class="table__main"><span title=agent>{browser}</span></td>
                    <td data-label=t(key::ADDRESS)>{address}</td>
                    <td data-label=t(key::SESSION_BEGAN)>{time(&created)}</td>
                    <td data-label=t(key::SESSION_SEEN)>{time(&seen)}</td>
                    <td class="table__actions">{action}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="table">
            <table class="table__grid">
                <caption class="visually-hidden">{t(key::SESSIONS)}</caption>
                <thead><tr>
                    <th scope="col">{t(key::BROWSER)}</th>
                    <th scope="col">{t(key::ADDRESS)}</th>
                    <th scope="col">{t(key::SESSION_BEGAN)}</th>
                    <th scope="col">{t(key::SESSION_SEEN)}</th>
                    <th scope="col"><span class="visually-hidden">{t(key::ACTIONS)}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Ends one session, or all others when `id` is empty.
fn end_session(id: String, sessions: Asked) {
    spawn_local(async move {
        let word = if id.is_empty() { key::SESSIONS_ENDED } else { key::SESSION_ENDED };
        match calls::end_session(id.clone()).await {
            Ok(()) => {
                super::toasts().say(t(word), None);
                sessions.refetch();
            }
            Err(error) => {
                report_and(&error, Some(Callback::new(move |()| end_session(id.clone(), sessions))));
            }
        }
    });
}
