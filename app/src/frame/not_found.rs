//! The page for an address that leads nowhere.

use leptos::prelude::*;

use super::title;
use crate::markup::view;
use crate::ui::icon_as;
use crate::words::{key, t};

/// Says so, with the status 404, and shows the way back.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        {title(t(key::NOT_FOUND_TITLE))}
        <section class="pane" aria-labelledby="title">
            <div class="pane__body">
                <div class="empty">
                    {icon_as("icon empty__icon", "search")}
                    <h1 class="empty__title" id="title">{t(key::NOT_FOUND_TITLE)}</h1>
                    <p class="empty__text">{t(key::NOT_FOUND_TEXT)}</p>
                    <div class="row">
                        <a class="button button--primary" href="/settings">
                            {crate::ui::icon("layout-grid")} <span>{t(key::TO_START)}</span>
                        </a>
                    </div>
                </div>
            </div>
        </section>
    }
}
