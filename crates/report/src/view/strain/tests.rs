use proptest::prelude::*;
use tideline_aggregation::Release;
use tideline_text::Language;

use super::super::{UnitPage, UnitView, organisation_view, unit_page};
use super::*;
use crate::fixture::{self, ALDER, BIRCH, ELM, NORTH, OAK, ROOT, id};

const EN: Text = Text::new(Language::English);

fn shown(history: &[Release], unit: u128) -> UnitView {
    match unit_page(history, id(unit), EN) {
        UnitPage::Shown(view) => view,
        other => panic!("not shown: {other:?}"),
    }
}

#[test]
fn a_team_heavier_in_burnout_strain_looks_more_like_the_work() {
    let history = fixture::history(14);
    let view = shown(&history, ELM).strain;
    assert_eq!(
        view.sentences,
        [
            "It looks more like strain from the work itself than from other people's pain.",
            "The buffer is thinner than usual.",
        ]
    );
    assert!(view.note.contains("its own past"), "{}", view.note);
    let words: Vec<_> = view.rows.iter().map(|it| (it.name.as_str(), it.word.as_str())).collect();
    let expected = [
        ("The work itself", "heavier"),
        ("Other people's pain", "as usual"),
        ("The buffer", "thinner"),
    ];
    assert_eq!(words, expected);
    // Right is heavier, also for the buffer, of which less is heavier.
    let at: Vec<f64> = view.rows.iter().map(|it| it.chart.unwrap().at).collect();
    assert!(at[0] > 1.0 && at[1].abs() < 1.0 && at[2] > 1.0, "{at:?}");
    let units = organisation_view(&history, EN).unwrap().units;
    let word = |unit| units.iter().find(|it| it.unit == id(unit)).unwrap().strain.clone();
    assert_eq!([ELM, ALDER, OAK].map(word), ["work", "none", "[c]"]);
}

#[test]
fn while_learning_nothing_is_named_and_nothing_drawn() {
    let view = shown(&fixture::history(5), ELM).strain;
    assert_eq!(view.code, "learning");
    assert!(view.sentences[0].contains("5 of 7"), "{:?}", view.sentences);
    assert!(view.rows.iter().all(|it| it.chart.is_none() && it.word == "learning"));
}

#[test]
fn what_moves_everywhere_is_no_kind_of_a_teams_own() {
    let late = |_: usize, at: usize| 40 + if at > 10 { 12 } else { 0 };
    let history = fixture::eight(14, late);
    let team = shown(&history, ALDER).strain;
    let quiet = "Beside the rest of the organisation, no kind of strain stands out here.";
    assert_eq!(team.sentences, [quiet]);
    assert_eq!(shown(&history, ROOT).strain.code, "more-like-work");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// No kind of strain without a measure of its own that is called heavier; the same word in the table of
    /// units.
    #[test]
    fn words_claim_no_more_than_the_signs_beside_them(history in fixture::any()) {
        let units = organisation_view(&history, EN).unwrap().units;
        for unit in [ROOT, NORTH, ALDER, BIRCH, ELM, 8] {
            let row = units.iter().find(|it| it.unit == id(unit)).unwrap();
            let UnitPage::Shown(view) = unit_page(&history, id(unit), EN) else {
                prop_assert_eq!(&row.strain, "[c]");
                continue;
            };
            let strain = &view.strain;
            let heavier = |at: usize| strain.rows[at].code == "heavier";
            let expected = match (heavier(0), heavier(1)) {
                (true, true) => "both",
                (true, false) => "work",
                (false, true) => "pain",
                (false, false) => strain.code,
            };
            prop_assert!(strain.code.ends_with(expected), "{:?}", strain);
            let named = ["both", "work", "pain"].iter().any(|it| strain.code.ends_with(it));
            prop_assert_eq!(named, heavier(0) || heavier(1), "{:?}", strain);
            let said = strain.said();
            for (claim, at) in [("Strain from the work itself stands out", 0),
                ("like strain from the work itself than", 0),
                ("Strain from other people's pain stands out", 1),
                ("like strain from other people's pain than", 1)]
            {
                prop_assert!(!said.contains(claim) || heavier(at), "{}", said);
            }
            // What the panel of a measure marks, this marks too.
            for (panel, it) in view.panels.iter().zip(&strain.rows) {
                prop_assert_eq!(panel.tag.kind, it.kind);
            }
            if row.cells.is_some() {
                let word = match expected {
                    "first-sign" => "first sign",
                    other => other,
                };
                prop_assert_eq!(&row.strain, word);
            }
        }
    }
}
