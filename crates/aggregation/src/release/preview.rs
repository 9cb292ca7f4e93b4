//! How units would be shown: the plan of a release alone, without its figures. In time that grows with the
//! size of the organisation, whatever its shape, so that a roster can be tried before it is brought in.

use tideline_domain::UnitTree;

use super::{Before, ReleaseError, make};
use crate::{Group, Policy};

/// How a unit would be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It has a page of its own.
    Alone,
    /// Its staff are in a pool with a neighbour.
    Together,
    /// Only as a part of a larger unit, or not at all.
    Inside,
}

/// How each unit of `tree` would be shown, by its index, if the answers of `groups` were released under
/// `policy` with nothing released before.
///
/// # Errors
///
/// [`ReleaseError`] if the groups contradict the tree or each other.
pub fn shown(
    tree: &UnitTree,
    groups: &[Group],
    policy: &Policy,
) -> Result<Vec<Shown>, ReleaseError> {
    let before = Before { release: None, moves: None };
    let mut held = vec![false; tree.len()];
    let mut inside = vec![false; tree.len()];
    for atom in make::atoms(tree, groups, policy, before)? {
        let places: Vec<usize> = atom.units.iter().filter_map(|it| tree.index_of(*it)).collect();
        inside[tree.lowest_common_ancestor(&places)] = true;
        for at in places {
            held[at] = true;
        }
    }
    for at in (0..tree.len()).rev() {
        if let Some(above) = tree.parent(at).filter(|_| inside[at]) {
            inside[above] = true;
        }
    }
    let of = |(inside, held)| match (inside, held) {
        (true, _) => Shown::Alone,
        (false, true) => Shown::Together,
        (false, false) => Shown::Inside,
    };
    Ok(inside.into_iter().zip(held).map(of).collect())
}
