//! The ballot side: the survey, and the one anonymous request. A program of its own, or a second
//! listener of `tideline serve`.
//!
//! What this crate deliberately does not do: it knows no person, no sign-in and no database, keeps
//! no log, sets no cookie, and holds no key that opens a ballot. `check-layers` holds that none of
//! what could is even linked.

mod asked;
pub mod assets;
mod clock;
pub mod harden;
pub mod head;
pub mod headers;
mod live;
mod origin;
mod pages;
pub mod program;
mod published;
pub mod ready;
pub mod reflection;
mod refusal;
mod routes;
mod shell;
pub mod slow;

pub use clock::Clock;
pub use live::{LiveWave, LiveWaveError, LiveWaves, Share, ShareError};
pub use origin::{Origin, OriginError};
pub use published::{manifest, published};
pub use routes::configure_ballot;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use tideline_ballot::wave_dir::WaveFiles;
use tideline_domain::WaveSeq;

/// Everything a handler of the ballot listener may reach: no database, no key that names people.
#[derive(Clone)]
pub struct BallotSide {
    /// Waves whose ballots are taken.
    pub live: LiveWaves,
    /// How this installation is set up.
    pub settings: BoothSettings,
    /// Tells the time.
    pub clock: Clock,
}

impl BallotSide {
    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

/// The part of the settings that the ballot side needs.
#[derive(Debug, Clone)]
pub struct BoothSettings {
    /// How browsers reach the app listener.
    pub app_origin: Origin,
    /// How browsers reach the ballot listener.
    pub ballot_origin: Origin,
    /// Where manifests, boxes and results lie.
    pub data: PathBuf,
    /// Whom people ask when something does not work, in words that fit after "ask".
    pub contact: String,
}

impl BoothSettings {
    /// The files of wave `seq`.
    pub fn wave_files(&self, seq: WaveSeq) -> WaveFiles {
        WaveFiles::new(&self.data, seq)
    }
}
