//! `cargo xtask simulate --trend`: how often the trend rule is wrong, how often and how soon it sees a
//! change, and whether every range holds what it says, as shipped: real answer sheets, scored, planned,
//! coarsened, audited, released, and judged by the code that judges them on a page.
//!
//! Beside the rule as shipped stands the one before it, which judged every team by its own past alone;
//! small organisations still have it. Worlds and truth: [`super::world`].

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use anyhow::Result;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use tideline_aggregation::{
    Release, Subject,
    estimate::{
        proportion::wilson,
        window::{self, Level, Point, WindowRule},
    },
    trend::{self, Direction, Reading, State},
};
use tideline_domain::Scale;

use super::world::{Organisation, SIZES, STEP_AT, Truth, WAVES, WORLDS, World, changes};
use crate::say;

/// A change must be seen within as many waves.
const WITHIN: usize = 8;
/// From this wave on a change can be called sustained.
const JUDGED: usize = 10;
const Z: f64 = 1.96;

/// What to run.
pub(crate) struct Options {
    /// Organisations for each world.
    pub(crate) organisations: u32,
    /// Teams of each; with fewer than six, too few for a rest.
    pub(crate) teams: usize,
    /// Same seed, same numbers.
    pub(crate) seed: u64,
}

/// What one rule said in one world.
#[derive(Default, Clone, Debug, PartialEq)]
struct Alarms {
    /// Series of teams that did not change, and those ever called sustained heavier, or either way.
    series: u32,
    heavier: u32,
    either: u32,
    /// Teams that did not change, and those with any such series.
    teams: u32,
    any: u32,
    /// Teams under a false sustained in a wave, over all waves from [`JUDGED`] on.
    standing: u32,
    waves: u32,
    /// By size: series of teams that changed, those seen in time, and after how many waves in all.
    moved: [u32; 4],
    seen: [u32; 4],
    delay: [u32; 4],
}

/// Whether a range holds the truth.
#[derive(Default, Clone, Copy, Debug, PartialEq)]
struct Cover {
    of: u32,
    inside: u32,
    width: f64,
    squares: f64,
}

impl Cover {
    fn note(&mut self, value: f64, low: f64, high: f64, truth: f64) {
        self.of += 1;
        self.inside += u32::from(low <= truth && truth <= high);
        self.width += high - low;
        self.squares += (value - truth).powi(2);
    }

    fn add(&mut self, other: &Self) {
        self.of += other.of;
        self.inside += other.inside;
        self.width += other.width;
        self.squares += other.squares;
    }

    /// Share inside, mean width, root mean squared error.
    fn told(&self) -> String {
        let n = f64::from(self.of.max(1));
        let (inside, error) = (100.0 * f64::from(self.inside) / n, (self.squares / n).sqrt());
        format!("{inside:5.1} % {:5.1} {error:5.2}", self.width / n)
    }
}

const RANGES: [&str; 10] = [
    "this wave's mean of all staff: dot, as before",
    "this wave's mean of all staff: dot, printed",
    "level: dot and its range, as before",
    "level: line and its band",
    "level in 8 waves after +10: dot, as before",
    "level in 8 waves after +10: line",
    "next single wave: usual range, as before",
    "next single wave: usual range, printed",
    "level: side by side",
    "this wave's mean of all staff: side by side",
];

#[derive(Default, Clone, Debug, PartialEq)]
struct Tally {
    old: Alarms,
    new: Alarms,
    ranges: [[Cover; 4]; RANGES.len()],
    /// Organisations, those whose own movement was ever called sustained heavier, and after how many
    /// waves since [`STEP_AT`] in all, of those called so after it.
    organisations: u32,
    organisation_heavier: u32,
    organisation_lighter: u32,
    organisation_seen: u32,
    organisation_delay: u32,
}

impl Alarms {
    fn add(&mut self, other: &Self) {
        self.series += other.series;
        self.heavier += other.heavier;
        self.either += other.either;
        self.teams += other.teams;
        self.any += other.any;
        self.standing += other.standing;
        self.waves += other.waves;
        for it in 0..4 {
            self.moved[it] += other.moved[it];
            self.seen[it] += other.seen[it];
            self.delay[it] += other.delay[it];
        }
    }

    fn told(&self) -> String {
        let power = |it: usize| short(f64::from(self.seen[it]) / f64::from(self.moved[it].max(1)));
        let seen: u32 = self.seen.iter().sum();
        let delay: u32 = self.delay.iter().sum();
        format!(
            "{:<16} {:<5} {:<5} {:>5.1}   {} {} {} {}   {:>4.1}",
            share(self.heavier, self.series),
            short(f64::from(self.either) / f64::from(self.series.max(1))),
            short(f64::from(self.any) / f64::from(self.teams.max(1))),
            f64::from(self.standing) / f64::from(self.waves.max(1)),
            power(0),
            power(1),
            power(2),
            power(3),
            f64::from(delay) / f64::from(seen.max(1)),
        )
    }
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.old.add(&other.old);
        self.new.add(&other.new);
        for (all, of) in self.ranges.iter_mut().flatten().zip(other.ranges.iter().flatten()) {
            all.add(of);
        }
        self.organisations += other.organisations;
        self.organisation_heavier += other.organisation_heavier;
        self.organisation_lighter += other.organisation_lighter;
        self.organisation_seen += other.organisation_seen;
        self.organisation_delay += other.organisation_delay;
    }
}

fn short(share: f64) -> String {
    let it = format!("{share:.3}");
    it.strip_prefix('0').map_or(it.clone(), str::to_owned)
}

fn share(x: u32, n: u32) -> String {
    let it = wilson(f64::from(x), f64::from(n), 0.95);
    format!("{} ({}-{})", short(f64::from(x) / f64::from(n)), short(it.low), short(it.high))
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let Options { organisations, teams, seed } = *options;
    say(&format!(
        "{organisations} organisations of {teams} teams (8, 12, 20, 30 people in turn), {WAVES} waves, three \
         measures, seed {seed}\nsustained: share of series that did not change and were ever called heavier \
         (95 % interval), or either way; share of teams with any; teams under one in a wave, of {teams}\npower: \
         +10 called sustained within {WITHIN} waves, by size; delay in waves\n"
    ));
    say(
        "world                  rule     heavier          either teams standing  8    12   20   30     delay",
    );
    let mut all = Tally::default();
    let mut whole = Vec::new();
    for (at, world) in WORLDS.into_iter().enumerate() {
        let tally = simulate(options, at as u64, world)?;
        say(&format!("{:<22} own past {}", world.name, tally.old.told()));
        say(&format!("{:<22} the rest {}", "", tally.new.told()));
        let delay = f64::from(tally.organisation_delay) / f64::from(tally.organisation_seen.max(1));
        whole.push(format!(
            "{:<22} {:>3} of {} heavier, {:>3} lighter; after the step seen {:>3}, delay {delay:.1}",
            world.name,
            tally.organisation_heavier,
            tally.organisations,
            tally.organisation_lighter,
            tally.organisation_seen,
        ));
        all.add(&tally);
    }
    say("\nthe organisation's own movement, ever called sustained");
    whole.iter().for_each(|it| say(it));
    say(
        "\nranges over all worlds: inside, mean width, error of the value (points), by size of team",
    );
    for (name, by_size) in RANGES.iter().zip(&all.ranges) {
        let told: Vec<String> = by_size.iter().map(Cover::told).collect();
        let mut together = Cover::default();
        by_size.iter().for_each(|it| together.add(it));
        say(&format!("{name:<46} {} | {}", together.told(), told.join(" | ")));
    }
    say(
        "\ntargets: sustained heavier without a change at most .10 in every world; ranges 95 %; power at least \
         .79, .88, .95 at 12, 20, 30",
    );
    Ok(())
}

/// All organisations of one world, on all processors; each has its own seed.
fn simulate(options: &Options, place: u64, world: World) -> Result<Tally> {
    let next = AtomicU32::new(0);
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let work = || -> Result<Tally> {
        let mut tally = Tally::default();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= options.organisations {
                return Ok(tally);
            }
            let seed = options.seed ^ place << 40 ^ (u64::from(at) + 1) << 8;
            let rng = ChaCha8Rng::seed_from_u64(seed);
            tally.add(&organisation(world, options.teams, rng)?);
        }
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = Tally::default();
        for it in running {
            match it.join() {
                Ok(tally) => all.add(&tally?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}

/// Whether one rule ever called a series sustained, and when first after the step.
#[derive(Default, Clone, Copy)]
struct Seen {
    heavier: bool,
    lighter: bool,
    after: Option<usize>,
}

impl Seen {
    /// Notes the state at wave `at`; whether it is sustained.
    fn note(&mut self, state: &State, at: usize) -> bool {
        let State::Sustained(change) = state else { return false };
        match change.direction {
            Direction::Heavier => {
                self.heavier = true;
                if at >= STEP_AT && self.after.is_none() {
                    self.after = Some(at - STEP_AT + 1);
                }
            }
            Direction::Lighter => self.lighter = true,
        }
        true
    }
}

/// The life of one organisation.
fn organisation(world: World, teams: usize, rng: ChaCha8Rng) -> Result<Tally> {
    let mut made = Organisation::new(world, teams, rng)?;
    let root = Subject::Unit(made.tree.root().id);
    let mut history: Vec<Release> = Vec::new();
    let mut tally = Tally { organisations: 1, ..Tally::default() };
    // By rule, then team and measure.
    let mut seen: [BTreeMap<(usize, Scale), Seen>; 2] = Default::default();
    let mut whole = [Seen::default(); 3];
    for at in 0..WAVES {
        let (release, truth) = made.wave(at, history.last())?;
        history.push(release);
        let mut standing = [0; 2];
        for (team, unit) in made.teams.iter().enumerate() {
            let Some(subject) = history[at].subject_of(*unit) else { continue };
            let mut under = [false; 2];
            for (index, scale) in Scale::ALL.into_iter().enumerate() {
                let reading = trend::read(&history, &subject, scale);
                let states = [trend::state(&reading.figures, scale), reading.state];
                for rule in 0..2 {
                    let seen = seen[rule].entry((team, scale)).or_default();
                    under[rule] |= seen.note(&states[rule], at);
                }
                if matches!(subject, Subject::Unit(_)) {
                    ranges(&mut tally, &reading, &truth[team], &Place { team, at, index });
                }
            }
            for rule in 0..2 {
                standing[rule] += u32::from(under[rule] && !changes(team));
            }
        }
        if at >= JUDGED {
            for (alarms, standing) in [&mut tally.old, &mut tally.new].into_iter().zip(standing) {
                alarms.standing += standing;
                alarms.waves += 1;
            }
        }
        for (seen, scale) in whole.iter_mut().zip(Scale::ALL) {
            seen.note(&trend::read(&history, &root, scale).state, at);
            beside(&mut tally, &made, &history, &truth, scale);
        }
    }
    for (alarms, seen) in [&mut tally.old, &mut tally.new].into_iter().zip(&seen) {
        count(alarms, seen, teams);
    }
    tally.organisation_heavier = u32::from(whole.iter().any(|it| it.heavier));
    tally.organisation_lighter = u32::from(whole.iter().any(|it| it.lighter));
    let after = whole.iter().filter_map(|it| it.after).min();
    tally.organisation_seen = u32::from(after.is_some());
    tally.organisation_delay = after.unwrap_or(0) as u32;
    Ok(tally)
}

fn count(alarms: &mut Alarms, seen: &BTreeMap<(usize, Scale), Seen>, teams: usize) {
    for team in 0..teams {
        let mut any = false;
        for scale in Scale::ALL {
            let seen = seen.get(&(team, scale)).copied().unwrap_or_default();
            if changes(team) {
                let size = team % SIZES.len();
                alarms.moved[size] += 1;
                if let Some(after) = seen.after.filter(|it| *it <= WITHIN) {
                    alarms.seen[size] += 1;
                    alarms.delay[size] += after as u32;
                }
            } else {
                alarms.series += 1;
                alarms.heavier += u32::from(seen.heavier);
                alarms.either += u32::from(seen.heavier || seen.lighter);
                any |= seen.heavier || seen.lighter;
            }
        }
        if !changes(team) {
            alarms.teams += 1;
            alarms.any += u32::from(any);
        }
    }
}

struct Place {
    team: usize,
    at: usize,
    index: usize,
}

/// Notes for one measure of a team with a page of its own whether each range held.
fn ranges(tally: &mut Tally, reading: &Reading, truth: &Truth, it: &Place) {
    let Some(figure) = reading.figures.last().copied().flatten() else { return };
    let size = it.team % SIZES.len();
    let (all_staff, level) = (truth.all_staff[it.index], truth.level[it.index]);
    let half = Z * figure.variance.sqrt();
    let before = ((figure.value - half).max(0.0), (figure.value + half).min(100.0));
    let mut note = |at: usize, value: f64, (low, high): (f64, f64), truth: f64| {
        tally.ranges[at][size].note(value, low, high, truth);
    };
    note(0, figure.value, before, all_staff);
    note(1, figure.value, (figure.low, figure.high), all_staff);
    note(2, figure.value, before, level);
    let line = reading.levels.last().copied().flatten();
    if let Some(line) = line {
        note(3, line.value, (line.low, line.high), level);
    }
    if changes(it.team) && (STEP_AT..STEP_AT + WITHIN).contains(&it.at) {
        note(4, figure.value, before, level);
        if let Some(line) = line {
            note(5, line.value, (line.low, line.high), level);
        }
    }
    if !changes(it.team) && it.at >= JUDGED {
        if let Some((mean, low, high)) = usual_before(&reading.figures) {
            note(6, mean, (low, high), figure.value);
        }
        if let Some(usual) = reading.usual {
            note(7, usual.mean, (usual.low, usual.high), figure.value);
        }
    }
}

/// The usual range as it was: that of the own past, with the variance of a fresh sample.
fn usual_before(figures: &[Option<tideline_aggregation::Figure>]) -> Option<(f64, f64, f64)> {
    let rule = WindowRule { base_max: 16, ..WindowRule::STANDARD };
    let points: Vec<Point> =
        figures.iter().map(|it| it.map(|it| (it.value, it.variance))).collect();
    let (_, base) = window::split(&points, &rule);
    let level = Level::of(base, rule.omega2);
    (level.n >= rule.base_min).then(|| {
        let one = base.iter().flatten().map(|it| it.1).sum::<f64>() / level.n as f64 + rule.omega2;
        let half = Z * (one + level.variance()).sqrt();
        (level.mean(), (level.mean() - half).max(0.0), (level.mean() + half).min(100.0))
    })
}

/// Notes whether the ranges of teams side by side hold.
fn beside(
    tally: &mut Tally,
    made: &Organisation,
    history: &[Release],
    truth: &[Truth],
    scale: Scale,
) {
    let index = Scale::ALL.iter().position(|it| *it == scale).unwrap_or(0);
    for it in trend::compare(history, scale).unwrap_or_default() {
        let Subject::Unit(unit) = it.subject else { continue };
        let Some(team) = made.teams.iter().position(|it| *it == unit) else { continue };
        let (size, truth) = (team % SIZES.len(), &truth[team]);
        let ranges = &mut tally.ranges;
        ranges[8][size].note(it.value, it.range.low, it.range.high, truth.level[index]);
        ranges[9][size].note(it.value, it.range.low, it.range.high, truth.all_staff[index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let run = || organisation(WORLDS[4], 8, ChaCha8Rng::seed_from_u64(1)).unwrap();
        assert_eq!(run(), run());
    }
}
