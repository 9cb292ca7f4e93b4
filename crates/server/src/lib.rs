//! The program: settings, clock, command line, jobs. It wires the crates together and decides little.

mod audit;
mod audit_log;
pub mod auth_keys;
pub mod backup;
mod backup_command;
pub mod calendar;
mod check_config;
pub mod cli;
pub mod config;
pub mod context;
pub mod demo;
mod files;
pub mod hooks;
mod installation;
pub mod instrument;
pub mod jobs;
mod mail_command;
pub mod move_database;
pub mod outbox;
pub mod paper;
mod progress;
mod provider;
mod queue;
pub mod recoveries;
pub mod replay;
pub mod report;
pub mod roster;
mod running;
pub mod schedule;
mod self_check;
pub mod self_test;
pub mod serve;
mod site;
mod steady;
mod step;
mod stuck;
pub mod telemetry;
pub mod wave;
mod wave_command;

use anyhow::Result;
use tideline_booth::harden;

use crate::{
    cli::{Cli, Command},
    config::Config,
    context::{Context, system_clock},
};

/// Does what the command line says.
///
/// # Errors
///
/// In words for the person who typed it.
pub fn run(cli: Cli) -> Result<()> {
    harden::private_files(false);
    if let Command::Demo(args) = &cli.command {
        telemetry::quiet();
        return demo::run(args);
    }
    if let Command::SelfTest(args) = &cli.command {
        // Whoever runs it from outside has no settings to read.
        let named = args.app.is_some() && args.ballot.is_some() && !args.machine;
        let config = if named { None } else { Some(Config::load(cli.config.as_deref())?) };
        return self_test::run(args, config);
    }
    let config = Config::load(cli.config.as_deref())?;
    telemetry::start(&config);
    harden::private_files(config.ballot_data.is_some());
    let open = |config| Context::open(config, system_clock());
    match cli.command {
        Command::Demo(_) | Command::SelfTest(_) => Ok(()),
        Command::Serve => serve::run(&open(config)?),
        Command::Migrate => wave_command::migrate(&config),
        Command::Backup { out } => backup_command::make(config, &out, cli.config.as_deref()),
        Command::Restore { from } => backup_command::restore(config, &from),
        Command::MoveDatabase { to } => backup_command::move_database(config, &to),
        Command::Adopt => wave_command::adopt(config),
        Command::Wave(command) => wave_command::run(&open(config)?, command),
        Command::Paper(command) => paper::run(&open(config)?, command),
        Command::Report(args) => report::run(&open(config)?, &args),
        Command::Mail(command) => mail_command::run(&open(config)?, &command),
        Command::ImportRoster(args) => roster::run(&open(config)?, &args),
        Command::Instrument(command) => instrument::run(&open(config)?, command),
        Command::Replay(args) => replay::run(&args, &config.policy_of_settings()),
        Command::Audit(args) => audit::run(&open(config)?, &args),
        Command::AuditLog(command) => audit_log::run(&open(config)?, &command),
        Command::CheckConfig => {
            let now = system_clock().now();
            check_config::run(&config, now)?;
            provider::check(&config, now)
        }
    }
}
