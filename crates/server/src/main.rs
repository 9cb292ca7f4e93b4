//! The `tideline` program.

use std::process::ExitCode;

use clap::Parser as _;
use tideline_domain::spelt_out;

/// Pages and reports are many small pieces of memory: a report takes a tenth less time with this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match tideline_server::run(tideline_server::cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // It may quote a file: what nobody would see in it does nothing to the terminal.
            let said: Vec<String> = format!("{error:#}").lines().map(spelt_out).collect();
            eprintln!("tideline: {}", said.join("\n"));
            ExitCode::FAILURE
        }
    }
}
