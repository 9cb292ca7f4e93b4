//! A published questionnaire: its texts are added, a wave asks it, and everything that shows the
//! results shows them in its own unit, with its credit line, beside nothing that asked something else.
//!
//! The texts are made up for this test; the real ones never are in the project.

use std::fmt::Write as _;

use tideline_domain::{AnswerSheet, InstrumentId, Scale, UnitId, WaveSeq, Window};
use tideline_server::{cli::InstrumentCommand, instrument, wave};

use crate::{
    databases::on_both_databases,
    journey::{roster, sheet, staff},
    support::{Instance, day, pdf_text},
};

const CREDIT: &str = "Center for Victims of Torture";

/// Thirty made-up statements.
fn texts(language: &str) -> String {
    let (frame, options, statement) = match language {
        "de" => (
            "In den letzten 30 Tagen",
            "\"nie\", \"selten\", \"teils\", \"oft\", \"sehr oft\"",
            "Erfundene Aussage",
        ),
        _ => (
            "In the last 30 days",
            "\"not once\", \"now and then\", \"half the time\", \"often\", \"all the time\"",
            "Made-up statement",
        ),
    };
    let mut file = format!(
        "language = \"{language}\"\nlicence = \"Registered on 2 March 2026.\"\n\
         time_frame = \"{frame}\"\noptions = [{options}]\n\n[items]\n"
    );
    for item in 1..=30 {
        writeln!(file, "{item} = \"{statement} number {item}.\"").unwrap();
    }
    file
}

fn add(tideline: &Instance, language: &str, text: &str) -> anyhow::Result<()> {
    let file = tideline.folder().join(format!("texts-{language}.toml"));
    std::fs::write(&file, text).unwrap();
    let key = "proqol-5".to_owned();
    let added = instrument::run(
        &tideline.context,
        InstrumentCommand::Add { key, texts: file.clone(), dry_run: false },
    );
    std::fs::remove_file(file).unwrap();
    added
}

/// Everybody chooses the same: option 4 of each burnout item as it is scored, 3 of each of secondary
/// traumatic stress, 2 of each of compassion satisfaction.
fn answers() -> AnswerSheet {
    let burnout = [1, 4, 8, 10, 15, 17, 19, 21, 26, 29];
    let sts = [2, 5, 7, 9, 11, 13, 14, 23, 25, 28];
    let turned = [1, 4, 15, 17, 29];
    let bytes: Vec<u8> = (1..=30)
        .map(|item| match item {
            it if turned.contains(&it) => 2,
            it if burnout.contains(&it) => 4,
            it if sts.contains(&it) => 3,
            _ => 2,
        })
        .collect();
    AnswerSheet::from_ballot(30, &bytes).unwrap()
}

/// Lives through a wave in which all of Elm and Oak give `answers`.
fn live(tideline: &Instance, wave: WaveSeq, month: u32, answers: &AnswerSheet) {
    tideline.clock.set(day(month, 3));
    let tokens: Vec<_> = staff("elm", 10)
        .iter()
        .chain(&staff("oak", 7))
        .map(|it| tideline.token(it, wave))
        .collect();
    tideline.clock.set(day(month, 9));
    for (manifest, token) in &tokens {
        assert_eq!(tideline.send(manifest, token, answers), 200);
    }
}

#[test]
fn a_published_questionnaire_from_its_texts_to_the_report() {
    on_both_databases(|database| {
        let tideline = Instance::start(database, day(2, 1));
        tideline.import(&roster());
        let proqol: InstrumentId = "proqol-5".parse().unwrap();

        // Before its texts are there, it cannot be asked, and the reason says what to do.
        let window = |month| Window::new(day(month, 2), day(month, 9), day(month, 16)).unwrap();
        let early =
            wave::announce(&tideline.context, "2026-02".parse().unwrap(), &proqol, window(2));
        let why = format!("{:#}", early.unwrap_err());
        assert!(why.contains("tideline instrument add proqol-5"), "{why}");
        let missing = texts("en").replace("17 = \"Made-up statement number 17.\"\n", "");
        let why = format!("{:#}", add(&tideline, "en", &missing).unwrap_err());
        assert!(why.contains("item 17 has no text"), "{why}");

        // A month with the pulse, then one with the published questionnaire.
        let first = tideline.announce("2026-02", window(2));
        live(&tideline, first, 2, &sheet(3));
        tideline.clock.set(day(2, 17));
        tideline.close(first);
        add(&tideline, "en", &texts("en")).unwrap();
        add(&tideline, "de", &texts("de")).unwrap();
        let second = tideline.announce_asking(&proqol, "2026-03-proqol-5", window(3));

        // What was frozen stays, whatever is added later.
        let later = texts("en").replace("Made-up", "Altered");
        add(&tideline, "en", &later).unwrap();
        live(&tideline, second, 3, &answers());
        let (status, page) = tideline.get(&tideline.ballot("/check-in"), None);
        assert_eq!(status, 200);
        assert_eq!(page.matches("<fieldset").count(), 30);
        for part in [
            "Made-up statement number 30.",
            "half the time",
            "In the last 30 days",
            CREDIT,
            "30 short statements",
            "www.ProQOL.org</a>",
        ] {
            assert!(page.contains(part) || page.contains(&part.replace("</a>", "")), "{part}");
        }
        assert!(!page.contains("Altered"));
        let german = crate::support::http(
            "GET",
            &tideline.ballot("/check-in"),
            &[("accept-language", "de")],
            b"",
        );
        assert!(german.text().contains("Erfundene Aussage number 30."));
        assert!(german.text().contains("teils"));
        let (_, paper) = tideline.get(&tideline.ballot("/paper"), None);
        assert!(paper.contains("Made-up statement number 30.") && paper.contains(CREDIT));

        tideline.clock.set(day(3, 17));
        tideline.close(second);
        tideline.deliver();

        // Reversal and sums: 4 of 5 on each burnout item is 75 of 100, and 40 of 10 to 50.
        let release = tideline.context.store.release(second).unwrap().unwrap();
        let whole = release.page(release.tree().root().id).unwrap();
        for (scale, expected) in Scale::ALL.into_iter().zip([75.0, 50.0, 25.0]) {
            let found = whole.figures.get(scale).value;
            assert!((found - expected).abs() < 4.0, "{scale:?}: {found}");
        }

        // The page, the file, the report and the mail: own unit, T scores, reference, credit line.
        let mona = tideline.sign_in("mona@harbour.example");
        let elm = tideline.app(&format!("/team/{}", tideline.unit("Elm")));
        let (_, page) = tideline.get(&elm, Some(&mona));
        for part in ["De La Rosa", "5,612 people", "10 to 50", CREDIT, "March 2026", "moderate"] {
            assert!(page.contains(part), "{part} on the page");
        }
        assert!(!page.contains("February 2026</th>"), "another instrument is another series");
        assert!(page.contains("?asked=tideline-pulse-1"));
        let (_, pulse) = tideline.get(&format!("{elm}?asked=tideline-pulse-1"), Some(&mona));
        assert!(pulse.contains("February 2026</th>") && !pulse.contains("De La Rosa"));
        assert!(!pulse.contains("March 2026</th>"));
        let (_, csv) = tideline.get(&format!("{elm}/data.csv"), Some(&mona));
        assert!(csv.contains(CREDIT) && csv.contains("March 2026") && !csv.contains("February"));
        let (_, csv) = tideline.get(&format!("{elm}/data.csv?asked=tideline-pulse-1"), Some(&mona));
        assert!(csv.contains("February 2026") && !csv.contains(CREDIT));
        let trend = format!("/api/v1/units/{}/trend", tideline.unit("Elm"));
        let (_, json) = tideline.get(&tideline.app(&trend), Some(&mona));
        assert!(json.contains(CREDIT));
        let pulse = tideline.app(&format!("{trend}?asked=tideline-pulse-1"));
        let (_, json) = tideline.get(&pulse, Some(&mona));
        assert!(json.contains(r#""instrument":"tideline-pulse-1""#) && !json.contains(CREDIT));
        let (status, _) = tideline.get(&tideline.app(&format!("{trend}?asked=cbi")), Some(&mona));
        assert_eq!(status, 400, "a program is not given another series than the one it named");

        let hedda = tideline.sign_in("hedda@harbour.example");
        let (_, units) = tideline.get(&tideline.app("/org/units"), Some(&hedda));
        assert!(units.contains(CREDIT));
        let (_, reports) = tideline.get(&tideline.app("/org/reports"), Some(&hedda));
        assert!(reports.contains("ProQOL") && reports.contains("February 2026"));
        let (status, pdf) = tideline.get_bytes(&tideline.app("/org/reports/2.pdf"), Some(&hedda));
        assert_eq!(status, 200);
        if let Some(report) = pdf_text(&pdf) {
            let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in ["De La Rosa", CREDIT, "T score"] {
                assert!(report.contains(part), "{part} in the report");
            }
            assert!(!report.contains("February 2026"));
        }
        let mails = tideline.reports();
        assert!(mails.iter().any(|it| it.contains("www.ProQOL.org")));

        // Nothing in its own unit is told where figures are not shown.
        let ash: UnitId = tideline.unit("Ash");
        let (_, withheld) = tideline.get(&tideline.app(&format!("/team/{ash}")), Some(&hedda));
        assert!(!withheld.contains("De La Rosa") || withheld.contains(" + "), "{withheld}");
    });
}
