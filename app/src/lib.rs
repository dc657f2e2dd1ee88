//! The pages of both faces, and beside each page the thin server functions it calls. A server function takes the actor from the session,
//! calls the domain, and returns; rules and SQL live in the domain.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod ctx;
pub mod error;
pub mod ui;

#[cfg(feature = "portal")]
pub mod portal;

#[cfg(feature = "desk")]
pub mod desk;
