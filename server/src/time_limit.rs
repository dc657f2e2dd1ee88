//! No request holds its place forever.

use std::time::Duration;

use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::text::Lang;

use crate::pages;

/// A request that takes longer is dropped, with whatever transaction it had open.
pub async fn keep(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let for_person = pages::wants_page(request.headers());
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| {
        tracing::warn!(seconds = limit.as_secs(), "took too long");
        pages::apology(for_person, Lang::default(), &AppError::Unreachable)
    })
}
