//! What the portal loads of its company's brand. Its version is in the address, so that a browser keeps it until it changes.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::brand::STYLE_PATH;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use crate::download::header_value;
use crate::face::Served;
use crate::pages;

/// The style sheet of the accent; nothing without one.
pub async fn style(State(served): State<Served>, request: Parts) -> Response {
    match served.db.anonymous().brand_style().await {
        Ok(Some(style)) => kept(&request, &style.version, "text/css; charset=utf-8", style.text.into_bytes()),
        Ok(None) => pages::failure(&served, request, domain::Error::NotFound.into()).await,
        Err(error) => pages::failure(&served, request, error.into()).await,
    }
}

/// The logo; nothing without one.
pub async fn logo(State(served): State<Served>, request: Parts) -> Response {
    match served.db.anonymous().logo().await {
        Ok((png, version)) => kept(&request, &version.to_string(), "image/png", png),
        Err(error) => pages::failure(&served, request, error.into()).await,
    }
}

/// The address of the style sheet, if there is one. A page without its colours is better than none.
pub async fn style_address(served: &Served) -> Option<String> {
    let style = served.db.anonymous().brand_style().await.unwrap_or_else(|error| {
        tracing::warn!(%error, "a page goes without its brand");
        None
    });
    style.map(|style| format!("{STYLE_PATH}?v={}", style.version))
}

/// Kept for good under the address of its version; under any other it is asked for again.
fn kept(request: &Parts, version: &str, media_type: &'static str, content: Vec<u8>) -> Response {
    let tag = format!("\"{version}\"");
    let of_version = request.uri.query().and_then(|query| query.strip_prefix("v=")) == Some(version);
    let caching = if of_version { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(header::ETAG, header_value(&tag)), (header::CACHE_CONTROL, HeaderValue::from_static(caching))];
    let known = request.headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|tags| tags.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], content).into_response()
}
