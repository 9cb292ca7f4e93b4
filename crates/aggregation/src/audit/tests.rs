//! Leaks are planted by hand and by the rule that other products use: show what has k answers.

use proptest::prelude::*;

use super::*;

fn union(buckets: &[usize], sizes: &[u64]) -> Cell {
    let n = buckets.iter().map(|&it| sizes[it]).sum();
    Cell::exactly(Kind::Union, buckets.to_vec(), n)
}

fn published(sizes: &[u64], cells: Vec<Cell>) -> Published {
    Published { buckets: sizes.to_vec(), cells, highest: 100 }
}

/// What adding and subtracting these sets of buckets tells about fewer than 6 people.
#[track_caller]
fn check(sizes: &[u64], cells: &[&[usize]], expected: Option<Finding>) {
    let cells = cells.iter().map(|it| union(it, sizes)).collect();
    assert_eq!(linear::audit(&published(sizes, cells), 6), expected);
}

#[test]
fn disjoint_groups_tell_nothing() {
    check(&[6, 7, 3, 3], &[&[0], &[1], &[2, 3], &[0, 1], &[0, 1, 2, 3]], None);
}

#[test]
fn a_whole_less_its_parts_is_a_small_rest() {
    let whole: &[&[usize]] = &[&[0], &[1], &[0, 1, 2]];
    check(&[8, 9, 4], whole, Some(Finding::Disclosed { people: 4 }));
    check(&[8, 9, 6], whole, None);
}

#[test]
fn a_rest_two_levels_up_is_found() {
    let cells: &[&[usize]] = &[&[0, 1, 2, 3], &[0, 1], &[2]];
    check(&[9, 9, 9, 2], cells, Some(Finding::Disclosed { people: 2 }));
}

#[test]
fn three_overlapping_pairs_tell_each_of_their_parts() {
    // a+b, b+c and a+c, each of six people: half of a+b - b+c + a+c is a.
    check(&[3, 3, 3], &[&[0, 1], &[1, 2], &[0, 2]], Some(Finding::Disclosed { people: 3 }));
}

#[test]
fn two_overlapping_pairs_tell_only_differences() {
    // a+b less b+c is a-c, about six people; nothing is about fewer.
    check(&[3, 3, 3], &[&[0, 1], &[1, 2]], None);
    check(&[2, 9, 2], &[&[0, 1], &[1, 2]], Some(Finding::Disclosed { people: 4 }));
}

#[test]
fn a_combination_of_several_differences_is_found() {
    // Rows a-c-e and b-c-e, each about six: their difference a-b is about four.
    let sizes = [2, 2, 2, 2, 9, 9];
    let cells: &[&[usize]] = &[&[0, 4], &[2, 3, 4], &[1, 5], &[2, 3, 5]];
    check(&sizes, cells, Some(Finding::Disclosed { people: 4 }));
}

#[test]
fn what_cannot_be_decided_is_refused() {
    // About 120 classes of one person each: too many sets of five to try them all.
    let sizes = [vec![1; 120], vec![50]].concat();
    let cells: Vec<Vec<usize>> = (0..20)
        .map(|at| {
            (0..120).filter(|it| it * it % 101 % 20 == at || it / 6 == at).chain([120]).collect()
        })
        .collect();
    let cells = cells.iter().map(|it| union(it, &sizes)).collect();
    let found = linear::audit(&published(&sizes, cells), 6);
    assert!(matches!(found, Some(Finding::Undecided { .. })), "{found:?}");
}

#[test]
fn contradictions_are_found() {
    let sizes = [6, 6, 4, 2];
    let atom =
        |buckets: &[usize], lo, hi| Cell { kind: Kind::Atom { lo, hi }, ..union(buckets, &sizes) };
    let found = |cells| audit(&published(&sizes, cells), 6);
    let (a, b) = (atom(&[0], 0, 124), atom(&[1, 2], 475, 600));
    assert_eq!(found(vec![a.clone(), b.clone(), union(&[0, 1, 2], &sizes)]), []);
    assert!(found(vec![atom(&[2], 0, 124)]).contains(&Finding::TooFew { cell: 0, n: 4 }));
    assert!(found(vec![a.clone(), a.clone()]).contains(&Finding::TwoAtoms { cell: 1 }));
    assert!(
        found(vec![b.clone(), union(&[1], &sizes)]).contains(&Finding::SplitsAnAtom { cell: 1 })
    );
    assert!(
        found(vec![a.clone(), union(&[0, 1], &sizes)]).contains(&Finding::SplitsAnAtom { cell: 1 })
    );
    assert_eq!(found(vec![Cell { n: 7, most: 7, ..a }]), [Finding::Miscounted { cell: 0 }]);
    assert_eq!(found(vec![atom(&[0], 501, 600)]), [Finding::Narrows { cell: 0 }]);
    assert_eq!(found(vec![atom(&[0], 0, 99)]), [Finding::Narrows { cell: 0 }]);
}

proptest! {
    /// Every unit with k answers shown, as others do it: a leak wherever what is left of the nearest
    /// shown unit is small, and found exactly there.
    #[test]
    fn the_plain_threshold_is_caught_wherever_it_leaks(
        nodes in prop::collection::vec((any::<prop::sample::Index>(), 0_u64..9), 1..40),
        k in 5_u64..8,
    ) {
        let parent: Vec<usize> =
            (0..nodes.len()).map(|at| if at == 0 { 0 } else { nodes[at].0.index(at) }).collect();
        let sizes: Vec<u64> = nodes.iter().map(|it| it.1).collect();
        let mut inside: Vec<Vec<usize>> = (0..nodes.len()).map(|it| vec![it]).collect();
        for at in (1..nodes.len()).rev() {
            let below = inside[at].clone();
            inside[parent[at]].extend(below);
        }
        let n = |at: usize| inside[at].iter().map(|&it| sizes[it]).sum::<u64>();
        let shown: Vec<usize> = (0..nodes.len()).filter(|&it| n(it) >= k).collect();
        let mut rest = vec![0; nodes.len()];
        for mut at in 0..nodes.len() {
            let people = sizes[at];
            while !shown.contains(&at) && at != 0 {
                at = parent[at];
            }
            rest[at] += people;
        }
        let leaks = shown.iter().any(|&it| (1..k).contains(&rest[it]));
        let cells = shown.iter().map(|&it| union(&inside[it], &sizes)).collect();
        prop_assert_eq!(linear::audit(&published(&sizes, cells), k).is_some(), leaks);
    }
}
