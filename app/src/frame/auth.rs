//! Signing in, the first account, a new password: plain forms to plain handlers, which work without a script.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

use super::{Page, title as titled};
use crate::markup::{Node, view};
use crate::problem::Problem;
use crate::ui::{Tone, notice};
use crate::words::{key, problem_text, t};

/// `/sign-in?next=…`, `/set-up/<token>`, `/password/<token>`
pub(super) fn page() -> Node {
    let path = use_location().pathname.get_untracked();
    match path.split('/').nth(1) {
        Some("set-up") => set_up(),
        Some("password") => password(),
        _ => sign_in(),
    }
}

fn sign_in() -> Node {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let nobody = Page::current().problem.as_deref() == Some("nobody");
    let fields = view! {
        <input type="hidden" name="next" value=next/>
        {field(Field { label: t(key::EMAIL), name: "email", kind: "email", complete: "username", first: true, ..Field::NEW })}
        {field(Field { label: t(key::PASSWORD), name: "password", kind: "password", complete: "current-password", ..Field::NEW })}
    };
    let note = nobody.then(|| {
        view! { <p class="auth__note">{t(key::SIGN_IN_NO_USER)} " " <code>"pult user add --owner"</code></p> }
    });
    card(t(key::SIGN_IN_TITLE), "", "/sign-in".to_owned(), fields, t(key::SIGN_IN), note)
}

/// The first owner.
fn set_up() -> Node {
    let fields = view! {
        {field(Field { label: t(key::FIRST_NAME), name: "first_name", complete: "given-name", first: true, ..Field::NEW })}
        {field(Field { label: t(key::LAST_NAME), name: "last_name", complete: "family-name", ..Field::NEW })}
        {field(Field { label: t(key::EMAIL), name: "email", kind: "email", complete: "username", ..Field::NEW })}
        {new_password(false)}
    };
    let action = ["/set-up/", &token()].concat();
    card(t(key::SET_UP_TITLE), t(key::SET_UP_TEXT), action, fields, t(key::CREATE_ACCOUNT), None)
}

/// An invitation or a reset.
fn password() -> Node {
    let action = ["/password/", &token()].concat();
    card(
        t(key::PASSWORD_TITLE),
        t(key::PASSWORD_TEXT),
        action,
        new_password(true),
        t(key::PASSWORD_SET),
        None,
    )
}

fn token() -> String {
    use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default()
}

/// What all three have around their fields. A problem comes back in the query, as a code.
fn card(
    title: &'static str,
    text: &'static str,
    action: String,
    fields: Node,
    word: &'static str,
    note: Option<Node>,
) -> Node {
    let page = Page::current();
    let dead = page.problem.as_deref() == Some("link_used");
    let problem = page.problem.filter(|code| code != "nobody").map(|code| {
        let text = problem_text(&Problem::error("", &["sign_in_", &code].concat()));
        notice(Tone::Error, "", text, None)
    });
    // A link that works no more leads nowhere: no form stands behind it.
    let form = if dead {
        view! { <p><a class="button button--plain button--wide" href="/sign-in"><span>{t(key::SIGN_IN)}</span></a></p> }
    } else {
        view! {
            <form class="form auth__form" method="post" action=action>
                {fields}
                <button class="button button--primary button--wide"><span>{word}</span></button>
            </form>
        }
    };
    view! {
        {titled(title)}
        <main class="auth" id="main">
            <div class="auth__card">
                <p class="auth__mark">
                    <img src=[&page.assets, "/favicon.svg"].concat() alt="" width="24" height="24"/> " Pult"
                </p>
                <h1 class="auth__title">{title}</h1>
                {(!text.is_empty() && !dead).then(|| view! { <p class="auth__note">{text}</p> })}
                {problem}
                {form}
                {note}
            </div>
        </main>
    }
}

struct Field {
    label: &'static str,
    name: &'static str,
    kind: &'static str,
    complete: &'static str,
    help: &'static str,
    first: bool,
}

impl Field {
    const NEW: Self = Self { label: "", name: "", kind: "text", complete: "off", help: "", first: false };
}

fn new_password(first: bool) -> Node {
    let password = Field {
        label: t(key::PASSWORD),
        name: "password",
        kind: "password",
        complete: "new-password",
        help: t(key::PASSWORD_RULE),
        first,
    };
    let repeat = Field { label: t(key::REPEAT_PASSWORD), name: "repeat", help: "", first: false, ..password };
    view! { {field(password)} {field(repeat)} }
}

fn field(field: Field) -> Node {
    let Field { label, name, kind, complete, help, first } = field;
    let help_id = [name, "-help"].concat();
    let described = (!help.is_empty()).then(|| help_id.clone());
    let typed = Page::current().typed.into_iter().find(|(typed, _)| typed == name).map(|(_, text)| text);
    view! {
        <div class="field">
            <div class="field__label"><label for=name>{label}</label></div>
            <div class="field__control">
                <input class="input" id=name name=name type=kind autocomplete=complete required autofocus=first value=typed
                    aria-describedby=described/>
            </div>
            {(!help.is_empty()).then(|| view! { <p class="field__help" id=help_id>{help}</p> })}
        </div>
    }
}
