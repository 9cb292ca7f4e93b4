//! `cargo xtask simulate --trend`: how often the trend rule is wrong and how often it sees a change,
//! as shipped: real answer sheets, scored, planned, coarsened, audited, released, and judged by the
//! code that judges them on a page.
//!
//! The model: whole-scale scores with standard deviation 22 within a team, of which 60 % of the variance
//! lasts (the same people answer again); items correlate by .5; 1.5 points of wobble that a whole team
//! shares in a wave; 70 % answer, drawn anew in each wave; answers are one of five options. Organisations
//! have 12 teams of one size in three departments.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tideline_aggregation::{
    Policy, Release, Turnout,
    estimate::{proportion::wilson, quantile::normal_tail},
    release, score,
    trend::{self, Direction, State},
};
use tideline_domain::{
    Answer, AnswerSheet, Cohort, CohortId, InstrumentId, Scale, Target, Unit, UnitId, UnitTree,
    Wave, WaveSeq, Window,
};
use tideline_instrument::PULSE;
use uuid::Uuid;

use crate::run::say;

const SIZES: [usize; 4] = [8, 12, 20, 30];
const DEPARTMENTS: usize = 3;
const TEAMS: usize = 12;
const STABLE: usize = 26;
/// Waves before the change, and within which it must be seen.
const BEFORE: usize = 12;
const WITHIN: usize = 8;
const STEP: f64 = 10.0;
const RESPONSE: f64 = 0.7;
const TEAM_SD: f64 = 4.0;
const WAVE_SD: f64 = 1.5;
/// Of the part that a person's items share: √(.5 · 847), with 847 = 22² · 7/(1 + 6 · .5) an item's
/// variance; and of the rest of an item, less the 52 that rounding to options adds.
const PERSON_SD: f64 = 20.58;
const ITEM_SD: f64 = 19.28;
const STABILITY: f64 = 0.6;

/// What to run.
pub(crate) struct Options {
    /// Organisations of each size, for each of the two questions.
    pub(crate) organisations: u32,
    /// Same seed, same numbers.
    pub(crate) seed: u64,
}

/// What happened to the series of one size: teams by measures.
#[derive(Default, Clone, Copy)]
struct Tally {
    series: u32,
    watch_worse: u32,
    sustained_worse: u32,
    sustained_better: u32,
    /// Waves that had a page of their own for the team, of all.
    alone: u32,
    waves: u32,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.series += other.series;
        self.watch_worse += other.watch_worse;
        self.sustained_worse += other.sustained_worse;
        self.sustained_better += other.sustained_better;
        self.alone += other.alone;
        self.waves += other.waves;
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    say(&format!(
        "trend rule as shipped: {} organisations of {TEAMS} teams for each size, three measures, seed {}",
        options.organisations, options.seed
    ));
    say("share of series (a measure of a team), with 95 % intervals\n");
    say(
        "team   no change, 26 waves                                 +10 within 8 waves              own page",
    );
    say("size   watch            sustained worse  sustained better  watch            sustained");
    for size in SIZES {
        let stable = simulate(options, size, None)?;
        let moved = simulate(options, size, Some(BEFORE))?;
        say(&format!(
            "{size:>4}   {:<16} {:<16} {:<17} {:<16} {:<16}{:>4.0} %",
            told(stable.watch_worse, stable.series),
            told(stable.sustained_worse, stable.series),
            told(stable.sustained_better, stable.series),
            told(moved.watch_worse, moved.series),
            told(moved.sustained_worse, moved.series),
            100.0 * f64::from(stable.alone) / f64::from(stable.waves),
        ));
    }
    say(
        "\ntargets: sustained worse without a change at most .10 in every size; sustained within 8 waves at least .90 from 20 people",
    );
    Ok(())
}

fn told(x: u32, n: u32) -> String {
    let it = wilson(f64::from(x), f64::from(n), 0.95);
    let short = |share: f64| format!("{share:.3}").trim_start_matches('0').to_owned();
    format!("{} ({}-{})", short(f64::from(x) / f64::from(n)), short(it.low), short(it.high))
}

/// All organisations of one size, on all processors; each has its own seed.
fn simulate(options: &Options, size: usize, step_at: Option<usize>) -> Result<Tally> {
    let next = AtomicU32::new(0);
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let work = || -> Result<Tally> {
        let mut tally = Tally::default();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= options.organisations {
                return Ok(tally);
            }
            let place = (size as u64) << 40 | u64::from(step_at.is_some()) << 32 | u64::from(at);
            let rng = ChaCha8Rng::seed_from_u64(options.seed ^ place);
            tally.add(&organisation(size, step_at, rng)?);
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

struct Person {
    team: usize,
    level: [f64; 3],
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (a, b): (f64, f64) = (1.0 - rng.random::<f64>(), rng.random());
    (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

fn usual(scale: Scale) -> f64 {
    match scale {
        Scale::Burnout => 45.0,
        Scale::SecondaryTraumaticStress => 40.0,
        Scale::CompassionSatisfaction => 60.0,
    }
}

/// The mean answer, 0 to 100, of people whose underlying level is `level`: options are bounded, so it
/// moves less than the level.
fn mean_answer(level: f64) -> f64 {
    let sd = PERSON_SD.hypot(ITEM_SD);
    [12.5, 37.5, 62.5, 87.5].map(|cut| 25.0 * normal_tail((cut - level) / sd)).iter().sum()
}

/// How far the underlying level must move for the mean answer to move by [`STEP`] points of load.
fn latent_step(scale: Scale) -> f64 {
    let (from, sign) = (usual(scale), scale.load_sign());
    let moved = |by: f64| sign * (mean_answer(from + sign * by) - mean_answer(from));
    let (mut low, mut high) = (0.0, 60.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if moved(middle) < STEP { low = middle } else { high = middle }
    }
    high
}

fn tree() -> Result<(UnitTree, Vec<UnitId>)> {
    let id = |at: usize| UnitId::new(Uuid::from_u128(1 + at as u128));
    let mut units = vec![Unit { id: id(0), parent: None, name: "Organisation".parse()? }];
    let mut teams = Vec::new();
    for department in 0..DEPARTMENTS {
        let above = id(1 + department);
        let name = format!("Department {department}").parse()?;
        units.push(Unit { id: above, parent: Some(id(0)), name });
        for _ in 0..TEAMS / DEPARTMENTS {
            let team = id(1 + DEPARTMENTS + teams.len());
            let name = format!("Team {}", teams.len()).parse()?;
            units.push(Unit { id: team, parent: Some(above), name });
            teams.push(team);
        }
    }
    Ok((UnitTree::new(units)?, teams))
}

fn wave(at: usize) -> Result<Wave> {
    let opens: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).context("a time")?
        + TimeDelta::days(14 * at as i64);
    let label = format!("{at}").parse()?;
    let window = Window::new(opens, opens, opens + TimeDelta::days(13))?;
    Ok(Wave { seq: WaveSeq(at as u32 + 1), label, asks: InstrumentId::PULSE, window })
}

/// The life of one organisation.
fn organisation(size: usize, step_at: Option<usize>, mut rng: ChaCha8Rng) -> Result<Tally> {
    let (tree, teams) = tree()?;
    let rng = &mut rng;
    let cohorts: Vec<Cohort> = teams
        .iter()
        .enumerate()
        .map(|(at, team)| {
            let id = format!("t{at}").parse::<CohortId>()?;
            Ok(Cohort {
                id,
                units: vec![*team],
                label: format!("Team {at}"),
                eligible: size as u32,
            })
        })
        .collect::<Result<_>>()?;
    let people: Vec<Person> = (0..TEAMS)
        .flat_map(|team| {
            let level = Scale::ALL.map(|it| usual(it) + TEAM_SD * normal(rng));
            (0..size)
                .map(|_| Person {
                    team,
                    level: level.map(|it| it + STABILITY.sqrt() * PERSON_SD * normal(rng)),
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let steps = Scale::ALL.map(|it| it.load_sign() * latent_step(it));
    let waves = step_at.map_or(STABLE, |it| it + WITHIN);
    let mut history: Vec<Release> = Vec::new();
    let mut seen: BTreeMap<(usize, Scale), [bool; 3]> = BTreeMap::new();
    let mut tally = Tally::default();
    for at in 0..waves {
        let moved = step_at.is_some_and(|it| at >= it);
        let shared: Vec<[f64; 3]> =
            (0..TEAMS).map(|_| [(); 3].map(|()| WAVE_SD * normal(rng))).collect();
        let mut sheets = Vec::new();
        for person in &people {
            if rng.random_bool(RESPONSE) {
                let level: [f64; 3] = std::array::from_fn(|it| {
                    let step = if moved { steps[it] } else { 0.0 };
                    person.level[it] + shared[person.team][it] + step
                });
                sheets.push((cohorts[person.team].id.clone(), sheet(level, rng)?));
            }
        }
        let wave = wave(at)?;
        let closed = wave.closed(wave.window.closes()).context("a closed wave")?;
        let turnout =
            Turnout { eligible: people.len() as u32, ballots: sheets.len() as u32, spoilt: 0 };
        let groups = score(&PULSE, &sheets, None).into_groups(&cohorts);
        history.push(release(closed, &tree, groups, turnout, &Policy::default(), history.last())?);
        for (team, unit) in teams.iter().enumerate() {
            let latest = &history[at];
            tally.waves += 1;
            tally.alone += u32::from(latest.page(*unit).is_some());
            if step_at.is_some_and(|it| at < it) {
                continue;
            }
            let Some(subject) = latest.subject_of(*unit) else { continue };
            for scale in Scale::ALL {
                let state = trend::read(&history, &subject, scale).state;
                let seen = seen.entry((team, scale)).or_default();
                match state {
                    State::Watch(it) => seen[0] |= it.direction == Direction::Heavier,
                    State::Sustained(it) if it.direction == Direction::Heavier => {
                        seen[0] = true;
                        seen[1] = true;
                    }
                    State::Sustained(_) => seen[2] = true,
                    State::Learning { .. } | State::NoClearChange => {}
                }
            }
        }
    }
    tally.series = (TEAMS * Scale::ALL.len()) as u32;
    for [watch, worse, better] in seen.values() {
        tally.watch_worse += u32::from(*watch);
        tally.sustained_worse += u32::from(*worse);
        tally.sustained_better += u32::from(*better);
    }
    Ok(tally)
}

/// The sheet of somebody whose levels are `level`: a form drawn as a browser draws it.
fn sheet(level: [f64; 3], rng: &mut ChaCha8Rng) -> Result<AnswerSheet> {
    let today = level.map(|it| it + (1.0 - STABILITY).sqrt() * PERSON_SD * normal(rng));
    let draw: Vec<usize> =
        PULSE.blocks.iter().map(|block| rng.random_range(0..block.len())).collect();
    let mut answers = vec![None; PULSE.items.len()];
    for at in PULSE.form(&draw).context("a form")?.0 {
        let item = &PULSE.items[at];
        let middle = match item.target {
            Target::Scale(scale, _) => {
                let it = Scale::ALL.iter().position(|it| *it == scale).unwrap_or(0);
                if item.reversed { 100.0 - today[it] } else { today[it] }
            }
            Target::Exposure | Target::Driver(_) => 50.0,
        };
        let option = ((middle + ITEM_SD * normal(rng)) / 25.0).round().clamp(0.0, 4.0) as u8;
        answers[at] = Some(Answer::new(option)?);
    }
    Ok(AnswerSheet::new(answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_moves_the_mean_answer_by_ten() {
        for scale in Scale::ALL {
            let by = scale.load_sign() * latent_step(scale);
            let moved = mean_answer(usual(scale) + by) - mean_answer(usual(scale));
            assert!((moved.abs() - STEP).abs() < 1e-6, "{moved}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let run = || {
            let tally = organisation(12, Some(BEFORE), ChaCha8Rng::seed_from_u64(1)).unwrap();
            (tally.series, tally.watch_worse, tally.sustained_worse, tally.alone)
        };
        assert_eq!(run(), run());
    }
}
