//! What is shown of a release: pages, figures and how well they cover a unit.
//!
//! Everything here is worked out from the coarsened atoms of a release and nothing else.

use tideline_domain::{PerScale, UnitId};

use crate::{
    People,
    coarsen::{Coarsening, Interval, Place},
};

/// Two-sided 5 % point of the normal distribution.
const Z: f64 = 1.96;

/// Standard deviation of people's scores within a team, by which every range is drawn and every trend
/// judged. Unit: points of 0 to 100. A public constant, never computed from a wave's answers: a
/// standard deviation of answers is an exact sum of squares of them, and with the coarsened totals it
/// leaves too few possibilities.
///
/// Source: within the teams of a battalion on scales of well-being and leadership, as 0 to 100, it is
/// 21 to 24 (data set `univbct` of Bliese's R package `multilevel`). `docs/adr/0022`.
pub const WITHIN_TEAM_SD: f64 = 22.0;

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
    /// Between how many people and how many the figures rest on.
    pub people: People,
}

/// A mean, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Answers behind it: the middle of [`people`](Self::people). Unit: people. For working with, not
    /// for showing.
    pub n: u32,
    /// Between how many people and how many it rests on.
    pub people: People,
    /// The mean as far as it is known, 0 to 100: what trends and charts are made of.
    pub value: f64,
    /// The number to print, 0 to 100: [`value`](Self::value), or with a [`bound`](Self::bound) the
    /// limit that the mean does not pass.
    pub shown: f64,
    /// Whether `shown` is a middle or a limit.
    pub bound: Bound,
    /// Lower end of the 95 % range of the mean of all staff in this wave, had everybody answered
    /// everything, 0 to 100. Of items and parts of the work: the 95 % process interval.
    pub low: f64,
    /// Upper end of the same, 0 to 100.
    pub high: f64,
    /// Variance of `value`: [`WITHIN_TEAM_SD`]²/n for as few people as are reckoned with, and what coarsening
    /// adds. Unit: points².
    pub variance: f64,
}

/// What is told of one group's answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    /// How many people they are of.
    pub(crate) people: People,
    /// How many people stand for them where groups are put together.
    pub(crate) weight: f64,
    /// How many people `total` is told for.
    pub(crate) n: u32,
    /// Their coarsened total.
    pub(crate) total: Interval,
}

/// The mean of answers of which there are only coarsened totals, on the scale of `coarsening`, told in
/// points of 0 to 100. Groups weigh as many people as stand for them. `sd`: standard deviation of
/// answers, in the same points. `None` if there are no answers.
pub(crate) fn mean_of_cells(cells: &[Told], coarsening: Coarsening, sd: f64) -> Option<Figure> {
    let (mut people, mut total, mut lo, mut hi, mut spread) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut of_people = 0.0;
    let (mut all_bottom, mut all_top) = (true, true);
    let mut told = People::exactly(0);
    for &Told { people: of, weight: stand_for_it, n, total: cell } in cells {
        let place = coarsening.place(cell, n);
        let weight = stand_for_it / f64::from(n);
        told = told.and(of);
        people += stand_for_it;
        of_people += stand_for_it.powi(2) / of.cautious();
        total += weight * coarsening.representative(cell, n);
        lo += weight * f64::from(cell.lo);
        hi += weight * f64::from(cell.hi);
        spread += (weight * f64::from(cell.width())).powi(2) / 12.0;
        all_bottom &= place == Place::Bottom;
        all_top &= place == Place::Top;
    }
    if told.most == 0 {
        return None;
    }
    let point = 100.0 / f64::from(coarsening.max - coarsening.min);
    let points = |total: f64| (total / people - f64::from(coarsening.min)) * point;
    let value = points(total);
    let (bound, shown) = match (all_bottom, all_top) {
        (true, _) => (Bound::AtMost, points(hi)),
        (_, true) => (Bound::AtLeast, points(lo)),
        _ => (Bound::Middle, value),
    };
    let variance = (sd.powi(2) * of_people + spread * point.powi(2)) / people.powi(2);
    let n = people.round() as u32;
    let around = Figure::around(value, variance);
    Some(Figure { n, people: told, shown, bound, ..around }.to_its_end())
}

/// The part of the variance of a person's score that comes from being asked some of the items only: it
/// stays when everybody answers. Source: design effects of 1.17 for three of seven items and 1.20 for two
/// of four, with items that correlate by .5 (Lord 1962; `estimate::matrix`): 1 − 1/1.18.
const OF_ITEMS: f64 = 0.15;

/// Variance of the mean of those who answered around the mean of all staff of the same wave: `parts` holds
/// answers and the share of staff that they are (0 to 1) for each disjoint group; `sd` as in
/// [`mean_of_cells`]. Unit: points². Coarsening comes on top.
///
/// Σ (nᵢ/N)² s²/nᵢ (1 − fᵢ (1 − [`OF_ITEMS`])), the finite population correction of Cochran 1977, Sampling
/// Techniques, ch. 2, for the part that is people.
pub(crate) fn variance_around_all_staff(parts: &[(f64, f64)], sd: f64) -> f64 {
    let all: f64 = parts.iter().map(|it| it.0).sum();
    let of = |&(n, share): &(f64, f64)| n * (1.0 - share * (1.0 - OF_ITEMS));
    sd.powi(2) * parts.iter().map(of).sum::<f64>() / all.powi(2)
}

impl Figure {
    /// The same with a range of its own variance.
    #[must_use]
    pub(crate) fn with_range(self, variance: f64) -> Self {
        let Self { low, high, .. } = Self::around(self.value, variance);
        Self { low, high, ..self }.to_its_end()
    }

    /// A limit does not rule out the end of the scale that it is at, so neither does its range: all of a
    /// group may have scored 0, and the number that stands for the cell lies well above.
    fn to_its_end(self) -> Self {
        match self.bound {
            Bound::AtMost => Self { low: 0.0, ..self },
            Bound::AtLeast => Self { high: 100.0, ..self },
            Bound::Middle => self,
        }
    }

    /// A middle with its interval; `n` and `people` are left to the caller.
    fn around(value: f64, variance: f64) -> Self {
        let half = Z * variance.sqrt();
        Self {
            n: 0,
            people: People::exactly(0),
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
        let people = figures.iter().fold(People::exactly(0), |sum, it| sum.and(it.people));
        if same {
            let shown = figures.iter().map(|it| it.shown).sum::<f64>() / parts;
            Self { n, people, bound, shown, ..around }.to_its_end()
        } else {
            Self { n, people, ..around }
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

/// How many of those asked took part, in tenths.
///
/// A function of what is told of the number of people ([`People`]) and of how many were asked, which is
/// public: so it tells nothing more than they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Participation {
    /// 4 in 10 or fewer.
    AtMostFour,
    /// About so many in 10, 5 to 8.
    About(u8),
    /// So many in 10 or more, 0 to 9.
    AtLeast(u8),
}

/// A participation that is not one of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("participation is told in tenths from 4 to 9, not {0}")]
pub struct ParticipationError(u8);

impl Participation {
    /// A step of `tenths`: 4 ("4 in 10 or fewer"), 5 to 8, or 9 ("9 in 10 or more"), as earlier
    /// versions told.
    ///
    /// # Errors
    ///
    /// [`ParticipationError`] for anything else.
    pub const fn new(tenths: u8) -> Result<Self, ParticipationError> {
        match tenths {
            4 => Ok(Self::AtMostFour),
            5..=8 => Ok(Self::About(tenths)),
            9 => Ok(Self::AtLeast(9)),
            _ => Err(ParticipationError(tenths)),
        }
    }

    /// That of `people` among `asked`. The highest class of people, which ends with everybody, is told
    /// as "so many or more".
    pub fn of(people: People, asked: u32) -> Self {
        let asked = asked.max(1);
        if people.most >= asked {
            return Self::AtLeast((10 * people.least / asked).min(9) as u8);
        }
        Self::of_share(people.middle() / f64::from(asked))
    }

    /// The step for a share, 0 to 1: the nearest tenth, except that the ends are never overstated.
    pub fn of_share(share: f64) -> Self {
        if share <= 0.4 {
            Self::AtMostFour
        } else if share >= 0.9 {
            Self::AtLeast(9)
        } else {
            Self::About((share * 10.0).round().clamp(5.0, 8.0) as u8)
        }
    }

    /// The tenths in its words, 0 to 9.
    pub const fn tenths(self) -> u8 {
        match self {
            Self::AtMostFour => 4,
            Self::About(tenths) | Self::AtLeast(tenths) => tenths,
        }
    }

    /// The least share that the step can be, 0 to 1: what a range may rest on.
    pub(crate) fn lowest_share(self) -> f64 {
        match self {
            Self::AtMostFour => 0.0,
            Self::About(tenths) => f64::from(tenths) / 10.0 - 0.05,
            Self::AtLeast(tenths) => f64::from(tenths) / 10.0,
        }
    }

    /// The share that stands for the step where several are rolled up, 0 to 1.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::AtMostFour => 0.3,
            Self::About(tenths) => f64::from(tenths) / 10.0,
            Self::AtLeast(tenths) => f64::midpoint(f64::from(tenths) / 10.0, 1.0),
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
            assert!(step.lowest_share() < step.share());
        }
    }

    #[test]
    fn the_more_of_the_staff_answer_the_surer_is_the_mean_of_all() {
        let of = |parts: &[(f64, f64)]| variance_around_all_staff(parts, 22.0);
        assert!((of(&[(10.0, 0.0)]) - 48.4).abs() < 1e-9);
        assert!((of(&[(10.0, 1.0)]) - 0.15 * 48.4).abs() < 1e-9);
        assert!((of(&[(10.0, 0.65)]) - 48.4 * (1.0 - 0.65 * 0.85)).abs() < 1e-9);
        // Two groups alike are as sure as one of both.
        assert!((of(&[(10.0, 0.65), (10.0, 0.65)]) - of(&[(20.0, 0.65)])).abs() < 1e-9);
    }

    #[test]
    fn coverage_is_told_in_four_steps() {
        let steps = [0.0, 0.49, 0.5, 0.75, 0.89, 0.9, 1.0].map(Coverage::of_share);
        use Coverage::{Above50, Above75, Below50, Full90};
        assert_eq!(steps, [Below50, Below50, Above50, Above75, Above75, Full90, Full90]);
    }
}
