//! What a report costs: the organisation's with 40 units, a unit's, and a thousand of them on all cores
//! with what they need of memory, and that of an organisation with 1,500 units.
//!
//! `cargo bench -p tideline-report` prints them. `--peer ROUNDS` prints only the times of the unit's
//! report, one a line, for `benches/peers/reports.py`, which has other programs make a like one.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "a measurement is for the terminal")]

use std::{
    hint::black_box,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use chrono::{DateTime, Months, TimeDelta, Utc};
use tideline_aggregation::{Policy, Release, Turnout, release, score};
use tideline_domain::day::utc_day;
use tideline_domain::{
    AnswerSheet, Cohort, CohortId, InstrumentId, LeverPlanId, Unit, UnitId, UnitTree, Wave,
    WaveSeq, Window,
    lever::{LEVERS, LeverPlan, LeverStatus, Reach},
};
use tideline_instrument::PULSE;
use tideline_report::{
    next_step::UnitPlan,
    pdf::{Look, PdfInput, report},
};
use tideline_text::{Language, Text};
use uuid::Uuid;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const WAVES: u32 = 14;
const TEXT: Text = Text::new(Language::English);

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

/// Services of about eight teams, twenty-four people in each, a year of waves. A third of the teams grows
/// heavier towards the end, so that there is something to tell.
struct World {
    history: Vec<Release>,
    levers: Vec<UnitPlan>,
    teams: Vec<UnitId>,
}

impl World {
    fn new(units: usize) -> Self {
        let services = (units - 1).div_ceil(9);
        let parent = |at: usize| match at {
            0 => None,
            it if it <= services => Some(0),
            it => Some(1 + (it - services - 1) % services),
        };
        let tree: Vec<Unit> = (0..units)
            .map(|at| Unit {
                id: id(at),
                parent: parent(at).map(id),
                name: format!("Team {at}, outreach and home visits").parse().expect("a name"),
            })
            .collect();
        let tree = UnitTree::new(tree).expect("a tree");
        let teams: Vec<UnitId> = (services + 1..units).map(id).collect();
        let mut dice = Dice(7);
        let mut history: Vec<Release> = Vec::new();
        for wave in 0..WAVES {
            let made = one(&tree, &teams, wave, &mut dice, history.last());
            history.push(made);
        }
        let began = utc_day(DateTime::UNIX_EPOCH);
        let line = |(at, team): (usize, &UnitId)| UnitPlan {
            unit: tree.get(*team).map_or_else(String::new, |it| it.name.to_string()),
            plan: LeverPlan {
                id: LeverPlanId::new(Uuid::from_u128(at as u128 + 1)),
                unit: *team,
                lever: &LEVERS[at % LEVERS.len()],
                status: LeverStatus::Trying,
                reach: Reach::Mine,
                owner: "Rota lead".to_owned(),
                started: began + Months::new(11),
                review: began + Months::new(if at % 3 == 0 { 12 } else { 20 }),
                note: String::new(),
            },
        };
        let levers = teams.iter().enumerate().step_by(2).map(line).collect();
        Self { history, levers, teams }
    }

    fn report(&self, unit: Option<UnitId>) -> Vec<u8> {
        let levers = if unit.is_some() { &self.levers[..2] } else { &self.levers };
        let look = Look::default();
        report(&PdfInput {
            organisation: "Harbourlight Care",
            history: &self.history,
            unit,
            levers,
            today: utc_day(DateTime::UNIX_EPOCH) + Months::new(WAVES),
            next: None,
            contact: "the wellbeing office",
            web: Some("https://app.example.org/org"),
            sealed: true,
            zone: chrono_tz::Tz::UTC,
            text: TEXT,
            look: &look,
        })
        .expect("a report")
    }

    /// The report of another unit with each call: what is remembered of one must not count for it again.
    fn next_unit(&self) -> impl FnMut() -> Vec<u8> {
        let mut units = self.teams.iter().cycle();
        move || self.report(units.next().copied())
    }
}

fn one(
    tree: &UnitTree,
    teams: &[UnitId],
    number: u32,
    dice: &mut Dice,
    before: Option<&Release>,
) -> Release {
    let mut sheets: Vec<(CohortId, AnswerSheet)> = Vec::new();
    let cohort = |at: usize| format!("c{at}").parse::<CohortId>().expect("a cohort");
    let mut answered = vec![0_u32; teams.len()];
    for (at, people) in answered.iter_mut().enumerate() {
        let heavy = at % 3 == 0 && number + 4 >= WAVES;
        for _ in 0..24 {
            if dice.roll(10) >= 7 {
                continue;
            }
            *people += 1;
            let bytes: Vec<u8> = PULSE
                .items
                .iter()
                .map(|_| (1 + dice.roll(4) + u64::from(heavy && dice.roll(3) > 0)) as u8)
                .collect();
            let sheet = AnswerSheet::from_ballot(PULSE.items.len(), &bytes).expect("options");
            sheets.push((cohort(at), sheet));
        }
    }
    let cohorts: Vec<Cohort> = (0..teams.len())
        .map(|at| Cohort {
            id: cohort(at),
            units: vec![teams[at]],
            label: String::new(),
            eligible: 24,
        })
        .collect();
    let groups = score(&PULSE, &sheets, None).into_groups(&cohorts);
    let opens: DateTime<Utc> = DateTime::UNIX_EPOCH + Months::new(number);
    let window = Window::new(opens, opens, opens + TimeDelta::days(14)).expect("a window");
    let label = opens.format("%Y-%m").to_string().parse().expect("a label");
    let wave = Wave { seq: WaveSeq(number + 1), label, window, asks: InstrumentId::PULSE };
    let turnout =
        Turnout { eligible: 24 * teams.len() as u32, ballots: answered.iter().sum(), spoilt: 0 };
    let closed = wave.closed(wave.window.closes()).expect("over");
    release(closed, tree, groups, turnout, &Policy::default(), before).expect("a release")
}

/// The median, and the middle 90 percent.
fn told(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    format!("{:6.1} ms   ({:.1} to {:.1})", at(0.5), at(0.05), at(0.95))
}

fn timed(rounds: usize, mut work: impl FnMut() -> Vec<u8>) -> Vec<Duration> {
    (0..rounds)
        .map(|_| {
            let begin = Instant::now();
            black_box(work());
            begin.elapsed()
        })
        .collect()
}

/// What this process has in memory. Unit: MB. 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kib = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}

/// A report for every unit on all cores; says how far it is and how much memory that takes.
fn many(world: &World, most: usize) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let units: Vec<UnitId> = world.teams.iter().copied().cycle().take(most).collect();
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
                    black_box(world.report(Some(*unit)));
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if done % 200 == 0 {
                        println!("  {done:5} of {most}, {} MB", resident());
                    }
                }
            });
        }
    });
    let rate = most as f64 / begin.elapsed().as_secs_f64();
    println!("  {most} reports on {cores} cores: {rate:.0} a second");
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let of_40 = World::new(40);
    if let Some(at) = arguments.iter().position(|it| it == "--peer") {
        let rounds = arguments.get(at + 1).and_then(|it| it.parse().ok()).unwrap_or(20);
        of_40.report(Some(of_40.teams[0]));
        for time in timed(rounds, of_40.next_unit()) {
            println!("{:.3}", time.as_secs_f64() * 1e3);
        }
        return;
    }
    if let Some(folder) = std::env::var_os("TIDELINE_LOOK") {
        let write = |name: &str, pdf| {
            std::fs::write(std::path::Path::new(&folder).join(name), pdf).expect("a folder");
        };
        write("bench-organisation.pdf", of_40.report(None));
        write("bench-unit.pdf", of_40.report(Some(of_40.teams[0])));
    }
    let first = Instant::now();
    let size = of_40.report(None).len();
    println!(
        "organisation, 40 units, first      {:6.1} ms   {} kB",
        first.elapsed().as_secs_f64() * 1e3,
        size / 1000
    );
    println!("organisation, 40 units, warm       {}", told(timed(30, || of_40.report(None))));
    println!("one unit, warm                     {}", told(timed(60, of_40.next_unit())));
    println!("many, {} MB before", resident());
    let large = World::new(1_500);
    many(&large, 1_000);
    println!("organisation, 1,500 units, warm    {}", told(timed(3, || large.report(None))));
}
