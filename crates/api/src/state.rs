//! What handlers may use: [`App`] on the app listener, [`BallotSide`] on the ballot listener.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use tideline_ballot::{
    ballot_box::{BoxError, BoxWriter},
    issue::Issuer,
    keys::{KeyError, WaveKeys},
    manifest::PinnedManifest,
    redeem::Redeemer,
    wave_dir::WaveFiles,
};
use tideline_domain::{Wave, WaveSeq};
use tideline_report::mailer::Mailer;
use tideline_store::Store;

use crate::{AuthKeys, Clock, auth::SignInGate};

/// Everything a handler of the app listener may reach. Note what is missing: any way to an answer.
pub struct App {
    /// The database.
    pub store: Store,
    /// Waves whose tokens are handed out or whose ballots are taken.
    pub live: LiveWaves,
    /// Signs and checks tokens.
    pub keys: AuthKeys,
    /// Sends sign-in links.
    pub mailer: Mailer,
    /// How this installation is set up.
    pub settings: Settings,
    /// Tells the time.
    pub clock: Clock,
    pub(crate) gate: SignInGate,
}

impl App {
    /// Puts the parts together. One for all worker threads, so that limits hold across them.
    pub fn new(
        store: Store,
        live: LiveWaves,
        keys: AuthKeys,
        mailer: Mailer,
        settings: Settings,
        clock: Clock,
    ) -> Self {
        Self { store, live, keys, mailer, settings, clock, gate: SignInGate::default() }
    }

    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The part of this that the ballot listener gets.
    pub fn ballot_side(&self) -> BallotSide {
        BallotSide {
            live: self.live.clone(),
            settings: self.settings.clone(),
            clock: self.clock.clone(),
        }
    }
}

/// Everything a handler of the ballot listener may reach: no database, no key that names people.
#[derive(Clone)]
pub struct BallotSide {
    /// Waves whose ballots are taken.
    pub live: LiveWaves,
    /// How this installation is set up.
    pub settings: Settings,
    /// Tells the time.
    pub clock: Clock,
}

impl BallotSide {
    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

/// How this installation is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How browsers reach the app listener.
    pub app_origin: Origin,
    /// How browsers reach the ballot listener.
    pub ballot_origin: Origin,
    /// Where manifests and results lie.
    pub data: PathBuf,
    /// The sender of sign-in mails, such as `Tideline <tideline@example.org>`.
    pub mail_from: String,
    /// Whom people ask when something does not work, in words that fit after "ask".
    pub contact: String,
    /// Fewest answers a published group rests on, for pages that explain it. Unit: people.
    pub smallest_group: u32,
    /// What it costs to check a password.
    pub password: PasswordCost,
}

impl Settings {
    /// The files of wave `seq`.
    pub fn wave_files(&self, seq: WaveSeq) -> WaveFiles {
        WaveFiles::new(&self.data, seq)
    }
}

/// Cost of argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory. Unit: KiB. Range: 8 × `lanes` and up.
    pub memory_kib: u32,
    /// Passes over it, 1 and up.
    pub passes: u32,
    /// Lanes, 1 and up.
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1 }
    }
}

/// Scheme, host and port, as browsers send them: `https://pulse.example.org`.
///
/// Plain http only for this machine: elsewhere cookies and tokens could be read on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// Text that is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Not scheme, host and port.
    #[error("an origin is https://host or https://host:port, without a path or a final slash")]
    Malformed,
    /// Plain http to another machine.
    #[error("plain http is accepted for localhost only; use https")]
    Insecure,
}

impl Origin {
    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether browsers reach it over TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(s: &str) -> Result<Self, OriginError> {
        let (scheme, authority) = s.split_once("://").ok_or(OriginError::Malformed)?;
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => rest.split_once(']').ok_or(OriginError::Malformed)?,
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        let v6 = authority.starts_with('[');
        let host_ok = !host.is_empty()
            && host.bytes().all(|it| match it {
                b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => true,
                b':' => v6,
                _ => false,
            });
        let port_ok = port.is_empty()
            || port
                .strip_prefix(':')
                .is_some_and(|it| !it.starts_with('+') && it.parse::<u16>().is_ok());
        if !host_ok || !port_ok {
            return Err(OriginError::Malformed);
        }
        match scheme {
            "https" => Ok(Self(s.to_owned())),
            "http" if matches!(host, "localhost" | "127.0.0.1" | "::1") => Ok(Self(s.to_owned())),
            "http" => Err(OriginError::Insecure),
            _ => Err(OriginError::Malformed),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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

/// One wave between announcement and close, with its keys at work.
pub struct LiveWave {
    /// Its name and dates.
    pub wave: Wave,
    /// Its manifest.
    pub pinned: PinnedManifest,
    /// Evaluates blinded tokens.
    pub issuer: Issuer,
    /// Checks tokens that come back with a ballot.
    pub redeemer: Redeemer,
    /// Puts ballots into the box.
    pub writer: BoxWriter,
    box_failed: AtomicBool,
}

impl LiveWave {
    /// Takes up the wave of `pinned`, with its box at `ballot_box`.
    ///
    /// # Errors
    ///
    /// [`LiveWaveError`] if the keys are not those of the manifest or the box cannot be opened.
    pub fn start(
        pinned: PinnedManifest,
        keys: &WaveKeys,
        ballot_box: &Path,
    ) -> Result<Self, LiveWaveError> {
        Ok(Self {
            wave: pinned.wave(),
            issuer: Issuer::new(&pinned, keys)?,
            redeemer: Redeemer::new(&pinned, keys)?,
            writer: BoxWriter::spawn(ballot_box)?,
            pinned,
            box_failed: AtomicBool::new(false),
        })
    }

    /// Notes that the box took no ballot. Logged by the next round of jobs, not here: a line at
    /// this moment would tell when somebody answered.
    pub(crate) fn note_box_failure(&self) {
        self.box_failed.store(true, Ordering::Relaxed);
    }

    /// Whether the box failed since this was asked last.
    pub fn box_failed(&self) -> bool {
        self.box_failed.swap(false, Ordering::Relaxed)
    }
}

/// The live waves. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct LiveWaves(Arc<RwLock<BTreeMap<WaveSeq, Arc<LiveWave>>>>);

impl LiveWaves {
    /// Starts serving `wave`.
    pub fn insert(&self, wave: LiveWave) {
        let mut waves = self.0.write().unwrap_or_else(PoisonError::into_inner);
        waves.insert(wave.wave.seq, Arc::new(wave));
    }

    /// Stops serving the wave; its keys are wiped when the last request that uses them ends.
    pub fn remove(&self, seq: WaveSeq) -> Option<Arc<LiveWave>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&seq)
    }

    /// The wave, if it is live.
    pub fn get(&self, seq: WaveSeq) -> Option<Arc<LiveWave>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&seq).cloned()
    }

    /// All live waves, oldest first.
    pub fn list(&self) -> Vec<Arc<LiveWave>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(origin: &str, expected: Result<(), OriginError>) {
        assert_eq!(origin.parse::<Origin>().map(|_| ()), expected, "{origin}");
    }

    #[test]
    fn origins() {
        check("https://pulse.example.org", Ok(()));
        check("https://pulse.example.org:8443", Ok(()));
        check("http://localhost:8080", Ok(()));
        check("http://[::1]:8080", Ok(()));
        check("http://pulse.example.org", Err(OriginError::Insecure));
        check("https://pulse.example.org/", Err(OriginError::Malformed));
        check("https://pulse.example.org:port", Err(OriginError::Malformed));
        check("https://user@pulse.example.org", Err(OriginError::Malformed));
        check("ftp://localhost", Err(OriginError::Malformed));
        check("localhost", Err(OriginError::Malformed));
    }
}
