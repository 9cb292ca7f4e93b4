//! From groups to atoms with exact totals, and to what may be known of those.

use tideline_domain::{PerScale, Scale, UnitId, UnitTree};

use super::{Atom, Before, Group, Release, ReleaseError, RosterChange, change::roster_changes};
use crate::{
    ItemSums, MinGroup, Participation, Policy, Thirds,
    coarsen::Coarsening,
    plan::{Standing, plan},
    policy::SMALL_GROUP,
    spread::{SPREAD_FACTOR, third_of},
};

/// The pooled standard deviation that is published instead of one about too few people: what teams
/// usually have on a scale of 0 to 100 (21 to 24 in published data). Unit: points.
pub(super) const USUAL_SD: f64 = 22.0;
/// It is published only if it rests on at least so many atoms: with one it would be that atom's own.
pub(super) const SD_ATOMS: usize = 5;
/// And on at least so many people beyond one for each atom, the number from which a group's own
/// spread would be shown too.
pub(super) const SD_FREEDOM: u64 = 30;
/// The least that is published: less would tell that people within teams are all alike. The most
/// is half the scale; what lies above it by chance is no better known.
pub(super) const SD_RANGE: std::ops::RangeInclusive<f64> = 10.0..=50.0;

/// What is summed up over the people of an atom, on one scale. Never leaves [`super::release`].
#[derive(Clone, Copy, Default)]
struct Sums {
    n: u32,
    total: u32,
    squares: u64,
    /// People with a score in each third of the scale.
    thirds: [u32; 3],
}

/// An atom before coarsening.
pub(super) struct Exact {
    /// Place of its first unit in the tree.
    pub(super) first: usize,
    units: Vec<UnitId>,
    sums: PerScale<Sums>,
    items: ItemSums,
    ballots: u32,
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
            ballots: 0,
            asked: 0,
        };
        for group in groups {
            it.asked += group.headcount;
            it.items.extend(&group.items);
            it.ballots += group.scores.len() as u32;
            for scores in &group.scores {
                for (scale, score) in scores.iter() {
                    if let Some(score) = *score {
                        let sums = it.sums.get_mut(scale);
                        sums.n += 1;
                        sums.total += u32::from(score);
                        sums.squares += u64::from(score).pow(2);
                        sums.thirds[third_of(score)] += 1;
                    }
                }
            }
        }
        it
    }

    /// Answers item by item.
    pub(super) const fn items(&self) -> &ItemSums {
        &self.items
    }

    /// The exact total score.
    pub(super) fn total(&self, scale: Scale) -> u64 {
        self.sums.get(scale).total.into()
    }

    /// How its people spread over `scale`, if it has at least twice `k` of them.
    pub(super) fn thirds(&self, scale: Scale, k: MinGroup) -> Option<Thirds> {
        let sums = self.sums.get(scale);
        (sums.n >= SPREAD_FACTOR * k.people())
            .then(|| Thirds::coarsen(sums.thirds, Coarsening::SCORE.cell(sums.total, sums.n)))?
    }

    /// All that may be known of it.
    pub(super) fn coarsen(&self) -> Atom {
        Atom {
            units: self.units.clone(),
            n: self.sums.map(|it| it.n),
            total: self.sums.map(|it| Coarsening::SCORE.cell(it.total, it.n)),
            took_part: Participation::of_share(f64::from(self.ballots) / f64::from(self.asked)),
        }
    }
}

/// Whether a pooled standard deviation over atoms of so many answers may be published.
pub(super) fn may_tell_sd(answers: &[u32]) -> bool {
    let people: u64 = answers.iter().map(|&it| u64::from(it)).sum();
    answers.len() >= SD_ATOMS && people - answers.len() as u64 >= SD_FREEDOM
}

/// The standard deviation within atoms, pooled over all; see [`Release::pooled_sd`].
pub(super) fn pooled_sd(atoms: &[Exact]) -> PerScale<f64> {
    PerScale::from_fn(|scale| {
        let sums: Vec<Sums> = atoms.iter().map(|it| *it.sums.get(scale)).collect();
        let answers: Vec<u32> = sums.iter().map(|it| it.n).collect();
        if !may_tell_sd(&answers) {
            return USUAL_SD;
        }
        let within: f64 = sums
            .iter()
            .map(|it| {
                let (n, total) = (u128::from(it.n), u128::from(it.total));
                (n * u128::from(it.squares) - total * total) as f64 / f64::from(it.n)
            })
            .sum();
        let freedom: u64 = answers.iter().map(|&it| u64::from(it) - 1).sum();
        let sd = (within / freedom as f64).sqrt();
        (sd.clamp(*SD_RANGE.start(), *SD_RANGE.end()) * 10.0).round() / 10.0
    })
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
            let direct = fewest(answers(group));
            it.group[node] = Some(at);
            it.direct[node] = direct;
            // The planner leaves alone whom nobody answered for if they are k or more. Neither must
            // ballots that lack a whole scale be lost, nor must silence show by being withheld.
            it.staff[node] =
                if direct == 0 { group.headcount.min(k.people() - 1) } else { group.headcount };
            it.standing[node] = if guarded[at] {
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
    let small = |group: &Group| fewest(answers(group)) < SMALL_GROUP;
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
    Ok(atoms.iter().map(|it| Exact::of(tree, it)).collect())
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
    let places = |groups: &[&Group]| -> Vec<usize> {
        groups.iter().flat_map(|it| &it.units).filter_map(|it| tree.index_of(*it)).collect()
    };
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
        let of_group = places(&[group]);
        let depth = |atom: &&mut Vec<&Group>| {
            let both = [&places(atom)[..], &of_group[..]].concat();
            tree.depth(tree.lowest_common_ancestor(&both))
        };
        // The first of the deepest: `max_by_key` takes the last of equals.
        if let Some(nearest) = atoms.iter_mut().rev().max_by_key(depth) {
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
