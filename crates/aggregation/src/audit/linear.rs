//! Which linear combinations of published sums are about few people.
//!
//! People who are in the same cells make a class; nobody outside can tell them apart. A combination
//! is constant on classes, so if every class has k people, so has every combination. Otherwise rows
//! are eliminated with the large classes first: the rows left that start at a small class span
//! exactly the combinations about small classes alone.

use std::collections::BTreeMap;

use super::{Finding, Published};

/// A prime, so that every number but 0 has an inverse. Matrices of 0 and 1 made of nested sets have
/// no minors but 0 and ±1, so nothing is lost to it; for others the odds are one in 2^61.
const P: u64 = (1 << 61) - 1;

/// Combinations of small classes that are looked at one by one before giving up.
const MOST_COMBINATIONS: usize = 5_000;

/// A sparse row: column to value, no zeros.
type Row = BTreeMap<usize, u64>;

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let folded = (product as u64 & P) + (product >> 61) as u64;
    if folded >= P { folded - P } else { folded }
}

fn inverse(a: u64) -> u64 {
    let (mut base, mut exponent, mut result) = (a, P - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// Takes `factor` times `other` off `row`.
fn subtract(row: &mut Row, factor: u64, other: &Row) {
    for (&column, &value) in other {
        let off = multiply(factor, value);
        let entry = row.entry(column).or_insert(0);
        *entry = if *entry >= off { *entry - off } else { *entry + P - off };
        if *entry == 0 {
            row.remove(&column);
        }
    }
}

/// Brings `rows` into echelon form: each result starts with a 1 at a column of its own.
fn echelon(rows: impl IntoIterator<Item = Row>) -> BTreeMap<usize, Row> {
    let mut pivots: BTreeMap<usize, Row> = BTreeMap::new();
    for mut row in rows {
        while let Some((&column, &value)) = row.first_key_value() {
            if let Some(pivot) = pivots.get(&column) {
                subtract(&mut row, value, pivot);
                continue;
            }
            let inverse = inverse(value);
            row.values_mut().for_each(|it| *it = multiply(*it, inverse));
            pivots.insert(column, row);
            break;
        }
    }
    pivots
}

/// Columns of a matrix, large classes first, and its rows.
struct Classes {
    /// People of each column.
    size: Vec<u64>,
    rows: Vec<Vec<usize>>,
}

impl Classes {
    /// `None` if all classes are large.
    fn of(published: &Published, k: u64) -> Option<Self> {
        let mut cells_of: Vec<Vec<usize>> = vec![Vec::new(); published.buckets.len()];
        for (at, cell) in published.cells.iter().enumerate() {
            for &bucket in &cell.buckets {
                if let Some(cells) = cells_of.get_mut(bucket)
                    && cells.last() != Some(&at)
                {
                    cells.push(at);
                }
            }
        }
        let mut buckets: Vec<(Vec<usize>, u64)> = cells_of
            .into_iter()
            .zip(published.buckets.iter().copied())
            .filter(|(cells, people)| *people > 0 && !cells.is_empty())
            .collect();
        buckets.sort_unstable();
        let mut classes: Vec<(Vec<usize>, u64)> = Vec::new();
        for (cells, people) in buckets {
            match classes.last_mut() {
                Some(class) if class.0 == cells => class.1 += people,
                _ => classes.push((cells, people)),
            }
        }
        if classes.iter().all(|&(_, people)| people >= k) {
            return None;
        }
        classes.sort_by_key(|(cells, people)| (*people < k, cells.len()));
        let mut rows = vec![Vec::new(); published.cells.len()];
        for (column, (cells, _)) in classes.iter().enumerate() {
            for &cell in cells {
                rows[cell].push(column);
            }
        }
        rows.sort_by_key(Vec::len);
        Some(Self { size: classes.into_iter().map(|it| it.1).collect(), rows })
    }

    fn people<'a>(&self, columns: impl IntoIterator<Item = &'a usize>) -> u64 {
        columns.into_iter().map(|&it| self.size[it]).sum()
    }
}

pub(super) fn audit(published: &Published, k: u64) -> Option<Finding> {
    let classes = Classes::of(published, k)?;
    let rows = classes.rows.iter().map(|it| it.iter().map(|&column| (column, 1)).collect());
    let mut small = echelon(rows);
    small.retain(|&column, _| classes.size[column] < k);

    // Reduced from the last pivot up, so that a single class that is disclosed shows as a row.
    let pivots: Vec<usize> = small.keys().rev().copied().collect();
    for &pivot in &pivots {
        let Some(mut row) = small.remove(&pivot) else { continue };
        let others: Vec<usize> =
            row.keys().copied().filter(|it| *it != pivot && small.contains_key(it)).collect();
        for other in others {
            if let Some(&factor) = row.get(&other) {
                subtract(&mut row, factor, &small[&other]);
            }
        }
        small.insert(pivot, row);
    }
    if let Some(people) = small.values().map(|it| classes.people(it.keys())).min()
        && people < k
    {
        return Some(Finding::Disclosed { people });
    }
    Search::new(&classes, small.into_values().collect(), k).run()
}

/// Looks at every set of classes of fewer than k people: is some combination about it alone?
struct Search<'a> {
    classes: &'a Classes,
    basis: Vec<Row>,
    columns: Vec<usize>,
    k: u64,
    left: usize,
}

impl<'a> Search<'a> {
    fn new(classes: &'a Classes, basis: Vec<Row>, k: u64) -> Self {
        let mut columns: Vec<usize> = basis.iter().flat_map(|it| it.keys().copied()).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.retain(|&it| classes.size[it] < k);
        Self { classes, basis, columns, k, left: MOST_COMBINATIONS }
    }

    fn run(mut self) -> Option<Finding> {
        if self.basis.is_empty() { None } else { self.from(0, &mut Vec::new(), 0) }
    }

    /// Tries all ways to go on from `chosen` with columns from `first` on.
    fn from(&mut self, first: usize, chosen: &mut Vec<usize>, people: u64) -> Option<Finding> {
        for at in first..self.columns.len() {
            let column = self.columns[at];
            let people = people + self.classes.size[column];
            if people >= self.k {
                continue;
            }
            if self.left == 0 {
                return Some(Finding::Undecided { dimension: self.basis.len() });
            }
            self.left -= 1;
            chosen.push(column);
            let found = if self.is_told(chosen) {
                Some(Finding::Disclosed { people })
            } else {
                self.from(at + 1, chosen, people)
            };
            if found.is_some() {
                return found;
            }
            chosen.pop();
        }
        None
    }

    /// Whether a combination of the basis, not all 0, is about the `chosen` columns only: whether the
    /// basis loses rank without them.
    fn is_told(&self, chosen: &[usize]) -> bool {
        let without = self.basis.iter().map(|row| {
            let others = row.iter().filter(|(column, _)| !chosen.contains(column));
            others.map(|(&column, &value)| (column, value)).collect()
        });
        echelon(without).len() < self.basis.len()
    }
}
