//! `tideline check-config`: what the settings say, and whether they can work.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tideline_domain::Window;
use tideline_report::words;
use tideline_store::Store;
use tideline_text::{Language, Text};

use crate::{
    calendar::Calendar,
    config::{Config, MailRoute},
    files,
    wave_command::{dates, say},
};

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
/// If votes would be lost, or a folder cannot be written; settings that cannot work were refused before.
pub(crate) fn run(config: &Config, now: DateTime<Utc>) -> Result<()> {
    if let Some(why) = config.two_sites() {
        bail!(why);
    }
    let mail = match &config.mail {
        MailRoute::Smtp(server) => format!("by {}", host_of(&server.url)),
        MailRoute::Folder(folder) => {
            format!("into {}, unless the page Mail names a server", folder.display())
        }
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
        ("sender", config.sender.from.clone()),
    ] {
        say(&format!("{what:<16} {value}"));
    }
    for hook in &config.hooks {
        // The rest of its address may be a secret.
        say(&format!("{:<16} {} at {}", "hook", hook.name, host_of(&hook.url)));
    }
    for line in calendar(config, zone_now(config), now) {
        say(&line);
    }
    if config.contacts.is_empty() {
        say("note: support.contacts is empty; the support page then names nobody to call");
    }
    let mut faults: Vec<String> = folders(config)
        .into_iter()
        .filter_map(|it| writable(it).err())
        .map(|it| format!("{it:#}"))
        .collect();
    if config.data.exists() {
        faults.extend(files::refuse_shared(&config.data).err().map(|it| it.to_string()));
    }
    ensure!(
        faults.is_empty(),
        "the user who runs this could not run the program: {}",
        faults.join("; ")
    );
    say("settings can be used");
    Ok(())
}

/// The folders into which the program writes.
fn folders(config: &Config) -> Vec<&Path> {
    let database = config.database.sqlite_file().and_then(Path::parent);
    let mails = match &config.mail {
        MailRoute::Folder(folder) => Some(folder.as_path()),
        MailRoute::Smtp(_) => None,
    };
    [Some(config.data.as_path()), Some(config.shared()), database, mails]
        .into_iter()
        .flatten()
        .collect()
}

/// Refuses a folder that the program could neither write into nor make. Leaves nothing behind.
fn writable(folder: &Path) -> Result<()> {
    let there = |it: &&Path| it.as_os_str().is_empty() || it.exists();
    let nearest = folder.ancestors().find(there).unwrap_or(folder);
    let nearest = if nearest.as_os_str().is_empty() { Path::new(".") } else { nearest };
    ensure!(nearest.is_dir(), "{} is in the way: it is no folder", nearest.display());
    let probe = nearest.join(format!(".tideline-{}", uuid::Uuid::new_v4()));
    fs::File::create_new(&probe)
        .and_then(|_| fs::remove_file(&probe))
        .with_context(|| format!("{} cannot be written: {}", folder.display(), nearest.display()))
}

/// The host in an address, without what signs in to it or tells which room it is.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    rest.rsplit('@').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_an_address_holds_no_secret() {
        for (url, host) in [
            ("smtps://user:p%40ss@mail.example.org:465", "mail.example.org:465"),
            ("https://hooks.example.org/services/T0/B0/secret?key=1", "hooks.example.org"),
            ("smtp://[::1]:25", "[::1]:25"),
        ] {
            assert_eq!(host_of(url), host);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named_and_nothing_is_left() {
        let place = tempfile::tempdir().unwrap();
        writable(&place.path().join("a/b/c")).unwrap();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
        fs::write(place.path().join("file"), "").unwrap();
        let error = writable(&place.path().join("file/mail")).unwrap_err().to_string();
        assert!(error.contains("is in the way"), "{error}");
    }
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
