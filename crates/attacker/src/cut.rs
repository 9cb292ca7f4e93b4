//! The certificate for a second partition of the same people.
//!
//! Blocks of the one partition and blocks of the other are the ends of edges; an edge's weight is how
//! many people are in both. Every combination of the two partitions' sums involves all people across
//! some cut, and every cut is the support of one; so nothing is told of fewer than k people exactly if
//! every cut has weight k or none at all (Theorem 2 of `docs/privacy.md`). People in blocks of one
//! partition only are joined to a vertex of their own.

use std::collections::{BTreeMap, BinaryHeap};

/// Whether every cut of the graph made of `edges` (two ends and a weight) has weight `k` at least.
/// Parts that hang together by nothing tell nothing of each other.
///
/// By contraction of what is surely held together by `k` or more, after Nagamochi and Ibaraki; exact.
///
/// # Errors
///
/// The vertices on one side of a cut that is too light.
pub fn min_cut_at_least(edges: &[(usize, usize, u64)], k: u64) -> Result<(), Vec<usize>> {
    let vertices = edges.iter().map(|it| it.0.max(it.1) + 1).max().unwrap_or(0);
    let mut weight: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); vertices];
    for &(a, b, of) in edges {
        if a != b && of > 0 {
            *weight[a].entry(b).or_insert(0) += of;
            *weight[b].entry(a).or_insert(0) += of;
        }
    }
    let mut members: Vec<Vec<usize>> = (0..vertices).map(|it| vec![it]).collect();
    loop {
        if let Some(light) = (0..weight.len()).find(|&it| {
            let degree: u64 = weight[it].values().sum();
            (1..k).contains(&degree)
        }) {
            return Err(std::mem::take(&mut members[light]));
        }
        if weight.iter().all(BTreeMap::is_empty) {
            return Ok(());
        }
        let groups = held_together(&weight, k);
        let count = groups.iter().max().map_or(0, |it| it + 1);
        let mut joined: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); count];
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (vertex, group) in groups.iter().copied().enumerate() {
            into[group].append(&mut members[vertex]);
            for (&other, &of) in &weight[vertex] {
                if groups[other] != group {
                    *joined[group].entry(groups[other]).or_insert(0) += of;
                }
            }
        }
        (weight, members) = (joined, into);
    }
}

/// Groups vertices that no cut lighter than `k` separates. Each component of more than one vertex,
/// none of them lighter than `k`, loses at least one: the last vertex of a maximum adjacency order
/// is held to the one before by its whole degree.
fn held_together(weight: &[BTreeMap<usize, u64>], k: u64) -> Vec<usize> {
    let mut group: Vec<usize> = (0..weight.len()).collect();
    fn find(group: &mut [usize], mut it: usize) -> usize {
        while group[it] != it {
            group[it] = group[group[it]];
            it = group[it];
        }
        it
    }
    let mut reached = vec![0; weight.len()];
    let mut done = vec![false; weight.len()];
    for start in 0..weight.len() {
        let mut heap = BinaryHeap::from([(0_u64, start)]);
        while let Some((held, vertex)) = heap.pop() {
            if done[vertex] || held != reached[vertex] {
                continue;
            }
            done[vertex] = true;
            for (&other, &of) in &weight[vertex] {
                if done[other] {
                    continue;
                }
                reached[other] += of;
                if reached[other] >= k {
                    let (a, b) = (find(&mut group, vertex), find(&mut group, other));
                    group[b] = a;
                }
                heap.push((reached[other], other));
            }
        }
    }
    let roots: Vec<usize> = (0..weight.len()).map(|it| find(&mut group, it)).collect();
    let mut number = vec![usize::MAX; weight.len()];
    let mut next = 0;
    roots
        .into_iter()
        .map(|root| {
            if number[root] == usize::MAX {
                number[root] = next;
                next += 1;
            }
            number[root]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use tideline_aggregation::audit::{Cell, Kind, Published, linear};

    #[test]
    fn one_person_who_joins_two_breakdowns_is_a_bridge() {
        // Sales: seven others and one engineer; engineering: six engineers.
        let edges = [(0, 2, 7), (0, 3, 1), (1, 3, 6)];
        let mut side = min_cut_at_least(&edges, 5).unwrap_err();
        side.sort_unstable();
        assert!(side == [0, 2] || side == [1, 3], "{side:?}");
        assert_eq!(min_cut_at_least(&edges, 1), Ok(()));
    }

    #[test]
    fn breakdowns_that_have_nothing_in_common_tell_nothing() {
        assert_eq!(min_cut_at_least(&[(0, 2, 7), (1, 3, 6)], 6), Ok(()));
        assert_eq!(min_cut_at_least(&[], 6), Ok(()));
    }

    fn lightest(edges: &[(usize, usize, u64)], vertices: usize) -> Option<u64> {
        (1_u32..1 << vertices)
            .map(|side| {
                let across = |it: &&(usize, usize, u64)| (side >> it.0 & 1) != (side >> it.1 & 1);
                edges.iter().filter(across).map(|it| it.2).sum()
            })
            .filter(|&it| it > 0)
            .min()
    }

    proptest! {
        #[test]
        fn as_light_as_the_lightest_of_all_cuts(
            weights in prop::collection::vec(0_u64..5, 21),
            k in 2_u64..7,
        ) {
            let pairs = (0..7).flat_map(|a| (0..a).map(move |b| (a, b)));
            let edges: Vec<_> = pairs.zip(weights).map(|((a, b), of)| (a, b, of)).collect();
            let found = min_cut_at_least(&edges, k);
            prop_assert_eq!(found.is_ok(), lightest(&edges, 7).is_none_or(|it| it >= k));
            if let Err(side) = found {
                let across: u64 = edges
                    .iter()
                    .filter(|it| side.contains(&it.0) != side.contains(&it.1))
                    .map(|it| it.2)
                    .sum();
                prop_assert!((1..k).contains(&across));
            }
        }

        /// What is certified is what elimination finds nothing in, and the other way round.
        #[test]
        fn elimination_agrees(joint in prop::collection::vec(0_u64..7, 12), k in 5_u64..8) {
            let (rows, columns) = (3, 4);
            let edges: Vec<_> =
                (0..12).map(|at| (at / columns, rows + at % columns, joint[at])).collect();
            let block = |vertex: usize| {
                let buckets: Vec<usize> = (0..12)
                    .filter(|&at| (edges[at].0 == vertex || edges[at].1 == vertex) && joint[at] > 0)
                    .collect();
                let n = buckets.iter().map(|&it| joint[it]).sum();
                Cell::exactly(Kind::Union, buckets, n)
            };
            let cells = (0..rows + columns).map(block).filter(|it| it.n > 0).collect();
            let published = Published::of(joint.clone(), cells, 100);
            let found = linear::audit(&published, k);
            prop_assert_eq!(min_cut_at_least(&edges, k).is_ok(), found.is_none(), "{:?}", found);
        }
    }
}
