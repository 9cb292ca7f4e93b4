//! The first three series and their deltas are golden cases of the reference calculation.

use proptest::prelude::*;

use super::*;
use crate::Bound;

fn figure(value: f64, variance: f64) -> Figure {
    Figure {
        n: 12,
        people: crate::People::exactly(12),
        value,
        shown: value,
        bound: Bound::Middle,
        low: 0.0,
        high: 100.0,
        variance,
    }
}

/// Published values; 0 stands for a wave that was withheld.
fn points(values: &[f64], variance: f64) -> Vec<Option<Figure>> {
    values.iter().map(|&it| (it > 0.0).then(|| figure(it, variance))).collect()
}

const STEP: [f64; 14] =
    [45.0, 44.0, 46.0, 45.5, 44.5, 46.0, 45.2, 44.8, 45.9, 50.5, 53.0, 54.2, 55.1, 54.0];
const GAPS: [f64; 14] =
    [45.0, 0.0, 46.0, 45.5, 0.0, 46.0, 45.2, 44.8, 45.9, 52.5, 0.0, 56.2, 57.1, 56.0];
const DROP: [f64; 12] = [60.0, 61.0, 59.0, 60.5, 60.0, 58.0, 59.2, 60.1, 54.0, 53.0, 52.0, 51.5];

/// The state after `wave` (counted from 0) as `learning`, `none`, `watch +7.36 (1)` and so on.
fn told(points: &[Option<Figure>], scale: Scale, wave: usize) -> String {
    let change = |name: &str, it: Change| {
        assert_eq!(it.direction == Direction::Heavier, it.delta > 0.0);
        format!("{name} {:+.2} ({})", it.delta, it.waves)
    };
    match state(&points[..=wave], scale) {
        State::Learning { usable, needed } => format!("learning {usable}/{needed}"),
        State::NoClearChange => "none".to_owned(),
        State::Watch(it) => change("watch", it),
        State::Sustained(it) => change("sustained", it),
    }
}

#[track_caller]
fn check(values: &[f64], variance: f64, scale: Scale, from: usize, expected: &[&str]) {
    let points = points(values, variance);
    let found: Vec<String> = (from..values.len()).map(|it| told(&points, scale, it)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_step_is_watched_then_sustained() {
    let expected = [
        "learning 6/7",
        "none",
        "none",
        "none",
        "none",
        "none",
        "watch +7.36 (1)",
        "sustained +8.36 (2)",
        "sustained +8.03 (3)",
    ];
    check(&STEP, 484.0 / 12.0, Scale::Burnout, 5, &expected);
}

#[test]
fn withheld_waves_neither_count_nor_break_a_run() {
    let expected = [
        "learning 6/7",
        "none",
        "none",
        "learning 8/9",
        "none",
        "watch +10.29 (1)",
        "sustained +10.07 (2)",
    ];
    check(&GAPS, 484.0 / 9.0, Scale::Burnout, 7, &expected);
}

#[test]
fn less_compassion_satisfaction_is_heavier() {
    let expected = ["none", "none", "none", "none", "watch +6.73 (1)", "sustained +6.92 (2)"];
    check(&DROP, 24.2, Scale::CompassionSatisfaction, 6, &expected);
    let expected = ["none", "none", "none", "none", "watch -6.73 (1)", "sustained -6.92 (2)"];
    check(&DROP, 24.2, Scale::Burnout, 6, &expected);
}

#[test]
fn the_calculation_behind_it_agrees_with_the_reference() {
    let agrees = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9);
    let step = points_of(&points(&STEP, 484.0 / 12.0));
    let found = difference(&step[..12], Scale::Burnout).unwrap();
    agrees(found.delta, 7.355_555_555_555_554);
    agrees(found.se, 4.438_885_412_319_595);
    agrees(found.p_worse(), 0.048_752_395_252_971_15);
    let gaps = points_of(&points(&GAPS, 484.0 / 9.0));
    let found = difference(&gaps, Scale::Burnout).unwrap();
    agrees(found.delta, 10.070_833_333_333_326);
    agrees(found.se, 5.146_016_078_626_404);
}

/// The size at which 3 waves against 12 are told, with a standard deviation of 22.
#[test]
fn the_smallest_change_that_is_told() {
    for (n, threshold) in [
        (5.0, 10.659_869_843_108_185),
        (6.0, 9.769_624_391_024_422),
        (8.0, 8.527_102_692_521_899),
        (12.0, 7.069_469_563_972_19),
        (20.0, 5.638_274_167_298_101),
    ] {
        let after = |step: f64| {
            let mut values = vec![50.0; 12];
            values.extend([50.0 + step; 3]);
            state(&points(&values, 484.0 / n), Scale::Burnout)
        };
        assert_eq!(after(threshold - 0.001), State::NoClearChange);
        assert!(matches!(after(threshold + 0.001), State::Watch(_)));
    }
}

#[test]
fn below_five_points_nothing_is_told_however_sure() {
    let mut values = vec![50.0; 12];
    values.extend([54.9; 3]);
    assert_eq!(state(&points(&values, 0.01), Scale::Burnout), State::NoClearChange);
}

#[test]
fn an_unpublished_wave_says_nothing() {
    assert_eq!(state(&[], Scale::Burnout), State::Learning { usable: 0, needed: 7 });
    let mut series = points(&STEP, 40.0);
    series.push(None);
    assert_eq!(state(&series, Scale::Burnout), State::Learning { usable: 14, needed: 15 });
}

#[test]
fn the_usual_range_is_that_of_the_base() {
    let usual = |values: &[f64]| {
        let own = points_of(&points(values, 40.0));
        let (rest, scatter) = (vec![None; own.len()], vec![40.0; own.len()]);
        let series = Series { own, rest, scatter, whole: false };
        series.usual(Against::OwnPast).last().copied().flatten()
    };
    assert_eq!(usual(&STEP[..6]), None);
    let range = usual(&STEP).unwrap();
    assert!((range.mean - STEP[..11].iter().sum::<f64>() / 11.0).abs() < 1e-9);
    // One wave has a variance of 44, the level of eleven 4.
    assert!((range.high - range.mean - 1.96 * 48.0_f64.sqrt()).abs() < 1e-9);
    assert!((range.mean - range.low - (range.high - range.mean)).abs() < 1e-9);
}

proptest! {
    #[test]
    fn the_mirror_image_is_told_the_other_way_round(
        values in prop::collection::vec(prop::option::weighted(0.9, (10.0_f64..90.0, 1.0_f64..80.0)), 0..24),
    ) {
        let points: Vec<_> = values.iter().map(|it| it.map(|(value, v)| figure(value, v))).collect();
        let mirror: Vec<_> =
            values.iter().map(|it| it.map(|(value, v)| figure(100.0 - value, v))).collect();
        let (a, b) = (state(&points, Scale::Burnout), state(&mirror, Scale::Burnout));
        match (a, b) {
            (State::Watch(a), State::Watch(b)) | (State::Sustained(a), State::Sustained(b)) => {
                prop_assert!((a.delta + b.delta).abs() < 1e-9);
                prop_assert_ne!(a.direction, b.direction);
                prop_assert_eq!(a.waves, b.waves);
            }
            _ => prop_assert_eq!(a, b),
        }
        if let State::Learning { usable, needed } = a {
            prop_assert!(usable < needed);
        }
    }
}
