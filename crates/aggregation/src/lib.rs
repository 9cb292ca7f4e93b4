//! From answers to what may be shown: scores, atoms, coarsening, release, signals.
//!
//! Pure: no I/O, no clock, no randomness and no serde. A [`Release`] is the only way out, and it
//! holds nothing about answers but the coarsened totals of atoms; whatever is shown later is a
//! function of those. `docs/privacy.md` explains why nobody can be narrowed down from them.

pub mod audit;
pub mod coarsen;
pub mod detail;
pub mod estimate;
pub mod page;
pub mod people;
pub mod plan;
pub mod policy;
pub mod release;
pub mod score;
pub mod smallest_group;
pub mod spread;
pub mod suggest;
pub mod trend;

pub use coarsen::Interval;
pub use detail::{Asked, Block, DetailPage, ItemSums, ItemTotal};
pub use page::{Bound, Coverage, Figure, Page, Participation, Subject, WITHIN_TEAM_SD};
pub use people::People;
pub use policy::{MinGroup, MinGroupError, Policy, SMALL_GROUP};
pub use release::{
    Atom, Before, Details, LastSpread, Move, Release, ReleaseError, Rest, RosterChange, Shown,
    Turnout, last_spread, release, shown,
};
pub use score::{Difficulty, Group, PersonScores, Scored, score};
pub use smallest_group::{SmallestGroupChange, SmallestGroupSetting};
pub use spread::{Spread, Thirds};
