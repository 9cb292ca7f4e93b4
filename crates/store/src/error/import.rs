//! Why a roster cannot be imported.

use tideline_domain::{Name, TreeError};

/// A roster that cannot be imported. The message is for the person who handed it in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// Two rows put a unit below different ones.
    #[error("unit “{unit}” is below “{first}” in one row and below “{second}” in another")]
    TwoParents {
        /// The unit.
        unit: Name,
        /// In the earlier row.
        first: Name,
        /// In the later row.
        second: Name,
    },
    /// Two rows put one address into different units.
    #[error(
        "a person of unit “{first}” is also in unit “{second}” (entries {} and {} of the roster); \
         a person belongs to one unit",
        .rows.0 + 1,
        .rows.1 + 1
    )]
    TwoUnits {
        /// In the earlier row.
        first: Name,
        /// In the later row.
        second: Name,
        /// Places of the rows in [`ImportPlan::rows`](crate::ImportPlan::rows).
        rows: (usize, usize),
    },
    /// The units form no tree.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// It ends much, and nobody said that it may.
    #[error(transparent)]
    Drastic(#[from] Drastic),
    /// The roster is from before the last change.
    #[error(
        "the roster was changed on {0}; a roster of an earlier day cannot be imported any more"
    )]
    TooEarly(chrono::NaiveDate),
}

/// What a roster ends that a file which was cut off, or is of one site only, would end by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the roster ends {leaving} of {people} people{}",
    if *.administrators { ", and every administrator" } else { "" }
)]
pub struct Drastic {
    /// How many people there are.
    pub people: usize,
    /// How many of them leave.
    pub leaving: usize,
    /// Whether there is an administrator now, and none after.
    pub administrators: bool,
}

impl Drastic {
    /// Whether more than a tenth of the people leave.
    pub const fn many_leave(self) -> bool {
        self.leaving * 10 > self.people
    }
}
