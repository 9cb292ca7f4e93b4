//! Whether the time of day can be trusted to close a wave, which nothing undoes. A clock that is set wrong for some
//! seconds, as when a machine starts before it has asked a time server, jumps there and back.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// How many rounds in a row the time of day must have gone as fast as a clock that nobody can set.
const ROUNDS: u32 = 4;
/// How far the two may part from one round to the next: what a time server corrects without a jump.
const TOLERANCE: TimeDelta = TimeDelta::seconds(2);
/// The same for long rounds, as a share of the time between: one in a thousand.
const DRIFT: i32 = 1000;

/// Watches the time of day against the time for which the program has run.
#[derive(Debug, Default)]
pub(crate) struct SteadyClock {
    last: Option<(DateTime<Utc>, TimeDelta)>,
    rounds: u32,
}

impl SteadyClock {
    /// Looks at both clocks: `now` by the time of day, `running` since the program began. Whether they have agreed
    /// for several rounds.
    pub(crate) fn is_steady(&mut self, now: DateTime<Utc>, running: Duration) -> bool {
        let running = TimeDelta::from_std(running).unwrap_or(TimeDelta::MAX);
        if let Some((before, ran)) = self.last.replace((now, running)) {
            let (passed, parted) = (running - ran, ((now - before) - (running - ran)).abs());
            if parted <= TOLERANCE.max(passed / DRIFT) {
                self.rounds = self.rounds.saturating_add(1);
            } else {
                if self.rounds > 0 {
                    tracing::warn!(
                        parted_s = parted.num_seconds(),
                        "the clock has jumped; no wave is closed until it goes steadily again"
                    );
                }
                self.rounds = 0;
            }
        }
        self.rounds >= ROUNDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks every 15 s of running; the time of day is off by so many seconds at each look.
    fn check(off: &[i64], steady: &[bool]) {
        let mut clock = SteadyClock::default();
        let found: Vec<bool> = (0..)
            .zip(off)
            .map(|(round, off)| {
                let running = Duration::from_secs(15 * round);
                let now = DateTime::UNIX_EPOCH + TimeDelta::from_std(running).unwrap();
                clock.is_steady(now + TimeDelta::seconds(*off), running)
            })
            .collect();
        assert_eq!(found, steady, "{off:?}");
    }

    #[test]
    fn a_clock_must_go_steadily_for_a_minute() {
        check(&[0, 0, 0, 0, 0, 0], &[false, false, false, false, true, true]);
        // A time server corrects it little by little.
        check(&[0, 1, 2, 2, 3, 5], &[false, false, false, false, true, true]);
    }

    #[test]
    fn a_jump_begins_the_count_again_there_and_back() {
        let year = 365 * 86_400;
        let mut off = vec![0, 0, 0, 0, 0, year, year, year, 0, 0, 0, 0, 0];
        let mut steady = vec![false; 13];
        (steady[4], steady[12]) = (true, true);
        check(&off, &steady);
        // One that stays where it is set is taken for right in the end.
        off.truncate(6);
        off.extend([year; 4]);
        check(&off, &[false, false, false, false, true, false, false, false, false, true]);
        check(&[0, 0, 0, 0, 0, -year], &[false, false, false, false, true, false]);
    }

    #[test]
    fn a_round_that_takes_hours_may_part_by_seconds() {
        let mut clock = SteadyClock::default();
        let steady: Vec<bool> = (0..6)
            .map(|round| {
                let running = Duration::from_secs(4 * 3600 * round);
                let now = DateTime::UNIX_EPOCH + TimeDelta::seconds(14_410 * round as i64);
                clock.is_steady(now, running)
            })
            .collect();
        assert_eq!(steady, [false, false, false, false, true, true]);
    }
}
