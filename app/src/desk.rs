//! The office's face: review, plan, release.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::desk::frame::{NotFound, provide_me};
use crate::ui::form::provide_kept_form;
use crate::ui::lang::provide_lang;
use crate::ui::shell::focus_heading_after_navigation;

#[macro_use]
mod acts;
pub mod audit;
mod choose_customer;
mod customers;
mod first_steps;
mod follow_ups;
mod frame;
mod inbox;
mod keys;
mod log;
mod news;
pub mod overview;
mod people;
mod planning;
mod record_request;
mod release;
mod reports;
mod request;
mod search;
mod settings;
mod sheet;
mod sign_in;
mod targets;
pub mod text;
mod viewers;

/// The document of a desk page.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    crate::ui::shell::shell(options, "desk", view! { <App /> }.into_any())
}

/// The desk's pages.
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
            <keys::Keyboard />
        </Router>
    }
}

#[component]
fn Pages() -> impl IntoView {
    focus_heading_after_navigation();
    view! {
        <FlatRoutes fallback=|| view! { <NotFound /> }>
            <Route path=path!("/desk/inbox") view=inbox::InboxPage ssr=SsrMode::Async />
            <Route path=path!("/desk/search") view=search::SearchPage ssr=SsrMode::Async />
            <Route path=path!("/desk/keys") view=keys::KeysPage ssr=SsrMode::Async />
            <Route path=path!("/desk/requests/new") view=record_request::RecordRequestPage ssr=SsrMode::Async />
            <Route path=path!("/desk/requests/:id") view=request::RequestPage ssr=SsrMode::Async />
            <Route path=path!("/desk/planning") view=planning::PlanningPage ssr=SsrMode::Async />
            <Route path=path!("/desk/targets/:id") view=targets::TargetPage ssr=SsrMode::Async />
            <Route path=path!("/desk/reports") view=reports::ReportsPage ssr=SsrMode::Async />
            <Route path=path!("/desk/reports/:id") view=reports::ReportPage ssr=SsrMode::Async />
            <Route path=path!("/desk/reports/:id/release") view=release::ReleasePage ssr=SsrMode::Async />
            <Route path=path!("/desk/follow-ups") view=follow_ups::FollowUpsPage ssr=SsrMode::Async />
            <Route path=path!("/desk/customers") view=customers::CustomersPage ssr=SsrMode::Async />
            <Route path=path!("/desk/customers/:id") view=customers::CustomerPage ssr=SsrMode::Async />
            <Route path=path!("/desk/customers/:id/access") view=customers::AccessPage ssr=SsrMode::Async />
            <Route path=path!("/desk/customers/:id/import") view=customers::ImportPage ssr=SsrMode::Async />
            <Route path=path!("/desk/customers/:id/invite") view=people::InvitePage ssr=SsrMode::Async />
            <Route path=path!("/desk/customers/:id/invite-list") view=people::InviteListPage ssr=SsrMode::Async />
            <Route path=path!("/desk/people") view=people::PeoplePage ssr=SsrMode::Async />
            <Route path=path!("/desk/people/:id") view=people::PersonPage ssr=SsrMode::Async />
            <Route path=path!("/desk/people/:id/portal") view=people::ViewAsPage ssr=SsrMode::Async />
            <Route path=path!("/desk/overview") view=overview::OverviewPage ssr=SsrMode::Async />
            <Route path=path!("/desk/overview/requests") view=overview::RequestsBehindPage ssr=SsrMode::Async />
            <Route path=path!("/desk/overview/appointments") view=overview::AppointmentsBehindPage ssr=SsrMode::Async />
            <Route path=path!("/desk/first-steps") view=first_steps::FirstStepsPage ssr=SsrMode::Async />
            <Route path=path!("/desk/settings") view=settings::SettingsPage ssr=SsrMode::Async />
            <Route path=path!("/desk/audit") view=audit::AuditPage ssr=SsrMode::Async />
            <Route path=path!("/desk/sign-in") view=sign_in::SignInPage ssr=SsrMode::Async />
        </FlatRoutes>
    }
}
