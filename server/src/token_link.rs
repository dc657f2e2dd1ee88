//! Links with a token, from mails. Opening one changes nothing: the token moves into a cookie for ten minutes, and the browser goes on to
//! an address without it, so that it stays in no history, no log and no `Referer`.

use app::ctx::FLOW_COOKIE;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::Token;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use tower_cookies::cookie::time::Duration;

use crate::face::{Served, cookies};
use crate::pages;

const LIFE: Duration = Duration::minutes(10);

pub async fn invitation(State(served): State<Served>, Path(token): Path<String>, request: Parts) -> Response {
    carry(&served, token, "/invite", request).await
}

pub async fn reset(State(served): State<Served>, Path(token): Path<String>, request: Parts) -> Response {
    carry(&served, token, "/reset", request).await
}

pub async fn unsubscribe(State(served): State<Served>, Path(token): Path<String>, request: Parts) -> Response {
    carry(&served, token, "/unsubscribe", request).await
}

/// Stops the mails at once, for a mail program whose reader pressed its button. A token that is known, used or made up is answered alike,
/// so that nobody can test for one and a program that tries twice need not worry.
pub async fn stop_mails(State(served): State<Served>, Path(token): Path<String>, request: Parts) -> Response {
    match served.db.anonymous().unsubscribe(&Token::presented(&token)).await {
        Ok(()) | Err(domain::Error::NotFound) => pages::plain(StatusCode::OK, "You get no more of these emails."),
        Err(error) => pages::failure(&served, request, error.into()).await,
    }
}

async fn carry(served: &Served, token: String, to: &str, request: Parts) -> Response {
    // What cannot be a token is not put into a header.
    if token.len() > 100 || !token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
        return pages::not_found(served, request).await;
    }
    let mut cookie = served.context(&request).cookie(FLOW_COOKIE, token);
    cookie.set_max_age(LIFE);
    cookies(&request).add(cookie);
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
