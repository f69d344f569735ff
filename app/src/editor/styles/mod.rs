//! The style editor: tokens, CSS and scripts of one value, and what the server says of the CSS while it is typed.

mod checked;
mod css;
mod part;
mod scripts;
mod tabs;
mod tokens;

use leptos::lazy;
use leptos::prelude::*;

use crate::form::Form;
use crate::markup::{Node, view};
use checked::Checked;
use tabs::Tab;

/// Draws it.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "only the browser waits for the chunk")
)]
#[lazy]
pub fn editor(form: Form) -> Node {
    let checked = Checked::follow(form);
    let tab = RwSignal::new(Tab::Tokens);
    let go = RwSignal::new(None::<(u32, u32)>);
    Effect::new(move |_| {
        // A part that was pressed in the sample: its rule is shown, or begun.
        if let Some(part) = form.sample.picked.get() {
            form.sample.picked.set(None);
            tab.set(Tab::Css);
            let place = part::open(form, &part);
            // Its text has to be in the editor before the caret is.
            request_animation_frame(move || go.set(Some(place)));
        }
    });
    let panel = move || {
        let shown = tab.get();
        untrack(|| match shown {
            Tab::Tokens => tokens::tokens(form),
            Tab::Css => css::css(form, checked, go),
            Tab::Scripts => scripts::scripts(form),
        })
    };
    view! {
        <div class="styles">
            {tabs::tabs(tab, checked)}
            <div class="styles__panel" role="tabpanel" id=tabs::PANEL aria-labelledby=move || tab.get().id()>{panel}</div>
        </div>
    }
}
