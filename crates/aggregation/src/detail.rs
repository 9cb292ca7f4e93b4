//! Answers item by item: parts of the work (drivers), for groups large enough to bear them. What else is asked is
//! told as scores only: items of a scale, told next to its totals, are a second statistic of the same answers, and
//! leave of a person who joins far less than half of the scale ([ADR 35](../../../docs/adr/0035-what-is-told-besides-the-means.md)).
//!
//! Atoms are often too small for this: of a team of nine, one or two people are asked about each
//! driver. So atoms are put together into *blocks* of at least [`DETAIL_PEOPLE`], by the same planner
//! that makes atoms and in the same tree. A block is a union of atoms, so what is told of it is about
//! a group that could be added up from published ones anyway, and every answer to an item is in
//! exactly one block. Each total is coarsened as an atom's is.

use std::sync::Arc;

use tideline_domain::{
    AnswerSheet, Questionnaire, UnitId, lever::LeverCategory, questionnaire::Target,
};

use crate::{
    Coverage, Figure, MinGroup, People,
    coarsen::{Coarsening, Interval},
    page::{Told, mean_of_cells},
};

/// Fewest people of a block. Unit: people.
pub const DETAIL_PEOPLE: u32 = 30;

/// Spread of answers to one item among people, as it usually is; not measured, because a measured one
/// would be another statistic of few answers. Unit: points of 0 to 100.
const USUAL_ITEM_SD: f64 = 28.0;

impl Coarsening {
    /// For raw answers to one item, 0 to 4.
    pub const ANSWER: Self = Self { min: 0, max: 4, edge: 4, grid: 2 };
}

/// Answers and their total, for each item of a questionnaire. Close to answers, so never printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ItemSums {
    /// Shared by all groups that were asked by the same questionnaire.
    asked: Arc<Asked>,
    /// Answers to each item.
    n: Vec<u32>,
    /// Their raw total.
    total: Vec<u32>,
}

/// What is known of the items of a questionnaire: the name of each, and whether it asks about a part of the work.
#[derive(PartialEq, Eq, Default)]
pub struct Asked(Vec<(&'static str, bool)>);

impl Asked {
    /// What is known of the items of `q`.
    pub fn new(q: &Questionnaire) -> Arc<Self> {
        let item = |it: &tideline_domain::Item| (it.id, matches!(it.target, Target::Driver(_)));
        Arc::new(Self(q.items.iter().map(item).collect()))
    }
}

impl std::fmt::Debug for ItemSums {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ItemSums({} items, …)", self.n.len())
    }
}

impl ItemSums {
    /// None answered yet. For many groups, make `asked` once.
    pub fn new(asked: &Arc<Asked>) -> Self {
        let none = vec![0; asked.0.len()];
        Self { asked: Arc::clone(asked), n: none.clone(), total: none }
    }

    /// Adds the answers of one person; places beyond the questionnaire's are dropped.
    pub fn add(&mut self, sheet: &AnswerSheet) {
        for ((n, total), &option) in self.n.iter_mut().zip(&mut self.total).zip(sheet.options()) {
            *n += u32::from(option > 0);
            *total += u32::from(option.saturating_sub(1));
        }
    }

    /// Adds those of another group, asked by the same questionnaire.
    pub(crate) fn extend(&mut self, other: &Self) {
        if self.n.is_empty() {
            self.clone_from(other);
            return;
        }
        let add = |mine: &mut [u32], theirs: &[u32]| {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        };
        add(&mut self.n, &other.n);
        add(&mut self.total, &other.total);
    }

    /// What may be known of them: parts of the work with at least `k` answers, each total coarsened.
    pub(crate) fn coarsen(&self, k: MinGroup) -> Vec<ItemTotal> {
        self.asked
            .0
            .iter()
            .zip(self.sums())
            .filter(|((_, is_driver), (n, _))| *is_driver && *n >= k.people())
            .map(|(&(item, _), (of, total))| {
                let n = People::of_any(of, k.people()).least;
                let total = Coarsening::ANSWER.told(total, of, n);
                ItemTotal { item: item.to_owned(), n, total }
            })
            .collect()
    }

    /// Whether there are no more answers to any item than `people`.
    pub(crate) fn fits(&self, people: usize) -> bool {
        self.sums().all(|(n, total)| n as usize <= people && total <= 4 * n)
    }

    /// Answers to each item, and their raw total.
    fn sums(&self) -> impl Iterator<Item = (u32, u32)> {
        self.n.iter().copied().zip(self.total.iter().copied())
    }
}

/// The coarsened total of the answers of a block to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemTotal {
    /// Stable name of the item, such as `EX1`.
    pub item: String,
    /// How many answers the total is told for: the least of the class that their number lies in. Unit:
    /// people.
    pub n: u32,
    /// Their raw total, 0 to 4 each, as it would be for `n` answers, as given (before items are turned round).
    pub total: Interval,
}

impl ItemTotal {
    /// Between how many answers and how many it rests on, for a smallest group of `k`.
    pub fn people(&self, k: MinGroup) -> People {
        People::of_any(self.n, k.people())
    }
}

/// A union of atoms of which items are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its atoms, by their place in the release; in no other block.
    pub atoms: Vec<usize>,
    /// Parts of the work with enough answers, in the order of the questionnaire; in releases of earlier versions
    /// all items that were asked.
    pub items: Vec<ItemTotal>,
}

/// What is known beyond the three scales about the people of a unit: the parts of their work.
#[derive(Debug, Clone, PartialEq)]
pub struct DetailPage {
    /// The unit.
    pub unit: UnitId,
    /// Between how many people and how many are behind it.
    pub people: People,
    /// How much of the unit it covers.
    pub coverage: Coverage,
    /// Item names and their totals, block by block.
    pub(crate) totals: Vec<ItemTotal>,
    /// The smallest group of the release.
    pub(crate) k: MinGroup,
}

impl DetailPage {
    /// The drivers that are known, in the order of the questionnaire, 0 to 100: higher is better.
    pub fn drivers(&self, q: &Questionnaire) -> Vec<(LeverCategory, Figure)> {
        let told = |it: &ItemTotal| {
            let people = it.people(self.k);
            Told { people, weight: people.middle(), n: it.n, total: it.total }
        };
        let figure = |id: &str| {
            let cells: Vec<Told> =
                self.totals.iter().filter(|it| it.item == id).map(told).collect();
            mean_of_cells(&cells, Coarsening::ANSWER, USUAL_ITEM_SD)
        };
        let drivers = q.items.iter().filter_map(|it| match it.target {
            Target::Driver(category) => Some((category, figure(it.id)?)),
            _ => None,
        });
        drivers.collect()
    }
}
