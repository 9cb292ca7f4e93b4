//! Changes from one wave to the next: told only where both levels are, and never next to a change of
//! one or two people in a small group, which would be read as theirs.

use std::collections::HashMap;

use tideline_domain::{Scale, UnitId};

use super::{Release, ReleaseError};
use crate::{Subject, policy::SMALL_GROUP};

/// What is known of the wave before: nothing, for the first one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before<'a> {
    /// Its release.
    pub release: Option<&'a Release>,
    /// Who is counted elsewhere since its roster; `None` if that is not known.
    pub moves: Option<&'a [Move]>,
}

impl<'a> From<Option<&'a Release>> for Before<'a> {
    fn from(release: Option<&'a Release>) -> Self {
        Self { release, moves: None }
    }
}

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
    const fn of(people: u32) -> Self {
        match people {
            0 => Self::Same,
            1 | 2 => Self::Few,
            _ => Self::More,
        }
    }

    /// Whether a change next to it could be read as that of one or two people.
    pub(super) const fn could_be_read(self) -> bool {
        matches!(self, Self::Unknown | Self::Few)
    }
}

/// For each of the disjoint `parts` how its people changed: everybody who came into it or left it.
pub(super) fn roster_changes(parts: &[&[UnitId]], moves: &[Move]) -> Vec<RosterChange> {
    people_moved(parts, moves).into_iter().map(RosterChange::of).collect()
}

/// For each of the disjoint `parts` how many people came into it or left it.
pub(super) fn people_moved(parts: &[&[UnitId]], moves: &[Move]) -> Vec<u32> {
    let part_of: HashMap<UnitId, usize> = parts
        .iter()
        .enumerate()
        .flat_map(|(at, units)| units.iter().map(move |unit| (*unit, at)))
        .collect();
    let part = |unit: Option<UnitId>| unit.and_then(|it| part_of.get(&it).copied());
    let mut people = vec![0_u32; parts.len()];
    for it in moves {
        let (from, to) = (part(it.from), part(it.to));
        if from != to {
            from.into_iter().chain(to).for_each(|at| people[at] += 1);
        }
    }
    people
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
        let atoms: Vec<&[UnitId]> = self.atoms.iter().map(|it| &it.units[..]).collect();
        self.details.roster = roster_changes(&atoms, moves);
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
        let guarded = |at: usize| self.details.roster[at].could_be_read();
        if now.people.least < SMALL_GROUP && self.atoms_of(subject).into_iter().any(guarded) {
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
