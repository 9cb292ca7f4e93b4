//! Opening the box: in memory, once, after close.
//!
//! Rows come in the order of random keys and stay in it, so nobody's place says anything.

use std::{
    collections::HashSet,
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
};

use tideline_domain::{AnswerSheet, CohortId};

use crate::{
    Row,
    encoding::sha256,
    keys::{KeyError, WaveKeys},
    manifest::PinnedManifest,
};

/// Ballots a thread takes at a time, and reports together.
const CHUNK: usize = 512;

/// What was in the box.
pub struct Tally {
    /// The sheets that count, in no order that means anything.
    pub sheets: Vec<(CohortId, AnswerSheet)>,
    /// All ballots in the box, spoilt ones too.
    pub ballots: u64,
    /// Ballots that do not count: malformed, or an exact copy of another.
    pub spoilt: u64,
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tally")
            .field("ballots", &self.ballots)
            .field("spoilt", &self.spoilt)
            .finish_non_exhaustive()
    }
}

struct Opened {
    cohort: CohortId,
    sheet: AnswerSheet,
    /// Of the inner ciphertext.
    digest: [u8; 32],
}

/// Opens `rows` with `threads` threads (at least one). `progress` is called with how many more
/// ballots have been opened, from any of the threads.
///
/// Exact copies of a ballot are dropped: nothing but an exact copy can be related to somebody
/// else's ballot without opening it, and a copy would count that person's answers twice.
///
/// # Errors
///
/// [`KeyError::Mismatch`] if `keys` are not those of the manifest.
pub fn tally(
    manifest: &PinnedManifest,
    keys: &WaveKeys,
    rows: &[Row],
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, KeyError> {
    if keys.tally_public() != manifest.manifest.tally_pk {
        return Err(KeyError::Mismatch);
    }
    let next = AtomicUsize::new(0);
    let share = rows.len() / threads.max(1) + CHUNK;
    let work = || {
        let mut opened: Vec<(usize, Opened)> = Vec::with_capacity(share);
        loop {
            let from = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(chunk) = rows.get(from..).filter(|it| !it.is_empty()) else {
                return opened;
            };
            let chunk = &chunk[..CHUNK.min(chunk.len())];
            let sheets = chunk.iter().enumerate();
            opened.extend(
                sheets.filter_map(|(at, row)| Some((from + at, open(manifest, keys, row)?))),
            );
            progress(chunk.len() as u64);
        }
    };
    let mut opened = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut opened = work();
        for other in others {
            match other.join() {
                Ok(more) => opened.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        opened
    });
    // The same whatever the number of threads.
    opened.sort_unstable_by_key(|(at, _)| *at);

    let mut seen = HashSet::with_capacity(opened.len());
    let sheets: Vec<_> = opened
        .into_iter()
        .filter(|(_, it)| seen.insert(it.digest))
        .map(|(_, it)| (it.cohort, it.sheet))
        .collect();
    let ballots = rows.len() as u64;
    let spoilt = ballots - sheets.len() as u64;
    Ok(Tally { sheets, ballots, spoilt })
}

/// `None` if the ballot is spoilt. A copy sent from another cohort does not open, so that copies
/// are looked for among ballots that open: a copy never spoils the original.
fn open(manifest: &PinnedManifest, keys: &WaveKeys, row: &Row) -> Option<Opened> {
    let (cohort, ballot) = manifest.seals.open_row(&keys.tally, row)?;
    let items = usize::from(manifest.manifest.items);
    let sheet = manifest.seals.open_ballot(&keys.tally, &cohort, items, &ballot)?;
    Some(Opened { cohort, sheet, digest: sha256(&[&ballot]) })
}

#[cfg(test)]
mod tests;
