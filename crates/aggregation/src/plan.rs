//! The planner: which answers are published together.
//!
//! It cuts a tree's answers into disjoint atoms of at least k. It is given counts and headcounts and
//! never an answer, so neither what is shown nor what is withheld can say anything about answers.

/// What a page of one's own is worth. The rest is measured against it.
const OWN_PAGE: f64 = 1.0;
/// Added for each doubling (or so) of the people on it, to decide between equals.
const PER_LOG_PEOPLE: f64 = 1e-6;
/// Added if the piece stood alone in the release before: a pattern that jumps about confuses people.
const STOOD_ALONE: f64 = 0.5;
/// Cost of each answer handed up past a unit, whose own page then misses it.
const HAND_UP: f64 = 0.1;
/// As [`HAND_UP`], for staff of whom nobody answered.
const HAND_UP_EMPTY: f64 = 0.05;
/// Cost of each answer that is in no atom.
const LEFT_OUT: f64 = 50.0;
/// As [`LEFT_OUT`], for staff of whom nobody answered.
const LEFT_OUT_EMPTY: f64 = 2.0;

/// Most answers an atom may be asked to have; the planner's tables grow with its square.
pub const MOST_K: u32 = 250;

/// What is known of a node's own staff besides their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing.
    #[default]
    New,
    /// They stood alone in the release before: a pattern that jumps about confuses people.
    AloneBefore,
    /// The roster guard keeps them from standing alone: see
    /// [`Policy::roster_guard`](crate::Policy::roster_guard).
    NotAlone,
}

/// Which pieces of a tree are published together. A piece is the direct staff of one node.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What the plan is worth; the most any plan can be. 0 if nothing can be shown. Unit: pages.
    pub value: f64,
    /// The pieces of each atom, in the order of the tree. An atom has at least k answers.
    pub atoms: Vec<Vec<usize>>,
    /// Pieces in no atom: those of an organisation with fewer than k answers, or staff of whom nobody
    /// answered. Nodes without answers and with no staff, or with k or more, are no pieces.
    pub left_out: Vec<usize>,
}

/// States of the answers a subtree hands up: 0 to k - 1 of them, k or more, or none of some staff.
#[derive(Clone, Copy)]
struct States {
    k: usize,
}

impl States {
    /// k or more.
    const fn enough(self) -> usize {
        self.k
    }

    /// Fewer than k staff, none of whom answered: must not stay alone, or all would know it of each.
    const fn empty(self) -> usize {
        self.k + 1
    }

    const fn count(self) -> usize {
        self.k + 2
    }

    fn of(self, counted: usize, headcount: u32) -> usize {
        if counted == 0 && headcount > 0 && (headcount as usize) < self.k {
            self.empty()
        } else {
            counted.min(self.k)
        }
    }

    fn add(self, a: usize, b: usize) -> usize {
        match (a == self.empty(), b == self.empty()) {
            (true, _) => {
                if b == 0 {
                    a
                } else {
                    b
                }
            }
            (_, true) => {
                if a == 0 {
                    b
                } else {
                    a
                }
            }
            _ => (a + b).min(self.k),
        }
    }

    fn cost(self, state: usize, each: f64, empty: f64) -> f64 {
        if state == self.empty() { empty } else { each * state as f64 }
    }
}

/// A tree whose answers are all at its leaves.
struct Leaves {
    children: Vec<Vec<usize>>,
    direct: Vec<u32>,
    headcount: Vec<u32>,
    standing: Vec<Standing>,
    /// The node as the caller knows it: a leaf for the direct staff of an inner node stands for that.
    piece: Vec<usize>,
}

impl Leaves {
    fn new(
        parents: &[Option<usize>],
        direct: &[u32],
        headcount: &[u32],
        standing: &[Standing],
    ) -> Self {
        let mut it = Self {
            children: vec![Vec::new(); parents.len()],
            direct: direct.to_vec(),
            headcount: headcount.to_vec(),
            standing: standing.to_vec(),
            piece: (0..parents.len()).collect(),
        };
        for (node, parent) in parents.iter().enumerate() {
            match *parent {
                Some(parent) => {
                    assert!(parent < node, "parents come before children");
                    it.children[parent].push(node);
                }
                None => assert_eq!(node, 0, "only the first node is a root"),
            }
        }
        for node in 0..parents.len() {
            if !it.children[node].is_empty() && (direct[node] > 0 || headcount[node] > 0) {
                it.children[node].push(it.piece.len());
                it.children.push(Vec::new());
                it.direct.push(direct[node]);
                it.direct[node] = 0;
                it.headcount.push(headcount[node]);
                it.headcount[node] = 0;
                it.standing.push(standing[node]);
                it.piece.push(node);
            }
        }
        it
    }

    fn len(&self) -> usize {
        self.piece.len()
    }

    fn is_leaf(&self, node: usize) -> bool {
        self.children[node].is_empty()
    }

    fn page(&self, leaf: usize) -> f64 {
        let stood = if self.standing[leaf] == Standing::AloneBefore { STOOD_ALONE } else { 0.0 };
        OWN_PAGE + PER_LOG_PEOPLE * f64::from(self.direct[leaf]).ln_1p() + stood
    }

    /// Answers of a leaf as the threshold counts them: those who may not stand alone are always one
    /// short of it, so that whatever they are published with holds somebody else.
    fn counted(&self, leaf: usize, k: usize) -> usize {
        let direct = self.direct[leaf] as usize;
        if self.standing[leaf] == Standing::NotAlone { direct.min(k - 1) } else { direct }
    }

    /// All nodes, parents first, siblings in order.
    fn preorder(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.len());
        let mut todo = vec![0];
        while let Some(node) = todo.pop() {
            order.push(node);
            todo.extend(self.children[node].iter().rev());
        }
        order
    }
}

/// The best way to cut the tree's answers into atoms of at least `k`.
///
/// `parents[i]` is the node above node `i`; node 0 is the root and parents come before children.
/// `direct[i]` answers of `headcount[i]` people belong to node `i` itself. They may stand alone if
/// they are `k` or more; otherwise they go into the remainder of the node above, which is closed into
/// a pool once it has `k` answers, or handed up. `standing[i]`: what else is known of them.
///
/// The smallest group that may ever be published is not known here: [`release`](fn@crate::release)
/// only passes a [`MinGroup`](crate::MinGroup).
///
/// Exact, by dynamic programming over what each subtree hands up; time grows with nodes · k².
///
/// # Panics
///
/// If the slices differ in length, `parents` is not as described, or `k` is not from 1 to
/// [`MOST_K`].
pub fn plan(
    parents: &[Option<usize>],
    direct: &[u32],
    headcount: &[u32],
    k: u32,
    standing: &[Standing],
) -> Plan {
    assert!((1..=MOST_K).contains(&k), "k is from 1 to {MOST_K}");
    let lengths = [direct.len(), headcount.len(), standing.len()];
    assert!(lengths.iter().all(|&it| it == parents.len()), "one entry for each node");
    if parents.is_empty() {
        return Plan { value: 0.0, atoms: Vec::new(), left_out: Vec::new() };
    }
    let tree = Leaves::new(parents, direct, headcount, standing);
    let states = States { k: k as usize };
    let best = Table::fill(&tree, states);
    best.read(&tree)
}

/// The best value of each subtree for each state it may hand up, and how it comes about.
struct Table {
    states: States,
    /// By node and state.
    value: Vec<f64>,
    /// By child and state of it and its elder siblings together: their state and its own.
    split: Vec<(u8, u8)>,
    /// Whether a node that hands nothing up has closed its remainder (a leaf: stands alone).
    closed: Vec<bool>,
}

impl Table {
    fn fill(tree: &Leaves, states: States) -> Self {
        let width = states.count();
        let mut it = Self {
            states,
            value: vec![f64::NEG_INFINITY; tree.len() * width],
            split: vec![(0, 0); tree.len() * width],
            closed: vec![false; tree.len()],
        };
        let mut so_far = vec![f64::NEG_INFINITY; width];
        let mut next = so_far.clone();
        for &node in tree.preorder().iter().rev() {
            let own = node * width;
            if tree.is_leaf(node) {
                let counted = tree.counted(node, states.k);
                it.value[own + states.of(counted, tree.headcount[node])] = 0.0;
                if counted >= states.k {
                    it.value[own] = tree.page(node);
                    it.closed[node] = true;
                }
                continue;
            }
            so_far.fill(f64::NEG_INFINITY);
            so_far[0] = 0.0;
            for &child in &tree.children[node] {
                next.fill(f64::NEG_INFINITY);
                let from = child * width;
                for (before, &value) in so_far.iter().enumerate() {
                    if value == f64::NEG_INFINITY {
                        continue;
                    }
                    for state in 0..width {
                        let value = value + it.value[from + state];
                        let sum = states.add(before, state);
                        if value > next[sum] {
                            next[sum] = value;
                            it.split[from + sum] = (before as u8, state as u8);
                        }
                    }
                }
                std::mem::swap(&mut so_far, &mut next);
            }
            // There is nothing to hand up to from the root.
            let (each, empty) = if node == 0 { (0.0, 0.0) } else { (HAND_UP, HAND_UP_EMPTY) };
            for (state, value) in so_far.iter().enumerate() {
                it.value[own + state] = value - states.cost(state, each, empty);
            }
            if so_far[states.enough()] > it.value[own] {
                it.value[own] = so_far[states.enough()];
                it.closed[node] = true;
            }
        }
        it
    }

    fn read(&self, tree: &Leaves) -> Plan {
        let width = self.states.count();
        let (mut best, mut value) = (0, f64::NEG_INFINITY);
        for state in 0..width {
            let worth = self.value[state] - self.states.cost(state, LEFT_OUT, LEFT_OUT_EMPTY);
            if worth > value {
                (best, value) = (state, worth);
            }
        }

        let mut atoms: Vec<Vec<usize>> = Vec::new();
        let mut left_out = Vec::new();
        // Depth first and in order, so that the pieces of a pool come in the order of the tree.
        let mut todo: Vec<(usize, usize, Option<usize>)> = vec![(0, best, None)];
        while let Some((node, mut state, mut pool)) = todo.pop() {
            let closes = state == 0 && self.closed[node];
            if tree.is_leaf(node) {
                let staff = tree.headcount[node] as usize;
                if closes {
                    atoms.push(vec![node]);
                } else if tree.direct[node] > 0 || (1..self.states.k).contains(&staff) {
                    match pool {
                        Some(pool) => atoms[pool].push(node),
                        None => left_out.push(tree.piece[node]),
                    }
                }
                continue;
            }
            if closes {
                state = self.states.enough();
                pool = Some(atoms.len());
                atoms.push(Vec::new());
            }
            for &child in tree.children[node].iter().rev() {
                let (before, own) = self.split[child * width + state];
                todo.push((child, usize::from(own), pool));
                state = usize::from(before);
            }
        }
        let atoms: Vec<_> = atoms.into_iter().flat_map(|it| self.cut(tree, it)).collect();
        let value = if atoms.is_empty() { 0.0 } else { value };
        Plan { value, atoms, left_out }
    }

    /// Cuts a pool into several of at least k, neighbours together.
    fn cut(&self, tree: &Leaves, pool: Vec<usize>) -> Vec<Vec<usize>> {
        let mut atoms: Vec<Vec<usize>> = Vec::new();
        let (mut open, mut answers) = (Vec::new(), 0);
        for leaf in pool {
            open.push(tree.piece[leaf]);
            answers += tree.counted(leaf, self.states.k);
            if answers >= self.states.k {
                atoms.push(std::mem::take(&mut open));
                answers = 0;
            }
        }
        match atoms.last_mut() {
            Some(last) => last.append(&mut open),
            None => atoms.push(open),
        }
        atoms
    }
}

#[cfg(test)]
mod tests;
