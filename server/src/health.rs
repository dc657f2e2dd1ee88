//! For whoever watches over the server: is it alive, can it work. Nothing else is said.

use axum::extract::State;
use http::StatusCode;

use crate::face::Served;

pub async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers and has this version's schema.
pub async fn ready(State(served): State<Served>) -> (StatusCode, &'static str) {
    if served.db.is_ready().await { (StatusCode::OK, "ready\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready\n") }
}
