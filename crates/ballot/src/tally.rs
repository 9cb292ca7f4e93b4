//! Opening the box: in memory, once, after close.
//!
//! Rows come in the order of random keys and stay in it, so nobody's place says anything. Behind the
//! outer seal ballots and cover are told apart, and ballots counted; answers are behind the inner.

use std::{
    collections::HashSet,
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
};

use tideline_domain::{AnswerSheet, CohortId};

use crate::{
    BALLOT_LEN, Nullifier, Row,
    encoding::sha256,
    keys::{KeyError, WaveKeys},
    manifest::PinnedManifest,
    seal,
};

/// Ballots a thread takes at a time, and reports together.
const CHUNK: usize = 512;

/// What was in the box.
pub struct Tally {
    /// The sheets that count, in no order that means anything.
    pub sheets: Vec<(CohortId, AnswerSheet)>,
    /// All ballots in the box, spoilt ones too. Rows of cover are none.
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

/// The rows of a box with their outer seal opened: how many ballots there are, and no answer.
pub struct Unsealed {
    /// Each with its cohort; `None` if its outer seal did not open.
    ballots: Vec<Option<(CohortId, [u8; BALLOT_LEN])>>,
    /// The nullifiers of the rows of cover, sorted.
    cover: Vec<Nullifier>,
}

impl fmt::Debug for Unsealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsealed").field("ballots", &self.ballots.len()).finish_non_exhaustive()
    }
}

impl Unsealed {
    /// How many ballots there are, spoilt ones too.
    pub const fn ballots(&self) -> u64 {
        self.ballots.len() as u64
    }

    /// Those of a box's nullifiers, sorted, that are not cover's: one for each ballot. `None` if cover
    /// has a nullifier that is not there, or there are not as many left as ballots: then something
    /// else than this program has changed the box.
    pub fn spent(&self, mut nullifiers: Vec<Nullifier>) -> Option<Vec<Nullifier>> {
        nullifiers.retain(|it| self.cover.binary_search(it).is_err());
        (nullifiers.len() == self.ballots.len()).then_some(nullifiers)
    }

    /// Opens the ballots with `threads` threads (at least one). `progress` is called with how many
    /// more have been opened, from any of the threads.
    ///
    /// Exact copies of a ballot are dropped: nothing but an exact copy can be related to somebody
    /// else's ballot without opening it, and a copy would count that person's answers twice.
    ///
    /// # Errors
    ///
    /// [`KeyError::Mismatch`] if `keys` are not those of the manifest.
    pub fn open(
        self,
        manifest: &PinnedManifest,
        keys: &WaveKeys,
        threads: usize,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Tally, KeyError> {
        if keys.tally_public() != manifest.manifest.tally_pk {
            return Err(KeyError::Mismatch);
        }
        let items = usize::from(manifest.manifest.items);
        let opened = in_chunks(&self.ballots, threads, progress, |row| {
            // A copy sent from another cohort does not open, so that copies are looked for among
            // ballots that open: a copy never spoils the original.
            let (cohort, ballot) = row.as_ref()?;
            let sheet = manifest.seals.open_ballot(&keys.tally, cohort, items, ballot)?;
            Some((cohort.clone(), sheet, sha256(&[ballot])))
        });
        let ballots = self.ballots();
        let mut seen = HashSet::with_capacity(opened.len());
        let sheets: Vec<_> = opened
            .into_iter()
            .filter(|(_, _, digest)| seen.insert(*digest))
            .map(|(cohort, sheet, _)| (cohort, sheet))
            .collect();
        let spoilt = ballots - sheets.len() as u64;
        Ok(Tally { sheets, ballots, spoilt })
    }
}

/// Opens the outer seal of `rows`, as [`Unsealed::open`] does the inner.
///
/// # Errors
///
/// [`KeyError::Mismatch`] if `keys` are not those of the manifest.
pub fn unseal(
    manifest: &PinnedManifest,
    keys: &WaveKeys,
    rows: &[Row],
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Unsealed, KeyError> {
    if keys.tally_public() != manifest.manifest.tally_pk {
        return Err(KeyError::Mismatch);
    }
    let mut cover = Vec::new();
    let mut ballots = Vec::with_capacity(rows.len());
    // Not opening is told apart from not being there.
    let rows =
        in_chunks(rows, threads, progress, |row| Some(manifest.seals.open_row(&keys.tally, row)));
    for row in rows {
        match row {
            Some(seal::Unsealed::Cover(nullifier)) => cover.push(nullifier),
            Some(seal::Unsealed::Ballot(cohort, ballot)) => ballots.push(Some((cohort, ballot))),
            None => ballots.push(None),
        }
    }
    cover.sort_unstable();
    cover.dedup();
    Ok(Unsealed { ballots, cover })
}

/// Both steps: what is in a box, opened.
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
    unseal(manifest, keys, rows, threads, &|_| ())?.open(manifest, keys, threads, progress)
}

/// What `open` finds in each of `items`, in their order, whatever the number of threads.
fn in_chunks<T: Sync, U: Send>(
    items: &[T],
    threads: usize,
    progress: &(dyn Fn(u64) + Sync),
    open: impl Fn(&T) -> Option<U> + Sync,
) -> Vec<U> {
    let next = AtomicUsize::new(0);
    let share = items.len() / threads.max(1) + CHUNK;
    let work = || {
        let mut opened: Vec<(usize, U)> = Vec::with_capacity(share);
        loop {
            let from = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(chunk) = items.get(from..).filter(|it| !it.is_empty()) else {
                return opened;
            };
            let chunk = &chunk[..CHUNK.min(chunk.len())];
            opened.extend(
                chunk.iter().enumerate().filter_map(|(at, it)| Some((from + at, open(it)?))),
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
    opened.sort_unstable_by_key(|(at, _)| *at);
    opened.into_iter().map(|(_, it)| it).collect()
}

#[cfg(test)]
mod tests;
