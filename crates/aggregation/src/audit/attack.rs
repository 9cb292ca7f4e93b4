//! Every attack on a publication of any kind: sums, rounded means, intervals, bands, standard
//! deviations, weighted totals, over any sets of answers, with people who tell what they answered.
//!
//! The product publishes intervals of disjoint groups only and needs little of this. It is here so
//! that the auditor can be tried on what others publish, and on leaks planted on purpose.
//!
//! A publication is unsafe if a group of fewer than k people is determined (exact elimination, and
//! whole-number bounds for small groups), or if what one person may have answered is narrowed to less
//! than the protected width.

use std::collections::BTreeMap;

use super::{
    cut,
    linear::{self, Classes, Row, Span},
    whole::{Limits, Solved, System},
};

/// Sums of small groups are bounded one by one up to so many small classes.
const MOST_SMALL: usize = 8;
/// Sets of small classes that are looked at before giving up.
const MOST_SETS: usize = 200_000;
/// As many sets of classes are looked at for other combinations than sums.
const MOST_COMBINATIONS: usize = 50_000;
/// A standard deviation is used only if the total is known this well. Unit: points.
const WIDEST_TOTAL: i64 = 60;
/// Pairs of a total and a sum of squares that are tried before giving up.
const MOST_CASES: usize = 5_000;

/// Something that is published about the answers of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Their total lies in `lo..=hi`: an exact sum, a rounded mean, an interval. Unit: points.
    Total {
        /// Lowest.
        lo: i64,
        /// Highest.
        hi: i64,
    },
    /// So many of the answers lie in `from..=to`. Unit: people.
    Band {
        /// Lowest answer of the band.
        from: i64,
        /// Highest answer of the band.
        to: i64,
        /// Fewest.
        lo: i64,
        /// Most.
        hi: i64,
    },
    /// The total of a number that stands for each answer, such as -100, 0 and 100 for a recommender
    /// score.
    Mapped {
        /// The number for the lowest answer, the next one, and so on.
        values: Vec<i64>,
        /// Lowest total.
        lo: i64,
        /// Highest total.
        hi: i64,
    },
    /// The total of answers, each times its weight, in the order of the members.
    Weighted {
        /// The weights.
        weights: Vec<i64>,
        /// The total.
        total: i64,
    },
    /// The sample standard deviation, in points, give or take.
    SampleSd {
        /// As printed.
        value: f64,
        /// Half a unit of its last place.
        half: f64,
    },
    /// The lowest and the highest answer.
    Extremes {
        /// Lowest.
        min: i64,
        /// Highest.
        max: i64,
    },
    /// All answers are the same.
    Unanimous,
}

/// A set of answers and what is published about it.
#[derive(Debug, Clone, PartialEq)]
pub struct FactCell {
    /// The unknowns; one that is asked twice (the same person in two waves) is named twice.
    pub members: Vec<usize>,
    /// What is published.
    pub facts: Vec<Fact>,
}

/// Everything that is published, and what the attacker knows besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// Lowest answer. Unit: points.
    pub lowest: i64,
    /// Highest answer. Unit: points.
    pub highest: i64,
    /// What the attacker knows of each unknown: `Some` for those who collude.
    pub known: Vec<Option<i64>>,
    /// The cells.
    pub cells: Vec<FactCell>,
}

/// What makes a publication unsafe.
#[derive(Debug, Clone, PartialEq)]
pub struct Leak {
    /// How it was found.
    pub how: How,
    /// People it is about.
    pub people: usize,
    /// The unknowns it is about.
    pub unknowns: Vec<usize>,
}

/// How a leak was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Adding and subtracting gives their total.
    Sum {
        /// The total. Unit: points.
        total: i64,
    },
    /// Answers are whole numbers within the scale, which leaves one total only.
    WholeSum {
        /// The total. Unit: points.
        total: i64,
    },
    /// Some combination of what is published is about them alone.
    Contrast,
    /// Each of them answered between these.
    Range {
        /// Lowest answer possible.
        lo: i64,
        /// Highest answer possible.
        hi: i64,
    },
    /// Not found out within bounds, so taken as a leak.
    Undecided,
}

/// A publication that no answers can have led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is published contradicts itself")]
pub struct Contradiction;

/// All that is wrong with `publication`, for groups of at least `k`; whoever's range of possible
/// answers is narrower than `width` points is narrowed down (1: their answer is known).
///
/// # Errors
///
/// [`Contradiction`] if no answers fit what is published.
pub fn attack(publication: &Publication, k: u64, width: i64) -> Result<Vec<Leak>, Contradiction> {
    let attacker = Attacker::new(publication)?;
    let mut leaks = attacker.groups(k);
    leaks.extend(attacker.ranges(width)?);
    Ok(leaks)
}

/// Unknowns that are in the same cells equally often.
struct Class {
    members: Vec<usize>,
    /// The answer, of one who colludes.
    known: Option<i64>,
}

struct Attacker<'a> {
    publication: &'a Publication,
    /// Large ones and small ones in no order.
    classes: Vec<Class>,
    /// For each cell: how often each class is in it, and the range of its total.
    cells: Vec<(BTreeMap<usize, i64>, (i64, i64))>,
    /// Whether any fact weighs answers.
    weighted: bool,
    /// For each of them: weights by class, and the total.
    weightings: Vec<(BTreeMap<usize, i64>, i64)>,
    /// Whether totals are all there is, so that a class's total says all about it.
    totals_only: bool,
    system: System,
    /// What standard deviations leave: for each, pairs of rows one of which must hold.
    cases: Vec<Vec<[Limits; 2]>>,
}

impl<'a> Attacker<'a> {
    fn new(publication: &'a Publication) -> Result<Self, Contradiction> {
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

    fn size(&self, class: usize) -> i64 {
        self.classes[class].members.len() as i64
    }

    /// One unknown for each class: its total.
    fn system_of_totals(&mut self) {
        let (a, b) = (self.publication.lowest, self.publication.highest);
        self.system.bounds = self
            .classes
            .iter()
            .map(|it| match it.known {
                Some(answer) => (answer, answer),
                None => (a * it.members.len() as i64, b * it.members.len() as i64),
            })
            .collect();
        let totals = self.cells.iter().map(|(times, (lo, hi))| (times, *lo, *hi));
        let weightings = self.weightings.iter().map(|(by, total)| (by, *total, *total));
        self.system.rows = totals
            .chain(weightings)
            .map(|(by, lo, hi)| Limits {
                terms: by.iter().map(|(&c, &t)| (c, t)).collect(),
                lo,
                hi,
            })
            .collect();
    }

    /// The place of the unknown "how many of `class` answered the lowest", "the next one", ….
    fn counts_of(&self, class: usize) -> impl Iterator<Item = (usize, i64)> + use<'a> {
        let (lowest, highest) = (self.publication.lowest, self.publication.highest);
        let answers = (highest - lowest + 1) as usize;
        (class * answers..(class + 1) * answers).zip(lowest..=highest)
    }

    /// The sum over a cell of what `value` makes of each answer.
    fn terms(&self, times: &BTreeMap<usize, i64>, value: impl Fn(i64) -> i64) -> Vec<(usize, i64)> {
        times
            .iter()
            .flat_map(|(&class, &times)| self.counts_of(class).map(move |it| (it, times)))
            .map(|((at, answer), times)| (at, times * value(answer)))
            .filter(|it| it.1 != 0)
            .collect()
    }

    /// Unknowns for each class: how many of it gave each answer.
    fn system_of_counts(&mut self) -> Result<(), Contradiction> {
        let publication = self.publication;
        let mut bounds = Vec::new();
        let mut rows = Vec::new();
        for (class, of) in self.classes.iter().enumerate() {
            let size = of.members.len() as i64;
            for (_, answer) in self.counts_of(class) {
                bounds.push(match of.known {
                    Some(known) => {
                        if known == answer {
                            (1, 1)
                        } else {
                            (0, 0)
                        }
                    }
                    None => (0, size),
                });
            }
            let terms = self.counts_of(class).map(|(at, _)| (at, 1)).collect();
            rows.push(Limits { terms, lo: size, hi: size });
        }
        let mut cases = Vec::new();
        for (cell, (times, (lo, hi))) in publication.cells.iter().zip(&self.cells) {
            let n = cell.members.len() as i64;
            let (lo, hi) = (*lo, *hi);
            rows.push(Limits { terms: self.terms(times, |it| it), lo, hi });
            for fact in &cell.facts {
                match fact {
                    Fact::Total { .. } | Fact::Weighted { .. } => {}
                    Fact::Band { from, to, lo, hi } => {
                        let within = |it| i64::from((*from..=*to).contains(&it));
                        rows.push(Limits { terms: self.terms(times, within), lo: *lo, hi: *hi });
                    }
                    Fact::Mapped { values, lo, hi } => {
                        let of = |it: i64| {
                            let at = usize::try_from(it - publication.lowest).unwrap_or(0);
                            values.get(at).copied().unwrap_or(0)
                        };
                        rows.push(Limits { terms: self.terms(times, of), lo: *lo, hi: *hi });
                    }
                    Fact::Extremes { min, max } => {
                        for (at, answer) in times.keys().flat_map(|&it| self.counts_of(it)) {
                            if answer < *min || answer > *max {
                                let (lo, _) = bounds[at];
                                bounds[at] = (lo, 0);
                                if lo > 0 {
                                    return Err(Contradiction);
                                }
                            }
                        }
                        for end in [*min, *max] {
                            let terms = self.terms(times, |it| i64::from(it == end));
                            rows.push(Limits { terms, lo: 1, hi: n });
                        }
                    }
                    Fact::Unanimous => {
                        let first = bounds.len();
                        let answers = publication.lowest..=publication.highest;
                        let switches: Vec<usize> =
                            answers.clone().enumerate().map(|(at, _)| first + at).collect();
                        bounds.extend(answers.map(|_| (0, 1)));
                        let terms = switches.iter().map(|&it| (it, 1)).collect();
                        rows.push(Limits { terms, lo: 1, hi: 1 });
                        for &class in times.keys() {
                            let size = self.size(class);
                            for ((at, _), &switch) in self.counts_of(class).zip(&switches) {
                                let terms = vec![(at, 1), (switch, -size)];
                                rows.push(Limits { terms, lo: -size, hi: 0 });
                            }
                        }
                    }
                    Fact::SampleSd { value, half } => {
                        if hi - lo > WIDEST_TOTAL || n < 2 {
                            continue;
                        }
                        let (sum, squares) =
                            (self.terms(times, |it| it), self.terms(times, |it| it * it));
                        let spread = |sd: f64| (n - 1) as f64 * sd.max(0.0).powi(2);
                        let pairs = (lo..=hi).filter_map(|total| {
                            let mean = (total * total) as f64 / n as f64;
                            let from = (spread(value - half) + mean - 1e-9).ceil() as i64;
                            let to = (spread(value + half) + mean + 1e-9).floor() as i64;
                            (from <= to).then(|| {
                                [
                                    Limits { terms: sum.clone(), lo: total, hi: total },
                                    Limits { terms: squares.clone(), lo: from, hi: to },
                                ]
                            })
                        });
                        cases.push(pairs.collect());
                    }
                }
            }
        }
        for (by, total) in &self.weightings {
            let terms = by
                .iter()
                .flat_map(|(&class, &by)| self.counts_of(class).map(move |(at, it)| (at, by * it)))
                .collect();
            rows.push(Limits { terms, lo: *total, hi: *total });
        }
        self.system = System { bounds, rows };
        self.cases = cases;
        Ok(())
    }

    /// The system with each way the standard deviations may hold, until `found` is content.
    fn each_case(
        &self,
        extra: impl Fn(&mut System),
        mut found: impl FnMut(&System) -> Solved,
        mut content: impl FnMut(Solved) -> bool,
    ) {
        let ways: usize = self.cases.iter().map(Vec::len).product();
        if ways > MOST_CASES {
            content(Solved::Open);
            return;
        }
        for way in 0..ways {
            let mut system = self.system.clone();
            extra(&mut system);
            let mut rest = way;
            for case in &self.cases {
                system.rows.extend(case[rest % case.len()].iter().cloned());
                rest /= case.len();
            }
            if content(found(&system)) {
                return;
            }
        }
    }

    /// The total of a class, as a sum of unknowns.
    fn total_of(&self, class: usize) -> Vec<(usize, i64)> {
        if self.totals_only { vec![(class, 1)] } else { self.counts_of(class).collect() }
    }

    /// The total of some classes if whole numbers leave one only.
    fn whole_sum(&self, classes: &[usize]) -> Solved {
        let sum: Vec<(usize, i64)> = classes.iter().flat_map(|&it| self.total_of(it)).collect();
        let (mut least, mut most, mut open) = (i64::MAX, i64::MIN, false);
        self.each_case(
            |_| (),
            |system| {
                match (system.least(&sum), system.greatest(&sum)) {
                    (Solved::Value(lo), Solved::Value(hi)) => {
                        (least, most) = (least.min(lo), most.max(hi));
                    }
                    (Solved::Impossible, _) | (_, Solved::Impossible) => {}
                    _ => open = true,
                }
                Solved::Value(0)
            },
            |_| false,
        );
        match (open, least == most) {
            (true, _) => Solved::Open,
            (_, true) => Solved::Value(least),
            _ => Solved::Impossible,
        }
    }

    /// Groups of fewer than `k` people of whom something is determined.
    fn groups(&self, k: u64) -> Vec<Leak> {
        if self.weighted || self.small(k).len() <= MOST_SMALL {
            let mut leaks = self.small_sums(k);
            if leaks.is_empty() && !self.weighted {
                leaks.extend(self.contrast(k));
            }
            return leaks;
        }
        // Without any combination about few people there is no sum either.
        let Some(contrast) = self.contrast(k) else { return Vec::new() };
        let mut leaks = self.small_sums(k);
        leaks.retain(|it| it.how != How::Undecided);
        if leaks.is_empty() { vec![contrast] } else { leaks }
    }

    /// Classes of fewer than `k` people who do not collude.
    fn small(&self, k: u64) -> Vec<usize> {
        (0..self.classes.len())
            .filter(|&it| self.classes[it].known.is_none() && (self.size(it) as u64) < k)
            .collect()
    }

    /// Sets of small classes of fewer than `k` people of which the total is known.
    fn small_sums(&self, k: u64) -> Vec<Leak> {
        let mut small = self.small(k);
        let value = self.classes.len();
        let span = Span::of(self.known_rows());
        let mut rests: Vec<Row> = small.iter().map(|&it| span.rest(Row::from([(it, 1)]))).collect();
        if small.len() > MOST_SMALL {
            keep_what_may_cancel(&mut small, &mut rests, value);
        }
        let bound_sums = small.len() <= MOST_SMALL;
        let mut leaks = Vec::new();
        let mut left = MOST_SETS;
        let mut todo: Vec<(usize, Vec<usize>, u64)> = vec![(0, Vec::new(), 0)];
        while let Some((first, chosen, people)) = todo.pop() {
            for at in first..small.len() {
                let people = people + self.size(small[at]) as u64;
                if people >= k {
                    continue;
                }
                if left == 0 {
                    leaks.push(Leak { how: How::Undecided, people: 0, unknowns: Vec::new() });
                    return leaks;
                }
                left -= 1;
                let mut set = chosen.clone();
                set.push(at);
                let rest = sum_of_rows(set.iter().map(|&it| &rests[it]));
                let classes: Vec<usize> = set.iter().map(|&it| small[it]).collect();
                let how = if rest.keys().all(|&it| it == value) {
                    let total = rest.get(&value).map_or(0, |&it| linear::whole(it));
                    Some(How::Sum { total })
                } else if bound_sums {
                    match self.whole_sum(&classes) {
                        Solved::Value(total) => Some(How::WholeSum { total }),
                        Solved::Open => Some(How::Undecided),
                        Solved::Impossible => None,
                    }
                } else {
                    None
                };
                if let Some(how) = how {
                    leaks.push(self.leak(how, &classes));
                }
                todo.push((at + 1, set, people));
            }
        }
        leaks
    }

    /// What is known exactly, a row each; the last column is minus the value.
    fn known_rows(&self) -> Vec<Row> {
        let value = self.classes.len();
        let row = |by: &BTreeMap<usize, i64>, total: i64| -> Row {
            by.iter()
                .map(|(&class, &by)| (class, linear::residue(by)))
                .chain([(value, linear::residue(-total))])
                .filter(|it| it.1 != 0)
                .collect()
        };
        let cells = self.cells.iter().filter(|it| it.1.0 == it.1.1).map(|it| row(&it.0, it.1.0));
        let weightings = self.weightings.iter().map(|(by, total)| row(by, *total));
        let known = self.classes.iter().enumerate().filter_map(|(class, it)| {
            it.known.map(|answer| row(&BTreeMap::from([(class, 1)]), answer))
        });
        cells.chain(weightings).chain(known).collect()
    }

    /// A combination of exact totals, other than a plain sum, about fewer than `k` people.
    fn contrast(&self, k: u64) -> Option<Leak> {
        let mut order: Vec<usize> =
            (0..self.classes.len()).filter(|&it| self.classes[it].known.is_none()).collect();
        order.sort_by_key(|&it| (self.size(it) as u64) < k);
        let mut column = vec![None; self.classes.len()];
        for (at, &class) in order.iter().enumerate() {
            column[class] = Some(at);
        }
        let exact = self.cells.iter().filter(|it| it.1.0 == it.1.1);
        let rows = exact
            .map(|(times, _)| {
                times
                    .iter()
                    .filter_map(|(&class, &times)| Some((column[class]?, linear::residue(times))))
                    .collect()
            })
            .collect();
        let size = order.iter().map(|&it| self.size(it) as u64).collect();
        match (Classes { size, rows }).narrowest(k, MOST_COMBINATIONS) {
            Ok(None) => None,
            Ok(Some((_, columns))) => {
                let classes: Vec<usize> = columns.into_iter().map(|it| order[it]).collect();
                Some(self.leak(How::Contrast, &classes))
            }
            Err(_) if self.are_two_partitions_held_together(k) => None,
            Err(_) => Some(Leak { how: How::Undecided, people: 0, unknowns: Vec::new() }),
        }
    }

    /// Whether the exact totals are those of two partitions, with `k` people or none across every cut.
    fn are_two_partitions_held_together(&self, k: u64) -> bool {
        let exact: Vec<&BTreeMap<usize, i64>> =
            self.cells.iter().filter(|it| it.1.0 == it.1.1).map(|it| &it.0).collect();
        let mut cells_of: Vec<Vec<usize>> = vec![Vec::new(); self.classes.len()];
        for (at, times) in exact.iter().enumerate() {
            for (&class, &times) in *times {
                if times != 1 {
                    return false;
                }
                cells_of[class].push(at);
            }
        }
        // Cells that share people are of different partitions.
        let ground = exact.len();
        let mut side: Vec<Option<bool>> = vec![None; exact.len()];
        for start in 0..exact.len() {
            let mut todo = vec![(start, side[start].unwrap_or(false))];
            while let Some((cell, of)) = todo.pop() {
                match side[cell] {
                    Some(was) if was != of => return false,
                    Some(_) => {}
                    None => {
                        side[cell] = Some(of);
                        let others = exact[cell].keys().flat_map(|&class| &cells_of[class]);
                        todo.extend(others.filter(|&&it| it != cell).map(|&it| (it, !of)));
                    }
                }
            }
        }
        let edges: Option<Vec<(usize, usize, u64)>> = cells_of
            .iter()
            .enumerate()
            .filter(|(class, cells)| !cells.is_empty() && self.classes[*class].known.is_none())
            .map(|(class, cells)| match cells[..] {
                [one] => Some((one, ground, self.size(class) as u64)),
                [one, other] => Some((one, other, self.size(class) as u64)),
                _ => None,
            })
            .collect();
        edges.is_some_and(|it| cut::min_cut_at_least(&it, k).is_ok())
    }

    /// Classes whose members' answers lie within less than `width` points.
    fn ranges(&self, width: i64) -> Result<Vec<Leak>, Contradiction> {
        let mut leaks = Vec::new();
        for class in 0..self.classes.len() {
            if self.classes[class].known.is_some() {
                continue;
            }
            let mut open = false;
            let mut possible = |answer: &i64| match self.may_have_answered(class, *answer) {
                Solved::Value(_) => true,
                Solved::Impossible => false,
                Solved::Open => {
                    open = true;
                    false
                }
            };
            let mut answers = self.publication.lowest..=self.publication.highest;
            let lo = answers.clone().find(&mut possible);
            let hi = answers.rfind(&mut possible);
            let how = match (lo, hi) {
                (Some(lo), Some(hi)) if hi - lo >= width => continue,
                _ if open => How::Undecided,
                (Some(lo), Some(hi)) => How::Range { lo, hi },
                _ => return Err(Contradiction),
            };
            leaks.push(Leak { people: 1, ..self.leak(how, &[class]) });
        }
        Ok(leaks)
    }

    /// Whether somebody of `class` may have given `answer`.
    fn may_have_answered(&self, class: usize, answer: i64) -> Solved {
        let (a, b) = (self.publication.lowest, self.publication.highest);
        let others = self.size(class) - 1;
        let place = self.counts_of(class).find(|it| it.1 == answer).map(|it| it.0);
        let mut result = Solved::Impossible;
        self.each_case(
            |system| {
                if self.totals_only {
                    system.bounds[class] = (a * others + answer, b * others + answer);
                } else if let Some(place) = place {
                    system.bounds[place].0 = system.bounds[place].0.max(1);
                }
            },
            |system| {
                if system.bounds.iter().any(|(lo, hi)| lo > hi) {
                    return Solved::Impossible;
                }
                system.is_possible()
            },
            |solved| {
                if solved != Solved::Impossible {
                    result = solved;
                }
                matches!(solved, Solved::Value(_))
            },
        );
        result
    }

    fn leak(&self, how: How, classes: &[usize]) -> Leak {
        let mut unknowns: Vec<usize> =
            classes.iter().flat_map(|&it| &self.classes[it].members).copied().collect();
        unknowns.sort_unstable();
        Leak { how, people: unknowns.len(), unknowns }
    }
}

/// Drops classes whose rest has a column that no other has, and so can never add up to nothing.
fn keep_what_may_cancel(small: &mut Vec<usize>, rests: &mut Vec<Row>, value: usize) {
    loop {
        let mut times: BTreeMap<usize, usize> = BTreeMap::new();
        for &column in rests.iter().flat_map(Row::keys) {
            *times.entry(column).or_insert(0) += 1;
        }
        let keep: Vec<bool> = rests
            .iter()
            .map(|it| it.keys().all(|column| *column == value || times[column] > 1))
            .collect();
        if keep.iter().all(|it| *it) {
            return;
        }
        let mut of = keep.iter();
        small.retain(|_| of.next().is_some_and(|it| *it));
        let mut of = keep.iter();
        rests.retain(|_| of.next().is_some_and(|it| *it));
    }
}

fn sum_of_rows<'a>(rows: impl Iterator<Item = &'a Row>) -> Row {
    let mut sum: BTreeMap<usize, i128> = BTreeMap::new();
    for row in rows {
        for (&column, &value) in row {
            *sum.entry(column).or_insert(0) += i128::from(value);
        }
    }
    let prime = (1_i128 << 61) - 1;
    sum.into_iter()
        .map(|(column, value)| (column, (value % prime) as u64))
        .filter(|it| it.1 != 0)
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with publishing facts about sets of five-point answers, for k = 5.
    fn attacked(people: usize, cells: &[(&[usize], Fact)]) -> Vec<How> {
        let cells = cells
            .iter()
            .map(|(members, fact)| FactCell {
                members: members.to_vec(),
                facts: vec![fact.clone()],
            })
            .collect();
        let publication = Publication { lowest: 1, highest: 5, known: vec![None; people], cells };
        attack(&publication, 5, 1).unwrap().into_iter().map(|it| it.how).collect()
    }

    fn total(lo: i64, hi: i64) -> Fact {
        Fact::Total { lo, hi }
    }

    #[test]
    fn a_whole_less_a_part_is_a_sum() {
        let all: Vec<usize> = (0..8).collect();
        let found = attacked(8, &[(&all, total(25, 25)), (&all[..5], total(15, 15))]);
        assert_eq!(found, [How::Sum { total: 10 }]);
        assert_eq!(attacked(8, &[(&all, total(25, 26)), (&all[..5], total(15, 15))]), []);
    }

    #[test]
    fn whole_numbers_tell_what_rounding_hides() {
        let all: Vec<usize> = (0..6).collect();
        // At most 24 of 25 points for five, at least 29 for all six: the sixth answered 5.
        let found = attacked(6, &[(&all, total(29, 30)), (&all[..5], total(20, 24))]);
        assert!(found.contains(&How::WholeSum { total: 5 }), "{found:?}");
        assert!(found.contains(&How::Range { lo: 5, hi: 5 }), "{found:?}");
    }

    #[test]
    fn a_standard_deviation_of_nothing_tells_all() {
        let all: Vec<usize> = (0..8).collect();
        let mut cell = FactCell { members: all.clone(), facts: vec![total(21, 27)] };
        cell.facts.push(Fact::SampleSd { value: 0.0, half: 0.05 });
        let publication =
            Publication { lowest: 1, highest: 5, known: vec![None; 8], cells: vec![cell] };
        let found = attack(&publication, 5, 1).unwrap();
        assert_eq!(found[0].how, How::Range { lo: 3, hi: 3 });
    }

    #[test]
    fn extremes_bands_maps_and_agreement_narrow() {
        let all: Vec<usize> = (0..6).collect();
        let range = |fact| attacked(6, &[(&all[..], fact)]);
        assert_eq!(range(Fact::Extremes { min: 3, max: 3 }), [How::Range { lo: 3, hi: 3 }]);
        assert_eq!(
            range(Fact::Band { from: 1, to: 4, lo: 0, hi: 0 }),
            [How::Range { lo: 5, hi: 5 }]
        );
        assert_eq!(range(Fact::Band { from: 1, to: 4, lo: 0, hi: 1 }), []);
        let values = vec![0, 0, 0, 0, 100];
        let mapped = |lo, hi| range(Fact::Mapped { values: values.clone(), lo, hi });
        assert_eq!(mapped(600, 600), [How::Range { lo: 5, hi: 5 }]);
        assert_eq!(mapped(500, 600), []);
        assert_eq!(range(Fact::Unanimous), []);
        let both = attacked(6, &[(&all[..], Fact::Unanimous), (&all[..], total(18, 18))]);
        assert_eq!(both, [How::Range { lo: 3, hi: 3 }]);
    }

    #[test]
    fn weights_are_equations() {
        let all: Vec<usize> = (0..2).collect();
        let weighted = Fact::Weighted { weights: vec![1, 2], total: 11 };
        let found = attacked(2, &[(&all[..], weighted), (&all[..], total(7, 7))]);
        assert!(found.contains(&How::Sum { total: 3 }) && found.contains(&How::Sum { total: 4 }));
    }

    #[test]
    fn who_colludes_is_taken_off() {
        let mut publication = Publication {
            lowest: 1,
            highest: 5,
            known: vec![None; 6],
            cells: vec![FactCell { members: (0..6).collect(), facts: vec![total(18, 18)] }],
        };
        assert_eq!(attack(&publication, 5, 1), Ok(vec![]));
        publication.known[0] = Some(2);
        assert_eq!(attack(&publication, 5, 1), Ok(vec![]));
        publication.known[1] = Some(4);
        let found = attack(&publication, 5, 1).unwrap();
        assert_eq!(
            found,
            [Leak { how: How::Sum { total: 12 }, people: 4, unknowns: vec![2, 3, 4, 5] }]
        );
    }

    #[test]
    fn a_large_table_of_two_partitions_is_certified() {
        // 12 teams by 12 roles, one person in each combination: rows and columns, all exact.
        let of = |row: usize, column: usize| row * 12 + column;
        let rows = (0..12).map(|row| (0..12).map(|column| of(row, column)).collect());
        let columns = (0..12).map(|column| (0..12).map(|row| of(row, column)).collect());
        let cells = rows
            .chain(columns)
            .map(|members: Vec<usize>| FactCell { members, facts: vec![total(36, 36)] })
            .collect();
        let publication = Publication { lowest: 1, highest: 5, known: vec![None; 144], cells };
        let attacker = Attacker::new(&publication).unwrap();
        assert!(attacker.are_two_partitions_held_together(12));
        assert!(!attacker.are_two_partitions_held_together(13));
        assert_eq!(attacker.groups(12), []);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let cell = FactCell { members: vec![0, 1], facts: vec![total(11, 12)] };
        let publication =
            Publication { lowest: 1, highest: 5, known: vec![None; 2], cells: vec![cell] };
        assert_eq!(attack(&publication, 5, 1), Err(Contradiction));
    }
}
