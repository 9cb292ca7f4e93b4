//! The short commands `wave`, `adopt` and `migrate`.

use anyhow::{Context as _, Result};
use chrono_tz::Tz;
use tideline_ballot::wave_dir::leftover;
use tideline_domain::{Phase, WaveSeq, Window};
use tideline_report::words;
use tideline_store::Store;
use tideline_text::{Language, Text};

use crate::{
    cli::{OpenArgs, WaveCommand},
    config::Config,
    context::{Context, system_clock},
    installation, instrument, outbox, running,
    wave::{self, Closed},
};

#[expect(clippy::print_stdout, reason = "this is what the command is run for")]
pub(crate) fn say(line: &str) {
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
        WaveCommand::Leftovers { destroy } => leftovers(context, destroy),
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
    let label = args.label.as_deref().map(str::parse).transpose()?;
    context.apply_settings()?;
    wave::somebody_to_turn_to(context)?;
    let zone = context.zone()?;
    let opens = args.opens.begins(zone);
    let window = Window::new(opens, opens, args.closes.ends(zone))?
        .picked_up_before(context.config.pickup, context.now());
    let seq = match label {
        Some(label) => wave::announce(context, label, &asks, window)?,
        None => wave::announce_in_its_month(context, &asks, window)?,
    };
    context.note("wave.announce", format!("wave {seq}"))?;
    say(&format!("it takes answers {}", dates(&window, zone)));
    say(&format!(
        "wave {seq} is announced; a running `tideline serve` takes it up within {} s",
        context.config.jobs_every_seconds
    ));
    Ok(())
}

/// From when to when a wave takes answers, in words.
pub(crate) fn dates(window: &Window, zone: Tz) -> String {
    let t = Text::new(Language::English);
    let (first, last) = (words::first_day(window, &zone, t), words::last_day(window, &zone, t));
    format!("from {first} to {last} ({zone})")
}

fn status(context: &Context) -> Result<()> {
    let (now, zone) = (context.now(), context.zone()?);
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
            "{:>4}  {:<12} {:<16} {}  {state}",
            record.wave.seq.0,
            record.wave.label.as_str(),
            record.wave.asks.as_str(),
            dates(&window, zone),
        ));
    }
    Ok(())
}

fn leftovers(context: &Context, destroy: bool) -> Result<()> {
    let mut found = 0;
    for folder in installation::folders(context.config.place()) {
        let all = leftover::list(folder)?;
        found += all.len();
        all.iter().for_each(|it| say(&it.display().to_string()));
    }
    if found == 0 {
        say("no keys and no boxes were moved aside");
    } else if destroy {
        context.note("wave.leftovers", "leftovers")?;
        for folder in installation::folders(context.config.place()) {
            leftover::destroy(folder)
                .with_context(|| format!("destroying leftovers below {}", folder.display()))?;
        }
        say(&format!("{found} files are destroyed"));
    } else {
        say(&format!("{found} files; `tideline wave leftovers --destroy` destroys them for good"));
    }
    Ok(())
}

/// Runs `tideline adopt`.
///
/// # Errors
///
/// If the program serves, or something cannot be read, moved or written; then it can be run again.
pub(crate) fn adopt(config: Config) -> Result<()> {
    crate::context::data_folder(&config)?;
    let _alone = running::alone(&config)?;
    installation::refuse_new_database(config.place())?;
    if config.migrate_on_start {
        tideline_store::migrate(&config.database)?;
    }
    let store = Store::open(&config.database)?;
    store.check_schema()?;
    let adopted = installation::adopt(config.place(), &store)?;
    let context = Context::open(config, system_clock())?;
    wave::complete_files(&context)?;
    context.note("installation.adopt", "installation")?;
    for place in adopted.aside {
        say(&format!("moved aside to {place}"));
    }
    say(&format!(
        "{} and {} belong together from now on",
        context.config.database,
        context.config.data.display()
    ));
    Ok(())
}

/// Runs `tideline migrate`.
///
/// # Errors
///
/// If the database cannot be brought up to date.
pub(crate) fn migrate(config: &Config) -> Result<()> {
    crate::context::data_folder(config)?;
    installation::refuse_new_database(config.place())?;
    let done = tideline_store::migrate(&config.database)?;
    for name in &done {
        say(&format!("applied {name}"));
    }
    if done.is_empty() {
        say("the database is up to date");
    }
    Ok(())
}
