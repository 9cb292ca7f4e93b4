//! The short commands: `wave`, `migrate`, `check-config`.

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tideline_domain::{Phase, WaveSeq, Window};
use tideline_report::words;
use tideline_store::Store;
use tideline_text::{Language, Text};

use crate::{
    calendar::Calendar,
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
fn dates(window: &Window, zone: Tz) -> String {
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

/// How many waves of the calendar are told ahead.
const TOLD_AHEAD: usize = 6;

/// The next waves by the calendar, a line for each; and when a report goes out, if waves are announced by hand.
fn calendar(config: &Config, zone: Tz, now: DateTime<Utc>) -> Vec<String> {
    let t = Text::new(Language::English);
    let reports = config.report_day.clone().map(|rule| Calendar::new(rule, zone));
    let moment = |at| words::moment(at, &zone, t);
    let Some(waves) = &config.wave_calendar else {
        let line = |at| format!("{:<16} {}", "next report", moment(at));
        let next =
            std::iter::successors(reports.as_ref().and_then(|it| it.next_after(now)), |at| {
                reports.as_ref().and_then(|it| it.next_after(*at))
            });
        return next.take(TOLD_AHEAD).map(line).collect();
    };
    let line = |it: Window| {
        let report = reports.as_ref().and_then(|of| of.next_from(it.closes()));
        let report = report.map_or_else(|| "as soon as it is released".to_owned(), moment);
        format!("{:<16} {}; report {report}", "next wave", dates(&it, zone))
    };
    waves.waves(zone, now).take(TOLD_AHEAD).map(line).collect()
}

/// The time zone in which days begin and end: of the database if there is one already, otherwise of the
/// settings. A database that cannot be opened is not this command's to report.
fn zone_now(config: &Config) -> Tz {
    let by_settings = config.time_zone.unwrap_or(Tz::UTC);
    let there = config.database.sqlite_file().is_none_or(|it| it.is_file());
    let stored = there.then(|| Store::open(&config.database).ok()).flatten();
    let stored = stored.and_then(|it| tideline_api::zone(&it, by_settings).ok());
    stored.unwrap_or(by_settings)
}

/// Runs `tideline check-config`: the settings are parsed already, so this says what they are.
///
/// # Errors
///
/// If votes would be lost; settings that cannot work were refused before.
pub(crate) fn check_config(config: &Config, now: DateTime<Utc>) -> Result<()> {
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
    for line in calendar(config, zone_now(config), now) {
        say(&line);
    }
    if config.contacts.is_empty() {
        say("note: support.contacts is empty; the support page then names nobody to call");
    }
    say("settings can be used");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::WaveCalendar;

    #[test]
    fn the_next_waves_and_reports_are_told_in_words() {
        let mut config = Config::load(None).unwrap();
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        assert!(calendar(&config, Tz::Europe__Berlin, now).is_empty());
        config.report_day = Some("monthly on day 15 at 08:00".parse().unwrap());
        let lines = calendar(&config, Tz::Europe__Berlin, now);
        assert_eq!(
            (lines.len(), lines[0].as_str()),
            (6, "next report      15 December 2026, 08:00")
        );
        let openings = "monthly on day 1 at 09:00".parse().unwrap();
        config.wave_calendar = Some(WaveCalendar::new(openings, 14).unwrap());
        let lines = calendar(&config, Tz::Europe__Berlin, now);
        let first = "next wave        from 1 December 2026, 09:00 to 14 December 2026 (Europe/Berlin); \
                     report 15 December 2026, 08:00";
        assert_eq!((lines.len(), lines[0].as_str()), (6, first));
    }
}
