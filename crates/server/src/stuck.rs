//! The wave that could not be closed: when that is tried again.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use tideline_domain::WaveSeq;

use crate::queue::backoff;

/// The wave that could not be closed last. Each attempt deals its boxes anew, so that they lie farther and
/// farther apart, as those of a mail do.
#[derive(Default)]
pub(crate) struct Stuck(Mutex<Option<StuckWave>>);

#[derive(Clone, Copy)]
struct StuckWave {
    seq: WaveSeq,
    attempts: u32,
    again: DateTime<Utc>,
}

impl Stuck {
    /// Whether closing wave `seq` is not to be tried yet.
    pub(crate) fn waits(&self, seq: WaveSeq, now: DateTime<Utc>) -> bool {
        let stuck = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stuck.is_some_and(|it| it.seq == seq && now < it.again)
    }

    /// Closing wave `seq` failed.
    pub(crate) fn failed(&self, seq: WaveSeq, now: DateTime<Utc>) {
        let mut stuck = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = stuck.filter(|it| it.seq == seq).map_or(0, |it| it.attempts);
        let attempts = before.saturating_add(1);
        *stuck = Some(StuckWave { seq, attempts, again: now + backoff(attempts) });
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_wave_that_cannot_be_closed_is_tried_less_and_less_often() {
        let (stuck, mut now) = (Stuck::default(), DateTime::UNIX_EPOCH);
        let mut attempts = 0;
        for _ in 0..24 * 60 * 4 {
            if !stuck.waits(WaveSeq(1), now) {
                attempts += 1;
                stuck.failed(WaveSeq(1), now);
                assert!(!stuck.waits(WaveSeq(2), now), "another one is not kept waiting");
            }
            now += TimeDelta::seconds(15);
        }
        assert!((10..=16).contains(&attempts), "in a day: {attempts}");
    }
}
