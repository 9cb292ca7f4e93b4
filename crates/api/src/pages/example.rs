//! The one worked chart: a team that does not exist, for learning how to read the others.

use chrono::{Months, NaiveDate};
use tideline_aggregation::{estimate::local_level, trend::STEP_SD};
use tideline_report::chart::{LeverMark, Point, Signal, TrendChart};
use tideline_text::Text;

/// Score and whether it is marked; the first that is marked is a first sign; `None` is not shown.
const SCORES: [Option<(f64, bool)>; 12] = [
    Some((44.0, false)),
    Some((48.0, false)),
    Some((42.0, false)),
    Some((46.0, false)),
    Some((50.0, false)),
    Some((45.0, false)),
    None,
    Some((47.0, false)),
    Some((44.0, false)),
    Some((61.0, true)),
    Some((62.0, true)),
    Some((63.0, true)),
];
const LIKELY: f64 = 9.0;
/// Two-sided 5 % point of the normal distribution.
const Z: f64 = 1.96;

/// The chart, and its rows: month, score, and where it most likely lies.
pub(super) fn chart(t: Text) -> (TrendChart, Vec<[String; 4]>) {
    let first = NaiveDate::from_ymd_opt(2025, 4, 1).unwrap_or_default();
    let month = |at: usize| first + Months::new(u32::try_from(at).unwrap_or(0));
    let label = |at: usize| {
        let year = if at == 0 || month(at).format("%m").to_string() == "01" {
            month(at).format("%Y").to_string().parse().ok()
        } else {
            None
        };
        (t.month_short(month(at)), year)
    };
    let variance = (LIKELY / Z).powi(2);
    let figures: Vec<_> = SCORES.iter().map(|it| it.map(|(value, _)| (value, variance))).collect();
    let levels = local_level::filter(&figures, STEP_SD.powi(2));
    let point = |at: usize| {
        let ((value, marked), level) = SCORES[at].zip(levels[at])?;
        Some(Point {
            value,
            low: value - LIKELY,
            high: value + LIKELY,
            level: level.level,
            signal: if marked { Signal::HigherHeavier } else { Signal::None },
            lasting: at > 0 && SCORES[at - 1].is_some_and(|it| it.1),
        })
    };
    let chart = TrendChart {
        id: "example".to_owned(),
        title: t.tr("reading-example-heading"),
        description: t.tr("reading-example-description"),
        months: (0..SCORES.len()).map(label).collect(),
        points: (0..SCORES.len()).map(point).collect(),
        slots: Vec::new(),
        usual_over_time: Vec::new(),
        earlier: [None, None],
        tips: Vec::new(),
        usual: Some((37.0, 46.0, 55.0)),
        usual_label: t.tr("reading-usual"),
        breaks: Vec::new(),
        levers: vec![LeverMark { at: 4, label: "L1".to_owned() }],
    };
    let row = |(at, score): (usize, &Option<(f64, bool)>)| {
        let cells = match score {
            Some((value, _)) => {
                [*value, value - LIKELY, value + LIKELY].map(|it| format!("{it:.0}"))
            }
            None => [(); 3].map(|()| "[c]".to_owned()),
        };
        let [score, from, to] = cells;
        [t.month(month(at)), score, from, to]
    };
    (chart, SCORES.iter().enumerate().map(row).collect())
}
