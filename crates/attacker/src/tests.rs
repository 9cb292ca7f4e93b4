//! The attacker on leaks that are known, and against other ways to the same answer.

use proptest::prelude::*;
use tideline_aggregation::audit::{self, Band, bounds::allows};

use super::*;
use crate::whole::{Limits, Solved, System};

/// What is wrong with publishing facts about sets of five-point answers, for k = 5.
fn attacked(people: usize, cells: &[(&[usize], Fact)]) -> Vec<How> {
    let cells = cells
        .iter()
        .map(|(members, fact)| FactCell { members: members.to_vec(), facts: vec![fact.clone()] })
        .collect();
    let publication = Publication { lowest: 1, highest: 5, known: vec![None; people], cells };
    attack(&publication, 5, 1).unwrap().into_iter().map(|it| it.how).collect()
}

fn total(lo: i64, hi: i64) -> Fact {
    Fact::Total { lo, hi }
}

#[test]
fn a_whole_less_a_part_is_a_sum() {
    let all: Vec<usize> = (0..8).collect();
    let found = attacked(8, &[(&all, total(25, 25)), (&all[..5], total(15, 15))]);
    assert_eq!(found, [How::Sum { total: 10 }]);
    assert_eq!(attacked(8, &[(&all, total(25, 26)), (&all[..5], total(15, 15))]), []);
}

#[test]
fn whole_numbers_tell_what_rounding_hides() {
    let all: Vec<usize> = (0..6).collect();
    // At most 24 of 25 points for five, at least 29 for all six: the sixth answered 5.
    let found = attacked(6, &[(&all, total(29, 30)), (&all[..5], total(20, 24))]);
    assert!(found.contains(&How::WholeSum { total: 5 }), "{found:?}");
    assert!(found.contains(&How::Range { lo: 5, hi: 5 }), "{found:?}");
}

#[test]
fn a_standard_deviation_of_nothing_tells_all() {
    let all: Vec<usize> = (0..8).collect();
    let mut cell = FactCell { members: all.clone(), facts: vec![total(21, 27)] };
    cell.facts.push(Fact::SampleSd { value: 0.0, half: 0.05 });
    let publication =
        Publication { lowest: 1, highest: 5, known: vec![None; 8], cells: vec![cell] };
    let found = attack(&publication, 5, 1).unwrap();
    assert_eq!(found[0].how, How::Range { lo: 3, hi: 3 });
}

#[test]
fn extremes_bands_maps_and_agreement_narrow() {
    let all: Vec<usize> = (0..6).collect();
    let range = |fact| attacked(6, &[(&all[..], fact)]);
    assert_eq!(range(Fact::Extremes { min: 3, max: 3 }), [How::Range { lo: 3, hi: 3 }]);
    assert_eq!(range(Fact::Band { from: 1, to: 4, lo: 0, hi: 0 }), [How::Range { lo: 5, hi: 5 }]);
    assert_eq!(range(Fact::Band { from: 1, to: 4, lo: 0, hi: 1 }), []);
    let values = vec![0, 0, 0, 0, 100];
    let mapped = |lo, hi| range(Fact::Mapped { values: values.clone(), lo, hi });
    assert_eq!(mapped(600, 600), [How::Range { lo: 5, hi: 5 }]);
    assert_eq!(mapped(500, 600), []);
    assert_eq!(range(Fact::Unanimous), []);
    let both = attacked(6, &[(&all[..], Fact::Unanimous), (&all[..], total(18, 18))]);
    assert_eq!(both, [How::Range { lo: 3, hi: 3 }]);
}

#[test]
fn weights_are_equations() {
    let all: Vec<usize> = (0..2).collect();
    let weighted = Fact::Weighted { weights: vec![1, 2], total: 11 };
    let found = attacked(2, &[(&all[..], weighted), (&all[..], total(7, 7))]);
    assert!(found.contains(&How::Sum { total: 3 }) && found.contains(&How::Sum { total: 4 }));
}

#[test]
fn who_colludes_is_taken_off() {
    let mut publication = Publication {
        lowest: 1,
        highest: 5,
        known: vec![None; 6],
        cells: vec![FactCell { members: (0..6).collect(), facts: vec![total(18, 18)] }],
    };
    assert_eq!(attack(&publication, 5, 1), Ok(vec![]));
    publication.known[0] = Some(2);
    assert_eq!(attack(&publication, 5, 1), Ok(vec![]));
    publication.known[1] = Some(4);
    let found = attack(&publication, 5, 1).unwrap();
    assert_eq!(
        found,
        [Leak { how: How::Sum { total: 12 }, people: 4, unknowns: vec![2, 3, 4, 5] }]
    );
}

#[test]
fn a_large_table_of_two_partitions_is_certified() {
    // 12 teams by 12 roles, one person in each combination: rows and columns, all exact.
    let of = |row: usize, column: usize| row * 12 + column;
    let rows = (0..12).map(|row| (0..12).map(|column| of(row, column)).collect());
    let columns = (0..12).map(|column| (0..12).map(|row| of(row, column)).collect());
    let cells = rows
        .chain(columns)
        .map(|members: Vec<usize>| FactCell { members, facts: vec![total(36, 36)] })
        .collect();
    let publication = Publication { lowest: 1, highest: 5, known: vec![None; 144], cells };
    let attacker = Attacker::new(&publication).unwrap();
    assert!(attacker.are_two_partitions_held_together(12));
    assert!(!attacker.are_two_partitions_held_together(13));
    assert_eq!(attacker.groups(12), []);
}

#[test]
fn what_cannot_be_is_refused() {
    let cell = FactCell { members: vec![0, 1], facts: vec![total(11, 12)] };
    let publication =
        Publication { lowest: 1, highest: 5, known: vec![None; 2], cells: vec![cell] };
    assert_eq!(attack(&publication, 5, 1), Err(Contradiction));
}

/// The same question to the general solver: counts in three bands, and what each adds above the
/// least its people can give.
fn by_solver(cell: &audit::Cell, answer: u64) -> bool {
    let audit::Kind::Atom { lo, hi } = cell.kind else { return false };
    let number = |it: u64| i64::try_from(it).unwrap();
    let n = number(cell.n);
    let mut system = System::default();
    let mut all = Vec::new();
    let mut total = vec![];
    for (at, band) in cell.bands.iter().enumerate() {
        let own = (band.from..=band.to).contains(&answer);
        let fewest = number(band.fewest).max(i64::from(own));
        system.bounds.push((fewest, number(band.most)));
        system.bounds.push((0, n * number(band.to - band.from)));
        all.push((2 * at, 1));
        total.extend([(2 * at, number(band.from)), (2 * at + 1, 1)]);
        // Above the least: up to the band's width for each, less what this one's answer leaves.
        let width = number(band.to - band.from);
        let (least, most) =
            if own { (number(answer - band.from), number(band.to - answer)) } else { (0, 0) };
        let terms = vec![(2 * at + 1, 1), (2 * at, -width)];
        system.rows.push(Limits { terms, lo: i64::MIN / 4, hi: -most });
        system.rows.push(Limits { terms: vec![(2 * at + 1, 1)], lo: least, hi: i64::MAX / 4 });
    }
    system.rows.push(Limits { terms: all, lo: n, hi: n });
    system.rows.push(Limits { terms: total, lo: number(lo), hi: number(hi) });
    matches!(system.is_possible(), Solved::Value(_))
}

fn thirds(counts: [(u64, u64); 3]) -> Vec<Band> {
    [(0, 33), (34, 66), (67, 100)]
        .into_iter()
        .zip(counts)
        .map(|((from, to), (fewest, most))| Band { from, to, fewest, most })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn the_general_solver_agrees(
        n in 4_u64..20,
        low in 0_u64..20, middle in 0_u64..20, more in prop::array::uniform3(0_u64..4),
        lo in 0.0_f64..1.0, width in 0_u64..60,
    ) {
        let low = low.min(n);
        let middle = middle.min(n - low);
        let counts = [low, middle, n - low - middle];
        let at = |it: usize| (counts[it].saturating_sub(more[it]), (counts[it] + more[it]).min(n));
        let lo = (lo * (n * 100) as f64) as u64;
        let cell = audit::Cell {
            kind: audit::Kind::Atom { lo, hi: (lo + width).min(n * 100) },
            buckets: vec![0],
            n,
            most: n,
            asked: None,
            bands: thirds([at(0), at(1), at(2)]),
        };
        for answer in [0, 20, 50, 80, 100] {
            let found = allows(&cell, (lo, (lo + width).min(n * 100)), answer);
            prop_assert_eq!(found, by_solver(&cell, answer), "{} in {:?}", answer, cell);
        }
    }
}
