//! Groups of fewer than k people about whom something is determined.

use std::collections::BTreeMap;

use tideline_aggregation::audit::linear::{self, Classes, Row, Span};

use crate::{How, Leak, attacker::Attacker, cut, whole::Solved};

/// Sums of small groups are bounded one by one up to so many small classes.
const MOST_SMALL: usize = 8;
/// Sets of small classes that are looked at before giving up.
const MOST_SETS: usize = 200_000;
/// As many sets of classes are looked at for other combinations than sums.
const MOST_COMBINATIONS: usize = 50_000;

impl Attacker<'_> {
    /// Groups of fewer than `k` people of whom something is determined.
    pub(crate) fn groups(&self, k: u64) -> Vec<Leak> {
        if self.weighted || self.small(k).len() <= MOST_SMALL {
            let mut leaks = self.small_sums(k);
            if leaks.is_empty() && !self.weighted {
                leaks.extend(self.contrast(k));
            }
            return leaks;
        }
        // Without any combination about few people there is no sum either.
        let Some(contrast) = self.contrast(k) else { return Vec::new() };
        let mut leaks = self.small_sums(k);
        leaks.retain(|it| it.how != How::Undecided);
        if leaks.is_empty() { vec![contrast] } else { leaks }
    }

    /// The total of some classes if whole numbers leave one only.
    fn whole_sum(&self, classes: &[usize]) -> Solved {
        let sum: Vec<(usize, i64)> = classes.iter().flat_map(|&it| self.total_of(it)).collect();
        let (mut least, mut most, mut open) = (i64::MAX, i64::MIN, false);
        self.each_case(
            |_| (),
            |system| {
                match (system.least(&sum), system.greatest(&sum)) {
                    (Solved::Value(lo), Solved::Value(hi)) => {
                        (least, most) = (least.min(lo), most.max(hi));
                    }
                    (Solved::Impossible, _) | (_, Solved::Impossible) => {}
                    _ => open = true,
                }
                Solved::Value(0)
            },
            |_| false,
        );
        match (open, least == most) {
            (true, _) => Solved::Open,
            (_, true) => Solved::Value(least),
            _ => Solved::Impossible,
        }
    }

    /// Classes of fewer than `k` people who do not collude.
    fn small(&self, k: u64) -> Vec<usize> {
        (0..self.classes.len())
            .filter(|&it| self.classes[it].known.is_none() && (self.size(it) as u64) < k)
            .collect()
    }

    /// Sets of small classes of fewer than `k` people of which the total is known.
    fn small_sums(&self, k: u64) -> Vec<Leak> {
        let mut small = self.small(k);
        let value = self.classes.len();
        let span = Span::of(self.known_rows());
        let mut rests: Vec<Row> = small.iter().map(|&it| span.rest(Row::from([(it, 1)]))).collect();
        if small.len() > MOST_SMALL {
            keep_what_may_cancel(&mut small, &mut rests, value);
        }
        let bound_sums = small.len() <= MOST_SMALL;
        let mut leaks = Vec::new();
        let mut left = MOST_SETS;
        let mut todo: Vec<(usize, Vec<usize>, u64)> = vec![(0, Vec::new(), 0)];
        while let Some((first, chosen, people)) = todo.pop() {
            for at in first..small.len() {
                let people = people + self.size(small[at]) as u64;
                if people >= k {
                    continue;
                }
                if left == 0 {
                    leaks.push(Leak { how: How::Undecided, people: 0, unknowns: Vec::new() });
                    return leaks;
                }
                left -= 1;
                let mut set = chosen.clone();
                set.push(at);
                let rest = sum_of_rows(set.iter().map(|&it| &rests[it]));
                let classes: Vec<usize> = set.iter().map(|&it| small[it]).collect();
                let how = if rest.keys().all(|&it| it == value) {
                    let total = rest.get(&value).map_or(0, |&it| linear::whole(it));
                    Some(How::Sum { total })
                } else if bound_sums {
                    match self.whole_sum(&classes) {
                        Solved::Value(total) => Some(How::WholeSum { total }),
                        Solved::Open => Some(How::Undecided),
                        Solved::Impossible => None,
                    }
                } else {
                    None
                };
                if let Some(how) = how {
                    leaks.push(self.leak(how, &classes));
                }
                todo.push((at + 1, set, people));
            }
        }
        leaks
    }

    /// What is known exactly, a row each; the last column is minus the value.
    fn known_rows(&self) -> Vec<Row> {
        let value = self.classes.len();
        let row = |by: &BTreeMap<usize, i64>, total: i64| -> Row {
            by.iter()
                .map(|(&class, &by)| (class, linear::residue(by)))
                .chain([(value, linear::residue(-total))])
                .filter(|it| it.1 != 0)
                .collect()
        };
        let cells = self.cells.iter().filter(|it| it.1.0 == it.1.1).map(|it| row(&it.0, it.1.0));
        let weightings = self.weightings.iter().map(|(by, total)| row(by, *total));
        let known = self.classes.iter().enumerate().filter_map(|(class, it)| {
            it.known.map(|answer| row(&BTreeMap::from([(class, 1)]), answer))
        });
        cells.chain(weightings).chain(known).collect()
    }

    /// A combination of exact totals, other than a plain sum, about fewer than `k` people.
    fn contrast(&self, k: u64) -> Option<Leak> {
        let mut order: Vec<usize> =
            (0..self.classes.len()).filter(|&it| self.classes[it].known.is_none()).collect();
        order.sort_by_key(|&it| (self.size(it) as u64) < k);
        let mut column = vec![None; self.classes.len()];
        for (at, &class) in order.iter().enumerate() {
            column[class] = Some(at);
        }
        let exact = self.cells.iter().filter(|it| it.1.0 == it.1.1);
        let rows = exact
            .map(|(times, _)| {
                times
                    .iter()
                    .filter_map(|(&class, &times)| Some((column[class]?, linear::residue(times))))
                    .collect()
            })
            .collect();
        let size = order.iter().map(|&it| self.size(it) as u64).collect();
        match (Classes { size, rows }).narrowest(k, MOST_COMBINATIONS) {
            Ok(None) => None,
            Ok(Some((_, columns))) => {
                let classes: Vec<usize> = columns.into_iter().map(|it| order[it]).collect();
                Some(self.leak(How::Contrast, &classes))
            }
            Err(_) if self.are_two_partitions_held_together(k) => None,
            Err(_) => Some(Leak { how: How::Undecided, people: 0, unknowns: Vec::new() }),
        }
    }

    /// Whether the exact totals are those of two partitions, with `k` people or none across every cut.
    pub(crate) fn are_two_partitions_held_together(&self, k: u64) -> bool {
        let exact: Vec<&BTreeMap<usize, i64>> =
            self.cells.iter().filter(|it| it.1.0 == it.1.1).map(|it| &it.0).collect();
        let mut cells_of: Vec<Vec<usize>> = vec![Vec::new(); self.classes.len()];
        for (at, times) in exact.iter().enumerate() {
            for (&class, &times) in *times {
                if times != 1 {
                    return false;
                }
                cells_of[class].push(at);
            }
        }
        // Cells that share people are of different partitions.
        let ground = exact.len();
        let mut side: Vec<Option<bool>> = vec![None; exact.len()];
        for start in 0..exact.len() {
            let mut todo = vec![(start, side[start].unwrap_or(false))];
            while let Some((cell, of)) = todo.pop() {
                match side[cell] {
                    Some(was) if was != of => return false,
                    Some(_) => {}
                    None => {
                        side[cell] = Some(of);
                        let others = exact[cell].keys().flat_map(|&class| &cells_of[class]);
                        todo.extend(others.filter(|&&it| it != cell).map(|&it| (it, !of)));
                    }
                }
            }
        }
        let edges: Option<Vec<(usize, usize, u64)>> = cells_of
            .iter()
            .enumerate()
            .filter(|(class, cells)| !cells.is_empty() && self.classes[*class].known.is_none())
            .map(|(class, cells)| match cells[..] {
                [one] => Some((one, ground, self.size(class) as u64)),
                [one, other] => Some((one, other, self.size(class) as u64)),
                _ => None,
            })
            .collect();
        edges.is_some_and(|it| cut::min_cut_at_least(&it, k).is_ok())
    }
}

/// Drops classes whose rest has a column that no other has, and so can never add up to nothing.
fn keep_what_may_cancel(small: &mut Vec<usize>, rests: &mut Vec<Row>, value: usize) {
    loop {
        let mut times: BTreeMap<usize, usize> = BTreeMap::new();
        for &column in rests.iter().flat_map(Row::keys) {
            *times.entry(column).or_insert(0) += 1;
        }
        let keep: Vec<bool> = rests
            .iter()
            .map(|it| it.keys().all(|column| *column == value || times[column] > 1))
            .collect();
        if keep.iter().all(|it| *it) {
            return;
        }
        let mut of = keep.iter();
        small.retain(|_| of.next().is_some_and(|it| *it));
        let mut of = keep.iter();
        rests.retain(|_| of.next().is_some_and(|it| *it));
    }
}

fn sum_of_rows<'a>(rows: impl Iterator<Item = &'a Row>) -> Row {
    let mut sum: BTreeMap<usize, i128> = BTreeMap::new();
    for row in rows {
        for (&column, &value) in row {
            *sum.entry(column).or_insert(0) += i128::from(value);
        }
    }
    let prime = (1_i128 << 61) - 1;
    sum.into_iter()
        .map(|(column, value)| (column, (value % prime) as u64))
        .filter(|it| it.1 != 0)
        .collect()
}
