//! The `tideline` program.

use std::process::ExitCode;

use clap::Parser as _;

/// Pages and reports are many small pieces of memory: a report takes a tenth less time with this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match tideline_server::run(tideline_server::cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tideline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
