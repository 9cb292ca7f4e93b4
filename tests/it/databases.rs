//! Runs a story on SQLite, and on PostgreSQL where there is one.

use std::env;

use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use uuid::Uuid;

const DEFAULT_POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/test";

/// A schema of its own in the PostgreSQL server, dropped with this value.
pub(crate) struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// `None`, said loudly, if there is no server here; under CI that is a failure.
    fn new() -> Option<Self> {
        let server =
            env::var("TIDELINE_TEST_POSTGRES").unwrap_or_else(|_| DEFAULT_POSTGRES.to_owned());
        let name = format!("it{}", Uuid::new_v4().simple());
        match PgConnection::establish(&server) {
            Ok(mut conn) => {
                conn.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
                Some(Self { server, name })
            }
            Err(error) => {
                assert!(env::var_os("CI").is_none(), "no PostgreSQL to test with: {error}");
                eprintln!("SKIPPED on PostgreSQL, set TIDELINE_TEST_POSTGRES: {error}");
                None
            }
        }
    }

    fn url(&self) -> String {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{mark}options=-c%20search_path%3D{}", self.server, self.name)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Ok(mut conn) = PgConnection::establish(&self.server) {
            let _ = conn.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.name));
        }
    }
}

/// Tells `story` once for each database: `None` is SQLite, otherwise the URL of a fresh PostgreSQL schema.
pub(crate) fn on_both_databases(story: impl Fn(Option<&str>)) {
    story(None);
    if let Some(schema) = Schema::new() {
        story(Some(&schema.url()));
    }
}

/// A fresh database of the same kind as `like`.
pub(crate) enum Fresh {
    Sqlite,
    Postgres(Schema),
}

impl Fresh {
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Self::Sqlite => None,
            Self::Postgres(schema) => Some(schema.url()),
        }
    }
}

/// See [`Fresh`]; `None` if there is no such server here.
pub(crate) fn fresh(like: Option<&str>) -> Option<Fresh> {
    match like {
        None => Some(Fresh::Sqlite),
        Some(_) => Schema::new().map(Fresh::Postgres),
    }
}
