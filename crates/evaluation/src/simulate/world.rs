//! Made-up organisations whose truth is known: people who stay for years, leave and are replaced, answer or
//! do not, and what happens to all of them or to one team.
//!
//! Whole-scale scores have standard deviation 22 within a team, of which 60 % of the variance lasts (the
//! same person next month); items correlate by .5; 1.5 points of wobble that a team shares in a wave;
//! answers are one of five options. Teams differ by 4 points.

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;
use tideline_aggregation::{
    Policy, Release, Turnout, estimate::quantile::normal_tail, release, score,
};
use tideline_domain::{
    Answer, AnswerSheet, Cohort, CohortId, InstrumentId, Scale, Target, Unit, UnitId, UnitTree,
    Wave, WaveSeq, Window,
};
use tideline_instrument::PULSE;
use uuid::Uuid;

use crate::organisation::normal;

/// Sizes of teams, in turn. Unit: people.
pub(super) const SIZES: [usize; 4] = [8, 12, 20, 30];
pub(super) const WAVES: usize = 26;
/// The wave from which on a step, of the organisation or of a team, is there.
pub(super) const STEP_AT: usize = 12;
/// What teams that change change by, in points of load.
pub(super) const OWN_STEP: f64 = 10.0;
const TEAM_SD: f64 = 4.0;
const WAVE_SD: f64 = 1.5;
/// Of the part that a person's items share: √(.5 · 847), with 847 = 22² · 7/(1 + 6 · .5) an item's
/// variance; and of the rest of an item, less the 52 that rounding to options adds.
const PERSON_SD: f64 = 20.58;
const ITEM_SD: f64 = 19.28;
const STABILITY: f64 = 0.6;
/// Waves are a month apart.
const WAVES_A_YEAR: f64 = 12.0;

/// What happens to an organisation.
#[derive(Clone, Copy)]
pub(super) struct World {
    pub(super) name: &'static str,
    /// Share of staff who leave and are replaced in a year.
    turnover: f64,
    /// Least and greatest share of a team that answers a wave.
    response: (f64, f64),
    /// Half the height of a yearly wave of everybody's load. Unit: points.
    season: f64,
    /// A step of everybody's load at wave [`STEP_AT`]. Unit: points.
    pub(super) step: f64,
    /// How much rarer, as a share, somebody answers who is one standard deviation more strained today.
    silence: f64,
}

const STABLE: World = World {
    name: "stable",
    turnover: 0.0,
    response: (0.7, 0.7),
    season: 0.0,
    step: 0.0,
    silence: 0.0,
};
const MOVING: World =
    World { name: "turnover, response", turnover: 0.15, response: (0.6, 0.8), ..STABLE };

/// From nothing at all to all of it.
pub(super) const WORLDS: [World; 6] = [
    STABLE,
    MOVING,
    World { name: "season of 4", season: 4.0, ..MOVING },
    World { name: "step of 6", step: 6.0, ..MOVING },
    World { name: "all of it", season: 4.0, step: 6.0, ..MOVING },
    World { name: "all, strained silent", season: 4.0, step: 6.0, silence: 0.1, ..MOVING },
];

/// The middle of a scale that people start from.
const fn usual(scale: Scale) -> f64 {
    match scale {
        Scale::Burnout => 45.0,
        Scale::SecondaryTraumaticStress => 40.0,
        Scale::CompassionSatisfaction => 60.0,
    }
}

/// The mean answer, 0 to 100, where underlying values scatter by `sd` around `level`: options are bounded,
/// so it moves less than the level.
fn mean_answer(level: f64, sd: f64) -> f64 {
    [12.5, 37.5, 62.5, 87.5].map(|cut| 25.0 * normal_tail((cut - level) / sd)).iter().sum()
}

/// How far the underlying level must move for the mean answer to move by `points` of load.
fn latent(scale: Scale, points: f64) -> f64 {
    let sd = PERSON_SD.hypot(ITEM_SD);
    let (from, sign) = (usual(scale), scale.load_sign());
    let moved = |by: f64| sign * (mean_answer(from + sign * by, sd) - mean_answer(from, sd));
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if moved(middle) < points { low = middle } else { high = middle }
    }
    high
}

struct Person {
    team: usize,
    level: [f64; 3],
}

/// What is true of a team in a wave, whoever answered; points of the score, in the order of the scales.
#[derive(Clone, Copy, Default)]
pub(super) struct Truth {
    /// The mean of all its staff, had each answered every item.
    pub(super) all_staff: [f64; 3],
    /// The mean that is to be expected of its staff: without the day and the wave's wobble.
    pub(super) level: [f64; 3],
}

/// An organisation as it goes from wave to wave.
pub(super) struct Organisation {
    world: World,
    pub(super) tree: UnitTree,
    pub(super) teams: Vec<UnitId>,
    cohorts: Vec<Cohort>,
    people: Vec<Person>,
    team_level: Vec<[f64; 3]>,
    own_step: [f64; 3],
    rng: ChaCha8Rng,
}

/// One team of each size changes; the others do not.
pub(super) const fn changes(team: usize) -> bool {
    team < SIZES.len()
}

impl Organisation {
    pub(super) fn new(world: World, teams: usize, mut rng: ChaCha8Rng) -> Result<Self> {
        let (tree, units) = tree(teams)?;
        let size = |team: usize| SIZES[team % SIZES.len()];
        let cohorts = units
            .iter()
            .enumerate()
            .map(|(team, unit)| {
                Ok(Cohort {
                    id: format!("t{team}").parse::<CohortId>()?,
                    units: vec![*unit],
                    label: format!("Team {team}"),
                    eligible: size(team) as u32,
                })
            })
            .collect::<Result<_>>()?;
        let team_level: Vec<[f64; 3]> = (0..teams)
            .map(|_| Scale::ALL.map(|it| usual(it) + TEAM_SD * normal(&mut rng)))
            .collect();
        let mut it = Self {
            world,
            tree,
            teams: units,
            cohorts,
            people: Vec::new(),
            team_level,
            own_step: Scale::ALL.map(|it| it.load_sign() * latent(it, OWN_STEP)),
            rng,
        };
        for team in 0..teams {
            for _ in 0..size(team) {
                let person = it.person(team);
                it.people.push(person);
            }
        }
        Ok(it)
    }

    /// Somebody new in `team`.
    fn person(&mut self, team: usize) -> Person {
        let rng = &mut self.rng;
        let level = self.team_level[team].map(|it| it + STABILITY.sqrt() * PERSON_SD * normal(rng));
        Person { team, level }
    }

    /// The next wave: what is released of it, and what was true.
    pub(super) fn wave(
        &mut self,
        at: usize,
        before: Option<&Release>,
    ) -> Result<(Release, Vec<Truth>)> {
        let world = self.world;
        for person in 0..self.people.len() {
            if self.rng.random_bool(world.turnover / WAVES_A_YEAR) {
                self.people[person] = self.person(self.people[person].team);
            }
        }
        let turn = std::f64::consts::TAU * at as f64 / WAVES_A_YEAR;
        let everybody = world.season * turn.sin() + if at >= STEP_AT { world.step } else { 0.0 };
        let common = Scale::ALL.map(|it| it.load_sign() * latent(it, everybody));
        let rng = &mut self.rng;
        let teams = self.teams.len();
        let wobble: Vec<[f64; 3]> =
            (0..teams).map(|_| [(); 3].map(|()| WAVE_SD * normal(rng))).collect();
        let (low, high) = world.response;
        let response: Vec<f64> =
            (0..teams).map(|_| low + (high - low) * rng.random::<f64>()).collect();
        let mut truth = vec![Truth::default(); teams];
        let mut sheets = Vec::new();
        for person in &self.people {
            let team = person.team;
            let expected: [f64; 3] = std::array::from_fn(|it| {
                let own = if changes(team) && at >= STEP_AT { self.own_step[it] } else { 0.0 };
                person.level[it] + common[it] + own
            });
            let deviation: [f64; 3] =
                [(); 3].map(|()| (1.0 - STABILITY).sqrt() * PERSON_SD * normal(rng));
            let today: [f64; 3] =
                std::array::from_fn(|it| expected[it] + wobble[team][it] + deviation[it]);
            let answers = everything(today, rng)?;
            let share = 1.0 / self.cohorts[team].eligible as f64;
            let day = ITEM_SD.hypot((1.0 - STABILITY).sqrt() * PERSON_SD);
            for (it, (scale, usual)) in Scale::ALL.into_iter().zip(expected).enumerate() {
                truth[team].all_staff[it] += share * full_score(&answers, scale);
                truth[team].level[it] += share * mean_answer(usual, day);
            }
            // Strain today, in standard deviations of people.
            let strain = (today[0] - usual(Scale::Burnout)) / PERSON_SD;
            let answers_wave = (response[team] * (1.0 - world.silence * strain)).clamp(0.05, 1.0);
            if rng.random_bool(answers_wave) {
                sheets.push((self.cohorts[team].id.clone(), drawn(&answers, rng)?));
            }
        }
        let wave = wave(at)?;
        let closed = wave.closed(wave.window.closes()).context("a closed wave")?;
        let turnout =
            Turnout { eligible: self.people.len() as u32, ballots: sheets.len() as u32, spoilt: 0 };
        let groups = score(&PULSE, &sheets, None).into_groups(&self.cohorts);
        let made = release(closed, &self.tree, groups, turnout, &Policy::default(), before)?;
        Ok((made, truth))
    }
}

/// Departments of about ten teams below the root.
fn tree(count: usize) -> Result<(UnitTree, Vec<UnitId>)> {
    let id = |at: usize| UnitId::new(Uuid::from_u128(1 + at as u128));
    let departments = count.div_ceil(10);
    let mut units = vec![Unit { id: id(0), parent: None, name: "Organisation".parse()? }];
    let mut teams = Vec::new();
    for department in 0..departments {
        let above = id(1 + department);
        let name = format!("Department {department}").parse()?;
        units.push(Unit { id: above, parent: Some(id(0)), name });
        for team in (department * 10)..(department * 10 + 10).min(count) {
            let unit = id(1 + departments + team);
            let name = format!("Team {team}").parse()?;
            units.push(Unit { id: unit, parent: Some(above), name });
            teams.push(unit);
        }
    }
    Ok((UnitTree::new(units)?, teams))
}

fn wave(at: usize) -> Result<Wave> {
    let opens: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).context("a time")?
        + TimeDelta::days(30 * at as i64);
    let label = format!("{at}").parse()?;
    let window = Window::new(opens, opens, opens + TimeDelta::days(13))?;
    Ok(Wave { seq: WaveSeq(at as u32 + 1), label, asks: InstrumentId::PULSE, window })
}

/// What somebody would answer to every item today.
fn everything(today: [f64; 3], rng: &mut ChaCha8Rng) -> Result<Vec<Answer>> {
    let mut answers = Vec::with_capacity(PULSE.items.len());
    for item in PULSE.items {
        let middle = match item.target {
            Target::Scale(scale, _) => {
                let it = Scale::ALL.iter().position(|it| *it == scale).unwrap_or(0);
                if item.reversed { 100.0 - today[it] } else { today[it] }
            }
            Target::Exposure | Target::Driver(_) => 50.0,
        };
        let option = ((middle + ITEM_SD * normal(rng)) / 25.0).round().clamp(0.0, 4.0) as u8;
        answers.push(Answer::new(option)?);
    }
    Ok(answers)
}

/// The score of a whole scale, 0 to 100.
fn full_score(answers: &[Answer], scale: Scale) -> f64 {
    let (mut sum, mut items) = (0.0, 0.0);
    for (item, answer) in PULSE.items.iter().zip(answers) {
        if matches!(item.target, Target::Scale(of, _) if of == scale) {
            let points = 25.0 * f64::from(answer.raw());
            sum += if item.reversed { 100.0 - points } else { points };
            items += 1.0;
        }
    }
    sum / items
}

/// The sheet of a form drawn as a browser draws it.
fn drawn(answers: &[Answer], rng: &mut ChaCha8Rng) -> Result<AnswerSheet> {
    let draw: Vec<usize> =
        PULSE.blocks.iter().map(|block| rng.random_range(0..block.len())).collect();
    let mut sheet = vec![None; PULSE.items.len()];
    for at in PULSE.form(&draw).context("a form")?.0 {
        sheet[at] = Some(answers[at]);
    }
    Ok(AnswerSheet::new(sheet))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn a_step_moves_the_mean_answer_by_ten() {
        let sd = PERSON_SD.hypot(ITEM_SD);
        for scale in Scale::ALL {
            let by = scale.load_sign() * latent(scale, OWN_STEP);
            let moved = mean_answer(usual(scale) + by, sd) - mean_answer(usual(scale), sd);
            assert!((moved.abs() - OWN_STEP).abs() < 1e-6, "{moved}");
        }
    }

    /// What is expected is what comes: the mean of many teams' true scores is that of their levels.
    #[test]
    fn levels_are_the_mean_of_what_is_answered() {
        let rng = ChaCha8Rng::seed_from_u64(3);
        let mut made = Organisation::new(WORLDS[0], 40, rng).unwrap();
        let (_, truth) = made.wave(0, None).unwrap();
        for it in 0..3 {
            let mean = |of: &dyn Fn(&Truth) -> f64| truth.iter().map(of).sum::<f64>() / 40.0;
            let off = mean(&|of| of.all_staff[it]) - mean(&|of| of.level[it]);
            assert!(off.abs() < 2.5, "{off}");
        }
    }
}
