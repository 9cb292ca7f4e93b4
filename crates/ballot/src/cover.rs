//! Cover: rows and nullifiers that are nobody's, among which ballots do not show.
//!
//! A box that grows tells whoever copies it how many answered, and when. So a box is filled up
//! beforehand, a ballot takes the place of a row of cover, and now and then, at times that have
//! nothing to do with anybody, one row of cover takes the place of another. Looked at from outside
//! the two are the same change. `docs/protocol.md` has the layout, ADR 30 the reasons.
//!
//! Which rows are cover is known to the writer that made them, in memory, and to whoever opens the
//! outer seal: nothing that is stored says so.

use std::{io, sync::Arc, time::Duration};

use crate::{
    ballot_box::BoxError,
    manifest::PinnedManifest,
    redeem::Accepted,
    seal::{Seals, TallyPublic},
};

/// Rows of cover that are made together. Each of them covers for one change of the box.
const CHUNK: usize = 1024;
/// Cover for this many ballots at once is always at hand. Above it a ballot is one of a crowd: it is
/// taken without cover if there is none left, so that making cover never slows ballots down.
const CROWD: u64 = 3072;
/// A writer that starts cannot know which rows an earlier one made, and makes its own. After so many
/// times as much it does without, so that a program that dies all the time does not fill the disk.
const MOST: u64 = 128;

/// Makes the cover of one box.
#[derive(Debug, Clone)]
pub struct Cover {
    tally: TallyPublic,
    seals: Arc<Seals>,
    people: u64,
}

impl Cover {
    /// Cover for the box with this number of the wave of `manifest`. It takes no secret to make.
    pub fn new(manifest: &PinnedManifest, number: u8) -> Self {
        let cohorts = manifest.manifest.cohorts.iter();
        let here = cohorts.filter(|it| manifest.box_of(&it.id) == number);
        Self {
            tally: manifest.tally_key.clone(),
            seals: Arc::clone(&manifest.seals),
            people: here.map(|it| u64::from(it.eligible)).sum(),
        }
    }

    /// One row of cover with its nullifier; nobody who lacks the key can tell it from a ballot.
    ///
    /// # Errors
    ///
    /// [`BoxError::Io`] if there is no randomness, or nothing can be sealed.
    pub fn make(&self) -> Result<Accepted, BoxError> {
        let mut nullifier = [0; 32];
        getrandom::fill(&mut nullifier).map_err(io::Error::from)?;
        let row = self
            .seals
            .seal_cover(&self.tally, &nullifier)
            .map_err(|_| io::Error::other("cover could not be sealed"))?;
        Ok(Accepted { nullifier, row })
    }

    /// As much as is made together.
    ///
    /// # Errors
    ///
    /// As [`make`](Self::make).
    pub(crate) fn chunk(&self) -> Result<Vec<Accepted>, BoxError> {
        (0..CHUNK).map(|_| self.make()).collect()
    }

    /// As much as a writer starts with: for everybody who may answer, up to a crowd, and one chunk.
    ///
    /// # Errors
    ///
    /// As [`make`](Self::make).
    pub(crate) fn first(&self) -> Result<Vec<Accepted>, BoxError> {
        (0..self.low() + CHUNK).map(|_| self.make()).collect()
    }

    /// With less than this at hand, more is made.
    pub(crate) fn low(&self) -> usize {
        usize::try_from(self.people.min(CROWD)).unwrap_or(CHUNK)
    }

    /// Whether a box of so many rows gets more.
    pub(crate) const fn fits(&self, rows: u64) -> bool {
        let once = if self.people < CROWD { self.people } else { CROWD } + CHUNK as u64;
        rows < self.people + once * MOST
    }
}

/// When a writer does what nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How long after the last change of the box it is dealt anew.
    pub rest: Duration,
    /// The mean time between two exchanges of cover. Their times are a Poisson process.
    pub exchange: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rest: Duration::from_secs(2), exchange: Duration::from_secs(60) }
    }
}

impl Pace {
    /// How long from one exchange to the next.
    ///
    /// # Errors
    ///
    /// [`BoxError::Io`] if there is no randomness.
    pub(crate) fn until_next(&self) -> Result<Duration, BoxError> {
        // In (0, 1], with 53 bits.
        let drawn = ((random()? >> 11) + 1) as f64 / (1_u64 << 53) as f64;
        Ok(self.exchange.mul_f64(-drawn.ln()))
    }
}

pub(crate) fn random() -> Result<u64, BoxError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(io::Error::from)?;
    Ok(u64::from_be_bytes(bytes))
}
