use proptest::prelude::*;

use tideline_text::Language;

use super::*;
use crate::{
    chart::{ChartSize, Signal},
    fixture::{self, ALDER, BIRCH, ELM, NORTH, OAK, id},
    words::Kind,
};

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
    assert_eq!((sts.tag.text.as_str(), sts.tag.kind), ("Inside the usual range", Kind::Usual));
    assert_eq!((cs.tag.text.as_str(), cs.tag.kind), ("Lower than usual", Kind::Heavier));
    assert!(burnout.sentence.starts_with("Higher than this team's usual level"));
    assert!(cs.sentence.contains("The buffer is thinner"));
    assert!(burnout.chart.description.ends_with(&burnout.sentence));
    let last = |it: &MeasurePanel| it.chart.points.last().copied().flatten().map(|it| it.signal);
    assert_eq!(last(burnout), Some(Signal::HigherHeavier));
    assert_eq!(last(sts), Some(Signal::None));
    assert_eq!(last(cs), Some(Signal::LowerHeavier));
    assert_eq!(view.lead.below.last().unwrap(), "Secondary traumatic stress: no clear change.");
    assert_eq!(
        (view.people.as_str(), view.took_part.as_str()),
        ("22 to 25 people", "About 8 in 10 took part")
    );
}

/// With fewer than five other groups there is no rest to judge by: a winter of everybody looks like each team's
/// own, and the page says why it cannot tell.
#[test]
fn a_small_organisation_says_that_it_is_judged_by_its_own_past_alone() {
    let month = |at: u32| {
        let (wobble, winter) = (at * 7 % 5, if at > 10 { 16 } else { 0 });
        let of = |n: u32, burnout: u32| Some((n, [burnout + wobble + winter, 30, 66], 7));
        [of(12, 40), of(7, 38), of(24, 44), of(9, 48)]
    };
    let history = fixture::history_of(&(0..14).map(month).collect::<Vec<_>>());
    for unit in [ALDER, ELM] {
        let view = shown(&history, unit);
        let burnout = &view.panels[0];
        assert_eq!(burnout.tag.text, "Higher than usual");
        let judged = burnout.judged.as_deref().unwrap();
        assert!(
            judged.starts_with(
                "Judged by its own past alone, because fewer than five other groups have been shown for long enough."
            ),
            "{judged}"
        );
        let everywhere = view.everywhere.join(" ");
        assert!(everywhere.starts_with("In the whole organisation: "), "{everywhere}");
        assert!(
            everywhere.contains(
                "Too few groups have been shown for long enough to tell what is this group's own."
            ),
            "{everywhere}"
        );
    }
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
                let Cell::Shown { score, from, to, level, .. } = &row.cell else {
                    assert_eq!(*point, None);
                    continue;
                };
                let point = point.unwrap();
                assert_eq!(*score, words::whole(point.value));
                let drawn = [point.level, point.low, point.high].map(words::whole);
                assert_eq!([level, from, to], drawn.each_ref());
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
    assert_eq!((view.lead.headline.len(), view.lead.below.len()), (1, 1));
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
                    let Cell::Shown { score, from, to, level, .. } = &row.cell else {
                        prop_assert_eq!(*point, None);
                        continue;
                    };
                    let point = point.unwrap();
                    let drawn = [point.level, point.low, point.high].map(words::whole);
                    prop_assert_eq!([level, from, to], drawn.each_ref());
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
                    prop_assert_eq!(panel.tag.text.contains("igher"), up);
                    prop_assert_eq!(panel.tag.text.starts_with("Perhaps"), !panel.tag.lasting);
                    prop_assert_eq!(panel.line.contains("above"), up, "{}", panel.line);
                }
            }
            prop_assert_eq!(view.lead.sentences().filter(|it| claims(it)).count(), stand_out);
        }
    }

    /// "Inside the usual range" is said of a printed score inside the printed range and of no other; a
    /// score outside it that is no change says so; the printed numbers of what was judged add up.
    #[test]
    fn words_and_printed_numbers_never_contradict(history in histories(), wide in everywhere()) {
        for history in [history, wide] {
            for unit in [fixture::ROOT, NORTH, ALDER, BIRCH, ELM, 8] {
                let UnitPage::Shown(view) = unit_page(&history, id(unit), EN) else { continue };
                for panel in &view.panels {
                    agrees(panel)?;
                }
            }
        }
    }
}

fn agrees(panel: &MeasurePanel) -> Result<(), TestCaseError> {
    let number = |it: &str| it.parse::<i32>().unwrap();
    let Some(Row { cell: Cell::Shown { score, .. }, .. }) = panel.rows.last() else {
        return Ok(());
    };
    let usual = panel.usual.as_ref().map(|(low, high)| number(low)..=number(high));
    let inside = usual.zip(score.parse::<i32>().ok()).map(|(usual, it)| usual.contains(&it));
    let says = |it: &str| panel.sentence.contains(it);
    let said = format!("{score} {:?} {} {}", panel.usual, panel.tag.text, panel.sentence);
    if panel.tag.text == "Inside the usual range" || says("lies inside the usual range") {
        prop_assert!(inside != Some(false), "{}", said);
    }
    prop_assert_eq!(says("lies outside the usual range"), says("alone is not called a change"));
    if says("lies outside the usual range") {
        prop_assert!(inside != Some(true), "{}", said);
    }
    if inside == Some(false) && panel.tag.kind == Kind::Usual {
        prop_assert!(says("lies outside the usual range"), "{}", said);
    }
    if let Some(judged) = &panel.judged {
        let judged = judged.replace('−', "-");
        let numbers: Vec<i32> = judged
            .split(|it: char| !it.is_ascii_digit() && it != '-' && it != '+')
            .filter_map(|it| it.parse().ok())
            .collect();
        let [recent, usual, difference] = numbers.as_slice() else { panic!("{judged}") };
        prop_assert_eq!(recent - usual, *difference, "{}", judged);
        let signal = panel.chart.points.last().copied().flatten().map(|it| it.signal);
        if signal.is_some_and(|it| it != Signal::None) {
            let up = panel.tag.text.contains("igher");
            prop_assert_eq!(*difference > 0, up, "{} {}", said, judged);
        }
    }
    Ok(())
}

/// Eight groups that all move by up to 25 points in the last months, each a little of its own accord.
fn everywhere() -> impl Strategy<Value = Vec<Release>> {
    let own = prop::collection::vec((0_u32..7, 0_u32..25), 8);
    (8_usize..20, 0_u32..25, own).prop_map(|(waves, step, own)| {
        fixture::eight(waves, |group, at| {
            let (wobble, extra) = own[group];
            let late = at + 4 >= waves;
            let own = if late && group == 0 { extra } else { 0 };
            30 + (wobble * at as u32) % 7 + if late { step + own } else { 0 }
        })
    })
}

#[test]
fn a_winter_of_everybody_is_told_once_and_of_no_team() {
    let history =
        fixture::eight(14, |group, at| 40 + (group + at) as u32 % 3 + if at > 10 { 12 } else { 0 });
    let view = shown(&history, ALDER);
    let said = &view.everywhere[0];
    assert!(said.starts_with("In the whole organisation: Burnout strain is higher than usual ("));
    assert!(
        said.ends_with("Here it moved no more than elsewhere, as far as can be told."),
        "{said}"
    );
    assert_eq!(
        view.lead.sentences().collect::<Vec<_>>(),
        ["Apart from that, no clear change in any of the three measures."]
    );
    let panel = &view.panels[0];
    assert_eq!(panel.tag.text, "Inside the usual range");
    assert!(panel.judged.as_ref().unwrap().contains("the rest of the organisation"));
    assert_eq!(view.sentences().count(), view.everywhere.len() + 1);
    let whole = organisation_view(&history, EN).unwrap();
    // A service has fewer than five groups outside it, and says so; no team stands out.
    assert!(whole.moved.iter().all(|it| it.name.ends_with("service")), "{:?}", whole.moved);
    assert_eq!(whole.look_first, Some(Vec::new()));
    let top = whole.whole.unwrap();
    assert!(
        top.everywhere.is_empty() && top.lead.headline[0].starts_with("Burnout strain"),
        "{:?}",
        top.lead
    );
}

#[test]
fn a_limit_is_told_with_the_number_of_what_is_around_it() {
    let history = fixture::eight(8, |group, _| if group == 0 { 4 } else { 40 });
    let panel = &shown(&history, ALDER).panels[0];
    let Cell::Shown { score, .. } = &panel.rows[7].cell else { panic!("shown") };
    assert!(score.ends_with("or less"), "{score}");
    let north = &shown(&history, NORTH).panels[0];
    let Cell::Shown { score, .. } = &north.rows[7].cell else { panic!("shown") };
    let told = format!("North service as a whole: {score}.");
    assert!(panel.sentence.ends_with(&told), "{}", panel.sentence);
    assert!(!north.sentence.contains("as a whole"));
}

#[test]
fn what_cannot_be_tested_is_not_called_quiet() {
    let view = organisation_view(&fixture::history(14), EN).unwrap();
    assert!(!view.apart_tested, "four groups");
    assert_eq!(organisation_view(&fixture::history(3), EN).unwrap().look_first, None);
    let judged = shown(&fixture::history(14), ELM).panels[0].judged.clone().unwrap();
    assert!(judged.contains("fewer than five other groups"), "{judged}");
}

#[test]
fn months_without_a_wave_are_told_and_leave_room() {
    let mut history = fixture::history(14);
    history.drain(7..9);
    let chart = &shown(&history, ALDER).panels[0].chart;
    assert_eq!(chart.slots, [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13]);
    assert!(chart.description.contains("No check-in for August 2025, September 2025."));
    assert_eq!((chart.not_drawn(ChartSize::Wide), chart.not_drawn(ChartSize::Narrow)), (0, 5));
    assert!(chart.description_of(ChartSize::Narrow).contains("5 earlier check-ins are not drawn"));
    assert_eq!(chart.description_of(ChartSize::Wide), chart.description);
}
