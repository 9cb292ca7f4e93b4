//! The short commands: `wave`, `migrate`, `check-config`.

use anyhow::{Result, bail};
use tideline_domain::{Phase, WaveSeq};

use crate::{
    cli::{OpenArgs, WaveCommand},
    config::{Config, MailRoute},
    context::Context,
    instrument, outbox,
    wave::{self, Closed},
};

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
fn say(line: &str) {
    println!("{line}");
}

/// Runs `tideline wave …`.
///
/// # Errors
///
/// As the command's own steps.
pub(crate) fn run(context: &Context, command: WaveCommand) -> Result<()> {
    match command {
        WaveCommand::Open(args) => open(context, &args),
        WaveCommand::Close { wave, abandon } => {
            let (seq, closed) = wave::close_named(context, wave, abandon)?;
            let action = if abandon { "wave.abandon" } else { "wave.close" };
            context.note(action, format!("wave {seq}"))?;
            say(&match closed {
                Closed::Released => {
                    format!("wave {seq} is released; its box, token list and keys are destroyed")
                }
                Closed::AlreadyReleased => format!("wave {seq} is already released"),
            });
            let mails = outbox::deliver(context)?.sent;
            say(&format!("{mails} mails sent"));
            Ok(())
        }
        WaveCommand::Status => status(context),
        WaveCommand::Addresses { wave } => {
            let addresses = context.store.addresses(WaveSeq(wave))?;
            context.note("wave.addresses", format!("wave {wave}"))?;
            addresses.iter().for_each(|it| say(it.as_str()));
            Ok(())
        }
    }
}

fn open(context: &Context, args: &OpenArgs) -> Result<()> {
    let asks = instrument::named(&args.instrument)?;
    let label = match &args.label {
        Some(label) => label.parse()?,
        None => wave::label(&args.closes.format("%Y-%m").to_string(), &asks)?,
    };
    context.apply_settings()?;
    wave::somebody_to_turn_to(context)?;
    let seq = wave::announce_from(context, label, &asks, args.opens, args.closes)?;
    context.note("wave.announce", format!("wave {seq}"))?;
    say(&format!(
        "wave {seq} is announced; a running `tideline serve` takes it up within {} s",
        context.config.jobs_every_seconds
    ));
    Ok(())
}

fn status(context: &Context) -> Result<()> {
    let now = context.now();
    let waves = context.store.wave_summaries()?;
    if waves.is_empty() {
        say("no wave yet; `tideline wave open` announces one");
    }
    for record in waves {
        let window = record.wave.window;
        let state = match window.phase(now) {
            _ if record.released => "released",
            Phase::Announced => "announced",
            Phase::PickUp => "tokens are handed out",
            Phase::Open => "open",
            Phase::Closed => "over, to be tallied",
        };
        say(&format!(
            "{:>4}  {:<12} {:<16} {} to {}  {state}",
            record.wave.seq.0,
            record.wave.label.as_str(),
            record.wave.asks.as_str(),
            window.opens().format("%Y-%m-%d"),
            window.closes().format("%Y-%m-%d"),
        ));
    }
    Ok(())
}

/// Runs `tideline migrate`.
///
/// # Errors
///
/// If the database cannot be brought up to date.
pub(crate) fn migrate(config: &Config) -> Result<()> {
    crate::context::data_folder(config)?;
    let done = tideline_store::migrate(&config.database)?;
    for name in &done {
        say(&format!("applied {name}"));
    }
    if done.is_empty() {
        say("the database is up to date");
    }
    Ok(())
}

/// Runs `tideline check-config`: the settings are parsed already, so this says what they are.
///
/// # Errors
///
/// If votes would be lost; settings that cannot work were refused before.
pub(crate) fn check_config(config: &Config) -> Result<()> {
    if let Some(why) = config.two_sites() {
        bail!(why);
    }
    let mail = match &config.mail {
        MailRoute::Smtp(_) => "by SMTP".to_owned(),
        MailRoute::Folder(folder) => format!("into {}", folder.display()),
    };
    for (what, value) in [
        ("app", format!("{} on {}", config.app_origin, config.app_listen)),
        ("ballot side", format!("{} on {}", config.ballot_origin, config.ballot_listen)),
        ("data", config.data.display().to_string()),
        ("ballot folder", config.shared().display().to_string()),
        ("ballot boxes", config.boxes.to_string()),
        ("database", config.database.to_string()),
        (
            "smallest group",
            format!("{} answers, until it is changed on the page", config.smallest_group),
        ),
        ("roster guard", if config.roster_guard { "on" } else { "off" }.to_owned()),
        ("mail", mail),
    ] {
        say(&format!("{what:<16} {value}"));
    }
    if config.contacts.is_empty() {
        say("note: support.contacts is empty; the support page then names nobody to call");
    }
    say("settings can be used");
    Ok(())
}
