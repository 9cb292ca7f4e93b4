//! What the attacker has: the classes of people whom nothing tells apart, and all that is known of them as
//! equations and bounds.

use std::collections::BTreeMap;

use crate::{
    Contradiction, Fact, FactCell, How, Leak, Publication,
    whole::{Limits, System},
};

/// Unknowns that are in the same cells equally often.
pub(crate) struct Class {
    pub(crate) members: Vec<usize>,
    /// The answer, of one who colludes.
    pub(crate) known: Option<i64>,
}

/// Somebody who has a publication, and knows what some answered.
pub(crate) struct Attacker<'a> {
    pub(crate) publication: &'a Publication,
    /// Large ones and small ones in no order.
    pub(crate) classes: Vec<Class>,
    /// For each cell: how often each class is in it, and the range of its total.
    pub(crate) cells: Vec<(BTreeMap<usize, i64>, (i64, i64))>,
    /// Whether any fact weighs answers.
    pub(crate) weighted: bool,
    /// For each of them: weights by class, and the total.
    pub(crate) weightings: Vec<(BTreeMap<usize, i64>, i64)>,
    /// Whether totals are all there is, so that a class's total says all about it.
    pub(crate) totals_only: bool,
    pub(crate) system: System,
    /// What standard deviations leave: for each, pairs of rows one of which must hold.
    pub(crate) cases: Vec<Vec<[Limits; 2]>>,
}

impl<'a> Attacker<'a> {
    pub(crate) fn new(publication: &'a Publication) -> Result<Self, Contradiction> {
        let facts = || publication.cells.iter().flat_map(|it| &it.facts);
        let weighted = facts().any(|it| matches!(it, Fact::Weighted { .. }));
        let totals_only =
            facts().all(|it| matches!(it, Fact::Total { .. } | Fact::Weighted { .. }));
        let (classes, class_of) = classes(publication);
        let mut it = Self {
            publication,
            classes,
            cells: Vec::new(),
            weighted,
            weightings: Vec::new(),
            totals_only,
            system: System::default(),
            cases: Vec::new(),
        };
        for cell in &publication.cells {
            let mut times: BTreeMap<usize, i64> = BTreeMap::new();
            for &member in &cell.members {
                *times.entry(class_of[member]).or_insert(0) += 1;
            }
            // Every member of a class is in the cell equally often.
            for (class, times) in &mut times {
                *times /= it.classes[*class].members.len() as i64;
            }
            it.cells.push((times, total_range(publication, cell)?));
            for fact in &cell.facts {
                if let Fact::Weighted { weights, total } = fact {
                    let mut by: BTreeMap<usize, i64> = BTreeMap::new();
                    for (&member, &weight) in cell.members.iter().zip(weights) {
                        *by.entry(class_of[member]).or_insert(0) += weight;
                    }
                    it.weightings.push((by, *total));
                }
            }
        }
        if totals_only {
            it.system_of_totals()
        } else {
            it.system_of_counts()?
        }
        Ok(it)
    }

    pub(crate) fn size(&self, class: usize) -> i64 {
        self.classes[class].members.len() as i64
    }

    pub(crate) fn leak(&self, how: How, classes: &[usize]) -> Leak {
        let mut unknowns: Vec<usize> =
            classes.iter().flat_map(|&it| &self.classes[it].members).copied().collect();
        unknowns.sort_unstable();
        Leak { how, people: unknowns.len(), unknowns }
    }
}

/// Unknowns grouped by the cells they are in; those whose answer is known, or who are weighed, each
/// by themselves. And the class of each unknown that is in a cell.
fn classes(publication: &Publication) -> (Vec<Class>, Vec<usize>) {
    let unknowns = publication.known.len();
    let mut cells_of: Vec<Vec<usize>> = vec![Vec::new(); unknowns];
    let mut alone: Vec<bool> = publication.known.iter().map(Option::is_some).collect();
    for (at, cell) in publication.cells.iter().enumerate() {
        let weighed = cell.facts.iter().any(|it| matches!(it, Fact::Weighted { .. }));
        for &member in &cell.members {
            cells_of[member].push(at);
            alone[member] |= weighed;
        }
    }
    let mut number: BTreeMap<(Vec<usize>, Option<usize>), usize> = BTreeMap::new();
    let mut classes: Vec<Class> = Vec::new();
    let mut class_of = vec![usize::MAX; unknowns];
    for (unknown, cells) in cells_of.into_iter().enumerate() {
        if cells.is_empty() {
            continue;
        }
        let class =
            *number.entry((cells, alone[unknown].then_some(unknown))).or_insert_with(|| {
                classes.push(Class { members: Vec::new(), known: publication.known[unknown] });
                classes.len() - 1
            });
        classes[class].members.push(unknown);
        class_of[unknown] = class;
    }
    (classes, class_of)
}

/// Where the total of a cell may lie: all its facts about the total together.
fn total_range(publication: &Publication, cell: &FactCell) -> Result<(i64, i64), Contradiction> {
    let n = cell.members.len() as i64;
    let mut range = (n * publication.lowest, n * publication.highest);
    for fact in &cell.facts {
        if let Fact::Total { lo, hi } = fact {
            range = (range.0.max(*lo), range.1.min(*hi));
        }
    }
    if range.0 <= range.1 { Ok(range) } else { Err(Contradiction) }
}
