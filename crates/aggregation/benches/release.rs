//! What a release costs: aggregating answers, planning, coarsening, auditing, and how that grows.
//!
//! `cargo bench -p tideline-aggregation` prints them. Absolute times depend on the machine; what
//! decisions rest on are the ratios and the slope, which come from one run.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has failed")]

use std::{hint::black_box, sync::LazyLock, time::Instant};

use chrono::{DateTime, TimeDelta};
use tideline_aggregation::{
    Asked, Group, ItemSums, MinGroup, Policy, Release, Turnout,
    coarsen::Coarsening,
    plan::{Plan, Standing, plan},
    release,
};
use tideline_domain::{
    AnswerSheet, InstrumentId, Item, PerScale, Questionnaire, Scale, Target, Unit, UnitId,
    UnitTree, Wave, WaveSeq, Window,
};
use uuid::Uuid;

const PEOPLE: usize = 1_000_000;
const ITEMS: usize = 30;
const UNITS: usize = 10_000;

/// Thirty items, so that a row is as long as those that others are measured with.
static THIRTY: LazyLock<Questionnaire> = LazyLock::new(|| {
    let item = Item {
        id: "I",
        target: Target::Scale(Scale::Burnout, "all"),
        reversed: false,
        text: "A statement.",
    };
    Questionnaire {
        id: "thirty",
        timeframe: "",
        frequency: [""; 5],
        agreement: [""; 5],
        items: Vec::leak(vec![item; ITEMS]),
        blocks: &[],
        texts: &[],
        min_answered: PerScale { burnout: 1, sts: 1, cs: 1 },
        credit: "",
    }
});

/// A fast generator of no quality (xorshift), so that setting up does not outlast measuring.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

fn id(at: usize) -> UnitId {
    UnitId::new(Uuid::from_u128(at as u128 + 1))
}

/// Everybody's unit and answers.
fn sheets() -> Vec<(usize, AnswerSheet)> {
    let mut dice = Dice(42);
    (0..PEOPLE)
        .map(|_| {
            let bytes: Vec<u8> = (0..ITEMS).map(|_| dice.roll(5) as u8 + 1).collect();
            let unit = dice.roll(UNITS as u64) as usize;
            (unit, AnswerSheet::from_ballot(ITEMS, &bytes).expect("options 1 to 5"))
        })
        .collect()
}

/// Adds up all answers by unit and item, in one thread.
fn aggregate(sheets: &[(usize, AnswerSheet)]) -> Vec<ItemSums> {
    let asked = Asked::new(&THIRTY);
    let mut sums = vec![ItemSums::new(&asked); UNITS];
    for (unit, sheet) in sheets {
        sums[*unit].add(sheet);
    }
    sums
}

/// An organisation of about so many units, ten below each, teams of two to sixteen at the bottom.
struct World {
    tree: UnitTree,
    groups: Vec<Group>,
    parents: Vec<Option<usize>>,
    direct: Vec<u32>,
    staff: Vec<u32>,
}

impl World {
    fn new(units: usize) -> Self {
        let mut dice = Dice(7);
        let parents: Vec<Option<usize>> =
            (0..units).map(|at| (at > 0).then(|| (at - 1) / 10)).collect();
        let unit = |(at, parent): (usize, &Option<usize>)| Unit {
            id: id(at),
            parent: parent.map(id),
            name: format!("u{at}").parse().expect("a name"),
        };
        let tree = UnitTree::new(parents.iter().enumerate().map(unit).collect()).expect("a tree");
        let inner = units / 10;
        let mut groups = Vec::with_capacity(units);
        for at in 0..units {
            let staff = if at < inner { 1 + dice.roll(4) } else { 2 + dice.roll(15) } as u32;
            let mut scores = Vec::new();
            for _ in 0..staff {
                if dice.roll(10) < 7 {
                    scores.push(PerScale::from_fn(|_| Some(dice.roll(101) as u8)));
                }
            }
            groups.push(Group {
                units: vec![id(at)],
                headcount: staff,
                scores,
                items: ItemSums::default(),
            });
        }
        let mut it = Self {
            parents: (0..units).map(|at| tree.parent(at)).collect(),
            direct: vec![0; units],
            staff: vec![0; units],
            groups,
            tree,
        };
        for group in &it.groups {
            let at = it.tree.index_of(group.units[0]).expect("a unit of the tree");
            it.direct[at] = group.scores.len() as u32;
            it.staff[at] = group.headcount;
        }
        it
    }

    fn answers(&self) -> usize {
        self.groups.iter().map(|it| it.scores.len()).sum()
    }

    fn plan(&self) -> Plan {
        let standing = vec![Standing::New; self.parents.len()];
        plan(&self.parents, &self.direct, &self.staff, MinGroup::DEFAULT.people(), &standing)
    }

    /// Plans, and coarsens three totals of each atom.
    fn plan_and_coarsen(&self) -> u64 {
        let plan = self.plan();
        let mut sum = 0;
        for atom in &plan.atoms {
            let n: u32 = atom.iter().map(|&it| self.direct[it]).sum();
            for total in [n * 30, n * 50, n * 70] {
                sum += u64::from(Coarsening::SCORE.cell(total, n).lo);
            }
        }
        sum
    }

    fn release(&self) -> Release {
        let opens = DateTime::UNIX_EPOCH;
        let window = Window::new(opens, opens, opens + TimeDelta::days(7)).expect("a week");
        let wave = Wave {
            seq: WaveSeq(1),
            label: "w1".parse().expect("a label"),
            asks: InstrumentId::PULSE,
            window,
        };
        let closed = wave.closed(window.closes()).expect("over");
        let turnout = Turnout {
            eligible: self.staff.iter().sum(),
            ballots: self.answers() as u32,
            spoilt: 0,
        };
        let policy = Policy::default();
        release(closed, &self.tree, self.groups.clone(), turnout, &policy, None).expect("a release")
    }
}

#[divan::bench]
fn aggregate_a_million_sheets_of_thirty(bencher: divan::Bencher<'_, '_>) {
    let sheets = sheets();
    bencher.bench_local(|| aggregate(black_box(&sheets)));
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn plan_and_coarsen(bencher: divan::Bencher<'_, '_>, units: usize) {
    let world = World::new(units);
    bencher.bench_local(|| world.plan_and_coarsen());
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn audit(bencher: divan::Bencher<'_, '_>, units: usize) {
    let release = World::new(units).release();
    bencher.bench_local(|| release.audit());
}

/// Everything from people's scores to an audited release.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 10)]
fn whole_release(bencher: divan::Bencher<'_, '_>, units: usize) {
    let world = World::new(units);
    bencher.bench_local(|| world.release());
}

/// How long this thread has been on a processor, where the system tells it: other programs then do
/// not count. Unit: seconds.
fn on_processor() -> Option<f64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    times.split_whitespace().next()?.parse::<f64>().ok().map(|it| it / 1e9)
}

/// The median of seven rounds of at least a tenth of a second each, in time on a processor if that is
/// known. Unit: seconds a run.
fn median<T>(mut run: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let (start, before) = (Instant::now(), on_processor());
            let mut runs = 0;
            while start.elapsed().as_secs_f64() < 0.1 {
                black_box(run());
                runs += 1;
            }
            let spent = match before.zip(on_processor()) {
                Some((before, after)) => after - before,
                None => start.elapsed().as_secs_f64(),
            };
            spent / f64::from(runs)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Peak memory of this process, where the system tells it. Unit: MB.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|it| it / 1_000)
}

#[expect(clippy::print_stdout, reason = "what was measured goes to the terminal")]
fn growth() {
    let sheets = sheets();
    let adding = median(|| aggregate(&sheets));
    // The same bytes read once, for what the machine can do at best.
    let reading = median(|| {
        sheets.iter().flat_map(|it| it.1.options()).map(|it| u64::from(*it)).sum::<u64>()
    });
    println!(
        "{PEOPLE} sheets of {ITEMS} items over {UNITS} units: {:.1} ms in one thread, {:.1} times \
         reading them once; {:.0} million answers a second",
        adding * 1e3,
        adding / reading,
        (PEOPLE * ITEMS) as f64 / adding / 1e6,
    );
    if let Some(peak) = peak_memory() {
        println!("peak memory so far, the sheets included: {peak} MB");
    }
    drop(sheets);

    println!("\n| units | answers | plan and coarsen, ms | audit, ms | whole release, ms |");
    println!("|---|---|---|---|---|");
    let sizes = [1_000, 10_000, 100_000];
    let times: Vec<[f64; 3]> = sizes
        .iter()
        .map(|&units| {
            let world = World::new(units);
            let made = world.release();
            let times = [
                median(|| world.plan_and_coarsen()),
                median(|| made.audit()),
                median(|| world.release()),
            ];
            let [plan, audit, all] = times.map(|it| it * 1e3);
            println!("| {units} | {} | {plan:.2} | {audit:.2} | {all:.1} |", world.answers());
            times
        })
        .collect();
    let slope = |at: usize| (times[2][at] / times[0][at]).log10() / 2.0;
    println!(
        "slope from 1,000 to 100,000 units (1 is linear): plan and coarsen {:.2}, audit {:.2}, whole \
         release {:.2}\n",
        slope(0),
        slope(1),
        slope(2)
    );
}

fn main() {
    // Under `cargo test` nothing is measured. `cargo bench … -- growth` measures this alone.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--bench"] || arguments.iter().any(|it| it == "growth") {
        growth();
    }
    divan::main();
}
