//! A list by API that is tried: the server asks the source, and shows what it asked, what it was answered, and the options.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::backend::SourceAnswer;
use crate::calls;
use crate::frame::error_text;
use crate::markup::{IntoNode, Node, view};
use crate::sections::fields::Definition;
use crate::ui::{Button, Tone, notice};
use crate::words::{key, problem_text, t, tf, tn};

/// Draws it: what an operator would type, and under it what comes of it. `write` is told the option that is chosen.
pub(super) fn control(
    field: &Definition,
    id: &str,
    write: Callback<Value>,
    fixed: bool,
    described: Signal<Option<String>>,
) -> Node {
    let source = StoredValue::new(field.get("source").cloned().unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let answered = RwSignal::new(None::<Result<SourceAnswer, String>>);
    let ask = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (source, words) = (source.get_value(), typed.get_untracked());
        spawn_local(async move {
            let answer = calls::select_api_test(source, words).await;
            // The form may have been drawn anew meanwhile.
            answered.try_set(Some(answer.map_err(|error| error_text(&error))));
            busy.try_set(false);
        });
    });
    let enter = move |ev: KeyboardEvent| {
        if ev.key() == "Enter" {
            ev.prevent_default();
            ask.run(());
        }
    };
    let list_id = [id, "-options"].concat();
    let outcome = move || match answered.get() {
        None => Node::Nothing,
        Some(Err(text)) => notice(Tone::Error, text, "", None),
        Some(Ok(answer)) => outcome(answer, &list_id, write),
    };
    view! {
        <div class="try__source">
            <div class="row">
                <input class="input" id=id.to_owned() autocomplete="off" maxlength="200" placeholder=t(key::TRY_TYPED)
                    disabled=fixed aria-describedby=move || described.get()
                    prop:value=move || typed.get() on:input=move |ev| typed.set(event_target_value(&ev))
                    on:keydown=enter/>
                <Button icon="send" word=t(key::TRY_ASK) busy=busy disabled=fixed press=move |_| ask.run(())/>
            </div>
            {outcome}
        </div>
    }
}

/// What came of one question.
fn outcome(answer: SourceAnswer, list_id: &str, write: Callback<Value>) -> Node {
    let SourceAnswer { request, status, raw, options, from_cache, error } = answer;
    let wrong = error.map(|problem| {
        let more = if from_cache { t(key::TRY_LAST_GOOD) } else { "" };
        notice(Tone::Error, problem_text(&problem), more, None)
    });
    let count = tn(key::TRY_N_OPTIONS, options.len() as i64);
    let rows: Vec<_> = options
        .into_iter()
        .map(|option| view! { <option value=option.value>{option.label}</option> })
        .collect();
    let choice = (!rows.is_empty()).then(|| {
        view! {
            <select class="select" id=list_id.to_owned() aria-label=count.clone()
                on:change=move |ev| write.run(event_target_value(&ev).into())>
                <option value="">{count}</option>
                {rows}
            </select>
        }
    });
    let answer = (status > 0).then(|| {
        let title = tf(key::TRY_ANSWER, &[("status", &status.to_string())]);
        // Scrolled by keyboard too, so it has a name and takes the focus.
        view! {
            <p class="field__help">{title.clone()}</p>
            <pre class="source try__raw" tabindex="0" role="region" aria-label=title><code>{raw}</code></pre>
        }
    });
    view! {
        {wrong}
        {choice}
        <p class="field__help">{t(key::TRY_REQUEST)}": " <code>{request}</code></p>
        {answer}
    }
    .into_node()
}
