//! From groups to atoms with exact totals, and to what may be known of those.

use tideline_domain::{PerScale, Scale, UnitId, UnitTree};

use super::{Atom, Before, Release, ReleaseError, RosterChange, change::roster_changes};
use crate::{
    Group, Interval, ItemSums, MinGroup, Participation, People, Policy, Thirds,
    coarsen::Coarsening,
    people::{ROOM, scaled},
    plan::{Standing, plan},
    policy::SMALL_GROUP,
    spread::{SPREAD_FACTOR, third_of},
};

/// What is summed up over the people of an atom, on one scale. Never leaves [`super::release`].
#[derive(Clone, Copy, Default)]
struct Sums {
    n: u32,
    total: u32,
    /// People with a score in each third of the scale.
    thirds: [u32; 3],
}

/// An atom before coarsening.
pub(super) struct Exact {
    /// Place of its first unit in the tree.
    pub(super) first: usize,
    pub(super) units: Vec<UnitId>,
    sums: PerScale<Sums>,
    items: ItemSums,
    /// People who answered anything of the three scales.
    took_part: u32,
    asked: u32,
}

impl Exact {
    fn of(tree: &UnitTree, groups: &[&Group]) -> Self {
        let mut places: Vec<usize> =
            groups.iter().flat_map(|it| &it.units).filter_map(|it| tree.index_of(*it)).collect();
        places.sort_unstable();
        let mut it = Self {
            first: places.first().copied().unwrap_or(0),
            items: ItemSums::default(),
            units: places.into_iter().map(|it| tree.units()[it].id).collect(),
            sums: PerScale::default(),
            took_part: 0,
            asked: 0,
        };
        for group in groups {
            it.asked += group.headcount;
            it.items.extend(&group.items);
            it.took_part += took_part(group);
            for scores in &group.scores {
                for (scale, score) in scores.iter() {
                    if let Some(score) = *score {
                        let sums = it.sums.get_mut(scale);
                        sums.n += 1;
                        sums.total += u32::from(score);
                        sums.thirds[third_of(score)] += 1;
                    }
                }
            }
        }
        it
    }

    /// How many people were asked.
    pub(super) const fn asked(&self) -> u32 {
        self.asked
    }

    /// Answers item by item.
    pub(super) const fn items(&self) -> &ItemSums {
        &self.items
    }

    /// How many people all three scales are told of: those of the scale with the fewest. One who skipped
    /// a scale does not take the smallest of groups its page.
    fn counted(&self, k: MinGroup) -> u32 {
        counted(self.sums.map(|it| it.n), self.took_part, k)
    }

    /// What is told of its people.
    fn people(&self, k: MinGroup) -> People {
        People::told(self.counted(k), self.asked, k.people())
    }

    /// What is told of its total on a scale, for `n` people.
    fn total_for(&self, scale: Scale, n: u32) -> Interval {
        let sums = self.sums.get(scale);
        Coarsening::SCORE.told(sums.total, sums.n, n)
    }

    /// How its people spread over `scale`, if it has at least twice `k` of them.
    pub(super) fn thirds(&self, scale: Scale, k: MinGroup) -> Option<Thirds> {
        let sums = self.sums.get(scale);
        let people = self.people(k);
        let n = people.least;
        if n < SPREAD_FACTOR * k.people() {
            return None;
        }
        let counts = sums.thirds.map(|it| scaled(it, sums.n, n));
        Thirds::coarsen(counts, self.total_for(scale, n), people)
    }

    /// All that may be known of it.
    pub(super) fn coarsen(&self, k: MinGroup) -> Atom {
        let people = self.people(k);
        let n = people.least;
        Atom {
            units: self.units.clone(),
            n: PerScale::from_fn(|_| n),
            total: PerScale::from_fn(|scale| self.total_for(scale, n)),
            people,
            asked: Some(self.asked),
            took_part: Participation::of(people, self.asked),
        }
    }
}

/// Groups as the planner sees them: counts at the nodes of a tree.
struct Counts {
    parents: Vec<Option<usize>>,
    direct: Vec<u32>,
    staff: Vec<u32>,
    standing: Vec<Standing>,
    /// The group at each node.
    group: Vec<Option<usize>>,
}

/// Answers of a group on each scale.
fn answers(group: &Group) -> PerScale<u32> {
    PerScale::from_fn(|scale| {
        group.scores.iter().filter(|it| it.get(scale).is_some()).count() as u32
    })
}

fn fewest(answers: PerScale<u32>) -> u32 {
    answers.burnout.min(answers.sts).min(answers.cs)
}

/// People who answered anything of the three scales.
fn took_part(group: &Group) -> u32 {
    group.scores.iter().filter(|it| it.iter().any(|(_, it)| it.is_some())).count() as u32
}

/// How many people count of those who `took_part`, with so many `answers` on each scale: the fewest; but
/// the smallest group if it lacks just one for that, and never with fewer answers than the floor.
///
/// Totals are coarsened by the number of those who really answered ([`Coarsening::told`]), so everybody
/// keeps the whole scale then too.
fn counted(answers: PerScale<u32>, took_part: u32, k: MinGroup) -> u32 {
    let (fewest, k) = (fewest(answers), k.people());
    let one_short = fewest + 1 == k && took_part >= k && fewest >= MinGroup::FLOOR;
    if one_short { k } else { fewest }
}

impl Counts {
    /// The staff of one unit are a piece of its node; a group of several units hangs as a leaf below
    /// the lowest unit that holds them all.
    fn new(tree: &UnitTree, groups: &[Group], policy: &Policy, before: Before<'_>) -> Self {
        let k = policy.k;
        let guarded = guarded(groups, policy, before);
        let mut it = Self {
            parents: (0..tree.len()).map(|at| tree.parent(at)).collect(),
            direct: vec![0; tree.len()],
            staff: vec![0; tree.len()],
            standing: vec![Standing::New; tree.len()],
            group: vec![None; tree.len()],
        };
        for (at, group) in groups.iter().enumerate() {
            let places: Vec<usize> =
                group.units.iter().filter_map(|it| tree.index_of(*it)).collect();
            let node = match places[..] {
                [unit] => unit,
                _ => {
                    it.parents.push(Some(tree.lowest_common_ancestor(&places)));
                    it.direct.push(0);
                    it.staff.push(0);
                    it.standing.push(Standing::New);
                    it.group.push(None);
                    it.parents.len() - 1
                }
            };
            let direct = counted(answers(group), took_part(group), k);
            it.group[node] = Some(at);
            it.direct[node] = direct;
            // The planner leaves alone whom nobody answered for if they are k or more. Neither must
            // ballots that lack a whole scale be lost, nor must silence show by being withheld.
            it.staff[node] =
                if direct == 0 { group.headcount.min(k.people() - 1) } else { group.headcount };
            let no_room = group.headcount < k.people() + ROOM;
            it.standing[node] = if guarded[at] || no_room {
                Standing::NotAlone
            } else if before.release.is_some_and(|it| stood_alone(it, group)) {
                Standing::AloneBefore
            } else {
                Standing::New
            };
        }
        it
    }
}

/// Which groups the roster guard keeps from standing alone.
fn guarded(groups: &[Group], policy: &Policy, before: Before<'_>) -> Vec<bool> {
    if !policy.roster_guard || before.release.is_none() {
        return vec![false; groups.len()];
    }
    let units: Vec<&[UnitId]> = groups.iter().map(|it| &it.units[..]).collect();
    let changes = before.moves.map_or_else(
        || vec![RosterChange::Unknown; groups.len()],
        |moves| roster_changes(&units, moves),
    );
    let small = |group: &Group| {
        let counted = counted(answers(group), took_part(group), policy.k);
        People::told(counted, group.headcount, policy.k.people()).least < SMALL_GROUP
    };
    groups.iter().zip(changes).map(|(it, change)| small(it) && change.could_be_read()).collect()
}

fn stood_alone(previous: &Release, group: &Group) -> bool {
    previous
        .tree
        .index_of(group.units[0])
        .and_then(|it| previous.index.holder[it])
        .map(|it| &previous.atoms[it].units)
        .is_some_and(|it| {
            it.len() == group.units.len() && it.iter().all(|unit| group.units.contains(unit))
        })
}

/// Cuts `groups` into atoms of at least the smallest group's answers on every scale.
pub(super) fn atoms(
    tree: &UnitTree,
    groups: &[Group],
    policy: &Policy,
    before: Before<'_>,
) -> Result<Vec<Exact>, ReleaseError> {
    let k = policy.k;
    refuse_contradictions(tree, groups)?;
    let counts = Counts::new(tree, groups, policy, before);
    let plan = plan(&counts.parents, &counts.direct, &counts.staff, k.people(), &counts.standing);
    let group_at = |node: &usize| counts.group[*node].map(|it| &groups[it]);
    let mut atoms: Vec<Vec<&Group>> =
        plan.atoms.iter().map(|it| it.iter().filter_map(group_at).collect()).collect();
    let left_out = plan
        .left_out
        .iter()
        .filter_map(|node| Some((group_at(node)?, counts.standing[*node] == Standing::NotAlone)));
    adopt(tree, &mut atoms, left_out.collect(), k);
    make_room(tree, &mut atoms, k);
    let exact = atoms.iter().map(|it| Exact::of(tree, it));
    Ok(exact.filter(|it| it.counted(k) >= k.people()).collect())
}

/// Puts atoms that hardly more people were asked of than the smallest group together with the nearest;
/// with nothing to put them to, nothing is shown. Looks at the roster only.
fn make_room(tree: &UnitTree, atoms: &mut Vec<Vec<&Group>>, k: MinGroup) {
    let asked = |atom: &[&Group]| atom.iter().map(|it| it.headcount).sum::<u32>();
    while let Some(at) = atoms.iter().position(|it| asked(it) < k.people() + ROOM) {
        let small = atoms.remove(at);
        let Some(nearest) = nearest(tree, atoms, &small) else { return };
        nearest.extend(small);
    }
}

fn places(tree: &UnitTree, groups: &[&Group]) -> Vec<usize> {
    groups.iter().flat_map(|it| &it.units).filter_map(|it| tree.index_of(*it)).collect()
}

/// The atom with which `groups` have the lowest unit in common; the first of several.
fn nearest<'a, 'b>(
    tree: &UnitTree,
    atoms: &'b mut [Vec<&'a Group>],
    groups: &[&Group],
) -> Option<&'b mut Vec<&'a Group>> {
    let own = places(tree, groups);
    let depth = |atom: &&mut Vec<&Group>| {
        let both = [&places(tree, atom)[..], &own[..]].concat();
        tree.depth(tree.lowest_common_ancestor(&both))
    };
    // The first of the deepest: `max_by_key` takes the last of equals.
    atoms.iter_mut().rev().max_by_key(depth)
}

/// Puts groups that the planner left out with the nearest atom. Few are: it counts a group's answers
/// on the scale with the fewest, so it may see none where there are some; and it leaves out small
/// units where nobody answered if including them costs several pages. But no answer is dropped, and
/// nothing is told of a few people by their absence. With each group comes whether it is guarded.
fn adopt<'a>(
    tree: &UnitTree,
    atoms: &mut Vec<Vec<&'a Group>>,
    left_out: Vec<(&'a Group, bool)>,
    k: MinGroup,
) {
    if atoms.is_empty() {
        let k = k.people();
        let counted = |&(group, guarded): &(&Group, bool), scale| {
            let all = *answers(group).get(scale);
            if guarded { all.min(k - 1) } else { all }
        };
        let enough = |scale| left_out.iter().map(|it| counted(it, scale)).sum::<u32>() >= k;
        if Scale::ALL.into_iter().all(enough) {
            atoms.push(left_out.into_iter().map(|it| it.0).collect());
        }
        return;
    }
    for (group, _) in left_out {
        if let Some(nearest) = nearest(tree, atoms, &[group]) {
            nearest.push(group);
        }
    }
}

fn refuse_contradictions(tree: &UnitTree, groups: &[Group]) -> Result<(), ReleaseError> {
    let mut seen = vec![false; tree.len()];
    for group in groups {
        if group.units.is_empty() {
            return Err(ReleaseError::NoUnits);
        }
        for &unit in &group.units {
            let at = tree.index_of(unit).ok_or(ReleaseError::UnknownUnit(unit))?;
            if std::mem::replace(&mut seen[at], true) {
                return Err(ReleaseError::UnitTwice(unit));
            }
        }
        if group.scores.len() > group.headcount as usize {
            return Err(ReleaseError::MoreAnswersThanPeople);
        }
        if !group.items.fits(group.scores.len()) {
            return Err(ReleaseError::Details("more answers to an item than people"));
        }
        if group.scores.iter().any(|it| it.iter().any(|(_, it)| it.is_some_and(|it| it > 100))) {
            return Err(ReleaseError::ScoreOutOfRange);
        }
    }
    Ok(())
}
