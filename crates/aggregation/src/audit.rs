//! The auditor: what can somebody work out who adds and subtracts everything published?
//!
//! It knows nothing of the planner. It sees published cells as sets of buckets (people who are
//! always counted together) and asks the attacker's question: is there a combination of cells, with
//! any factors, that is about fewer than k people? Exact, by elimination modulo 2^61 - 1.
//! What it cannot decide within bounds it reports too, so that silence means that it looked.

pub mod bounds;
pub mod linear;

/// One published cell: all figures that are about the same people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it claims to be.
    pub kind: Kind,
    /// The buckets it is about.
    pub buckets: Vec<usize>,
    /// The number of people that its figures are told for. Unit: people.
    pub n: u64,
    /// The most people it may be about by what is told; at least `n`, and the same if the exact number is
    /// told.
    pub most: u64,
    /// How many people were asked, if that is public.
    pub asked: Option<u64>,
    /// How many of its people answered in each of these bands, lowest first; none if that is not
    /// told. They follow each other from 0 to the highest answer.
    pub bands: Vec<Band>,
}

impl Cell {
    /// A cell whose number of people is told exactly, and nothing of how they spread.
    pub const fn exactly(kind: Kind, buckets: Vec<usize>, n: u64) -> Self {
        Self { kind, buckets, n, most: n, asked: None, bands: Vec::new() }
    }
}

/// How many people answered within a band of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Lowest answer of it. Unit: points.
    pub from: u64,
    /// Highest answer of it. Unit: points.
    pub to: u64,
    /// Fewest. Unit: people.
    pub fewest: u64,
    /// Most. Unit: people.
    pub most: u64,
}

/// What a cell claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Published by itself, with the range its total lies in (lowest, highest). Unit: points.
    Atom {
        /// Lowest total it may have.
        lo: u64,
        /// Highest total it may have.
        hi: u64,
    },
    /// Worked out from atoms.
    Union,
}

/// Everything published on one scale of one wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// People in each bucket. For colluders, take them off.
    pub buckets: Vec<u64>,
    /// The cells.
    pub cells: Vec<Cell>,
    /// The highest answer one person can give; the lowest is 0. Unit: points.
    pub highest: u64,
}

impl Published {
    /// `cells` over people in so many `buckets`, who answer 0 to `highest`.
    pub const fn of(buckets: Vec<u64>, cells: Vec<Cell>, highest: u64) -> Self {
        Self { buckets, cells, highest }
    }
}

/// Something that must not be published. Cells are told by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// A cell rests on too few answers.
    TooFew {
        /// The cell.
        cell: usize,
        /// Its answers.
        n: u64,
    },
    /// The number of answers published with a cell is not that of its people.
    Miscounted {
        /// The cell.
        cell: usize,
    },
    /// The same people are in two atoms, or an atom is about people nobody knows of.
    TwoAtoms {
        /// The later atom.
        cell: usize,
    },
    /// A union is about people whose atom it does not hold whole.
    SplitsAnAtom {
        /// The union.
        cell: usize,
    },
    /// What is told of an atom rules out answers of one of its people.
    Narrows {
        /// The atom.
        cell: usize,
    },
    /// The number of people told, next to the number asked, shows of somebody that they took part, to
    /// those who know it of fewer than the smallest group.
    ShowsWhoTookPart {
        /// The cell.
        cell: usize,
    },
    /// Some combination of cells is about too few people.
    Disclosed {
        /// How few.
        people: u64,
    },
    /// Too many combinations to look at them all: not shown to be safe, so refused.
    Undecided {
        /// Dimension of the space of combinations that are about small classes only.
        dimension: usize,
    },
}

/// All that is wrong with publishing `published`, for groups of at least `k`. Nothing: publish it.
pub fn audit(published: &Published, k: u64) -> Vec<Finding> {
    let mut findings = ledger(published, k);
    findings.extend(bounds::audit(published));
    findings.extend(linear::audit(published, k));
    findings
}

/// Simple contradictions.
fn ledger(published: &Published, k: u64) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut atom_of: Vec<Option<usize>> = vec![None; published.buckets.len()];
    for (at, cell) in published.cells.iter().enumerate() {
        if cell.n < k {
            findings.push(Finding::TooFew { cell: at, n: cell.n });
        }
        let people: u64 = cell.buckets.iter().filter_map(|&it| published.buckets.get(it)).sum();
        // Where the number is told exactly it must be right. Where a class is told, one may have skipped
        // the scale, and more may have answered it than every scale.
        let right = if cell.most == cell.n { people == cell.n } else { people + 1 >= cell.n };
        if !right || cell.most < cell.n {
            findings.push(Finding::Miscounted { cell: at });
        }
        if let Some(asked) = cell.asked
            && (cell.n > k.max(asked.saturating_sub(k)) || cell.most > asked || asked < k + 2)
        {
            findings.push(Finding::ShowsWhoTookPart { cell: at });
        }
        if let Kind::Atom { .. } = cell.kind {
            let mut twice = false;
            for &bucket in &cell.buckets {
                twice |= atom_of.get_mut(bucket).is_none_or(|it| it.replace(at).is_some());
            }
            if twice {
                findings.push(Finding::TwoAtoms { cell: at });
            }
        }
    }
    for (at, cell) in published.cells.iter().enumerate() {
        if cell.kind == Kind::Union && !is_union(cell, published, &atom_of) {
            findings.push(Finding::SplitsAnAtom { cell: at });
        }
    }
    findings
}

/// Whether `cell` holds each of its buckets' atoms whole.
fn is_union(cell: &Cell, published: &Published, atom_of: &[Option<usize>]) -> bool {
    let mut atoms: Vec<Option<usize>> =
        cell.buckets.iter().map(|&it| atom_of.get(it).copied().flatten()).collect();
    atoms.sort_unstable();
    atoms
        .chunk_by(|a, b| a == b)
        .all(|of_one| of_one[0].is_some_and(|it| published.cells[it].buckets.len() == of_one.len()))
}

#[cfg(test)]
mod tests;
