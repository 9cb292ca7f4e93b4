//! When waves were: how far apart a chart draws them, and which months had none.

use chrono::{Datelike as _, NaiveDate};
use tideline_aggregation::Release;
use tideline_text::Text;

use crate::{chart::Earlier, words};

/// When each wave of `history` was, in usual steps from one to the next, from 0. Months by their names;
/// other waves by the days on which they closed, in steps of the median.
pub(super) fn slots(history: &[Release]) -> Vec<usize> {
    let months: Option<Vec<i64>> =
        history.iter().map(|it| words::month_of(it.wave()).map(month_number)).collect();
    let times = months.filter(|it| it.is_sorted_by(|a, b| a < b)).unwrap_or_else(|| {
        history.iter().map(|it| it.wave().window.closes().timestamp() / 86_400).collect()
    });
    let mut steps: Vec<i64> = times.windows(2).map(|it| it[1] - it[0]).collect();
    steps.sort_unstable();
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(1).max(1) as f64;
    let mut slots = Vec::with_capacity(times.len());
    for (at, time) in times.iter().enumerate() {
        let before = at.checked_sub(1).map(|it| (slots[it], times[it]));
        slots.push(before.map_or(0, |(slot, before)| {
            slot + ((time - before) as f64 / usual).round().clamp(1.0, 120.0) as usize
        }));
    }
    slots
}

fn month_number(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

/// The months that a monthly series leaves out, in words; `None` without any.
pub(super) fn gaps(history: &[Release], t: Text) -> Option<String> {
    let slots = slots(history);
    let mut left_out = Vec::new();
    for (pair, slot) in history.windows(2).zip(slots.windows(2)) {
        let missing = slot[1] - slot[0] - 1;
        let (Some(from), Some(to)) =
            (words::month_of(pair[0].wave()), words::month_of(pair[1].wave()))
        else {
            continue;
        };
        if missing > 0 {
            let after = |it: u32| from.checked_add_months(chrono::Months::new(it));
            left_out.extend((1..).map_while(after).take_while(|it| *it < to));
        }
    }
    match left_out.len() {
        0 => None,
        1..=4 => Some(left_out.into_iter().map(|it| t.month(it)).collect::<Vec<_>>().join(", ")),
        n => Some(t.tr1("months-count", "n", n)),
    }
}

/// What is said of `n` waves that are not drawn.
pub(super) fn earlier(n: usize, t: Text) -> Option<Earlier> {
    (n > 0).then(|| Earlier {
        label: t.tr1("trend-earlier", "n", n),
        sentence: t.tr1("trend-alt-earlier", "n", n),
    })
}
