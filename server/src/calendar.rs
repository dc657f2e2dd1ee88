//! Appointments for calendar programs: one as a file for the signed-in contact, and a contact's feed for whoever has its link.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::id::{AppointmentId, Token};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use crate::caller::Caller;
use crate::face::Served;
use crate::pages;

/// An appointment that the contact sees now.
pub async fn of_appointment(State(served): State<Served>, Path(id): Path<String>, request: Parts) -> Response {
    let found = file_of(&served, &id, &request).await;
    answer(&served, request, found, "attachment; filename=\"appointment.ics\"").await
}

/// The appointments that the link's contact sees now. Programs like an address that ends in `.ics`; it means the same without.
pub async fn feed(State(served): State<Served>, Path(token): Path<String>, request: Parts) -> Response {
    let token = Token::presented(token.strip_suffix(".ics").unwrap_or(&token));
    let client = Caller::of(&request.extensions).client;
    let found = served.db.anonymous().calendar(&token, &client).await;
    answer(&served, request, found, "attachment; filename=\"appointments.ics\"").await
}

async fn file_of(served: &Served, id: &str, request: &Parts) -> domain::Result<String> {
    let actor = served.contact(request).await?;
    // A malformed id is the id of nothing.
    let id: AppointmentId = id.parse().map_err(|_| domain::Error::NotFound)?;
    served.db.portal(&actor).calendar_file(id).await
}

async fn answer(served: &Served, request: Parts, found: domain::Result<String>, disposition: &'static str) -> Response {
    let calendar = match found {
        Ok(calendar) => calendar,
        Err(error) => return pages::failure(served, request, error.into()).await,
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (StatusCode::OK, headers, Body::from(calendar)).into_response()
}
