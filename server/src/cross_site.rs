//! No other site makes a browser change anything here: each unsafe method must come from a page of ours. Sign-in is no exception, or
//! a stranger could sign somebody in as himself.
//!
//! The one exception is a mail program that stops mails for its reader (RFC 8058): it has no page of ours. It must post the words of that
//! standard to the link of a mail, whose token is all its right, and it can only ever make mails fewer.

use std::convert::Infallible;
use std::time::Duration;

use app::ctx::Face;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};

use crate::config::{PublicUrl, is_loopback_host};
use crate::face::Served;
use crate::pages;

/// Browsers say with every request where the page that sends it stands to its target; script cannot change it.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const ONE_CLICK_TIME: Duration = Duration::from_secs(10);
/// Bytes: the words of the standard, and what a multipart form puts around them.
const ONE_CLICK_SIZE: usize = 1024;

pub async fn refuse(State(served): State<Served>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_our_own(request.headers(), &served.public_url) {
        return next.run(request).await;
    }
    if is_unsubscribe_link(served.face, request.method(), request.uri().path()) {
        let (parts, body) = request.into_parts();
        // The limits of the layers further in do not hold here.
        if let Ok(Ok(body)) = tokio::time::timeout(ONE_CLICK_TIME, to_bytes(body, ONE_CLICK_SIZE)).await
            && is_one_click(&parts.headers, body.clone()).await
        {
            return next.run(Request::from_parts(parts, Body::from(body))).await;
        }
    }
    tracing::warn!("refused: not from a page of ours");
    pages::plain(StatusCode::FORBIDDEN, "This form was not sent from one of our pages. Please open the page again and send it from there.")
}

fn is_unsubscribe_link(face: Face, method: &Method, path: &str) -> bool {
    let token = path.strip_prefix("/unsubscribe/").unwrap_or_default();
    face == Face::Portal && method == Method::POST && !token.is_empty() && !token.contains('/')
}

/// Whether a form is `List-Unsubscribe=One-Click` and nothing else, in either of the two ways to send a form.
async fn is_one_click(headers: &HeaderMap, body: Bytes) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Ok(boundary) = multer::parse_boundary(content_type) else {
        return body.trim_ascii() == b"List-Unsubscribe=One-Click";
    };
    let mut parts = multer::Multipart::new(futures::stream::iter([Ok::<Bytes, Infallible>(body)]), boundary);
    let is_it = match parts.next_field().await {
        Ok(Some(part)) if part.name() == Some("List-Unsubscribe") => part.text().await.is_ok_and(|text| text == "One-Click"),
        _ => false,
    };
    is_it && matches!(parts.next_field().await, Ok(None))
}

fn is_our_own(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key(FETCH_SITE) {
        return text(&FETCH_SITE) == Some("same-origin");
    }
    // Older browsers.
    let Some(origin) = text(&header::ORIGIN) else { return false };
    if origin == public_url.to_string() {
        return true;
    }
    // On this machine alone the same listener has several names.
    let host = text(&header::HOST).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    public_url.is_loopback() && is_loopback_host(name) && origin == format!("http://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(public_url: &str, headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect();
        is_our_own(&headers, &public_url.parse().unwrap())
    }

    #[test]
    fn promise_9_only_our_own_pages_may_change_anything() {
        let portal = "https://portal.example.com";
        assert!(allowed(portal, &[("sec-fetch-site", "same-origin")]));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!allowed(portal, &[("sec-fetch-site", site), ("origin", portal)]), "{site}");
        }
        assert!(allowed(portal, &[("origin", portal)]));
        assert!(!allowed(portal, &[("origin", "https://portal.example.com.evil.example")]));
        assert!(!allowed(portal, &[("origin", "null")]));
        assert!(!allowed(portal, &[("origin", "https://evil.example"), ("host", "evil.example")]));
        assert!(!allowed(portal, &[]));
    }

    #[test]
    fn promise_9_only_a_mails_link_may_be_posted_to_from_elsewhere() {
        assert!(is_unsubscribe_link(Face::Portal, &Method::POST, "/unsubscribe/token"));
        for path in ["/unsubscribe", "/unsubscribe/", "/unsubscribe/a/b", "/unsubscribed/a", "/api/portal/unsubscribe", "/reset/token"] {
            assert!(!is_unsubscribe_link(Face::Portal, &Method::POST, path), "{path}");
        }
        assert!(!is_unsubscribe_link(Face::Desk, &Method::POST, "/unsubscribe/token"));
        assert!(!is_unsubscribe_link(Face::Portal, &Method::DELETE, "/unsubscribe/token"));
    }

    #[tokio::test]
    async fn promise_9_and_with_the_words_of_the_standard_only() {
        let one_click = async |content_type: &'static str, body: &'static str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, http::HeaderValue::from_static(content_type))]);
            is_one_click(&headers, Bytes::from_static(body.as_bytes())).await
        };
        let form = "application/x-www-form-urlencoded";
        assert!(one_click(form, "List-Unsubscribe=One-Click").await);
        for other in ["", "List-Unsubscribe=", "List-Unsubscribe=One-Click&password=x", "password=x"] {
            assert!(!one_click(form, other).await, "{other}");
        }
        let parts = "multipart/form-data; boundary=edge";
        let part = "--edge\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--edge--\r\n";
        assert!(one_click(parts, part).await);
        let other = "--edge\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nOne-Click\r\n--edge--\r\n";
        assert!(!one_click(parts, other).await);
    }

    #[test]
    fn promise_9_on_this_machine_its_other_names_count_too() {
        let portal = "http://127.0.0.1:3000";
        assert!(allowed(portal, &[("origin", "http://localhost:3000"), ("host", "localhost:3000")]));
        assert!(!allowed(portal, &[("origin", "http://localhost:3100"), ("host", "localhost:3000")]));
        assert!(!allowed(portal, &[("origin", "http://evil.example:3000"), ("host", "evil.example:3000")]));
    }
}
