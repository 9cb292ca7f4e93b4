//! A year by the clock that tests move: whatever calendar there is, each of its waves is announced, and each
//! report sent, once.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use tideline_domain::{RoleKind, Window, day::day_in};
use tideline_server::{calendar::WaveCalendar, outbox, schedule, wave};
use tideline_store::{DeliveryState, JobState, MailKind, Organisation, SupportContact};

use crate::{journey::roster, support::Instance};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// An installation in `zone` whose waves open by `openings` for `days`, and whose reports go out by `reports`.
fn installation(now: &str, zone: Tz, openings: &str, days: u32, reports: &str) -> Instance {
    let tideline = Instance::start_with(None, at(now), |config| {
        config.time_zone = Some(zone);
        config.wave_calendar = Some(WaveCalendar::new(openings.parse().unwrap(), days).unwrap());
        config.report_day = (!reports.is_empty()).then(|| reports.parse().unwrap());
    });
    tideline.import(&format!("{}Harbour,,Ada Aal,ada@harbour.example,admin\n", roster()));
    let name = "Harbour".parse().unwrap();
    let organisation = Organisation { name, time_zone: zone.name().to_owned() };
    tideline.context.store.set_organisation(&organisation).unwrap();
    tideline
}

fn with_somebody_to_turn_to(tideline: &Instance) {
    let contact = SupportContact {
        title: "Line".parse().unwrap(),
        phone: Some("112".into()),
        link: None,
        note: String::new(),
        checked: day_in(tideline.context.now(), &Tz::UTC),
        country: None,
    };
    tideline.context.store.set_support_contacts(&[contact]).unwrap();
}

/// What `serve` does in a round.
fn round(tideline: &Instance) {
    let context = &tideline.context;
    wave::refresh_live(context).unwrap();
    for seq in wave::due(context).unwrap() {
        wave::close(context, seq).unwrap();
    }
    schedule::announce(context).unwrap();
    outbox::fill(context).unwrap();
    outbox::deliver(context).unwrap();
}

/// Lives through a year; returns the labels of its waves, and how long after closing each report was sent.
fn a_year(openings: &str, days: u32, reports: &str, zone: Tz) -> Vec<(String, Duration)> {
    let tideline = installation("2026-01-01T00:00:00Z", zone, openings, days, reports);
    with_somebody_to_turn_to(&tideline);
    let mut now = tideline.context.now();
    while now < at("2027-02-15T00:00:00Z") {
        tideline.clock.set(now);
        round(&tideline);
        now += Duration::hours(6);
    }
    let store = &tideline.context.store;
    let waves = store.waves().unwrap();
    let calendar = WaveCalendar::new(openings.parse().unwrap(), days).unwrap();
    let planned: Vec<_> = calendar
        .waves(zone, at("2026-01-01T00:00:00Z"))
        .take_while(|it| it.opens() <= at("2027-02-15T00:00:00Z"))
        // The one under way when it all began opened late.
        .map(|it| (it.opens().max(at("2026-01-01T00:00:00Z")), it.closes()))
        .collect();
    let held: Vec<_> = waves
        .iter()
        .map(|it| (it.wave.window.opens(), it.wave.window.closes()))
        .filter(|it| it.0 <= at("2027-02-15T00:00:00Z"))
        .collect();
    assert_eq!(held, planned, "{openings}");
    assert!(store.jobs(200).unwrap().iter().all(|it| it.state == JobState::Done));
    assert!(store.people_with_role(RoleKind::Hr).unwrap().len() == 1);

    let over = waves.iter().filter(|it| it.wave.window.closes() < at("2027-01-01T00:00:00Z"));
    over.map(|it| {
        let mails = store.deliveries(it.wave.seq).unwrap();
        let reports = mails.iter().filter(|it| it.topic.kind() == MailKind::MonthlyReport);
        let reports: Vec<_> = reports.collect();
        assert_eq!(reports.len(), 1, "one for the one person of HR");
        assert_eq!(reports[0].state, DeliveryState::Sent, "{}", it.wave.label);
        let after = reports[0].sent_at.unwrap() - it.wave.window.closes();
        (it.wave.label.to_string(), after)
    })
    .collect()
}

#[test]
fn a_year_of_months_with_a_report_due_at_the_minute_of_closing() {
    let waves = a_year("monthly on day 1 at 09:00", 14, "0 0 15 * *", Tz::Europe__Berlin);
    assert_eq!(waves.len(), 12);
    for (at, (label, after)) in waves.iter().enumerate() {
        assert_eq!(*label, format!("2026-{:02}", at + 1));
        assert!(*after < Duration::hours(24), "{label}: that day, not a month later: {after}");
    }
}

#[test]
fn a_year_of_waves_of_thirty_days() {
    let waves = a_year("monthly on day 1 at 09:00", 30, "", Tz::America__New_York);
    let labels: Vec<&str> = waves.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(labels.first(), Some(&"2026-01"));
    assert_eq!(labels.len(), 12, "{labels:?}");
}

#[test]
fn a_year_of_weeks() {
    let waves = a_year("0 9 * * 1", 7, "", Tz::Pacific__Auckland);
    let labels: Vec<&str> = waves.iter().map(|it| it.0.as_str()).collect();
    let first = ["2026-01", "2026-01-2", "2026-01-3", "2026-01-4", "2026-01-5", "2026-02"];
    assert_eq!(labels[..6], first);
    assert_eq!(labels.len(), 52, "{labels:?}");
}

#[test]
fn a_wave_that_cannot_be_announced_is_told_and_announced_once_it_can_be() {
    let tideline = installation(
        "2026-03-25T12:00:00Z",
        Tz::Europe__Berlin,
        "monthly on day 1 at 09:00",
        14,
        "",
    );
    let about = || -> Vec<String> {
        tideline.mails().into_iter().filter(|it| it.contains("could not be announced")).collect()
    };
    round(&tideline);
    round(&tideline);
    let mails = about();
    assert_eq!(mails.len(), 1, "one for the one administrator");
    assert!(mails[0].contains("1 April 2026, 09:00"), "{}", mails[0]);
    assert!(mails[0].contains("support"), "it says why: {}", mails[0]);
    let admin = tideline.sign_in("ada@harbour.example");
    let (_, health) = tideline.get(&tideline.app("/admin/health"), Some(&admin));
    assert!(health.contains("1 April 2026, 09:00"), "{health}");

    with_somebody_to_turn_to(&tideline);
    tideline.clock.set(tideline.context.now() + Duration::hours(5));
    round(&tideline);
    assert_eq!(tideline.context.store.waves().unwrap().len(), 1);
    assert_eq!(about().len(), 1);
    let (_, health) = tideline.get(&tideline.app("/admin/health"), Some(&admin));
    assert!(!health.contains("1 April 2026, 09:00"), "{health}");
    assert!(!health.contains("could not be announced"), "{health}");
}

/// Nobody is asked twice: not after the time zone was set, nor beside a wave that somebody opened by hand.
#[test]
fn a_wave_in_the_place_of_the_calendars_is_taken_for_it() {
    let berlin = Tz::Europe__Berlin;
    let months = "monthly on day 1 at 09:00";
    let held = |tideline: &Instance| tideline.context.store.waves().unwrap().len();
    let is_calm = |tideline: &Instance| {
        let mails = tideline.mails();
        assert!(!mails.iter().any(|it| it.contains("could not be announced")), "{mails:?}");
        assert!(
            tideline.context.store.jobs(9).unwrap().iter().all(|it| it.state == JobState::Done)
        );
    };
    for (before, after) in [(Tz::UTC, Tz::America__New_York), (Tz::UTC, berlin)] {
        let tideline = installation("2026-03-28T12:00:00Z", before, months, 14, "");
        with_somebody_to_turn_to(&tideline);
        round(&tideline);
        assert_eq!(held(&tideline), 1);
        let name = "Harbour".parse().unwrap();
        let organisation = Organisation { name, time_zone: after.name().to_owned() };
        tideline.context.store.set_organisation(&organisation).unwrap();
        for day in ["2026-03-29T06:00:00Z", "2026-04-02T12:00:00Z", "2026-04-08T12:00:00Z"] {
            tideline.clock.set(at(day));
            round(&tideline);
        }
        assert_eq!(held(&tideline), 1, "{after}");
        is_calm(&tideline);
    }
    // By hand: shorter than the calendar's, as long, longer; and a short one, after which the calendar's begins.
    for (last, waves) in [(11, 1), (14, 1), (20, 1), (3, 2)] {
        let tideline = installation("2026-03-20T12:00:00Z", berlin, months, 14, "");
        with_somebody_to_turn_to(&tideline);
        let day = |it: u32| NaiveDate::from_ymd_opt(2026, 4, it).unwrap();
        let window = Window::of_days(day(1), day(last), &berlin).unwrap();
        let context = &tideline.context;
        wave::announce_in_its_month(context, &context.config.wave_asks, window).unwrap();
        for day in ["2026-03-29T06:00:00Z", "2026-04-02T12:00:00Z", "2026-04-06T12:00:00Z"] {
            tideline.clock.set(at(day));
            round(&tideline);
        }
        let found = tideline.context.store.waves().unwrap();
        assert_eq!(found.len(), waves, "to the {last}th");
        if let [first, second] = &found[..] {
            assert_eq!(second.wave.window.opens(), first.wave.window.closes());
        }
        is_calm(&tideline);
    }
}
