//! The program `ordinavo`. Everything is in the library, so that tests start the same server.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
