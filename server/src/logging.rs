//! Log lines, to standard error: as text for people or as JSON for machines.

use std::io::IsTerminal;
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;

use crate::config::{Base, LogFormat};
use crate::{Error, Result};

/// Starts the log of this process. Panics become log lines too, inside the span of the request that caused them.
///
/// # Errors
/// When the filter is not understood.
pub fn start(base: &Base) -> Result<()> {
    let filter = EnvFilter::try_new(&base.log.0).map_err(|error| Error::Settings(format!("ORDINAVO_LOG is not understood: {error}.")))?;
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    let started = match base.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
    };
    started.map_err(|error| Error::Settings(format!("the log could not be started: {error}")))?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, said = panic.payload_as_str().unwrap_or_default(), "panic");
}
