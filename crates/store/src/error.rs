//! What can go wrong with the database.

mod import;

use std::path::PathBuf;

use tideline_domain::WaveSeq;

pub use import::{Drastic, ImportError};

/// A failed database operation. Never carries a name, an address or anything from a row.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The SQLite file is not there.
    #[error("there is no database at {}; `tideline migrate` makes one", .0.display())]
    NoDatabase(PathBuf),
    /// The folder of the SQLite file is not there.
    #[error("the folder {} for the database does not exist", .0.display())]
    NoFolder(PathBuf),
    /// The SQLite file cannot be made.
    #[error("the database {} cannot be made", .file.display())]
    CannotMake {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database was migrated by a newer version of this program.
    #[error(
        "the database has migration {0}, which this version does not know; use the newer version, \
         or restore a backup from before it"
    )]
    SchemaTooNew(String),
    /// Migrations are missing.
    #[error("the database lacks migration {0}; run `tideline migrate`")]
    SchemaTooOld(String),
    /// The schema could not be brought up to date.
    #[error("the database could not be migrated")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Something else kept the database's log in use.
    #[error("the database's write-ahead log is in use; it is emptied later")]
    InUse,
    /// No such wave.
    #[error("wave {0} does not exist")]
    NoSuchWave(WaveSeq),
    /// The wave is not at a point at which tokens are handed out.
    #[error("wave {0} hands out no tokens now")]
    NotPickUp(WaveSeq),
    /// The person was not in the roster when the wave was announced.
    #[error("the person is not in the roster of wave {0}")]
    NotInRoster(WaveSeq),
    /// A roster with a cohort so small that its people could be told apart.
    #[error("cohort {cohort} of wave {wave} has only {eligible} people")]
    SmallCohort {
        /// The wave.
        wave: WaveSeq,
        /// The cohort's name.
        cohort: String,
        /// Its people.
        eligible: u32,
    },
    /// A release that does not fit the wave as it was announced.
    #[error("the release does not fit wave {0} as it was announced")]
    ReleaseMismatch(WaveSeq),
    /// The roster cannot be imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A number is too large for the database.
    #[error("a number for table `{table}` is too large")]
    TooLarge {
        /// The table.
        table: &'static str,
    },
    /// A row holds something this program would never have written.
    #[error("table `{table}` holds an invalid row")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A copy was to go where something is already.
    #[error("the database is not empty: table `{0}` has rows; name an empty one")]
    NotEmpty(String),
    /// The database has been migrated further than the copy.
    #[error(
        "the copy is of an earlier version than the database, which has migration {0}; name a database without tables"
    )]
    CopyTooOld(String),
    /// A copy is not what it was when it was made.
    #[error("the copy of table `{table}` is damaged: {why}")]
    Damaged {
        /// The table.
        table: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A copy cannot be read or written.
    #[error("the copy cannot be read or written")]
    Copy(#[from] std::io::Error),
    /// The database could not be reached.
    #[error("the database cannot be reached")]
    Connection(#[from] diesel::ConnectionError),
    /// No connection came free in time, or none can be made.
    #[error("no database connection is available")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// The database refused a query.
    #[error("a database query failed")]
    Query(#[from] diesel::result::Error),
}
