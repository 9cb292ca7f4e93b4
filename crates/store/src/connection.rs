//! One connection type over both databases, and transactions on it.

use std::path::Path;

use diesel::{
    Connection as _, MultiConnection, PgConnection, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager},
    r2d2::{self, ManageConnection, R2D2Connection as _},
    result::{ConnectionError, DatabaseErrorKind, Error as DieselError},
};

use crate::{DatabaseUrl, StoreError, url::Target};

/// A connection to either database. (Called `Connection`, the derive fails with obscure errors.)
#[derive(MultiConnection)]
pub(crate) enum AnyConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

pub(crate) struct Manager {
    url: DatabaseUrl,
}

impl Manager {
    pub(crate) const fn new(url: DatabaseUrl) -> Self {
        Self { url }
    }
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, r2d2::Error> {
        Ok(connect(&self.url)?)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> Result<(), r2d2::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        conn.is_broken()
    }
}

pub(crate) fn connect(url: &DatabaseUrl) -> Result<AnyConnection, ConnectionError> {
    match &url.0 {
        Target::Sqlite(file) => sqlite(file).map(AnyConnection::Sqlite),
        Target::Postgres(url) => {
            let mut conn = PgConnection::establish(url)?;
            conn.batch_execute("SET application_name = 'tideline'")
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(AnyConnection::Postgres(conn))
        }
    }
}

fn sqlite(file: &Path) -> Result<SqliteConnection, ConnectionError> {
    let name = file
        .to_str()
        .ok_or_else(|| ConnectionError::InvalidConnectionUrl("the path is not UTF-8".into()))?;
    let mut conn = SqliteConnection::establish(name)?;
    // busy_timeout first: turning on the write-ahead log needs the file for a moment.
    // FULL, because a release is followed by the destruction of what it was made from.
    conn.batch_execute(
        "PRAGMA busy_timeout = 10000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;",
    )
    .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Runs `work` in one transaction; an error undoes all of it.
///
/// On SQLite it takes the write lock at once: a transaction that begins by reading cannot wait for
/// another writer later, it fails.
pub(crate) fn transaction<T>(
    conn: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    match conn {
        AnyConnection::Sqlite(conn) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?;
        }
        AnyConnection::Postgres(conn) => AnsiTransactionManager::begin_transaction(conn)?,
    }
    match work(conn) {
        Ok(value) => {
            <AnyConnection as TransactionManager<_>>::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => match <AnyConnection as TransactionManager<_>>::rollback_transaction(conn) {
            Ok(()) | Err(DieselError::BrokenTransactionManager) => Err(error),
            Err(rollback) => Err(rollback.into()),
        },
    }
}

/// Keeps every other transaction from writing `table` until this one ends. SQLite has one writer
/// anyway.
pub(crate) fn lock_table(conn: &mut AnyConnection, table: &'static str) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(conn) = conn {
        conn.batch_execute(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))?;
    }
    Ok(())
}

pub(crate) fn is_unique_violation(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}
