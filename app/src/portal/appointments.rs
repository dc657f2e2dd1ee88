//! Appointments that are shared, one of them, and the work under way.

use domain::appointment::{AppointmentFilter, AppointmentRow, AppointmentStatus, OpenWorkRow};
use domain::change::Change;
use domain::id::{AppointmentId, FormKey};
use domain::page::Page as Rows;
use domain::request::PlaceChoice;
use domain::suggestion::OwnSuggestion;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;
use crate::portal::filters::{FilterByLocation, Filters};
use crate::portal::frame::Page;
use crate::portal::rows::{AppointmentDays, Unreported, place};
use crate::portal::text;
use crate::ui::form::successes;
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::load::{Loaded, id_in_path};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead, Prose, SaidStatus, ShowMore, Tabs, Time};
use crate::ui::words::appointment_word;

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;

mod suggestion;

use suggestion::{AnotherTime, SuggestTime};

/// An appointment, what the reader suggested for it, and the key of the next suggestion.
type Opened = (AppointmentRow, OwnSuggestion, FormKey);

/// A page of appointments, and what to filter by location with.
#[server(prefix = "/api/portal", endpoint = "appointments")]
pub async fn load_appointments(filter: AppointmentFilter) -> Result<(Rows<AppointmentRow>, PlaceChoice), AppError> {
    let session = ContactSession::current().await?;
    let portal = session.portal();
    Ok((portal.appointments(&filter).await?, portal.place_choice(&filter.place, &filter.location).await?))
}

#[server(prefix = "/api/portal", endpoint = "appointment")]
pub async fn load_appointment(id: AppointmentId) -> Result<(AppointmentRow, OwnSuggestion, FormKey), AppError> {
    let session = ContactSession::current().await?;
    let portal = session.portal();
    Ok((portal.appointment(id).await?, portal.own_suggestion(id).await?, FormKey::new()))
}

#[server(prefix = "/api/portal", endpoint = "open_work")]
pub async fn load_open_work() -> Result<Vec<OpenWorkRow>, AppError> {
    Ok(ContactSession::current().await?.portal().open_work().await?)
}

#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| {
            let value = |name: &str| query.get(name).unwrap_or_default();
            AppointmentFilter { location: value("location"), place: value("place"), show: value("show"), after: value("after") }
        })
    });
    let news = use_news().follow(&[Change::Appointment]);
    let resource: Loaded<(Rows<AppointmentRow>, PlaceChoice)> =
        Resource::new(move || (filter.get(), news.get()), |(filter, _)| load_appointments(filter));
    let view = move |(page, choice): (Rows<AppointmentRow>, PlaceChoice)| {
        let AppointmentFilter { location, place, show, .. } = filter.get_untracked();
        let past = show == "past";
        let here = if past { "/appointments?show=past" } else { "/appointments" };
        let kept = vec![("location", location), ("place", place), ("show", show.clone())];
        let filtered = kept.clone();
        let tabs = vec![
            ("/appointments".to_owned(), t(text::COMING).to_owned()),
            ("/appointments?show=past".to_owned(), t(text::PAST).to_owned()),
        ];
        let (unreported, others): (Vec<_>, Vec<_>) = page.items.into_iter().partition(AppointmentRow::is_unreported);
        let none = others.is_empty() && page.next.is_none();
        view! {
            <PageHead title=t(text::APPOINTMENTS) />
            <Tabs label=text::APPOINTMENTS tabs here />
            {choice
                .has_several()
                .then(|| {
                    view! {
                        <Filters path="/appointments">
                            <input type="hidden" name="show" value=show />
                            <FilterByLocation choice path="/appointments" kept=filtered />
                        </Filters>
                    }
                })}
            <Unreported appointments=unreported />
            {none.then(|| view! { <Empty icon="calendar" text=if past { text::NO_PAST_APPOINTMENTS } else { text::NO_APPOINTMENTS } /> })}
            <AppointmentDays appointments=others />
            <ShowMore next=page.next path="/appointments" query=kept />
        }
    };
    view! { <Page resource view /> }
}

#[component]
pub fn AppointmentPage() -> impl IntoView {
    let id = id_in_path::<AppointmentId>();
    let (suggest, news) = (ServerAction::<SuggestTime>::new(), use_news().follow(&[Change::Appointment]));
    let suggested = successes(suggest);
    let resource: Loaded<Opened> = Resource::new(
        move || (id.get(), suggested.get(), news.get()),
        |(id, ..)| async move { load_appointment(id.ok_or(AppError::NotFound)?).await },
    );
    let view = move |(row, own, key): Opened| {
        let (id, word, tone, shape) = (row.id, appointment_word(&row), row.tone(), row.shape());
        let (ahead, unreported) = (row.status == AppointmentStatus::Scheduled && !row.past, row.is_unreported());
        let place = place(&row.customer_name, &row.location_name);
        view! {
            <p><a class="back" href="/appointments"><Icon name="arrow-left" />{t(text::ALL_APPOINTMENTS)}</a></p>
            <PageHead title=row.title />
            <article class="docket">
                <header class="stub">
                    <p>{t(text::APPOINTMENT)}</p>
                    <p><time datetime=row.span.date>{row.span.text}</time></p>
                </header>
                <div class="docket-body">
                    <p><SaidStatus word tone shape /></p>
                    {unreported.then(|| view! { <p>{t(text::NOT_REPORTED)}</p> })}
                    {row.cancel_reason.map(|reason| view! { <Prose text=reason /> })}
                    <dl class="facts">
                        <div><dt>{t(text::LOCATION)}</dt><dd><a href=format!("/locations/{}", row.location_id)>{place}</a></dd></div>
                        <div><dt>{t(text::ADDRESS)}</dt><dd>{row.address}</dd></div>
                        {row.request.map(|request| view! { <RequestFact request /> })}
                    </dl>
                    {ahead.then(|| view! { <AddToCalendar id /> })}
                </div>
            </article>
            // In a closure, so that a sent suggestion leaves empty fields.
            {move || view! { <AnotherTime id own=own.clone() key action=suggest /> }}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn AddToCalendar(id: AppointmentId) -> impl IntoView {
    view! {
        <div class="actions">
            // Not a page of the app: the browser must fetch it itself.
            <a class="button" href=format!("/appointments/{id}/calendar.ics") rel="external" download="">
                <Icon name="calendar-plus" />
                {t(text::ADD_TO_CALENDAR)}
            </a>
        </div>
    }
}

/// The request that something belongs to.
#[component]
fn RequestFact(request: (domain::id::RequestId, String)) -> impl IntoView {
    let (id, number) = request;
    view! { <div><dt>{t(text::REQUEST)}</dt><dd><a class="ref" href=format!("/requests/{id}")>{number}</a></dd></div> }
}

#[component]
pub fn OpenWorkPage() -> impl IntoView {
    let news = use_news().follow(&[Change::Request, Change::Appointment]);
    let resource: Loaded<Vec<OpenWorkRow>> = Resource::new(move || news.get(), |_| load_open_work());
    let view = |work: Vec<OpenWorkRow>| {
        let empty = work.is_empty();
        let rows = work.into_iter().map(|row| view! { <li><OpenWorkLine row /></li> }).collect_view();
        view! {
            <PageHead title=t(text::OPEN_WORK) />
            {empty.then(|| view! { <Empty icon="wrench" text=text::NO_OPEN_WORK /> })}
            {(!empty).then(|| view! { <ul class="rows">{rows}</ul> })}
        }
    };
    view! { <Page resource view /> }
}

#[component]
fn OpenWorkLine(row: OpenWorkRow) -> impl IntoView {
    let lang = use_lang();
    let visit = match (row.next_visit, row.unreported_visit) {
        (Some(visit), _) => {
            let when = text::VISIT_PLANNED.fill(lang, &[("when", &visit.text)]);
            view! { <span class="row-meta"><time datetime=visit.date>{when}</time></span> }.into_any()
        }
        (None, Some(visit)) => {
            view! { <span class="row-meta"><time datetime=visit.date>{visit.text}</time> " · " {t(text::NOT_REPORTED)}</span> }.into_any()
        }
        (None, None) => view! { <span class="row-meta">{t(text::NO_DATE_YET)}</span> }.into_any(),
    };
    let request = row.request.map(|(id, number)| view! { <a class="ref" href=format!("/requests/{id}")>{number}</a> " · " });
    view! {
        <div class="row">
            <span class="row-title">{row.title}</span>
            <span class="row-meta">
                {request} {place(&row.customer_name, &row.location_name)} " · " {t(text::SINCE)} " " <Time stamp=row.since />
            </span>
            {visit}
        </div>
    }
}
