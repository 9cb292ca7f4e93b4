//! How many people a figure rests on, as far as it is told.
//!
//! The exact number is told nowhere: next to the number of people asked, which is public, it would say
//! of some that they took part, or that they did not; and one number for each scale would say how many
//! skipped it. So a count is told as a class, and an atom's totals are brought to the smallest count of
//! its class ([`scaled`]), so that no interval, no mean and no range gives away more of it either.

/// Where counts are cut, from 10 to 99; ten times as much from 100 to 999, and so on. Below 10 there is
/// one cut, at 8. About a fifth apart: as sure as a mean of so many people ever is.
const CUTS: [u32; 13] = [10, 12, 15, 18, 22, 26, 30, 36, 42, 50, 60, 70, 80];

/// The cut below 10.
const FIRST_CUT: u32 = 8;

/// How many more people than the smallest group must have been asked before anything is told of a
/// group: somebody who did not take part must not know by that alone that everybody else did.
pub const ROOM: u32 = 2;

/// Between how many people and how many a figure rests on. Unit: people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct People {
    /// Not fewer.
    pub least: u32,
    /// Not more.
    pub most: u32,
}

/// The largest cut that is not above `n`; 0 if there is none.
fn cut_at_or_below(n: u32) -> u32 {
    if n < CUTS[0] {
        return if n >= FIRST_CUT { FIRST_CUT } else { 0 };
    }
    let mut decade = 1;
    while n / decade >= 100 {
        decade *= 10;
    }
    CUTS.iter().rev().map(|it| it * decade).find(|it| *it <= n).unwrap_or(0)
}

/// The smallest cut above `n`.
fn cut_above(n: u32) -> u32 {
    if n < FIRST_CUT {
        return FIRST_CUT;
    }
    let mut decade: u32 = 1;
    while n / decade >= 100 {
        decade *= 10;
    }
    let first_of_next = CUTS[0].saturating_mul(decade).saturating_mul(10);
    CUTS.iter().map(|it| it.saturating_mul(decade)).find(|it| *it > n).unwrap_or(first_of_next)
}

impl People {
    /// What is told of `n` people among `asked` who could have taken part, for groups of at least `k`.
    ///
    /// The class of `n` by fixed cuts, except that the highest class starts at `asked − k` at most: so
    /// that, for anybody who knows of `k − 1` people whether they took part, everybody else may have, and
    /// may not have. In a group of fewer than `2k` the only class is "at least `k`", which is what being
    /// shown says already.
    pub fn told(n: u32, asked: u32, k: u32) -> Self {
        let highest = asked.saturating_sub(k).max(k);
        let least = cut_at_or_below(n.min(highest)).max(k);
        let next = cut_above(least);
        let most = if next <= highest { next - 1 } else { asked };
        Self { least, most: most.max(least) }
    }

    /// What is told of `n` people where it is not public how many were asked.
    pub fn of_any(n: u32, k: u32) -> Self {
        let least = cut_at_or_below(n).max(k.min(n));
        Self { least, most: cut_above(least) - 1 }
    }

    /// Exactly `n` people: what earlier versions told.
    pub const fn exactly(n: u32) -> Self {
        Self { least: n, most: n }
    }

    /// Whether `n` is possible.
    pub const fn holds(self, n: u32) -> bool {
        self.least <= n && n <= self.most
    }

    /// The number that stands for it: the middle. Unit: people.
    pub fn middle(self) -> f64 {
        f64::midpoint(f64::from(self.least), f64::from(self.most))
    }

    /// As few people as uncertainty is reckoned with: halfway between the fewest and the middle. With the middle
    /// ranges hold a little less often than they say, with the fewest they are a fifth too wide (ADR 25). Unit:
    /// people.
    pub fn cautious(self) -> f64 {
        f64::midpoint(f64::from(self.least), self.middle()).max(1.0)
    }

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self {
            least: self.least.saturating_add(others.least),
            most: self.most.saturating_add(others.most),
        }
    }
}

/// A `total` of `of` people as it would be for `n` people of the same mean, rounded to the nearest.
///
/// # Panics
///
/// If `of` is 0.
pub fn scaled(total: u32, of: u32, n: u32) -> u32 {
    let (total, of, n) = (u64::from(total), u64::from(of), u64::from(n));
    u32::try_from((2 * total * n + of) / (2 * of)).unwrap_or(u32::MAX)
}

/// The totals of `of` people that [`scaled`] brings into `lo..=hi` for `n` people: the smallest and the
/// largest; `None` if there is none.
pub fn scaled_from(lo: u32, hi: u32, n: u32, of: u32) -> Option<(u32, u32)> {
    let (lo, hi, n, of) = (u64::from(lo), u64::from(hi), u64::from(n), u64::from(of));
    let least = ((2 * lo).saturating_sub(1) * of).div_ceil(2 * n);
    let above = ((2 * hi + 1) * of).div_ceil(2 * n);
    let most = above.checked_sub(1)?;
    let number = |it: u64| u32::try_from(it).ok();
    (least <= most).then_some((number(least)?, number(most)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(n: u32, asked: u32, told: (u32, u32)) {
        let it = People::told(n, asked, 6);
        assert_eq!((it.least, it.most), told, "{n} of {asked}");
    }

    #[test]
    fn small_teams_are_told_as_six_or_more() {
        for n in 6..=9 {
            check(n, 9, (6, 9));
        }
        check(12, 12, (6, 12));
        check(8, 12, (6, 12));
        check(7, 14, (6, 7));
        check(9, 14, (8, 14));
        check(14, 14, (8, 14));
    }

    #[test]
    fn large_teams_are_told_in_classes() {
        check(20, 40, (18, 21));
        check(33, 40, (30, 40));
        check(40, 40, (30, 40));
        check(99, 1000, (80, 99));
        check(100, 1000, (100, 119));
        check(1000, 1000, (800, 1000));
    }

    proptest! {
        /// With k − 1 people of whom it is known, in any number of ways, everybody else may have taken
        /// part and may not have; with fewer than 2k asked, nothing is told that is not known anyway.
        #[test]
        fn nobody_is_shown_to_have_taken_part_or_not(
            k in 5_u32..20, asked in 7_u32..3000, n in 5_u32..3000, yes in 0_u32..20,
        ) {
            prop_assume!(k <= n && n <= asked);
            let told = People::told(n, asked, k);
            prop_assert!(told.holds(n) && told.least >= k && told.most <= asked);
            if asked >= 2 * k {
                let yes = yes.min(k - 1);
                let others = asked - (k - 1);
                // Of the others, one did not: at most others − 1 did. One did: at least 1.
                prop_assert!(told.least < yes + others);
                prop_assert!(told.most > yes);
            } else {
                prop_assert_eq!(told, People { least: k, most: asked });
            }
            // A class is told of all its counts alike.
            for other in [told.least, told.most] {
                prop_assert_eq!(People::told(other, asked, k), told);
            }
        }

        #[test]
        fn totals_are_brought_back(of in 5_u32..400, less in 0_u32..100, total in 0_u32..40000, width in 0_u32..200) {
            let n = of.saturating_sub(less).max(5);
            let total = total.min(of * 100);
            let it = scaled(total, of, n);
            prop_assert!(it <= n * 100);
            let (lo, hi) = (it.saturating_sub(width / 2), it + width);
            let (least, most) = scaled_from(lo, hi, n, of).unwrap();
            prop_assert!(least <= total && total <= most);
            for (at, inside) in [(least, true), (most, true), (most + 1, false)] {
                let there = scaled(at, of, n);
                prop_assert_eq!(lo <= there && there <= hi, inside);
            }
            prop_assert!(least == 0 || scaled(least - 1, of, n) < lo);
        }
    }
}
