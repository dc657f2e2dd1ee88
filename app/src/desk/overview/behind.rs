//! The lists behind the numbers of the overview.

use domain::change::Change;
use domain::overview::{AppointmentBehind, BehindFilter, RequestBehind};
use domain::page;
use domain::session::StaffMe;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::desk::frame::Page;
use crate::desk::overview::table::hours_text;
use crate::desk::text;
use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::Loaded;
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, ShowMore, Status};

#[cfg(feature = "ssr")]
use crate::ctx::StaffSession;

#[server(prefix = "/api/desk", endpoint = "requests_behind")]
pub async fn load_requests_behind(filter: BehindFilter) -> Result<page::Page<RequestBehind>, AppError> {
    Ok(StaffSession::current().await?.desk().requests_behind(&filter).await?)
}

#[server(prefix = "/api/desk", endpoint = "appointments_behind")]
pub async fn load_appointments_behind(filter: BehindFilter) -> Result<page::Page<AppointmentBehind>, AppError> {
    Ok(StaffSession::current().await?.desk().appointments_behind(&filter).await?)
}

/// The filter in the page's address.
fn filter_in_query() -> Memo<BehindFilter> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let value = |name: &str| query.get(name).unwrap_or_default();
            BehindFilter { outcome: value("outcome"), from: value("from"), until: value("until"), after: value("after") }
        })
    })
}

fn kept_in_query(filter: BehindFilter) -> Vec<(&'static str, String)> {
    vec![("outcome", filter.outcome), ("from", filter.from), ("until", filter.until)]
}

#[component]
pub fn RequestsBehindPage() -> impl IntoView {
    let filter = filter_in_query();
    let news = use_news().follow(&[Change::Request, Change::Appointment]);
    let resource: Loaded<page::Page<RequestBehind>> =
        Resource::new(move || (filter.get(), news.get()), |(filter, _)| load_requests_behind(filter));
    let view = move |_: StaffMe, requests: page::Page<RequestBehind>| {
        let kept = kept_in_query(filter.get_untracked());
        let empty = requests.items.is_empty();
        let rows = requests.items.into_iter().map(|request| view! { <li><RequestLine request /></li> });
        view! {
            <Back />
            <PageHead title=t(text::REQUESTS_BEHIND) />
            {if empty {
                view! { <Empty icon="chart" text=text::NOTHING_BEHIND /> }.into_any()
            } else {
                view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
            }}
            <ShowMore next=requests.next path="/desk/overview/requests" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn RequestLine(request: RequestBehind) -> impl IntoView {
    let lang = use_lang();
    let after = |text: domain::text::Text, minutes: i64| format!(" · {}", text.fill(lang, &[("time", &hours_text(minutes, lang))]));
    let answer = request.answer_minutes.map(|minutes| after(text::ANSWERED_AFTER, minutes));
    let decision = request.decision_minutes.map(|minutes| after(text::DECIDED_AFTER, minutes));
    view! {
        <a class="row" href=format!("/desk/requests/{}", request.id)>
            <span class="row-title">{request.title}</span>
            <span class="row-meta">
                <span class="ref">{request.number}</span> " · " {request.customer_name} " · " {request.location_name} " · "
                {request.submitted.text} {answer} {decision}
            </span>
            <span class="row-end"><Status label=request.outcome.label() tone=request.outcome.tone() shape="■" /></span>
        </a>
    }
}

#[component]
pub fn AppointmentsBehindPage() -> impl IntoView {
    let filter = filter_in_query();
    let news = use_news().follow(&[Change::Appointment]);
    let resource: Loaded<page::Page<AppointmentBehind>> =
        Resource::new(move || (filter.get(), news.get()), |(filter, _)| load_appointments_behind(filter));
    let view = move |_: StaffMe, appointments: page::Page<AppointmentBehind>| {
        let kept = kept_in_query(filter.get_untracked());
        let empty = appointments.items.is_empty();
        let rows = appointments.items.into_iter().map(|appointment| {
            view! {
                <li>
                    <a class="row" href=format!("/desk/targets/{}#appointments", appointment.target_id)>
                        <span class="row-title">{appointment.title}</span>
                        <span class="row-meta">
                            {appointment.span.text} " · " {appointment.customer_name} " · " {appointment.location_name}
                        </span>
                        <span class="row-end"><Status label=appointment.kept.label() tone=appointment.kept.tone() shape="■" /></span>
                    </a>
                </li>
            }
        });
        view! {
            <Back />
            <PageHead title=t(text::APPOINTMENTS_BEHIND) />
            {if empty {
                view! { <Empty icon="chart" text=text::NOTHING_BEHIND /> }.into_any()
            } else {
                view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
            }}
            <ShowMore next=appointments.next path="/desk/overview/appointments" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn Back() -> impl IntoView {
    view! { <p><a class="back" href="/desk/overview"><Icon name="arrow-left" />{t(text::BACK_TO_OVERVIEW)}</a></p> }
}
