//! Systems of whole numbers: is there a solution, and how small or large can a sum be?
//!
//! Bounds are tightened in exact arithmetic first. What is left goes to a solver that works with
//! floating point numbers; a solution it gives is put into every row, in exact arithmetic, before it
//! is believed. Where it fails, small systems are searched by our own hand; others are left open, and
//! whoever asks must take that as the worst.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, SolveOutcome};

/// Branches the solver may look at.
const MOST_BRANCHES: u64 = 20_000;
/// Branches of the search by hand.
const MOST_STEPS: usize = 50_000;

/// `lo <= sum of coefficient · variable <= hi`.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub(crate) terms: Vec<(usize, i64)>,
    pub(crate) lo: i64,
    pub(crate) hi: i64,
}

/// Whole variables within bounds, and rows they must meet.
#[derive(Debug, Clone, Default)]
pub(crate) struct System {
    /// Smallest and largest value of each variable.
    pub(crate) bounds: Vec<(i64, i64)>,
    pub(crate) rows: Vec<Limits>,
}

/// What is known of a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Solved {
    /// The extreme value of what was asked for; 0 if nothing was.
    Value(i64),
    /// There is no solution.
    Impossible,
    /// Not found out.
    Open,
}

impl System {
    /// Whether there is a solution.
    pub(crate) fn is_possible(&self) -> Solved {
        self.least(&[])
    }

    /// The least value of a sum.
    pub(crate) fn least(&self, sum: &[(usize, i64)]) -> Solved {
        let Some(bounds) = self.tightened(self.bounds.clone()) else { return Solved::Impossible };
        self.by_solver(&bounds, sum)
            .unwrap_or_else(|| if sum.is_empty() { self.by_hand(bounds) } else { Solved::Open })
    }

    /// The greatest value of a sum.
    pub(crate) fn greatest(&self, sum: &[(usize, i64)]) -> Solved {
        let negative: Vec<_> = sum.iter().map(|&(at, by)| (at, -by)).collect();
        match self.least(&negative) {
            Solved::Value(it) => Solved::Value(-it),
            other => other,
        }
    }

    /// Bounds that every solution keeps; `None` if there is none.
    fn tightened(&self, mut bounds: Vec<(i64, i64)>) -> Option<Vec<(i64, i64)>> {
        loop {
            let mut changed = false;
            for row in &self.rows {
                let ends = |&(at, by): &(usize, i64)| {
                    let (lo, hi) = bounds[at];
                    if by >= 0 { (by * lo, by * hi) } else { (by * hi, by * lo) }
                };
                let (mut least, mut most) = (0, 0);
                for term in &row.terms {
                    let (lo, hi) = ends(term);
                    least += lo;
                    most += hi;
                }
                if least > row.hi || most < row.lo {
                    return None;
                }
                let ends: Vec<(i64, i64)> = row.terms.iter().map(ends).collect();
                for (&(at, by), (lo, hi)) in row.terms.iter().zip(ends) {
                    if by == 0 {
                        continue;
                    }
                    // What the others leave for this term.
                    let (from, to) = (row.lo - (most - hi), row.hi - (least - lo));
                    let (from, to) = if by > 0 {
                        (-(-from).div_euclid(by), to.div_euclid(by))
                    } else {
                        (-to.div_euclid(-by), (-from).div_euclid(-by))
                    };
                    let new = (bounds[at].0.max(from), bounds[at].1.min(to));
                    if new.0 > new.1 {
                        return None;
                    }
                    if new != bounds[at] {
                        bounds[at] = new;
                        changed = true;
                        break;
                    }
                }
            }
            if !changed {
                return Some(bounds);
            }
        }
    }

    fn meets(&self, values: &[i64]) -> bool {
        self.rows.iter().all(|row| {
            let sum: i64 = row.terms.iter().map(|&(at, by)| by * values[at]).sum();
            row.lo <= sum && sum <= row.hi
        })
    }

    /// `None` if the solver fails, or gives something that is no solution.
    fn by_solver(&self, bounds: &[(i64, i64)], sum: &[(usize, i64)]) -> Option<Solved> {
        let weight = |at: usize| sum.iter().filter(|it| it.0 == at).map(|it| it.1).sum::<i64>();
        if bounds.iter().all(|(lo, hi)| lo == hi) {
            let values: Vec<i64> = bounds.iter().map(|it| it.0).collect();
            let value = (0..values.len()).map(|at| weight(at) * values[at]).sum();
            return Some(if self.meets(&values) {
                Solved::Value(value)
            } else {
                Solved::Impossible
            });
        }
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut variables = Vec::with_capacity(bounds.len());
        for (at, &(lo, hi)) in bounds.iter().enumerate() {
            let (lo, hi) = (i32::try_from(lo).ok()?, i32::try_from(hi).ok()?);
            variables.push(problem.add_integer_var(weight(at) as f64, (lo, hi)));
        }
        for row in &self.rows {
            let terms: Vec<_> =
                row.terms.iter().map(|&(at, by)| (variables[at], by as f64)).collect();
            if row.lo == row.hi {
                problem.add_constraint(&terms, ComparisonOp::Eq, row.lo as f64);
            } else {
                problem.add_constraint(&terms, ComparisonOp::Ge, row.lo as f64);
                problem.add_constraint(&terms, ComparisonOp::Le, row.hi as f64);
            }
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(MOST_BRANCHES);
        match problem.solve_with(options) {
            Err(Error::Infeasible) => Some(Solved::Impossible),
            Ok(SolveOutcome::Solution(solution)) => {
                let values: Vec<i64> =
                    variables.iter().map(|it| solution.var_value(*it).round() as i64).collect();
                let proved =
                    sum.is_empty() || solution.status() == microlp::SolutionStatus::Optimal;
                let value = (0..values.len()).map(|at| weight(at) * values[at]).sum();
                (self.meets(&values) && proved).then_some(Solved::Value(value))
            }
            _ => None,
        }
    }

    /// Tries values one by one, tightening in between.
    fn by_hand(&self, bounds: Vec<(i64, i64)>) -> Solved {
        let mut todo = vec![bounds];
        for _ in 0..MOST_STEPS {
            let Some(bounds) = todo.pop() else { return Solved::Impossible };
            let Some(bounds) = self.tightened(bounds) else { continue };
            let open = (0..bounds.len()).filter(|&it| bounds[it].0 < bounds[it].1);
            let Some(at) = open.min_by_key(|&it| bounds[it].1 - bounds[it].0) else {
                return Solved::Value(0);
            };
            let (lo, hi) = bounds[at];
            let middle = lo + (hi - lo) / 2;
            for half in [(middle + 1, hi), (lo, middle)] {
                let mut part = bounds.clone();
                part[at] = half;
                todo.push(part);
            }
        }
        Solved::Open
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All solutions, tried one by one.
    fn solutions(system: &System) -> Vec<Vec<i64>> {
        let mut all = vec![Vec::new()];
        for &(lo, hi) in &system.bounds {
            all = all
                .into_iter()
                .flat_map(|it: Vec<i64>| {
                    (lo..=hi).map(move |value| [it.clone(), vec![value]].concat())
                })
                .collect();
        }
        all.retain(|it| system.meets(it));
        all
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_there_is(
            bounds in prop::collection::vec((0_i64..3, 0_i64..4), 1..5),
            rows in prop::collection::vec(
                (prop::collection::vec(-3_i64..4, 4), -4_i64..12, 0_i64..4), 0..4,
            ),
            sum in prop::collection::vec(-2_i64..3, 4),
        ) {
            let bounds: Vec<_> = bounds.into_iter().map(|(lo, more)| (lo, lo + more)).collect();
            let terms = |by: &[i64]| (0..bounds.len()).map(|at| (at, by[at])).collect::<Vec<_>>();
            let rows = rows
                .iter()
                .map(|(by, lo, more)| Limits { terms: terms(by), lo: *lo, hi: lo + more })
                .collect();
            let sum = terms(&sum);
            let system = System { bounds, rows };
            let values: Vec<i64> = solutions(&system)
                .iter()
                .map(|it| sum.iter().map(|&(at, by)| by * it[at]).sum())
                .collect();
            let solved = |it: Option<&i64>| it.map_or(Solved::Impossible, |it| Solved::Value(*it));
            prop_assert_eq!(system.least(&sum), solved(values.iter().min()));
            prop_assert_eq!(system.greatest(&sum), solved(values.iter().max()));
            let any = if values.is_empty() { Solved::Impossible } else { Solved::Value(0) };
            prop_assert_eq!(system.is_possible(), any);
            prop_assert_eq!(system.by_hand(system.bounds.clone()), any);
        }
    }
}
