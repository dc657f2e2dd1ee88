//! The customer's face. Nothing of the desk is imported here, nor ends up in its bundle.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::portal::frame::{NotFound, provide_me};
use crate::ui::form::provide_kept_form;
use crate::ui::lang::provide_lang;
use crate::ui::shell::focus_heading_after_navigation;

mod account;
mod appointments;
mod filters;
mod follow_ups;
mod frame;
mod home;
mod invitation;
mod locations;
mod new_request;
mod parts;
mod reports;
mod requests;
mod rows;
mod sign_in;
pub mod text;
mod timeline;
mod unsubscribe;
mod welcome;

/// The document of a portal page.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    crate::ui::shell::shell(options, "portal", view! { <App /> }.into_any())
}

/// The portal's pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_lang();
    provide_kept_form();
    provide_me();
    let (routing, set_routing) = signal(false);
    view! {
        <Router set_is_routing=set_routing>
            <frame::LoadingBar routing />
            <Pages />
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    focus_heading_after_navigation();
    view! {
        <FlatRoutes fallback=|| view! { <NotFound /> }>
            <Route path=path!("/") view=parts::Start::Home ssr=SsrMode::Async />
            <Route path=path!("/requests") view=parts::Lists::Requests ssr=SsrMode::Async />
            <Route path=path!("/requests/new") view=parts::NewRequest::Start ssr=SsrMode::Async />
            <Route path=path!("/requests/new/:id") view=parts::NewRequest::Draft ssr=SsrMode::Async />
            <Route path=path!("/requests/:id") view=parts::Records::Request ssr=SsrMode::Async />
            <Route path=path!("/appointments") view=parts::Lists::Appointments ssr=SsrMode::Async />
            <Route path=path!("/appointments/:id") view=parts::Records::Appointment ssr=SsrMode::Async />
            <Route path=path!("/open-work") view=parts::Lists::OpenWork ssr=SsrMode::Async />
            <Route path=path!("/reports") view=parts::Lists::Reports ssr=SsrMode::Async />
            <Route path=path!("/reports/:id") view=parts::Records::Report ssr=SsrMode::Async />
            <Route path=path!("/follow-ups") view=parts::Lists::FollowUps ssr=SsrMode::Async />
            <Route path=path!("/timeline") view=parts::Lists::Timeline ssr=SsrMode::Async />
            <Route path=path!("/locations/:id") view=parts::Records::Location ssr=SsrMode::Async />
            <Route path=path!("/account") view=parts::Account::Settings ssr=SsrMode::Async />
            <Route path=path!("/account/access") view=parts::Account::Access ssr=SsrMode::Async />
            <Route path=path!("/account/notifications") view=parts::Account::Notifications ssr=SsrMode::Async />
            <Route path=path!("/welcome") view=parts::Entry::Welcome ssr=SsrMode::Async />
            <Route path=path!("/invite") view=parts::Entry::Invitation ssr=SsrMode::Async />
            <Route path=path!("/sign-in") view=parts::Entry::SignIn ssr=SsrMode::Async />
            <Route path=path!("/forgotten") view=parts::Entry::Forgotten ssr=SsrMode::Async />
            <Route path=path!("/reset") view=parts::Entry::Reset ssr=SsrMode::Async />
            <Route path=path!("/unsubscribe") view=parts::Entry::Unsubscribe ssr=SsrMode::Async />
        </FlatRoutes>
    }
}
