//! What handlers of the app listener may use: [`App`]. Those of the ballot listener get
//! [`BallotSide`].

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use tideline_ballot::wave_dir::WaveFiles;
use tideline_booth::{BallotSide, BoothSettings, Clock, LiveWaves, Origin};
use tideline_domain::WaveSeq;
use tideline_report::mailer::Mailer;
use tideline_store::Store;

use crate::{AuthKeys, auth::SignInGate};

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
            settings: BoothSettings {
                app_origin: self.settings.app_origin.clone(),
                ballot_origin: self.settings.ballot_origin.clone(),
                data: self.settings.data.clone(),
                contact: self.settings.contact.clone(),
                smallest_group: self.settings.smallest_group,
            },
            clock: self.clock.clone(),
        }
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
