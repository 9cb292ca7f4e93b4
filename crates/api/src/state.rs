//! What handlers of the app listener may use: [`App`]. Those of the ballot listener get
//! [`BallotSide`].

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::http::header::HeaderValue;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tideline_aggregation::{MinGroup, SmallestGroupSetting};
use tideline_ballot::wave_dir::WaveFiles;
use tideline_booth::{BallotSide, BoothSettings, Clock, LiveWaves, Origin};
use tideline_domain::{EmailAddress, InstrumentId, WaveSeq};
use tideline_report::{mail::Envelope, mailer::Mailer, pdf::Look};
use tideline_store::{Store, StoreError};
use tideline_text::{Language, Text};

use crate::{
    AuthKeys, OidcError, OidcFinding, OidcProvider,
    auth::{LinkQueue, Network, SignInGate, passkeys::Passkeys, same},
    headers,
    warm::Warm,
};

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
    /// Where else people may sign in, if anywhere.
    pub(crate) oidc: Option<OidcProvider>,
    /// Asks for passkeys, where browsers have them for this address.
    pub(crate) passkeys: Option<Passkeys>,
    pub(crate) gate: SignInGate,
    pub(crate) links: LinkQueue,
    pub(crate) warm: Warm,
    /// The content security policy of pages.
    pub(crate) policy: Option<HeaderValue>,
    program: Option<Arc<dyn Program>>,
    setup: Mutex<Option<String>>,
}

/// What pages may set off that only the program can do, because it needs keys and files.
pub trait Program: Send + Sync {
    /// Announces a wave of `month` ("2026-11") that asks `asks` and takes answers from `opens` to
    /// `closes`: freezes the roster and what is asked, and makes its keys.
    ///
    /// # Errors
    ///
    /// [`AnnounceError`]; then no wave has been announced.
    fn announce(
        &self,
        month: &str,
        asks: &InstrumentId,
        opens: DateTime<Utc>,
        closes: DateTime<Utc>,
    ) -> Result<WaveSeq, AnnounceError>;
}

/// Why a wave was not announced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnounceError {
    /// There is a wave of this label.
    #[error("there is a wave of this label already")]
    LabelTaken,
    /// This cannot be asked, or not without texts that nobody has added.
    #[error("this cannot be asked: {0}")]
    NotAsked(String),
    /// A wave that was announced before closes at the same time or later.
    #[error("a wave must close after every wave announced before it")]
    NotLater,
    /// Something broke.
    #[error("the wave could not be announced")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
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
        Self {
            store,
            live,
            keys,
            mailer,
            policy: headers::policy(&settings),
            passkeys: Passkeys::at(&settings.app_origin),
            settings,
            clock,
            oidc: None,
            gate: SignInGate::default(),
            links: LinkQueue::default(),
            warm: Warm::default(),
            program: None,
            setup: Mutex::new(None),
        }
    }

    /// Lets pages set off what only the program can do.
    #[must_use]
    pub fn with_program(mut self, program: Arc<dyn Program>) -> Self {
        self.program = Some(program);
        self
    }

    /// Lets people sign in by an identity provider.
    #[must_use]
    pub fn with_oidc(mut self, provider: OidcProvider) -> Self {
        self.oidc = Some(provider);
        self
    }

    /// Finds out whether people could sign in by the identity provider, if there is one.
    pub fn check_oidc(&self) -> Option<Result<OidcFinding, OidcError>> {
        self.oidc.as_ref().map(|it| it.check(self.now()))
    }

    /// Lets whoever knows `code` set the installation up, as long as nobody belongs to it.
    #[must_use]
    pub fn with_setup(self, code: String) -> Self {
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = Some(code);
        self
    }

    /// Whether somebody may set the installation up. Whoever comes by another way ends that, too: a
    /// roster that the command line brings in.
    pub(crate) fn awaits_setup(&self) -> Result<bool, StoreError> {
        let printed = self.setup.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let awaits = printed && self.store.awaits_set_up()?;
        if printed && !awaits {
            self.end_setup();
        }
        Ok(awaits)
    }

    /// Whether `code` is the one that the program printed.
    pub(crate) fn is_setup_code(&self, code: &str) -> bool {
        let setup = self.setup.lock().unwrap_or_else(PoisonError::into_inner);
        setup.as_deref().is_some_and(|it| same(it, code))
    }

    /// Ends the setup for good.
    pub(crate) fn end_setup(&self) {
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The program, if this process may announce waves.
    pub(crate) fn program(&self) -> Option<&Arc<dyn Program>> {
        self.program.as_ref()
    }

    /// The smallest group that holds now.
    pub(crate) fn smallest_group(&self) -> Result<MinGroup, StoreError> {
        self.store.smallest_group(self.settings.smallest_group, self.now())
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
    /// Who reads replies to mails, if not their sender.
    pub reply_to: Option<String>,
    /// The language of mails and of the reports that go with them.
    pub language: Language,
    /// How reports look.
    pub look: Look,
    /// Where a person chooses which mails to get.
    pub choices_url: String,
    /// Whom people ask when something does not work, in words that fit after "ask".
    pub contact: String,
    /// Fewest answers a published group rests on, until that is changed on the pages.
    pub smallest_group: SmallestGroupSetting,
    /// Whether small teams that one or two people joined or left are kept from standing alone.
    pub roster_guard: bool,
    /// The time zone to begin with.
    pub time_zone: Tz,
    /// What it costs to check a password.
    pub password: PasswordCost,
    /// The proxies that are believed when they say which network a request comes from.
    pub proxies: Vec<Network>,
}

impl Settings {
    /// The envelope of a mail to `to` that somebody asked for.
    pub fn envelope<'a>(&'a self, to: &'a EmailAddress, at: DateTime<Utc>) -> Envelope<'a> {
        Envelope {
            from: &self.mail_from,
            reply_to: self.reply_to.as_deref(),
            to,
            text: Text::new(self.language),
            at,
            choices_url: &self.choices_url,
            stop_url: None,
        }
    }

    /// The files of wave `seq`.
    pub fn wave_files(&self, seq: WaveSeq) -> WaveFiles {
        WaveFiles::new(&self.data, seq)
    }
}

/// Cost of argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
