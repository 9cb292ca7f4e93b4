//! What every release must be, checked when it is made and whenever it is read back.

use tideline_domain::{Scale, UnitId, UnitTree};

use super::{Atom, Release, ReleaseError, Turnout};
use crate::{
    Group, MinGroup, Participation, People, Thirds,
    audit::{Band, Cell, Finding, Kind, Published},
    coarsen::Coarsening,
    people::ROOM,
    spread::THIRDS,
};

/// Sorts atoms and their units by the tree, and returns where the units of each stand.
pub(super) fn put_in_order(
    tree: &UnitTree,
    atoms: &mut Vec<Atom>,
) -> Result<Vec<Vec<usize>>, ReleaseError> {
    let mut seen = vec![false; tree.len()];
    let mut placed = Vec::with_capacity(atoms.len());
    for mut atom in atoms.drain(..) {
        let mut places = Vec::with_capacity(atom.units.len());
        for &unit in &atom.units {
            let at = tree.index_of(unit).ok_or(ReleaseError::UnknownUnit(unit))?;
            if std::mem::replace(&mut seen[at], true) {
                return Err(ReleaseError::UnitTwice(unit));
            }
            places.push(at);
        }
        if places.is_empty() {
            return Err(ReleaseError::NoUnits);
        }
        places.sort_unstable();
        atom.units = places.iter().map(|&it| tree.units()[it].id).collect();
        placed.push((places, atom));
    }
    placed.sort_by_key(|(places, _)| places[0]);
    let (places, ordered) = placed.into_iter().unzip();
    *atoms = ordered;
    Ok(places)
}

/// Whether what is told of an atom's people is what would be told of some number of them; of a release
/// of an earlier version, whatever it told.
fn people(atom: &Atom, k: MinGroup) -> Result<(), ReleaseError> {
    let Some(asked) = atom.asked else { return Ok(()) };
    let told = People::told(atom.people.least, asked, k.people());
    let same = Scale::ALL.into_iter().all(|it| *atom.n.get(it) == told.least);
    let fits = same && told == atom.people && atom.took_part == Participation::of(told, asked);
    if fits && asked >= k.people() + ROOM { Ok(()) } else { Err(ReleaseError::NotAClass) }
}

pub(super) fn atoms(atoms: &[Atom], k: MinGroup, turnout: Turnout) -> Result<(), ReleaseError> {
    for scale in Scale::ALL {
        let mut answers = 0_u64;
        for atom in atoms {
            let n = *atom.n.get(scale);
            if n < k.people() {
                return Err(ReleaseError::TooFew { n, k: k.people() });
            }
            if !Coarsening::SCORE.is_cell(*atom.total.get(scale), n) {
                return Err(ReleaseError::NotACell { n });
            }
            answers += u64::from(n);
        }
        if answers > u64::from(turnout.ballots) {
            return Err(ReleaseError::MoreAnswersThanPeople);
        }
    }
    for atom in atoms {
        people(atom, k)?;
    }
    if turnout.ballots > turnout.eligible {
        return Err(ReleaseError::MoreAnswersThanPeople);
    }
    Ok(())
}

/// Hands everything that `release` will show to the auditor, against who really answered.
pub(super) fn audit(release: &Release, groups: &[Group]) -> Result<(), ReleaseError> {
    let mut findings = Vec::new();
    for scale in Scale::ALL {
        let published = published(release, groups, scale);
        findings.extend(crate::audit::audit(&published, u64::from(release.k.people())));
    }
    findings.extend(audit_items(release));
    if findings.is_empty() { Ok(()) } else { Err(ReleaseError::Audit(findings)) }
}

/// Audits a release as anybody can who has nothing else: a bucket is an atom.
pub(super) fn audit_alone(release: &Release) -> Vec<Finding> {
    let units: Vec<&[UnitId]> = release.atoms.iter().map(|it| it.units.as_slice()).collect();
    let of_items = audit_items(release);
    Scale::ALL
        .into_iter()
        .flat_map(|scale| {
            let answers = release.atoms.iter().map(|it| u64::from(*it.n.get(scale))).collect();
            let published = cells(release, &units, answers, scale);
            crate::audit::audit(&published, u64::from(release.k.people()))
        })
        .chain(of_items)
        .collect()
}

/// The cells of `scale`: all atoms, then the page of each unit that has one. A bucket is a group.
pub(super) fn published(release: &Release, groups: &[Group], scale: Scale) -> Published {
    // Somebody who skipped this scale stands in it with the mean of the others.
    let _ = scale;
    let answered = |it: &Group| {
        it.scores.iter().filter(|it| it.iter().any(|(_, it)| it.is_some())).count() as u64
    };
    let units: Vec<&[UnitId]> = groups.iter().map(|it| it.units.as_slice()).collect();
    cells(release, &units, groups.iter().map(answered).collect(), scale)
}

/// The cells of `scale`, over buckets that hold the staff of `units` and have `answers`.
fn cells(release: &Release, units: &[&[UnitId]], answers: Vec<u64>, scale: Scale) -> Published {
    let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); release.atoms.len()];
    for (at, units) in units.iter().enumerate() {
        let holders = units.iter().filter_map(|it| release.tree.index_of(*it));
        let mut atoms: Vec<usize> = holders.filter_map(|it| release.index.holder[it]).collect();
        atoms.dedup();
        for atom in atoms {
            groups_of[atom].push(at);
        }
    }
    let of_atoms = release.atoms.iter().enumerate().map(|(at, atom)| {
        let total = atom.total.get(scale);
        Cell {
            kind: Kind::Atom { lo: u64::from(total.lo), hi: u64::from(total.hi) },
            buckets: groups_of[at].clone(),
            n: u64::from(*atom.n.get(scale)),
            most: u64::from(atom.told(scale).people.most),
            asked: atom.asked.map(u64::from),
            bands: bands(release.details.spreads[at].get(scale).as_ref()),
        }
    });
    let of_units = release.tree.units().iter().enumerate().filter_map(|(at, unit)| {
        let page = release.page(unit.id)?;
        let atoms = &release.index.inside[at];
        Some(Cell {
            kind: Kind::Union,
            buckets: atoms.iter().flat_map(|&it| &groups_of[it]).copied().collect(),
            n: u64::from(page.figures.get(scale).people.least),
            most: u64::from(page.figures.get(scale).people.most),
            asked: None,
            bands: Vec::new(),
        })
    });
    Published {
        buckets: answers,
        cells: of_atoms.chain(of_units).collect(),
        highest: u64::from(Coarsening::SCORE.max),
    }
}

fn bands(thirds: Option<&Thirds>) -> Vec<Band> {
    let Some(thirds) = thirds else { return Vec::new() };
    THIRDS
        .into_iter()
        .zip(thirds.cells())
        .map(|((from, to), step)| Band {
            from: from.into(),
            to: to.into(),
            fewest: step.lo.into(),
            most: step.hi.into(),
        })
        .collect()
}

/// The cells of one item: the blocks that tell it, then each page made of several. A bucket is a
/// block.
pub(super) fn cells_of_item(release: &Release, item: &str) -> Published {
    let blocks = &release.details.blocks;
    let total = |at: usize| blocks[at].items.iter().find(|it| it.item == item);
    let answers: Vec<u64> =
        (0..blocks.len()).map(|at| total(at).map_or(0, |it| it.n.into())).collect();
    let of_blocks = (0..blocks.len()).filter_map(|at| {
        let of = total(at)?;
        Some(Cell {
            kind: Kind::Atom { lo: of.total.lo.into(), hi: of.total.hi.into() },
            buckets: vec![at],
            n: of.n.into(),
            most: of.people(release.k).most.into(),
            asked: None,
            bands: Vec::new(),
        })
    });
    let of_units = release.blocks_inside.iter().filter_map(|inside| {
        let buckets: Vec<usize> = inside.iter().copied().filter(|it| answers[*it] > 0).collect();
        let n = buckets.iter().map(|&it| answers[it]).sum();
        let most = buckets.iter().filter_map(|&it| total(it)).map(|it| it.people(release.k).most);
        let most = most.map(u64::from).sum();
        let kind = Kind::Union;
        (buckets.len() > 1).then_some(Cell {
            kind,
            buckets,
            n,
            most,
            asked: None,
            bands: Vec::new(),
        })
    });
    Published {
        cells: of_blocks.chain(of_units).collect(),
        buckets: answers,
        highest: u64::from(Coarsening::ANSWER.max),
    }
}

/// Audits what is told item by item.
fn audit_items(release: &Release) -> Vec<Finding> {
    let mut items: Vec<&str> =
        release.details.blocks.iter().flat_map(|it| &it.items).map(|it| it.item.as_str()).collect();
    items.sort_unstable();
    items.dedup();
    let k = u64::from(release.k.people());
    items.into_iter().flat_map(|it| crate::audit::audit(&cells_of_item(release, it), k)).collect()
}
