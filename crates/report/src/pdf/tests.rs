use serde_json::Value;
use tideline_aggregation::People;
use tideline_domain::{
    PerScale, UnitTree,
    lever::{LEVERS, LeverPlan, LeverStatus, Reach},
};
use tideline_text::Language;
use typst::foundations::Bytes;

use super::*;
use crate::fixture::{ELM, OAK, history, id, withheld};

const EN: Text = Text::new(Language::English);
const DE: Text = Text::new(Language::German);

fn lever(owner: &str) -> UnitPlan {
    UnitPlan {
        unit: "Elm".into(),
        plan: LeverPlan {
            id: tideline_domain::LeverPlanId::new(uuid::Uuid::from_u128(1)),
            unit: id(ELM),
            lever: &LEVERS[6],
            status: LeverStatus::Trying,
            reach: Reach::Mine,
            owner: owner.into(),
            started: "2025-10-01".parse().unwrap(),
            review: "2026-01-01".parse().unwrap(),
            note: String::new(),
        },
    }
}

fn input<'a>(
    organisation: &'a str,
    history: &'a [Release],
    levers: &'a [UnitPlan],
    look: &'a Look,
) -> PdfInput<'a> {
    PdfInput {
        organisation,
        history,
        unit: None,
        levers,
        today: history
            .last()
            .map_or_else(Default::default, |it| it.wave().window.last_day(&Tz::UTC)),
        next: "2027-03-01".parse().ok(),
        contact: "the wellbeing office (4400)",
        web: Some("https://app.example.org/org/reports/14"),
        sealed: true,
        zone: Tz::UTC,
        text: EN,
        look,
    }
}

fn report_of(organisation: &str, history: &[Release], levers: &[UnitPlan]) -> Vec<u8> {
    let look = Look::default();
    super::report(&input(organisation, history, levers, &look)).unwrap()
}

fn report(history: &[Release]) -> Vec<u8> {
    report_of("Harbour", history, &[lever("Rota lead")])
}

/// How many pages `pdf` says it has.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let counts = text.split("/Count ").skip(1).filter_map(|it| {
        it.split(|it: char| !it.is_ascii_digit()).next().and_then(|it| it.parse().ok())
    });
    counts.max().unwrap_or_default()
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|it| it == text.as_bytes())
}

/// Writes `pdf` into the folder named by `TIDELINE_LOOK`, to be looked at.
fn look(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

#[test]
fn the_same_releases_give_the_same_tagged_bytes() {
    let history = history(14);
    let pdf = report(&history);
    assert_eq!(pdf, report(&history));
    look("report", &pdf);
    assert!(pdf.starts_with(b"%PDF-"));
    for mark in ["/StructTreeRoot", "/Lang", "pdfuaid"] {
        assert!(holds(&pdf, mark), "{mark}");
    }
    assert!(pages(&pdf) > 4, "{}", pages(&pdf));
}

#[test]
fn a_name_that_no_font_can_show_does_not_cost_the_report() {
    let history = history(2);
    for name in ["Hafen \u{1F600}", "\u{5065}\u{5EB7}", "\u{645}\u{631}\u{641}\u{623}", "a\nb"] {
        assert!(report_of(name, &history, &[lever(name)]).starts_with(b"%PDF-"), "{name:?}");
    }
}

#[test]
fn letters_of_european_languages_and_vietnamese_are_there() {
    let ranges = [
        (' ', '~'),
        ('\u{a0}', '\u{24f}'),
        // Without the Coptic letters among the Greek.
        ('\u{384}', '\u{3e1}'),
        ('\u{400}', '\u{52f}'),
        ('\u{1e00}', '\u{1eff}'),
        ('\u{1f00}', '\u{1f15}'),
    ];
    // Places in the blocks that Unicode leaves empty.
    let unassigned = ['\u{38b}', '\u{38d}', '\u{3a2}'];
    for letter in ranges.into_iter().flat_map(|(from, to)| from..=to) {
        let there = world::can_show(letter) || unassigned.contains(&letter);
        assert!(there, "U+{:04X} {letter}", u32::from(letter));
    }
    for name in
        ["Łódź-Żoliborz", "Αθήνα, ώρα", "Київ, Ґанок", "Đà Nẵng, khoa điều dưỡng", "Þórshöfn"]
    {
        let mut data = Value::String(name.to_owned());
        assert!(!make_printable(&mut data, &[]).replaced, "{name}");
        assert_eq!(data, name);
    }
}

#[test]
fn nothing_that_we_write_ourselves_is_marked() {
    let locales = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../text/locales");
    for language in Language::ALL {
        for area in ["common", "levers", "questionnaires", "report", "strain", "words"] {
            let file = locales.join(language.tag()).join(format!("{area}.ftl"));
            let mut text = Value::from(std::fs::read_to_string(&file).unwrap());
            assert!(!make_printable(&mut text, &[]).replaced, "{}: {text}", file.display());
        }
    }
    let mut difference = Value::from("Difference: −2.");
    assert!(!make_printable(&mut difference, &[]).replaced);
    assert_eq!(difference, "Difference: –2.");
}

#[test]
fn letters_of_other_scripts_are_marked_and_the_report_says_so() {
    for name in ["\u{5065}\u{5EB7}", "\u{645}\u{631}\u{641}", "\u{1F600}"] {
        let mut data = Value::from(vec![format!("Team {name}")]);
        assert!(make_printable(&mut data, &[]).replaced);
        let marks = "\u{FFFD}".repeat(name.chars().count());
        assert_eq!(data[0], format!("Team {marks}"));
    }
}

#[test]
fn a_unit_whose_name_no_font_can_show_is_drawn_all_the_same() {
    let renamed: Vec<Release> = history(14)
        .into_iter()
        .map(|it| {
            let units = it.tree().units().iter().cloned().map(|mut unit| {
                if unit.id == id(ELM) {
                    unit.name = "\u{5065}\u{5EB7} \u{1F600}".parse().unwrap();
                }
                unit
            });
            let tree = UnitTree::new(units.collect()).unwrap();
            let atoms = it.atoms().to_vec();
            Release::restore(it.wave().clone(), tree, it.k(), atoms, it.turnout()).unwrap()
        })
        .collect();
    let look = Look::default();
    for unit in [None, Some(id(ELM))] {
        let input = PdfInput { unit, ..input("Harbour", &renamed, &[], &look) };
        assert!(super::report(&input).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn an_error_does_not_quote_the_data() {
    let world = ReportWorld::new(
        "#set document(title: \"t\")\n#set text(font: \"Noto Sans\")\nHafen \u{1F600}",
        [].into(),
    );
    let error = typeset(&world, DateTime::UNIX_EPOCH, "t".into()).unwrap_err();
    let error = error.to_string();
    assert!(error.contains("the text …") && !error.contains('\u{1F600}'), "{error}");
}

#[test]
fn a_month_without_figures_still_has_a_report() {
    let pdf = report(&withheld());
    look("withheld", &pdf);
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn nothing_released_is_no_report() {
    let look = Look::default();
    let input = input("Harbour", &[], &[], &look);
    assert!(matches!(super::report(&input), Err(PdfError::NothingReleased)));
}

#[test]
fn a_picture_without_words_is_refused() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><circle r=\"4\"/></svg>";
    let world = ReportWorld::new(
        "#set document(title: \"t\")\n#image(\"a.svg\")",
        [("a.svg".to_owned(), Bytes::from_string(svg.to_owned()))].into(),
    );
    let error = typeset(&world, DateTime::UNIX_EPOCH, "t".into()).unwrap_err();
    assert!(error.to_string().contains("alt"), "{error}");
}

#[test]
fn every_language_paper_and_unit_has_a_report() {
    let history = history(14);
    let levers = [lever("Rota lead")];
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"12\">\
                <circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"#7a2048\"/></svg>";
    let own = Look {
        paper: Paper::Letter,
        colour: Some("#7a2048".parse().unwrap()),
        logo: Some(Logo::new(logo.into()).unwrap()),
    };
    for look_like in [Look::default(), own] {
        for text in [EN, DE] {
            for (name, unit) in [("organisation", None), ("elm", Some(ELM)), ("oak", Some(OAK))] {
                let pdf = super::report(&PdfInput {
                    unit: unit.map(id),
                    text,
                    ..input("Harbour", &history, &levers, &look_like)
                })
                .unwrap();
                let tag = text.language().tag();
                look(&format!("{name}-{tag}-{}", look_like.paper.code()), &pdf);
                assert!(holds(&pdf, "pdfuaid") && holds(&pdf, "pdfaid"), "{name} {tag}");
                assert!(pages(&pdf) >= if unit == Some(OAK) { 3 } else { 4 }, "{}", pages(&pdf));
            }
        }
    }
}

#[test]
fn what_is_no_colour_or_logo_is_refused() {
    for wrong in ["", "0b5a68", "#0b5a6", "#0b5a6g", "red"] {
        assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
    }
    assert_eq!("#0B5A68".parse::<Colour>().unwrap().to_string(), "#0b5a68");
    assert_eq!(Logo::new(b"GIF89a".to_vec()), Err(LogoError));
    assert!(Logo::new(vec![b' '; Logo::MOST + 1]).is_err());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Whatever is published, the template is filled with the words and figures of the page.
    #[test]
    fn the_kind_of_strain_is_that_of_the_page(history in crate::fixture::any()) {
        use crate::view::{UnitPage, unit_page};
        let look = Look::default();
        for unit in [crate::fixture::NORTH, ELM] {
            let UnitPage::Shown(page) = unit_page(&history, id(unit), EN) else { continue };
            let input = PdfInput { unit: Some(id(unit)), ..input("Harbour", &history, &[], &look) };
            let made = super::data::data(&input, history.last().unwrap()).unwrap();
            let data: Value = serde_json::from_slice(&made.files["data.json"]).unwrap();
            let whole = &data["cover"];
            let words = |rows: &Value, name: &str| -> Vec<String> {
                let rows = rows.as_array().into_iter().flatten();
                rows.map(|it| it[name].as_str().unwrap().to_owned()).collect()
            };
            let expected: Vec<String> = page.strain.rows.iter().map(|it| it.word.clone()).collect();
            proptest::prop_assert_eq!(words(&whole["strain"]["rows"], "word"), expected);
            proptest::prop_assert_eq!(
                &whole["strain"]["sentences"],
                &serde_json::to_value(&page.strain.sentences).unwrap()
            );
        }
    }
}

#[test]
fn fewer_than_one_in_ten_is_no_nought_in_a_report() {
    use tideline_aggregation::{Details, Thirds};
    let release = history(1).remove(0);
    // Counts that leave the whole scale to everybody, with fewer than one in ten in one third.
    let few = |n: u32, total, people| {
        let thirds = |low: u32, high: u32| [low, n - low - high, high];
        let tried = (0..=n).flat_map(|low| (0..=n - low).map(move |high| (low, high)));
        tried.filter_map(|(low, high)| Thirds::coarsen(thirds(low, high), total, people)).find(
            |it| {
                let counts = it.cells().map(|it| f64::from(it.lo + it.hi) / 2.0);
                it.leaves_the_whole_scale(total, n)
                    && counts.iter().any(|it| *it < f64::from(n) / 20.0)
            },
        )
    };
    let spreads = release.atoms().iter().map(|it| {
        PerScale::from_fn(|scale| {
            let n = *it.n.get(scale);
            (n >= 12).then(|| few(n, *it.total.get(scale), People::exactly(n))).flatten()
        })
    });
    let details = Details { spreads: spreads.collect(), ..Details::default() };
    let history = [release.with_details(details).unwrap()];
    let look = Look::default();
    for text in [EN, DE] {
        let input =
            PdfInput { unit: Some(id(ELM)), text, ..input("Harbour", &history, &[], &look) };
        let made = super::data::data(&input, &history[0]).unwrap();
        let data: Value = serde_json::from_slice(&made.files["data.json"]).unwrap();
        let spreads = data["whole"]["spreads"].as_array().unwrap();
        let few = text.tr1("in-ten", "n", 0_u8);
        let shares: Vec<&str> = spreads
            .iter()
            .flat_map(|it| it["tenths"].as_array().into_iter().flatten())
            .filter_map(Value::as_str)
            .collect();
        assert!(shares.contains(&few.as_str()), "{shares:?}");
        assert!(shares.iter().all(|it| !it.split(' ').any(|word| word == "0")), "{shares:?}");
    }
}
