//! Spreads and blocks: made, checked, and read as pages.

use tideline_domain::{PerScale, Scale, UnitId};

use super::{Details, Release, ReleaseError, make::Exact};
use crate::{
    Block, Coverage, DetailPage, ItemSums, Spread, Subject,
    audit::bounds,
    coarsen::Coarsening,
    detail::DETAIL_PEOPLE,
    plan::{Standing, plan},
    spread::{self, SPREAD_FACTOR},
};

/// Of a page's people, at least this share must be in atoms with a spread.
const SPREAD_SHARE: f64 = 0.5;

/// What may be told besides the means. `made` are the release's atoms before coarsening, in its order.
pub(super) fn make(release: &Release, made: &[Exact]) -> Details {
    let spreads =
        made.iter().map(|it| PerScale::from_fn(|scale| it.thirds(scale, release.k))).collect();
    let (mut blocks, mut sums): (Vec<Block>, Vec<ItemSums>) = (Vec::new(), Vec::new());
    for atoms in put_together(release) {
        let mut all = ItemSums::default();
        for &at in &atoms {
            all.extend(made[at].items());
        }
        blocks.push(Block { atoms, items: all.coarsen(release.k) });
        sums.push(all);
    }
    for scale in Scale::ALL {
        let narrows = |block: &Block, sums: &ItemSums| {
            let told = |&at: &usize| {
                let atom = &release.atoms[at];
                let total = atom.total.get(scale);
                (u64::from(*atom.n.get(scale)), f64::from(total.lo), f64::from(total.hi))
            };
            let score = block.atoms.iter().map(|&at| made[at].total(scale)).sum();
            let totals = block.atoms.iter().map(told).collect();
            sums.linked(scale, &block.items, totals, score)
                .is_some_and(|it| !bounds::leaves_the_whole_scale(&it))
        };
        if blocks.iter().zip(&sums).any(|(block, sums)| narrows(block, sums)) {
            // For everybody, so that it does not tell whom it would have been about.
            let names: Vec<&str> = sums.iter().flat_map(|it| it.names_of(scale)).collect();
            for block in &mut blocks {
                block.items.retain(|it| !names.contains(&it.item.as_str()));
            }
        }
    }
    blocks.retain(|it| !it.items.is_empty());
    Details { spreads, blocks, roster: Vec::new() }
}

/// Puts atoms together until each block has enough people. Depends on what is published only.
fn put_together(release: &Release) -> Vec<Vec<usize>> {
    let tree = &release.tree;
    let mut parents: Vec<Option<usize>> = (0..tree.len()).map(|it| tree.parent(it)).collect();
    let mut people = vec![0; tree.len()];
    for atom in &release.atoms {
        let places: Vec<usize> = atom.units.iter().filter_map(|it| tree.index_of(*it)).collect();
        parents.push(Some(tree.lowest_common_ancestor(&places)));
        people.push(atom.people());
    }
    let standing = vec![Standing::New; parents.len()];
    let plan = plan(&parents, &people, &people, DETAIL_PEOPLE.max(release.k.people()), &standing);
    let sorted = |mut atoms: Vec<usize>| {
        atoms.sort_unstable();
        atoms
    };
    plan.atoms
        .into_iter()
        .map(|it| sorted(it.into_iter().map(|node| node - tree.len()).collect()))
        .collect()
}

impl Release {
    /// Adds what is told besides the means, as it was stored; everything is checked again.
    ///
    /// # Errors
    ///
    /// [`ReleaseError::Details`] if it is not what would be told of these atoms.
    pub fn with_details(mut self, mut details: Details) -> Result<Self, ReleaseError> {
        if details.spreads.is_empty() {
            details.spreads.resize(self.atoms.len(), PerScale::default());
        }
        if details.roster.is_empty() {
            details.roster.resize(self.atoms.len(), super::RosterChange::Unknown);
        }
        self.check_spreads(&details.spreads)?;
        self.check_roster(&details.roster)?;
        self.check_blocks(&details.blocks)?;
        for (at, block) in details.blocks.iter().enumerate() {
            let places: Vec<usize> = block
                .atoms
                .iter()
                .flat_map(|&it| &self.atoms[it].units)
                .filter_map(|it| self.tree.index_of(*it))
                .collect();
            let top = self.tree.lowest_common_ancestor(&places);
            for above in self.tree.path_up(top) {
                self.blocks_inside[above].push(at);
            }
        }
        self.details = details;
        Ok(self)
    }

    fn check_spreads(
        &self,
        spreads: &[PerScale<Option<crate::Thirds>>],
    ) -> Result<(), ReleaseError> {
        if spreads.len() != self.atoms.len() {
            return Err(ReleaseError::Details("there is not one spread for each atom"));
        }
        for (atom, spread) in self.atoms.iter().zip(spreads) {
            for (scale, thirds) in spread.iter() {
                let Some(thirds) = thirds else { continue };
                let n = *atom.n.get(scale);
                if n < SPREAD_FACTOR * self.k.people() || !thirds.is_coarse(n) {
                    return Err(ReleaseError::Details("a spread is not a coarse one"));
                }
                if !thirds.leaves_the_whole_scale(*atom.total.get(scale), n) {
                    return Err(ReleaseError::Details("a spread narrows somebody down"));
                }
            }
        }
        Ok(())
    }

    fn check_blocks(&self, blocks: &[Block]) -> Result<(), ReleaseError> {
        let mut seen = vec![false; self.atoms.len()];
        for block in blocks {
            let mut people = 0;
            for &at in &block.atoms {
                let atom = self.atoms.get(at).ok_or(ReleaseError::Details("no such atom"))?;
                if std::mem::replace(&mut seen[at], true) {
                    return Err(ReleaseError::Details("an atom is in two blocks"));
                }
                people += atom.people();
            }
            if people < DETAIL_PEOPLE {
                return Err(ReleaseError::Details("a block has too few people"));
            }
            for (at, item) in block.items.iter().enumerate() {
                if item.n < self.k.people() || !Coarsening::ANSWER.is_cell(item.total, item.n) {
                    return Err(ReleaseError::Details("an item's total is not a coarse one"));
                }
                if block.items[..at].iter().any(|it| it.item == item.item) {
                    return Err(ReleaseError::Details("an item is told twice"));
                }
            }
        }
        Ok(())
    }

    /// What is told besides the means, as it is stored.
    pub const fn details(&self) -> &Details {
        &self.details
    }

    /// How the people of `subject` spread over `scale`, for pages and charts. `None` if the subject
    /// has no page, or less than half of its people are in atoms of at least twice the smallest group.
    pub fn spread(&self, subject: &Subject, scale: Scale) -> Option<Spread> {
        self.page_of(subject)?;
        let atoms = self.atoms_of(subject);
        let n_of = |at: usize| *self.atoms[at].n.get(scale);
        let all: u32 = atoms.iter().map(|&it| n_of(it)).sum();
        let (mut n, mut parts) = (0, [0.0; 3]);
        for at in atoms {
            let Some(thirds) = self.details.spreads.get(at).and_then(|it| *it.get(scale)) else {
                continue;
            };
            // Steps are rounded one by one; shares of this atom add up to its people again.
            let counts = thirds.cells().map(spread::representative);
            let sum: f64 = counts.iter().sum();
            for (part, count) in parts.iter_mut().zip(counts) {
                *part += count / sum * f64::from(n_of(at));
            }
            n += n_of(at);
        }
        let share = f64::from(n) / f64::from(all);
        (n > 0 && share >= SPREAD_SHARE).then(|| Spread {
            n,
            tenths: spread::tenths(parts),
            coverage: Coverage::of_share(share),
        })
    }

    /// Drivers, facets and items of `unit`: of the blocks that lie wholly inside it. `None` if there
    /// are none; [`nearest_detailed`](Self::nearest_detailed) says where to look then.
    pub fn detail(&self, unit: UnitId) -> Option<DetailPage> {
        let at = self.tree.index_of(unit)?;
        let blocks = &self.blocks_inside[at];
        if blocks.is_empty() {
            return None;
        }
        let of_unit: u32 = self.index.inside[at].iter().map(|&it| self.atoms[it].people()).sum();
        let atoms = blocks.iter().flat_map(|&it| &self.details.blocks[it].atoms);
        let people: u32 = atoms.map(|&it| self.atoms[it].people()).sum();
        let all = f64::from(of_unit) + self.index.beyond[at];
        let totals =
            blocks.iter().flat_map(|&it| &self.details.blocks[it].items).cloned().collect();
        let coverage = Coverage::of_share(f64::from(people) / all);
        Some(DetailPage { unit, people, coverage, totals })
    }

    /// `unit` if it has details, or the nearest unit above it that has.
    pub fn nearest_detailed(&self, unit: UnitId) -> Option<UnitId> {
        let at = self.tree.index_of(unit)?;
        let with = |it: &usize| !self.blocks_inside[*it].is_empty();
        self.tree.path_up(at).find(with).map(|it| self.tree.units()[it].id)
    }
}
