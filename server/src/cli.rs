//! The commands.
#![allow(clippy::print_stdout, reason = "what a command answers goes to its terminal")]

use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use domain::clock::Clock;
use domain::db::Db;
use domain::staff::StaffInput;
use domain::text::Lang;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::config::{Base, Config};
use crate::{Error, Result, demo, logging, serve};

/// The Ordinavo customer portal: a portal for your customers and a desk for your staff, served by one program.
///
/// Each setting is a flag or an environment variable of the same name; `ordinavo help serve` lists them all.
#[derive(Parser)]
#[command(name = "ordinavo", version, max_term_width = 120)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal and the desk until stopped (Ctrl-C or SIGTERM)
    ///
    /// Creates or updates the database first. Without any settings it listens on this machine only, on ports 3000 (portal) and 3100
    /// (desk), with an embedded database in the folder `data`. Add the first staff member with `ordinavo staff add`.
    Serve(Config),
    /// Serve a demo: a database with example customers, people and requests, and sign-ins to try
    ///
    /// Refuses a database that holds anything else, and addresses that other machines can reach.
    Demo(Config),
    /// Create the database, or bring it to this version, and stop
    Migrate(Base),
    /// Manage staff from the command line
    #[command(subcommand)]
    Staff(Staff),
    /// Show the settings as they take effect, secrets masked
    Config(Config),
}

#[derive(Subcommand)]
enum Staff {
    /// Add somebody who can sign in at the desk
    ///
    /// Asks for the password, or reads it from the first line of standard input.
    Add {
        /// Name, as colleagues and customers read it
        #[arg(long)]
        name: String,
        /// Email address to sign in with
        #[arg(long)]
        email: String,
        /// dispatcher, manager or admin: each may do all that the one before may
        #[arg(long, default_value = "admin")]
        role: String,
        #[command(flatten)]
        base: Base,
    },
}

/// Runs the command that the program was started with.
pub fn main() -> ExitCode {
    let result = parse().and_then(run);
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ordinavo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads flags and environment; ends the program itself for `--help` and for what clap refuses.
fn parse() -> Result<Cli> {
    let known = known_variables();
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        // ORDINAVO_TEST_…: what tests are told may be set in the same shell.
        if name.starts_with("ORDINAVO_") && !name.starts_with("ORDINAVO_TEST_") && !known.contains(name.as_ref()) {
            return Err(Error::Settings(format!("{name} is set, but there is no such setting; `ordinavo help serve` lists them all.")));
        }
    }
    let mut words: Vec<_> = std::env::args_os().collect();
    // cargo-leptos starts the program without a command: who works on it wants to see something in it.
    if words.len() == 1 && std::env::var_os("LEPTOS_OUTPUT_NAME").is_some() {
        words.push("demo".into());
    }
    let matches = command().get_matches_from(words);
    Cli::from_arg_matches(&matches).map_err(|error| error.exit())
}

/// The commands, with help texts that do not show what the environment holds: it may be a password.
fn command() -> clap::Command {
    fn hide_values(command: clap::Command) -> clap::Command {
        command.mut_args(|arg| arg.hide_env_values(true)).mut_subcommands(hide_values)
    }
    hide_values(Cli::command())
}

/// The environment variables of all commands.
fn known_variables() -> BTreeSet<String> {
    fn collect(command: &clap::Command, known: &mut BTreeSet<String>) {
        known.extend(command.get_arguments().filter_map(|arg| arg.get_env()).map(|name| name.to_string_lossy().into_owned()));
        command.get_subcommands().for_each(|command| collect(command, known));
    }
    let mut known = BTreeSet::new();
    collect(&Cli::command(), &mut known);
    known
}

fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Config(config) => {
            config.check()?;
            for (name, value) in config.shown() {
                if value.is_empty() { println!("# {name} is not set") } else { println!("{name}={value}") }
            }
            Ok(())
        }
        Command::Serve(config) => start(&config.base, async || serve::until_stopped(&config).await),
        Command::Demo(config) => start(&config.base, async || {
            demo::prepare(&config).await?;
            print!("{}", demo::introduction(&config)?);
            serve::until_stopped(&config).await
        }),
        Command::Migrate(base) => start(&base, async || {
            let (_, system) = Db::open(&base.storage(), base.settings(), Clock::System).await?;
            system.migrate().await?;
            system.close().await;
            println!("The database has this version's schema.");
            Ok(())
        }),
        Command::Staff(Staff::Add { name, email, role, base }) => {
            let input = StaffInput { name, email, role, password: password()? };
            start(&base, async || add_staff(&base, &input).await)
        }
    }
}

/// Checks settings, starts the log, and runs a command's work.
fn start(base: &Base, work: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
    base.check()?;
    logging::start(base)?;
    tokio::runtime::Runtime::new()?.block_on(work())
}

async fn add_staff(base: &Base, input: &StaffInput) -> Result<()> {
    let (_, system) = Db::open(&base.storage(), base.settings(), Clock::System).await?;
    system.migrate().await?;
    let added = system.add_staff(input).await;
    system.close().await;
    match added {
        Ok(_) => {
            println!("{} <{}> can sign in at the desk as {}.", input.name.trim(), input.email.trim(), input.role);
            Ok(())
        }
        Err(domain::Error::Invalid(problems)) => {
            let sentences: Vec<String> =
                problems.0.iter().map(|(field, problem)| format!("{field}: {}", problem.sentence(Lang::En))).collect();
            Err(Error::Settings(sentences.join(" ")))
        }
        Err(error) => Err(error.into()),
    }
}

/// A password: typed without being shown, or the first line of what is piped in.
fn password() -> Result<String> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return first_line();
    }
    eprint!("Password (15 characters or more): ");
    std::io::stderr().flush()?;
    let shown = tcgetattr(&stdin).map_err(std::io::Error::from)?;
    let mut hidden = shown.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&stdin, OptionalActions::Flush, &hidden).map_err(std::io::Error::from)?;
    let line = first_line();
    tcsetattr(&stdin, OptionalActions::Flush, &shown).map_err(std::io::Error::from)?;
    eprintln!();
    line
}

fn first_line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_setting_is_shown_by_config() {
        let Command::Config(config) = Cli::parse_from(["ordinavo", "config"]).command else { panic!("another command") };
        let shown: BTreeSet<String> = config.shown().iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(shown, known_variables());
    }
}
