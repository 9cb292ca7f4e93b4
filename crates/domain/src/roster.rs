//! Who is in which unit, frozen when a wave is announced.

use crate::{Cohort, CohortId, Person, PersonId, Role, UnitId, UnitTree, cohort};

/// One person's place in the frozen roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Who.
    pub person: PersonId,
    /// The unit the person is counted in.
    pub unit: UnitId,
    /// The cohort the person's token is bound to.
    pub cohort: CohortId,
}

/// The tree, its cohorts and everybody's place, as of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// The tree of units.
    pub tree: UnitTree,
    /// Eligible people directly in each unit, by tree index.
    pub direct: Vec<u32>,
    /// The partition of everybody into cohorts.
    pub cohorts: Vec<Cohort>,
    /// Everybody's place.
    pub placements: Vec<Placement>,
}

impl Roster {
    /// Freezes `people` with the unit each belongs to; people of unknown units are left out.
    ///
    /// A manager is counted in the unit above the one managed, so that a team's figures are never
    /// those of its manager.
    pub fn freeze(tree: UnitTree, people: &[(Person, UnitId)]) -> Self {
        let homes: Vec<(PersonId, usize)> = people
            .iter()
            .filter_map(|(person, unit)| {
                let at = tree.index_of(*unit)?;
                let manages = person.roles.contains(&Role::Manager(*unit));
                Some((person.id, if manages { tree.parent(at).unwrap_or(at) } else { at }))
            })
            .collect();
        let mut direct = vec![0; tree.len()];
        for &(_, at) in &homes {
            direct[at] += 1;
        }
        let (cohorts, of_unit) = cohort::partition(&tree, &direct);
        let placements = homes
            .into_iter()
            .filter_map(|(person, at)| {
                let cohort = cohorts.get(of_unit[at]?)?.id.clone();
                Some(Placement { person, unit: tree.units()[at].id, cohort })
            })
            .collect();
        Self { tree, direct, cohorts, placements }
    }

    /// Everybody who may answer.
    pub fn eligible(&self) -> u32 {
        self.direct.iter().sum()
    }
}
