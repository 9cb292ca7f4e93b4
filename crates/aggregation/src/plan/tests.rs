//! The planner: what it gives, and that it is the best there is.

use proptest::prelude::*;

use super::*;

/// Plans a tree of `(parent, answers)` for which everybody answered; the root is the first.
#[track_caller]
fn check(nodes: &[(usize, u32)], atoms: &[&[usize]], left_out: &[usize]) {
    let parents: Vec<_> =
        nodes.iter().enumerate().map(|(at, &(up, _))| (at > 0).then_some(up)).collect();
    let direct: Vec<u32> = nodes.iter().map(|it| it.1).collect();
    let plan = plan(&parents, &direct, &direct, 6, &vec![Standing::New; nodes.len()]);
    assert_eq!(plan.atoms, atoms);
    assert_eq!(plan.left_out, left_out);
}

#[test]
fn six_stand_alone() {
    check(&[(0, 0), (0, 6), (0, 9)], &[&[1], &[2]], &[]);
}

#[test]
fn small_neighbours_are_pooled_below_the_same_unit() {
    check(&[(0, 0), (0, 0), (1, 3), (1, 4), (0, 8)], &[&[2, 3], &[4]], &[]);
}

#[test]
fn a_lonely_small_unit_costs_a_neighbour_its_page() {
    check(&[(0, 0), (0, 2), (0, 8), (0, 9)], &[&[1, 2], &[3]], &[]);
}

#[test]
fn staff_of_an_inner_unit_are_a_piece_of_their_own() {
    check(&[(0, 6), (0, 7)], &[&[1], &[0]], &[]);
}

#[test]
fn a_pool_is_cut_as_often_as_it_can_be() {
    check(&[(0, 0), (0, 3), (0, 3), (0, 4), (0, 2), (0, 1)], &[&[1, 2], &[3, 4, 5]], &[]);
}

#[test]
fn five_in_all_are_left_out() {
    check(&[(0, 1), (0, 4)], &[], &[1, 0]);
}

#[test]
fn a_small_unit_where_nobody_answered_is_pooled() {
    let plan = plan(
        &[None, Some(0), Some(0), Some(0), Some(0)],
        &[0, 0, 4, 8, 4],
        &[0, 3, 6, 9, 6],
        6,
        &[Standing::New; 5],
    );
    assert_eq!(plan.atoms, [vec![1, 2, 4], vec![3]]);
}

#[test]
fn who_stood_alone_goes_on_to_do_so() {
    let chosen = |alone: usize| {
        let mut standing = [Standing::New; 4];
        standing[alone] = Standing::AloneBefore;
        plan(&[None, Some(0), Some(0), Some(0)], &[0, 2, 8, 8], &[0, 2, 8, 8], 6, &standing).atoms
    };
    assert!(chosen(2).contains(&vec![2]));
    assert!(chosen(3).contains(&vec![3]));
}

/// The value of the best of all combinations of the same decisions.
fn brute_force(tree: &Leaves, k: u32) -> f64 {
    let order: Vec<usize> = tree.preorder().into_iter().rev().collect();
    let decides = |it: &usize| !tree.is_leaf(*it) || tree.counted(*it, k as usize) >= k as usize;
    let deciders: Vec<usize> = order.iter().copied().filter(decides).collect();
    let mut best = f64::NEG_INFINITY;
    'choices: for choice in 0..1_u32 << deciders.len() {
        let mut value = 0.0;
        let mut up = vec![(0, false); tree.len()];
        for &node in &order {
            let on =
                deciders.iter().position(|&it| it == node).is_some_and(|at| choice >> at & 1 == 1);
            if tree.is_leaf(node) {
                let direct = tree.counted(node, k as usize) as u32;
                let staff = tree.headcount[node];
                if on {
                    value += tree.page(node);
                } else {
                    up[node] = (direct, direct == 0 && staff > 0 && staff < k);
                }
                continue;
            }
            let rest: u32 = tree.children[node].iter().map(|&it| up[it].0).sum();
            let empty = tree.children[node].iter().any(|&it| up[it].1);
            if on && rest < k {
                continue 'choices;
            }
            if !on {
                up[node] = (rest, empty);
                if node != 0 {
                    value -= match (rest, empty) {
                        (0, true) => HAND_UP_EMPTY,
                        _ => HAND_UP * f64::from(rest.min(k)),
                    };
                }
            }
        }
        value -= match up[0] {
            (0, true) => LEFT_OUT_EMPTY,
            (rest, _) => LEFT_OUT * f64::from(rest.min(k)),
        };
        best = best.max(value);
    }
    best
}

/// Parents, answers, headcounts and standings.
type Org = (Vec<Option<usize>>, Vec<u32>, Vec<u32>, Vec<Standing>);

fn org(most: usize) -> impl Strategy<Value = Org> {
    let standing = prop::sample::select(vec![
        Standing::New,
        Standing::New,
        Standing::AloneBefore,
        Standing::NotAlone,
    ]);
    let node = (any::<prop::sample::Index>(), 0_u32..11, 0_u32..5, standing);
    prop::collection::vec(node, 1..most).prop_map(|nodes| {
        let parents = (0..nodes.len()).map(|at| (at > 0).then(|| nodes[at].0.index(at))).collect();
        let direct: Vec<u32> = nodes.iter().map(|it| it.1.saturating_sub(2)).collect();
        let staff = nodes.iter().zip(&direct).map(|(it, direct)| direct + it.2).collect();
        (parents, direct, staff, nodes.iter().map(|it| it.3).collect())
    })
}

proptest! {
    #[test]
    fn no_combination_of_decisions_is_worth_more(
        (parents, direct, staff, standing) in org(8), k in 5_u32..7,
    ) {
        let found = plan(&parents, &direct, &staff, k, &standing);
        let shown = !found.atoms.is_empty();
        let best = brute_force(&Leaves::new(&parents, &direct, &staff, &standing), k);
        let best = if shown { best } else { 0.0 };
        prop_assert!((found.value - best).abs() < 1e-6, "{} but {best} is possible", found.value);
    }

    #[test]
    fn atoms_are_disjoint_large_enough_and_leave_nobody_out(
        (parents, direct, staff, standing) in org(60), k in 5_u32..12,
    ) {
        let found = plan(&parents, &direct, &staff, k, &standing);
        let answers = |pieces: &[usize]| pieces.iter().map(|&it| direct[it]).sum::<u32>();
        let mut seen = found.left_out.clone();
        for atom in &found.atoms {
            prop_assert!(answers(atom) >= k);
            seen.extend(atom);
        }
        seen.sort_unstable();
        let pieces: Vec<usize> = (0..parents.len())
            .filter(|&it| direct[it] > 0 || (1..k).contains(&staff[it]))
            .collect();
        prop_assert_eq!(seen, pieces);
        let counted: u32 = (0..parents.len())
            .map(|it| if standing[it] == Standing::NotAlone { direct[it].min(k - 1) } else { direct[it] })
            .sum();
        if counted >= k {
            prop_assert_eq!(answers(&found.left_out), 0);
        } else {
            prop_assert!(found.atoms.is_empty());
        }
        for atom in &found.atoms {
            prop_assert!(atom.iter().any(|&it| standing[it] != Standing::NotAlone) || atom.len() > 1);
        }
    }
}
