//! Measures the server. `scripts/bench.sh` runs the commands in their order and puts the numbers into a table.
#![allow(clippy::print_stdout, reason = "what is measured goes to the terminal")]

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use domain::id::{LocationId, RequestId};
use server::config::{Base, Config};

mod bulk;
mod client;
mod limit;
mod load;
mod pages;
mod people;
mod seed;
mod split;

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T, E = Error> = std::result::Result<T, E>;

/// The bench of the Ordinavo customer portal
#[derive(Parser)]
#[command(max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fill an empty database; prints a line for each contact to ask as: name, session, one of its requests, one of its locations
    Seed {
        #[command(flatten)]
        base: Base,
        /// How many requests, by 1,000 for each customer
        #[arg(long)]
        requests: u64,
    },
    /// Serve the limit: a bare handler that asks the database what a page asks, and sends the bytes that the server sent
    Limit {
        #[command(flatten)]
        base: Base,
        #[arg(long)]
        address: SocketAddr,
        /// The server whose bytes are sent
        #[arg(long)]
        like: SocketAddr,
    },
    /// Ask for a page, or send requests, as fast as it goes; prints how many a second, and p50, p95 and p99 in milliseconds
    Load(load::Load),
    /// Tell what the time of the pages goes to: session, SQL, rendering, sending; in milliseconds
    Split {
        #[command(flatten)]
        config: Box<Config>,
        #[arg(long)]
        session: String,
        #[arg(long)]
        request: RequestId,
        #[arg(long, default_value_t = 300)]
        rounds: usize,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Seed { base, requests } => seed::run(&base, requests).await,
        Command::Limit { base, address, like } => limit::serve(&base, address, like).await,
        Command::Load(load) => load.run().await,
        Command::Split { config, session, request, rounds } => split::run(&config, &session, request, rounds).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ordinavo-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What a form's location or a page's address has in it is an id, or the bench is wrong.
fn location(text: &str) -> Result<LocationId> {
    text.parse().map_err(|_| format!("{text:?} is no location").into())
}
