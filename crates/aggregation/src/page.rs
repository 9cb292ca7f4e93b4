//! What is shown of a release: pages, figures and how well they cover a unit.
//!
//! Everything here is worked out from the coarsened atoms of a release and nothing else.

use tideline_domain::{PerScale, UnitId};

use crate::coarsen::{Coarsening, Interval, Place};

/// Two-sided 5 % point of the normal distribution.
const Z: f64 = 1.96;

/// What a series of figures is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A unit with a page of its own.
    Unit(UnitId),
    /// Units shown together as one atom, in the order of the tree: "Elm + Oak". Neither has a page.
    Pool(Vec<UnitId>),
}

/// What one unit or pool shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// One figure for each scale: all three are shown, or there is no page.
    pub figures: PerScale<Figure>,
    /// How much of the unit the figures cover.
    pub coverage: Coverage,
    /// How many of those asked took part.
    pub took_part: Participation,
    /// Answers behind the figures: the fewest of the three scales. Unit: people. For screens, round
    /// it to a band.
    pub people: u32,
}

/// A mean, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Answers behind it. Unit: people.
    pub n: u32,
    /// The mean as far as it is known, 0 to 100: what trends and charts are made of.
    pub value: f64,
    /// The number to print, 0 to 100: [`value`](Self::value), or with a [`bound`](Self::bound) the
    /// limit that the mean does not pass.
    pub shown: f64,
    /// Whether `shown` is a middle or a limit.
    pub bound: Bound,
    /// Lower end of the 95 % process interval, 0 to 100.
    pub low: f64,
    /// Upper end of the 95 % process interval, 0 to 100.
    pub high: f64,
    /// Variance of `value`: pooled s²/n and what coarsening adds. Unit: points².
    pub variance: f64,
}

/// The mean of answers of which there are only coarsened totals: `n` answers in each of `cells`, on
/// the scale of `coarsening`, told in points of 0 to 100. `sd`: standard deviation of answers, in the
/// same points. With `reversed`, the lowest answer counts 100. `None` if there are no answers.
pub(crate) fn mean_of_cells(
    cells: &[(u32, Interval)],
    coarsening: Coarsening,
    sd: f64,
    reversed: bool,
) -> Option<Figure> {
    let (mut n, mut total, mut lo, mut hi, mut spread) = (0, 0.0, 0_u64, 0_u64, 0.0);
    let (mut all_bottom, mut all_top) = (true, true);
    for &(of, cell) in cells {
        let place = coarsening.place(cell, of);
        n += of;
        total += coarsening.representative(cell, of);
        lo += u64::from(cell.lo);
        hi += u64::from(cell.hi);
        spread += f64::from(cell.width()).powi(2) / 12.0;
        all_bottom &= place == Place::Bottom;
        all_top &= place == Place::Top;
    }
    if n == 0 {
        return None;
    }
    let people = f64::from(n);
    let point = 100.0 / f64::from(coarsening.max - coarsening.min);
    let points = |total: f64| {
        let it = (total / people - f64::from(coarsening.min)) * point;
        if reversed { 100.0 - it } else { it }
    };
    let value = points(total);
    let (bound, shown) = match (all_bottom, all_top, reversed) {
        (true, _, false) => (Bound::AtMost, points(hi as f64)),
        (true, _, true) => (Bound::AtLeast, points(hi as f64)),
        (_, true, false) => (Bound::AtLeast, points(lo as f64)),
        (_, true, true) => (Bound::AtMost, points(lo as f64)),
        _ => (Bound::Middle, value),
    };
    let variance = sd.powi(2) / people + spread * point.powi(2) / people.powi(2);
    Some(Figure { n, shown, bound, ..Figure::around(value, variance) })
}

impl Figure {
    /// A middle with its interval; `n` is left to the caller.
    fn around(value: f64, variance: f64) -> Self {
        let half = Z * variance.sqrt();
        Self {
            n: 0,
            value,
            shown: value,
            bound: Bound::Middle,
            low: (value - half).max(0.0),
            high: (value + half).min(100.0),
            variance,
        }
    }

    /// The mean of several figures, each of the same weight; their errors taken as independent.
    /// A limit only if all are limits on the same side. `n` adds up.
    ///
    /// # Panics
    ///
    /// If there are none.
    pub fn mean_of(figures: &[Self]) -> Self {
        assert!(!figures.is_empty(), "a mean of no figures");
        let parts = figures.len() as f64;
        let value = figures.iter().map(|it| it.value).sum::<f64>() / parts;
        let variance = figures.iter().map(|it| it.variance).sum::<f64>() / parts.powi(2);
        let bound = figures[0].bound;
        let same = bound != Bound::Middle && figures.iter().all(|it| it.bound == bound);
        let around = Self::around(value, variance);
        let n = figures.iter().map(|it| it.n).sum();
        if same {
            let shown = figures.iter().map(|it| it.shown).sum::<f64>() / parts;
            Self { n, bound, shown, ..around }
        } else {
            Self { n, ..around }
        }
    }
}

/// How the printed number is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// About this much.
    Middle,
    /// At most this much ("≤"): the group is at the low end of the scale.
    AtMost,
    /// At least this much ("≥"): the group is at the high end of the scale.
    AtLeast,
}

/// How much of a unit its page covers; some of its people may be counted in a pool with neighbours.
///
/// Steps only: the exact share would give away how many those are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Below one half.
    Below50,
    /// At least one half.
    Above50,
    /// At least three quarters.
    Above75,
    /// At least nine tenths.
    Full90,
}

impl Coverage {
    /// The step for a share, 0 to 1.
    pub(crate) fn of_share(share: f64) -> Self {
        match share {
            it if it >= 0.9 => Self::Full90,
            it if it >= 0.75 => Self::Above75,
            it if it >= 0.5 => Self::Above50,
            _ => Self::Below50,
        }
    }
}

/// How many of ten took part: 4 ("4 in 10 or fewer") to 9 ("9 in 10 or more").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Participation(u8);

/// A participation that is not one of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("participation is told in tenths from 4 to 9, not {0}")]
pub struct ParticipationError(u8);

impl Participation {
    /// The lowest step: "4 in 10 or fewer".
    pub const LOWEST: Self = Self(4);
    /// The highest step: "9 in 10 or more".
    pub const HIGHEST: Self = Self(9);

    /// A step of `tenths`, 4 to 9.
    ///
    /// # Errors
    ///
    /// [`ParticipationError`] for anything else.
    pub const fn new(tenths: u8) -> Result<Self, ParticipationError> {
        if tenths >= Self::LOWEST.0 && tenths <= Self::HIGHEST.0 {
            Ok(Self(tenths))
        } else {
            Err(ParticipationError(tenths))
        }
    }

    /// The step for a share, 0 to 1: the nearest tenth, except that the ends are never overstated.
    pub fn of_share(share: f64) -> Self {
        if share <= 0.4 {
            Self::LOWEST
        } else if share >= 0.9 {
            Self::HIGHEST
        } else {
            Self((share * 10.0).round().clamp(5.0, 8.0) as u8)
        }
    }

    /// Tenths, 4 to 9.
    pub const fn tenths(self) -> u8 {
        self.0
    }

    /// The share that stands for the step where several are rolled up, 0 to 1.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::LOWEST => 0.3,
            Self::HIGHEST => 0.95,
            Self(tenths) => f64::from(tenths) / 10.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participation_is_told_in_tenths_with_merged_ends() {
        for (of_100, tenths) in
            [(0, 4), (40, 4), (41, 5), (54, 5), (66, 7), (89, 8), (90, 9), (100, 9), (120, 9)]
        {
            assert_eq!(Participation::of_share(f64::from(of_100) / 100.0).tenths(), tenths);
        }
        assert!(Participation::new(3).is_err() && Participation::new(10).is_err());
        for tenths in 4..=9 {
            let step = Participation::new(tenths).unwrap();
            assert_eq!(Participation::of_share(step.share()), step);
        }
    }

    #[test]
    fn coverage_is_told_in_four_steps() {
        let steps = [0.0, 0.49, 0.5, 0.75, 0.89, 0.9, 1.0].map(Coverage::of_share);
        use Coverage::{Above50, Above75, Below50, Full90};
        assert_eq!(steps, [Below50, Below50, Above50, Above75, Above75, Full90, Full90]);
    }
}
