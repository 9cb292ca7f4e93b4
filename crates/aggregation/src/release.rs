//! The release of a wave: its atoms, coarsened, and the pages made of them.

mod change;
mod check;
mod details;
mod make;
#[cfg(test)]
mod tests;

use std::fmt;

use tideline_domain::{ClosedWave, PerScale, Scale, UnitId, UnitTree, Wave};

use crate::{
    Block, Coverage, Interval, ItemSums, MinGroup, Page, Participation, PersonScores, Policy,
    Subject, Thirds, audit::Finding, coarsen::Coarsening, page::mean_of_cells,
};

pub use self::change::{Before, Move, RosterChange};

/// The direct staff of one or more units, as one cohort: the finest thing a tally can tell apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Group {
    /// Whose staff; in no other group.
    pub units: Vec<UnitId>,
    /// How many were asked. Unit: people.
    pub headcount: u32,
    /// The scores of those who answered, in any order.
    pub scores: Vec<PersonScores>,
    /// Their answers item by item, added up; none where only scores are known.
    pub items: ItemSums,
}

/// Scores are close to answers and never printed.
impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Group({} units, {} asked, …)", self.units.len(), self.headcount)
    }
}

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
    /// Answers on each scale. Unit: people.
    pub n: PerScale<u32>,
    /// The coarsened total on each scale. Unit: points.
    pub total: PerScale<Interval>,
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
    /// An atom's total is not a coarsened one.
    #[error("an atom's total is not one of the cells for {n} answers")]
    NotACell {
        /// Its answers.
        n: u32,
    },
    /// The pooled standard deviation is not one that is ever published.
    #[error("the pooled standard deviation is out of range")]
    PooledSd,
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
    /// Unions of atoms of which answers are told item by item.
    pub blocks: Vec<Block>,
    /// For each atom: how its people changed since the wave before.
    pub roster: Vec<RosterChange>,
}

/// What is published of a wave. Immutable; everything ever shown is worked out from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    wave: Wave,
    tree: UnitTree,
    k: MinGroup,
    pooled_sd: PerScale<f64>,
    atoms: Vec<Atom>,
    turnout: Turnout,
    index: Index,
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
            holder: vec![None; tree.len()],
        };
        for (at, (units, atom)) in places.iter().zip(atoms).enumerate() {
            let top = tree.lowest_common_ancestor(units);
            for above in tree.path_up(top) {
                it.inside[above].push(at);
            }
            let each = f64::from(atom.people()) / units.len() as f64;
            for &unit in units {
                it.holder[unit] = Some(at);
                for below in tree.path_up(unit).take_while(|&it| it != top) {
                    it.beyond[below] += each;
                }
            }
        }
        it
    }
}

impl Atom {
    /// The fewest answers it has on a scale. Unit: people.
    fn people(&self) -> u32 {
        Scale::ALL.map(|it| *self.n.get(it)).into_iter().fold(u32::MAX, u32::min)
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
    let pooled_sd = make::pooled_sd(&made);
    let atoms = made.iter().map(make::Exact::coarsen).collect();
    let released =
        Release::restore(wave.wave().clone(), tree.clone(), policy.k, pooled_sd, atoms, turnout)?;
    let details = details::make(&released, &made);
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
        pooled_sd: PerScale<f64>,
        mut atoms: Vec<Atom>,
        turnout: Turnout,
    ) -> Result<Self, ReleaseError> {
        let places = check::put_in_order(&tree, &mut atoms)?;
        check::atoms(&atoms, k, turnout)?;
        check::pooled_sd(&atoms, &pooled_sd)?;
        let index = Index::new(&tree, &places, &atoms);
        let blocks_inside = vec![Vec::new(); tree.len()];
        let details = Details {
            spreads: vec![PerScale::default(); atoms.len()],
            blocks: Vec::new(),
            roster: vec![RosterChange::Unknown; atoms.len()],
        };
        Ok(Self { wave, tree, k, pooled_sd, atoms, turnout, index, details, blocks_inside })
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

    /// Standard deviation of people's scores within atoms, pooled over all of them; points from 10 to
    /// 50, one decimal. 22 where it would be about too few people.
    pub const fn pooled_sd(&self) -> &PerScale<f64> {
        &self.pooled_sd
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
            let cells: Vec<(u32, Interval)> =
                atoms.iter().map(|it| (*it.n.get(scale), *it.total.get(scale))).collect();
            mean_of_cells(&cells, Coarsening::SCORE, *self.pooled_sd.get(scale), false)
        });
        let PerScale { burnout: Some(burnout), sts: Some(sts), cs: Some(cs) } = figures else {
            return None;
        };
        let figures = PerScale { burnout, sts, cs };
        let people: u32 = atoms.iter().map(|it| it.people()).sum();
        let asked: f64 = atoms.iter().map(|it| f64::from(it.people()) / it.took_part.share()).sum();
        let took_part = match atoms {
            [atom] => atom.took_part,
            _ => Participation::of_share(f64::from(people) / asked),
        };
        let coverage = Coverage::of_share(f64::from(people) / (f64::from(people) + beyond));
        Some(Page { figures, coverage, took_part, people })
    }
}
