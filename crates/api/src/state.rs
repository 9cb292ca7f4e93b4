//! What handlers of the app listener may use: [`App`]. Those of the ballot listener get
//! [`BallotSide`].

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::{HttpRequest, http::header::HeaderValue, web};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use tideline_aggregation::MinGroup;
use tideline_booth::{BallotSide, BoothSettings, Clock, LiveWaves};
use tideline_domain::{InstrumentId, WaveSeq, Window, day::day_in};
use tideline_report::mailer::Mailer;
use tideline_store::{Store, StoreError};

use crate::{
    AuthKeys, OidcError, OidcFinding, OidcProvider, Settings,
    credentials::{LinkQueue, Passkeys, SignInGate, same},
    headers,
    problem::Problem,
    time_zone::zone,
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
    /// Announces a wave that asks `asks` and takes answers from the opening to the closing of `window`:
    /// freezes the roster and what is asked, and makes its keys. When tokens are handed out before is a
    /// setting of the program.
    ///
    /// # Errors
    ///
    /// [`AnnounceError`]; then no wave has been announced.
    fn announce(&self, asks: &InstrumentId, window: Window) -> Result<WaveSeq, AnnounceError>;

    /// The next waves by the calendar, `most` at most, whether they are announced or not; none without one.
    ///
    /// # Errors
    ///
    /// [`AnnounceError::Failed`] if they cannot be found out.
    fn planned(&self, most: usize) -> Result<Vec<PlannedWave>, AnnounceError>;
}

/// A wave that will be announced by the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedWave {
    /// From when to when it takes answers.
    pub window: Window,
    /// When its report is sent; `None` is as soon as it is released.
    pub report: Option<DateTime<Utc>>,
}

/// Why a wave was not announced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnounceError {
    /// The month in which it opens has as many waves as there may be.
    #[error("there are nine waves of this month already")]
    FullMonth,
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
            policy: headers::policy(&settings.ballot_origin),
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

    /// What this request's listener was started with.
    ///
    /// # Errors
    ///
    /// [`Problem::Internal`] if it was started without.
    pub(crate) fn of(req: &HttpRequest) -> Result<web::Data<Self>, Problem> {
        let app = req.app_data::<web::Data<Self>>().cloned();
        app.ok_or_else(|| Problem::internal("the app listener was started without its state"))
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

    /// The time zone of the organisation: as it is stored, or else by the settings.
    pub(crate) fn zone(&self) -> Result<Tz, StoreError> {
        zone(&self.store, self.settings.time_zone)
    }

    /// The day on calendars in the organisation now.
    pub(crate) fn today(&self) -> Result<NaiveDate, StoreError> {
        Ok(day_in(self.now(), &self.zone()?))
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
