//! The bounds attack on what is published of one atom: may every one of its people still have given
//! the lowest answer, and the highest?
//!
//! For a total alone that is arithmetic. For a total with counts of people in bands of the scale it
//! is a small system of whole numbers, solved here by going through the counts of one band; tests
//! hold it against a general solver.

use super::{Band, Cell, Finding, Kind, Published};

pub(super) fn audit(published: &Published) -> Vec<Finding> {
    let cells = published.cells.iter().enumerate();
    cells
        .filter(|(_, it)| narrows(it, published.highest))
        .map(|(cell, _)| Finding::Narrows { cell })
        .collect()
}

fn narrows(cell: &Cell, highest: u64) -> bool {
    let Kind::Atom { lo, hi } = cell.kind else { return false };
    if cell.bands.is_empty() {
        return lo > cell.n.saturating_sub(1) * highest || hi < highest;
    }
    !(allows(cell, (lo, hi), 0) && allows(cell, (lo, hi), highest))
}

/// Whether somebody of `cell` may have given `answer`, when the bands follow each other from 0 to the
/// highest answer without a gap. Other bands than three are not understood, and so not allowed.
fn allows(cell: &Cell, (lo, hi): (u64, u64), answer: u64) -> bool {
    let [first, second, third] = cell.bands.as_slice() else { return false };
    let wide = |it: u64| i128::from(it);
    let n = wide(cell.n);
    let (lo, hi) = (wide(lo), wide(hi));
    let inside = |band: &Band| (band.from..=band.to).contains(&answer);
    let own = [first, second, third].map(inside);
    // The person in question is taken out: one fewer in that band, the answer off the total.
    let counts = |band: &Band, own: bool| {
        let taken = i128::from(own);
        ((wide(band.fewest) - taken).max(0), wide(band.most) - taken)
    };
    let (a, b, c) = (counts(first, own[0]), counts(second, own[1]), counts(third, own[2]));
    let (others, lo, hi) = (n - 1, lo - wide(answer), hi - wide(answer));
    // For each count in the middle band, the first takes what the third leaves. The least and the
    // greatest total both grow with every person moved from the first to the third.
    (b.0..=b.1.min(others)).any(|middle| {
        let rest = others - middle;
        let (from, to) = (c.0.max(rest - a.1), c.1.min(rest - a.0));
        let least = |third_has: i128| {
            (rest - third_has) * wide(first.from)
                + middle * wide(second.from)
                + third_has * wide(third.from)
        };
        let most = |third_has: i128| {
            (rest - third_has) * wide(first.to)
                + middle * wide(second.to)
                + third_has * wide(third.to)
        };
        // The largest count whose least total is not above `hi`, and the smallest whose greatest is
        // not below `lo`.
        let per_least = wide(third.from) - wide(first.from);
        let per_most = wide(third.to) - wide(first.to);
        let to = to.min((hi - least(0)).div_euclid(per_least));
        let from = from.max(-(most(0) - lo).div_euclid(per_most));
        from <= to
    })
}

/// What the strongest attacker knows of how the items of a scale and its totals hang together: each
/// person's score is the mean of their answers, and `offset` is known exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// Answers to each item and the range of their total, in points of the scale from 0 to
    /// `highest` each. An item of which nothing is told: the whole range.
    pub items: Vec<(u64, f64, f64)>,
    /// Answers of one person to items of the scale, at most.
    pub per_person: u64,
    /// What the totals of scores are more than the totals of items, divided by `per_person`.
    pub offset: f64,
    /// People of each atom and the range of their total score.
    pub totals: Vec<(u64, f64, f64)>,
    /// The highest score. Unit: points.
    pub highest: f64,
}

/// Whether each person may still have given the lowest answer to everything they were asked, and the
/// highest.
pub fn leaves_the_whole_scale(linked: &Linked) -> bool {
    let count = |of: &[(u64, f64, f64)]| of.iter().map(|it| it.0 as f64).sum::<f64>();
    let unasked = count(&linked.totals) - count(&linked.items) / linked.per_person as f64;
    let turned = Linked {
        items: linked.items.iter().map(|it| turn(*it, linked.highest)).collect(),
        totals: linked.totals.iter().map(|it| turn(*it, linked.highest)).collect(),
        offset: linked.highest * unasked - linked.offset,
        ..linked.clone()
    };
    allows_lowest(linked) && allows_lowest(&turned)
}

/// The same, counted from the other end of the scale.
fn turn((n, lo, hi): (u64, f64, f64), highest: f64) -> (u64, f64, f64) {
    let all = n as f64 * highest;
    (n, all - hi, all - lo)
}

/// Whether somebody may have given only lowest answers: whether what is left for the others of the
/// totals and of the items can still be the same.
fn allows_lowest(linked: &Linked) -> bool {
    // How much of the most that is possible needs everybody at the highest.
    let needs_all =
        |&(n, _, hi): &(u64, f64, f64)| (hi - n.saturating_sub(1) as f64 * linked.highest).max(0.0);
    let mut lost: Vec<f64> = linked.items.iter().map(needs_all).collect();
    lost.sort_by(|a, b| b.total_cmp(a));
    let lost: f64 = lost.iter().take(linked.per_person as usize).sum();
    let of = |bound: fn(&(u64, f64, f64)) -> f64| linked.items.iter().map(bound).sum::<f64>();
    let per_person = linked.per_person as f64;
    let least = of(|it| it.1) / per_person + linked.offset;
    let most = (of(|it| it.2) - lost) / per_person + linked.offset;

    let lo: f64 = linked.totals.iter().map(|it| it.1).sum();
    let hi: f64 = linked.totals.iter().map(|it| it.2).sum();
    let worst = linked.totals.iter().map(needs_all).fold(0.0, f64::max);
    least <= hi - worst && most >= lo
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audit::whole::{Limits, Solved, System};

    /// The same question to the general solver: counts in three bands, and what each adds above the
    /// least its people can give.
    fn by_solver(cell: &Cell, answer: u64) -> bool {
        let Kind::Atom { lo, hi } = cell.kind else { return false };
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

    #[test]
    fn all_low_and_a_total_that_needs_them_all_rules_the_top_out() {
        let bands = thirds([(10, 12), (0, 1), (0, 1)]);
        let cell = |lo, hi| Cell {
            kind: Kind::Atom { lo, hi },
            buckets: vec![0],
            n: 12,
            bands: bands.clone(),
        };
        assert!(!narrows(&cell(125, 174), 100));
        // Eleven at 33 and one at 100 are 463; one at 67 and one at 66 with ten at 33 are the same.
        assert!(narrows(&cell(475, 500), 100));
    }

    #[test]
    fn items_and_totals_that_meet_at_one_point_narrow() {
        // Thirty people with two of two items each; all items and totals at the top, exactly.
        let linked = |items: (f64, f64), totals: (f64, f64)| Linked {
            items: vec![(30, items.0, items.1); 2],
            per_person: 2,
            offset: 0.0,
            totals: vec![(15, totals.0, totals.1); 2],
            highest: 100.0,
        };
        assert!(!leaves_the_whole_scale(&linked((3000.0, 3000.0), (1500.0, 1500.0))));
        assert!(leaves_the_whole_scale(&linked((2875.0, 3000.0), (1375.0, 1500.0))));
        assert!(!leaves_the_whole_scale(&linked((2000.0, 2000.0), (1375.0, 1500.0))));
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
            let cell = Cell {
                kind: Kind::Atom { lo, hi: (lo + width).min(n * 100) },
                buckets: vec![0],
                n,
                bands: thirds([at(0), at(1), at(2)]),
            };
            for answer in [0, 100] {
                let found = allows(&cell, (lo, (lo + width).min(n * 100)), answer);
                prop_assert_eq!(found, by_solver(&cell, answer), "{} in {:?}", answer, cell);
            }
        }
    }
}
