//! Migrations, embedded in the program; the same names for both databases.

use std::collections::BTreeSet;

use diesel::{
    backend::Backend,
    migration::{Migration, MigrationSource},
    prelude::*,
    sql_query,
    sql_types::BigInt,
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
    if missing(&mut conn)?.is_none() {
        // Not even asking diesel, which would want to make its own table.
        return Ok(Vec::new());
    }
    match &mut conn {
        AnyConnection::Sqlite(conn) => run(conn, SQLITE),
        AnyConnection::Postgres(conn) => run(conn, POSTGRES),
    }
    .map_err(StoreError::Migration)
}

/// Brings an empty database to a schema of its own past: that of `schema`, the migrations that it is to have.
///
/// # Errors
///
/// [`StoreError::SchemaTooNew`] if this program does not know one of them, [`StoreError::SchemaTooOld`] if the
/// database has more already, or any other [`StoreError`] if a migration fails.
pub(crate) fn bring_to(conn: &mut AnyConnection, schema: &[String]) -> Result<(), StoreError> {
    let known = known(conn)?;
    if let Some(unknown) = schema.iter().find(|it| !known.contains(*it)) {
        return Err(StoreError::SchemaTooNew(unknown.clone()));
    }
    if let Some(more) = applied(conn)?.into_iter().find(|it| !schema.contains(it)) {
        return Err(StoreError::CopyTooOld(more));
    }
    match conn {
        AnyConnection::Sqlite(conn) => run_some(conn, SQLITE, schema),
        AnyConnection::Postgres(conn) => run_some(conn, POSTGRES, schema),
    }
    .map_err(StoreError::Migration)
}

fn run_some<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
    schema: &[String],
) -> Outcome<()>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    for migration in conn.pending_migrations(source)? {
        if schema.contains(&migration.name().version().to_string()) {
            conn.run_migration(&*migration)?;
        }
    }
    Ok(())
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
    match missing(conn)? {
        Some(missing) => Err(StoreError::SchemaTooOld(missing)),
        None => Ok(()),
    }
}

/// The first migration that has not been run; an error if one has been run that is not known here.
fn missing(conn: &mut AnyConnection) -> Result<Option<String>, StoreError> {
    let applied = applied(conn)?;
    let known = known(conn)?;
    match applied.iter().find(|it| !known.contains(*it)) {
        Some(unknown) => Err(StoreError::SchemaTooNew(unknown.clone())),
        None => Ok(known.into_iter().find(|it| !applied.contains(it))),
    }
}

diesel::table! { __diesel_schema_migrations (version) { version -> Text, } }

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// What has been run. Only reads, so a database role that may not change the schema can ask, too.
pub(crate) fn applied(conn: &mut AnyConnection) -> Result<BTreeSet<String>, StoreError> {
    let Count { count } = match conn {
        AnyConnection::Sqlite(conn) => sql_query(
            "SELECT count(*) AS count FROM sqlite_master WHERE name = '__diesel_schema_migrations'",
        )
        .get_result(conn)?,
        AnyConnection::Postgres(conn) => {
            sql_query("SELECT count(to_regclass('__diesel_schema_migrations')) AS count")
                .get_result(conn)?
        }
    };
    if count == 0 {
        return Ok(BTreeSet::new());
    }
    let versions: Vec<String> =
        __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(conn)?;
    Ok(versions.into_iter().collect())
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
