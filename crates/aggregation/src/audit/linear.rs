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
pub type Row = BTreeMap<usize, u64>;

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

/// A whole number as a residue.
pub fn residue(number: i64) -> u64 {
    let it = number.unsigned_abs() % P;
    if number < 0 && it != 0 { P - it } else { it }
}

/// The whole number nearest to 0 with this residue.
pub const fn whole(residue: u64) -> i64 {
    if residue > P / 2 { -((P - residue) as i64) } else { residue as i64 }
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

/// Everything that sums of known value span.
pub struct Span(BTreeMap<usize, Row>);

impl Span {
    /// Of `rows`. A column may stand for the known value; it must be the last.
    pub fn of(rows: impl IntoIterator<Item = Row>) -> Self {
        Self(echelon(rows))
    }

    /// What is left of `row` when all that is known is taken off: only the column of the value if
    /// the combination is known, and then less its value.
    pub fn rest(&self, mut row: Row) -> Row {
        let mut from = 0;
        while let Some((&column, &value)) = row.range(from..).next() {
            if let Some(pivot) = self.0.get(&column) {
                subtract(&mut row, value, pivot);
            }
            from = column + 1;
        }
        row
    }
}

/// Columns of a matrix, large classes first, and its rows.
pub struct Classes {
    /// People of each column.
    pub size: Vec<u64>,
    /// For each row, the columns and how often each counts.
    pub rows: Vec<Row>,
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
        let mut rows = vec![Row::new(); published.cells.len()];
        for (column, (cells, _)) in classes.iter().enumerate() {
            for &cell in cells {
                rows[cell].insert(column, 1);
            }
        }
        Some(Self { size: classes.into_iter().map(|it| it.1).collect(), rows })
    }

    fn people<'a>(&self, columns: impl IntoIterator<Item = &'a usize>) -> u64 {
        columns.into_iter().map(|&it| self.size[it]).sum()
    }

    /// The classes that the narrowest combination about fewer than `k` people is about. Columns must
    /// be ordered large classes first. `Err`: more than `most` combinations to look at; their dimension.
    pub fn narrowest(mut self, k: u64, most: usize) -> Result<Option<(u64, Vec<usize>)>, usize> {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by_key(Row::len);
        let mut small = echelon(rows);
        small.retain(|&column, _| self.size[column] < k);

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
        if let Some((people, row)) =
            small.values().map(|it| (self.people(it.keys()), it)).min_by_key(|it| it.0)
            && people < k
        {
            return Ok(Some((people, row.keys().copied().collect())));
        }
        Search::new(&self, small.into_values().collect(), k, most).run()
    }
}

/// The narrowest combination about fewer than `k` people, if there is one or that cannot be decided.
pub fn audit(published: &Published, k: u64) -> Option<Finding> {
    match Classes::of(published, k)?.narrowest(k, MOST_COMBINATIONS) {
        Ok(found) => found.map(|(people, _)| Finding::Disclosed { people }),
        Err(dimension) => Some(Finding::Undecided { dimension }),
    }
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
    fn new(classes: &'a Classes, basis: Vec<Row>, k: u64, most: usize) -> Self {
        let mut columns: Vec<usize> = basis.iter().flat_map(|it| it.keys().copied()).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.retain(|&it| classes.size[it] < k);
        Self { classes, basis, columns, k, left: most }
    }

    fn run(mut self) -> Result<Option<(u64, Vec<usize>)>, usize> {
        if self.basis.is_empty() { Ok(None) } else { self.from(0, &mut Vec::new(), 0) }
    }

    /// Tries all ways to go on from `chosen` with columns from `first` on.
    fn from(
        &mut self,
        first: usize,
        chosen: &mut Vec<usize>,
        people: u64,
    ) -> Result<Option<(u64, Vec<usize>)>, usize> {
        for at in first..self.columns.len() {
            let column = self.columns[at];
            let people = people + self.classes.size[column];
            if people >= self.k {
                continue;
            }
            if self.left == 0 {
                return Err(self.basis.len());
            }
            self.left -= 1;
            chosen.push(column);
            if self.is_told(chosen) {
                return Ok(Some((people, chosen.clone())));
            }
            if let Some(found) = self.from(at + 1, chosen, people)? {
                return Ok(Some(found));
            }
            chosen.pop();
        }
        Ok(None)
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
