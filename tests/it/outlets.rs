//! Every number that stands in a report or a monthly mail stands in the JSON API too, whose fields are all in
//! `docs/published.toml` with where they come from; or it is a constant: of the program's texts, or a page number.

use std::{collections::BTreeSet, fs, path::Path};

use chrono::Datelike as _;
use serde_json::Value;
use tideline_domain::{UnitId, lever::LEVERS};
use tideline_report::mail::{Envelope, MonthlyReport, Support, monthly_report};
use tideline_text::{Language, Text};

use crate::{
    pdf::{Demo, demo, read, reports},
    tagged::Tagged,
};

/// The numbers in `text`, without leading zeros: "−5" is 5, "19.3" one number, "2026-10-08" three.
fn numbers(text: &str, into: &mut BTreeSet<String>) {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut at = 0;
    while at < letters.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let from = at;
        while is_digit(at) || (matches!(letters.get(at), Some('.' | ',')) && is_digit(at + 1)) {
            at += 1;
        }
        let number: String = letters[from..at].iter().collect();
        let short = number.trim_start_matches('0');
        into.insert(if short.is_empty() { "0" } else { short }.to_owned());
    }
}

fn numbers_of(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => numbers(text, into),
        Value::Number(number) => numbers(&number.to_string(), into),
        Value::Array(of) => of.iter().for_each(|it| numbers_of(it, into)),
        Value::Object(of) => of.values().for_each(|it| numbers_of(it, into)),
        Value::Bool(_) | Value::Null => (),
    }
}

/// Numbers that the program's own texts and levers hold.
fn constants(language: Language) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/text/locales");
    let mut all = BTreeSet::new();
    for file in fs::read_dir(folder.join(language.tag())).unwrap() {
        numbers(&fs::read_to_string(file.unwrap().path()).unwrap(), &mut all);
    }
    LEVERS.iter().for_each(|it| numbers(it.text, &mut all));
    all
}

/// Numbers that the JSON API tells of `unit` (of the organisation if there is none), of the calendar, and of who
/// was asked.
fn published(demo: &Demo, unit: Option<UnitId>, language: Language) -> BTreeSet<String> {
    let json =
        |path: &str| -> Value { serde_json::from_slice(&read(demo, path, language)).unwrap() };
    let mut all = BTreeSet::new();
    let path = unit.map_or("/api/v1/organisation/trend".to_owned(), |unit| {
        format!("/api/v1/units/{unit}/trend")
    });
    numbers_of(&json(&path), &mut all);
    for release in &demo.history {
        let release = json(&format!("/api/v1/releases/{}", release.wave().seq.0));
        for field in ["wave", "smallest_group"] {
            numbers_of(&release[field], &mut all);
        }
        if unit.is_none() {
            numbers_of(&release["turnout"], &mut all);
        }
    }
    all
}

/// The numbers of `text` that are not among those known.
fn unknown(text: &str, known: &BTreeSet<String>) -> Vec<String> {
    let mut found = BTreeSet::new();
    numbers(text, &mut found);
    found.difference(known).cloned().collect()
}

#[test]
fn every_number_of_a_report_is_in_the_api_or_a_constant() {
    let demo = demo();
    for (name, unit, text, pdf) in reports() {
        let read = Tagged::read(pdf);
        let mut said = String::new();
        read.root.each(&mut |it| {
            said.extend([" ", it.own.as_str(), " ", it.alt.as_deref().unwrap_or_default()]);
        });
        let mut known = published(demo, *unit, text.language());
        known.extend(constants(text.language()));
        // Of levers a report tells when they are looked at again, which is within a year.
        let year = demo.context.now().year();
        // The address of the page that says the same.
        let latest = demo.history.last().unwrap().wave().seq.to_string();
        numbers(&unit.map_or(latest, |it| it.to_string()), &mut known);
        known.extend([year, year + 1].map(|it| it.to_string()));
        assert_eq!(unknown(&said, &known), Vec::<String>::new(), "{name}: {said}");
        // It is not deaf: a spread of answers, and an exact number of people.
        let more = format!("{said} 19.3 1115");
        assert_eq!(unknown(&more, &known), ["1115", "19.3"], "{name}");
    }
}

/// The plain text of a mail, which says the same as its HTML; without the addresses of pages.
fn plain(mail: &[u8]) -> String {
    let mail = String::from_utf8(mail.to_vec()).unwrap().replace("=\r\n", "");
    let text = mail.split("text/plain").nth(1).unwrap();
    let text = text.split_once("\r\n\r\n").unwrap().1.split("\r\n--").next().unwrap();
    let mut bytes = Vec::new();
    let mut parts = text.split('=');
    bytes.extend(parts.next().unwrap().bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// The plain text of the monthly mail about `unit`.
fn mail_about(demo: &Demo, unit: Option<UnitId>, text: Text) -> String {
    let to = "hr@example.org".parse().unwrap();
    let envelope = Envelope {
        from: "Tideline <tideline@example.org>",
        reply_to: None,
        to: &to,
        organisation: "Harbour",
        support: Support { url: "https://app.example.org/support", contacts: &[] },
        text,
        at: demo.context.now(),
        choices_url: "https://app.example.org/mail",
        stop_url: None,
    };
    let boards = tideline_api::Boards::of(
        &demo.context.store,
        &demo.history,
        unit,
        &chrono_tz::Tz::UTC,
        demo.context.now(),
    )
    .unwrap();
    let mail = MonthlyReport {
        history: &demo.history,
        unit,
        levers: &boards.plans,
        today: boards.today,
        next: boards.next,
        report_url: "https://app.example.org/org",
        pdf: None,
    };
    plain(&monthly_report(&envelope, &mail).unwrap().formatted())
}

#[test]
fn every_number_of_a_monthly_mail_is_in_the_api_or_a_constant() {
    let demo = demo();
    for (name, unit, text, _) in reports() {
        let said = mail_about(demo, *unit, *text);
        let mut known = published(demo, *unit, text.language());
        known.extend(constants(text.language()));
        assert_eq!(unknown(&said, &known), Vec::<String>::new(), "{name}: {said}");
        assert_eq!(unknown(&format!("{said} 19.3"), &known), ["19.3"], "{name}");
    }
}

/// Letters and digits alone: lines end elsewhere on paper.
fn bare(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

#[test]
fn page_report_and_mail_begin_with_the_same_sentence_and_name_the_same() {
    let demo = demo();
    let now = demo.context.now();
    for (name, unit, text, pdf) in reports().iter().filter(|it| it.1.is_none()) {
        let page = String::from_utf8(read(demo, "/org", text.language())).unwrap();
        let headline = page.split("class=\"headline\">").nth(1).unwrap();
        let headline = headline.split("</h2>").next().unwrap();
        assert!(headline.ends_with('.'), "{name}: {headline}");

        let read = Tagged::read(pdf);
        let printed = bare(&read.root.text());
        let begins = bare(&text.tr("report-one-minute")) + &bare(headline);
        assert!(printed.contains(&begins), "{name}: {headline}: {printed}");

        let mail = mail_about(demo, *unit, *text).replace("\r\n", "\n");
        let first = mail.split("\n\n").nth(1).unwrap();
        assert_eq!(bare(first), bare(headline), "{name}: {mail}");

        // What is overdue by the boards is counted in it, and named.
        let boards = tideline_api::Boards::of(
            &demo.context.store,
            &demo.history,
            None,
            &chrono_tz::Tz::UTC,
            now,
        )
        .unwrap();
        let overdue: Vec<_> =
            boards.plans.iter().filter(|it| it.plan.is_overdue(boards.today)).collect();
        assert!(!overdue.is_empty(), "the demo has some");
        for it in &overdue {
            let short = bare(&tideline_report::levers::short(*text, it.plan.lever));
            for said in [&printed, &bare(&mail), &bare(&page)] {
                assert!(said.contains(&short), "{name}: {short}");
            }
        }
    }
}
