//! `tideline-booth`: the ballot side alone.

use std::{net::TcpListener, path::PathBuf, process::ExitCode, thread, time::Duration};

use actix_web::{App, HttpServer, web};
use anyhow::{Context as _, Result, anyhow, bail};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;
use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};
use serde::Deserialize;
use tideline_booth::{
    BallotSide, BoothSettings, Clock, LiveWaves, Share, configure_ballot, harden, program::Booth,
};
use tideline_domain::{spelt_out, unseen};

const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// The ballot side of Tideline alone: takes sealed ballots, knows nobody, keeps no log.
#[derive(Debug, Parser)]
#[command(name = "tideline-booth", version, max_term_width = 100)]
struct Cli {
    /// Settings file; the same sections as for `tideline`, of which it reads what it needs.
    #[arg(long, value_name = "FILE", env = "TIDELINE_CONFIG")]
    config: Option<PathBuf>,
    /// Which one of several ballot programs this is: 1/2 and 2/2 share the boxes of a wave.
    #[arg(long, default_value_t = Share::ALL)]
    share: Share,
}

#[derive(Deserialize)]
struct Raw {
    server: RawServer,
    data: RawData,
    wave: RawWave,
    jobs: RawJobs,
}

#[derive(Deserialize)]
struct RawServer {
    ballot_listen: std::net::SocketAddr,
    app_origin: String,
    ballot_origin: String,
    contact: String,
    workers: usize,
}

#[derive(Deserialize)]
struct RawData {
    ballot_directory: PathBuf,
}

#[derive(Deserialize)]
struct RawWave {
    grace_seconds: u32,
}

#[derive(Deserialize)]
struct RawJobs {
    every_seconds: u64,
}

#[expect(clippy::disallowed_methods, reason = "this program's one clock")]
fn wall_clock() -> DateTime<Utc> {
    Utc::now()
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints; what nobody would see in a setting or a file is spelt out.
fn say(text: &str) {
    let said: Vec<String> = text.lines().map(spelt_out).collect();
    eprintln!("tideline-booth: {}", said.join("\n"));
}

fn settings(cli: &Cli) -> Result<Raw> {
    let mut figment = Figment::from(Toml::string(DEFAULTS));
    if let Some(file) = &cli.config {
        if !file.is_file() {
            bail!("there is no file {}", spelt_out(&file.display().to_string()));
        }
        figment = figment.merge(Toml::file_exact(file));
    }
    figment.merge(Env::prefixed("TIDELINE_").split("__")).extract().map_err(|error| {
        // A value with a line break makes no line of its own.
        let said: Vec<String> = error.into_iter().map(|it| spelt_out(&it.to_string())).collect();
        anyhow!(said.join("\n"))
    })
}

fn run(cli: &Cli) -> Result<()> {
    harden::no_dumps().context("turning off core dumps")?;
    harden::private_files(true);
    let raw = settings(cli)?;
    let folder = raw.data.ballot_directory;
    if folder.as_os_str().is_empty() {
        bail!(
            "data.ballot_directory must name the folder that this program shares with `tideline serve`"
        );
    }
    check(&folder)?;
    if unseen(&raw.server.contact).is_some() {
        bail!("server.contact has a character that nobody sees, or that turns the line around");
    }
    let booth = Booth {
        side: BallotSide {
            live: LiveWaves::default(),
            settings: BoothSettings {
                app_origin: raw.server.app_origin.parse().context("server.app_origin")?,
                ballot_origin: raw.server.ballot_origin.parse().context("server.ballot_origin")?,
                data: folder,
                contact: raw.server.contact,
            },
            clock: Clock::System(wall_clock),
        },
        share: cli.share,
        grace: TimeDelta::seconds(raw.wave.grace_seconds.into()),
        listen: raw.server.ballot_listen,
    };
    look(&booth);
    let rounds = booth.clone();
    let pause = Duration::from_secs(raw.jobs.every_seconds.clamp(1, 3600));
    thread::spawn(move || {
        loop {
            thread::sleep(pause);
            look(&rounds);
        }
    });
    serve(&booth, raw.server.workers)
}

/// Refuses to run where more is kept, or seen by more people, than is promised.
fn check(folder: &std::path::Path) -> Result<()> {
    let keys = folder.join("keys");
    let boxes = folder.join("boxes");
    let mut refused = Vec::new();
    for finding in harden::findings(&[folder, &keys, &boxes], true) {
        if finding.refuse {
            refused.push(finding.to_string());
        } else {
            say(&format!("warning: {finding}"));
        }
    }
    if !refused.is_empty() {
        bail!("it is not safe to run like this:\n  {}", refused.join("\n  "));
    }
    Ok(())
}

/// One round. What it says names waves and boxes, never a request, and comes at the round's own
/// time.
fn look(booth: &Booth) {
    match booth.refresh() {
        Ok(failed) => failed.iter().for_each(|it| say(&it.to_string())),
        Err(error) => say(&format!("the chain of manifests cannot be read: {error}")),
    }
    for live in booth.side.live.list() {
        if live.box_failed() {
            say(&format!("wave {}: the ballot box did not take a ballot", live.wave.seq));
        }
    }
}

fn serve(booth: &Booth, workers: usize) -> Result<()> {
    let listener = TcpListener::bind(booth.listen)
        .with_context(|| format!("listening on {}; is another program using it?", booth.listen))?;
    let side = web::Data::new(booth.side.clone());
    let workers = match workers {
        0 => thread::available_parallelism().map_or(1, std::num::NonZero::get),
        fixed => fixed,
    };
    say(&format!("serving {} on {}", booth.side.settings.ballot_origin, booth.listen));
    actix_web::rt::System::new().block_on(async move {
        HttpServer::new(move || App::new().app_data(side.clone()).configure(configure_ballot))
            .workers(workers)
            .shutdown_timeout(10)
            .listen(listener)?
            .run()
            .await
    })?;
    // What was on its way is in the boxes, dealt anew.
    booth.side.live.list().iter().for_each(|it| it.close());
    Ok(())
}
