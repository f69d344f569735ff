//! A question over the page: the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{Button, Kind, icon};
use crate::markup::{Node, view};
use crate::words::{key, t};

/// A dialog that is open while `open` says so; Escape, the cross and the owner's own buttons close it.
///
/// The server draws it closed. Put `autofocus` on the safe button.
#[component]
pub fn Dialog(
    /// Is it open? Written back when the person closes it.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Names it on the page; no other dialog has the same.
    id: &'static str,
    /// Room for a comparison.
    #[prop(optional)]
    wide: bool,
    /// What it asks can't be taken back.
    #[prop(optional)]
    danger: bool,
    /// The buttons at its foot.
    #[prop(optional)]
    foot: Option<Node>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        if let Some(dialog) = dialog.get() {
            if open && !dialog.open() {
                // Refused only for a dialog that is shown already or not on the page.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let title_id = [id, "-title"].concat();
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            class:dialog--wide=wide
            class:dialog--danger=danger
            id=id
            aria-labelledby=title_id.clone()
            on:close=move |_: ev::Event| open.set(false)
        >
            <header class="dialog__head">
                <h2 class="dialog__title" id=title_id>{move || title.get()}</h2>
                <button
                    type="button"
                    class="button button--quiet button--icon dialog__close"
                    aria-label=t(key::CLOSE)
                    on:click=move |_| open.set(false)
                >
                    {icon("x")}
                </button>
            </header>
            <div class="dialog__body">{children()}</div>
            {foot.map(|foot| view! { <footer class="dialog__foot">{foot}</footer> })}
        </dialog>
    }
}

/// A question with two answers: not now, or do it.
#[component]
pub fn Confirm(
    /// Is it open? Written back by either answer.
    open: RwSignal<bool>,
    /// What is asked.
    #[prop(into)]
    title: Signal<String>,
    /// What would happen.
    #[prop(into)]
    text: Signal<String>,
    /// The word on the button that does it.
    #[prop(into)]
    word: Signal<String>,
    /// The word on the button that does not; "not now" unless said otherwise.
    #[prop(optional, into)]
    cancel: Option<Signal<String>>,
    /// Names it on the page.
    id: &'static str,
    /// It can't be taken back.
    #[prop(optional)]
    danger: bool,
    /// Does it.
    #[prop(into)]
    run: Callback<()>,
) -> impl IntoView {
    let cancel = cancel.unwrap_or_else(|| Signal::stored(t(key::NOT_NOW).to_owned()));
    let kind = if danger { Kind::Danger } else { Kind::Primary };
    let foot = view! {
        <Button word=cancel autofocus=true press=move |_| open.set(false)/>
        <Button
            kind=kind
            word=word
            press=move |_| {
                open.set(false);
                run.run(());
            }
        />
    };
    view! {
        <Dialog open=open title=title id=id danger=danger foot=foot>
            <p>{move || text.get()}</p>
        </Dialog>
    }
}
