//! Where the files of a wave lie, and the two moments that must survive a crash: announcing it, and
//! destroying its secrets.
//!
//! ```text
//! manifests/<seq>.json          public, immutable
//! questionnaires/<seq>.toml     what the wave asks, unless it is the pulse; immutable
//! chain.txt                     public: `seq hash` for each wave, append-only
//! results/<seq>.json            public, immutable
//! keys/wave-<seq>.key           secret, until the wave is tallied; never in a backup
//! keys/wave-<seq>.paper         digests of paper codes, if cards were printed
//! keys/wave-<seq>.token         the token key alone, where the ballot side is a program of its own
//! boxes/ballot-<seq>.sqlite     ciphertext, until the wave is tallied; never in a backup
//! boxes/ballot-<seq>-<k>.sqlite the same, where a wave has several boxes
//! keys/leftover, boxes/leftover keys and boxes that nobody knew the wave of; see [`leftover`]
//! ```
//!
//! By default all of it lies below one directory. Where the ballot side is a program of its own,
//! what it needs lies below a shared directory, and the key that opens ballots does not.

pub mod leftover;
pub mod public;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use tideline_domain::WaveSeq;

use self::leftover::wave_of_box;
use crate::{
    ballot_box::{BallotBox, BoxError},
    encoding::{from_hex, sha256, to_hex},
    files,
    keys::{KeyError, WaveKeys},
    manifest::{ManifestError, NO_PREVIOUS, PinnedManifest, Predecessor},
};

const MANIFESTS: &str = "manifests";
const QUESTIONNAIRES: &str = "questionnaires";
const KEYS: &str = "keys";
const BOXES: &str = "boxes";
const RESULTS: &str = "results";
const CHAIN: &str = "chain.txt";

/// Why a wave's files cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WaveFilesError {
    /// No manifest of that wave.
    #[error("wave {0} has no manifest")]
    NoManifest(WaveSeq),
    /// The manifest is of another wave than the files.
    #[error("the manifest is not that of wave {0}")]
    OtherWave(WaveSeq),
    /// What is announced stays as it is.
    #[error("wave {0} has been announced or published with other bytes")]
    Differs(WaveSeq),
    /// The manifest does not name the one before it, or a wave was left out.
    #[error("the manifest of wave {0} does not follow the last one of the chain")]
    OutOfChain(WaveSeq),
    /// The chain file holds something this program would never have written.
    #[error("the chain of manifests is damaged")]
    DamagedChain,
    /// The manifest on disk cannot be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The keys cannot be destroyed.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The box cannot be destroyed.
    #[error(transparent)]
    Box(#[from] BoxError),
    /// The file system failed.
    #[error("the files of the wave cannot be read or written")]
    Io(#[from] io::Error),
}

/// The files of one wave below the data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveFiles {
    /// What the ballot side uses.
    dir: PathBuf,
    /// Where the key that opens ballots lies, if not there.
    secret: Option<PathBuf>,
    seq: WaveSeq,
}

impl WaveFiles {
    /// The files of wave `seq` below `data_dir`. Touches nothing.
    pub fn new(data_dir: impl AsRef<Path>, seq: WaveSeq) -> Self {
        Self { dir: data_dir.as_ref().to_owned(), secret: None, seq }
    }

    /// The files of wave `seq` where the ballot side is a program of its own: what it may use below
    /// `shared`, the key that opens ballots below `secret`. The same as [`new`](Self::new) if the
    /// two are one.
    pub fn apart(shared: impl AsRef<Path>, secret: impl AsRef<Path>, seq: WaveSeq) -> Self {
        let (shared, secret) = (shared.as_ref(), secret.as_ref());
        let apart = (shared != secret).then(|| secret.to_owned());
        Self { dir: shared.to_owned(), secret: apart, seq }
    }

    /// The wave's number.
    pub const fn seq(&self) -> WaveSeq {
        self.seq
    }

    /// The manifest: `manifests/<seq>.json`.
    pub fn manifest(&self) -> PathBuf {
        self.dir.join(MANIFESTS).join(format!("{}.json", self.seq))
    }

    /// What the wave asks, as it was frozen: `questionnaires/<seq>.toml`. Not there for the pulse.
    pub fn questionnaire(&self) -> PathBuf {
        self.dir.join(QUESTIONNAIRES).join(format!("{}.toml", self.seq))
    }

    /// Keeps what the wave asks where the ballot side finds it. Call it before
    /// [`announce`](Self::announce).
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Differs`] if something else was kept, [`WaveFilesError::Io`] if it cannot be
    /// written.
    pub fn keep_questionnaire(&self, document: &str) -> Result<(), WaveFilesError> {
        std::fs::create_dir_all(self.dir.join(QUESTIONNAIRES))?;
        write_once(&self.questionnaire(), document.as_bytes(), self.seq)
    }

    /// What the wave asks, as it was frozen; `None` if nothing was kept.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Io`] if it cannot be read.
    pub fn read_questionnaire(&self) -> Result<Option<String>, WaveFilesError> {
        let bytes = files::read(&self.questionnaire())?;
        bytes.map(|it| String::from_utf8(it).map_err(|it| io::Error::other(it).into())).transpose()
    }

    /// The keys: `keys/wave-<seq>.key`.
    pub fn keys(&self) -> PathBuf {
        let dir = self.secret.as_ref().unwrap_or(&self.dir);
        dir.join(KEYS).join(format!("wave-{}.key", self.seq))
    }

    /// The token key alone, for a ballot side that is a program of its own:
    /// `keys/wave-<seq>.token` in the shared directory. `None` where there is no such program.
    pub fn token_key(&self) -> Option<PathBuf> {
        self.secret.as_ref().map(|_| self.shared_token_key())
    }

    /// Where the ballot side finds the token key.
    pub fn shared_token_key(&self) -> PathBuf {
        self.dir.join(KEYS).join(format!("wave-{}.token", self.seq))
    }

    /// The digests of paper codes, if cards were printed: `keys/wave-<seq>.paper`.
    pub fn paper_codes(&self) -> PathBuf {
        self.dir.join(KEYS).join(format!("wave-{}.paper", self.seq))
    }

    /// Whether the ballot side is a program of its own, under another user.
    pub const fn is_apart(&self) -> bool {
        self.secret.is_some()
    }

    /// The ballot box of a wave that has one: `boxes/ballot-<seq>.sqlite`.
    pub fn ballot_box(&self) -> PathBuf {
        self.dir.join(BOXES).join(format!("ballot-{}.sqlite", self.seq))
    }

    /// The ballot boxes of a wave that has `boxes` of them, in order: [`ballot_box`](Self::ballot_box)
    /// for one, else `boxes/ballot-<seq>-<k>.sqlite` with `k` from 0.
    pub fn ballot_boxes(&self, boxes: u8) -> Vec<PathBuf> {
        if boxes <= 1 {
            return vec![self.ballot_box()];
        }
        let name = |k| self.dir.join(BOXES).join(format!("ballot-{}-{k}.sqlite", self.seq));
        (0..boxes).map(name).collect()
    }

    /// Makes the wave's boxes, or opens those that are there; other users of the shared directory's
    /// group may write them if the ballot side is a program of its own.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Box`].
    pub fn create_boxes(&self, boxes: u8) -> Result<(), WaveFilesError> {
        for path in self.ballot_boxes(boxes) {
            match self.secret {
                None => BallotBox::create(&path)?,
                Some(_) => BallotBox::create_shared(&path)?,
            };
        }
        Ok(())
    }

    /// The result file: `results/<seq>.json`.
    pub fn result(&self) -> PathBuf {
        self.dir.join(RESULTS).join(format!("{}.json", self.seq))
    }

    /// The chain of all manifests: `chain.txt`.
    pub fn chain(&self) -> PathBuf {
        self.dir.join(CHAIN)
    }

    /// Publishes the manifest and its line of the chain, durably. Repeating it with the same bytes
    /// completes what a crash cut off, and is fine afterwards.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Differs`] if the wave was announced with other bytes,
    /// [`WaveFilesError::OutOfChain`] if it does not follow the last link, or any other
    /// [`WaveFilesError`]; then nothing that was announced has changed.
    pub fn announce(&self, pinned: &PinnedManifest) -> Result<(), WaveFilesError> {
        let seq = self.seq;
        if pinned.seq() != seq {
            return Err(WaveFilesError::OtherWave(seq));
        }
        std::fs::create_dir_all(self.dir.join(MANIFESTS))?;
        // Two processes that announce at once would each drop the other's line.
        let lock = File::open(self.dir.join(MANIFESTS))?;
        lock.lock()?;

        let mut chain = read_chain(&self.dir)?;
        if let Some((_, hash)) = chain.iter().find(|it| it.0 == seq)
            && *hash != pinned.hash
        {
            return Err(WaveFilesError::Differs(seq));
        }
        let linked = chain.iter().any(|it| it.0 == seq);
        let follows = match chain.last() {
            None => pinned.manifest.prev == NO_PREVIOUS,
            Some((last, hash)) => {
                last.0.checked_add(1) == Some(seq.0) && pinned.manifest.prev == *hash
            }
        };
        if !linked && !follows {
            return Err(WaveFilesError::OutOfChain(seq));
        }
        write_once(&self.manifest(), &pinned.bytes, seq)?;
        if !linked {
            chain.push((seq, pinned.hash));
            files::write_public(&self.chain(), chain_text(&chain).as_bytes())?;
        }
        Ok(())
    }

    /// The manifest on disk.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::NoManifest`] if there is none; [`WaveFilesError::Differs`] if it is not the
    /// one in the chain; any other [`WaveFilesError`].
    pub fn pinned(&self) -> Result<PinnedManifest, WaveFilesError> {
        let bytes = files::read(&self.manifest())?.ok_or(WaveFilesError::NoManifest(self.seq))?;
        let pinned = PinnedManifest::parse(bytes)?;
        if pinned.seq() != self.seq {
            return Err(WaveFilesError::OtherWave(self.seq));
        }
        let chain = read_chain(&self.dir)?;
        if chain.iter().any(|it| it.0 == self.seq && it.1 != pinned.hash) {
            return Err(WaveFilesError::Differs(self.seq));
        }
        Ok(pinned)
    }

    /// What the manifest of the next wave says of this one.
    ///
    /// # Errors
    ///
    /// As [`pinned`](Self::pinned) and [`read_result`](Self::read_result).
    pub fn as_predecessor(&self) -> Result<Predecessor, WaveFilesError> {
        let result = self.read_result()?.map(|it| sha256(&[&it]));
        Ok(Predecessor { manifest: self.pinned()?.hash, result })
    }

    /// Publishes the result file, durably. Repeating it with the same bytes is fine.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Differs`] if other bytes have been published, or
    /// [`WaveFilesError::Io`].
    pub fn publish_result(&self, bytes: &[u8]) -> Result<(), WaveFilesError> {
        write_once(&self.result(), bytes, self.seq)
    }

    /// The bytes of the result file; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Io`].
    pub fn read_result(&self) -> Result<Option<Vec<u8>>, WaveFilesError> {
        Ok(files::read(&self.result())?)
    }

    /// Whether the wave's keys or boxes, or parts of them, are still there.
    pub fn has_secrets(&self) -> bool {
        // What cannot be looked at counts as there.
        let boxes = self.box_files().map_or(true, |it| !it.is_empty());
        boxes || self.key_files().iter().any(|it| it.try_exists().unwrap_or(true))
    }

    /// Every name a key of the wave may have.
    fn key_files(&self) -> Vec<PathBuf> {
        let keys = [self.keys(), self.shared_token_key(), self.paper_codes()];
        keys.into_iter().flat_map(|it| [files::unfinished(&it), it]).collect()
    }

    /// The files of the wave's boxes that are there, and what lies beside them.
    fn box_files(&self) -> io::Result<Vec<PathBuf>> {
        let dir = self.dir.join(BOXES);
        let names = match std::fs::read_dir(&dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut found = Vec::new();
        for entry in names {
            let name = entry?.file_name();
            if name.to_str().and_then(wave_of_box) == Some(self.seq) {
                found.push(dir.join(name));
            }
        }
        // What lies beside a box goes first.
        found.sort_unstable_by_key(|it| std::cmp::Reverse(it.as_os_str().len()));
        Ok(found)
    }

    /// Destroys the wave's keys, then its boxes. Fine if they are gone. Close the boxes first.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Keys`] or [`WaveFilesError::Io`] if something may still be there.
    pub fn destroy_secrets(&self) -> Result<(), WaveFilesError> {
        self.destroy_keys()?;
        self.destroy_boxes()
    }

    /// Destroys the wave's keys. Fine if they are gone. Without them a box holds nothing, so they
    /// go first.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Keys`] if one may still be there.
    pub fn destroy_keys(&self) -> Result<(), WaveFilesError> {
        for path in [self.shared_token_key(), self.paper_codes(), self.keys()] {
            WaveKeys::destroy(&path)?;
        }
        Ok(())
    }

    /// Destroys the digests of paper codes: all cards printed before are worthless. Fine if there
    /// are none.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Keys`] if they may still be there.
    pub fn destroy_paper_codes(&self) -> Result<(), WaveFilesError> {
        Ok(WaveKeys::destroy(&self.paper_codes())?)
    }

    /// Removes the wave's boxes. Fine if they are gone.
    ///
    /// # Errors
    ///
    /// [`WaveFilesError::Io`] if one may still be there.
    pub fn destroy_boxes(&self) -> Result<(), WaveFilesError> {
        for path in self.box_files()? {
            files::remove(&path)?;
        }
        Ok(())
    }
}

/// The chain of manifests below `data_dir`, first wave first.
///
/// # Errors
///
/// [`WaveFilesError::DamagedChain`] if the file is not one this program wrote, or
/// [`WaveFilesError::Io`].
pub fn read_chain(data_dir: impl AsRef<Path>) -> Result<Vec<(WaveSeq, [u8; 32])>, WaveFilesError> {
    let Some(bytes) = files::read(&data_dir.as_ref().join(CHAIN))? else {
        return Ok(Vec::new());
    };
    parse_chain(&bytes).ok_or(WaveFilesError::DamagedChain)
}

fn chain_text(chain: &[(WaveSeq, [u8; 32])]) -> String {
    chain.iter().map(|(seq, hash)| format!("{seq} {}\n", to_hex(hash))).collect()
}

fn parse_chain(bytes: &[u8]) -> Option<Vec<(WaveSeq, [u8; 32])>> {
    let mut chain: Vec<(WaveSeq, [u8; 32])> = Vec::new();
    for line in std::str::from_utf8(bytes).ok()?.split_inclusive('\n') {
        let (number, hash) = line.strip_suffix('\n')?.split_once(' ')?;
        let seq = number.parse().map(WaveSeq).ok().filter(|it| it.to_string() == number)?;
        let next = chain.last().is_none_or(|(last, _)| last.0.checked_add(1) == Some(seq.0));
        chain.push((seq, from_hex(hash).filter(|_| next)?));
    }
    Some(chain)
}

/// Writes a public file unless it is there; other bytes than those there are refused.
fn write_once(path: &Path, bytes: &[u8], seq: WaveSeq) -> Result<(), WaveFilesError> {
    match files::read(path)? {
        Some(there) if there == bytes => Ok(()),
        Some(_) => Err(WaveFilesError::Differs(seq)),
        None => Ok(files::write_public(path, bytes)?),
    }
}

#[cfg(test)]
mod tests;
