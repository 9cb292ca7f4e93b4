//! Answers item by item: drivers, items and facets, for groups large enough to bear them.
//!
//! Atoms are often too small for this: of a team of nine, one or two people are asked about each
//! driver. So atoms are put together into *blocks* of at least [`DETAIL_PEOPLE`], by the same planner
//! that makes atoms and in the same tree. A block is a union of atoms, so what is told of it is about
//! a group that could be added up from published ones anyway, and every answer to an item is in
//! exactly one block. Each total is coarsened as an atom's is.

use std::sync::Arc;

use tideline_domain::{
    AnswerSheet, Item, PerScale, Questionnaire, Scale, UnitId, lever::LeverCategory,
    questionnaire::Target,
};

use crate::{
    Coverage, Figure, MinGroup,
    audit::bounds::Linked,
    coarsen::{Coarsening, Interval},
    page::mean_of_cells,
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

/// Name of an item; the scale it counts towards, and whether it is turned round.
type AskedItem = (&'static str, Option<(Scale, bool)>);

/// What is known of the items of a questionnaire.
#[derive(PartialEq, Eq, Default)]
pub struct Asked {
    items: Vec<AskedItem>,
    /// Most answers that one person gives to items of each scale.
    per_person: PerScale<u64>,
}

impl Asked {
    /// What is known of the items of `q`.
    pub fn new(q: &Questionnaire) -> Arc<Self> {
        let scale_of = |item: &Item| match item.target {
            Target::Scale(scale, _) => Some((scale, item.reversed)),
            _ => None,
        };
        let of_set = |set: &[usize], scale: Scale| {
            let counts = |it: &&usize| {
                q.items.get(**it).and_then(scale_of).is_some_and(|(of, _)| of == scale)
            };
            set.iter().filter(counts).count() as u64
        };
        let per_person = PerScale::from_fn(|scale| {
            let most =
                |block: &&[&[usize]]| block.iter().map(|set| of_set(set, scale)).max().unwrap_or(0);
            q.blocks.iter().map(most).sum()
        });
        let items = q.items.iter().map(|it| (it.id, scale_of(it))).collect();
        Arc::new(Self { items, per_person })
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
        let none = vec![0; asked.items.len()];
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

    /// What may be known of them: items of at least `k` answers, each total coarsened.
    pub(crate) fn coarsen(&self, k: MinGroup) -> Vec<ItemTotal> {
        self.sums()
            .filter(|(_, n, _)| *n >= k.people())
            .map(|((item, _), n, total)| ItemTotal {
                item: item.to_owned(),
                n,
                total: Coarsening::ANSWER.cell(total, n),
            })
            .collect()
    }

    /// Whether there are no more answers to any item than `people`.
    pub(crate) fn fits(&self, people: usize) -> bool {
        self.sums().all(|(_, n, total)| n as usize <= people && total <= 4 * n)
    }

    /// Each item with its answers and their raw total.
    fn sums(&self) -> impl Iterator<Item = (AskedItem, u32, u32)> {
        let sums = self.n.iter().zip(&self.total);
        self.asked.items.iter().zip(sums).map(|(item, (n, total))| (*item, *n, *total))
    }

    /// How the items told in `told` hang together with the totals of `scale`: `totals` are those told
    /// of the atoms (people, lowest, highest), `score` is the exact one. `None` without items.
    pub(crate) fn linked(
        &self,
        scale: Scale,
        told: &[ItemTotal],
        totals: Vec<(u64, f64, f64)>,
        score: u64,
    ) -> Option<Linked> {
        let point = 100.0 / f64::from(Coarsening::ANSWER.max);
        let per_person = *self.asked.per_person.get(scale);
        let (mut items, mut exact) = (Vec::new(), 0.0);
        for ((item, of), n, total) in self.sums() {
            let Some((of, reversed)) = of else { continue };
            if of != scale || n == 0 {
                continue;
            }
            let all = f64::from(n) * 100.0;
            let turned = |points: f64| if reversed { all - points } else { points };
            exact += turned(f64::from(total) * point);
            let (lo, hi) = match told.iter().find(|told| told.item == item) {
                Some(told) => (f64::from(told.total.lo) * point, f64::from(told.total.hi) * point),
                None => (0.0, all),
            };
            let (lo, hi) = (turned(lo), turned(hi));
            items.push((u64::from(n), lo.min(hi), lo.max(hi)));
        }
        if items.is_empty() || per_person == 0 {
            return None;
        }
        let offset = score as f64 - exact / per_person as f64;
        Some(Linked { items, per_person, offset, totals, highest: 100.0 })
    }

    /// The items of `scale`.
    pub(crate) fn names_of(&self, scale: Scale) -> Vec<&'static str> {
        let of = |of: Option<(Scale, bool)>| of.is_some_and(|it| it.0 == scale);
        self.asked.items.iter().filter(|it| of(it.1)).map(|it| it.0).collect()
    }
}

/// The coarsened total of the answers of a block to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemTotal {
    /// Stable name of the item, such as `EX1`.
    pub item: String,
    /// Answers. Unit: people.
    pub n: u32,
    /// Their raw total, 0 to 4 each, as given (before items are turned round).
    pub total: Interval,
}

/// A union of atoms of which items are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its atoms, by their place in the release; in no other block.
    pub atoms: Vec<usize>,
    /// Items with enough answers, in the order of the questionnaire.
    pub items: Vec<ItemTotal>,
}

/// What is known beyond the three scales about the people of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct DetailPage {
    /// The unit.
    pub unit: UnitId,
    /// People behind it: the fewest of the three scales. Unit: people.
    pub people: u32,
    /// How much of the unit it covers.
    pub coverage: Coverage,
    /// Item names and their totals, block by block.
    pub(crate) totals: Vec<ItemTotal>,
}

impl DetailPage {
    /// The mean of one item in points of what it measures, 0 to 100: a reversed item is turned
    /// round. `None` if too few were asked. `n` counts answers.
    pub fn item(&self, q: &Questionnaire, at: usize) -> Option<Figure> {
        let item = q.items.get(at)?;
        let totals = self.totals.iter().filter(|it| it.item == item.id);
        let cells: Vec<(u32, Interval)> = totals.map(|it| (it.n, it.total)).collect();
        let reversed = item.reversed && matches!(item.target, Target::Scale(..));
        mean_of_cells(&cells, Coarsening::ANSWER, USUAL_ITEM_SD, reversed)
    }

    /// The facets of a scale that are known, such as exhaustion, in the order of the questionnaire:
    /// the mean of their items, 0 to 100, in points of the scale.
    pub fn facets(&self, q: &Questionnaire, scale: Scale) -> Vec<(&'static str, Figure)> {
        let mut facets: Vec<(&'static str, Vec<Figure>)> = Vec::new();
        for at in q.items_of(scale) {
            let Target::Scale(_, facet) = q.items[at].target else { continue };
            let Some(figure) = self.item(q, at) else { continue };
            match facets.iter_mut().find(|it| it.0 == facet) {
                Some(of) => of.1.push(figure),
                None => facets.push((facet, vec![figure])),
            }
        }
        facets.into_iter().map(|(facet, items)| (facet, Figure::mean_of(&items))).collect()
    }

    /// The drivers that are known, in the order of the questionnaire, 0 to 100: higher is better.
    pub fn drivers(&self, q: &Questionnaire) -> Vec<(LeverCategory, Figure)> {
        let drivers = q.items.iter().enumerate().filter_map(|(at, it)| match it.target {
            Target::Driver(category) => Some((category, self.item(q, at)?)),
            _ => None,
        });
        drivers.collect()
    }
}
