//! The waves that could not be closed: when that is tried again.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use tideline_domain::WaveSeq;

use crate::queue::backoff;

/// The waves that could not be closed. Each attempt deals their boxes anew, so that attempts lie farther and farther
/// apart, as those of a mail do.
#[derive(Default)]
pub(crate) struct Stuck(Mutex<BTreeMap<WaveSeq, StuckWave>>);

#[derive(Clone, Copy)]
struct StuckWave {
    attempts: u32,
    again: DateTime<Utc>,
    lost: bool,
}

/// Whether closing a wave is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// It is.
    Now,
    /// Not yet.
    Later {
        /// Whether its keys or box are lost, so that it need not be waited for.
        lost: bool,
    },
}

impl Stuck {
    /// Whether closing wave `seq` is to be tried.
    pub(crate) fn again(&self, seq: WaveSeq, now: DateTime<Utc>) -> Again {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&seq) {
            Some(stuck) if now < stuck.again => Again::Later { lost: stuck.lost },
            _ => Again::Now,
        }
    }

    /// Closing wave `seq` failed; `lost` if it will always.
    pub(crate) fn failed(&self, seq: WaveSeq, lost: bool, now: DateTime<Utc>) {
        let mut stuck = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let attempts = stuck.get(&seq).map_or(0, |it| it.attempts).saturating_add(1);
        stuck.insert(seq, StuckWave { attempts, again: now + backoff(attempts), lost });
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
            if stuck.again(WaveSeq(1), now) == Again::Now {
                attempts += 1;
                stuck.failed(WaveSeq(1), false, now);
                stuck.failed(WaveSeq(2), true, now);
                assert_eq!(stuck.again(WaveSeq(3), now), Again::Now, "another one");
            }
            now += TimeDelta::seconds(15);
        }
        assert!((10..=16).contains(&attempts), "in a day: {attempts}");
        stuck.failed(WaveSeq(2), true, now);
        assert_eq!(stuck.again(WaveSeq(2), now), Again::Later { lost: true });
    }
}
