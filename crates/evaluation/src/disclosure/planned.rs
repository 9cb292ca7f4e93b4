//! The product's own plan and release of a wave: its planner, its coarsening, its pages.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use tideline_aggregation::{
    audit::{self, Cell, Finding, Kind, Published},
    coarsen::Coarsening,
    plan::{MOST_K, Standing, plan},
};
use tideline_attacker::{Fact, FactCell, Publication};

use super::cases::{CaseScale, CaseWave};

/// What the planner adds for people on a page to decide between equals; not part of a plan's worth.
const TIE_BREAK: f64 = 1e-6;

/// A wave as the product would publish it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Planned {
    /// What the plan is worth, in pages.
    pub(crate) value: f64,
    /// Pieces with a page of their own.
    pub(crate) pages_alone: Vec<String>,
    pub(crate) atoms: Vec<PlannedAtom>,
    /// Pieces in no atom.
    pub(crate) left_out: Vec<String>,
    /// Answers in no atom.
    pub(crate) answers_left_out: usize,
    /// Units with a page: answers on it, and all of them.
    pub(crate) unit_pages: BTreeMap<String, UnitPage>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PlannedAtom {
    /// Its pieces, in the order of the tree.
    pub(crate) name: String,
    pub(crate) n: u32,
    /// The coarsened total.
    pub(crate) interval: (i64, i64),
    #[serde(skip)]
    pub(crate) members: Vec<String>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct UnitPage {
    pub(crate) n_visible: usize,
    pub(crate) n_all: usize,
}

/// The coarsening of a scale as decided: ends as wide as one person's range, steps of half of it.
pub(crate) fn coarsening(scale: CaseScale) -> Coarsening {
    let range = (scale.max - scale.min).unsigned_abs() as u32;
    Coarsening { min: 0, max: range, edge: range, grid: (range / 2).max(1) }
}

/// The cell of a total of `n` answers.
pub(crate) fn coarse(scale: CaseScale, total: i64, n: u32) -> (i64, i64) {
    let zero = i64::from(n) * scale.min;
    let cell = coarsening(scale).cell((total - zero).unsigned_abs() as u32, n);
    (zero + i64::from(cell.lo), zero + i64::from(cell.hi))
}

/// Units in an order the planner takes: parents first, siblings as given.
struct Nodes<'a> {
    ids: Vec<&'a str>,
    parents: Vec<Option<usize>>,
    headcount: Vec<Option<u32>>,
    has_children: Vec<bool>,
    index: BTreeMap<&'a str, usize>,
}

impl<'a> Nodes<'a> {
    fn of(wave: &'a CaseWave) -> Result<Self> {
        let mut children: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for (at, unit) in wave.units.iter().enumerate() {
            children.entry(unit.parent.as_deref()).or_default().push(at);
        }
        let roots = children.get(&None).map_or(0, Vec::len);
        ensure!(roots == 1, "wave {}: a tree has one root, not {roots}", wave.wave);
        let mut it = Self {
            ids: Vec::new(),
            parents: Vec::new(),
            headcount: Vec::new(),
            has_children: Vec::new(),
            index: BTreeMap::new(),
        };
        let mut todo: Vec<usize> = children[&None].clone();
        while let Some(at) = todo.pop() {
            let unit = &wave.units[at];
            let parent = unit.parent.as_deref().and_then(|it2| it.index.get(it2).copied());
            let below = children.get(&Some(unit.id.as_str()));
            let twice = it.index.insert(&unit.id, it.ids.len()).is_some();
            ensure!(!twice, "wave {}: unit {} is there twice", wave.wave, unit.id);
            it.ids.push(&unit.id);
            it.parents.push(parent);
            it.headcount.push(unit.headcount);
            it.has_children.push(below.is_some());
            todo.extend(below.into_iter().flatten().rev());
        }
        ensure!(it.ids.len() == wave.units.len(), "wave {}: units hang nowhere", wave.wave);
        Ok(it)
    }

    /// The staff of a unit with others below it are a piece of their own.
    fn piece(&self, node: usize) -> String {
        if self.has_children[node] {
            format!("{}/direct", self.ids[node])
        } else {
            self.ids[node].to_owned()
        }
    }

    fn path_up(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |&it| self.parents[it])
    }

    fn lowest_common(&self, nodes: &[usize]) -> usize {
        nodes.iter().skip(1).fold(nodes[0], |top, &node| {
            let above: Vec<usize> = self.path_up(node).collect();
            self.path_up(top).find(|it| above.contains(it)).unwrap_or(0)
        })
    }
}

/// Plans and coarsens one wave.
pub(crate) fn planned(wave: &CaseWave, scale: CaseScale, k: u32) -> Result<Planned> {
    ensure!((1..=MOST_K).contains(&k), "k must be from 1 to {MOST_K}");
    let nodes = Nodes::of(wave)?;
    let mut direct = vec![0_u32; nodes.ids.len()];
    let mut answers: Vec<Vec<(&str, i64)>> = vec![Vec::new(); nodes.ids.len()];
    for answer in &wave.responses {
        let node = *nodes
            .index
            .get(answer.unit.as_str())
            .with_context(|| format!("wave {}: there is no unit {}", wave.wave, answer.unit))?;
        ensure!(
            (scale.min..=scale.max).contains(&answer.value),
            "answer {} is outside the scale",
            answer.rid
        );
        direct[node] += 1;
        answers[node].push((&answer.rid, answer.value));
    }
    let headcount: Vec<u32> = nodes
        .headcount
        .iter()
        .zip(&direct)
        .map(|(staff, &direct)| staff.unwrap_or(direct).max(direct))
        .collect();
    let standing = vec![Standing::New; nodes.ids.len()];
    let plan = plan(&nodes.parents, &direct, &headcount, k, &standing);

    let mut visible = vec![0; nodes.ids.len()];
    let mut pages_alone = Vec::new();
    let mut unit_pages = BTreeMap::new();
    let mut tie_breaks = 0.0;
    let mut atoms = Vec::new();
    for pieces in &plan.atoms {
        let n: u32 = pieces.iter().map(|&it| direct[it]).sum();
        let of_atom = || pieces.iter().flat_map(|&it| &answers[it]);
        let total: i64 = of_atom().map(|it| it.1).sum();
        let names: Vec<String> = pieces.iter().map(|&it| nodes.piece(it)).collect();
        if let [alone] = pieces[..] {
            tie_breaks += TIE_BREAK * f64::from(n).ln_1p();
            pages_alone.push(nodes.piece(alone));
        }
        for node in nodes.path_up(nodes.lowest_common(pieces)) {
            visible[node] += n as usize;
        }
        atoms.push(PlannedAtom {
            name: names.join(" + "),
            n,
            interval: coarse(scale, total, n),
            members: of_atom().map(|it| it.0.to_owned()).collect(),
        });
    }
    let mut all = vec![0; nodes.ids.len()];
    for (node, answers) in answers.iter().enumerate() {
        for above in nodes.path_up(node) {
            all[above] += answers.len();
        }
    }
    for node in 0..nodes.ids.len() {
        if visible[node] > 0 {
            let page = UnitPage { n_visible: visible[node], n_all: all[node] };
            unit_pages.insert(nodes.ids[node].to_owned(), page);
        }
    }
    let value = plan.value - tie_breaks;
    Ok(Planned {
        value: (value * 1e6).round() / 1e6 + 0.0,
        pages_alone,
        atoms,
        answers_left_out: plan.left_out.iter().map(|&it| answers[it].len()).sum(),
        left_out: plan.left_out.iter().map(|&it| nodes.piece(it)).collect(),
        unit_pages,
    })
}

impl Planned {
    /// What the auditor that runs before every release finds in this one.
    pub(crate) fn audit(&self, scale: CaseScale, k: u32) -> Vec<Finding> {
        let zero = |n: u32| i64::from(n) * scale.min;
        let cells = self
            .atoms
            .iter()
            .enumerate()
            .map(|(at, atom)| {
                let lo = (atom.interval.0 - zero(atom.n)).unsigned_abs();
                let hi = (atom.interval.1 - zero(atom.n)).unsigned_abs();
                Cell::exactly(Kind::Atom { lo, hi }, vec![at], atom.n.into())
            })
            .collect();
        let answers = self.atoms.iter().map(|it| it.n.into()).collect();
        let highest = (scale.max - scale.min).unsigned_abs();
        audit::audit(&Published::of(answers, cells, highest), k.into())
    }
}

/// The atoms as an attacker sees them; `place` finds the unknown of a record.
pub(crate) fn publication(
    plan: &Planned,
    scale: CaseScale,
    unknowns: usize,
    place: impl Fn(&str) -> Option<usize>,
) -> Publication {
    let cells = plan
        .atoms
        .iter()
        .map(|atom| FactCell {
            members: atom.members.iter().filter_map(|it| place(it)).collect(),
            facts: vec![Fact::Total { lo: atom.interval.0, hi: atom.interval.1 }],
        })
        .collect();
    Publication { lowest: scale.min, highest: scale.max, known: vec![None; unknowns], cells }
}
