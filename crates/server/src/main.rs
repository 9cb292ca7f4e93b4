//! The `tideline` program.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match tideline_server::run(tideline_server::cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tideline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
