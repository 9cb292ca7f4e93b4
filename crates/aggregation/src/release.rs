//! The release of a wave: its atoms, coarsened, and the pages made of them.

mod change;
mod check;
mod details;
mod make;
mod preview;
mod rest;
#[cfg(test)]
mod tests;

use tideline_domain::{ClosedWave, PerScale, Scale, UnitId, UnitTree, Wave};

use crate::{
    Block, Coverage, Group, Interval, MinGroup, Page, Participation, People, Policy, Subject,
    Thirds,
    audit::Finding,
    coarsen::Coarsening,
    page::{Told, WITHIN_TEAM_SD, mean_of_cells, variance_around_all_staff},
};

pub use self::{
    change::{Before, Move, RosterChange},
    details::{LastSpread, last_spread},
    preview::{Shown, shown},
    rest::Rest,
};

/// Who took part in the whole organisation. Unit: people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// Who was asked.
    pub eligible: u32,
    /// Ballots in the box.
    pub ballots: u32,
    /// Ballots that could not be read.
    pub spoilt: u32,
}

/// A disjoint group of people: the smallest thing ever published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// The units whose direct staff it holds, in the order of the tree.
    pub units: Vec<UnitId>,
    /// How many people each scale's total is told for: the least of [`people`](Self::people), the same
    /// on each scale. In releases of earlier versions, the exact number of answers.
    pub n: PerScale<u32>,
    /// The coarsened total on each scale, as it would be for `n` people. Unit: points.
    pub total: PerScale<Interval>,
    /// Between how many people and how many took part.
    pub people: People,
    /// How many were asked, which is public. `None` in releases of earlier versions. Unit: people.
    pub asked: Option<u32>,
    /// How many of those asked took part.
    pub took_part: Participation,
}

/// Why there is no release. Nothing of it is shown then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// A group or an atom names a unit that is not in the tree.
    #[error("unit {0} is not in the tree")]
    UnknownUnit(UnitId),
    /// A unit's staff are in two groups or two atoms.
    #[error("the staff of unit {0} are counted twice")]
    UnitTwice(UnitId),
    /// A group or an atom of no units.
    #[error("a group holds no units")]
    NoUnits,
    /// More answers than people.
    #[error("there are more answers than people asked")]
    MoreAnswersThanPeople,
    /// A score above 100.
    #[error("a score is out of range")]
    ScoreOutOfRange,
    /// The previous release is not of an earlier wave.
    #[error("the release before is not of an earlier wave")]
    NotEarlier,
    /// An atom rests on fewer answers than the smallest group.
    #[error("an atom rests on {n} answers; the smallest group is {k}")]
    TooFew {
        /// Its answers.
        n: u32,
        /// The smallest group.
        k: u32,
    },
    /// What is told of an atom's people is not what would be told of any number of them.
    #[error("an atom's number of people is not told as a class")]
    NotAClass,
    /// An atom's total is not a coarsened one.
    #[error("an atom's total is not one of the cells for {n} answers")]
    NotACell {
        /// Its answers.
        n: u32,
    },
    /// A spread or a block of items is not one that would be published of these atoms.
    #[error("the details do not fit the release: {0}")]
    Details(&'static str),
    /// The auditor found that something could be worked out about too few people.
    #[error("the audit found {} leaks", .0.len())]
    Audit(Vec<Finding>),
}

/// What a release tells besides the three means. Empty where no group is large enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// For each atom, in the order of the release: how its people spread over each scale, if it has
    /// at least twice the smallest group on it.
    pub spreads: Vec<PerScale<Option<Thirds>>>,
    /// Unions of atoms of which answers about parts of the work are told.
    pub blocks: Vec<Block>,
    /// For each atom: how its people changed since the wave before.
    pub roster: Vec<RosterChange>,
    /// For each atom: how many people came into it or left it since a spread of any of its people was
    /// told; 0 if it is told in this release, `None` if there never was one.
    pub changed_since_spread: Vec<Option<u32>>,
}

/// What is published of a wave. Immutable; everything ever shown is worked out from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    wave: Wave,
    tree: UnitTree,
    k: MinGroup,
    atoms: Vec<Atom>,
    turnout: Turnout,
    index: Index,
    sums: PerScale<rest::Sums>,
    details: Details,
    /// Blocks wholly inside each unit, by its place in the tree.
    blocks_inside: Vec<Vec<usize>>,
}

/// Where atoms lie, by index of the unit in the tree.
#[derive(Debug, Clone, PartialEq)]
struct Index {
    /// Atoms wholly inside the unit.
    inside: Vec<Vec<usize>>,
    /// People of the unit in atoms that reach beyond it; an estimate, see [`Index::new`].
    beyond: Vec<f64>,
    /// Atoms that hold some of the unit's people and reach beyond it, in order.
    across: Vec<Vec<usize>>,
    /// The atom that holds the unit's direct staff.
    holder: Vec<Option<usize>>,
}

impl Index {
    /// Nobody is told how many people of a pool come from which of its units, so the people of an
    /// atom that reaches beyond a unit are spread evenly over the atom's units.
    fn new(tree: &UnitTree, places: &[Vec<usize>], atoms: &[Atom]) -> Self {
        let mut it = Self {
            inside: vec![Vec::new(); tree.len()],
            beyond: vec![0.0; tree.len()],
            across: vec![Vec::new(); tree.len()],
            holder: vec![None; tree.len()],
        };
        for (at, (units, atom)) in places.iter().zip(atoms).enumerate() {
            let top = tree.lowest_common_ancestor(units);
            for above in tree.path_up(top) {
                it.inside[above].push(at);
            }
            let each = atom.people.middle() / units.len() as f64;
            for &unit in units {
                it.holder[unit] = Some(at);
                for below in tree.path_up(unit).take_while(|&it| it != top) {
                    it.beyond[below] += each;
                    if it.across[below].last() != Some(&at) {
                        it.across[below].push(at);
                    }
                }
            }
        }
        it
    }
}

impl Atom {
    /// The least share of those asked that took part, as far as is told, 0 to 1.
    fn lowest_share(&self) -> f64 {
        match self.asked {
            Some(asked) => f64::from(self.people.least) / f64::from(asked.max(1)),
            None => self.took_part.lowest_share(),
        }
    }

    /// What is told of it on `scale`.
    fn told(&self, scale: Scale) -> Told {
        let n = *self.n.get(scale);
        let weight = if self.asked.is_some() { self.people.middle() } else { f64::from(n) };
        Told { people: self.people, weight, n, total: *self.total.get(scale) }
    }
}

/// Plans, coarsens and audits the release of a closed wave. The exact totals end here.
///
/// Every answer is in exactly one atom. There are none at all if the organisation has fewer answers
/// than the smallest group on any scale. The release `before` keeps the pattern of pages stable from
/// wave to wave; who joined and left since is noted in [`Details::roster`], and keeps small groups from
/// standing alone if the policy says so.
///
/// # Errors
///
/// [`ReleaseError`] if the groups contradict the tree or each other, or the audit finds anything.
pub fn release<'a>(
    wave: ClosedWave<'_>,
    tree: &UnitTree,
    groups: Vec<Group>,
    turnout: Turnout,
    policy: &Policy,
    before: impl Into<Before<'a>>,
) -> Result<Release, ReleaseError> {
    let before = before.into();
    if before.release.is_some_and(|it| it.wave.seq >= wave.wave().seq) {
        return Err(ReleaseError::NotEarlier);
    }
    let mut made = make::atoms(tree, &groups, policy, before)?;
    made.sort_by_key(|it| it.first);
    let atoms = made.iter().map(|it| it.coarsen(policy.k)).collect();
    let released = Release::restore(wave.wave().clone(), tree.clone(), policy.k, atoms, turnout)?;
    let details = details::make(&released, &made, &groups, before);
    let mut released = released.with_details(details)?;
    if let Some(moves) = before.moves {
        released = released.compared_with_roster_before(moves);
    }
    check::audit(&released, &groups)?;
    Ok(released)
}

impl Release {
    /// A release as it was stored; everything is checked again. The order of atoms, and of the units
    /// of each, does not matter.
    ///
    /// # Errors
    ///
    /// [`ReleaseError`] if it is none that [`release`] would have made.
    pub fn restore(
        wave: Wave,
        tree: UnitTree,
        k: MinGroup,
        mut atoms: Vec<Atom>,
        turnout: Turnout,
    ) -> Result<Self, ReleaseError> {
        let places = check::put_in_order(&tree, &mut atoms)?;
        check::atoms(&atoms, k, turnout)?;
        let index = Index::new(&tree, &places, &atoms);
        let sums = rest::sums(&atoms);
        let blocks_inside = vec![Vec::new(); tree.len()];
        let details = Details {
            spreads: vec![PerScale::default(); atoms.len()],
            blocks: Vec::new(),
            roster: vec![RosterChange::Unknown; atoms.len()],
            changed_since_spread: vec![None; atoms.len()],
        };
        Ok(Self { wave, tree, k, atoms, turnout, index, sums, details, blocks_inside })
    }

    /// Runs the auditor again, on nothing but what is published. Nothing found: an empty list.
    pub fn audit(&self) -> Vec<Finding> {
        check::audit_alone(self)
    }

    /// The wave.
    pub const fn wave(&self) -> &Wave {
        &self.wave
    }

    /// The tree of units as frozen for the wave.
    pub const fn tree(&self) -> &UnitTree {
        &self.tree
    }

    /// The smallest group of this release.
    pub const fn k(&self) -> MinGroup {
        self.k
    }

    /// The atoms, in the order of the tree.
    pub fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// The atoms that lie wholly inside `unit`, each with its place among all: what its page is made
    /// of.
    pub fn atoms_inside(&self, unit: UnitId) -> impl Iterator<Item = (usize, &Atom)> {
        let inside = self.tree.index_of(unit).map(|at| self.index.inside[at].as_slice());
        inside.unwrap_or_default().iter().map(|&at| (at, &self.atoms[at]))
    }

    /// Who took part in the whole organisation.
    pub const fn turnout(&self) -> Turnout {
        self.turnout
    }

    /// What `unit` shows: the union of the atoms that lie wholly inside it. `None` if there are none.
    pub fn page(&self, unit: UnitId) -> Option<Page> {
        let at = self.tree.index_of(unit)?;
        let atoms: Vec<&Atom> = self.index.inside[at].iter().map(|&it| &self.atoms[it]).collect();
        self.page_of_atoms(&atoms, self.index.beyond[at])
    }

    /// What a member of `unit` gets to see: its own page; or the pool that its direct staff are
    /// counted in; or nothing.
    pub fn subject_of(&self, unit: UnitId) -> Option<Subject> {
        let at = self.tree.index_of(unit)?;
        if !self.index.inside[at].is_empty() {
            return Some(Subject::Unit(unit));
        }
        self.index.holder[at].map(|it| Subject::Pool(self.atoms[it].units.clone()))
    }

    /// The page of `subject`, if this release has it. A pool has one if an atom holds exactly its
    /// units, in whatever order.
    pub fn page_of(&self, subject: &Subject) -> Option<Page> {
        match subject {
            Subject::Unit(unit) => self.page(*unit),
            Subject::Pool(units) => {
                let at = self.tree.index_of(*units.first()?)?;
                let atom = &self.atoms[self.index.holder[at]?];
                let same = units.len() > 1
                    && atom.units.len() == units.len()
                    && atom.units.iter().all(|it| units.contains(it));
                if same { self.page_of_atoms(&[atom], 0.0) } else { None }
            }
        }
    }

    /// The nearest unit above `unit` that has a page.
    pub fn nearest_shown(&self, unit: UnitId) -> Option<UnitId> {
        let at = self.tree.index_of(unit)?;
        let shown = |it: &usize| !self.index.inside[*it].is_empty();
        self.tree.path_up(at).skip(1).find(shown).map(|it| self.tree.units()[it].id)
    }

    fn page_of_atoms(&self, atoms: &[&Atom], beyond: f64) -> Option<Page> {
        if atoms.is_empty() {
            return None;
        }
        let figures = PerScale::from_fn(|scale| {
            let cells: Vec<Told> = atoms.iter().map(|it| it.told(scale)).collect();
            let figure = mean_of_cells(&cells, Coarsening::SCORE, WITHIN_TEAM_SD)?;
            let parts: Vec<(f64, f64)> = cells
                .iter()
                .zip(atoms)
                .map(|(told, it)| (told.weight, it.lowest_share()))
                .collect();
            let people: f64 = parts.iter().map(|it| it.0).sum();
            let coarsening = figure.variance - WITHIN_TEAM_SD.powi(2) / people;
            let around = variance_around_all_staff(&parts, WITHIN_TEAM_SD) + coarsening;
            Some(figure.with_range(around))
        });
        let PerScale { burnout: Some(burnout), sts: Some(sts), cs: Some(cs) } = figures else {
            return None;
        };
        let figures = PerScale { burnout, sts, cs };
        let people = atoms.iter().fold(People::exactly(0), |sum, it| sum.and(it.people));
        let asked: f64 = atoms
            .iter()
            .map(|it| it.asked.map_or_else(|| it.people.middle() / it.took_part.share(), f64::from))
            .sum();
        let took_part = match atoms {
            [atom] => atom.took_part,
            _ => Participation::of_share(people.middle() / asked),
        };
        let coverage = Coverage::of_share(people.middle() / (people.middle() + beyond));
        Some(Page { figures, coverage, took_part, people })
    }
}
