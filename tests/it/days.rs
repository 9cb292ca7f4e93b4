//! One notion of a day: the last day that HR chooses is the one that every page, mail, card, file and hook
//! tells, and the one on which people can still answer, in whatever time zone.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use tideline_api::Reach;
use tideline_domain::{Phase, WaveSeq, day::utc_day};
use tideline_server::{
    config::WaveMail,
    hooks::{self, Hook, HookKind},
    outbox, paper, wave,
};
use tideline_store::{Organisation, SupportContact};
use tideline_text::{Language, Text};

use crate::{hooks::listener, journey::roster, support::Instance, tagged::Tagged};

const ZONES: [Tz; 5] =
    [Tz::Europe__Berlin, Tz::Pacific__Auckland, Tz::America__New_York, Tz::Asia__Kolkata, Tz::UTC];

/// First and last days, with a clock change between them in Berlin and on the last day in Auckland; the other
/// way round; and the end of a year.
const DAYS: [(&str, &str, &str); 3] = [
    ("2026-03-23", "2026-04-05", "5 April 2026"),
    ("2026-10-19", "2026-11-01", "1 November 2026"),
    ("2026-12-20", "2026-12-31", "31 December 2026"),
];

/// What each surface tells of a check-in from `first` to `last`, chosen by HR on the page, with `zone` set.
fn told(zone: Tz, (first, last, words): (&str, &str, &str)) -> BTreeMap<&'static str, String> {
    let (port, arrived) = listener(0);
    let days: [NaiveDate; 2] = [first, last].map(|it| it.parse().unwrap());
    let now: DateTime<Utc> = (days[0] - Duration::days(9)).and_hms_opt(12, 0, 0).unwrap().and_utc();
    let tideline = Instance::start_with(None, now, |config| {
        config.about_waves = vec![WaveMail::Opens, WaveMail::Reminder];
        config.hooks = vec![Hook {
            name: "chat".into(),
            url: format!("http://127.0.0.1:{port}/chat"),
            kind: HookKind::Slack,
            language: Language::English,
            reach: Reach::Anywhere,
        }];
    });
    let context = &tideline.context;
    tideline.import(&roster());
    let name = "Harbour".parse().unwrap();
    let organisation = Organisation { name, time_zone: zone.name().to_owned() };
    context.store.set_organisation(&organisation).unwrap();
    let contact = SupportContact {
        title: "Line".parse().unwrap(),
        phone: Some("112".into()),
        link: None,
        note: String::new(),
        checked: utc_day(now),
        country: None,
    };
    context.store.set_support_contacts(&[contact]).unwrap();

    let hr = tideline.sign_in("hedda@harbour.example");
    let manager = tideline.sign_in("mona@harbour.example");
    let get = |path: &str, cookie: &str| {
        let (status, body) = tideline.get(&tideline.app(path), Some(cookie));
        assert_eq!(status, 200, "{path}: {body}");
        body
    };
    let me: serde_json::Value = serde_json::from_str(&get("/api/v1/me", &hr)).unwrap();
    let fields = [("csrf", me["csrf"].as_str().unwrap()), ("opens", first), ("closes", last)];
    let (status, page) = tideline.form("/org/waves", Some(&hr), &fields);
    assert_eq!(status, 303, "{page}");
    let seq = WaveSeq(1);
    let window = context.store.wave(seq).unwrap().wave.window;

    let mut told = BTreeMap::new();
    let mut tell = |surface, text: &str| {
        told.insert(surface, if text.contains(words) { words.to_owned() } else { text.to_owned() });
    };
    let dates = |page: &str| page.lines().find(|it| it.contains("Open from")).unwrap().to_owned();
    tell("page of check-ins", &dates(&get("/org/waves", &hr)));
    tell("public log", &dates(&get("/privacy/log", &hr)));
    tell("page of a team", &get(&format!("/team/{}", tideline.unit("Elm")), &manager));
    tell("page of reports, before", &get("/org/reports", &hr));
    let api: serde_json::Value = serde_json::from_str(&get("/api/v1/waves", &hr)).unwrap();
    assert_eq!(api[0]["last_day"], last, "{zone}");
    let cards = paper::make_cards(context, seq, false, Text::new(Language::English)).unwrap();
    tell("paper cards", &Tagged::read(&cards).root.text());

    tideline.clock.set(window.opens());
    wave::refresh_live(context).unwrap();
    hooks::work(context).unwrap();
    tell("chat", &arrived.lock().unwrap()[0].body);
    outbox::fill(context).unwrap();
    outbox::deliver(context).unwrap();
    let until = |it: &&String| it.contains("open until");
    tell("mail that it is open", tideline.mails().iter().find(until).unwrap());
    tideline.clock.set(window.closes() - Duration::minutes(1));
    outbox::deliver(context).unwrap();
    let reminder = |it: &&String| until(it) && it.contains("nobody can see who has answered");
    tell("mail that reminds", tideline.mails().iter().find(reminder).unwrap());

    // On the last day one can still answer, a minute before midnight, and not a minute after.
    let wall = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    assert_eq!(wall(context.now()), format!("{last} 23:59"));
    assert_eq!(window.phase(context.now()), Phase::Open);
    assert_eq!(window.phase(context.now() + Duration::minutes(1)), Phase::Closed);
    assert_eq!(wall(window.opens()), format!("{first} 00:00"));

    tideline.clock.set(window.closes() + Duration::minutes(5));
    tideline.close(seq);
    // The session of three weeks ago is over.
    let hr = tideline.sign_in("hedda@harbour.example");
    outbox::deliver(context).unwrap();
    let reports = get("/org/reports", &hr);
    tell("page of reports, after", &reports);
    assert!(reports.contains("Mailed to 1 person."), "other mails do not count: {reports}");
    let api: serde_json::Value = serde_json::from_str(&get("/api/v1/reports", &hr)).unwrap();
    assert_eq!((&api[0]["sent"], &api[0]["waiting"]), (&1.into(), &0.into()));
    tell("page of a report", &get("/org/reports/1", &hr));
    let (_, pdf) = tideline.get_bytes(&tideline.app("/org/reports/1.pdf"), Some(&hr));
    tell("report", &Tagged::read(&pdf).root.text());
    told
}

#[test]
fn every_surface_tells_the_same_last_day_in_every_zone() {
    for days in DAYS {
        for zone in ZONES {
            let told = told(zone, days);
            assert_eq!(told.len(), 11);
            for (surface, said) in told {
                println!("{zone:<20} {surface:<26} {said}");
                assert_eq!(said, days.2, "{surface} in {zone}");
            }
        }
    }
}
