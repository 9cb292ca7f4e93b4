//! How people get in: password hashes, one-time codes of sign-in links, sessions.
//!
//! Codes and session keys are kept as hashes that the caller makes.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use tideline_domain::PersonId;

use crate::{
    Store, StoreError,
    connection::{AnyConnection, is_unique_violation},
    schema::{identities, memberships, password_hashes, sessions, sign_in_codes},
    value::{bytes32, parse, timestamp},
};

/// Somewhere somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// Hash of the session's key.
    pub hash: [u8; 32],
    /// When it ends by itself.
    pub expires: DateTime<Utc>,
    /// What kind of browser it is.
    pub device: String,
}

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

    /// Begins a session; `device` says what kind of browser it is, in up to 60 characters.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if there is no such person or the database fails.
    pub fn add_session(
        &self,
        hash: &[u8; 32],
        person: PersonId,
        expires: DateTime<Utc>,
        device: &str,
    ) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::insert_into(sessions::table)
                .values((
                    sessions::hash.eq(hash.as_slice()),
                    sessions::person.eq(person.to_string()),
                    sessions::expires.eq(timestamp(expires)),
                    sessions::device.eq(device),
                ))
                .execute(conn)?;
            Ok(())
        })
    }

    /// The sessions of a person that have not expired, the one that ends last first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn sessions_of(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        self.read(|conn| {
            sessions::table
                .filter(sessions::person.eq(person.to_string()))
                .filter(sessions::expires.gt(timestamp(now)))
                .order((sessions::expires.desc(), sessions::hash))
                .select((sessions::hash, sessions::expires, sessions::device))
                .load::<(Vec<u8>, NaiveDateTime, String)>(conn)?
                .into_iter()
                .map(|(hash, expires, device)| {
                    Ok(SessionRecord {
                        hash: bytes32("sessions", hash)?,
                        expires: expires.and_utc(),
                        device,
                    })
                })
                .collect()
        })
    }

    /// Ends a session of `person`; no error if there is none, or it is somebody else's.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn end_session_of(&self, person: PersonId, hash: &[u8; 32]) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::delete(
                sessions::table
                    .find(hash.as_slice())
                    .filter(sessions::person.eq(person.to_string())),
            )
            .execute(conn)?;
            Ok(())
        })
    }

    /// Who an identity provider means by `subject`, if that person signed in by it before and still
    /// belongs to a unit.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn identity(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>, StoreError> {
        self.read(|conn| {
            identities::table
                .inner_join(memberships::table.on(memberships::person.eq(identities::person)))
                .filter(memberships::valid_to.is_null())
                .filter(identities::issuer.eq(issuer))
                .filter(identities::subject.eq(subject))
                .select(identities::person)
                .first::<String>(conn)
                .optional()?
                .map(|it| parse("identities", &it))
                .transpose()
        })
    }

    /// Remembers whom an identity provider means by `subject`. Returns `false`, and changes nothing,
    /// if the provider means somebody else by that name, or means this person by another.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails.
    pub fn link_identity(
        &self,
        issuer: &str,
        subject: &str,
        person: PersonId,
    ) -> Result<bool, StoreError> {
        self.read(|conn| {
            let linked = diesel::insert_into(identities::table)
                .values((
                    identities::issuer.eq(issuer),
                    identities::subject.eq(subject),
                    identities::person.eq(person.to_string()),
                ))
                .execute(conn);
            match linked {
                Ok(_) => Ok(true),
                Err(error) if is_unique_violation(&error) => Ok(false),
                Err(error) => Err(error.into()),
            }
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
