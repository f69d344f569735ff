//! The root of the page: its routes, and the frame around those that need someone signed in.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, path};

use super::guard::{GuardView, watch_steps_back};
use super::header::Header;
use super::nav::Nav;
use super::not_found::NotFound;
use super::others::OtherPage;
use super::palette::Palette;
use super::sign_in_again::SignInAgainView;
use super::start::StartPage;
use super::{Frame, Page, focus, live};
use crate::markup::{Node, drawn, view};
use crate::panel::PreviewPage;
use crate::section::SectionPage;
use crate::ui::{ToastsView, icon};
use crate::words::{key, t};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    let Frame { guard, live, session, .. } = Frame::provide();
    if cfg!(all(feature = "hydrate", not(feature = "ssr"))) {
        watch_steps_back(guard);
    }
    Effect::new(move |_| live::listen(live, session));
    // The old page stays until the next one has its data, and says meanwhile that it works.
    let routing = RwSignal::new(false);
    provide_context(focus::Routing(routing));
    // Between pages with a frame and those without there is always a full load.
    let bare = Page::current().is_bare();
    let page = move || if bare { routes() } else { around(routes()) };
    ::leptos::view! { <Router set_is_routing=routing>{page()}</Router> }
}

/// The routes are no nodes: their tree is Leptos's own.
fn routes() -> Node {
    drawn(::leptos::view! {
        <FlatRoutes fallback=|| view! { <NotFound/> }>
            <Route path=path!("settings") view={Lazy::<StartPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("settings/:section/:record?") view={Lazy::<SectionPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("changes") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("access/keys") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("account/replies/:record?") view={Lazy::<SectionPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("account") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("sign-in") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("set-up/:token") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("password/:token") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("ui") view={Lazy::<OtherPage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("preview") view={Lazy::<PreviewPage>::new()} ssr=SsrMode::Async/>
        </FlatRoutes>
    })
}

/// What stands around every page of someone signed in.
fn around(content: Node) -> Node {
    let routing = focus::follow();
    let frame = Frame::get();
    let lost = move || !frame.live.connected.get();
    view! {
        <a class="skip" href="#main">{t(key::SKIP)}</a>
        <Header/>
        <Nav/>
        <main class="frame__main" id="main" tabindex="-1" aria-busy=move || routing.get().then_some("true")>
            {without_script()}
            {move || lost().then(|| view! {
                <div class="bar" role="status">
                    {icon("triangle-alert")} <span class="bar__text">{t(key::CONNECTION_LOST)}</span>
                </div>
            })}
            {content}
        </main>
        <ToastsView toasts=frame.toasts/>
        <GuardView/>
        <SignInAgainView/>
        <Palette/>
    }
}

/// What a reader without scripts is told. A browser with scripts takes what is inside for plain text, so on that side
/// the element is taken over empty.
fn without_script() -> Node {
    if cfg!(feature = "ssr") {
        view! { <noscript class="notice notice--info">{t(key::NEEDS_SCRIPT)}</noscript> }
    } else {
        view! { <noscript class="notice notice--info"></noscript> }
    }
}
