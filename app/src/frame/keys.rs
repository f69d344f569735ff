//! `/access/keys`: the API keys of the instance, made, shown once and revoked by whoever holds the right.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{NotFound, copy, error_text, failed, report, title, toasts};
use crate::ask::{Asked, ask};
use crate::backend::{Found, KeyView, Keys, NewKey};
use crate::calls::{self, question};
use crate::error::Error;
use crate::markup::{IntoNode, Node, awaited, view};
use crate::problem::Problems;
use crate::ui::field::{Said, sentences};
use crate::ui::{
    Button, Confirm, Dialog, LoadingShape, Tone, awake, badge, empty, icon, loading, time, time_or_never,
};
use crate::words::{Word, key, problem_text, t, tf};

/// Starts reading them.
pub(super) fn read() -> Asked {
    ask(question::keys)
}

/// Draws the page.
pub(super) fn page(keys: Asked) -> Node {
    // Drawn anew with every answer, the list must not take what is being typed with it.
    let making = Making::new();
    let content = move || match keys.get().map(|answer| answer.read::<Keys>()) {
        Some(Ok(found)) => known(keys, making, &found),
        // Without the right there is no such page.
        Some(Err(Error::Missing)) => view! { <NotFound/> },
        Some(Err(error)) => failed(&error, Callback::new(move |()| keys.refetch())),
        None => loading(LoadingShape::Rows, 6),
    };
    awaited(|| loading(LoadingShape::Rows, 6), content)
}

fn known(keys: Asked, making: Making, found: &Keys) -> Node {
    let revoking = RwSignal::new((0_i64, String::new()));
    let asking = RwSignal::new(false);
    let ask = Callback::new(move |of: (i64, String)| {
        revoking.set(of);
        asking.set(true);
    });
    let question = move || tf(key::KEY_REVOKE_TITLE, &[("name", &revoking.with(|(_, name)| name.clone()))]);
    let list = if found.keys.is_empty() {
        empty("key-round", t(key::API_KEYS_NONE), t(key::API_KEYS_NONE_TEXT), None)
    } else {
        table(&found.keys, ask)
    };
    view! {
        {title(t(key::API_KEYS))}
        <section class="pane" aria-labelledby="title">
            <header class="pane__head"><h1 class="pane__title" id="title">{t(key::API_KEYS)}</h1></header>
            <div class="pane__body stack stack--loose">
                <p class="prose">{t(key::API_KEYS_INTRO)}</p>
                {new(keys, making, &found.roles)}
                {list}
            </div>
            <Confirm open=asking id="revoke-key" danger=true title=Signal::derive(question) text=t(key::KEY_REVOKE_TEXT)
                word=t(key::KEY_REVOKE) run=move |()| revoke(revoking.get_untracked().0, keys)/>
        </section>
    }
}

/// A key in the making.
#[derive(Clone, Copy)]
struct Making {
    name: RwSignal<String>,
    role: RwSignal<String>,
    expires: RwSignal<String>,
    problems: RwSignal<Problems>,
    /// What else went wrong.
    failed: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// The name and the secret of the key that was just made, until they have been seen.
    made: RwSignal<Option<(String, String)>>,
}

impl Making {
    fn new() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            role: RwSignal::new(String::new()),
            expires: RwSignal::new(String::new()),
            problems: RwSignal::new(Problems::default()),
            failed: RwSignal::new(None),
            busy: RwSignal::new(false),
            made: RwSignal::new(None),
        }
    }

    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        let key = NewKey {
            name: self.name.get_untracked(),
            role: self.role.get_untracked().parse().unwrap_or_default(),
            expires: self.expires.get_untracked(),
        };
        spawn_local(async move {
            let answer = calls::make_key(key.clone()).await;
            // The page may have been left meanwhile.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(secret) => {
                    self.problems.set(Problems::default());
                    self.name.set(String::new());
                    self.made.set(Some((key.name, secret)));
                }
                Err(Error::Invalid { problems, .. }) => self.problems.set(problems),
                Err(Error::SignIn) => {
                    super::report_and(&Error::SignIn, Some(Callback::new(move |()| self.submit())));
                }
                Err(error) => self.failed.set(Some(error_text(&error))),
            }
        });
    }

    /// What is wrong with one field.
    fn said(self, pointer: &'static str) -> Vec<Said> {
        self.problems.with(|problems| {
            let here = problems.iter().filter(|problem| problem.pointer == pointer);
            here.map(|problem| Said { text: problem_text(problem), warning: problem.warning }).collect()
        })
    }
}

/// The form for a new key, and its secret when it is made.
fn new(keys: Asked, making: Making, roles: &[Found]) -> Node {
    let awake = awake();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        making.submit();
    };
    let choices: Vec<_> = roles
        .iter()
        .map(|role| {
            let id = role.id.to_string();
            let chosen = id.clone();
            view! {
                <option value=id prop:selected=move || making.role.with(|role| *role == chosen)>{role.name.clone()}</option>
            }
        })
        .collect();
    let name = view! {
        <input class="input" id="key-name" maxlength="200" autocomplete="off" disabled prop:disabled=move || !awake.get()
            aria-describedby="key-name-help key-name-problem" prop:value=making.name
            on:input=move |event| making.name.set(event_target_value(&event))/>
    };
    let role = view! {
        <select class="select" id="key-role" disabled prop:disabled=move || !awake.get()
            aria-describedby="key-role-help key-role-problem"
            on:change=move |event| making.role.set(event_target_value(&event))>
            <option value="" prop:selected=move || making.role.with(String::is_empty)>{t(key::NOT_CHOSEN)}</option>
            {choices}
        </select>
    };
    let expires = view! {
        <input class="input input--short" id="key-expires" type="date" disabled prop:disabled=move || !awake.get()
            aria-describedby="key-expires-help key-expires-problem" prop:value=making.expires
            on:input=move |event| making.expires.set(event_target_value(&event))/>
    };
    view! {
        <form class="form stack" method="post" action="/access/keys" aria-labelledby="key-new" on:submit=submit>
            <h2 id="key-new">{t(key::KEY_NEW)}</h2>
            {row(making, "key-name", "/name", key::KEY_NAME, key::KEY_NAME_HELP, true, name)}
            {row(making, "key-role", "/role", key::KEY_ROLE, key::KEY_ROLE_HELP, true, role)}
            {row(making, "key-expires", "/expires", key::KEY_EXPIRES, key::KEY_EXPIRES_HELP, false, expires)}
            {move || making.failed.get().map(|text| crate::ui::notice(Tone::Error, text, "", None))}
            <div class="row">
                <button class="button button--primary" aria-busy=move || making.busy.get().then_some("true")
                    disabled prop:disabled=move || !awake.get()>{icon("plus")} <span>{t(key::KEY_CREATE)}</span></button>
            </div>
        </form>
        {secret(keys, making)}
    }
}

fn row(
    making: Making,
    id: &'static str,
    pointer: &'static str,
    label: Word,
    help: Word,
    required: bool,
    control: Node,
) -> Node {
    let problem = [id, "-problem"].concat();
    view! {
        <div class="field">
            <div class="field__label">
                <label for=id>{t(label)}</label>
                {required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> })}
            </div>
            <div class="field__control">{control}</div>
            <p class="field__help" id=[id, "-help"].concat()>{t(help)}</p>
            {move || sentences(&problem, &making.said(pointer))}
        </div>
    }
}

/// The secret, shown once: closing forgets it, and the list takes the new key in.
fn secret(keys: Asked, making: Making) -> Node {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if making.made.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            making.made.set(None);
            keys.refetch();
        }
        is
    });
    let name =
        move || making.made.with(|made| made.as_ref().map(|(name, _)| name.clone()).unwrap_or_default());
    let shown = move || {
        making.made.get().map(|(_, secret)| {
            let copied = secret.clone();
            view! {
                <div class="stack">
                    <p>{t(key::KEY_MADE_TEXT)}</p>
                    <div class="row">
                        <input class="input input--code" readonly aria-label=t(key::KEY_SECRET) value=secret/>
                        <Button icon="copy" word=t(key::COPY) autofocus=true press=move |_| copy(&copied)/>
                    </div>
                </div>
            }
        })
    };
    let heading = Signal::derive(move || tf(key::KEY_MADE, &[("name", &name())]));
    view! { <Dialog open=open title=heading id="key-made">{shown}</Dialog> }
}

fn table(keys: &[KeyView], ask: Callback<(i64, String)>) -> Node {
    let rows: Vec<_> = keys.iter().cloned().map(|of| line(of, ask)).collect();
    let head = [
        key::KEY_NAME,
        key::KEY_ROLE,
        key::KEY_STATE,
        key::KEY_EXPIRES,
        key::KEY_SEEN,
        key::KEY_BY,
        key::KEY_CREATED,
    ]
    .map(|word| view! { <th scope="col">{t(word)}</th> });
    view! {
        <div class="table">
            <table class="table__grid">
                <caption class="visually-hidden">{t(key::API_KEYS)}</caption>
                <thead><tr>{head} <th scope="col"><span class="visually-hidden">{t(key::ACTIONS)}</span></th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn line(of: KeyView, ask: Callback<(i64, String)>) -> Node {
    let KeyView { id, name, role, by, created, seen, expires, state } = of;
    let (tone, word) = match &*state {
        "works" => (Tone::Ok, key::KEY_WORKS),
        "expired" => (Tone::Warning, key::KEY_EXPIRED),
        _ => (Tone::Plain, key::KEY_REVOKED),
    };
    let awake = awake();
    let action = (state != "revoked").then(|| {
        let (label, of) = (tf(key::KEY_REVOKE_OF, &[("name", &name)]), name.clone());
        view! {
            <button type="button" class="button button--quiet button--small" aria-label=label disabled
                prop:disabled=move || !awake.get() on:click=move |_| ask.run((id, of.clone()))>
                <span>{t(key::KEY_REVOKE)}</span>
            </button>
        }
    });
    let until = if expires.is_empty() { "—".into_node() } else { time(&expires) };
    view! {
        <tr class="table__row">
            <td class="table__main">{name}</td>
            <td data-label=t(key::KEY_ROLE)>{role}</td>
            <td data-label=t(key::KEY_STATE)>{badge(tone, t(word))}</td>
            <td data-label=t(key::KEY_EXPIRES)>{until}</td>
            <td data-label=t(key::KEY_SEEN)>{time_or_never(&seen)}</td>
            <td data-label=t(key::KEY_BY)>{by}</td>
            <td data-label=t(key::KEY_CREATED)>{time(&created)}</td>
            <td class="table__actions">{action}</td>
        </tr>
    }
}

fn revoke(id: i64, keys: Asked) {
    spawn_local(async move {
        match calls::revoke_key(id).await {
            Ok(()) => {
                toasts().say(t(key::KEY_REVOKE_DONE), None);
                keys.refetch();
            }
            Err(Error::SignIn) => {
                super::report_and(&Error::SignIn, Some(Callback::new(move |()| revoke(id, keys))));
            }
            Err(error) => report(&error),
        }
    });
}
