//! Where everything but answers is kept: people, units, waves, releases, boards, the audit log.
//!
//! The only crate that knows diesel. SQLite and PostgreSQL lie behind the same functions: domain
//! values in, domain values out, time as an argument. Ballots are never here; they have a file of
//! their own (`tideline-ballot`). The one table about who took a token, `pickups`, has neither
//! time nor serial number and is emptied in the transaction that writes the release.

mod audit;
mod connection;
mod deliveries;
mod digest;
mod error;
mod generation;
mod import;
mod installation;
mod instruments;
mod jobs;
mod leased;
mod levers;
mod looks;
mod mail_server;
mod migrations;
mod notices;
mod organisation;
mod passkeys;
mod people;
mod personal_data;
mod portable;
mod recoveries;
mod release_details;
mod releases;
mod roster_headings;
mod schema;
mod scrub;
mod set_up;
mod settings;
mod sign_in;
mod smallest_group;
mod url;
mod value;
mod waves;

#[cfg(test)]
mod tests;

use std::{
    sync::{Arc, RwLock},
    time::{Duration, Instant},
};

use diesel::r2d2;
use tideline_aggregation::Release;
use tideline_domain::{UnitTree, WaveSeq};

pub use audit::{
    Actor, AuditEntry, AuditQuery, AuditRecord, AuditState, ROLE_GAINED, ROLE_LOST,
    ROSTER_IMPORTED, RoleSubject,
};
pub use deliveries::{
    Delivery, DeliveryId, DeliveryRecord, DeliveryState, MailChoice, MailHealth, MailKind,
    NewDelivery, Topic,
};
pub use digest::release_digest;
pub use error::{Drastic, ImportError, StoreError};
pub use import::{ImportCounts, ImportDiff, ImportPlan, ImportRow, Moved, Renamed, RoleChange};
pub use installation::{InstallationId, InstallationIdError};
pub use instruments::{ImportedScore, InstrumentTexts, NotImported};
pub use jobs::{JobKind, JobRecord, JobState};
pub use levers::LeverChange;
pub use looks::Looks;
pub use mail_server::StoredMailServer;
pub use migrations::migrate;
pub use notices::{Notice, NoticeEvent};
pub use organisation::{Organisation, SupportContact};
pub use passkeys::{
    AddPasskey, Challenge, LONGEST_PASSKEY_NAME, MOST_PASSKEYS, PASSKEY_ADDED, PASSKEY_REMOVED,
    PasskeyRecord, PasskeySigningIn,
};
pub use personal_data::{MailToPerson, MembershipRecord, PersonalData};
pub use portable::{Copied, Loaded, Snapshot, SnapshotWave, TableCopy, TableText, load};
pub use recoveries::{MOST_SEALED, Recovery, SEALED_LEN};
pub use releases::{Publish, ReleaseCounts};
pub use set_up::FirstSetUp;
pub use settings::SettingFinding;
pub use sign_in::{LinkIdentity, NewSignInCode, PersonSigningIn, SessionRecord};
pub use tideline_domain::RoleKind;
pub use url::{DatabaseUrl, DatabaseUrlError};
pub use waves::{Issue, IssueRecord, WaveRecord, WaveSummary};

use connection::{AnyConnection, Manager};
use generation::Watch;

/// An open database. Cheap to clone; clones share the connections.
#[derive(Clone)]
pub struct Store {
    pool: r2d2::Pool<Manager>,
    kept: Arc<RwLock<Kept>>,
    watch: Arc<Watch>,
    audited: Arc<audit::Watched>,
}

/// Releases, oldest first, in one list for each instrument.
type Histories = Vec<Arc<Vec<Release>>>;

/// What never changes once it is there, kept in memory so that it is read and checked once.
#[derive(Default)]
struct Kept {
    histories: Arc<Histories>,
    newest_tree: Option<(WaveSeq, Arc<UnitTree>)>,
    /// What pick-ups there were when the list was last dealt anew.
    dealt: waves::Issued,
}

impl Store {
    /// Connects to a database that [`migrate`] has brought up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoDatabase`] if a SQLite file is missing; other [`StoreError`]s if the
    /// database cannot be reached.
    pub fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        url.must_exist()?;
        // Connects first: the pool would try for its whole timeout before it says why it cannot.
        let watch = Arc::new(Watch::new(url)?);
        let pool = r2d2::Pool::builder()
            .max_size(10)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(10))
            .build(Manager::new(url.clone()))?;
        Ok(Self { pool, kept: Arc::default(), watch, audited: Arc::default() })
    }

    /// Refuses a schema that this program does not know, or that is not up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError::SchemaTooNew`], [`StoreError::SchemaTooOld`], or any other [`StoreError`] if
    /// the database fails.
    pub fn check_schema(&self) -> Result<(), StoreError> {
        self.read(migrations::check)
    }

    /// The migrations that the database has, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn schema(&self) -> Result<Vec<String>, StoreError> {
        self.read(|conn| Ok(migrations::applied(conn)?.into_iter().collect()))
    }

    /// A number that is another one after every change in the database, by whichever program; `None`
    /// where that cannot be told for less than the read itself costs (PostgreSQL). What was read after a
    /// number was asked for holds as long as the same number comes.
    pub fn generation(&self) -> Option<i64> {
        self.watch.generation()
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(&mut *self.pool.get()?)
    }

    /// All of `work` happens, or nothing of it; the log names it when it is asked for that much.
    fn write<T>(
        &self,
        name: &'static str,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let begun = Instant::now();
        let outcome = self.write_untold(work);
        let elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(
            transaction = name,
            elapsed_ms,
            committed = outcome.is_ok(),
            "transaction ended"
        );
        outcome
    }

    /// All of `work` happens, or nothing of it, without a line in the log: for what somebody does to sign in, to be
    /// signed in otherwise, or to pick up a token. A line has a time, and the promise is that nothing tells that.
    fn write_untold<T>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        connection::transaction(&mut *self.pool.get()?, work)
    }
}
