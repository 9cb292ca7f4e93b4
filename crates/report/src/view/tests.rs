use proptest::prelude::*;

use super::*;
use crate::fixture::{self, ALDER, BIRCH, ELM, NORTH, OAK, id};
use tideline_text::Language;

const EN: Text = Text::new(Language::English);

fn shown(history: &[Release], unit: u128) -> UnitView {
    match unit_page(history, id(unit), EN) {
        UnitPage::Shown(view) => view,
        other => panic!("not shown: {other:?}"),
    }
}

#[test]
fn before_the_first_release_there_is_nothing() {
    assert_eq!(unit_page(&[], id(ELM), EN), UnitPage::NotYet);
    assert_eq!(organisation_view(&[], EN), None);
}

#[test]
fn a_change_is_told_the_same_in_tag_sentence_lead_and_chart() {
    let view = shown(&fixture::history(14), ELM);
    let [burnout, sts, cs] = view.panels.as_slice() else { panic!("three panels") };
    assert_eq!((burnout.tag.text.as_str(), burnout.tag.kind), ("Higher than usual", Kind::Heavier));
    assert_eq!((sts.tag.text.as_str(), sts.tag.kind), ("Usual range", Kind::Usual));
    assert_eq!((cs.tag.text.as_str(), cs.tag.kind), ("Lower than usual", Kind::Heavier));
    assert!(burnout.sentence.starts_with("Higher than this team's usual level"));
    assert!(cs.sentence.contains("The buffer is thinner"));
    assert!(burnout.chart.description.ends_with(&burnout.sentence));
    let last = |it: &MeasurePanel| it.chart.points.last().copied().flatten().map(|it| it.signal);
    assert_eq!(last(burnout), Some(Signal::HigherHeavier));
    assert_eq!(last(sts), Some(Signal::None));
    assert_eq!(last(cs), Some(Signal::LowerHeavier));
    assert_eq!(view.lead.last().unwrap(), "Secondary traumatic stress is where it normally sits.");
    assert_eq!(
        (view.people.as_str(), view.took_part.as_str()),
        ("20 to 29 people", "About 8 in 10 took part")
    );
}

#[test]
fn a_month_is_hidden_on_all_three_scales_and_everywhere() {
    let view = shown(&fixture::history(14), ELM);
    for panel in &view.panels {
        assert_eq!(panel.rows[6], Row { month: "July 2025".to_owned(), cell: Cell::Withheld });
        assert_eq!(panel.chart.points[6], None);
        assert!(panel.chart.description.contains("Not shown, to protect people: July 2025."));
    }
}

#[test]
fn table_and_chart_tell_the_same_figures() {
    for unit in [ALDER, BIRCH, ELM, NORTH] {
        let view = shown(&fixture::history(14), unit);
        for panel in &view.panels {
            for (row, point) in panel.rows.iter().zip(&panel.chart.points) {
                let Cell::Shown { score, from, to, .. } = &row.cell else {
                    assert_eq!(*point, None);
                    continue;
                };
                let point = point.unwrap();
                assert_eq!(*score, words::whole(point.value));
                assert_eq!((from, to), (&words::whole(point.low), &words::whole(point.high)));
            }
        }
    }
}

#[test]
fn small_teams_are_shown_together_by_name_with_the_reason() {
    let history = fixture::history(14);
    let view = shown(&history, BIRCH);
    assert_eq!(view.title, "Birch + Cedar");
    assert_eq!(view.note.as_deref(), Some(words::pool_note(EN).as_str()));
    let whole = organisation_view(&history, EN).unwrap();
    let birch = whole.units.iter().find(|it| it.unit == id(BIRCH)).unwrap();
    assert_eq!((birch.cells.as_ref(), birch.took_part.as_str()), (None, "[c]"));
    assert_eq!(birch.together_with.as_deref(), Some("Birch + Cedar"));
    assert_eq!(whole.pools.len(), 1, "once, though two units are in it");
    let Cell::Shown { score, .. } = &view.panels[0].rows[13].cell else { panic!("shown") };
    assert_eq!(whole.pools[0].cells.burnout, *score);
}

#[test]
fn a_withheld_unit_tells_its_name_its_month_and_what_is_shown_above_it() {
    let history = fixture::history(14);
    let expected = WithheldView {
        title: "Oak, night".to_owned(),
        month: "February 2026".to_owned(),
        wider: Some((id(7), "South service".to_owned())),
    };
    assert_eq!(unit_page(&history, id(OAK), EN), UnitPage::Withheld(expected));
    let mut nothing = fixture::withheld();
    assert!(matches!(
        unit_page(&nothing, id(ELM), EN),
        UnitPage::Withheld(WithheldView { wider: None, .. })
    ));
    let view = organisation_view(&nothing, EN).unwrap();
    assert_eq!(view.whole, None);
    assert!(view.units.iter().all(|it| it.cells.is_none() && it.took_part == "[c]"));
    nothing.extend(fixture::history(2).drain(1..));
    let whole = organisation_view(&nothing, EN).unwrap().whole.unwrap();
    assert_eq!(whole.taking_part[0].1, "[c]");
}

#[test]
fn units_keep_the_order_of_the_tree() {
    let view = organisation_view(&fixture::history(8), EN).unwrap();
    let names: Vec<_> = view.units.iter().map(|it| (it.depth, it.name.as_str())).collect();
    assert_eq!(
        names[..4],
        [(0, "Northfield Care"), (1, "North service"), (2, "Alder"), (2, "Birch")]
    );
    assert_eq!(view.whole.unwrap().taking_part.len(), 6);
}

#[test]
fn nothing_is_compared_before_seven_check_ins() {
    let view = shown(&fixture::history(5), ELM);
    assert_eq!(view.lead.len(), 1);
    for panel in &view.panels {
        assert_eq!(panel.tag.kind, Kind::Learning);
        assert_eq!(panel.chart.usual, None);
        assert!(panel.chart.points.iter().flatten().all(|it| it.signal == Signal::None));
    }
}

/// A year or so of four groups with levels of their own, months that are withheld, and changes that last
/// or do not.
fn histories() -> impl Strategy<Value = Vec<Release>> {
    let group = (
        (6_u32..40, prop::array::uniform3(15_u32..75), 4_u8..=9),
        prop::collection::vec((0_u32..9, prop::bool::weighted(0.1)), 16),
        (0_usize..16, prop::option::of(0_u32..25)),
    );
    (1_usize..16, prop::array::uniform4(group)).prop_map(|(waves, groups)| {
        let months: Vec<[fixture::Month; 4]> = (0..waves)
            .map(|at| {
                groups.each_ref().map(|((n, level, tenths), noise, (from, step))| {
                    let (wobble, withheld) = noise[at];
                    let step = if at >= *from { step.unwrap_or(0) } else { 0 };
                    let mean = |level: u32| (level + wobble + step).min(100);
                    (!withheld).then(|| (*n, level.map(mean), *tenths))
                })
            })
            .collect();
        fixture::history_of(&months)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_published_table_and_chart_tell_the_same(history in histories()) {
        for unit in [fixture::ROOT, NORTH, ALDER, BIRCH, ELM, 8] {
            let UnitPage::Shown(view) = unit_page(&history, id(unit), EN) else { continue };
            for panel in &view.panels {
                prop_assert_eq!(panel.rows.len(), panel.chart.points.len());
                for (row, point) in panel.rows.iter().zip(&panel.chart.points) {
                    let Cell::Shown { score, from, to, .. } = &row.cell else {
                        prop_assert_eq!(*point, None);
                        continue;
                    };
                    let point = point.unwrap();
                    prop_assert_eq!([from, to], [&words::whole(point.low), &words::whole(point.high)]);
                    // At an end of the scale words tell a limit; what is drawn keeps to it.
                    match score.split_once(' ') {
                        None => prop_assert_eq!(score, &words::whole(point.value)),
                        Some((limit, "or less")) => prop_assert!(point.value <= limit.parse().unwrap()),
                        Some((limit, _)) => prop_assert!(point.value >= limit.parse().unwrap()),
                    }
                }
            }
        }
    }

    #[test]
    fn no_difference_is_claimed_without_a_signal_or_against_the_figures(history in histories()) {
        let claims = |it: &str| {
            let it = it.to_lowercase();
            ["higher", "lower", "thinner", "stronger"].iter().any(|word| it.contains(word))
        };
        for unit in [fixture::ROOT, NORTH, ALDER, BIRCH, ELM, 8] {
            let UnitPage::Shown(view) = unit_page(&history, id(unit), EN) else { continue };
            let mut stand_out = 0;
            for panel in &view.panels {
                let points: Vec<_> = panel.chart.points.iter().flatten().collect();
                let last = points.last().unwrap();
                let up = matches!(last.signal, Signal::HigherHeavier | Signal::HigherLighter);
                if last.signal == Signal::None {
                    prop_assert!(!claims(&panel.tag.text) && !claims(&panel.sentence), "{}", panel.sentence);
                } else {
                    stand_out += 1;
                    prop_assert!(claims(&panel.tag.text) && claims(&panel.sentence), "{}", panel.sentence);
                    let latest = points.iter().rev().take(3).map(|it| it.value);
                    let (level, seen) = (panel.chart.usual.unwrap().1, latest.len() as f64);
                    prop_assert_eq!(latest.sum::<f64>() / seen > level, up, "{}", panel.sentence);
                    prop_assert_eq!(panel.tag.text.starts_with("Higher"), up);
                }
            }
            prop_assert_eq!(view.lead.iter().filter(|it| claims(it)).count(), stand_out);
        }
    }
}
