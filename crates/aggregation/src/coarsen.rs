//! Coarsening: the one step between an atom's exact total and everything anybody ever sees of it.
//!
//! The totals that are possible for `n` people are cut into cells, once and for all; an atom is
//! published as the cell its total lies in. The two end cells are at least one person's whole range
//! wide, so that every single member could still have given any answer; the cells between them are
//! half a person's range wide, so that even all others together are left with half of it.

use crate::people::{scaled, scaled_from};

/// A closed interval of totals, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// Smallest total in it.
    pub lo: u32,
    /// Largest total in it.
    pub hi: u32,
}

impl Interval {
    /// How many totals it holds.
    pub const fn width(self) -> u32 {
        self.hi - self.lo + 1
    }

    const fn contains(self, total: u32) -> bool {
        self.lo <= total && total <= self.hi
    }
}

/// How totals of `n` answers on the scale `min..=max` are cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coarsening {
    /// Lowest answer, in points.
    pub min: u32,
    /// Highest answer, in points; above `min`.
    pub max: u32,
    /// Least width of the end cells, in points of the total; at least `max - min`.
    pub edge: u32,
    /// Width of the cells between them, in points of the total; at least 1.
    pub grid: u32,
}

/// Where a cell lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// All that is possible: the group is too small for the scale, nothing is told.
    Whole,
    /// The bottom end: "at most".
    Bottom,
    /// Between the ends.
    Middle,
    /// The top end: "at least".
    Top,
}

impl Coarsening {
    /// For scores from 0 to 100, in whole points.
    pub const SCORE: Self = Self { min: 0, max: 100, edge: 100, grid: 50 };

    /// Most answers a total may be made of, so that it cannot overflow.
    pub const fn most_answers(self) -> u32 {
        u32::MAX / self.max - 1
    }

    /// Last total of the bottom cell and first of the top cell; `None` if the group is too small.
    fn ends(self, n: u32) -> Option<(u32, u32)> {
        let bottom = n * self.min + self.edge;
        let top = (n * self.max).checked_sub(self.edge)?;
        let between = top.checked_sub(bottom + 1).filter(|&it| it >= self.grid)?;
        // A leftover shorter than a cell is shared by the two end cells.
        let rest = between % self.grid;
        Some((bottom + rest / 2, top - (rest - rest / 2)))
    }

    /// The cell that holds `total`, a total of `n` answers.
    ///
    /// # Panics
    ///
    /// If no `n` answers have this total, or `n` is above [`most_answers`](Self::most_answers).
    pub fn cell(self, total: u32, n: u32) -> Interval {
        assert!(n <= self.most_answers(), "too many answers for one total");
        let whole = Interval { lo: n * self.min, hi: n * self.max };
        assert!(whole.contains(total), "no such total");
        match self.ends(n) {
            None => whole,
            Some((bottom, _)) if total <= bottom => Interval { lo: whole.lo, hi: bottom },
            Some((_, top)) if total >= top => Interval { lo: top, hi: whole.hi },
            Some((bottom, _)) => {
                let first = bottom + 1;
                let lo = first + (total - first) / self.grid * self.grid;
                Interval { lo, hi: lo + self.grid - 1 }
            }
        }
    }

    /// What is told of a `total` of `of` answers, for the least number `n` of the class that `of` lies in: the
    /// cell of the total, then its middle brought to `n` answers of the same mean, then the cell of that.
    ///
    /// The first step keeps to one grid whatever `of` is, so that the difference of two totals is never
    /// known better than by its steps; the second makes all numbers of a class look alike.
    ///
    /// # Panics
    ///
    /// As [`cell`](Self::cell), for both numbers.
    pub fn told(self, total: u32, of: u32, n: u32) -> Interval {
        let cell = self.cell(total, of);
        if of == n {
            return cell;
        }
        let middle = u32::midpoint(cell.lo, cell.hi);
        self.cell(scaled(middle, of, n).clamp(n * self.min, n * self.max), n)
    }

    /// The totals of `of` answers of which `interval` is [`told`](Self::told) for `n`; `None` if there are
    /// none.
    pub fn told_from(self, interval: Interval, n: u32, of: u32) -> Option<Interval> {
        if of == n {
            return Some(interval);
        }
        let whole = of * self.max;
        let (least, most) = scaled_from(interval.lo, interval.hi, n, of)?;
        let middle = |cell: Interval| u32::midpoint(cell.lo, cell.hi);
        let first = self.cell(least.clamp(of * self.min, whole), of);
        let lo = if middle(first) >= least { first.lo } else { first.hi + 1 };
        let last = self.cell(most.clamp(of * self.min, whole), of);
        let hi = if middle(last) <= most { Some(last.hi) } else { last.lo.checked_sub(1) };
        hi.filter(|hi| lo <= *hi).map(|hi| Interval { lo, hi })
    }

    /// Whether `interval` is one of the cells for `n` answers.
    pub fn is_cell(self, interval: Interval, n: u32) -> bool {
        n <= self.most_answers()
            && (n * self.min..=n * self.max).contains(&interval.lo)
            && self.cell(interval.lo, n) == interval
    }

    /// Where the cell `interval` lies among those for `n` answers.
    pub const fn place(self, interval: Interval, n: u32) -> Place {
        match (interval.lo == n * self.min, interval.hi == n * self.max) {
            (true, true) => Place::Whole,
            (true, false) => Place::Bottom,
            (false, true) => Place::Top,
            (false, false) => Place::Middle,
        }
    }

    /// The one number that stands for a cell: its middle; for an end cell a quarter in from its inner
    /// end, because few groups are at the very end. A function of the cell, so it tells nothing more.
    pub fn representative(self, interval: Interval, n: u32) -> f64 {
        let (lo, hi) = (f64::from(interval.lo), f64::from(interval.hi));
        match self.place(interval, n) {
            Place::Whole | Place::Middle => f64::midpoint(lo, hi),
            Place::Bottom => hi - (hi - lo) / 4.0,
            Place::Top => lo + (hi - lo) / 4.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIKERT: Coarsening = Coarsening { min: 1, max: 5, edge: 4, grid: 2 };
    const SUBSCALE: Coarsening = Coarsening { min: 10, max: 50, edge: 40, grid: 20 };

    #[test]
    fn six_people_of_full_score_are_told_as_at_least() {
        let cell = Coarsening::SCORE.cell(600, 6);
        assert_eq!(cell, Interval { lo: 475, hi: 600 });
        assert_eq!(Coarsening::SCORE.place(cell, 6), Place::Top);
        assert!((Coarsening::SCORE.representative(cell, 6) - 506.25).abs() < 1e-9);
        assert_eq!(LIKERT.cell(30, 6), Interval { lo: 25, hi: 30 });
    }

    #[test]
    fn the_cells_of_five_people() {
        let mut cells: Vec<_> = (0..=500).map(|it| Coarsening::SCORE.cell(it, 5)).collect();
        cells.dedup();
        let ends: Vec<_> = cells.iter().map(|it| (it.lo, it.hi)).collect();
        let expected =
            [(0, 124), (125, 174), (175, 224), (225, 274), (275, 324), (325, 374), (375, 500)];
        assert_eq!(ends, expected);
    }

    #[test]
    fn two_people_are_too_few_for_the_scale() {
        assert_eq!(Coarsening::SCORE.cell(130, 2), Interval { lo: 0, hi: 200 });
    }

    #[test]
    fn what_is_no_cell_is_told_apart() {
        let is_cell = |lo, hi| Coarsening::SCORE.is_cell(Interval { lo, hi }, 5);
        assert!(is_cell(125, 174) && is_cell(0, 124) && is_cell(375, 500));
        assert!(!is_cell(126, 175) && !is_cell(0, 500) && !is_cell(125, 125) && !is_cell(375, 501));
        assert!(!is_cell(600, 700));
        assert!(!Coarsening::SCORE.is_cell(Interval { lo: 0, hi: 124 }, u32::MAX));
    }

    /// Every total of up to 40 people, on three scales.
    #[test]
    fn cells_partition_the_totals_and_leave_everybody_the_whole_scale() {
        for scale in [LIKERT, SUBSCALE, Coarsening::SCORE] {
            for n in 4..40 {
                let mut next = n * scale.min;
                while next <= n * scale.max {
                    let cell = scale.cell(next, n);
                    assert_eq!(cell.lo, next, "cells leave no gap and do not overlap");
                    assert!(cell.width() >= scale.grid);
                    // One person may have given the lowest answer, and the highest.
                    assert!(cell.lo <= (n - 1) * scale.max + scale.min);
                    assert!(cell.hi >= (n - 1) * scale.min + scale.max);
                    assert!(scale.is_cell(cell, n));
                    next = cell.hi + 1;
                }
                assert_eq!(next, n * scale.max + 1);
            }
        }
    }

    proptest! {
        /// What is told for another number of people goes back to whole cells of the real one, and so to
        /// one person's whole range at the ends, and half of it between.
        #[test]
        fn what_is_told_for_a_class_goes_back_to_whole_cells(
            of in 5_u32..300, n in 5_u32..300, share in 0.0_f64..=1.0,
        ) {
            let n = n.min(of).max(of * 3 / 5).max(5);
            let total = (f64::from(of) * 100.0 * share) as u32;
            let told = Coarsening::SCORE.told(total, of, n);
            prop_assert!(Coarsening::SCORE.is_cell(told, n));
            let back = Coarsening::SCORE.told_from(told, n, of).unwrap();
            prop_assert!(back.contains(total));
            for inside in [back.lo, back.hi] {
                prop_assert_eq!(Coarsening::SCORE.told(inside, of, n), told);
            }
            let ends = [Coarsening::SCORE.cell(back.lo, of).lo, Coarsening::SCORE.cell(back.hi, of).hi];
            prop_assert_eq!(ends, [back.lo, back.hi]);
            for outside in [back.lo.checked_sub(1), Some(back.hi + 1).filter(|it| *it <= 100 * of)] {
                let Some(outside) = outside else { continue };
                prop_assert!(Coarsening::SCORE.told(outside, of, n) != told);
            }
        }

        /// Somebody joins, everybody else answers as before, and both numbers of people are known: half of
        /// the scale is left at least.
        #[test]
        fn who_joins_is_left_half_of_the_scale(
            scores in prop::collection::vec(0_u32..=100, 7..40), asked in 0_u32..20,
        ) {
            let of = scores.len() as u32;
            let all: u32 = scores.iter().sum();
            let known = |total: u32, of: u32| {
                let n = crate::People::told(of, of + asked, 6).least;
                Coarsening::SCORE.told_from(Coarsening::SCORE.told(total, of, n), n, of).unwrap()
            };
            let (after, before) = (known(all, of), known(all - scores[0], of - 1));
            let lo = i64::from(after.lo) - i64::from(before.hi);
            let hi = i64::from(after.hi) - i64::from(before.lo);
            prop_assert!(hi.min(100) - lo.max(0) + 1 >= 50, "{lo} to {hi}");
        }

        #[test]
        fn all_totals_of_a_cell_look_alike(n in 5_u32..2_000_000, share in 0.0_f64..=1.0) {
            let total = (f64::from(n) * 100.0 * share) as u32;
            let cell = Coarsening::SCORE.cell(total, n);
            prop_assert!(cell.contains(total));
            for other in [cell.lo, cell.hi, u32::midpoint(cell.lo, cell.hi)] {
                prop_assert_eq!(Coarsening::SCORE.cell(other, n), cell);
            }
            let stands_for = Coarsening::SCORE.representative(cell, n);
            prop_assert!(f64::from(cell.lo) <= stands_for && stands_for <= f64::from(cell.hi));
            let whole = cell.width() == 50;
            prop_assert_eq!(whole, Coarsening::SCORE.place(cell, n) == Place::Middle);
            prop_assert!(whole || (101..=126).contains(&cell.width()));
        }
    }
}
