//! The root of the page: its routes, and the frame around those that need someone signed in.

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use super::account::AccountPage;
use super::auth::AuthPage;
use super::changes::ChangesPage;
use super::elements::ElementsPage;
use super::guard::{GuardView, watch_steps_back};
use super::header::Header;
use super::nav::Nav;
use super::not_found::NotFound;
use super::palette::Palette;
use super::sign_in_again::SignInAgainView;
use super::start::StartPage;
use super::{Frame, focus, live};
use crate::markup::{Node, view};
use crate::section::{NoRecord, RecordPage, SectionPage};
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
    // Routes are no nodes: their tree is Leptos's own.
    ::leptos::view! {
        <Router set_is_routing=routing>
            <Routes fallback=|| around(view! { <NotFound/> })>
                <Route path=path!("sign-in") view={Lazy::<AuthPage>::new()} ssr=SsrMode::Async/>
                <Route path=path!("set-up/:token") view={Lazy::<AuthPage>::new()} ssr=SsrMode::Async/>
                <Route path=path!("password/:token") view={Lazy::<AuthPage>::new()} ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=Signed ssr=SsrMode::Async>
                    <Route path=path!("settings") view={Lazy::<StartPage>::new()} ssr=SsrMode::Async/>
                    <ParentRoute path=path!("settings/:section") view={Lazy::<SectionPage>::new()} ssr=SsrMode::Async>
                        <Route path=path!("") view=NoRecord ssr=SsrMode::Async/>
                        <Route path=path!(":record") view={Lazy::<RecordPage>::new()} ssr=SsrMode::Async/>
                    </ParentRoute>
                    <Route path=path!("changes") view={Lazy::<ChangesPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("account") view={Lazy::<AccountPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("ui") view={Lazy::<ElementsPage>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// What stands around every page of someone signed in.
#[component]
fn Signed() -> impl IntoView {
    around(view! { <Outlet/> })
}

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
