//! What the portal knows: types and rules that browser and server share, and (with the feature `ssr`) the only code that reads or
//! writes the database.
//!
//! Start at [`actor`] for who may ask, at `db` for the doors, and at [`request`] for how a noun is laid out: shared types in
//! `request.rs`, what a customer may do in `request/portal.rs`, what staff may do in `request/desk.rs`.

#[macro_use]
mod closed_set;
#[cfg(feature = "ssr")]
#[macro_use]
pub mod db;

pub mod field;
pub mod id;
pub mod page;
pub mod role;
pub mod text;
pub mod when;

pub mod invitation;
pub mod session;

pub mod access;
pub mod brand;
pub mod company;
pub mod customer;
pub mod grant;
pub mod sheet;
pub mod staff;

pub mod appointment;
pub mod attachment;
pub mod audit;
pub mod calendar;
pub mod change;
pub mod first_steps;
pub mod follow_up;
pub mod home;
pub mod notification;
pub mod overview;
pub mod reply_template;
pub mod report;
pub mod request;
pub mod search;
pub mod status_word;
pub mod suggestion;
pub mod target;
pub mod timeline;
pub mod view_as;
pub mod viewer;

#[cfg(feature = "ssr")]
pub mod actor;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod form_state;
#[cfg(feature = "ssr")]
pub mod journal;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
pub mod system;
#[cfg(feature = "ssr")]
pub mod throttle;

#[cfg(feature = "ssr")]
pub use error::{Error, Result};
