//! `cargo xtask simulate --participation`: how many people who want to answer cannot, because what their
//! browser kept for them is gone, is in another browser, or was used by somebody else.
//!
//! Each wave is played by 400 people with the devices, mail apps, windows and days that surveys found. The
//! same people make the same visits under each set of rules, so that the difference is that of the rules.
//! A vote counts as lost for good if its person came to answer and could not before the wave closed.

mod people;
mod rules;

use std::collections::BTreeMap;

use anyhow::Result;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::say;

use people::{PEOPLE, Wave};
use rules::{Outcome, Rules};

/// What to run.
pub(crate) struct Options {
    /// Waves of 400 people each.
    pub(crate) waves: u32,
    /// Same seed, same numbers.
    pub(crate) seed: u64,
}

/// Votes lost by rules, in all and by what became of them.
#[derive(Default)]
struct Tally {
    lost: u32,
    /// In the wave that lost most.
    most: u32,
    why: BTreeMap<Outcome, u32>,
}

/// Plays the waves and prints what was lost.
///
/// # Errors
///
/// None today; the signature is that of every chore.
pub(crate) fn run(options: &Options) -> Result<()> {
    for (share, title) in [
        (people::SIGN_IN_AHEAD, "as many sign in ahead as are expected to"),
        (1.0, "everybody signs in once in the week before, as they are asked to"),
    ] {
        say(&format!("\n{} waves of {PEOPLE} people who come to answer; {title}\n", options.waves));
        say("| rules | votes lost for good | worst wave | most of them |");
        say("|---|---:|---:|---|");
        for rules in Rules::ALL {
            say(&line(rules, &play(rules, share, options), options.waves));
        }
    }
    say(&format!(
        "\nOf the pairs of a sign-in in the 7 days ahead and an answer in the 14 days open, {} of {} are \
         more than {} days apart: there WebKit has deleted what was kept.",
        pairs_apart(),
        people::AHEAD * people::OPEN,
        people::WEBKIT_KEEPS - 1,
    ));
    Ok(())
}

fn play(rules: Rules, share: f64, options: &Options) -> Tally {
    let mut tally = Tally::default();
    for wave in 0..options.waves {
        // Drawn anew from the same seed for each set of rules: the same people, the same visits.
        let mut random = ChaCha8Rng::seed_from_u64(options.seed);
        random.set_stream(u64::from(wave));
        let outcomes = rules::play(rules, &Wave::random(share, &mut random));
        let lost = outcomes.iter().filter(|it| it.is_lost()).count() as u32;
        tally.lost += lost;
        tally.most = tally.most.max(lost);
        for outcome in outcomes.into_iter().filter(|it| it.is_lost()) {
            *tally.why.entry(outcome).or_default() += 1;
        }
    }
    tally
}

fn line(rules: Rules, tally: &Tally, waves: u32) -> String {
    let all = f64::from(waves) * PEOPLE as f64;
    let mut why: Vec<_> = tally.why.iter().collect();
    why.sort_by_key(|it| std::cmp::Reverse(it.1));
    let most: Vec<String> = why
        .iter()
        .take(3)
        .map(|(outcome, count)| {
            format!("{} {:.2} %", outcome.words(), 100.0 * f64::from(**count) / all)
        })
        .collect();
    format!(
        "| {} | {:.2} % | {} of {PEOPLE} | {} |",
        rules.words(),
        100.0 * f64::from(tally.lost) / all,
        tally.most,
        most.join("; "),
    )
}

/// Pairs of sign-in day and answer day between which WebKit deletes.
fn pairs_apart() -> i32 {
    let ahead = (-people::AHEAD)..0;
    ahead
        .flat_map(|at| (0..people::OPEN).map(move |answer| answer - at))
        .filter(|it| *it >= people::WEBKIT_KEEPS)
        .count() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(rules: Rules, share: f64) -> f64 {
        let options = Options { waves: 100, seed: 1 };
        100.0 * f64::from(play(rules, share, &options).lost) / (100.0 * PEOPLE as f64)
    }

    #[test]
    fn webkit_deletes_between_four_of_five_pairs_of_days() {
        assert_eq!(pairs_apart(), 77);
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let lost = |seed| play(Rules::Before, 0.5, &Options { waves: 5, seed }).why;
        assert_eq!(lost(9), lost(9));
        assert_ne!(lost(9), lost(10));
    }

    #[test]
    fn hardly_a_vote_is_lost_without_opting_in_to_anything_and_none_with_a_code() {
        assert!(lost(Rules::Now, people::SIGN_IN_AHEAD) <= 0.5);
        // Whoever picks up ahead, where it lasts, may clear the browser or change the phone until it opens.
        assert!(lost(Rules::Now, 1.0) <= 1.0);
        for share in [people::SIGN_IN_AHEAD, 1.0] {
            assert!(lost(Rules::NowWithCode, share) < f64::EPSILON);
        }
    }

    #[test]
    fn the_rules_before_lost_many() {
        assert!(lost(Rules::Shipped, people::SIGN_IN_AHEAD) > 30.0);
        assert!(lost(Rules::Before, 1.0) > 20.0);
    }
}
