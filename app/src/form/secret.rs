//! A secret: written and never read again. What is kept can be replaced, taken out, or left.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::Field;
use crate::markup::{IntoNode, Node, view};
use crate::schema::is_set;
use crate::ui::summary::{focus, once_drawn};
use crate::ui::{Button, Kind};
use crate::words::{key, t};

/// What its control shows.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// One is kept and stays.
    Kept,
    /// One is typed.
    Typed,
    /// The kept one goes with the save.
    Gone,
}

/// Draws it. `removable` where it may be taken out by itself.
pub(crate) fn control(field: &Field, removable: bool) -> Node {
    let value = field.value();
    let (base, pointer) = (field.form.base, field.pointer.clone());
    // What stands saved; nothing typed is lost by looking at it again.
    let kept = Memo::new(move |_| {
        base.with(|base| base.value.pointer(&pointer).filter(|kept| is_set(kept)).cloned())
    });
    let replacing = RwSignal::new(false);
    // What stood when it was to be replaced: after its name has changed, nothing stands saved under the new one.
    let stood = StoredValue::new(None::<Value>);
    // What was typed is kept now.
    Effect::new(move |_| {
        kept.track();
        replacing.set(false);
    });
    let state = Memo::new(move |_| {
        value.with(|value| match kept.with(Option::is_some) {
            _ if value.get("value").is_some() => State::Typed,
            true if value.get("clear").is_some() => State::Gone,
            _ if is_set(value) && !replacing.get() => State::Kept,
            _ => State::Typed,
        })
    });
    let (editable, described, invalid, left) =
        (field.editable(), field.described(), field.invalid(), field.left());
    let (id, name, writing) = (field.id(), field.label(), field.clone());
    let stand = {
        let field = field.clone();
        move || {
            let back = kept.get_untracked().or_else(|| stood.get_value());
            field.set(back.unwrap_or_else(|| json!({ "set": false })));
        }
    };
    let leave = {
        let stand = stand.clone();
        Callback::new(move |()| {
            replacing.set(false);
            stand();
        })
    };
    let clear = {
        let field = field.clone();
        Callback::new(move |()| field.set(json!({ "clear": true })))
    };
    let typing = Callback::new(move |text: String| {
        replacing.set(true);
        // An emptied box is no order to forget what is kept.
        if text.is_empty() { stand() } else { writing.set(json!({ "value": text })) }
    });
    let replace = {
        let id = id.clone();
        Callback::new(move |()| {
            stood.set_value(value.with_untracked(|value| is_set(value).then(|| value.clone())));
            replacing.set(true);
            let id = id.clone();
            once_drawn(move || focus(&id));
        })
    };
    (move || match state.get() {
        State::Typed => {
            let (id, name) = (id.clone(), name.clone());
            let text = move || value.with(|value| value.get("value").and_then(Value::as_str).unwrap_or_default().to_owned());
            view! {
                <span class="secret">
                    <input class="input" type="password" id=id aria-label=name autocomplete="new-password"
                        placeholder=t(key::SECRET_VALUE) spellcheck="false" prop:value=text
                        disabled=true prop:disabled=move || !editable.get()
                        aria-describedby=move || described.get() aria-invalid=move || invalid.get().then_some("true")
                        on:input=move |ev| typing.run(event_target_value(&ev)) on:blur=move |_| left.run(())/>
                    {move || (kept.with(Option::is_some) || stood.with_value(Option::is_some)).then(|| view! {
                        <Button kind=Kind::Quiet word=t(key::SECRET_LEAVE) press=move |_| leave.run(())/>
                    })}
                </span>
            }
        }
        state => {
            let gone = state == State::Gone;
            let word = t(if gone { key::SECRET_GONE } else { key::SECRET_KEPT });
            let off = Signal::derive(move || !editable.get());
            let acts = if gone {
                view! { <Button kind=Kind::Quiet word=t(key::SECRET_LEAVE) disabled=off press=move |_| leave.run(())/> }
            } else {
                view! {
                    <Button kind=Kind::Quiet word=t(key::SECRET_REPLACE) disabled=off press=move |_| replace.run(())/>
                    {removable.then(|| view! {
                        <Button kind=Kind::Quiet word=t(key::SECRET_REMOVE) disabled=off press=move |_| clear.run(())/>
                    })}
                }
            };
            view! {
                <span class="secret" id=id.clone() role="group" aria-label=name.clone() tabindex="-1">
                    <span class="secret__kept">{word}</span> {acts}
                </span>
            }
        }
    })
    .into_node()
}
