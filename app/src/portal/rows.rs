//! Rows of the portal's lists, the same on every page that shows some.

use domain::appointment::AppointmentRow;
use domain::follow_up::FollowUpRow;
use domain::report::ReportRow;
use domain::request::{DraftView, RequestRow};
use domain::text::Text;
use leptos::prelude::*;

use crate::portal::frame::reader;
use crate::portal::text;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::{RequestStatus, SaidStatus, Time};
use crate::ui::words::{appointment_word, follow_up_word};

/// A location's name, with its customer's in front while the reader looks at several customers.
pub fn place(customer: &str, location: &str) -> String {
    let several = reader().is_some_and(|me| me.customer.is_none() && me.customers.len() > 1);
    if several { format!("{customer}, {location}") } else { location.to_owned() }
}

/// A part of a page with its heading and, where there is more, the way to all of it.
#[component]
pub fn Part(id: &'static str, title: Text, #[prop(optional)] all: Option<(String, Text)>, children: Children) -> impl IntoView {
    view! {
        <section aria-labelledby=id>
            <div class="section-head">
                <h2 id=id>{t(title)}</h2>
                {all.map(|(href, label)| view! { <a href=href>{t(label)}</a> })}
            </div>
            {children()}
        </section>
    }
}

#[component]
pub fn RequestRows(requests: Vec<RequestRow>) -> impl IntoView {
    let lang = use_lang();
    let rows = requests.into_iter().map(|row| {
        let sender = (!row.own).then(|| text::SENT_BY.fill(lang, &[("name", &row.sender_name)]));
        view! {
            <li>
                <a class="row" href=format!("/requests/{}", row.id)>
                    <span class="row-title">{row.title}</span>
                    <span class="row-meta">
                        <span class="ref">{row.number}</span> " · " {place(&row.customer_name, &row.location_name)} " · " <Time stamp=row.changed />
                        {sender.map(|sender| format!(" · {sender}"))}
                    </span>
                    <span class="row-end"><RequestStatus status=row.status /></span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

/// Appointments whose time has passed and of which the team has not said yet how they went: apart from those to come.
#[component]
pub fn Unreported(appointments: Vec<AppointmentRow>) -> impl IntoView {
    (!appointments.is_empty()).then(|| {
        view! {
            <Part id="unreported" title=text::WAITING_FOR_US>
                <p class="hint">{t(text::NOT_REPORTED)}</p>
                <AppointmentDays appointments />
            </Part>
        }
    })
}

/// Appointments in their order, under the leaf of their day.
#[component]
pub fn AppointmentDays(appointments: Vec<AppointmentRow>) -> impl IntoView {
    let days: Vec<_> = appointments.chunk_by(|a, b| a.span.date == b.span.date).map(<[_]>::to_vec).collect();
    days.into_iter().map(|appointments| view! { <AppointmentDay appointments /> }).collect_view()
}

#[component]
fn AppointmentDay(appointments: Vec<AppointmentRow>) -> impl IntoView {
    appointments.first().map(|row| row.span.clone()).map(|day| {
        let [weekday, number, month] = day.leaf;
        let rows = appointments.into_iter().map(|row| view! { <li><AppointmentLine row /></li> });
        view! {
            <section class="agenda-day" data-today=day.today>
                <h2><span>{weekday}</span> " " <b>{number}</b> " " <span>{month}</span></h2>
                <ul class="rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn AppointmentLine(row: AppointmentRow) -> impl IntoView {
    let (word, tone, shape) = (appointment_word(&row), row.tone(), row.shape());
    view! {
        <a class="row" href=format!("/appointments/{}", row.id)>
            <span class="row-title"><time datetime=row.span.date>{row.span.hours}</time></span>
            <span class="row-meta">{place(&row.customer_name, &row.location_name)} " · " {row.title}</span>
            <span class="row-end"><SaidStatus word tone shape /></span>
        </a>
    }
}

#[component]
pub fn ReportRows(reports: Vec<ReportRow>) -> impl IntoView {
    let rows = reports.into_iter().map(|row| {
        view! {
            <li>
                <a class="row" href=format!("/reports/{}", row.id) data-unread=row.unread>
                    <span class="row-title">{row.title}</span>
                    <span class="row-meta">
                        {t(text::VISIT)} " " <time datetime=row.visit_day.date>{row.visit_day.text}</time> " · "
                        {place(&row.customer_name, &row.location_name)}
                    </span>
                    {row.unread.then(|| view! { <span class="row-end"><span class="chip" data-tone="petrol">{t(text::NEW)}</span></span> })}
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

#[component]
pub fn FollowUpRows(follow_ups: Vec<FollowUpRow>) -> impl IntoView {
    let rows = follow_ups.into_iter().map(|row| {
        let id = row.id.to_string();
        view! { <li id=id><FollowUpLine row /></li> }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

/// A follow-up has no page of its own: its row leads to the report and the request that it comes from.
#[component]
fn FollowUpLine(row: FollowUpRow) -> impl IntoView {
    let lang = use_lang();
    let visit = row.next_visit.map(|visit| {
        let when = text::VISIT_PLANNED.fill(lang, &[("when", &visit.text)]);
        view! { <span class="row-meta"><time datetime=visit.date>{when}</time></span> }
    });
    let report = row.report.map(|(id, title)| view! { " · " <a href=format!("/reports/{id}")>{title}</a> });
    let request = row.request.map(|(id, number)| view! { " · " <a class="ref" href=format!("/requests/{id}")>{number}</a> });
    view! {
        <div class="row">
            <span class="row-title">{row.text}</span>
            <span class="row-meta">{place(&row.customer_name, &row.location_name)} {report} {request}</span>
            {visit}
            <span class="row-end"><SaidStatus word=follow_up_word(row.status) tone=row.status.tone() shape=row.status.shape() /></span>
        </div>
    }
}

/// Requests that were begun and not sent.
#[component]
pub fn DraftRows(drafts: Vec<DraftView>) -> impl IntoView {
    let rows = drafts.into_iter().map(|draft| {
        // Where the writing stopped: a draft without a title has not come past "what".
        let step = match (&draft.location, draft.what.title.is_empty()) {
            (None, _) => "where",
            (Some(_), true) => "what",
            (Some(_), false) => "check",
        };
        let title = if draft.what.title.is_empty() { t(text::NO_TITLE).to_owned() } else { draft.what.title };
        view! {
            <li>
                <a class="row" href=format!("/requests/new/{}?step={step}", draft.id)>
                    <span class="row-title">{title}</span>
                    <span class="row-meta">
                        {draft.location.map(|p| format!("{} · ", place(&p.customer_name, &p.name)))} {t(text::SAVED)} " " <Time stamp=draft.saved />
                    </span>
                    <span class="row-end">{t(text::CONTINUE)}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}
