//! A panic ends its own request with an answer, and nothing else.

use std::panic::AssertUnwindSafe;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use domain::text::Lang;
use futures::FutureExt;

use crate::pages;

/// The cause is in the log already: see `logging`.
pub async fn answer(request: Request, next: Next) -> Response {
    let (for_person, error) = (pages::wants_page(request.headers()), pages::internal(request.extensions()));
    AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|_| pages::apology(for_person, Lang::default(), &error))
}
