//! Whether anything was changed, told so cheaply that every request can ask.

use std::sync::{Mutex, PoisonError};

use diesel::{QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_query};

use crate::{
    DatabaseUrl, StoreError,
    connection::{self, AnyConnection},
};

/// A connection of its own that writes nothing, so that every change is somebody else's to it.
pub(crate) struct Watch(Option<Mutex<AnyConnection>>);

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    data_version: i64,
}

impl Watch {
    /// Of PostgreSQL nothing is watched: asking it costs as much as reading what is wanted.
    pub(crate) fn new(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let mut conn = connection::connect(url)?;
        if !matches!(conn, AnyConnection::Sqlite(_)) {
            return Ok(Self(None));
        }
        // It may be asked from where nothing may wait.
        conn.batch_execute("PRAGMA busy_timeout = 0; PRAGMA query_only = ON;")?;
        Ok(Self(Some(Mutex::new(conn))))
    }

    /// A number that is another one after every change, by whichever program; `None` if that cannot be
    /// told at once.
    pub(crate) fn generation(&self) -> Option<i64> {
        let mut conn = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        let version: Version = sql_query("PRAGMA data_version").get_result(&mut *conn).ok()?;
        Some(version.data_version)
    }
}
