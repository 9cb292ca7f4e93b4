//! Changes from one wave to the next: told only where both levels are, and never next to a change of
//! one or two people in a small group, which would be read as theirs.

use tideline_domain::{Scale, UnitId};

use super::{Release, ReleaseError};
use crate::Subject;

/// Below so many people a change of one or two of them is a large part of it. Unit: people.
const SMALL: u32 = 20;

/// How the people of an atom's units changed since the wave before. Known from rosters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum RosterChange {
    /// Not known: the first wave, or the roster before is gone.
    #[default]
    Unknown,
    /// Nobody joined or left.
    Same,
    /// One or two did.
    Few,
    /// Three or more did.
    More,
}

impl RosterChange {
    const fn of(people: usize) -> Self {
        match people {
            0 => Self::Same,
            1 | 2 => Self::Few,
            _ => Self::More,
        }
    }
}

/// Somebody who is counted in another unit than in the wave before; `None`: in no roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Where before.
    pub from: Option<UnitId>,
    /// Where now.
    pub to: Option<UnitId>,
}

impl Release {
    /// Notes who joined and left since the wave before: everybody who is in one of the two rosters
    /// only, or in another unit. Moves within an atom do not count.
    #[must_use]
    pub fn compared_with_roster_before(mut self, moves: &[Move]) -> Self {
        self.details.roster = self
            .atoms
            .iter()
            .map(|atom| {
                let within = |unit: Option<UnitId>| unit.is_some_and(|it| atom.units.contains(&it));
                let crossing = moves.iter().filter(|it| within(it.from) != within(it.to));
                RosterChange::of(crossing.count())
            })
            .collect();
        self
    }

    /// By how many points the figure of `subject` changed since `before`, the release of the wave
    /// before: what a page may print beside the level.
    ///
    /// `None` unless both levels are shown and about the same units, and the group is of 20 people or
    /// more or none of its atoms was joined or left by just one or two people.
    pub fn change_since(&self, before: &Self, subject: &Subject, scale: Scale) -> Option<f64> {
        if before.wave.seq.0 + 1 != self.wave.seq.0 {
            return None;
        }
        let (now, then) = (self.page_of(subject)?, before.page_of(subject)?);
        if self.units_of(subject) != before.units_of(subject) {
            return None;
        }
        let guarded = |at: usize| {
            matches!(self.details.roster[at], RosterChange::Unknown | RosterChange::Few)
        };
        if now.people < SMALL && self.atoms_of(subject).into_iter().any(guarded) {
            return None;
        }
        Some(now.figures.get(scale).value - then.figures.get(scale).value)
    }

    /// The units a subject is about, sorted.
    fn units_of(&self, subject: &Subject) -> Vec<UnitId> {
        let mut units = match subject {
            Subject::Pool(units) => units.clone(),
            Subject::Unit(top) => {
                let all = self.tree.units().iter().map(|it| it.id);
                all.filter(|it| self.tree.is_within(*it, *top)).collect()
            }
        };
        units.sort_unstable();
        units
    }

    pub(super) fn atoms_of(&self, subject: &Subject) -> Vec<usize> {
        let unit = match subject {
            Subject::Unit(unit) => *unit,
            Subject::Pool(units) => {
                let first = units.first().and_then(|it| self.tree.index_of(*it));
                return first.and_then(|it| self.index.holder[it]).into_iter().collect();
            }
        };
        self.tree.index_of(unit).map_or_else(Vec::new, |at| self.index.inside[at].clone())
    }

    pub(super) fn check_roster(&self, roster: &[RosterChange]) -> Result<(), ReleaseError> {
        if roster.len() == self.atoms.len() {
            Ok(())
        } else {
            Err(ReleaseError::Details("there is not one roster change for each atom"))
        }
    }
}
