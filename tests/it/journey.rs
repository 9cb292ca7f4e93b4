//! The story of one check-in, from the roster to the mail that HR reads.

use tideline_aggregation::Subject;
use tideline_domain::{AnswerSheet, Scale, Window};
use tideline_instrument::PULSE;
use tideline_server::{context::Context, wave::Closed};
use tideline_store::{Actor, ImportPlan, ImportRow};

use crate::{
    databases::on_both_databases,
    support::{Instance, day, pdf_text},
};

/// Elm can stand alone; Oak and Ash are too small to, and are shown together with the head office.
pub(crate) fn roster() -> String {
    let mut csv = String::from("unit,parent,name,email,role\n");
    csv.push_str("Harbour,,Hedda Haar,hedda@harbour.example,hr\n");
    csv.push_str("Elm,Harbour,Mona Moor,mona@harbour.example,manager\n");
    for (unit, people) in [("Elm", 10), ("Oak", 7), ("Ash", 6)] {
        for at in 1..=people {
            let person = format!("{}{at}", unit.to_lowercase());
            csv.push_str(&format!(
                "{unit},Harbour,Person {person},{person}@harbour.example,staff\n"
            ));
        }
    }
    csv
}

/// Everybody on a team, by address.
pub(crate) fn staff(unit: &str, people: u32) -> Vec<String> {
    (1..=people).map(|at| format!("{unit}{at}@harbour.example")).collect()
}

/// The answers of somebody who chose option `option` (0 to 4) of nine items.
pub(crate) fn sheet(option: u8) -> AnswerSheet {
    let form = PULSE.form(&[usize::from(option), 1, 0, 3, 2]).unwrap().0;
    let bytes: Vec<u8> =
        (0..PULSE.items.len()).map(|at| if form.contains(&at) { option + 1 } else { 0 }).collect();
    AnswerSheet::from_ballot(PULSE.items.len(), &bytes).unwrap()
}

#[test]
fn from_the_roster_to_the_mail_that_hr_reads() {
    on_both_databases(|database| {
        let tideline = Instance::start(database, day(3, 1));
        tideline.import(&roster());

        // A wave is announced; a week before it opens, tokens can be picked up at any sign-in.
        let window = Window::new(day(3, 2), day(3, 9), day(3, 16)).unwrap();
        let wave = tideline.announce("2026-03", window);
        tideline.clock.set(day(3, 3));
        let mut tokens = Vec::new();
        for address in staff("elm", 8).iter().chain(&staff("oak", 5)).chain(&staff("ash", 4)) {
            let cookie = tideline.sign_in(address);
            tokens.push(tideline.pick_up(&cookie));
        }

        // It opens; sealed ballots arrive at the other origin, without any sign-in.
        let (manifest, first) = &tokens[0];
        assert_ne!(tideline.send(manifest, first, &sheet(3)), 200, "not open yet");
        tideline.clock.set(day(3, 9));
        for (at, (manifest, token)) in tokens.iter().enumerate() {
            let option = if at < 8 { 3 } else { 1 };
            assert_eq!(tideline.send(manifest, token, &sheet(option)), 200);
        }
        assert_eq!(
            tideline.send(manifest, first, &sheet(0)),
            409,
            "a token is good for one ballot"
        );

        // While it is open there is nothing to see, for anybody.
        let mona = tideline.sign_in("mona@harbour.example");
        let elm = tideline.app(&format!("/team/{}", tideline.unit("Elm")));
        let (status, page) = tideline.get(&elm, Some(&mona));
        assert_eq!(status, 200);
        assert!(!page.contains("class=\"chart\""), "no interim figures");

        // It closes, is tallied and released, once.
        tideline.clock.set(day(3, 17));
        assert_eq!(tideline.send(manifest, first, &sheet(0)), 410, "closed");
        assert_eq!(tideline.close(wave), Closed::Released);
        assert_eq!(tideline.close(wave), Closed::AlreadyReleased);
        assert_eq!(tideline.deliver(), 1, "one report, to HR");

        // The manager's page, its CSV, HR's page, the PDF and the mail show the same figures.
        let release = tideline.context.store.release(wave).unwrap().unwrap();
        let figure = |subject: &Subject, scale| {
            format!("{:.0}", release.page_of(subject).unwrap().figures.get(scale).value.round())
        };
        let team = Subject::Unit(tideline.unit("Elm"));
        let whole = Subject::Unit(release.tree().root().id);

        let mona = tideline.sign_in("mona@harbour.example");
        let (_, page) = tideline.get(&elm, Some(&mona));
        let (_, csv) = tideline.get(&format!("{elm}/data.csv"), Some(&mona));
        let hedda = tideline.sign_in("hedda@harbour.example");
        let (status, organisation) = tideline.get(&tideline.app("/org"), Some(&hedda));
        assert_eq!(status, 200);
        let (status, pdf) = tideline.get_bytes(&tideline.app("/org/reports/1.pdf"), Some(&hedda));
        assert_eq!(status, 200);
        let report = pdf_text(&pdf);
        let mails = tideline.reports();
        assert_eq!(mails.len(), 1);
        for scale in Scale::ALL {
            let (team, whole) = (figure(&team, scale), figure(&whole, scale));
            assert!(page.contains(&format!(">{team}<")), "{team} on the team's page");
            assert!(csv.contains(&format!(",{team},")), "{team} in {csv}");
            assert!(organisation.contains(&format!(">{whole}<")), "{whole} on HR's page");
            assert!(mails[0].contains(&whole), "{whole} in the mail");
            if let Some(report) = &report {
                assert!(report.contains(&whole) && report.contains(&team), "{whole} in the report");
            }
        }

        // The organisation counts every answer; the small teams are shown together, by name.
        assert!(release.page_of(&whole).unwrap().people.holds(17));
        let (_, units) = tideline.get(&tideline.app("/org/units"), Some(&hedda));
        assert!(units.contains("Oak") && units.contains("[c]"));

        // Nobody else sees any of it.
        let elm1 = tideline.sign_in("elm1@harbour.example");
        let nowhere =
            tideline.get(&tideline.app("/team/00000000-0000-4000-8000-000000000000"), Some(&elm1));
        for (cookie, url) in [
            (&elm1, elm.clone()),
            (&elm1, tideline.app("/org")),
            (&mona, tideline.app("/org")),
            (&mona, tideline.app(&format!("/team/{}", tideline.unit("Oak")))),
        ] {
            assert_eq!(tideline.get(&url, Some(cookie)), nowhere, "{url}");
        }
        assert_eq!(nowhere.0, 404);
    });
}

/// Earlier versions kept addresses as the file had them. They are looked for as mail servers know them, so that
/// is how they are kept from the next start on, unless somebody else has that address by now.
#[test]
fn an_address_that_was_kept_as_it_was_typed_is_found_in_either_spelling() {
    on_both_databases(|database| {
        let site = Instance::start(database, day(3, 1));
        let (typed, known) = ("jo@köln.example", "jo@xn--kln-sna.example");
        let row = |name: &str, address: &str| ImportRow {
            unit: "Harbour".parse().unwrap(),
            parent: None,
            person: Some((name.parse().unwrap(), address.parse().unwrap(), Vec::new())),
        };
        let twice = ["an@köln.example", "an@xn--kln-sna.example"];
        let rows = vec![row("Jo", typed), row("An", twice[0]), row("Anna", twice[1])];
        let store = &site.context.store;
        store.import(&ImportPlan { rows }, Actor::Program, site.context.now()).unwrap();
        let person = site.person(typed);
        Context::open((*site.context.config).clone(), site.context.clock.clone()).unwrap();
        assert_eq!(site.person(known), person);
        for address in twice {
            site.person(address);
        }
        for spelling in [typed, known] {
            let asked = site.form("/sign-in", None, &[("email", spelling)]);
            assert_eq!(asked.0, 303, "{}", asked.1);
            let arrived = (0..400).any(|_| {
                std::thread::sleep(std::time::Duration::from_millis(25));
                site.mails().iter().any(|it| it.contains(&format!("To: {known}")))
            });
            assert!(arrived, "{spelling}");
            std::fs::remove_dir_all(site.folder().join("mail")).unwrap();
        }
    });
}
