//! Migrations, embedded in the program; the same names for both databases.

use std::collections::BTreeSet;

use diesel::{
    backend::Backend,
    migration::{Migration, MigrationSource, MigrationVersion},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{
    DatabaseUrl, StoreError,
    connection::{AnyConnection, connect},
};

pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Brings the schema of the database up to date; a SQLite file that is missing is made. Returns the
/// migrations that were run.
///
/// # Errors
///
/// [`StoreError::SchemaTooNew`] if a newer version of the program has migrated it before, or any
/// other [`StoreError`] if a migration fails; that migration has changed nothing then.
pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, StoreError> {
    url.make()?;
    let mut conn = connect(url)?;
    let applied = applied(&mut conn)?;
    refuse_newer(&applied, &conn)?;
    match &mut conn {
        AnyConnection::Sqlite(conn) => run(conn, SQLITE),
        AnyConnection::Postgres(conn) => run(conn, POSTGRES),
    }
    .map_err(StoreError::Migration)
}

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn run<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Outcome<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let done = conn.run_pending_migrations(source)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

pub(crate) fn check(conn: &mut AnyConnection) -> Result<(), StoreError> {
    let applied = applied(conn)?;
    refuse_newer(&applied, conn)?;
    match known(conn)?.into_iter().find(|it| !applied.contains(it)) {
        Some(missing) => Err(StoreError::SchemaTooOld(missing)),
        None => Ok(()),
    }
}

fn refuse_newer(applied: &BTreeSet<String>, conn: &AnyConnection) -> Result<(), StoreError> {
    let known = known(conn)?;
    match applied.iter().find(|it| !known.contains(*it)) {
        Some(unknown) => Err(StoreError::SchemaTooNew(unknown.clone())),
        None => Ok(()),
    }
}

fn applied(conn: &mut AnyConnection) -> Result<BTreeSet<String>, StoreError> {
    let applied = match conn {
        AnyConnection::Sqlite(conn) => conn.applied_migrations(),
        AnyConnection::Postgres(conn) => conn.applied_migrations(),
    };
    Ok(versions(&applied.map_err(StoreError::Migration)?))
}

fn versions(versions: &[MigrationVersion<'_>]) -> BTreeSet<String> {
    versions.iter().map(ToString::to_string).collect()
}

fn known(conn: &AnyConnection) -> Result<BTreeSet<String>, StoreError> {
    fn of<DB: Backend>(source: &EmbeddedMigrations) -> Outcome<BTreeSet<String>>
    where
        EmbeddedMigrations: MigrationSource<DB>,
    {
        let all: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
        Ok(all.iter().map(|it| it.name().version().to_string()).collect())
    }
    match conn {
        AnyConnection::Sqlite(_) => of::<diesel::sqlite::Sqlite>(&SQLITE),
        AnyConnection::Postgres(_) => of::<diesel::pg::Pg>(&POSTGRES),
    }
    .map_err(StoreError::Migration)
}
