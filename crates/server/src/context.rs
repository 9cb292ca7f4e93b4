//! What every command works with: settings, database, keys, clock.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tideline_aggregation::Policy;
use tideline_api::{AuthKeys, Clock, LiveWaves, open_mail_server};
use tideline_domain::day::utc_day;
use tideline_report::mailer::Mailer;
use tideline_store::{Actor, AuditEntry, Organisation, Store, SupportContact};

use crate::{
    auth_keys,
    config::{Config, MailRoute},
    files, installation,
    step::Step,
};

/// The one place that reads the wall clock.
#[expect(clippy::disallowed_methods, reason = "everything else takes the time as an argument")]
fn wall_clock() -> DateTime<Utc> {
    Utc::now()
}

/// The system's clock.
pub fn system_clock() -> Clock {
    Clock::System(wall_clock)
}

/// A clock that stands where it is put; for the demo and for tests.
#[derive(Clone)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `at`.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(Arc::new(AtomicI64::new(at.timestamp())))
    }

    /// Puts the clock to `at`, to the second.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp(), Ordering::SeqCst);
    }

    /// The same clock for the server.
    pub fn clock(&self) -> Clock {
        Clock::Manual(Arc::clone(&self.0))
    }
}

/// What every command works with. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Context {
    /// Settings.
    pub config: Arc<Config>,
    /// The main database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// The waves whose keys are in memory.
    pub live: LiveWaves,
    /// Where mail goes.
    pub mailer: Mailer,
    /// Told after each step of closing a wave; an error stops there, as a crash would. For tests.
    pub after_step: AfterStep,
}

/// See [`Context::after_step`].
pub type AfterStep = Arc<dyn Fn(Step) -> Result<()> + Send + Sync>;

/// Makes the data folder if it is missing. Refuses one into which others can write, and takes from others
/// what they may do with a database that lies there already.
///
/// # Errors
///
/// Names the folder, and says what would be right.
pub(crate) fn data_folder(config: &Config) -> Result<()> {
    files::private_folder(&config.data)?;
    files::refuse_shared(&config.data)?;
    if let Some(database) = config.database.sqlite_file() {
        for beside in ["", "-wal", "-shm", "-journal"] {
            let mut name = database.as_os_str().to_owned();
            name.push(beside);
            files::keep_private(name.as_ref())?;
        }
    }
    Ok(())
}

impl Context {
    /// Makes the data folder if it is missing, and opens the database.
    ///
    /// # Errors
    ///
    /// Says what is missing or cannot be opened, or why database and data folder do not belong together; then
    /// neither is changed.
    pub fn open(config: Config, clock: Clock) -> Result<Self> {
        installation::refuse_half_restored(config.place())?;
        Self::open_restored(config, clock)
    }

    /// The same while a backup is being restored.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub(crate) fn open_restored(config: Config, clock: Clock) -> Result<Self> {
        data_folder(&config)?;
        fs::create_dir_all(config.shared())
            .with_context(|| format!("making the ballot folder {}", config.shared().display()))?;
        installation::refuse_new_database(config.place())?;
        if config.migrate_on_start {
            tideline_store::migrate(&config.database)
                .context("bringing the database up to date")?;
        }
        let store = Store::open(&config.database).context("opening the database")?;
        store.check_schema()?;
        installation::check(config.place(), &store)?;
        // Earlier versions kept addresses as the file had them; they are looked for as mail servers know them.
        let rewritten = store.rewrite_addresses(|it| tideline_roster::address(it.as_str()).ok())?;
        if rewritten > 0 {
            tracing::info!(rewritten, "addresses are kept as mail servers know them");
        }
        let mailer = match &config.mail {
            MailRoute::Folder(folder) => Mailer::folder(folder, config.sender.clone()),
            MailRoute::Smtp(server) => Mailer::smtp(server.clone(), config.sender.clone())?,
        }
        .signed(config.dkim.clone());
        let context = Self {
            config: Arc::new(config),
            store,
            clock,
            live: LiveWaves::default(),
            mailer,
            after_step: Arc::new(|_| Ok(())),
        };
        if let Err(error) = context.follow_mail_server() {
            // Somebody must be able to come and name it again.
            tracing::error!(error = format!("{error:#}"), "mails wait");
        }
        Ok(context)
    }

    /// Sends by the mail server that an administrator named on the pages, unless the settings name one.
    ///
    /// # Errors
    ///
    /// If the database cannot be read, or what it holds is not for this key file: then mails must wait, for in a
    /// folder they would count as sent.
    pub fn follow_mail_server(&self) -> Result<()> {
        if matches!(self.config.mail, MailRoute::Smtp(_)) {
            return Ok(());
        }
        let _changing = self.mailer.changing();
        let Some(stored) = self.store.mail_server()? else {
            self.mailer.use_first();
            return Ok(());
        };
        let keys = AuthKeys::load(&auth_keys::file(&self.config.data))
            .context("reading the signing keys")?;
        let (server, sender) = open_mail_server(&keys, stored).context(
            "the mail server that was named on the page Mail was kept with another keys/auth.pem; name it again",
        )?;
        Ok(self.mailer.use_server(server, sender)?)
    }

    /// Notes in the audit log what a job or a command of this program does.
    ///
    /// # Errors
    ///
    /// If it cannot be noted; then it must not be done, or shown.
    pub(crate) fn note(&self, action: &str, subject: impl Into<String>) -> Result<()> {
        let entry = AuditEntry::new(Actor::Program, action, subject, self.now());
        Ok(self.store.append_audit(&entry)?)
    }

    /// Stores what the settings say about the organisation and whom to turn to, unless that is stored
    /// already: administrators change it on the pages.
    ///
    /// # Errors
    ///
    /// If the database cannot be written.
    pub fn apply_settings(&self) -> Result<()> {
        if let Some(name) = &self.config.organisation
            && self.store.organisation()?.is_none()
        {
            let time_zone = self.zone()?.name().to_owned();
            self.store.set_organisation(&Organisation { name: name.clone(), time_zone })?;
            self.note("settings.organisation", "organisation")?;
        }
        if !self.config.contacts.is_empty() && self.store.support_contacts()?.is_empty() {
            let checked = utc_day(self.now());
            let contacts: Vec<SupportContact> = self
                .config
                .contacts
                .iter()
                .cloned()
                .map(|it| SupportContact {
                    title: it.title,
                    phone: it.phone,
                    link: it.link,
                    note: it.note,
                    checked,
                    country: it.country,
                })
                .collect();
            self.store.set_support_contacts(&contacts)?;
            self.note("settings.support", "support")?;
        }
        Ok(())
    }

    /// The release rules that hold now: the settings, unless the smallest group was changed since.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn policy(&self) -> Result<Policy> {
        let k = self.store.smallest_group(self.config.smallest_group, self.now())?;
        Ok(Policy { k, roster_guard: self.config.roster_guard })
    }

    /// The time zone of the organisation: as it is stored, or else by the settings, or else UTC.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn zone(&self) -> Result<Tz> {
        Ok(tideline_api::zone(&self.store, self.config.time_zone.unwrap_or(Tz::UTC))?)
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}
