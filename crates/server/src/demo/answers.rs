//! How the fictional people feel: who answers, and what.
//!
//! A person's score is the sum of a level of the scale, the team, the person, the season, the
//! wave's own wobble, and for two teams a story. Everything is drawn from the seed.

use std::{collections::BTreeMap, f64::consts::TAU};

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tideline_domain::{Answer, AnswerSheet, Name, PerScale, PersonId, Scale, Target};
use tideline_instrument::PULSE;

use super::organisation::{DRIFTING, RECOVERING};

/// At which wave (0 first) the recovering team pulls its lever.
pub(super) const LEVER_AT: u32 = 5;

/// The fictional people's moods.
pub(super) struct Moods {
    order: Vec<PersonId>,
    people: BTreeMap<PersonId, Person>,
    teams: BTreeMap<Name, Team>,
}

struct Person {
    team: Name,
    level: PerScale<f64>,
}

struct Team {
    level: PerScale<f64>,
    response: f64,
}

impl Moods {
    /// Draws everybody's lasting level and every team's, in the order of `people`.
    pub(super) fn draw(people: &[(PersonId, Name)], rng: &mut ChaCha8Rng) -> Self {
        let mut teams = BTreeMap::new();
        let mut moods = BTreeMap::new();
        for (person, team) in people {
            teams.entry(team.clone()).or_insert_with(|| Team {
                level: PerScale::from_fn(|_| normal(rng) * 4.0),
                response: rng.random_range(0.60..0.85),
            });
            let level = PerScale::from_fn(|_| normal(rng) * 14.0);
            moods.insert(*person, Person { team: team.clone(), level });
        }
        Self { order: people.iter().map(|(it, _)| *it).collect(), people: moods, teams }
    }

    /// Everybody, in the order of the roster.
    pub(super) fn order(&self) -> &[PersonId] {
        &self.order
    }

    /// What `person` sends in wave `wave` (0 first); `None` if nothing.
    pub(super) fn answer(
        &self,
        person: PersonId,
        wave: u32,
        rng: &mut ChaCha8Rng,
    ) -> Option<AnswerSheet> {
        let mood = self.people.get(&person)?;
        let team = self.teams.get(&mood.team)?;
        let answers = rng.random_bool(team.response);
        let scores = PerScale::from_fn(|scale| {
            usual(scale)
                + team.level.get(scale)
                + mood.level.get(scale)
                + scale.load_sign() * (season(wave) + story(mood.team.as_str(), scale, wave))
                + normal(rng) * 8.0
        });
        let draw: Vec<usize> =
            PULSE.blocks.iter().map(|block| rng.random_range(0..block.len())).collect();
        let form = PULSE.form(&draw)?;
        let mut sheet = vec![None; PULSE.items.len()];
        for at in form.0 {
            let item = &PULSE.items[at];
            let wobble = normal(rng) * 14.0;
            let score = match item.target {
                Target::Scale(scale, _) => scores.get(scale) + difficulty(at) + wobble,
                Target::Exposure => scores.sts + 15.0 + wobble,
                Target::Driver(_) => 100.0 - scores.burnout + wobble,
            };
            let score = if item.reversed { 100.0 - score } else { score };
            let skipped = rng.random_bool(0.01);
            sheet[at] = Answer::new(to_option(score)).ok().filter(|_| !skipped);
        }
        answers.then(|| AnswerSheet::new(sheet))
    }
}

const fn usual(scale: Scale) -> f64 {
    match scale {
        Scale::Burnout => 44.0,
        Scale::SecondaryTraumaticStress => 34.0,
        Scale::CompassionSatisfaction => 65.0,
    }
}

/// Winter is heavier for everybody: told as the organisation's, not as any team's.
fn season(wave: u32) -> f64 {
    4.0 * (TAU * f64::from(wave) / 12.0).cos()
}

fn story(team: &str, scale: Scale, wave: u32) -> f64 {
    let wave = f64::from(wave);
    let share = match scale {
        Scale::Burnout => 1.0,
        Scale::SecondaryTraumaticStress => 0.4,
        Scale::CompassionSatisfaction => 0.6,
    };
    match team {
        DRIFTING => share * (2.6 * (wave - 5.0)).clamp(0.0, 22.0),
        RECOVERING => share * (18.0 - 4.5 * (wave - f64::from(LEVER_AT)).max(0.0)).max(0.0),
        _ => 0.0,
    }
}

/// Items differ in how easily they are agreed with. Points.
fn difficulty(item: usize) -> f64 {
    [-6.0, 4.0, 7.0, -3.0, 0.0, 2.0, -4.0][item % 7]
}

fn to_option(score: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0 to 4 before"
    )]
    let option = (score / 25.0).round().clamp(0.0, 4.0) as u8;
    option
}

/// A standard normal number (Box and Muller 1958).
fn normal(rng: &mut impl Rng) -> f64 {
    let (a, b): (f64, f64) = (rng.random_range(f64::EPSILON..1.0), rng.random());
    (-2.0 * a.ln()).sqrt() * (TAU * b).cos()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    fn sheets(seed: u64) -> Vec<Option<Vec<u8>>> {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let people: Vec<(PersonId, Name)> = (0..200)
            .map(|it| (PersonId::new(uuid::Uuid::from_u128(it)), "Elm".parse().unwrap()))
            .collect();
        let moods = Moods::draw(&people, rng);
        people.iter().map(|(it, _)| moods.answer(*it, 3, rng).map(|it| it.to_ballot())).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_answers() {
        assert_eq!(sheets(1), sheets(1));
        assert_ne!(sheets(1), sheets(2));
    }

    #[test]
    fn about_three_in_four_answer_and_nobody_more_than_nine_items() {
        let sheets = sheets(1);
        let answered = sheets.iter().flatten().count();
        assert!((90..190).contains(&answered), "{answered}");
        for sheet in sheets.iter().flatten() {
            let asked = sheet.iter().filter(|it| **it > 0).count();
            assert!((5..=9).contains(&asked));
        }
    }

    #[test]
    fn the_stories_are_told() {
        assert!(story(DRIFTING, Scale::Burnout, 13) > 15.0);
        assert!(story(DRIFTING, Scale::Burnout, 2) < 1.0);
        assert!(story(RECOVERING, Scale::Burnout, 0) > 15.0);
        assert!(story(RECOVERING, Scale::Burnout, 12) < 1.0);
    }
}
