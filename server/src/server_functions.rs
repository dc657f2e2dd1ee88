//! Server functions of this listener's face; see `routes` for why the other face's are not even mounted.

use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::text::Lang;
use http::{HeaderValue, StatusCode, header};
use leptos::context::provide_context;
use leptos_axum::handle_server_fns_with_context;
use server_fn::axum::get_server_fn_service;
use server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::face::Served;
use crate::pages;
use crate::plain_forms::PlainForm;

/// Bytes of the arguments: the longest text, several times. Files go through `upload`.
const BODY_LIMIT: usize = 256 * 1024;

pub async fn answer(State(served): State<Served>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    if get_server_fn_service(parts.uri.path(), parts.method.clone()).is_none() {
        return pages::nothing_here(&served, parts).await;
    }
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return pages::plain(StatusCode::PAYLOAD_TOO_LARGE, "This form is too large, or did not arrive whole.");
    };
    let form = PlainForm::of(&parts, &body);
    // Leptos would send a browser's own form to whatever stands in `Referer`, with the error in the address: it never sees one.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let context = served.context(&parts);
    let call = Request::from_parts(parts.clone(), Body::from(body));
    let response = handle_server_fns_with_context(move || provide_context(context.clone()), call).await.into_response();
    let (response, error) = with_its_status(response, pages::internal(&parts.extensions)).await;
    match form {
        Some(form) => {
            let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
            form.answer(&served, parts, location, error).await
        }
        None => response,
    }
}

/// Leptos answers every error with 500: gives it its own status, and an internal one its reference.
async fn with_its_status(response: Response, internal: AppError) -> (Response, Option<AppError>) {
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return (response, None);
    }
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.unwrap_or_default();
    let error = match serde_json::from_slice(&body) {
        Ok(error) if !matches!(error, AppError::Internal { .. }) => error,
        _ => internal,
    };
    let json = pages::apology(false, Lang::default(), &error);
    head.status = json.status();
    head.headers.extend(json.headers().clone());
    (Response::from_parts(head, json.into_body()), Some(error))
}
