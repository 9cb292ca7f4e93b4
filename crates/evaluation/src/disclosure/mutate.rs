//! Leaks planted on purpose in the product's own releases: the auditor must find every one, and must
//! not cry wolf about what tells nothing new.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use tideline_attacker::{Fact, FactCell, Publication, attack};

use super::{
    cases::{Case, CaseWave},
    planned::{self, Planned},
};
use crate::say;

/// A release of one wave with what was really answered.
struct Base {
    publication: Publication,
    /// What was answered, by unknown.
    truth: Vec<i64>,
    /// Unknowns of each piece: the staff of one unit.
    pieces: Vec<Vec<usize>>,
    k: u64,
    /// The whole scale: nobody may be narrowed down at all.
    whole: i64,
}

/// What is published after a change, and against what it must hold.
struct Mutant {
    kind: &'static str,
    publication: Publication,
    width: i64,
    leaks: bool,
}

/// Kind of change to: how many, and of how many the verdict was right.
type Tally = BTreeMap<&'static str, (usize, usize)>;

pub(super) fn run(cases: &[Case]) -> Result<()> {
    let (mut planted, mut controls) = (Tally::new(), Tally::new());
    for case in cases {
        for wave in &case.waves {
            let Ok(plan) = planned::planned(wave, case.scale, case.k) else { continue };
            let base = base(case, wave, &plan);
            for mutant in mutants(&base) {
                let found = attack(&mutant.publication, base.k, mutant.width)?;
                let tally = if mutant.leaks { &mut planted } else { &mut controls };
                let entry = tally.entry(mutant.kind).or_insert((0, 0));
                entry.0 += 1;
                if found.is_empty() != mutant.leaks {
                    entry.1 += 1;
                } else {
                    say(&format!("{} {}: {} – wrong", case.id, wave.wave, mutant.kind));
                }
            }
        }
    }
    for (kind, (all, right)) in &planted {
        say(&format!("planted  {right:>4} of {all:>4} caught      {kind}"));
    }
    for (kind, (all, right)) in &controls {
        say(&format!("harmless {right:>4} of {all:>4} let through  {kind}"));
    }
    let sum = |tally: &Tally| tally.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let (all, caught) = sum(&planted);
    let (harmless, through) = sum(&controls);
    say(&format!(
        "{caught} of {all} planted leaks caught; {} false alarms in {harmless} harmless changes",
        harmless - through
    ));
    ensure!(caught == all && through == harmless, "the auditor is wrong");
    Ok(())
}

fn base(case: &Case, wave: &CaseWave, plan: &Planned) -> Base {
    let places: BTreeMap<&str, usize> =
        wave.responses.iter().enumerate().map(|(at, it)| (it.rid.as_str(), at)).collect();
    let mut pieces: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, answer) in wave.responses.iter().enumerate() {
        pieces.entry(&answer.unit).or_default().push(at);
    }
    let unknowns = wave.responses.len();
    Base {
        publication: planned::publication(plan, case.scale, unknowns, |rid| {
            places.get(rid).copied()
        }),
        truth: wave.responses.iter().map(|it| it.value).collect(),
        pieces: pieces.into_values().collect(),
        k: case.k.into(),
        whole: case.scale.max - case.scale.min,
    }
}

impl Base {
    fn total(&self, members: &[usize]) -> i64 {
        members.iter().map(|&it| self.truth[it]).sum()
    }

    fn exactly(&self, members: Vec<usize>) -> FactCell {
        let total = self.total(&members);
        FactCell { members, facts: vec![Fact::Total { lo: total, hi: total }] }
    }

    /// The release with `more` cells.
    fn with(&self, more: Vec<FactCell>) -> Publication {
        let mut publication = self.publication.clone();
        publication.cells.extend(more);
        publication
    }
}

fn mutants(base: &Base) -> Vec<Mutant> {
    let mut all = Vec::new();
    let k = base.k as usize;
    let (lowest, highest) = (base.publication.lowest, base.publication.highest);
    let mut plant = |kind, publication, width| {
        all.push(Mutant { kind, publication, width, leaks: true });
    };
    let everybody: Vec<usize> =
        base.publication.cells.iter().flat_map(|it| it.members.clone()).collect();

    for piece in base.pieces.iter().filter(|it| (1..k).contains(&it.len())) {
        plant("a small unit's exact total", base.with(vec![base.exactly(piece.clone())]), 1);
        let others: Vec<usize> =
            everybody.iter().copied().filter(|it| !piece.contains(it)).collect();
        if others.len() + piece.len() == everybody.len() && others.len() >= k {
            let cells = vec![base.exactly(everybody.clone()), base.exactly(others)];
            plant("everybody and everybody else", base.with(cells), 1);
        }
    }
    for cell in &base.publication.cells {
        let members = &cell.members;
        let n = members.len() as i64;
        let without_one = members[1..].to_vec();
        let cells = vec![base.exactly(members.clone()), base.exactly(without_one.clone())];
        plant("before and after a late answer", base.with(cells), 1);

        let outside = everybody.iter().copied().find(|it| !members.contains(it));
        if let (Some(other), true) = (outside, k > 2) {
            let swapped = [&without_one[..], &[other]].concat();
            let cells = vec![base.exactly(members.clone()), base.exactly(swapped)];
            plant("a filter that swaps one person", base.with(cells), 1);
        }

        let answers: Vec<i64> = members.iter().map(|&it| base.truth[it]).collect();
        let (min, max) = (answers.iter().min(), answers.iter().max());
        if let (Some(&min), Some(&max)) = (min, max) {
            let said = |fact| FactCell { members: members.clone(), facts: vec![fact] };
            if min > lowest || max < highest {
                let publication = base.with(vec![said(Fact::Extremes { min, max })]);
                plant("lowest and highest answer", publication, base.whole);
            }
            if min > lowest {
                let none = Fact::Band { from: lowest, to: min - 1, lo: 0, hi: 0 };
                plant("nobody in the low band", base.with(vec![said(none)]), base.whole);
            }
            if max < highest {
                let none = Fact::Band { from: lowest, to: max, lo: n, hi: n };
                plant("everybody in the low band", base.with(vec![said(none)]), base.whole);
            }
        }

        let alike = |total: i64, facts: Vec<Fact>| {
            let mut publication = base.publication.clone();
            let mut facts = facts;
            facts.push(Fact::Total { lo: total, hi: total });
            publication.cells = vec![FactCell { members: members.clone(), facts }];
            publication
        };
        for answer in [lowest, highest] {
            plant("the exact mean of people of one mind at an end", alike(n * answer, vec![]), 1);
        }
        let middle = i64::midpoint(lowest, highest);
        let no_spread = vec![Fact::SampleSd { value: 0.0, half: 0.005 }];
        if base.whole <= 10 {
            plant("a standard deviation of nothing", alike(n * middle, no_spread), base.whole);
        }
        plant("agreement", alike(n * middle, vec![Fact::Unanimous]), base.whole);

        let tell = members.len() + 1 - k;
        let mut publication = base.with(vec![base.exactly(members.clone())]);
        for &who in &members[..tell] {
            publication.known[who] = Some(base.truth[who]);
        }
        plant("an exact total, and all but k - 1 talk", publication, 1);
    }

    let mut keep = |kind, publication, width| {
        all.push(Mutant { kind, publication, width, leaks: false });
    };
    keep("nothing", base.publication.clone(), base.whole);
    keep("the same twice", base.with(base.publication.cells.clone()), base.whole);
    let sum_of = |cells: &[FactCell]| FactCell {
        members: cells.iter().flat_map(|it| it.members.clone()).collect(),
        facts: vec![Fact::Total {
            lo: cells.iter().map(|it| ends(it).0).sum(),
            hi: cells.iter().map(|it| ends(it).1).sum(),
        }],
    };
    for two in base.publication.cells.windows(2) {
        keep("the sum of two atoms", base.with(vec![sum_of(two)]), base.whole);
    }
    if !everybody.is_empty() {
        let all = sum_of(&base.publication.cells);
        keep("the sum of all atoms", base.with(vec![all]), base.whole);
    }
    for cell in &base.publication.cells {
        let (n, total) = (cell.members.len() as i64, base.total(&cell.members));
        if n > 2 && n * lowest + 1 < total && total < n * highest - 1 {
            keep(
                "an atom's exact total, not at an end",
                base.with(vec![base.exactly(cell.members.clone())]),
                1,
            );
        }
    }
    all
}

fn ends(cell: &FactCell) -> (i64, i64) {
    match cell.facts[..] {
        [Fact::Total { lo, hi }, ..] => (lo, hi),
        _ => (0, 0),
    }
}
