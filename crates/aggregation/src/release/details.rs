//! Spreads and blocks: made, checked, and read as pages.

use tideline_domain::{PerScale, Scale, UnitId};

use super::{Before, Details, Release, ReleaseError, change::people_moved, make::Exact};
use crate::{
    Block, Coverage, DetailPage, Group, ItemSums, People, Spread, Subject, Thirds,
    coarsen::Coarsening,
    detail::DETAIL_PEOPLE,
    plan::{Standing, plan},
    spread::{self, SPREAD_FACTOR},
};

/// Of a page's people, at least this share must be in atoms with a spread.
const SPREAD_SHARE: f64 = 0.5;

/// What may be told besides the means. `made` are the release's atoms before coarsening, in its order.
///
/// A spread is told of a group only as long as it stays the same people: next to an earlier one it would
/// say in which third somebody scores who joined. `changed_since_spread` keeps count.
pub(super) fn make(
    release: &Release,
    made: &[Exact],
    groups: &[Group],
    before: Before<'_>,
) -> Details {
    let mut changed = changed_since_spread(release, groups, before);
    let mut spreads = vec![PerScale::default(); made.len()];
    for ((exact, changed), told) in made.iter().zip(&mut changed).zip(&mut spreads) {
        let asked = exact.asked();
        if changed.is_none_or(|it| it == 0 || 2 * it >= asked.max(2 * release.k.people())) {
            *told = PerScale::from_fn(|scale| exact.thirds(scale, release.k));
            if told.iter().any(|(_, it)| it.is_some()) {
                *changed = Some(0);
            }
        }
    }
    let of_block = |atoms: Vec<usize>| {
        let mut all = ItemSums::default();
        atoms.iter().for_each(|&at| all.extend(made[at].items()));
        Block { items: all.coarsen(release.k), atoms }
    };
    let mut blocks: Vec<Block> = put_together(release).into_iter().map(of_block).collect();
    blocks.retain(|it| !it.items.is_empty());
    Details { spreads, blocks, roster: Vec::new(), changed_since_spread: changed }
}

/// For each atom, how many people came into it or left it since a spread about any of its people was
/// told. From rosters and from what was told, never from answers.
fn changed_since_spread(
    release: &Release,
    groups: &[Group],
    before: Before<'_>,
) -> Vec<Option<u32>> {
    let Some(previous) = before.release else { return vec![None; release.atoms.len()] };
    let units: Vec<&[UnitId]> = release.atoms.iter().map(|it| &it.units[..]).collect();
    let moved = before.moves.map(|moves| people_moved(&units, moves));
    let since = |at: usize| previous.details.changed_since_spread[at];
    release
        .atoms
        .iter()
        .enumerate()
        .map(|(at, atom)| {
            // Not knowing who moved is taken as one who did.
            let moved = moved.as_ref().map_or(1, |it| it[at]);
            let held = |unit: &UnitId| {
                previous.tree.index_of(*unit).and_then(|it| previous.index.holder[it])
            };
            let mut overlapping: Vec<usize> = atom.units.iter().filter_map(held).collect();
            overlapping.sort_unstable();
            overlapping.dedup();
            let apart = |of: usize| {
                // Whether there are people in one of the two only: of units that are in one of the two only.
                let then = &previous.atoms[of];
                let common: u32 = groups
                    .iter()
                    .filter(|it| it.units.iter().all(|unit| then.units.contains(unit)))
                    .filter(|it| it.units.iter().all(|unit| atom.units.contains(unit)))
                    .map(|it| it.headcount)
                    .sum();
                let all = |asked: Option<u32>, people: People| asked.unwrap_or(people.most);
                let (now, then) = (all(atom.asked, atom.people), all(then.asked, then.people));
                let same = atom.units == previous.atoms[of].units;
                !same && now.saturating_sub(common) + then.saturating_sub(common) > 0
            };
            // Counting a group with its neighbours, and apart again, makes nobody another. It is no longer the
            // group that something was told of, so it counts as one.
            let known = overlapping
                .iter()
                .filter_map(|&of| since(of).map(|it| it + moved + u32::from(apart(of))));
            known.min()
        })
        .collect()
}

/// Puts atoms together until each block has enough people. Depends on what is published only.
fn put_together(release: &Release) -> Vec<Vec<usize>> {
    let tree = &release.tree;
    let mut parents: Vec<Option<usize>> = (0..tree.len()).map(|it| tree.parent(it)).collect();
    let mut people = vec![0; tree.len()];
    for atom in &release.atoms {
        let places: Vec<usize> = atom.units.iter().filter_map(|it| tree.index_of(*it)).collect();
        parents.push(Some(tree.lowest_common_ancestor(&places)));
        people.push(atom.people.least);
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

/// How people spread over a scale, as was last told of each of their groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LastSpread {
    /// What was told.
    pub spread: Spread,
    /// Place, in the history, of the earliest release that some of it was told in.
    pub oldest: usize,
}

/// How the people of `subject` spread over `scale`, for pages and charts: of each group what was last told, at the
/// latest release of `history` (oldest first) or before. A group that is joined or left has none told anew for
/// long; the one from before is shown, with its month, as long as fewer than half of those asked are others.
/// Made of what is published already, so it tells nothing more. `None` if the subject has no page, or less than
/// half of its people are in groups with a spread.
pub fn last_spread(history: &[Release], subject: &Subject, scale: Scale) -> Option<LastSpread> {
    let latest = history.last()?;
    latest.page_of(subject)?;
    let atoms = latest.atoms_of(subject);
    let middle = |at: usize| latest.atoms[at].told(scale).people.middle();
    let all: f64 = atoms.iter().map(|&it| middle(it)).sum();
    let (mut people, mut parts, mut told) = (People::exactly(0), [0.0; 3], 0.0);
    let mut oldest = history.len() - 1;
    for at in atoms {
        let Some((wave, thirds, of)) = latest.last_told(history, at, scale) else { continue };
        // Steps are rounded one by one; shares of this atom add up to its people again.
        let counts = thirds.cells().map(spread::representative);
        let sum: f64 = counts.iter().sum();
        for (part, count) in parts.iter_mut().zip(counts) {
            *part += count / sum * middle(at);
        }
        people = people.and(of);
        told += middle(at);
        oldest = oldest.min(wave);
    }
    (people.most > 0 && told / all >= SPREAD_SHARE).then(|| {
        let tenths = spread::tenths(parts);
        let spread = Spread { people, tenths, coverage: Coverage::of_share(told / all) };
        LastSpread { spread, oldest }
    })
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
        if details.changed_since_spread.is_empty() {
            details.changed_since_spread.resize(self.atoms.len(), None);
        }
        if details.changed_since_spread.len() != self.atoms.len() {
            return Err(ReleaseError::Details("there is not one count of changes for each atom"));
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

    fn check_spreads(&self, spreads: &[PerScale<Option<Thirds>>]) -> Result<(), ReleaseError> {
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
                let whole = match atom.asked {
                    Some(_) => thirds.hides_everybody(*atom.total.get(scale), atom.people),
                    None => thirds.leaves_the_whole_scale(*atom.total.get(scale), n),
                };
                if !whole {
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
                people += atom.people.least;
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

    /// The parts of the work of `unit`: of the blocks that lie wholly inside it. `None` if there
    /// are none; [`nearest_detailed`](Self::nearest_detailed) says where to look then.
    pub fn detail(&self, unit: UnitId) -> Option<DetailPage> {
        let at = self.tree.index_of(unit)?;
        let blocks = &self.blocks_inside[at];
        if blocks.is_empty() {
            return None;
        }
        let of_unit: f64 =
            self.index.inside[at].iter().map(|&it| self.atoms[it].people.middle()).sum();
        let atoms = blocks.iter().flat_map(|&it| &self.details.blocks[it].atoms);
        let people = atoms.fold(People::exactly(0), |sum, &it| sum.and(self.atoms[it].people));
        let all = of_unit + self.index.beyond[at];
        let totals =
            blocks.iter().flat_map(|&it| &self.details.blocks[it].items).cloned().collect();
        let k = self.k;
        let coverage = Coverage::of_share(people.middle() / all);
        Some(DetailPage { unit, people, coverage, totals, k })
    }

    /// How the people of the atom at `at` spread over `scale`, as was last told of the same group; with the place
    /// of that release in `history`, of which this is the last. `None` once half of those asked are others, as
    /// a new one is told then if any may be.
    fn last_told(
        &self,
        history: &[Self],
        at: usize,
        scale: Scale,
    ) -> Option<(usize, Thirds, People)> {
        let atom = &self.atoms[at];
        if let Some(thirds) = self.details.spreads[at].get(scale) {
            return Some((history.len() - 1, *thirds, atom.people));
        }
        let changed = self.details.changed_since_spread[at]?;
        if 2 * changed >= atom.asked?.max(2 * self.k.people()) {
            return None;
        }
        for (wave, then) in history.iter().enumerate().rev() {
            let unit = then.tree.index_of(*atom.units.first()?)?;
            let same = then.index.holder[unit]?;
            if then.atoms[same].units != atom.units {
                // It was counted with others that month. What was told of them all is not of this group.
                if then.details.spreads[same].iter().any(|(_, it)| it.is_some()) {
                    return None;
                }
                continue;
            }
            if let Some(thirds) = then.details.spreads[same].get(scale) {
                return Some((wave, *thirds, then.atoms[same].people));
            }
        }
        None
    }

    /// `unit` if it has details, or the nearest unit above it that has.
    pub fn nearest_detailed(&self, unit: UnitId) -> Option<UnitId> {
        let at = self.tree.index_of(unit)?;
        let with = |it: &usize| !self.blocks_inside[*it].is_empty();
        self.tree.path_up(at).find(with).map(|it| self.tree.units()[it].id)
    }
}
