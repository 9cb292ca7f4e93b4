//! Cohorts: the frozen partition of staff that tokens are bound to.
//!
//! A cohort is the finest thing the tally can tell apart, so no cohort may be small: every one has
//! at least [`MIN_ELIGIBLE`] people, or is the whole organisation.

use std::{fmt, str::FromStr};

use crate::{UnitId, UnitTree};

/// Fewest people a token may be bound to. Unit: people. Source: `docs/privacy.md`, "Cohorts".
pub const MIN_ELIGIBLE: u32 = 8;

/// Name of a cohort in manifests and tokens: 1 to 16 of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CohortId(String);

/// Text that cannot name a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a cohort is named by 1 to 16 of a-z, 0-9 and -")]
pub struct CohortIdError;

impl CohortId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CohortId {
    type Err = CohortIdError;

    fn from_str(s: &str) -> Result<Self, CohortIdError> {
        let plain =
            s.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
        ((1..=16).contains(&s.len()) && plain).then(|| Self(s.to_owned())).ok_or(CohortIdError)
    }
}

impl fmt::Display for CohortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A block of the partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Its name.
    pub id: CohortId,
    /// The units whose direct staff it holds.
    pub units: Vec<UnitId>,
    /// The units' names, for people: "Elm + Oak".
    pub label: String,
    /// How many people it holds.
    pub eligible: u32,
}

struct Block {
    units: Vec<usize>,
    eligible: u32,
}

impl Block {
    fn join(&mut self, other: Self) {
        self.units.extend(other.units);
        self.eligible += other.eligible;
    }
}

/// Cuts the organisation into cohorts. `direct` has the eligible people directly in each unit, by
/// tree index. Returns the cohorts and, by tree index, the one each unit's direct staff belong to
/// (`None` where a unit has none).
///
/// From the bottom up: a group of [`MIN_ELIGIBLE`] or more stands alone. Smaller ones are joined
/// with each other below the same unit, smallest first; a remainder joins such a pool, or is handed
/// up where there is none. At the top it joins the smallest pool, or else the smallest cohort.
///
/// # Panics
///
/// If `direct` does not have one entry for each unit.
pub fn partition(tree: &UnitTree, direct: &[u32]) -> (Vec<Cohort>, Vec<Option<usize>>) {
    assert_eq!(direct.len(), tree.len(), "one count for each unit");
    let mut done: Vec<Block> = Vec::new();
    let mut small: Vec<Vec<Block>> = (0..tree.len()).map(|_| Vec::new()).collect();

    for at in (0..tree.len()).rev() {
        let mut waiting = std::mem::take(&mut small[at]);
        if direct[at] > 0 {
            let own = Block { units: vec![at], eligible: direct[at] };
            if own.eligible >= MIN_ELIGIBLE { done.push(own) } else { waiting.push(own) }
        }
        let before = done.len();
        waiting.sort_by_key(|it| (it.eligible, it.units[0]));
        let mut rest: Option<Block> = None;
        for block in waiting {
            let joined = match rest.take() {
                Some(mut first) => {
                    first.join(block);
                    first
                }
                None => block,
            };
            if joined.eligible >= MIN_ELIGIBLE { done.push(joined) } else { rest = Some(joined) }
        }
        let Some(rest) = rest else { continue };
        // Joining a pool costs nobody a page of their own; joining a team that stands alone would.
        let pool = match tree.parent(at) {
            Some(_) => done.iter_mut().skip(before).find(|it| it.units.len() > 1),
            None => {
                done.iter_mut().min_by_key(|it| (it.units.len() == 1, it.eligible, it.units[0]))
            }
        };
        match (pool, tree.parent(at)) {
            (Some(pool), _) => pool.join(rest),
            (None, Some(parent)) => small[parent].push(rest),
            (None, None) => done.push(rest),
        }
    }

    for block in &mut done {
        block.units.sort_unstable();
    }
    done.sort_by_key(|it| it.units[0]);
    let mut of_unit = vec![None; tree.len()];
    let cohorts = done
        .into_iter()
        .enumerate()
        .map(|(at, block)| {
            for &unit in &block.units {
                of_unit[unit] = Some(at);
            }
            let units: Vec<_> = block.units.iter().map(|&it| &tree.units()[it]).collect();
            Cohort {
                id: CohortId(format!("c{}", at + 1)),
                units: units.iter().map(|it| it.id).collect(),
                label: units.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(" + "),
                eligible: block.eligible,
            }
        })
        .collect();
    (cohorts, of_unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::Unit;

    fn tree(parents: &[usize]) -> UnitTree {
        let id = |at: usize| UnitId::new(Uuid::from_u128(at as u128 + 1));
        let root = Unit { id: id(0), parent: None, name: "u0".parse().unwrap() };
        let rest = parents.iter().enumerate().map(|(at, &parent)| Unit {
            id: id(at + 1),
            parent: Some(id(parent)),
            name: format!("u{}", at + 1).parse().unwrap(),
        });
        UnitTree::new(std::iter::once(root).chain(rest).collect()).unwrap()
    }

    fn labels(parents: &[usize], direct: &[u32]) -> Vec<String> {
        let (cohorts, _) = partition(&tree(parents), direct);
        cohorts.into_iter().map(|it| format!("{} {}", it.label, it.eligible)).collect()
    }

    #[test]
    fn eight_stand_alone_and_seven_look_for_company() {
        assert_eq!(labels(&[0, 0, 0], &[0, 8, 7, 5]), ["u1 8", "u2 + u3 12"]);
    }

    #[test]
    fn a_lonely_small_unit_is_handed_up() {
        assert_eq!(labels(&[0, 1, 1, 0], &[3, 0, 9, 5, 20]), ["u0 + u3 8", "u2 9", "u4 20"]);
    }

    #[test]
    fn a_remainder_at_the_top_joins_the_smallest() {
        assert_eq!(labels(&[0, 0], &[2, 9, 20]), ["u0 + u1 11", "u2 20"]);
    }

    #[test]
    fn a_remainder_joins_a_pool_rather_than_a_team_that_stands_alone() {
        assert_eq!(labels(&[0, 0, 0], &[2, 9, 7, 6]), ["u0 + u2 + u3 15", "u1 9"]);
        assert_eq!(labels(&[0, 1, 1, 1], &[20, 0, 3, 5, 6]), ["u0 20", "u2 + u3 + u4 14"]);
    }

    #[test]
    fn a_small_organisation_is_one_cohort() {
        assert_eq!(labels(&[0, 0], &[1, 2, 3]), ["u0 + u1 + u2 6"]);
    }

    proptest! {
        #[test]
        fn attack_22_everybody_is_in_exactly_one_cohort_of_at_least_eight(
            shape in prop::collection::vec((any::<prop::sample::Index>(), 0_u32..15), 1..30),
        ) {
            let parents: Vec<usize> =
                shape.iter().enumerate().map(|(at, (above, _))| above.index(at + 1)).collect();
            let tree = tree(&parents);
            let direct: Vec<u32> = (0..tree.len())
                .map(|at| tree.units()[at].id.uuid().as_u128() as usize - 1)
                .map(|it| if it == 0 { 1 } else { shape[it - 1].1 })
                .collect();
            let (cohorts, of_unit) = partition(&tree, &direct);
            let total: u32 = direct.iter().sum();
            prop_assert_eq!(cohorts.iter().map(|it| it.eligible).sum::<u32>(), total);
            prop_assert!(cohorts.len() == 1 || cohorts.iter().all(|it| it.eligible >= MIN_ELIGIBLE));
            for (at, &people) in direct.iter().enumerate() {
                let id = tree.units()[at].id;
                let homes = cohorts.iter().filter(|it| it.units.contains(&id)).count();
                prop_assert_eq!(homes, usize::from(people > 0));
                prop_assert_eq!(of_unit[at].is_some(), people > 0);
            }
        }
    }
}
