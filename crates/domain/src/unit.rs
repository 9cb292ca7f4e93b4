//! The organisation's tree of units.

use std::collections::BTreeMap;

use crate::{Name, UnitId};

/// One unit and where it hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Identifier; random.
    pub id: UnitId,
    /// The unit above; `None` for the organisation itself.
    pub parent: Option<UnitId>,
    /// Its name. Siblings may not share one.
    pub name: Name,
}

/// Units that do not form a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// No units at all, or every unit has one above it.
    #[error("no unit stands at the top")]
    NoRoot,
    /// Two units without one above.
    #[error("“{0}” and “{1}” both stand at the top; only one unit may")]
    TwoRoots(Name, Name),
    /// The unit above is not there.
    #[error("the unit above “{0}” does not exist")]
    NoSuchParent(Name),
    /// The same identifier twice.
    #[error("unit “{0}” occurs twice")]
    Twice(Name),
    /// Units that lie below themselves.
    #[error("“{0}” lies below itself")]
    Cycle(Name),
}

/// A checked tree: one root, no cycles, parents before children, siblings in the order given.
///
/// Units are addressed by their index (0 is the root).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitTree {
    units: Vec<Unit>,
    parents: Vec<Option<usize>>,
    /// For each unit, how many stand above it.
    depths: Vec<usize>,
    /// For each unit, the index after the last unit below it.
    ends: Vec<usize>,
    index: BTreeMap<UnitId, usize>,
}

impl UnitTree {
    /// Orders `units` parents first (depth first, siblings as given) and checks that they form one tree.
    ///
    /// # Errors
    ///
    /// [`TreeError`] says which unit is in the way.
    pub fn new(units: Vec<Unit>) -> Result<Self, TreeError> {
        let mut by_id = BTreeMap::new();
        let mut children: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
        let mut root = None;
        for (at, unit) in units.iter().enumerate() {
            if by_id.insert(unit.id, at).is_some() {
                return Err(TreeError::Twice(unit.name.clone()));
            }
            match (unit.parent, root) {
                (Some(parent), _) => children.entry(parent).or_default().push(at),
                (None, None) => root = Some(at),
                (None, Some(first)) => {
                    let first: &Unit = &units[first];
                    return Err(TreeError::TwoRoots(first.name.clone(), unit.name.clone()));
                }
            }
        }
        if let Some(orphan) =
            units.iter().find(|it| it.parent.is_some_and(|parent| !by_id.contains_key(&parent)))
        {
            return Err(TreeError::NoSuchParent(orphan.name.clone()));
        }
        let root = root.ok_or(TreeError::NoRoot)?;

        let mut order = Vec::with_capacity(units.len());
        let mut todo = vec![root];
        while let Some(at) = todo.pop() {
            order.push(at);
            todo.extend(children.get(&units[at].id).into_iter().flatten().rev());
        }
        if order.len() < units.len() {
            let mut reached = vec![false; units.len()];
            for &at in &order {
                reached[at] = true;
            }
            let lost = units.iter().zip(&reached).find(|(_, reached)| !**reached);
            return Err(
                lost.map_or(TreeError::NoRoot, |(unit, _)| TreeError::Cycle(unit.name.clone()))
            );
        }

        let units: Vec<Unit> = order.into_iter().map(|at| units[at].clone()).collect();
        let index: BTreeMap<UnitId, usize> =
            units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let parents: Vec<Option<usize>> = units
            .iter()
            .map(|it| it.parent.and_then(|parent| index.get(&parent).copied()))
            .collect();
        let mut depths = vec![0; units.len()];
        let mut ends: Vec<usize> = (1..=units.len()).collect();
        for at in 0..units.len() {
            depths[at] = parents[at].map_or(0, |parent| depths[parent] + 1);
        }
        for at in (0..units.len()).rev() {
            if let Some(parent) = parents[at] {
                ends[parent] = ends[parent].max(ends[at]);
            }
        }
        Ok(Self { units, parents, depths, ends, index })
    }

    /// All units, parents before children.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The organisation itself.
    pub fn root(&self) -> &Unit {
        &self.units[0]
    }

    /// Number of units, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "a tree is never empty")]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Where `unit` stands in [`units`](Self::units).
    pub fn index_of(&self, unit: UnitId) -> Option<usize> {
        self.index.get(&unit).copied()
    }

    /// The unit with this identifier.
    pub fn get(&self, unit: UnitId) -> Option<&Unit> {
        self.index_of(unit).map(|at| &self.units[at])
    }

    /// Index of the unit above the one at `at`; `None` for the root.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.parents[at]
    }

    /// Indices of the units directly below the one at `at`, in order.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.ends[at];
        let first = Some(at + 1).filter(|it| *it < end);
        std::iter::successors(first, move |&it| Some(self.ends[it]).filter(|next| *next < end))
    }

    /// The unit at `at` and those above it, upwards to the root.
    pub fn path_up(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&it| self.parents[it])
    }

    /// How many units stand above the one at `at`; 0 for the root.
    pub fn depth(&self, at: usize) -> usize {
        self.depths[at]
    }

    /// Whether the unit at `at` is the one at `top` or lies below it.
    pub fn holds(&self, top: usize, at: usize) -> bool {
        (top..self.ends[top]).contains(&at)
    }

    /// Whether `unit` is `top` or lies below it. Unknown units lie nowhere.
    pub fn is_within(&self, unit: UnitId, top: UnitId) -> bool {
        match (self.index_of(unit), self.index_of(top)) {
            (Some(unit), Some(top)) => self.holds(top, unit),
            _ => false,
        }
    }

    /// Index of the lowest unit that holds every one of `at`; the root if `at` is empty.
    pub fn lowest_common_ancestor(&self, at: &[usize]) -> usize {
        let (Some(&first), Some(&last)) = (at.iter().min(), at.iter().max()) else { return 0 };
        // What holds the first and the last holds what stands between them.
        self.path_up(first).find(|&it| self.holds(it, last)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn unit(id: u128, parent: Option<u128>) -> Unit {
        let id_of = |it| UnitId::new(Uuid::from_u128(it));
        Unit { id: id_of(id), parent: parent.map(id_of), name: format!("u{id}").parse().unwrap() }
    }

    fn ids(tree: &UnitTree) -> Vec<u128> {
        tree.units().iter().map(|it| it.id.uuid().as_u128()).collect()
    }

    #[test]
    fn parents_come_first_and_siblings_keep_their_order() {
        let tree = UnitTree::new(vec![
            unit(4, Some(2)),
            unit(2, Some(1)),
            unit(1, None),
            unit(3, Some(1)),
        ]);
        assert_eq!(ids(&tree.unwrap()), [1, 2, 4, 3]);
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        assert_eq!(UnitTree::new(vec![]), Err(TreeError::NoRoot));
        assert!(matches!(
            UnitTree::new(vec![unit(1, None), unit(2, None)]),
            Err(TreeError::TwoRoots(..))
        ));
        assert!(matches!(
            UnitTree::new(vec![unit(1, None), unit(2, Some(9))]),
            Err(TreeError::NoSuchParent(_))
        ));
        assert!(matches!(
            UnitTree::new(vec![unit(1, None), unit(1, Some(1))]),
            Err(TreeError::Twice(_))
        ));
        assert!(matches!(
            UnitTree::new(vec![unit(1, None), unit(2, Some(3)), unit(3, Some(2))]),
            Err(TreeError::Cycle(_))
        ));
    }

    #[test]
    fn the_lowest_common_ancestor() {
        let tree = UnitTree::new(vec![
            unit(1, None),
            unit(2, Some(1)),
            unit(3, Some(2)),
            unit(4, Some(2)),
            unit(5, Some(1)),
        ])
        .unwrap();
        assert_eq!(tree.lowest_common_ancestor(&[2, 3]), 1);
        assert_eq!(tree.lowest_common_ancestor(&[2, 4]), 0);
        assert_eq!(tree.lowest_common_ancestor(&[2]), 2);
        assert_eq!(tree.lowest_common_ancestor(&[1, 3]), 1);
        assert_eq!(tree.children(0).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(tree.depth(3), 2);
    }

    proptest! {
        #[test]
        fn places_in_the_tree_are_what_the_ways_up_say(
            above in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
            asked in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
        ) {
            let parents = above.iter().enumerate().map(|(at, it)| it.index(at + 1) as u128);
            let rest = parents.zip(1..).map(|(parent, id)| unit(id, Some(parent)));
            let tree = UnitTree::new(std::iter::once(unit(0, None)).chain(rest).collect()).unwrap();
            let all = 0..tree.len();
            for at in all.clone() {
                let children: Vec<_> =
                    all.clone().filter(|&it| tree.parent(it) == Some(at)).collect();
                prop_assert_eq!(tree.children(at).collect::<Vec<_>>(), children);
                prop_assert_eq!(tree.depth(at), tree.path_up(at).count() - 1);
                for top in all.clone() {
                    prop_assert_eq!(tree.holds(top, at), tree.path_up(at).any(|it| it == top));
                }
            }
            let asked: Vec<usize> = asked.iter().map(|it| it.index(tree.len())).collect();
            let common = |&it: &usize| asked.iter().all(|&at| tree.holds(it, at));
            let lowest = tree.path_up(asked[0]).find(common).unwrap();
            prop_assert_eq!(tree.lowest_common_ancestor(&asked), lowest);
        }
    }
}
