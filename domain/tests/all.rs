//! Every test of the domain in one program, which is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod support;

mod access;
mod appointments;
mod audit;
mod brand;
mod calendar;
mod changes;
mod company;
mod files;
mod first_steps;
mod notifications;
mod overview;
mod people;
mod pictures;
mod reply_templates;
mod reports;
mod requests;
mod search;
mod sessions;
mod sheets;
mod status_words;
mod suggestions;
mod view_as;
mod viewers;
