//! What is published as equations and bounds over whole numbers, for the solver.

use std::collections::BTreeMap;

use crate::{
    Contradiction, Fact,
    attacker::Attacker,
    whole::{Limits, Solved, System},
};

/// A standard deviation is used only if the total is known this well. Unit: points.
const WIDEST_TOTAL: i64 = 60;
/// Pairs of a total and a sum of squares that are tried before giving up.
const MOST_CASES: usize = 5_000;

impl<'a> Attacker<'a> {
    /// One unknown for each class: its total.
    pub(crate) fn system_of_totals(&mut self) {
        let (a, b) = (self.publication.lowest, self.publication.highest);
        self.system.bounds = self
            .classes
            .iter()
            .map(|it| match it.known {
                Some(answer) => (answer, answer),
                None => (a * it.members.len() as i64, b * it.members.len() as i64),
            })
            .collect();
        let totals = self.cells.iter().map(|(times, (lo, hi))| (times, *lo, *hi));
        let weightings = self.weightings.iter().map(|(by, total)| (by, *total, *total));
        self.system.rows = totals
            .chain(weightings)
            .map(|(by, lo, hi)| Limits {
                terms: by.iter().map(|(&c, &t)| (c, t)).collect(),
                lo,
                hi,
            })
            .collect();
    }

    /// The place of the unknown "how many of `class` answered the lowest", "the next one", ….
    pub(crate) fn counts_of(&self, class: usize) -> impl Iterator<Item = (usize, i64)> + use<'a> {
        let (lowest, highest) = (self.publication.lowest, self.publication.highest);
        let answers = (highest - lowest + 1) as usize;
        (class * answers..(class + 1) * answers).zip(lowest..=highest)
    }

    /// The sum over a cell of what `value` makes of each answer.
    fn terms(&self, times: &BTreeMap<usize, i64>, value: impl Fn(i64) -> i64) -> Vec<(usize, i64)> {
        times
            .iter()
            .flat_map(|(&class, &times)| self.counts_of(class).map(move |it| (it, times)))
            .map(|((at, answer), times)| (at, times * value(answer)))
            .filter(|it| it.1 != 0)
            .collect()
    }

    /// Unknowns for each class: how many of it gave each answer.
    pub(crate) fn system_of_counts(&mut self) -> Result<(), Contradiction> {
        let publication = self.publication;
        let mut bounds = Vec::new();
        let mut rows = Vec::new();
        for (class, of) in self.classes.iter().enumerate() {
            let size = of.members.len() as i64;
            for (_, answer) in self.counts_of(class) {
                bounds.push(match of.known {
                    Some(known) => {
                        if known == answer {
                            (1, 1)
                        } else {
                            (0, 0)
                        }
                    }
                    None => (0, size),
                });
            }
            let terms = self.counts_of(class).map(|(at, _)| (at, 1)).collect();
            rows.push(Limits { terms, lo: size, hi: size });
        }
        let mut cases = Vec::new();
        for (cell, (times, (lo, hi))) in publication.cells.iter().zip(&self.cells) {
            let n = cell.members.len() as i64;
            let (lo, hi) = (*lo, *hi);
            rows.push(Limits { terms: self.terms(times, |it| it), lo, hi });
            for fact in &cell.facts {
                match fact {
                    Fact::Total { .. } | Fact::Weighted { .. } => {}
                    Fact::Band { from, to, lo, hi } => {
                        let within = |it| i64::from((*from..=*to).contains(&it));
                        rows.push(Limits { terms: self.terms(times, within), lo: *lo, hi: *hi });
                    }
                    Fact::Mapped { values, lo, hi } => {
                        let of = |it: i64| {
                            let at = usize::try_from(it - publication.lowest).unwrap_or(0);
                            values.get(at).copied().unwrap_or(0)
                        };
                        rows.push(Limits { terms: self.terms(times, of), lo: *lo, hi: *hi });
                    }
                    Fact::Extremes { min, max } => {
                        for (at, answer) in times.keys().flat_map(|&it| self.counts_of(it)) {
                            if answer < *min || answer > *max {
                                let (lo, _) = bounds[at];
                                bounds[at] = (lo, 0);
                                if lo > 0 {
                                    return Err(Contradiction);
                                }
                            }
                        }
                        for end in [*min, *max] {
                            let terms = self.terms(times, |it| i64::from(it == end));
                            rows.push(Limits { terms, lo: 1, hi: n });
                        }
                    }
                    Fact::Unanimous => {
                        let first = bounds.len();
                        let answers = publication.lowest..=publication.highest;
                        let switches: Vec<usize> =
                            answers.clone().enumerate().map(|(at, _)| first + at).collect();
                        bounds.extend(answers.map(|_| (0, 1)));
                        let terms = switches.iter().map(|&it| (it, 1)).collect();
                        rows.push(Limits { terms, lo: 1, hi: 1 });
                        for &class in times.keys() {
                            let size = self.size(class);
                            for ((at, _), &switch) in self.counts_of(class).zip(&switches) {
                                let terms = vec![(at, 1), (switch, -size)];
                                rows.push(Limits { terms, lo: -size, hi: 0 });
                            }
                        }
                    }
                    Fact::SampleSd { value, half } => {
                        if hi - lo > WIDEST_TOTAL || n < 2 {
                            continue;
                        }
                        let (sum, squares) =
                            (self.terms(times, |it| it), self.terms(times, |it| it * it));
                        let spread = |sd: f64| (n - 1) as f64 * sd.max(0.0).powi(2);
                        let pairs = (lo..=hi).filter_map(|total| {
                            let mean = (total * total) as f64 / n as f64;
                            let from = (spread(value - half) + mean - 1e-9).ceil() as i64;
                            let to = (spread(value + half) + mean + 1e-9).floor() as i64;
                            (from <= to).then(|| {
                                [
                                    Limits { terms: sum.clone(), lo: total, hi: total },
                                    Limits { terms: squares.clone(), lo: from, hi: to },
                                ]
                            })
                        });
                        cases.push(pairs.collect());
                    }
                }
            }
        }
        for (by, total) in &self.weightings {
            let terms = by
                .iter()
                .flat_map(|(&class, &by)| self.counts_of(class).map(move |(at, it)| (at, by * it)))
                .collect();
            rows.push(Limits { terms, lo: *total, hi: *total });
        }
        self.system = System { bounds, rows };
        self.cases = cases;
        Ok(())
    }

    /// The system with each way the standard deviations may hold, until `found` is content.
    pub(crate) fn each_case(
        &self,
        extra: impl Fn(&mut System),
        mut found: impl FnMut(&System) -> Solved,
        mut content: impl FnMut(Solved) -> bool,
    ) {
        let ways: usize = self.cases.iter().map(Vec::len).product();
        if ways > MOST_CASES {
            content(Solved::Open);
            return;
        }
        for way in 0..ways {
            let mut system = self.system.clone();
            extra(&mut system);
            let mut rest = way;
            for case in &self.cases {
                system.rows.extend(case[rest % case.len()].iter().cloned());
                rest /= case.len();
            }
            if content(found(&system)) {
                return;
            }
        }
    }

    /// The total of a class, as a sum of unknowns.
    pub(crate) fn total_of(&self, class: usize) -> Vec<(usize, i64)> {
        if self.totals_only { vec![(class, 1)] } else { self.counts_of(class).collect() }
    }
}
