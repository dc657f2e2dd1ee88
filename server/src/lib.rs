//! The server: settings in, two listeners out. It turns HTTP into calls of the pages (`app`) and of the doors (`domain`), and holds what
//! every answer has in common: headers, limits, the cross-site check, log lines.
//!
//! Start at [`cli`] for the commands, at [`serve`] for what runs, and at [`routes`] for the one table of addresses that are ours.

pub mod cli;
pub mod config;
pub mod demo;
pub mod logging;

mod accept;
mod jobs;
pub mod serve;

mod brand;
mod calendar;
mod download;
mod export;
mod face;
mod health;
pub mod live;
mod pages;
mod pdf;
mod plain_forms;
mod report_pdf;
pub mod routes;
mod server_functions;
mod site;
mod token_link;
mod upload;

mod caller;
mod catch_panic;
mod cross_site;
mod headers;
mod time_limit;

use std::net::SocketAddr;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Settings that are unknown, contradict each other or do not fit the machine: one sentence for whoever set them.
    #[error("{0}")]
    Settings(String),
    #[error("cannot listen on {address}: {cause}; choose another address with {setting}")]
    Listen { address: SocketAddr, setting: &'static str, cause: std::io::Error },
    #[error(transparent)]
    Domain(#[from] domain::Error),
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
