//! How people of an atom spread over the scale: how many score in each third of it.
//!
//! A second statistic of answers whose coarsened total is published already, so it is cut to fit
//! both: counts are told in steps, and where steps and total together would rule out an answer for
//! anybody, the nearest steps that do not are told instead. Which steps those are depends on what
//! would have been published and on nothing else, so the change tells no more either.

use crate::{
    People,
    coarsen::{Coarsening, Interval},
    people::scaled_from,
};

/// Lowest and highest score of each third, in points: low, middle, high.
pub const THIRDS: [(u32, u32); 3] = [(0, 33), (34, 66), (67, 100)];

/// Atoms of fewer than this many times the smallest group have no spread.
pub const SPREAD_FACTOR: u32 = 2;

/// How many people of an atom score in each third of the scale, coarsened. Unit: people.
///
/// Which third a score lies in: [`THIRDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thirds {
    /// Low third.
    pub low: Interval,
    /// Middle third.
    pub middle: Interval,
    /// High third.
    pub high: Interval,
}

/// The width of a step of a count of `n` people: a tenth of them, and two at least.
const fn step(n: u32) -> u32 {
    let tenth = n.div_ceil(10);
    if tenth < 2 { 2 } else { tenth }
}

/// How many steps there are.
const fn steps(n: u32) -> u32 {
    let whole = (n + 1) / step(n);
    if whole == 0 { 1 } else { whole }
}

/// The step with this number: the last also takes what is left over.
const fn cell(at: u32, n: u32) -> Interval {
    let lo = at * step(n);
    Interval { lo, hi: if at + 1 >= steps(n) { n } else { lo + step(n) - 1 } }
}

fn place(count: u32, n: u32) -> u32 {
    (count / step(n)).min(steps(n) - 1)
}

/// The third a score lies in: 0, 1 or 2.
pub(crate) fn third_of(score: u8) -> usize {
    THIRDS.iter().position(|&(_, hi)| u32::from(score) <= hi).unwrap_or(THIRDS.len() - 1)
}

impl Thirds {
    fn of_places(places: [u32; 3], n: u32) -> Self {
        let [low, middle, high] = places.map(|it| cell(it, n));
        Self { low, middle, high }
    }

    /// Low, middle, high.
    pub const fn cells(&self) -> [Interval; 3] {
        [self.low, self.middle, self.high]
    }

    /// What may be told of `counts` people in each third, when `total` (a cell of
    /// [`Coarsening::SCORE`](crate::coarsen::Coarsening::SCORE)) is told of the same people. Both are for
    /// `people.least` people; the counts may be rounded. `None` if nothing may be told; that depends on
    /// `total` and `people` alone.
    pub fn coarsen(counts: [u32; 3], total: Interval, people: People) -> Option<Self> {
        let n = people.least;
        let own = counts.map(|it| place(it, n));
        let fits = |places: [u32; 3]| {
            let it = Self::of_places(places, n);
            it.hides_everybody(total, people).then_some(it)
        };
        if let Some(it) = fits(own) {
            return Some(it);
        }
        // The nearest: fewest steps away, then the first in order.
        let all = || (0..steps(n)).flat_map(|a| (0..steps(n)).map(move |b| (a, b)));
        let mut others: Vec<[u32; 3]> =
            all().flat_map(|(a, b)| (0..steps(n)).map(move |c| [a, b, c])).collect();
        others.sort_by_key(|it| it.iter().zip(own).map(|(a, b)| a.abs_diff(b)).sum::<u32>());
        others.into_iter().find_map(fits)
    }

    /// Whether each of these is a step for `n` people.
    pub fn is_coarse(&self, n: u32) -> bool {
        self.cells().iter().all(|it| it.lo <= n && cell(place(it.lo, n), n) == *it)
    }

    /// Whether every one of `n` people may have scored anything from 0 to 100, given their `total`.
    pub fn leaves_the_whole_scale(&self, total: Interval, n: u32) -> bool {
        (0..=100).all(|score| self.allows(total, n, score))
    }

    /// Whether steps and `total`, told for `people.least` people, leave every one of them any score, also
    /// to those who know how many they really are; and more than one count of people in each third.
    ///
    /// A few people more than `people.most` may have answered on one scale. Of wide classes some seventeen
    /// counts are tried, first and last among them: what is told of many people leaves the more room.
    pub fn hides_everybody(&self, total: Interval, people: People) -> bool {
        let n = people.least;
        let most = people.most + people.most / 10 + 1;
        let apart = ((most - n) / 16).max(1) as usize;
        let tried = (n..=most).step_by(apart).chain([most]);
        self.has_several_counts(n) && {
            let mut tried = tried;
            tried.all(|of| {
                let back = |it: Interval| {
                    scaled_from(it.lo, it.hi, n, of).map(|(lo, hi)| Interval { lo, hi })
                };
                let (Some(total), Some(low), Some(middle), Some(high)) = (
                    Coarsening::SCORE.told_from(total, n, of),
                    back(self.low),
                    back(self.middle),
                    back(self.high),
                ) else {
                    return false;
                };
                let up_to_all = |it: Interval| Interval { hi: it.hi.min(of), ..it };
                let [low, middle, high] = [low, middle, high].map(up_to_all);
                let it = Self { low, middle, high };
                it.leaves_the_whole_scale(total, of)
            })
        }
    }

    /// Whether more than one count of people in each third fits the steps, for the number of people that
    /// they are told for. Three counts add up, so narrow steps may leave one.
    fn has_several_counts(&self, n: u32) -> bool {
        let fits = |low: u32, middle: u32| {
            (low + middle <= n) && (self.high.lo..=self.high.hi).contains(&(n - low - middle))
        };
        let all = (self.low.lo..=self.low.hi)
            .flat_map(|low| (self.middle.lo..=self.middle.hi).map(move |middle| (low, middle)));
        all.filter(|&(low, middle)| fits(low, middle)).nth(1).is_some()
    }

    /// Whether there are `n` scores in these steps and this total of which one is `score`.
    ///
    /// Given the number of people in each third, all totals between the least and the greatest are
    /// possible; both grow with every person who moves a third up. So for each number of people in
    /// the low third it is enough to know between which numbers in the high third the total fits.
    fn allows(&self, total: Interval, n: u32, score: u32) -> bool {
        let wide = i64::from;
        let at = THIRDS.iter().position(|&(_, hi)| score <= hi).unwrap_or(0);
        // How far the greatest and the least total move when one of that third has this score.
        let (fewer, more) = (wide(THIRDS[at].1 - score), wide(score - THIRDS[at].0));
        let [(a_lo, a_hi), (b_lo, b_hi), (c_lo, c_hi)] =
            THIRDS.map(|(lo, hi)| (wide(lo), wide(hi)));
        (self.low.lo..=self.low.hi.min(n)).any(|low| {
            if at == 0 && low == 0 {
                return false;
            }
            let (low, rest) = (wide(low), wide(n - low));
            // Middle is what is left: rest - high.
            let mut least = wide(self.high.lo).max(rest - wide(self.middle.hi));
            let mut most = wide(self.high.hi).min(rest - wide(self.middle.lo));
            match at {
                1 => most = most.min(rest - 1),
                2 => least = least.max(1),
                _ => (),
            }
            // Least total: low a_lo + (rest - high) b_lo + high c_lo + more <= total.hi
            let over = wide(total.hi) - more - low * a_lo - rest * b_lo;
            most = most.min(over.div_euclid(c_lo - b_lo));
            // Greatest total: low a_hi + (rest - high) b_hi + high c_hi - fewer >= total.lo
            let under = wide(total.lo) + fewer - low * a_hi - rest * b_hi;
            least = least.max(-(-under).div_euclid(c_hi - b_hi));
            least <= most
        })
    }
}

/// The number that stands for a step: its middle.
pub(crate) fn representative(cell: Interval) -> f64 {
    f64::midpoint(f64::from(cell.lo), f64::from(cell.hi))
}

/// How people spread over the scale, as shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Between how many people and how many it rests on.
    pub people: People,
    /// Of ten people, how many score low, in the middle and high; together 10.
    pub tenths: [u8; 3],
    /// How much of the page's people it covers: atoms below twice the smallest group have no spread.
    pub coverage: crate::Coverage,
}

/// Shares in tenths that add up to 10: each rounded down, what is missing to the largest rests.
pub(crate) fn tenths(parts: [f64; 3]) -> [u8; 3] {
    let all: f64 = parts.iter().sum();
    let exact = parts.map(|it| it / all * 10.0);
    let mut tenths = exact.map(|it| it.floor() as u8);
    let mut order = [0, 1, 2];
    order.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let missing = 10 - tenths.iter().sum::<u8>();
    for at in order.into_iter().take(usize::from(missing)) {
        tenths[at] += 1;
    }
    tenths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    fn exactly(n: u32) -> People {
        People::exactly(n)
    }

    fn cell_of(total: u32, n: u32) -> Interval {
        Coarsening::SCORE.cell(total, n)
    }

    #[test]
    fn counts_are_told_in_steps() {
        let steps =
            |n| (0..steps(n)).map(|at| (cell(at, n).lo, cell(at, n).hi)).collect::<Vec<_>>();
        assert_eq!(steps(12), [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 12)]);
        assert_eq!(steps(45)[0], (0, 4));
        assert_eq!(steps(45).last(), Some(&(40, 45)));
    }

    #[test]
    fn tenths_add_up_to_ten() {
        assert_eq!(tenths([1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(tenths([0.5, 4.5, 7.0]), [0, 4, 6]);
        assert_eq!(tenths([0.0, 0.0, 5.0]), [0, 0, 10]);
    }

    #[test]
    fn twelve_people_of_one_score_do_not_tell_it() {
        for score in [0_u32, 33, 34, 50, 66, 67, 100] {
            let mut counts = [0; 3];
            counts[third_of(score as u8)] = 12;
            let total = cell_of(12 * score, 12);
            let told = Thirds::coarsen(counts, total, exactly(12)).unwrap();
            assert!(told.leaves_the_whole_scale(total, 12));
        }
    }

    /// Two scores of 20 and ten of 70, told as they are, would rule out 34 to 66 for all twelve.
    #[test]
    fn no_score_between_the_ends_is_ruled_out_either() {
        let total = cell_of(2 * 20 + 10 * 70, 12);
        let own = Thirds::of_places([place(2, 12), place(0, 12), place(10, 12)], 12);
        assert!(own.allows(total, 12, 0) && own.allows(total, 12, 100));
        assert!(!own.leaves_the_whole_scale(total, 12));
        let told = Thirds::coarsen([2, 0, 10], total, exactly(12)).unwrap();
        assert!((0..=100).all(|score| told.allows(total, 12, score)), "{told:?}");
    }

    /// Four in each third fit these steps, and nothing else does.
    #[test]
    fn steps_that_fit_one_count_only_are_not_told() {
        let total = cell_of(600, 12);
        let own = Thirds::of_places([2, 2, 2], 12);
        assert!(own.leaves_the_whole_scale(total, 12) && !own.has_several_counts(12));
        let told = Thirds::coarsen([4, 4, 4], total, exactly(12)).unwrap();
        assert!(told != own && told.has_several_counts(12), "{told:?}");
    }

    /// All that can be published of a few numbers of people, tried one by one.
    #[test]
    fn whatever_is_told_leaves_everybody_the_whole_scale() {
        for n in [10, 12, 15] {
            for low in 0..=n {
                for high in 0..=n - low {
                    let counts = [low, n - low - high, high];
                    let bound = |end: fn((u32, u32)) -> u32| {
                        counts.iter().zip(THIRDS).map(|(n, it)| n * end(it)).sum::<u32>()
                    };
                    let mut total = bound(|it| it.0);
                    while total <= bound(|it| it.1) {
                        let cell = cell_of(total, n);
                        let told =
                            Thirds::coarsen(counts, cell, exactly(n)).expect("something is told");
                        assert!(told.is_coarse(n));
                        assert!(told.leaves_the_whole_scale(cell, n));
                        let cells = told.cells();
                        let far = cells
                            .iter()
                            .zip(counts)
                            .map(|(cell, count)| place(cell.lo, n).abs_diff(place(count, n)));
                        assert!(far.sum::<u32>() <= 6, "{counts:?} {cell:?} {told:?}");
                        total = cell.hi + 1;
                    }
                }
            }
        }
    }

    proptest! {
        /// `allows` against every multiset of scores, on a coarse walk over them.
        #[test]
        fn what_is_allowed_exists(
            scores in prop::collection::vec(0_u8..=100, 10..30),
            who in any::<prop::sample::Index>(),
        ) {
            let n = scores.len() as u32;
            let mut counts = [0; 3];
            for &score in &scores {
                counts[third_of(score)] += 1;
            }
            let total = cell_of(scores.iter().copied().map(u32::from).sum(), n);
            let own = Thirds::of_places(counts.map(|it| place(it, n)), n);
            let score = u32::from(scores[who.index(scores.len())]);
            prop_assert!(own.allows(total, n, score), "these very scores are possible");
            let told = Thirds::coarsen(counts, total, exactly(n)).unwrap();
            prop_assert!(told.leaves_the_whole_scale(total, n));
        }
    }
}
