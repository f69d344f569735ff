//! A failed read, told where the data would be.

use leptos::prelude::*;

use super::{Button, icon};
use crate::markup::{Node, view};
use crate::words::{key, t};

/// What failed, why, under which number the log knows more (empty if under none), and a way to try again.
pub fn failure(title: String, text: String, request: String, retry: Option<Callback<()>>) -> Node {
    view! {
        <div class="failure" role="alert">
            {icon("circle-alert")}
            <div class="failure__text">
                <p class="failure__title">{title}</p>
                {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
                {(!request.is_empty()).then(|| view! { <p>{t(key::REQUEST_NUMBER)} " " <code>{request}</code></p> })}
            </div>
            {retry.map(|retry| view! { <Button icon="refresh-cw" word=t(key::RETRY) press=move |_| retry.run(())/> })}
        </div>
    }
}
