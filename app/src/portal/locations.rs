//! One location: what is open, planned and reported there.

use domain::appointment::AppointmentRow;
use domain::change::Change;
use domain::id::LocationId;
use domain::report::ReportRow;
use domain::request::{PlaceView, RequestRow};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::error::AppError;
use crate::portal::frame::Page;
use crate::portal::new_request::StartDraft;
use crate::portal::rows::{AppointmentDays, Part, ReportRows, RequestRows, Unreported};
use crate::portal::text;
use crate::ui::form::{FormErrors, use_form};
use crate::ui::icon::Icon;
use crate::ui::lang::t;
use crate::ui::load::{Loaded, id_in_path};
use crate::ui::news::use_news;
use crate::ui::record::{Empty, PageHead};

#[cfg(feature = "ssr")]
use crate::ctx::ContactSession;
#[cfg(feature = "ssr")]
use domain::{appointment::AppointmentFilter, report::ReportFilter, request::RequestFilter};

type AtLocation = (PlaceView, Vec<RequestRow>, Vec<AppointmentRow>, Vec<ReportRow>);

/// A location with its open requests, coming appointments and reports: the first page of each.
#[server(prefix = "/api/portal", endpoint = "location")]
pub async fn load_location(id: LocationId) -> Result<AtLocation, AppError> {
    let (session, location) = (ContactSession::current().await?, id.to_string());
    let portal = session.portal();
    let requests =
        portal.requests(&RequestFilter { location: location.clone(), status: "open".into(), ..RequestFilter::default() }).await?;
    let appointments = portal.appointments(&AppointmentFilter { location: location.clone(), ..AppointmentFilter::default() }).await?;
    let reports = portal.reports(&ReportFilter { location: location.clone(), ..ReportFilter::default() }).await?;
    Ok((portal.place(id).await?, requests.items, appointments.items, reports.items))
}

#[component]
pub fn LocationPage() -> impl IntoView {
    let id = id_in_path::<LocationId>();
    let start = ServerAction::<StartDraft>::new();
    let news = use_news().follow(&[Change::Request, Change::Appointment, Change::Report]);
    let resource: Loaded<AtLocation> =
        Resource::new(move || (id.get(), news.get()), |(id, _)| async move { load_location(id.ok_or(AppError::NotFound)?).await });
    let view = move |(place, requests, appointments, reports): AtLocation| {
        let nothing = requests.is_empty() && appointments.is_empty() && reports.is_empty();
        let (unreported, appointments): (Vec<_>, Vec<_>) = appointments.into_iter().partition(AppointmentRow::is_unreported);
        let all = |path: &str| format!("{path}?location={}", place.id);
        view! {
            <PageHead title=place.name.clone() lede=place.address.clone()>
                {place.may_submit.then(|| view! { <StartHere location=place.id start /> })}
            </PageHead>
            <FormErrors form=use_form(start) />
            {nothing.then(|| view! { <Empty icon="map-pin" text=text::NOTHING_HERE /> })}
            {(!requests.is_empty())
                .then(|| {
                    view! {
                        <Part id="requests" title=text::OPEN_REQUESTS all=(all("/requests"), text::ALL_REQUESTS)>
                            <RequestRows requests />
                        </Part>
                    }
                })}
            <Unreported appointments=unreported />
            {(!appointments.is_empty())
                .then(|| {
                    view! {
                        <Part id="appointments" title=text::NEXT_APPOINTMENTS all=(all("/appointments"), text::ALL_APPOINTMENTS)>
                            <AppointmentDays appointments />
                        </Part>
                    }
                })}
            {(!reports.is_empty())
                .then(|| {
                    view! {
                        <Part id="reports" title=text::REPORTS all=(all("/reports"), text::ALL_REPORTS)>
                            <ReportRows reports />
                        </Part>
                    }
                })}
            <p><a class="button" href=all("/timeline")><Icon name="history" />{t(text::TIMELINE)}</a></p>
        }
    };
    view! { <Page resource view /> }
}

/// Begins a request for this location.
#[component]
fn StartHere(location: LocationId, start: ServerAction<StartDraft>) -> impl IntoView {
    view! {
        <ActionForm action=start>
            <input type="hidden" name="location" value=location.to_string() />
            <button class="primary"><Icon name="plus" />{t(text::NEW_REQUEST_HERE)}</button>
        </ActionForm>
    }
}
