//! The first page: what needs the reader, what comes next, what is new.

use domain::change::Change;
use domain::home::HomeView;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::{NewRequest, Page, reader};
use crate::portal::rows::{AppointmentDays, DraftRows, FollowUpRows, Part, ReportRows, RequestRows};
use crate::portal::text;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

#[server(prefix = "/api/portal", endpoint = "home")]
pub async fn load_home() -> Result<HomeView, AppError> {
    Ok(ContactSession::current().await?.portal().home().await?)
}

#[component]
pub fn HomePage() -> impl IntoView {
    let news = use_news().follow(&[Change::Request, Change::Appointment, Change::Report, Change::FollowUp]);
    let resource: Loaded<HomeView> = Resource::new(move || news.get(), |_| load_home());
    let view = |home: HomeView| {
        let content = match home.places {
            0 => view! { <NoAccess /> }.into_any(),
            _ => view! { <Overview home /> }.into_any(),
        };
        view! {
            <PageHead title=t(text::HOME)><NewRequest /></PageHead>
            {content}
        }
    };
    view! { <Page resource view /> }
}

/// Nothing is granted, so there is nothing to see (G9).
#[component]
pub fn NoAccess() -> impl IntoView {
    let company = reader().map(|me| me.company.name).unwrap_or_default();
    view! {
        <Empty icon="lock" text=text::NO_ACCESS>
            <p>{text::NO_ACCESS_ASK.fill(use_lang(), &[("company", &company)])}</p>
        </Empty>
    }
}

#[component]
fn Overview(home: HomeView) -> impl IntoView {
    let nothing = home.questions.is_empty()
        && home.appointments.is_empty()
        && home.open_requests.is_empty()
        && home.new_reports.is_empty()
        && home.follow_ups.is_empty();
    view! {
        {nothing.then(|| view! { <Empty icon="clipboard-list" text=text::NOTHING_OPEN /> })}
        {(!home.questions.is_empty())
            .then(|| view! { <Part id="questions" title=text::QUESTIONS><RequestRows requests=home.questions /></Part> })}
        {(!home.appointments.is_empty())
            .then(|| {
                view! {
                    <Part id="appointments" title=text::NEXT_APPOINTMENTS all=("/appointments".into(), text::ALL_APPOINTMENTS)>
                        <AppointmentDays appointments=home.appointments />
                    </Part>
                }
            })}
        {(!home.open_requests.is_empty())
            .then(|| {
                view! {
                    <Part id="requests" title=text::OPEN_REQUESTS all=("/requests".into(), text::ALL_REQUESTS)>
                        <RequestRows requests=home.open_requests />
                    </Part>
                }
            })}
        {(!home.new_reports.is_empty())
            .then(|| {
                view! {
                    <Part id="reports" title=text::NEW_REPORTS all=("/reports".into(), text::ALL_REPORTS)>
                        <ReportRows reports=home.new_reports />
                    </Part>
                }
            })}
        {(!home.follow_ups.is_empty())
            .then(|| {
                view! {
                    <Part id="follow-ups" title=text::FOLLOW_UPS all=("/follow-ups".into(), text::ALL_FOLLOW_UPS)>
                        <FollowUpRows follow_ups=home.follow_ups />
                    </Part>
                }
            })}
        {(!home.drafts.is_empty()).then(|| view! { <Part id="drafts" title=text::DRAFTS><DraftRows drafts=home.drafts /></Part> })}
    }
}
