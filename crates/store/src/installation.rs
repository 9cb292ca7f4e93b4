//! Which installation a database belongs to. The data folder has the same name in a file, and whoever opens both
//! compares them.
//!
//! What says nothing else fails with [`StoreError`] if the database does, and with nothing else.

use std::{fmt, str::FromStr};

use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    connection::{AnyConnection, is_unique_violation},
    schema::installation,
    value::parse,
};

/// The random name of an installation. Says nothing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstallationId(Uuid);

/// Text that is no such name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of an installation, such as 0c9a2c0e-5d0f-4d0c-9f0a-3d4f7a0f5c11")]
pub struct InstallationIdError;

impl InstallationId {
    /// A name that no other installation has.
    pub fn generate() -> Self {
        Self(Uuid::new_v4())
    }
}

impl fmt::Display for InstallationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for InstallationId {
    type Err = InstallationIdError;

    fn from_str(text: &str) -> Result<Self, InstallationIdError> {
        let name = Uuid::try_parse(text).map_err(|_| InstallationIdError)?;
        // One way of writing it, so that what is stored can be compared as text.
        (name.to_string() == text).then_some(Self(name)).ok_or(InstallationIdError)
    }
}

impl Store {
    /// The installation that this database belongs to; `None` if nobody has said so yet.
    pub fn installation(&self) -> Result<Option<InstallationId>, StoreError> {
        self.read(stored)
    }

    /// Says that the database belongs to `id`, unless it belongs to another already; gives the one it belongs to. Of
    /// several programs that say so at once, one is the first.
    pub fn begin_installation(&self, id: InstallationId) -> Result<InstallationId, StoreError> {
        let begun = self.write("begin_installation", |conn| insert(conn, id));
        match begun {
            Err(StoreError::Query(error)) if is_unique_violation(&error) => {}
            other => other?,
        }
        Ok(self.installation()?.unwrap_or(id))
    }
}

impl Store {
    /// Says that the database belongs to `id` from now on, whatever it belonged to: after it was moved, so that what
    /// is left is not used by mistake.
    pub fn leave_installation(&self, id: InstallationId) -> Result<(), StoreError> {
        self.write("leave_installation", |conn| {
            diesel::delete(installation::table).execute(conn)?;
            insert(conn, id)
        })
    }
}

pub(crate) fn stored(conn: &mut AnyConnection) -> Result<Option<InstallationId>, StoreError> {
    let name: Option<String> =
        installation::table.select(installation::name).first(conn).optional()?;
    name.map(|it| parse("installation", &it)).transpose()
}

pub(crate) fn insert(conn: &mut AnyConnection, id: InstallationId) -> Result<(), StoreError> {
    diesel::insert_into(installation::table)
        .values((installation::id.eq(1), installation::name.eq(id.to_string())))
        .execute(conn)?;
    Ok(())
}
