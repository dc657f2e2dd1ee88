//! Every test against the server in one program, which is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "../../domain/tests/support/mod.rs"]
mod domain_support;
mod faces;
mod support;

mod boundary;
mod brand;
mod calendar;
mod canaries;
mod demo;
mod downloads;
mod export;
mod listeners;
mod live;
mod plain_forms;
mod policy;
mod report_pdf;
mod status_words;
mod unsubscribe;
