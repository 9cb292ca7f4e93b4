//! Every attack on a publication of any kind: sums, rounded means, intervals, bands, standard
//! deviations, weighted totals, over any sets of answers, with people who tell what they answered.
//!
//! The product publishes intervals of disjoint groups only and needs none of this: what runs before each
//! release is `tideline_aggregation::audit`. This crate is here so that the auditor can be tried on what
//! others publish, and on leaks planted on purpose; nothing that ships uses it.
//!
//! A publication is unsafe if a group of fewer than k people is determined (exact elimination, and
//! whole-number bounds for small groups), or if what one person may have answered is narrowed to less
//! than the protected width.

mod attacker;
pub mod cut;
mod groups;
mod ranges;
mod systems;
#[cfg(test)]
mod tests;
mod whole;

use attacker::Attacker;

/// Something that is published about the answers of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Their total lies in `lo..=hi`: an exact sum, a rounded mean, an interval. Unit: points.
    Total {
        /// Lowest.
        lo: i64,
        /// Highest.
        hi: i64,
    },
    /// So many of the answers lie in `from..=to`. Unit: people.
    Band {
        /// Lowest answer of the band.
        from: i64,
        /// Highest answer of the band.
        to: i64,
        /// Fewest.
        lo: i64,
        /// Most.
        hi: i64,
    },
    /// The total of a number that stands for each answer, such as -100, 0 and 100 for a recommender
    /// score.
    Mapped {
        /// The number for the lowest answer, the next one, and so on.
        values: Vec<i64>,
        /// Lowest total.
        lo: i64,
        /// Highest total.
        hi: i64,
    },
    /// The total of answers, each times its weight, in the order of the members.
    Weighted {
        /// The weights.
        weights: Vec<i64>,
        /// The total.
        total: i64,
    },
    /// The sample standard deviation, in points, give or take.
    SampleSd {
        /// As printed.
        value: f64,
        /// Half a unit of its last place.
        half: f64,
    },
    /// The lowest and the highest answer.
    Extremes {
        /// Lowest.
        min: i64,
        /// Highest.
        max: i64,
    },
    /// All answers are the same.
    Unanimous,
}

/// A set of answers and what is published about it.
#[derive(Debug, Clone, PartialEq)]
pub struct FactCell {
    /// The unknowns; one that is asked twice (the same person in two waves) is named twice.
    pub members: Vec<usize>,
    /// What is published.
    pub facts: Vec<Fact>,
}

/// Everything that is published, and what the attacker knows besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// Lowest answer. Unit: points.
    pub lowest: i64,
    /// Highest answer. Unit: points.
    pub highest: i64,
    /// What the attacker knows of each unknown: `Some` for those who collude.
    pub known: Vec<Option<i64>>,
    /// The cells.
    pub cells: Vec<FactCell>,
}

/// What makes a publication unsafe.
#[derive(Debug, Clone, PartialEq)]
pub struct Leak {
    /// How it was found.
    pub how: How,
    /// People it is about.
    pub people: usize,
    /// The unknowns it is about.
    pub unknowns: Vec<usize>,
}

/// How a leak was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Adding and subtracting gives their total.
    Sum {
        /// The total. Unit: points.
        total: i64,
    },
    /// Answers are whole numbers within the scale, which leaves one total only.
    WholeSum {
        /// The total. Unit: points.
        total: i64,
    },
    /// Some combination of what is published is about them alone.
    Contrast,
    /// Each of them answered between these.
    Range {
        /// Lowest answer possible.
        lo: i64,
        /// Highest answer possible.
        hi: i64,
    },
    /// Not found out within bounds, so taken as a leak.
    Undecided,
}

/// A publication that no answers can have led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is published contradicts itself")]
pub struct Contradiction;

/// All that is wrong with `publication`, for groups of at least `k`; whoever's range of possible
/// answers is narrower than `width` points is narrowed down (1: their answer is known).
///
/// # Errors
///
/// [`Contradiction`] if no answers fit what is published.
pub fn attack(publication: &Publication, k: u64, width: i64) -> Result<Vec<Leak>, Contradiction> {
    let attacker = Attacker::new(publication)?;
    let mut leaks = attacker.groups(k);
    leaks.extend(attacker.ranges(width)?);
    Ok(leaks)
}
