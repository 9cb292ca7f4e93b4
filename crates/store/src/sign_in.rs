//! How people get in: password hashes, one-time codes of sign-in links, sessions.
//!
//! Codes and session keys are kept as hashes that the caller makes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use tideline_domain::PersonId;

use crate::{
    Store, StoreError,
    connection::AnyConnection,
    schema::{password_hashes, sessions, sign_in_codes},
    value::{parse, timestamp},
};

impl Store {
    /// The argon2id hash of a person's password, if the person has set one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn password_hash(&self, person: PersonId) -> Result<Option<String>, StoreError> {
        self.read(|conn| {
            Ok(password_hashes::table
                .find(person.to_string())
                .select(password_hashes::hash)
                .first(conn)
                .optional()?)
        })
    }

    /// Sets the hash of a person's password.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn set_password_hash(&self, person: PersonId, hash: &str) -> Result<(), StoreError> {
        self.write(|conn| {
            diesel::delete(password_hashes::table.find(person.to_string())).execute(conn)?;
            diesel::insert_into(password_hashes::table)
                .values((
                    password_hashes::person.eq(person.to_string()),
                    password_hashes::hash.eq(hash),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// Keeps the hash of a sign-in link's code until it is used or expires.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn add_sign_in_code(
        &self,
        hash: &[u8; 32],
        person: PersonId,
        expires: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::insert_into(sign_in_codes::table)
                .values((
                    sign_in_codes::hash.eq(hash.as_slice()),
                    sign_in_codes::person.eq(person.to_string()),
                    sign_in_codes::expires.eq(timestamp(expires)),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// Uses up a sign-in link: whose it was, or `None` if it is unknown, used or expired. Of two who
    /// try at once one gets in. Forgets all that has expired.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn take_sign_in_code(
        &self,
        hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        self.write(|conn| {
            forget_expired(conn, now)?;
            let code = sign_in_codes::table.find(hash.as_slice());
            let person: Option<String> =
                code.select(sign_in_codes::person).first(conn).optional()?;
            let taken = diesel::delete(code).execute(conn)? == 1;
            person.filter(|_| taken).map(|it| parse("sign_in_codes", &it)).transpose()
        })
    }

    /// Forgets links and sessions that have expired.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn forget_expired(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(|conn| forget_expired(conn, now))
    }

    /// Begins a session.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn add_session(
        &self,
        hash: &[u8; 32],
        person: PersonId,
        expires: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::insert_into(sessions::table)
                .values((
                    sessions::hash.eq(hash.as_slice()),
                    sessions::person.eq(person.to_string()),
                    sessions::expires.eq(timestamp(expires)),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// Whose session this is, or `None` if it is unknown, ended or expired.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn session(
        &self,
        hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        self.read(|conn| {
            sessions::table
                .find(hash.as_slice())
                .filter(sessions::expires.gt(timestamp(now)))
                .select(sessions::person)
                .first::<String>(conn)
                .optional()?
                .map(|it| parse("sessions", &it))
                .transpose()
        })
    }

    /// Ends a session; no error if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn end_session(&self, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::delete(sessions::table.find(hash.as_slice())).execute(conn)?;
            Ok(())
        })
    }

    /// Ends every session of a person and makes every sign-in link of theirs useless.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn end_all_sessions(&self, person: PersonId) -> Result<(), StoreError> {
        self.write(|conn| end_all(conn, &person.to_string()))
    }
}

pub(crate) fn end_all(conn: &mut AnyConnection, person: &str) -> Result<(), StoreError> {
    diesel::delete(sessions::table.filter(sessions::person.eq(person))).execute(conn)?;
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::person.eq(person))).execute(conn)?;
    Ok(())
}

fn forget_expired(conn: &mut AnyConnection, now: DateTime<Utc>) -> Result<(), StoreError> {
    let now = timestamp(now);
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::expires.le(now))).execute(conn)?;
    diesel::delete(sessions::table.filter(sessions::expires.le(now))).execute(conn)?;
    Ok(())
}
