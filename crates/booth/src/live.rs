//! Waves between announcement and close, with their keys at work.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use tideline_ballot::{
    ballot_box::BoxError,
    cover::Cover,
    issue::Issuer,
    keys::{KeyError, TokenKey, WaveKeys},
    manifest::PinnedManifest,
    redeem::Redeemer,
    wave_dir::WaveFiles,
    writer::BoxWriter,
};
use tideline_domain::{CohortId, Phase, Questionnaire, Wave, WaveSeq};

/// Why a wave cannot be taken up.
#[derive(Debug, thiserror::Error)]
pub enum LiveWaveError {
    /// The keys are those of another wave.
    #[error("the keys are not those of the wave's manifest")]
    Keys(#[from] KeyError),
    /// The box cannot be opened.
    #[error("the ballot box cannot be opened")]
    Box(#[from] BoxError),
}

/// Which boxes one of several ballot programs has: those whose number leaves `index` when divided by
/// `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    index: u8,
    of: u8,
}

/// Text that is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a share is written 1/2 or 2/2: which one of how many, up to 16")]
pub struct ShareError;

impl Share {
    /// All boxes.
    pub const ALL: Self = Self { index: 0, of: 1 };

    const fn has(self, number: u8) -> bool {
        number % self.of == self.index
    }
}

impl FromStr for Share {
    type Err = ShareError;

    fn from_str(s: &str) -> Result<Self, ShareError> {
        let (which, of) = s.split_once('/').ok_or(ShareError)?;
        let parse = |it: &str| it.parse::<u8>().map_err(|_| ShareError);
        let (which, of) = (parse(which)?, parse(of)?);
        let fits = (1..=16).contains(&of) && (1..=of).contains(&which);
        fits.then(|| Self { index: which - 1, of }).ok_or(ShareError)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.of)
    }
}

/// One wave between announcement and close.
pub struct LiveWave {
    /// Its name and dates.
    pub wave: Wave,
    /// Its manifest.
    pub pinned: PinnedManifest,
    /// What it asks.
    pub questionnaire: &'static Questionnaire,
    /// Evaluates blinded tokens; only where people sign in.
    pub issuer: Option<Issuer>,
    /// Checks tokens that come back with a ballot; only where ballots are taken.
    pub redeemer: Option<Redeemer>,
    /// Put ballots into the boxes, by the box's number.
    writers: BTreeMap<u8, BoxWriter>,
    box_failed: AtomicBool,
}

impl LiveWave {
    /// Takes up the wave of `pinned` for both sides.
    ///
    /// # Errors
    ///
    /// [`LiveWaveError`] if the keys are not those of the manifest or a box cannot be opened.
    pub fn start(
        pinned: PinnedManifest,
        questionnaire: &'static Questionnaire,
        keys: &WaveKeys,
        files: &WaveFiles,
    ) -> Result<Self, LiveWaveError> {
        let issuer = Some(Issuer::new(&pinned, keys)?);
        let redeemer = Some(Redeemer::new(&pinned, keys)?);
        let writers = writers(&pinned, files, Share::ALL)?;
        Ok(Self { issuer, redeemer, writers, ..Self::bare(pinned, questionnaire) })
    }

    /// Takes up the wave where tokens are handed out and no ballots are taken.
    ///
    /// # Errors
    ///
    /// [`LiveWaveError::Keys`] if the keys are not those of the manifest.
    pub fn issuing(
        pinned: PinnedManifest,
        questionnaire: &'static Questionnaire,
        keys: &WaveKeys,
    ) -> Result<Self, LiveWaveError> {
        let issuer = Some(Issuer::new(&pinned, keys)?);
        Ok(Self { issuer, ..Self::bare(pinned, questionnaire) })
    }

    /// Takes up the wave where ballots are taken and nobody signs in, for `share` of its boxes.
    ///
    /// # Errors
    ///
    /// [`LiveWaveError`] if the key is not that of the manifest or a box cannot be opened.
    pub fn taking(
        pinned: PinnedManifest,
        questionnaire: &'static Questionnaire,
        key: &TokenKey,
        files: &WaveFiles,
        share: Share,
    ) -> Result<Self, LiveWaveError> {
        let redeemer = Some(Redeemer::with_token_key(&pinned, key)?);
        let writers = writers(&pinned, files, share)?;
        Ok(Self { redeemer, writers, ..Self::bare(pinned, questionnaire) })
    }

    fn bare(pinned: PinnedManifest, questionnaire: &'static Questionnaire) -> Self {
        Self {
            wave: pinned.wave(),
            pinned,
            questionnaire,
            issuer: None,
            redeemer: None,
            writers: BTreeMap::new(),
            box_failed: AtomicBool::new(false),
        }
    }

    /// The writer of the box that takes the ballots of `cohort`; `None` if another program has it.
    pub(crate) fn writer(&self, cohort: &CohortId) -> Option<&BoxWriter> {
        self.writers.get(&self.pinned.box_of(cohort))
    }

    /// Once ballots may come, the boxes change now and then without any.
    pub fn keep_cover(&self, now: DateTime<Utc>) {
        if self.wave.window.phase(now) == Phase::Open {
            self.writers.values().for_each(BoxWriter::begin_cover);
        }
    }

    /// Closes the boxes when what was on its way is in them.
    pub fn close(&self) {
        self.writers.values().for_each(BoxWriter::close);
    }

    /// Notes that a box took no ballot. Logged by the next round of jobs, not here: a line at this
    /// moment would tell when somebody answered.
    pub(crate) fn note_box_failure(&self) {
        self.box_failed.store(true, Ordering::Relaxed);
    }

    /// Whether a box failed since this was asked last.
    pub fn box_failed(&self) -> bool {
        self.box_failed.swap(false, Ordering::Relaxed)
    }
}

fn writers(
    pinned: &PinnedManifest,
    files: &WaveFiles,
    share: Share,
) -> Result<BTreeMap<u8, BoxWriter>, BoxError> {
    (0..)
        .zip(files.ballot_boxes(pinned.manifest.boxes))
        .filter(|(number, _)| share.has(*number))
        .map(|(number, path)| Ok((number, BoxWriter::spawn(&path, Cover::new(pinned, number))?)))
        .collect()
}

/// The live waves. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct LiveWaves(Arc<RwLock<State>>);

#[derive(Default)]
struct State {
    waves: BTreeMap<WaveSeq, Arc<LiveWave>>,
    /// Waves that are not over and could not be taken up.
    missing: BTreeSet<WaveSeq>,
    /// Waves that are over and cannot be closed, because their keys or their box are lost.
    lost: BTreeSet<WaveSeq>,
}

impl LiveWaves {
    /// Starts serving `wave`.
    pub fn insert(&self, wave: LiveWave) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        state.missing.remove(&wave.wave.seq);
        state.waves.insert(wave.wave.seq, Arc::new(wave));
    }

    /// Stops serving the wave; its keys are wiped when the last request that uses them ends.
    pub fn remove(&self, seq: WaveSeq) -> Option<Arc<LiveWave>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).waves.remove(&seq)
    }

    /// The wave, if it is live.
    pub fn get(&self, seq: WaveSeq) -> Option<Arc<LiveWave>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).waves.get(&seq).cloned()
    }

    /// All live waves, oldest first.
    pub fn list(&self) -> Vec<Arc<LiveWave>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).waves.values().cloned().collect()
    }

    /// Notes that a wave should be live and could not be taken up: nobody must be told that it is
    /// over, or that a token is worth nothing.
    pub fn note_missing(&self, seq: WaveSeq) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).missing.insert(seq);
    }

    /// The wave is over.
    pub fn forget_missing(&self, seq: WaveSeq) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).missing.remove(&seq);
    }

    /// Notes that a wave is over and can never be closed: its keys or its box are lost.
    pub fn note_lost(&self, seq: WaveSeq) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).lost.insert(seq);
    }

    /// Whether this was noted of the wave.
    pub fn is_lost(&self, seq: WaveSeq) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).lost.contains(&seq)
    }

    /// Whether a wave should be live and is not.
    pub(crate) fn any_missing(&self) -> bool {
        !self.0.read().unwrap_or_else(PoisonError::into_inner).missing.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_part_the_boxes_among_them() {
        let shares: Vec<Share> = ["1/3", "2/3", "3/3"].map(|it| it.parse().unwrap()).into();
        for number in 0..16 {
            assert_eq!(shares.iter().filter(|it| it.has(number)).count(), 1);
            assert!(Share::ALL.has(number));
        }
        assert_eq!(shares[1].to_string(), "2/3");
        for wrong in ["", "0/2", "3/2", "1/0", "1/17", "1", "a/b"] {
            assert_eq!(wrong.parse::<Share>(), Err(ShareError));
        }
    }
}
